"""Guards in SQLite: triggers that RAISE(ABORT), and unique keys that an INSERT OR REPLACE may not write over."""
# ruff: noqa: S608 (every name comes from the models and is quoted; nothing a person typed comes near)

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import IntegerField, Model, Q, UniqueConstraint
from django.db.models.expressions import OrderBy
from django.db.models.sql.query import Query

from newsroom.core.guards_compile import (
    PREFIX,
    Case,
    Columns,
    Key,
    Standing,
    Trigger,
    literal,
    quote,
    stored_fields,
)


@dataclass(frozen=True)
class UniqueKey:
    """What makes a row one of its kind: SQL over bare column names, and the part of the table it speaks of."""

    name: str
    expressions: tuple[str, ...]
    condition: str = ""


class SqliteEngine:
    """SQLite's side of `guards_compile.Engine`."""

    vendor = "sqlite"
    share = ""  # one writer at a time: nobody writes between a check and its commit
    has_truncate = False

    def __init__(self, connection: BaseDatabaseWrapper):
        self.connection = connection

    def table(self, name: str) -> str:
        return quote(name)

    def changed(self, columns: list[str]) -> str:
        # A column's own collation may hold "a" equal to "A"; what was written may not.
        return " OR ".join(f"OLD.{quote(name)} IS NOT NEW.{quote(name)} COLLATE BINARY" for name in columns)

    def own_cases(self, model: type[Model], there: set[str], event: str, timing: str) -> list[Case]:
        """Refuse to meet another row by a unique key: REPLACE would delete it, often without its DELETE trigger."""
        if (event, timing) == ("insert", "after"):
            return self.negative_id_cases(model)
        if timing == "after" or event not in ("insert", "update"):
            return []
        return [
            Case(self.meets(model, key, event), f"This row is here already and is not replaced ({key.name}).")
            for key in unique_keys(model, self.connection, there)
            if not (event == "update" and key.name == model._meta.pk.name)
        ]

    def meets(self, model: type[Model], key: UniqueKey, event: str) -> str:
        """SQL that is true where NEW would share the key with a row that is there."""
        same = [f"{expression} = {of_new(expression, model)}" for expression in key.expressions]
        if key.condition:
            same += [f"({key.condition})", of_new(key.condition, model)]
        identity = quote(model._meta.pk.column)
        if event == "update":
            same.append(f"{identity} IS NOT OLD.{identity}")
        # Before the insert an id that is yet to be given reads -1; negative_id_cases keeps that number free.
        unknown = f"NEW.{identity} <> -1 AND " if key.name == model._meta.pk.name and counts(model) else ""
        return f"{unknown}EXISTS (SELECT 1 FROM {quote(model._meta.db_table)} WHERE {' AND '.join(same)})"

    def negative_id_cases(self, model: type[Model]) -> list[Case]:
        if not counts(model):
            return []
        return [
            Case(
                f"NEW.{quote(model._meta.pk.column)} < 0", f"A database id is above 0 ({model._meta.label})."
            )
        ]

    def columns(self) -> Columns:
        found: dict[str, set[str]] = {}
        query = "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c WHERE m.type = 'table'"
        with self.connection.cursor() as cursor:
            for table, column in cursor.execute(query).fetchall():
                found.setdefault(table, set()).add(column)
        return found

    def standing(self) -> dict[Key, Standing]:
        query = (
            f"SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{PREFIX}*'"
        )
        with self.connection.cursor() as cursor:
            rows = cursor.execute(query).fetchall()
        return {(table, name): Standing((sql,)) for table, name, sql in rows}

    def fingerprint(self, trigger: Trigger) -> tuple:
        return (self.create(trigger)[0],)

    def create(self, trigger: Trigger) -> list[str]:
        head = (
            f"CREATE TRIGGER {quote(trigger.name)} {trigger.timing.upper()} {trigger.event.upper()}"
            f" ON {quote(trigger.table)} FOR EACH ROW BEGIN\n"
        )
        body = [
            f"SELECT RAISE(ABORT, {literal(case.message)}) WHERE {case.condition};\n"
            for case in trigger.cases
        ]
        return [f"{head}{''.join(body)}END"]

    def drop(self, key: Key) -> list[str]:
        return [f"DROP TRIGGER IF EXISTS {quote(key[1])}"]


def counts(model: type[Model]) -> bool:
    """Whether the primary key is a whole number, which SQLite can give by itself."""
    return isinstance(model._meta.pk, IntegerField)


def of_new(expression: str, model: type[Model]) -> str:
    """SQL over bare column names as it reads for the incoming row."""
    named = [quote(field.column) for field in stored_fields(model)]
    if expression in named:
        return f"NEW.{expression}"
    incoming = ", ".join(f"NEW.{name} AS {name}" for name in named if name in expression)
    return f"(SELECT {expression} FROM (SELECT {incoming}))"


def unique_keys(model: type[Model], connection: BaseDatabaseWrapper, there: set[str]) -> list[UniqueKey]:
    """Every unique key of the model's table, the primary key first, whose columns are there."""
    meta = model._meta
    fields = sorted(
        (field for field in stored_fields(model) if field.unique), key=lambda field: field is not meta.pk
    )
    keys = [plain_key(model, (field.name,)) for field in fields]
    keys += [plain_key(model, names) for names in meta.unique_together]
    keys += [
        constraint_key(model, constraint, connection)
        for constraint in meta.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    absent = [quote(field.column) for field in stored_fields(model) if field.column not in there]
    return [
        key for key in keys if not any(name in " ".join([*key.expressions, key.condition]) for name in absent)
    ]


def plain_key(model: type[Model], names: tuple[str, ...], called: str = "", condition: str = "") -> UniqueKey:
    columns = tuple(quote(model._meta.get_field(name).column) for name in names)
    return UniqueKey(called or ", ".join(names), columns, condition)


def constraint_key(
    model: type[Model], constraint: UniqueConstraint, connection: BaseDatabaseWrapper
) -> UniqueKey:
    condition = bare_sql(model, constraint.condition, connection) if constraint.condition else ""
    if not constraint.expressions:
        return plain_key(model, constraint.fields, constraint.name, condition)
    expressions = tuple(bare_sql(model, expression, connection) for expression in constraint.expressions)
    return UniqueKey(constraint.name, expressions, condition)


def bare_sql(model: type[Model], expression: object, connection: BaseDatabaseWrapper) -> str:
    """The SQL of a Q or an expression, over bare column names as in the definition of an index."""
    if isinstance(expression, OrderBy):
        expression = expression.expression
    query = Query(model, alias_cols=False)
    resolved = (
        query.build_where(expression) if isinstance(expression, Q) else expression.resolve_expression(query)
    )
    sql, params = query.get_compiler(connection=connection).compile(resolved)
    editor = connection.SchemaEditorClass(connection)
    return sql % tuple(editor.quote_value(value) for value in params)
