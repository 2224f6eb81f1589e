"""The search's triggers in SQLite; among them those that keep FTS5's index in step with its rows."""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from newsroom.core.guards_compile import quote

from .terms import FIELDS

ROWS, WORDS = "core_searchrow", "core_searchwords"
COLUMNS = ("kind", *FIELDS)


def own(trigger: Callable[..., Any]) -> list[Any]:
    """FTS5 over another table's rows is told of every change, of a deletion with the words that were there."""
    names = ", ".join(COLUMNS)
    old, new = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("OLD", "NEW"))
    add = f"INSERT INTO {WORDS} (rowid, {names}) VALUES (NEW.place, {new})"  # noqa: S608
    take = f"INSERT INTO {WORDS} ({WORDS}, rowid, {names}) VALUES ('delete', OLD.place, {old})"  # noqa: S608
    lines = {"insert": (add,), "update": (take, add), "delete": (take,)}
    return [
        trigger(name=f"search_words_{event}", table=ROWS, event=event, lines=lines[event]) for event in lines
    ]


def standing(connection: BaseDatabaseWrapper, prefix: str) -> dict[str, str]:
    """The triggers that are there, with how they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB %s", [f"{prefix}*"]
        )
        return dict(cursor.fetchall())


def fingerprint(trigger: Any) -> str:
    return create(trigger)[0]


def create(trigger: Any) -> list[str]:
    when = " OR ".join(f"OLD.{quote(name)} IS NOT NEW.{quote(name)}" for name in trigger.columns)
    condition = f" WHEN {when}" if when else ""
    lines = "".join(f"{line};\n" for line in trigger.lines)
    return [
        f"CREATE TRIGGER {quote(trigger.name)} AFTER {trigger.event.upper()} ON {quote(trigger.table)}"
        f" FOR EACH ROW{condition} BEGIN\n{lines}END"
    ]


def drop(name: str, found: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {quote(name)}"]
