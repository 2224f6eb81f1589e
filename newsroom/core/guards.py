"""Guards: what the database itself refuses, whoever asks: ORM, admin, loaddata or a hand at the SQL prompt.

Each app lists its guards in `<app>/guarded.py`, which its AppConfig.ready() imports. The triggers are written at the
end of every `migrate`, and `manage.py check --database default` proves that they stand.

    register(
        Guard(
            "articles.ArticleVersion",
            frozen=ALL,
            message="A published version is never changed: make a new version.",
        ),
        Guard(
            "claims.Verdict",
            frozen=("uid", "claim"),
            also=(Freeze(all_but("publication_state"), when="OLD.{publication_state} <> 'draft'", message="..."),),
            deletable="OLD.{publication_state} = 'draft'",
            checks=(
                RowCheck(
                    "no_way_back",
                    holds="OLD.{publication_state} = 'draft' OR NEW.{publication_state} <> 'draft'",
                    message="A proposed verdict does not become a draft again.",
                    events=("update",),
                    of=("publication_state",),
                ),
            ),
        ),
    )

Conditions are SQL that both engines read, over OLD and NEW. In braces stand names, checked as the guard is registered
and written out quoted: `{field}` is a column of the guarded table (`NEW.{article}` becomes NEW."article_id"),
`{app.Model}` a table, `{app.Model.field}` a column with its table, `v.{app.Model.field}` the column of a table called v
in the query. `{for share}` at the end of a subquery locks the rows it read on PostgreSQL until the transaction ends, so
that nobody changes them between the check and the commit. Where the engines' SQL differs, give BySql.
"""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate
from django.dispatch import receiver

from newsroom.core.guards_compile import PREFIX, Engine, Fault, Standing, Trigger, Writer, validate
from newsroom.core.guards_postgres import PostgresEngine
from newsroom.core.guards_sqlite import SqliteEngine
from newsroom.core.guards_terms import (
    ALL,
    AllBut,
    BySql,
    Condition,
    Fields,
    Freeze,
    Guard,
    Opening,
    RowCheck,
    all_but,
)

__all__ = [
    "ALL",
    "AllBut",
    "BySql",
    "Condition",
    "Fault",
    "Fields",
    "Freeze",
    "Guard",
    "Opening",
    "RowCheck",
    "all_but",
    "drop_all",
    "faults",
    "install",
    "refusal",
    "register",
    "registered",
    "stand_again",
]

ENGINES = {"sqlite": SqliteEngine, "postgresql": PostgresEngine}
_registry: dict[str, Guard] = {}


def register(*guards: Guard) -> None:
    """Add guards. Raise ImproperlyConfigured for an unknown model or field, or a second guard of one model."""
    for guard in guards:
        label = guard.model_class()._meta.label
        if _registry.get(label, guard) != guard:
            raise ImproperlyConfigured(f"{label} has a guard already: make one of both.")
        validate(guard)
        _registry[label] = guard


def registered() -> tuple[Guard, ...]:
    """Every guard, in the order of registration."""
    return tuple(_registry.values())


def install(using: str = "default") -> None:
    """Bring the database's triggers in line with the registry; those that are right are left alone.

    Tables and columns that are not there yet are passed over: the migration that brings them ends here again.
    """
    engine = engine_of(connections[using])
    with transaction.atomic(using=using):
        standing, (wanted, _) = engine.standing(), written(engine, using)
        right = {
            key
            for key, trigger in wanted.items()
            if standing.get(key) == Standing(engine.fingerprint(trigger))
        }
        statements = [line for key in standing if key not in right for line in engine.drop(key)]
        statements += [
            line for key, trigger in wanted.items() if key not in right for line in engine.create(trigger)
        ]
        run(connections[using], statements)


def drop_all(using: str = "default") -> None:
    """Take every guard down: for a migration that rewrites guarded rows, and for tests. `install` brings them back."""
    engine = engine_of(connections[using])
    with transaction.atomic(using=using):
        run(connections[using], [line for key in engine.standing() for line in engine.drop(key)])


def faults(using: str = "default") -> list[Fault]:
    """What lies between the database and the registry; empty where every guard of a table that is there is in force."""
    engine = engine_of(connections[using])
    standing, (wanted, waiting) = engine.standing(), written(engine, using)
    found = [Fault(name, "waits for a migration") for name in sorted(set(waiting))]
    for key in sorted({*standing, *wanted}):
        if key not in wanted:
            found.append(Fault(key[1], "belongs to no guard"))
        elif key not in standing:
            found.append(Fault(key[1], "is missing"))
        elif standing[key].fingerprint != engine.fingerprint(wanted[key]):
            found.append(Fault(key[1], "differs from its guard"))
        elif not standing[key].switched_on:
            found.append(Fault(key[1], "is switched off"))
    return found


def refusal(error: IntegrityError) -> str | None:
    """The guard's sentence for the editor, or None where the error came from something else."""
    cause = error.__cause__
    if getattr(cause, "sqlite_errorname", None) == "SQLITE_CONSTRAINT_TRIGGER":
        return str(cause)
    diagnosis = getattr(cause, "diag", None)
    if diagnosis and (diagnosis.constraint_name or "").startswith(PREFIX):
        return diagnosis.message_primary
    return None


def engine_of(connection: BaseDatabaseWrapper) -> Engine:
    """The engine that writes for this connection. Raise ImproperlyConfigured for any but the two."""
    if connection.vendor not in ENGINES:
        raise ImproperlyConfigured(
            f"Guards are written for SQLite and PostgreSQL, not for {connection.vendor}."
        )
    return ENGINES[connection.vendor](connection)


def written(engine: Engine, using: str) -> tuple[dict[tuple[str, str], Trigger], list[str]]:
    """Every trigger the registry asks of this database, and the columns that are not there yet."""
    there, wanted, waiting = engine.columns(), {}, []
    for guard in registered():
        model = guard.model_class()
        if model._meta.db_table in there and router.allow_migrate_model(using, model):
            writer = Writer(guard, engine, there)
            wanted |= {(trigger.table, trigger.name): trigger for trigger in writer.triggers()}
            waiting += writer.waiting
    return wanted, waiting


def run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# The databases whose guards a running `migrate` has taken down.
_aside: set[str] = set()


@receiver(pre_migrate, dispatch_uid="newsroom.core.guards.step_aside")
def step_aside(sender: AppConfig, using: str, plan: list, **kwargs: object) -> None:
    """Before a table of SQLite is rebuilt: it cannot be renamed back while triggers elsewhere speak of it."""
    if sender.label == "core" and plan and connections[using].vendor == "sqlite":
        drop_all(using)
        _aside.add(using)


@receiver(post_migrate, dispatch_uid="newsroom.core.guards.stand")
def stand(sender: AppConfig, using: str, **kwargs: object) -> None:
    """Write the guards once at the end of every `migrate`, whatever it did."""
    if sender.label == "core":
        install(using)
        _aside.discard(using)


def stand_again(using: str) -> None:
    """Write the guards that a failing `migrate` took down, as far as tables and columns are there."""
    if using in _aside:
        install(using)
        _aside.discard(using)
