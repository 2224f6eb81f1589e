"""System checks of the ground: database options and guards, read from the database itself.

`manage.py check --database default` runs them; `migrate` begins with them, but for the guards it is about to write.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from . import guards

BUSY_MILLISECONDS = 20_000
# Pragma, the value that must be read back, and what goes wrong with any other.
SQLITE_PRAGMAS = (
    ("journal_mode", "wal", "readers and the writer lock each other out"),
    ("synchronous", 2, "a power cut can lose what was published"),
    ("foreign_keys", 1, "rows can point at rows that do not exist"),
    ("recursive_triggers", 1, "INSERT OR REPLACE deletes rows unseen by their triggers"),
    ("secure_delete", 1, "what was deleted can still be read in the file"),
)

_guards_follow: ContextVar[bool] = ContextVar("_guards_follow", default=False)


@contextmanager
def guards_follow() -> Iterator[None]:
    """For the checks at the beginning of `migrate`, which ends with writing the guards: do not ask for them yet."""
    token = _guards_follow.set(True)
    try:
        yield
    finally:
        _guards_follow.reset(token)


def triggers_follow() -> bool:
    """Whether a `migrate` has begun that ends with writing guards and the search's triggers."""
    return _guards_follow.get()


@register(Tags.database)
def guards_in_force(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: object
) -> list[CheckMessage]:
    """Every guard stands in the database as the registry says (newsroom.core.E001)."""
    if _guards_follow.get():
        return []
    return [
        Error(
            f"The guard {fault.name} of database “{using}” {fault.what}.",
            hint="Run `manage.py migrate`: it ends by writing every guard. Then find out what took this one away.",
            id="newsroom.core.E001",
        )
        for using in databases or ()
        if connections[using].vendor in guards.ENGINES
        for fault in guards.faults(using)
    ]


@register(Tags.database)
def database_options(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: object
) -> list[CheckMessage]:
    """Each database runs with the options on which the archive relies (E002 to E005)."""
    looks = {"sqlite": sqlite_options, "postgresql": postgres_options}
    return [
        message
        for using in databases or ()
        for message in looks.get(connections[using].vendor, unknown_engine)(connections[using])
    ]


def sqlite_options(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """What the open connection lacks: the pragmas above, 20 s of patience, transactions that begin with the lock."""
    found = [
        sqlite_error(
            f"runs with {name}={value}: {consequence}", f"Put `PRAGMA {name}={wanted}` into init_command"
        )
        for name, wanted, consequence in SQLITE_PRAGMAS
        if (value := pragma(connection, name)) != wanted
    ]
    if (patience := pragma(connection, "busy_timeout")) < BUSY_MILLISECONDS:
        consequence = f"waits {patience} ms for a lock: editors who save at once read “database is locked”"
        found.append(sqlite_error(consequence, 'Set "timeout": 20'))
    if (connection.transaction_mode or "").upper() != "IMMEDIATE":
        consequence = (
            "begins its transactions without the write lock: the second of two editors is refused at once"
        )
        found.append(sqlite_error(consequence, 'Set "transaction_mode": "IMMEDIATE"'))
    return found


def sqlite_error(consequence: str, remedy: str) -> CheckMessage:
    hint = f"{remedy} in the OPTIONS of this database, as SQLITE_OPTIONS in newsroom/settings.py has it."
    return Error(f"SQLite {consequence}.", hint=hint, id="newsroom.core.E002")


def pragma(connection: BaseDatabaseWrapper, name: str) -> str | int:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def postgres_options(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """What the database and its settings lack: UTF8, connections that live on."""
    return encoding(connection) + lifetime(connection)


def encoding(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        found = cursor.fetchone()[0]
    if found == "UTF8":
        return []
    message = f"The database keeps text as {found}: Urdu and emoji are refused there, or counted in bytes."
    hint = "Make the database anew: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0."
    return [Error(message, hint=hint, id="newsroom.core.E003")]


def lifetime(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """A pool keeps connections alive by itself, and Django then wants CONN_MAX_AGE to be 0."""
    settings = connection.settings_dict
    if settings["CONN_MAX_AGE"] != 0 or settings["OPTIONS"].get("pool"):
        return []
    message = (
        "Every page opens a connection of its own to PostgreSQL, which takes longer than reading the page."
    )
    hint = "Set CONN_MAX_AGE to some seconds, such as 60, or give a pool in OPTIONS."
    return [Warning(message, hint=hint, id="newsroom.core.W004")]


def unknown_engine(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Any engine but the two: its guards could not be written."""
    message = f"Newsroom keeps its promises on SQLite and PostgreSQL, not on {connection.vendor}."
    hint = "Set DATABASE_URL to sqlite:///... or postgres://..."
    return [Error(message, hint=hint, id="newsroom.core.E005")]
