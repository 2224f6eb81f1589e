"""Guards in PostgreSQL: for each trigger one plpgsql function of the same name that raises an integrity error."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from newsroom.core.guards_compile import PREFIX, Case, Columns, Key, Standing, Trigger, literal, quote

# pg_trigger.tgtype, as src/include/catalog/pg_trigger.h numbers its bits.
FOR_EACH_ROW, BEFORE = 1, 2
EVENT_BITS = {"insert": 4, "delete": 8, "update": 16, "truncate": 32}

STANDING = r"""
SELECT c.relname, t.tgname, t.tgenabled, t.tgtype, p.pronamespace = c.relnamespace, p.proname, p.prosrc, l.lanname,
       p.prosecdef, p.proconfig, t.tgqual IS NULL, t.tgattr = ''::int2vector
  FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_proc p ON p.oid = t.tgfoid
  JOIN pg_language l ON l.oid = p.prolang
 WHERE n.nspname = current_schema() AND NOT t.tgisinternal AND starts_with(t.tgname, %s)
"""
COLUMNS = """
SELECT c.relname, a.attname
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid
 WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
"""


class PostgresEngine:
    """PostgreSQL's side of `guards_compile.Engine`."""

    vendor = "postgresql"
    share = " FOR SHARE"
    has_truncate = True

    def __init__(self, connection: BaseDatabaseWrapper):
        self.connection = connection
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            self.schema = cursor.fetchone()[0]

    def table(self, name: str) -> str:
        # With its schema, because a temporary table of the same name would be found first.
        return f"{quote(self.schema)}.{quote(name)}"

    def changed(self, columns: list[str]) -> str:
        # *<> compares the stored bytes: NULL equals NULL, 1.0 differs from 1, and no collation or json type interferes.
        old, new = (", ".join(f"{row}.{quote(name)}" for name in columns) for row in ("OLD", "NEW"))
        return f"ROW({old})::record *<> ROW({new})::record"

    def own_cases(self, model: type[Model], there: set[str], event: str, timing: str) -> list[Case]:
        return []  # nothing here replaces a row without an UPDATE or a DELETE that fires its triggers

    def columns(self) -> Columns:
        found: dict[str, set[str]] = {}
        with self.connection.cursor() as cursor:
            cursor.execute(COLUMNS)
            for table, column in cursor.fetchall():
                found.setdefault(table, set()).add(column)
        return found

    def standing(self) -> dict[Key, Standing]:
        with self.connection.cursor() as cursor:
            cursor.execute(STANDING, [PREFIX])
            rows = cursor.fetchall()
        return {(table, name): Standing(tuple(rest), enabled != "D") for table, name, enabled, *rest in rows}

    def fingerprint(self, trigger: Trigger) -> tuple:
        kind = EVENT_BITS[trigger.event] | (BEFORE if trigger.timing == "before" else 0)
        kind |= 0 if trigger.event == "truncate" else FOR_EACH_ROW
        return (kind, True, trigger.name, self.body(trigger), "plpgsql", False, None, True, True)

    def create(self, trigger: Trigger) -> list[str]:
        function = f"{quote(self.schema)}.{quote(trigger.name)}()"
        each = "STATEMENT" if trigger.event == "truncate" else "ROW"
        return [
            f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS {literal(self.body(trigger))}",
            f"CREATE TRIGGER {quote(trigger.name)} {trigger.timing.upper()} {trigger.event.upper()}"
            f" ON {self.table(trigger.table)} FOR EACH {each} EXECUTE FUNCTION {function}",
        ]

    def body(self, trigger: Trigger) -> str:
        refusals = [
            f"IF {case.condition} THEN\n"
            f"RAISE EXCEPTION USING MESSAGE = {literal(case.message)}, ERRCODE = 'integrity_constraint_violation',"
            " TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;\nEND IF;\n"
            for case in trigger.cases
        ]
        given_back = "OLD" if trigger.event == "delete" else "NULL" if trigger.event == "truncate" else "NEW"
        return f"BEGIN\n{''.join(refusals)}RETURN {given_back};\nEND"

    def drop(self, key: Key) -> list[str]:
        table, name = key
        return [
            f"DROP TRIGGER IF EXISTS {quote(name)} ON {self.table(table)}",
            f"DROP FUNCTION IF EXISTS {quote(self.schema)}.{quote(name)}()",
        ]
