"""What the database refuses, by whatever door the change comes in, and what it lets through beside it."""

import json
import uuid
from collections.abc import Callable
from unittest import mock

from django.apps.registry import Apps
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.test import SimpleTestCase, TestCase

from newsroom.core import guards
from newsroom.core.guards import ALL, BySql, Freeze, Guard, Opening, RowCheck, all_but
from newsroom.core.models import User
from tests.engines import only_on
from tests.guards import GuardedLiveServerTestCase, GuardedTransactionTestCase, lifted

SQLITE = connection.vendor == "sqlite"
NEVER_CHANGED = "A printed leaf is never changed: print a new one."
REMARK_STANDS = "The remark stands once the leaf is out."
NEVER_DELETED = "A leaf stays in the archive, 'whatever' it says."
NOT_THE_WORDS = "These are not the words of the leaf at this place."
LEAF_IS_OUT = "Only a draft leaf takes cuttings."

shelf = Apps()


class Shelved(models.Model):
    class Meta:
        abstract = True
        apps = shelf
        app_label = "core"


class Leaf(Shelved):
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    book = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    words = models.TextField()
    # Where a column's collation holds "a" equal to "A", what was written still counts.
    title = models.CharField(max_length=40, blank=True, db_collation="NOCASE" if SQLITE else None)
    notes = models.JSONField(null=True)
    printed = models.DateField(null=True)
    state = models.CharField(max_length=10, default="draft", null=True)  # noqa: DJ001 (NULL is what is tried)
    remark = models.TextField(blank=True)

    class Meta(Shelved.Meta):
        db_table = "guards_test_leaf"
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="leaf_book_number"),
            models.UniqueConstraint(fields=["book"], condition=Q(state="live"), name="leaf_one_live"),
            models.UniqueConstraint(Lower("remark"), condition=~Q(remark=""), name="leaf_remark_once"),
        ]


class Cutting(Shelved):
    leaf = models.ForeignKey(Leaf, models.CASCADE)
    start = models.IntegerField()
    exact = models.TextField(null=True)  # noqa: DJ001 (as in a placement without a span)
    label = models.CharField(max_length=20, blank=True)

    class Meta(Shelved.Meta):
        db_table = "guards_test Cutting"


GUARDS = (
    Guard(
        Leaf,
        frozen=all_but("state", "remark"),
        message=NEVER_CHANGED,
        also=(Freeze(("remark",), when="OLD.{state} <> 'draft'", message=REMARK_STANDS),),
        opened=Opening(("words", "remark"), when="OLD.{state} = 'pulped'"),
        delete_message=NEVER_DELETED,
    ),
    Guard(
        Cutting,
        deletable="EXISTS (SELECT 1 FROM {core.Leaf} l WHERE l.{core.Leaf.id} = OLD.{leaf}"
        " AND l.{core.Leaf.state} = 'draft')",
        checks=(
            RowCheck(
                "words",
                holds="NEW.{exact} IS NULL OR NEW.{exact} = (SELECT substr({core.Leaf.words}, NEW.{start} + 1,"
                " length(NEW.{exact})) FROM {core.Leaf} WHERE {core.Leaf.id} = NEW.{leaf})",
                message=NOT_THE_WORDS,
                of=("leaf", "start", "exact"),
            ),
            RowCheck(
                "draft",
                holds="EXISTS (SELECT 1 FROM {core.Leaf} WHERE {core.Leaf.id} = NEW.{leaf}"
                " AND {core.Leaf.state} = 'draft'{for share})",
                message=LEAF_IS_OUT,
                events=("insert",),
            ),
        ),
    ),
)


def put_up_shelf() -> Callable[[], None]:
    """Two guarded tables of our own beside the real ones; answers the act that takes them down again."""
    with connection.schema_editor() as editor:
        editor.create_model(Leaf)
        editor.create_model(Cutting)
    registry = mock.patch.dict(guards._registry)
    registry.start()
    guards.register(*GUARDS)
    guards.install()

    def take_down() -> None:
        registry.stop()
        guards.install()
        with connection.schema_editor() as editor:
            editor.delete_model(Cutting)
            editor.delete_model(Leaf)

    return take_down


class Doors:
    """The ways a test tries."""

    def assertRefused(self, message: str, act: Callable[[], object]) -> None:
        with self.assertRaises(IntegrityError) as caught, transaction.atomic():
            act()
        self.assertEqual(guards.refusal(caught.exception), message)

    def sql(self, statement: str, *values: object) -> Callable[[], int]:
        """The statement as an act that answers how many rows it touched."""

        def act() -> int:
            with connection.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.rowcount

        return act


class Shelf(Doors):
    """The tables for one class of tests that are each rolled back."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.take_down = staticmethod(put_up_shelf())
        super().setUpClass()

    @classmethod
    def tearDownClass(cls) -> None:
        super().tearDownClass()
        cls.take_down()


def leaf(**given: object) -> Leaf:
    words = "Sixth base in one week — چھٹا اڈہ 🏠 handed over"
    return Leaf.objects.create(**{"book": "April", "number": 1, "words": words, **given})


class GuardedRowsTest(Shelf, TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        leaf(title="April", notes={"page": 3, "seen": [1.0, None]})

    def setUp(self) -> None:
        self.leaf = Leaf.objects.get()

    def test_orm_cannot_change_a_frozen_column(self) -> None:
        self.leaf.words = "Seventh base in one week"
        for name, act in {
            "save": self.leaf.save,
            "save one field": lambda: self.leaf.save(update_fields=["words"]),
            "update": lambda: Leaf.objects.update(words="Other"),
            "update by expression": lambda: Leaf.objects.update(number=F("number") + 1),
            "bulk_update": lambda: Leaf.objects.bulk_update([self.leaf], ["words"]),
            "update_or_create": lambda: Leaf.objects.update_or_create(
                pk=self.leaf.pk, defaults={"words": "Other"}
            ),
            "another case": lambda: Leaf.objects.update(title="APRIL"),
            "to null": lambda: Leaf.objects.update(notes=None),
            "from null": lambda: Leaf.objects.update(printed="2020-04-07"),
            "another id": lambda: Leaf.objects.filter(pk=self.leaf.pk).update(uid=uuid.uuid4()),
        }.items():
            with self.subTest(name):
                self.assertRefused(NEVER_CHANGED, act)

    def test_equal_values_and_open_columns_pass(self) -> None:
        for name, act in {
            "save": self.leaf.save,
            "update": lambda: Leaf.objects.update(words=self.leaf.words, notes=self.leaf.notes, printed=None),
            "bulk_update": lambda: Leaf.objects.bulk_update([self.leaf], ["words", "notes", "number"]),
            "open column": lambda: Leaf.objects.update(remark="Page torn"),
            "raw": self.sql("UPDATE guards_test_leaf SET words = words, state = 'out'"),
        }.items():
            with self.subTest(name):
                act()
        self.leaf.refresh_from_db()
        self.assertEqual((self.leaf.remark, self.leaf.state), ("Page torn", "out"))

    def test_nothing_is_deleted_by_any_door(self) -> None:
        for name, act in {
            "delete": self.leaf.delete,
            "queryset": Leaf.objects.all().delete,
            "raw delete": lambda: Leaf.objects.all()._raw_delete("default"),
            "sql": self.sql("DELETE FROM guards_test_leaf"),
        }.items():
            with self.subTest(name):
                self.assertRefused(NEVER_DELETED, act)
        self.assertEqual(Leaf.objects.count(), 1)

    def test_sql_cannot_change_a_frozen_column(self) -> None:
        for statement in (
            "UPDATE guards_test_leaf SET words = 'Other'",
            "UPDATE guards_test_leaf SET words = words || ' '",
            "UPDATE guards_test_leaf SET remark = 'Fine', number = 2",
        ):
            with self.subTest(statement):
                self.assertRefused(NEVER_CHANGED, self.sql(statement))
        self.assertRefused(
            "A database id is given once and never changed (core.Leaf).",
            self.sql("UPDATE guards_test_leaf SET id = id + 1000"),
        )

    def test_a_column_freezes_when_its_time_comes(self) -> None:
        Leaf.objects.update(remark="Page torn")
        for state in ("out", None):
            with self.subTest(state=state):
                Leaf.objects.update(state=state)
                self.assertRefused(REMARK_STANDS, lambda: Leaf.objects.update(remark="Page whole"))
                Leaf.objects.update(remark="Page torn")
                Leaf.objects.update(state="draft")
        Leaf.objects.update(remark="Page whole")

    def test_json_counts_as_changed_where_its_stored_form_does(self) -> None:
        for notes in ({"page": 4}, {"page": 3, "seen": [1, None]}, [], "", 0):
            with self.subTest(notes=notes):
                self.assertRefused(NEVER_CHANGED, lambda notes=notes: Leaf.objects.update(notes=notes))

    def test_a_conditional_delete_asks_its_condition(self) -> None:
        Cutting.objects.create(leaf=self.leaf, start=0, exact="Sixth")
        kept = Cutting.objects.create(leaf=self.leaf, start=6, exact="base")
        Cutting.objects.filter(start=0).delete()
        Leaf.objects.update(state="out")
        self.assertRefused("Nothing is deleted here (core.Cutting).", kept.delete)
        self.assertEqual(Cutting.objects.count(), 1)

    def test_a_fixture_loads_twice_and_a_changed_one_is_refused(self) -> None:
        Cutting.objects.create(leaf=self.leaf, start=0, exact="Sixth")
        fixture = json.loads(serializers.serialize("json", [self.leaf, Cutting.objects.get()]))
        for _ in range(2):
            self.load(fixture)
        fixture[0]["fields"]["words"] = "Seventh base"
        self.assertRefused(NEVER_CHANGED, lambda: self.load(fixture))

    def load(self, fixture: list[dict]) -> None:
        """As loaddata does: no save(), the row's UPDATE tried first."""
        for record in fixture:
            model = {"core.leaf": Leaf, "core.cutting": Cutting}[record["model"]]
            # Not of the installed models, so loaddata itself does not know them.
            fields = {model._meta.get_field(name).attname: value for name, value in record["fields"].items()}
            model(pk=record["pk"], **fields).save_base(raw=True)


class OpeningTest(Shelf, TestCase):
    """Fields that may change although they are frozen, while a condition holds of the row."""

    def test_they_change_while_it_holds_and_neither_before_nor_where_it_is_unknown(self) -> None:
        for state in ("draft", "live", None):
            with self.subTest(state=state):
                row = leaf(book=f"In state {state}", state=state)
                rows = Leaf.objects.filter(pk=row.pk)
                self.assertRefused(NEVER_CHANGED, lambda rows=rows: rows.update(words="Other"))
        row = leaf(state="pulped")
        self.assertEqual(Leaf.objects.filter(pk=row.pk).update(words="Gone", remark="Gone too"), 1)

    def test_it_opens_no_other_column_no_other_row_and_no_deletion(self) -> None:
        leaf(book="May")
        row = leaf(state="pulped")
        rows = Leaf.objects.filter(pk=row.pk)
        self.assertRefused(NEVER_CHANGED, lambda: rows.update(book="June"))
        self.assertRefused(NEVER_CHANGED, lambda: rows.update(words="Gone", number=2))
        self.assertRefused(NEVER_CHANGED, lambda: Leaf.objects.update(words="Gone"))
        self.assertRefused(NEVER_DELETED, rows.delete)

    def test_every_freeze_that_names_the_field_is_opened(self) -> None:
        row = leaf(state="live")
        rows = Leaf.objects.filter(pk=row.pk)
        self.assertRefused(REMARK_STANDS, lambda: rows.update(remark="Gone"))
        rows.update(state="pulped")
        self.assertEqual(rows.update(remark="Gone"), 1)


class RowChecksTest(Shelf, TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        leaf()

    def setUp(self) -> None:
        self.leaf = Leaf.objects.get()

    def cut(self, start: int, exact: str | None) -> Cutting:
        return Cutting.objects.create(leaf=self.leaf, start=start, exact=exact)

    def test_places_count_code_points_on_both_engines(self) -> None:
        words = self.leaf.words
        for exact in ("Sixth", "—", "چھٹا اڈہ", "🏠", "handed over", words):
            with self.subTest(exact=exact):
                self.cut(words.index(exact), exact)
        self.cut(99, None)

    def test_other_words_are_refused_as_they_come_and_as_they_change(self) -> None:
        right = self.cut(6, "base")
        for name, act in {
            "insert": lambda: self.cut(7, "base"),
            "wrong case": lambda: self.cut(6, "Base"),
            "past the end": lambda: self.cut(900, "base"),
            "bulk": lambda: Cutting.objects.bulk_create([Cutting(leaf=self.leaf, start=5, exact="base")]),
            "move": lambda: Cutting.objects.filter(pk=right.pk).update(start=7),
            "reword": lambda: Cutting.objects.filter(pk=right.pk).update(exact="bass"),
            "no start": self.sql("UPDATE \"guards_test Cutting\" SET exact = '', start = 0, leaf_id = -5"),
        }.items():
            with self.subTest(name):
                self.assertRefused(NOT_THE_WORDS, act)
        Cutting.objects.update(start=0, exact="Sixth", label="moved")

    def test_a_check_of_other_columns_sleeps(self) -> None:
        cutting = self.cut(6, "base")
        Leaf.objects.update(state="out")
        Cutting.objects.update(label="fine")
        cutting.save()
        self.assertRefused(LEAF_IS_OUT, lambda: self.cut(6, "base"))

    def test_a_row_that_no_longer_holds_may_keep_its_values(self) -> None:
        cutting = self.cut(6, "base")
        with lifted():
            Leaf.objects.update(words="Other words")
        cutting.label = "to be mended"
        cutting.save()
        Cutting.objects.update(start=6, exact="base")
        self.assertRefused(NOT_THE_WORDS, lambda: Cutting.objects.update(start=7))

    @only_on("postgresql")
    def test_a_temporary_table_does_not_stand_in_for_the_real_one(self) -> None:
        self.sql("CREATE TEMPORARY TABLE guards_test_leaf AS SELECT * FROM public.guards_test_leaf")()
        self.sql("UPDATE pg_temp.guards_test_leaf SET words = 'Seventh base'")()
        self.assertRefused(NOT_THE_WORDS, lambda: self.cut(0, "Seventh"))


@only_on("sqlite")
class ReplaceTest(Shelf, TestCase):
    """SQLite deletes the row that REPLACE meets, in a foreign connection without firing its DELETE trigger."""

    @classmethod
    def setUpTestData(cls) -> None:
        leaf(state="live", remark="Torn")
        leaf(book="May", number=7)

    def setUp(self) -> None:
        self.leaf = Leaf.objects.get(number=1)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = OFF")
        self.addCleanup(self.sql("PRAGMA recursive_triggers = ON"))

    def row(self, **given: object) -> tuple[str, list]:
        fresh = {
            "id": None,
            "uid": uuid.uuid4().hex,
            "book": "June",
            "number": 9,
            "words": "New",
            "title": "",
            "remark": "",
        }
        row = {**fresh, **given}
        places = ", ".join(["%s"] * len(row))
        return f"guards_test_leaf ({', '.join(row)}) VALUES ({places})", list(row.values())

    def meets(self) -> dict[str, tuple[str, dict]]:
        return {
            "id": ("id", {"id": self.leaf.pk}),
            "uid": ("uid", {"uid": self.leaf.uid.hex}),
            "two columns": ("leaf_book_number", {"book": "April", "number": 1}),
            "condition": ("leaf_one_live", {"book": "April", "state": "live"}),
            "expression": ("leaf_remark_once", {"remark": "TORN"}),
        }

    def test_an_insert_that_meets_a_row_by_any_key_is_refused(self) -> None:
        for verb in ("INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT OR IGNORE INTO", "INSERT INTO"):
            for name, (key, given) in self.meets().items():
                with self.subTest(verb=verb, key=name):
                    row, values = self.row(**given)
                    message = f"This row is here already and is not replaced ({key})."
                    self.assertRefused(message, self.sql(f"{verb} {row}", *values))
        self.assertEqual(Leaf.objects.get(pk=self.leaf.pk).words, self.leaf.words)

    def test_a_row_that_meets_none_goes_in(self) -> None:
        for number, given in enumerate(
            (
                {},
                {"book": "April", "number": 2, "state": "out"},
                {"book": "Juli", "state": "live"},
                {"id": 900},
            )
        ):
            with self.subTest(given=given):
                row, values = self.row(**{"number": 20 + number, **given})
                self.sql(f"INSERT OR REPLACE INTO {row}", *values)()
        self.assertEqual(Leaf.objects.count(), 6)

    def test_an_upsert_is_refused_because_it_meets_the_row(self) -> None:
        row, values = self.row(uid=self.leaf.uid.hex)
        message = "This row is here already and is not replaced (uid)."
        for what in ("NOTHING", "UPDATE SET remark = excluded.remark", "UPDATE SET words = excluded.words"):
            with self.subTest(what):
                self.assertRefused(
                    message, self.sql(f"INSERT INTO {row} ON CONFLICT (uid) DO {what}", *values)
                )

    def test_an_update_cannot_replace_its_neighbour(self) -> None:
        message = "This row is here already and is not replaced (leaf_remark_once)."
        self.assertRefused(
            message, self.sql("UPDATE OR REPLACE guards_test_leaf SET remark = 'torn' WHERE number = 7")
        )
        self.assertEqual(
            self.sql("UPDATE OR REPLACE guards_test_leaf SET remark = 'x' WHERE number = 7")(), 1
        )
        self.assertEqual(Leaf.objects.count(), 2)

    def test_no_row_takes_the_id_that_stands_for_unknown(self) -> None:
        row, values = self.row(id=-1)
        self.assertRefused("A database id is above 0 (core.Leaf).", self.sql(f"INSERT INTO {row}", *values))


@only_on("postgresql")
class PostgresDoorsTest(Shelf, TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        Cutting.objects.create(leaf=leaf(), start=0, exact="Sixth")

    def setUp(self) -> None:
        self.leaf = Leaf.objects.get()

    def test_truncate_is_refused_alone_and_by_cascade(self) -> None:
        connection.check_constraints()
        message = "Nothing is deleted here (core.Cutting)."
        self.assertRefused(message, self.sql('TRUNCATE "guards_test Cutting"'))
        with self.assertRaises(IntegrityError), transaction.atomic():
            self.sql("TRUNCATE guards_test_leaf CASCADE")()
        self.assertEqual((Leaf.objects.count(), Cutting.objects.count()), (1, 1))

    def test_an_upsert_may_do_nothing_but_not_change_what_is_frozen(self) -> None:
        insert = "INSERT INTO guards_test_leaf (uid, book, number, words, title, remark)"
        insert += " VALUES (%s, 'May', 1, 'New', '', 'R')"
        self.assertEqual(self.sql(f"{insert} ON CONFLICT DO NOTHING", self.leaf.uid)(), 0)
        self.assertEqual(
            self.sql(f"{insert} ON CONFLICT (uid) DO UPDATE SET remark = excluded.remark", self.leaf.uid)(), 1
        )
        self.assertRefused(
            NEVER_CHANGED,
            self.sql(f"{insert} ON CONFLICT (uid) DO UPDATE SET words = excluded.words", self.leaf.uid),
        )


class DeclarationsTest(SimpleTestCase):
    def test_a_wrong_name_is_found_when_the_guard_is_registered(self) -> None:
        for guard, complaint in (
            (Guard("core.Nothing"), "no such model"),
            (Guard("Nothing"), "no such model"),
            (Guard(Leaf, frozen=("wrods",)), "'wrods', which is no column"),
            (Guard(Leaf, frozen=("cutting",)), "'cutting', which is no column"),
            (Guard(Leaf, frozen=all_but("wrods")), "'wrods', which is no column"),
            (Guard(Leaf, also=(Freeze(("words",), when="OLD.{sate} = 1"),)), "'sate', which is no column"),
            (
                Guard(Leaf, deletable="EXISTS (SELECT 1 FROM {core.Nothing})"),
                "names 'core.Nothing': no such model",
            ),
            (
                Guard(Leaf, checks=(RowCheck("c", "{core.Leaf.wrods} = 1", "m"),)),
                "'wrods', which is no column",
            ),
            (Guard(Leaf, checks=(RowCheck("c", "TRUE", "m", of=("wrods",)),)), "'wrods', which is no column"),
            (Guard(Leaf, when=BySql("TRUE", "{wrods}"), frozen=ALL), "'wrods', which is no column"),
        ):
            with (
                self.subTest(complaint),
                mock.patch.dict(guards._registry),
                self.assertRaisesMessage(ImproperlyConfigured, complaint),
            ):
                guards.register(guard)

    def test_a_model_has_one_guard(self) -> None:
        with mock.patch.dict(guards._registry, clear=True):
            guards.register(Guard(Leaf, frozen=ALL))
            guards.register(Guard(Leaf, frozen=ALL))
            with self.assertRaisesMessage(ImproperlyConfigured, "core.Leaf has a guard already"):
                guards.register(Guard(Leaf))
            self.assertEqual(len(guards.registered()), 1)

    def test_another_database_is_refused_by_name(self) -> None:
        with self.assertRaisesMessage(ImproperlyConfigured, "not for mysql"):
            guards.engine_of(mock.Mock(vendor="mysql"))

    def test_an_error_that_no_guard_raised_is_not_taken_for_one(self) -> None:
        self.assertIsNone(guards.refusal(IntegrityError("NOT NULL constraint failed")))


class StandingTest(Doors, GuardedTransactionTestCase):
    """Triggers come back, and what is wrong with them is seen."""

    def setUp(self) -> None:
        self.addCleanup(put_up_shelf())

    def names(self) -> list[str]:
        return [f"{fault.name} {fault.what}" for fault in guards.faults()]

    def drop(self, name: str) -> str:
        return f"DROP TRIGGER {name}" + ("" if SQLITE else " ON guards_test_leaf")

    def test_guards_are_in_force_inside_the_test(self) -> None:
        leaf()
        self.assertEqual(self.names(), [])
        self.assertRefused(NEVER_CHANGED, lambda: Leaf.objects.update(words="Other"))
        with lifted():
            self.assertIn("guard_guards_test_leaf_update is missing", self.names())
            Leaf.objects.all().delete()
        self.assertEqual(self.names(), [])

    def test_guards_stand_again_when_a_lifted_block_fails(self) -> None:
        with self.assertRaises(ZeroDivisionError), lifted():
            _ = 1 / 0
        self.assertEqual(self.names(), [])

    def test_a_missing_a_changed_and_a_foreign_trigger_are_found_and_put_right(self) -> None:
        self.sql(self.drop("guard_guards_test_leaf_update"))()
        self.assertEqual(self.names(), ["guard_guards_test_leaf_update is missing"])
        self.sql(self.drop("guard_guards_test_leaf_delete"))()
        self.plant("guard_guards_test_leaf_delete", "DELETE")
        self.plant("guard_planted", "DELETE")
        self.assertEqual(
            self.names(),
            [
                "guard_guards_test_leaf_delete differs from its guard",
                "guard_guards_test_leaf_update is missing",
                "guard_planted belongs to no guard",
            ],
        )
        guards.install()
        self.assertEqual(self.names(), [])

    def plant(self, name: str, event: str) -> None:
        """A trigger of this name that lets everything pass."""
        if SQLITE:
            self.sql(f"CREATE TRIGGER {name} BEFORE {event} ON guards_test_leaf BEGIN SELECT 1; END")()
            return
        body = "BEGIN RETURN OLD; END"
        self.sql(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS '{body}'")()
        self.sql(
            f"CREATE TRIGGER {name} BEFORE {event} ON guards_test_leaf FOR EACH ROW EXECUTE FUNCTION {name}()"
        )()

    @only_on("postgresql")
    def test_what_a_check_read_stays_until_the_row_it_checked_is_committed(self) -> None:
        other = connection.copy()
        self.addCleanup(other.close)
        first = leaf()
        with transaction.atomic(), other.cursor() as elsewhere:
            Cutting.objects.create(leaf=first, start=0, exact="Sixth")
            elsewhere.execute("SET lock_timeout = '100ms'")
            elsewhere.execute("SELECT words FROM guards_test_leaf")
            with self.assertRaisesMessage(OperationalError, "lock timeout"):
                elsewhere.execute("UPDATE guards_test_leaf SET state = 'out'")
        with other.cursor() as elsewhere:
            elsewhere.execute("UPDATE guards_test_leaf SET state = 'out'")

    @only_on("postgresql")
    def test_a_trigger_that_is_switched_off_is_found_and_put_right(self) -> None:
        self.sql("ALTER TABLE guards_test_leaf DISABLE TRIGGER guard_guards_test_leaf_update")()
        self.assertEqual(self.names(), ["guard_guards_test_leaf_update is switched off"])
        guards.install()
        self.assertEqual(self.names(), [])

    @only_on("postgresql")
    def test_a_hollowed_function_is_found(self) -> None:
        self.sql(
            "CREATE OR REPLACE FUNCTION guard_guards_test_leaf_update() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'"
        )()
        self.assertEqual(self.names(), ["guard_guards_test_leaf_update differs from its guard"])

    def test_installing_twice_changes_nothing(self) -> None:
        with self.assertNumQueries(self.queries_of_a_look()):
            guards.install()

    def queries_of_a_look(self) -> int:
        """Standing triggers and columns; the transaction around them; on PostgreSQL the schema's name."""
        return 4 if SQLITE else 5

    def test_guards_stand_after_a_field_was_altered(self) -> None:
        altered = models.CharField(max_length=80)
        altered.set_attributes_from_name("book")
        altered.model = Leaf
        leaf()
        guards.step_aside(mock.Mock(label="core"), "default", plan=["a migration"])
        with connection.schema_editor() as editor:
            editor.alter_field(Leaf, Leaf._meta.get_field("book"), altered)
        self.assertEqual("guard_guards_test_leaf_update is missing" in self.names(), SQLITE)
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        self.assertEqual(self.names(), [])
        self.assertRefused(NEVER_CHANGED, lambda: Leaf.objects.update(book="May"))
        self.assertRefused(NEVER_DELETED, Leaf.objects.all().delete)

    def test_a_column_that_is_not_there_yet_is_waited_for(self) -> None:
        printed = Leaf._meta.get_field("printed")
        leaf()
        guards.drop_all()
        with connection.schema_editor() as editor:
            editor.remove_field(Leaf, printed)
        guards.install()
        self.assertEqual(self.names(), ["guards_test_leaf.printed waits for a migration"])
        self.assertRefused(NEVER_CHANGED, self.sql("UPDATE guards_test_leaf SET words = 'Other'"))
        self.assertEqual(self.sql("UPDATE guards_test_leaf SET remark = 'Torn'")(), 1)
        guards.drop_all()
        with connection.schema_editor() as editor:
            editor.add_field(Leaf, printed)
        guards.install()
        self.assertEqual(self.names(), [])

    def test_a_table_that_is_not_there_yet_asks_for_nothing(self) -> None:
        self.assertIn("guards_test_leaf", self.guarded_tables())
        with connection.schema_editor() as editor:
            editor.delete_model(Leaf)
        self.assertNotIn("guards_test_leaf", self.guarded_tables())
        guards.install()
        self.assertEqual(self.names(), ["guards_test_leaf waits for a migration"])
        with connection.schema_editor() as editor:
            editor.create_model(Leaf)
        guards.install()
        self.assertEqual(self.names(), [])

    def guarded_tables(self) -> set[str]:
        engine = guards.engine_of(connection)
        return {table for table, _ in guards.written(engine, "default")[0]}


class Flushed:
    """Two tests that both seat Amna: the second can only where the first one's rows are gone."""

    def seat(self) -> None:
        amna = User.objects.create(username="amna")
        self.assertEqual(guards.faults(), [])
        with self.assertRaises(IntegrityError) as caught:
            User.objects.all()._raw_delete("default")
        self.assertIn("never deleted", guards.refusal(caught.exception))
        with self.assertRaises(CommandError):
            call_command("flush", interactive=False, verbosity=0)
        amna.save()
        # What migrations made is there in every test.
        self.assertTrue(Group.objects.exists())

    def test_guards_are_in_force_until_the_flush(self) -> None:
        self.seat()

    def test_guards_are_in_force_again_after_the_flush(self) -> None:
        self.seat()


class FlushedAfterCommitsTest(Flushed, GuardedTransactionTestCase):
    pass


class FlushedAfterLiveServerTest(Flushed, GuardedLiveServerTestCase):
    pass
