"""Words are removed by order: marks stand on their very characters, or nowhere; no verdict stands on what is gone."""

import tempfile

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import TestCase, override_settings

from articles import redacting
from articles.audit import audit_archive
from articles.models import Article, ArticleVersion, Correction, Redaction, Report, Tag
from articles.wiping import touched, wipe_copies
from claims.audit import audit_anchors
from claims.models import Evidence, Placement, Verdict
from claims.receivers import field_text
from tests.desk import Cast
from tests.factories import (
    make_article,
    make_claim,
    make_evidence,
    make_redaction,
    make_verdict,
    place,
    revise,
)

NAME = "Karim Aziz"
PARAGRAPHS = [
    "The driver, Karim Aziz, left the base on Tuesday.",
    "Nobody else was in the car, a source said.",
    "Six bases were handed over in the past few weeks.",
]


class Removed(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article("A driver left", PARAGRAPHS)
        self.version = self.article.live_version

    def claim(self, words: str) -> Placement:
        return place(make_claim(f"Claimed: {words}."), self.article, words)

    def remove(self, words: str = NAME) -> None:
        make_redaction(self.version, words)
        self.version.refresh_from_db()
        self.assertEqual([*audit_archive(), *audit_anchors()], [])


class FileTests(TestCase):
    def test_every_table_that_quotes_versions_has_its_pages_written_anew_though_no_place_names_it(self):
        quoting = (ArticleVersion, Article, Correction, Report, Tag, Placement, Verdict)
        self.assertLessEqual({model._meta.db_table for model in quoting}, set(touched([])))


class PlacementTests(Removed):
    def test_a_mark_of_another_paragraph_stands_on_its_very_characters(self):
        before, behind = self.claim("The driver"), self.claim("Six bases were handed over")
        self.remove()
        behind.refresh_from_db()
        self.assertEqual(behind.anchor, "anchored")
        text = field_text(self.version, "body")
        self.assertEqual(text[behind.start : behind.end], "Six bases were handed over")
        before.refresh_from_db()
        self.assertEqual(text[before.start : before.end], "The driver")

    def test_a_mark_of_the_same_paragraph_waits_for_somebody_to_read_it(self):
        beside = self.claim("left the base on Tuesday")
        self.remove()
        beside.refresh_from_db()
        self.assertEqual((beside.anchor, beside.exact), ("context-changed", "left the base on Tuesday"))
        self.assertEqual(beside.why, "Words beside these were removed by order.")

    def test_a_mark_on_words_that_go_is_taken_off_and_keeps_nothing_of_them(self):
        across = self.claim("Karim Aziz, left the base")
        self.remove()
        across.refresh_from_db()
        self.assertEqual((across.anchor, across.start, across.end), ("detached", None, None))
        self.assertEqual((across.exact, across.prefix, across.suffix), ("", "", ""))
        self.assertEqual(across.why, "The words were removed by order.")
        self.assertIsNotNone(across.ended_at)

    def test_a_later_version_whose_words_had_changed_sends_nobody_to_the_removed_ones(self):
        self.claim("The driver, Karim Aziz, left the base")
        revise(self.article, paragraphs=["The man left the base on Tuesday.", *PARAGRAPHS[1:]])
        later = Placement.objects.get(version__number=2)
        self.assertEqual(later.anchor, "text-changed")
        self.remove()
        later.refresh_from_db()
        self.assertEqual(later.anchor, "detached")

    def test_what_surrounds_a_mark_holds_the_words_no_more(self):
        beside = self.claim("left the base")
        self.assertIn(NAME, beside.prefix)
        self.remove()
        beside.refresh_from_db()
        self.assertNotIn("Aziz", beside.prefix)

    def test_readers_see_no_verdict_where_words_went(self):
        claim = make_claim("He left.", article=self.article, words="Karim Aziz, left the base")
        make_verdict(claim, finding="He did not.")
        address = self.article.get_absolute_url()
        self.assertContains(self.amna.get(address), "He did not.")
        self.remove()
        page = self.amna.get(address)
        self.assertNotContains(page, "He did not.")
        self.assertContains(page, "[removed: court order")

    def test_the_next_version_carries_what_stands_and_nothing_that_went(self):
        self.claim("Karim Aziz, left the base")
        self.claim("Six bases were handed over")
        self.remove()
        new = revise(self.article, headline="The driver left")
        self.assertEqual(
            list(Placement.objects.filter(version=new).values_list("exact", flat=True)),
            ["Six bases were handed over"],
        )


class QuotedTests(Removed):
    def test_frozen_evidence_and_verdicts_lose_the_words_where_they_are_ticked(self):
        claim = make_claim("He left.", article=self.article, words="left the base")
        evidence = make_evidence(claim, quote=f"“{NAME} left”, it says.")
        verdict = make_verdict(
            claim,
            finding=f"The record shows {NAME} left.",
            clash_words="He",
            clash_against="Karim Aziz, left",
            clash_version=self.version,
        )
        redaction = make_redaction(self.version, NAME, step="draft")
        redacting.propose(redaction, set(redaction.places.values_list("pk", flat=True)), by=self.noor)
        redacting.approve(redaction, redaction.places_sha256, by=self.admin)
        evidence.refresh_from_db()
        verdict.refresh_from_db()
        for words in (evidence.quote, verdict.finding, verdict.clash_against):
            self.assertNotIn(NAME, words)
            self.assertIn("[removed: court order", words)
        self.assertEqual([*audit_archive(), *audit_anchors()], [])

    def test_what_is_not_ticked_stays_and_is_told(self):
        evidence = make_evidence(make_claim("He left."), quote=f"“{NAME} left”, it says.")
        redaction = make_redaction(self.version, NAME)
        left = redaction.places.filter(removed=False)
        self.assertEqual([(place.table, place.column) for place in left], [("claims.evidence", "quote")])
        evidence.refresh_from_db()
        self.assertIn(NAME, evidence.quote)

    def test_a_kept_copy_that_holds_the_words_is_written_over(self):
        with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
            evidence = make_evidence(make_claim("He left."))
            evidence.captured.save("page.html", ContentFile(f"<p>{NAME}".encode()), save=False)
            Evidence.objects.filter(pk=evidence.pk).update(captured=evidence.captured.name)
            redaction = make_redaction(self.version, NAME, step="draft")
            every = set(redaction.places.values_list("pk", flat=True))
            redacting.propose(redaction, every, by=self.noor)
            redacting.approve(redaction, redaction.places_sha256, by=self.admin)
            self.assertEqual(list(wipe_copies(redaction.places.all(), redaction.notice)), [])
            evidence.refresh_from_db()
            with evidence.captured.open("rb") as kept:
                self.assertEqual(kept.read().decode(), f"{redaction.notice}\n")
            self.assertEqual(list(audit_anchors()), [])


class GuardTests(Removed):
    def open(self) -> None:
        redaction = make_redaction(self.version, NAME, step="proposed")
        Redaction.objects.filter(pk=redaction.pk).update(
            state="carrying-out",
            approved_by=self.admin,
            carried_out_at=redaction.created_at,
            notice="[x]",
            unfinished_id=0,
        )

    def refused(self, rows, **columns) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            rows.update(**columns)

    def test_even_then_a_placement_stands_on_the_words_it_names_and_on_no_other_version(self):
        placement = self.claim("Six bases")
        rows = Placement.objects.filter(pk=placement.pk)
        self.refused(rows, start=placement.start + 1, end=placement.end + 1)
        with self.assertRaisesMessage(ZeroDivisionError, "undone"), transaction.atomic():
            self.open()
            self.refused(rows, start=placement.start + 1, end=placement.end + 1)
            self.refused(rows, exact="Six basis")
            self.refused(rows, version=make_article("Another", ["Six bases"]).live_version)
            raise ZeroDivisionError("undone")

    def test_verdicts_and_placements_of_other_articles_stay_shut(self):
        other = make_article("Another", ["Six bases."])
        claim = make_claim("Six.", article=other, words="Six bases")
        make_verdict(claim)
        with self.assertRaisesMessage(ZeroDivisionError, "undone"), transaction.atomic():
            self.open()
            self.refused(Verdict.objects.all(), finding="Other.")
            self.refused(Placement.objects.filter(version__article=other), prefix="x")
            raise ZeroDivisionError("undone")
