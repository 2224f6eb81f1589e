"""Every guarded table of the site, with rows made at the desk: what stands there stays, by whatever door one comes."""

import json
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, models, transaction
from django.test import TestCase

from articles.models import Article, ArticleVersion
from claims.models import Appearance, Approval, Evidence, Placement, Verdict, VerdictEvidence
from newsroom.core import guards
from newsroom.core.guards import Guard
from newsroom.core.guards_compile import fields_of, quote
from newsroom.core.guards_sqlite import unique_keys
from tests.desk import person
from tests.engines import only_on
from tests.factories import (
    make_article,
    make_claim,
    make_evidence,
    make_outlet,
    make_redaction,
    make_report,
    make_verdict,
    place,
    revise,
)
from tests.guards import GuardedTransactionTestCase, lifted

VERSION_STANDS = "A version is never changed: save the new words as a new version."


def set_scene() -> None:
    """An article in two versions, printed again elsewhere and by our own outlet, and a claim in all of them with a
    published verdict."""
    first = make_article(
        "Coalition hands over sixth Iraqi base in one week", standfirst="The sixth handover."
    )
    revise(first, paragraphs=["Six bases were handed over in the past few weeks."])
    claim = make_claim(article=first, words="sixth Iraqi base in one week", tags=["handovers"])
    place(
        claim,
        make_article("Base handed over", ["It was the sixth base in one week."]),
        "sixth base in one week",
    )
    ours = make_article(
        "We say so too", ["A base in one week."], outlet=make_outlet("The Post", is_ours=True)
    )
    place(claim, ours, "base in one week")
    make_verdict(claim)
    make_report(ours, "base in one week", sender="0" * 64)
    make_redaction(make_article("Left out", ["A name stood here."]).live_version, "A name")


def refused(act: Callable[[], object]) -> str | None:
    """The guard's sentence against the act, None where the act went through."""
    try:
        with transaction.atomic():
            act()
    except IntegrityError as error:
        return guards.refusal(error) or f"no guard: {error}"
    return None


def sql(statement: str) -> Callable[[], None]:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return act


def table(model: type[models.Model]) -> str:
    return quote(model._meta.db_table)


def other_value(value: object, field: models.Field) -> object:
    """Another value for the same column."""
    if isinstance(field, models.ForeignKey | models.IntegerField):
        return (value or 0) + 1000
    samples = {
        models.UUIDField: uuid.uuid4(),
        models.DateTimeField: datetime(1999, 1, 1, tzinfo=UTC),
        models.DateField: date(1999, 1, 1),
        models.BooleanField: not value,
        models.JSONField: {"schema": 1, "blocks": []},
        models.Field: "y" if value == "x" else "x",
    }
    return next(sample for kind, sample in samples.items() if isinstance(field, kind))


class EveryGuardTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        set_scene()

    def guarded(self) -> Iterator[tuple[Guard, type[models.Model], models.Model]]:
        """Each guard with its model and a row of it: a guarded table without a row would prove nothing."""
        for guard in guards.registered():
            model = guard.model_class()
            row = model._base_manager.order_by("pk").first()
            if guard.deletable is not True:
                self.assertIsNotNone(row, f"Set the scene with a row of {model._meta.label}")
            if row is not None:
                yield guard, model, row

    def test_a_frozen_column_takes_no_other_value(self) -> None:
        for guard, model, row in self.guarded():
            same_row = model._base_manager.filter(pk=row.pk)
            for field in fields_of(model, guard.frozen):
                if field.primary_key:
                    continue
                changed = {field.attname: other_value(getattr(row, field.attname), field)}
                with self.subTest(model=model._meta.label, **changed):
                    message = refused(lambda rows=same_row, changed=changed: rows.update(**changed))
                    self.assertIn(message, {freeze.message for freeze in guard.freezes()})

    def test_every_row_takes_the_values_it_has(self) -> None:
        for _, model, _ in self.guarded():
            for row in model._base_manager.all():
                with self.subTest(model=model._meta.label, row=row.pk):
                    row.save_base(raw=True)

    def test_no_row_is_deleted_that_shall_stay(self) -> None:
        for guard, model, _ in self.guarded():
            if guard.deletable is False:
                with self.subTest(model=model._meta.label):
                    self.assertEqual(refused(sql(f"DELETE FROM {table(model)}")), guard.delete_message)

    @only_on("postgresql")
    def test_no_table_is_emptied_whose_rows_shall_stay(self) -> None:
        connection.check_constraints()
        for guard, model, _ in self.guarded():
            if guard.deletable is not True:
                with self.subTest(model=model._meta.label):
                    message = refused(sql(f"TRUNCATE {table(model)} CASCADE"))
                    self.assertIn(message, {other.delete_message for other in guards.registered()})

    @only_on("sqlite")
    def test_no_row_is_replaced_that_shall_stay(self) -> None:
        for guard, model, _ in self.guarded():
            if guard.deletable is not True:
                with self.subTest(model=model._meta.label):
                    message = refused(
                        sql(f"INSERT OR REPLACE INTO {table(model)} SELECT * FROM {table(model)}")
                    )
                    self.assertEqual(
                        message, f"This row is here already and is not replaced ({model._meta.pk.name})."
                    )

    @only_on("sqlite")
    def test_every_unique_index_is_among_the_keys_that_are_not_replaced(self) -> None:
        for _, model, _ in self.guarded():
            with connection.cursor() as cursor:
                indexes = cursor.execute(f"PRAGMA index_list({table(model)})").fetchall()
                there = {row[1] for row in cursor.execute(f"PRAGMA table_info({table(model)})").fetchall()}
            unique = sum(index[2] for index in indexes)
            with self.subTest(model=model._meta.label):
                self.assertEqual(
                    len(unique_keys(model, connection, there)), unique + 1
                )  # the id has no index


class DoorsOfTheArchiveTest(TestCase):
    """The guards' own wording, where an editor meets it."""

    @classmethod
    def setUpTestData(cls) -> None:
        set_scene()

    def test_a_version_stays_as_it_was_printed(self) -> None:
        version = ArticleVersion.objects.get(number=2)
        version.headline = "Coalition hands over base"
        self.assertEqual(refused(version.save), VERSION_STANDS)
        self.assertEqual(
            refused(lambda: ArticleVersion.objects.bulk_update([version], ["headline"])), VERSION_STANDS
        )
        self.assertEqual(
            refused(sql("UPDATE articles_articleversion SET body_text = 'Other'")), VERSION_STANDS
        )
        self.assertIn("never deleted", refused(lambda: ArticleVersion.objects.all()._raw_delete("default")))

    def test_a_placement_stands_on_the_words_it_names(self) -> None:
        placement = Placement.objects.filter(field="headline").first()
        Placement.objects.filter(pk=placement.pk).update(ended_at=datetime(2020, 5, 1, tzinfo=UTC))
        words = "The words do not stand at this place of that version."
        elsewhere = ArticleVersion.objects.exclude(article=placement.version.article).first()
        for changed, message in (
            ({"start": placement.start + 1, "end": placement.end + 1}, words),
            ({"exact": "sixth Iraqi base in one year"}, words),
            ({"field": "body"}, words),
            ({"version": elsewhere}, words),
            (
                {"version": elsewhere, "field": "body", "start": 0, "end": 2, "exact": "It"},
                "The version belongs to another article than the appearance.",
            ),
            ({}, None),
        ):
            with self.subTest(**changed):
                copy = Placement.objects.get(pk=placement.pk)
                copy.pk, copy.uid, copy.ended_at = None, uuid.uuid4(), None
                for column, value in changed.items():
                    setattr(copy, column, value)
                self.assertEqual(refused(copy.save), message)

    def test_nobody_approves_a_verdict_of_their_own(self) -> None:
        verdict = make_verdict(make_claim("Coalition forces have left Iraq."), published=False)
        own = Approval(verdict=verdict, user=person("sana"), decision="approved")
        self.assertEqual(refused(own.save), "Somebody other than the proposer must approve a verdict.")
        Approval(verdict=verdict, user=person("rashid"), decision="approved").save()

    def test_a_verdict_rests_on_evidence_of_its_claim(self) -> None:
        verdict = Verdict.objects.get()
        stray = make_evidence(make_claim("Coalition forces have left Iraq."))
        link = VerdictEvidence(verdict=verdict, evidence=stray)
        self.assertEqual(refused(link.save), "The evidence was found for another claim.")

    def test_evidence_is_open_until_a_verdict_rests_on_it(self) -> None:
        claim = make_claim("Coalition forces have left Iraq.")
        evidence = make_evidence(claim)
        Evidence.objects.filter(pk=evidence.pk).update(quote="as it stands there")
        make_verdict(claim, published=False)
        rows = Evidence.objects.filter(pk=evidence.pk)
        self.assertIn("rests on this evidence", refused(lambda: rows.update(quote="as we would like it")))
        self.assertIn("rests on this evidence", refused(lambda: rows._raw_delete("default")))

    def test_an_appearance_never_moves(self) -> None:
        other = make_claim("Coalition forces have left Iraq.")
        self.assertIn("never moves", refused(lambda: Appearance.objects.update(claim=other)))


class AfterAMigrationTest(GuardedTransactionTestCase):
    def test_a_rebuilt_table_has_its_guards_again(self) -> None:
        set_scene()
        old = ArticleVersion._meta.get_field("dateline")
        new = models.CharField(max_length=140, blank=True)
        new.set_attributes_from_name("dateline")
        new.model = ArticleVersion
        self.alter(old, new)
        self.addCleanup(self.alter, new, old)
        self.assertEqual(guards.faults(), [])
        self.assertEqual(refused(lambda: ArticleVersion.objects.update(dateline="Baghdad")), VERSION_STANDS)
        self.assertEqual(refused(lambda: ArticleVersion.objects.update(dateline="")), None)

    def alter(self, old: models.Field, new: models.Field) -> None:
        """As `migrate` does: it drops what stands in the way, and ends with post_migrate."""
        if connection.vendor == "sqlite":
            guards.drop_all()
        with connection.schema_editor() as editor:
            editor.alter_field(ArticleVersion, old, new)
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


class FixtureTest(GuardedTransactionTestCase):
    """Fixtures meet the guards as everybody does. Parents come first in them, because a check looks at once."""

    PARENTS_FIRST = (
        *("core.User", "articles.Outlet", "articles.Article", "articles.ArticleVersion", "claims.Source"),
        *("articles.Redaction", "articles.RedactionPlace", "articles.RedactedVersion"),
        *("claims.Claim", "claims.Appearance", "claims.Placement", "claims.Evidence"),
        *("claims.Verdict", "claims.VerdictEvidence", "claims.Approval"),
    )

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "scene.json"
        set_scene()
        with lifted():
            self.round_times()
        self.before = self.dumped()
        self.write(self.before)

    def round_times(self) -> None:
        """Django writes times into fixtures to the millisecond: finer ones would come back changed."""
        for label in self.PARENTS_FIRST:
            model = apps.get_model(label)
            times = [field.name for field in model._meta.fields if isinstance(field, models.DateTimeField)]
            for row in model._base_manager.all():
                for name in times:
                    if moment := getattr(row, name):
                        setattr(row, name, moment.replace(microsecond=0))
                row.save_base(raw=True)

    def dumped(self) -> list[dict]:
        rows = []
        for label in self.PARENTS_FIRST:
            out = StringIO()
            call_command("dumpdata", label, natural_foreign=True, natural_primary=True, stdout=out)
            rows += json.loads(out.getvalue())
        return rows

    def write(self, rows: list[dict]) -> None:
        self.file.write_text(json.dumps(rows))

    def load(self) -> None:
        call_command("loaddata", str(self.file), verbosity=0)

    def empty(self) -> None:
        """Leave what the migrations made and nothing else."""
        with lifted():
            call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)

    def changed(self, model: str, **fields: object) -> None:
        """The fixture with other values in the first row of the model."""
        rows = json.loads(self.file.read_text())
        next(row for row in rows if row["model"] == model)["fields"].update(fields)
        self.write(rows)

    def test_a_fixture_loads_over_its_own_rows_twice_without_a_change(self) -> None:
        self.load()
        self.load()
        self.assertEqual(self.dumped(), self.before)

    def test_a_fixture_loads_into_an_empty_archive_with_every_guard_in_force(self) -> None:
        self.empty()
        self.assertEqual(guards.faults(), [])
        self.load()
        self.load()
        self.assertEqual(self.dumped(), self.before)

    def test_a_fixture_that_changes_printed_words_is_refused_whole(self) -> None:
        self.changed("articles.articleversion", headline="Coalition keeps its bases")
        Article.objects.update(language="ur")
        with self.assertRaisesMessage(IntegrityError, VERSION_STANDS):
            self.load()
        self.assertEqual(set(Article.objects.values_list("language", flat=True)), {"ur"})

    def test_a_fixture_that_places_a_claim_on_other_words_is_refused(self) -> None:
        self.changed("claims.placement", start=1, end=29)
        self.empty()
        with self.assertRaisesMessage(IntegrityError, "The words do not stand at this place"):
            self.load()
        self.assertFalse(Placement.objects.exists())
