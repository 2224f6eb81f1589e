"""Triggers that note what must be indexed anew, whoever wrote it: the ORM, loaddata or a hand at the SQL prompt.

They are written at the end of every `migrate`, as the guards are (guards.py says why), and a system check proves that
they stand. A kind whose triggers had to be written anew is indexed anew as a whole: nobody was watching.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import AppConfig, apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.signals import post_migrate, pre_migrate
from django.dispatch import receiver

from newsroom.core.guards import engine_of
from newsroom.core.guards_compile import literal, quote

from . import triggers_postgresql, triggers_sqlite
from .models import SearchPending, SearchRow
from .register import Searchable, Watch, of_kind, registered

PREFIX = "search_"
ENGINES = {"sqlite": triggers_sqlite, "postgresql": triggers_postgresql}


@dataclass(frozen=True)
class Trigger:
    """One trigger after an event of a row. `lines` are its statements; with `columns`, only where one changes."""

    name: str
    table: str
    event: str
    lines: tuple[str, ...]
    columns: tuple[str, ...] = ()
    kind: str = ""


def wanted(using: str) -> dict[str, Trigger]:
    """Every trigger this database should have: none for tables or columns that no migration has brought yet."""
    connection = connections[using]
    there = columns_there(connection)
    if not {SearchPending._meta.db_table, SearchRow._meta.db_table} <= set(there):
        return {}
    found = [*noting(there), *ENGINES[connection.vendor].own(Trigger)]
    return {trigger.name: trigger for trigger in found}


def columns_there(connection: BaseDatabaseWrapper) -> dict[str, set[str]]:
    """The tables of the database with their columns."""
    return engine_of(connection).columns()


def noting(there: dict[str, set[str]]) -> Iterator[Trigger]:
    """The triggers that note objects, of every kind."""
    for searchable in registered():
        for place, watch in enumerate(searchable.watches, start=1):
            model = apps.get_model(watch.model)
            names = {model._meta.get_field(name).column for name in watch.of}
            if names <= there.get(model._meta.db_table, set()):
                yield from of_watch(searchable, watch, model, place)


def of_watch(searchable: Searchable, watch: Watch, model: type[Model], place: int) -> Iterator[Trigger]:
    """One trigger for each event that matters."""
    columns = tuple(model._meta.get_field(name).column for name in watch.of) or tuple(
        field.column for field in model._meta.local_concrete_fields
    )
    rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}
    for event in watch.events:
        objects = " UNION ".join(objects_of(watch, model, row) for row in rows[event])
        line = (
            f"INSERT INTO {quote(SearchPending._meta.db_table)} (kind, object_id, hides) "  # noqa: S608
            f"SELECT {literal(searchable.kind)}, found.id, found.hides "
            f"FROM ({objects}) AS found WHERE found.id IS NOT NULL"
        )
        yield Trigger(
            name=f"{PREFIX}{searchable.kind}_{place}_{event}",
            table=model._meta.db_table,
            event=event,
            lines=(line,),
            columns=columns if event == "update" else (),
            kind=searchable.kind,
        )


def objects_of(watch: Watch, model: type[Model], row: str) -> str:
    """A query for the ids of the objects that the row OLD or NEW bears on."""
    hides = hidden(watch, model, row)
    if not watch.via:
        return f"SELECT {row}.{quote(column(model, watch.to))} AS id, {hides} AS hides"
    between = apps.get_model(watch.via)
    return (
        f"SELECT {quote(column(between, watch.to))} AS id, {hides} AS hides "  # noqa: S608
        f"FROM {quote(between._meta.db_table)} "
        f"WHERE {quote(column(between, watch.by))} = {row}.{quote(model._meta.pk.column)}"
    )


def hidden(watch: Watch, model: type[Model], row: str) -> str:
    """SQL for whether readers are not to find the object until it is indexed."""
    if isinstance(watch.hides, bool):
        return "TRUE" if watch.hides else "FALSE"
    name, value = watch.hides
    return f"({row}.{quote(column(model, name))} = {literal(value)})"


def column(model: type[Model], name: str) -> str:
    return model._meta.pk.column if name == "pk" else model._meta.get_field(name).column


def install(using: str = "default") -> None:
    """Bring the database's triggers in line with what the apps register; what is right is left alone."""
    connection = connections[using]
    engine, there = ENGINES[connection.vendor], wanted(using)
    with transaction.atomic(using=using):
        standing = engine.standing(connection, PREFIX)
        right = {name for name, trigger in there.items() if standing.get(name) == engine.fingerprint(trigger)}
        with connection.cursor() as cursor:
            for name, found in standing.items():
                if name not in right:
                    run(cursor, engine.drop(name, found))
            for name, trigger in there.items():
                if name not in right:
                    run(cursor, engine.create(trigger))
            for kind in sorted({there[name].kind for name in set(there) - right if there[name].kind}):
                note_all(cursor, kind)


def run(cursor, statements: list[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def note_all(cursor, kind: str) -> None:
    """Note every object of the kind, and every row whose object is gone. Readers go on finding what is indexed."""
    meta = of_kind(kind).model_class()._meta
    rows, pending = quote(SearchRow._meta.db_table), quote(SearchPending._meta.db_table)
    cursor.execute(
        f"INSERT INTO {pending} (kind, object_id, hides) "  # noqa: S608
        f"SELECT {literal(kind)}, {quote(meta.pk.column)}, FALSE FROM {quote(meta.db_table)} "
        f"UNION SELECT kind, object_id, FALSE FROM {rows} WHERE kind = {literal(kind)}"
    )


def drop_all(using: str = "default") -> None:
    """Take every trigger down; `install` brings them back, and then indexes everything anew."""
    connection = connections[using]
    engine = ENGINES[connection.vendor]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, found in engine.standing(connection, PREFIX).items():
            run(cursor, engine.drop(name, found))


def faults(using: str = "default") -> list[tuple[str, str]]:
    """Triggers that do not stand as they should: name and what is wrong."""
    connection = connections[using]
    engine, there = ENGINES[connection.vendor], wanted(using)
    standing = engine.standing(connection, PREFIX)
    found = [(name, "belongs to nothing that is searched") for name in standing if name not in there]
    for name, trigger in there.items():
        if name not in standing:
            found.append((name, "is missing"))
        elif standing[name] != engine.fingerprint(trigger):
            found.append((name, "is not as it was written, or is switched off"))
    return sorted(found)


_aside: set[str] = set()


@receiver(pre_migrate, dispatch_uid="newsroom.core.search.step_aside")
def step_aside(sender: AppConfig, using: str, plan: list, **kwargs: object) -> None:
    """Before a table of SQLite is rebuilt: it cannot be renamed back while triggers elsewhere speak of it."""
    if sender.label == "core" and plan and connections[using].vendor == "sqlite":
        drop_all(using)
        _aside.add(using)


@receiver(post_migrate, dispatch_uid="newsroom.core.search.stand")
def stand(sender: AppConfig, using: str, **kwargs: object) -> None:
    """Write the triggers once at the end of every `migrate`."""
    if sender.label == "core":
        install(using)
        _aside.discard(using)


def stand_again(using: str) -> None:
    """Write the triggers that a failing `migrate` took down."""
    if using in _aside:
        install(using)
        _aside.discard(using)
