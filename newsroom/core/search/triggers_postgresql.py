"""The search's triggers in PostgreSQL, each with a function of its own. The rows' lexemes are a generated column."""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from newsroom.core.guards_compile import literal, quote

STANDING = """
SELECT t.tgname, c.relname, t.tgtype, t.tgenabled, p.proname, p.prosrc, p.proconfig
  FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE n.nspname = current_schema() AND NOT t.tgisinternal AND starts_with(t.tgname, %s)
"""
FOR_EACH_ROW = 1
EVENT_BITS = {"insert": 4, "delete": 8, "update": 16}


def own(trigger: Callable[..., Any]) -> list[Any]:
    return []


def standing(connection: BaseDatabaseWrapper, prefix: str) -> dict[str, tuple]:
    """The triggers that are there, with table, event, function and whether they are switched on."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [prefix])
        return {name: tuple(rest) for name, *rest in cursor.fetchall()}


def fingerprint(trigger: Any) -> tuple:
    kind = EVENT_BITS[trigger.event] | FOR_EACH_ROW
    return (trigger.table, kind, "O", trigger.name, body(trigger), None)


def body(trigger: Any) -> str:
    """The condition stands inside, where it can be compared as it was written."""
    lines = "".join(f"{line};\n" for line in trigger.lines)
    when = " OR ".join(f"OLD.{quote(name)} IS DISTINCT FROM NEW.{quote(name)}" for name in trigger.columns)
    inner = f"IF {when} THEN\n{lines}END IF;\n" if when else lines
    return f"BEGIN\n{inner}RETURN NULL;\nEND"


def create(trigger: Any) -> list[str]:
    function = f"{quote(trigger.name)}()"
    return [
        f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS {literal(body(trigger))}",
        f"CREATE TRIGGER {quote(trigger.name)} AFTER {trigger.event.upper()} ON {quote(trigger.table)}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}",
    ]


def drop(name: str, found: tuple) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {quote(name)} ON {quote(found[0])}",
        f"DROP FUNCTION IF EXISTS {quote(name)}()",
    ]
