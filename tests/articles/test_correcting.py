"""Corrections: proposed by one person, approved by another, frozen, kept; a version goes live with them or neither."""

from django.db import DatabaseError, IntegrityError, transaction
from django.test import TestCase

from articles import correcting, editing
from articles.access import Barred
from articles.models import Article, Byline, Contributor, Correction
from articles.passages import passages
from newsroom.core.models import LedgerEntry
from tests.desk import Cast
from tests.factories import clock, make_article, make_correction, make_outlet, revise, time_at

WAS, NOW = "past few weeks", "past three weeks"
RIGHT = ["Six bases were handed over in the past three weeks."]


def verbs_of(row) -> list[str]:
    return list(LedgerEntry.objects.about(row).order_by("id").values_list("verb", flat=True))


class Corrected(Cast, TestCase):
    """An article that readers saw, and its next version, which waits."""

    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.new = revise(self.article, live=False, paragraphs=RIGHT)

    def proposed(self, **columns) -> Correction:
        return make_correction(self.article, WAS, NOW, goes_live=True, published=False, **columns)

    def live(self) -> int:
        return Article.objects.get(pk=self.article.pk).live_version.number

    def refused(self, kind: type[Exception], act, *args, **given) -> str:
        with self.assertRaises(kind) as caught, transaction.atomic():
            act(*args, **given)
        return str(caught.exception)


class WayTests(Corrected):
    def test_it_goes_from_a_draft_to_a_proposal_to_readers_with_a_line_in_the_ledger_for_each(self):
        correction = make_correction(self.article, WAS, proposed=False, published=False)
        self.assertEqual((correction.state, correction.proposed_by), ("draft", None))
        correcting.rewrite(correction, by=self.sana, why="Counted anew.")
        correcting.propose(correction, by=self.sana)
        correcting.approve(correction, by=self.rashid)
        correction.refresh_from_db()
        self.assertEqual(
            (correction.state, correction.written_by, correction.proposed_by, correction.approved_by),
            ("published", self.sana, self.sana, self.rashid),
        )
        self.assertEqual(
            verbs_of(correction),
            ["correction.begin", "correction.rewrite", "correction.propose", "correction.publish"],
        )

    def test_its_number_follows_from_its_uid_and_its_words_stand_where_they_are_said_to(self):
        correction = self.proposed()
        self.assertEqual(len(str(correction.number)), 10)
        self.assertEqual(
            self.article.live_version.body_text[correction.was_start : correction.was_end],
            correction.was_exact,
        )
        self.assertEqual(self.new.body_text[correction.now_start : correction.now_end], NOW)

    def test_it_is_declined_with_a_reason_and_stays_in_the_record(self):
        correction = self.proposed()
        self.assertIn(
            "Say why",
            self.refused(editing.EditingRefused, correcting.decline, correction, by=self.rashid, reason=" "),
        )
        correcting.decline(correction, by=self.rashid, reason="The count was right.")
        self.assertEqual(correction.state, "declined")
        self.assertEqual(verbs_of(correction)[-1], "correction.decline")
        self.refused(editing.EditingRefused, correcting.approve, correction, by=self.rashid)
        self.refused(editing.EditingRefused, correcting.decline, correction, by=self.rashid, reason="Again.")

    def test_two_people_who_approve_at_once_publish_it_once(self):
        correction = self.proposed()
        other = Correction.objects.get(pk=correction.pk)
        correcting.approve(correction, by=self.rashid)
        said = self.refused(editing.EditingRefused, correcting.approve, other, by=self.noor)
        self.assertIn("Somebody else", said)

    def test_what_readers_would_need_is_asked_for_when_it_is_proposed(self):
        for columns, was, said in (
            ({"why": ""}, WAS, "Say why"),
            ({"cause": ""}, WAS, "caused"),
            ({"kind": "clarification"}, "", "Give the words"),
        ):
            with self.subTest(**columns):
                draft = make_correction(self.article, was, proposed=False, published=False, **columns)
                self.assertIn(
                    said, self.refused(editing.EditingRefused, correcting.propose, draft, by=self.bilal)
                )

    def test_an_update_a_note_and_a_retraction_need_quote_nothing(self):
        for kind in ("update", "editors-note", "retraction"):
            with self.subTest(kind=kind):
                self.assertEqual(
                    make_correction(self.article, kind=kind, why=f"A {kind}.").state, "published"
                )


class SecondPersonTests(Corrected):
    def test_nobody_approves_or_declines_a_correction_of_their_own_superusers_included(self):
        for by in (self.rashid, self.admin):
            with self.subTest(by=by):
                correction = self.proposed(by=by, why=f"Of {by}.")
                self.assertIn("You proposed", self.refused(Barred, correcting.approve, correction, by=by))
                self.refused(Barred, correcting.decline, correction, by=by, reason="Mine.")
                correction.refresh_from_db()
                self.assertEqual((correction.state, self.live()), ("proposed", 1))

    def test_whoever_worded_it_does_not_approve_what_somebody_else_proposed_for_them(self):
        draft = make_correction(self.article, WAS, proposed=False, published=False, by=self.rashid)
        correcting.propose(draft, by=self.bilal)
        self.assertIn("You proposed", self.refused(Barred, correcting.approve, draft, by=self.rashid))
        correcting.approve(draft, by=self.noor)

    def test_whoever_signed_an_article_of_ours_does_not_decide_on_its_correction(self):
        ours = make_article("Our own bases", outlet=make_outlet("The Lahore Post", is_ours=True))
        signer = Contributor.objects.create(name="Rashid Mahmood", user=self.rashid)
        Byline.objects.create(article=ours, contributor=signer)
        correction = make_correction(ours, WAS, published=False)
        self.assertIn("You signed", self.refused(Barred, correcting.approve, correction, by=self.rashid))
        self.refused(Barred, correcting.decline, correction, by=self.rashid, reason="Mine.")
        correcting.approve(correction, by=self.noor)

    def test_it_takes_a_right_to_propose_and_another_to_approve(self):
        draft = make_correction(self.article, WAS, proposed=False, published=False)
        self.refused(Barred, correcting.propose, draft, by=self.yusra)
        self.refused(Barred, correcting.rewrite, draft, by=self.yusra, why="Mine.")
        correcting.propose(draft, by=self.sana)
        for person in (self.bilal, self.yusra):
            self.refused(Barred, correcting.approve, draft, by=person)
        correcting.approve(draft, by=self.noor)

    def test_the_database_knows_the_rule_too(self):
        correction = self.proposed()
        given = {"state": "published", "published_at": time_at("2020-04-12"), "approved_by": self.bilal}
        with self.assertRaises(IntegrityError), transaction.atomic():
            Correction.objects.filter(pk=correction.pk).update(**given)
        with self.assertRaises(IntegrityError), transaction.atomic():
            Correction.objects.filter(pk=correction.pk).update(**{**given, "approved_by": None})


class GoingLiveTests(Corrected):
    def test_the_version_goes_live_in_the_moment_in_which_the_correction_is_approved(self):
        correction = self.proposed()
        self.assertEqual(self.live(), 1)
        with clock("2020-04-12 09:00"):
            correcting.approve(correction, by=self.rashid)
        self.assertEqual(self.live(), 2)
        self.assertEqual(self.new.publications.get().public_from, correction.published_at)

    def test_where_the_version_cannot_go_live_nothing_is_published(self):
        correction = self.proposed()
        newest = revise(self.article, paragraphs=["Seven bases."])
        said = self.refused(editing.EditingRefused, correcting.approve, correction, by=self.rashid)
        self.assertIn("later version", said)
        correction.refresh_from_db()
        self.assertEqual((correction.state, self.live()), ("proposed", newest.number))

    def test_a_version_that_went_live_meanwhile_needs_nothing_more(self):
        correction = self.proposed()
        editing.go_live(self.new, by=self.noor)
        correcting.approve(correction, by=self.rashid)
        self.assertEqual((correction.state, self.live()), ("published", 2))

    def test_a_newer_version_goes_on_waiting(self):
        correction = self.proposed()
        revise(self.article, live=False, paragraphs=["Seven bases."])
        correcting.approve(correction, by=self.rashid)
        self.assertEqual(self.live(), 2)

    def test_words_that_readers_neither_saw_nor_will_see_are_not_quoted(self):
        hidden = passages(self.new, NOW)[0]
        for columns in (hidden.columns("was"), hidden.columns("now")):
            with self.subTest(columns=sorted(columns)):
                draft = make_correction(
                    self.article, kind="editors-note", proposed=False, published=False, **columns
                )
                self.refused(editing.EditingRefused, correcting.propose, draft, by=self.bilal)

    def test_what_nobody_read_is_changed_and_not_corrected(self):
        later = make_article("Tomorrow", public_from=time_at("2099-01-01"))
        gone = make_article("Gone")
        editing.withdraw(gone, by=self.noor, reason="It was wrong.")
        for article, said in (
            (make_article("A draft", published=False), "Nobody has read"),
            (later, "Nobody has read"),
            (gone, "withdrawn"),
        ):
            with self.subTest(article=article):
                draft = correcting.begin(
                    article, by=self.bilal, why="Wrong.", cause="editing", kind="editors-note"
                )
                self.assertIn(
                    said, self.refused(editing.EditingRefused, correcting.propose, draft, by=self.bilal)
                )


class TellingTests(Corrected):
    """A change of substance does not reach readers without a word."""

    def test_a_change_of_substance_without_a_word_is_refused_and_nothing_changes(self):
        said = self.refused(correcting.Unsaid, correcting.make_live, self.new, by=self.rashid)
        self.assertIn("update note", said)
        self.assertIn("propose a correction", said)
        self.assertEqual((self.live(), Correction.objects.count()), (1, 0))

    def test_a_word_that_nobody_sees_is_none(self):
        unseen = "\u200b\u2060 "
        self.refused(correcting.Unsaid, correcting.make_live, self.new, by=self.rashid, note=unseen)
        told = self.proposed()
        refused = (editing.EditingRefused, correcting.decline, told)
        self.assertIn("Say why", self.refused(*refused, by=self.rashid, reason=unseen))
        self.assertEqual(self.live(), 1)

    def test_with_an_update_note_it_goes_live_and_readers_are_told_by_one_person(self):
        correcting.make_live(self.new, by=self.rashid, note="The ministry gave a date.")
        note = Correction.objects.public().get()
        self.assertEqual((self.live(), note.kind, note.why), (2, "update", "The ministry gave a date."))
        self.assertEqual((note.proposed_by, note.approved_by, note.version), (self.rashid, None, self.new))
        self.assertEqual(verbs_of(note), ["correction.tell"])

    def test_a_minor_change_and_a_change_that_nobody_read_need_none(self):
        minor = make_article("Signs")
        correcting.make_live(revise(minor, live=False, minor=True, dateline="Lahore"), by=self.rashid)
        later = make_article("Tomorrow", public_from=time_at("2099-01-01"))
        correcting.make_live(revise(later, live=False, headline="Other words"), by=self.rashid)
        self.assertFalse(Correction.objects.exists())

    def test_substance_below_a_minor_version_is_still_substance(self):
        newest = revise(self.article, live=False, minor=True, dateline="Baghdad")
        self.refused(correcting.Unsaid, correcting.make_live, newest, by=self.rashid)

    def test_an_approved_correction_is_a_word(self):
        correcting.approve(self.proposed(), by=self.rashid)
        correcting.make_live(self.new, by=self.rashid)
        self.assertEqual(Correction.objects.count(), 1)


class DatabaseTests(Corrected):
    """What the database refuses, whoever asks."""

    def refuses(self, **changes) -> None:
        with self.subTest(**changes), self.assertRaises(DatabaseError), transaction.atomic():
            Correction.objects.update(**changes)

    def test_a_proposed_correction_is_frozen(self):
        self.proposed()
        for changes in (
            {"why": "Other."},
            {"kind": "update"},
            {"was_exact": "x"},
            {"version": None},
            {"proposed_by": self.noor},
            {"state": "draft"},
        ):
            self.refuses(**changes)

    def test_what_was_decided_is_never_changed_and_nothing_is_deleted(self):
        correcting.approve(self.proposed(), by=self.rashid)
        self.refuses(approved_by=self.noor)
        self.refuses(published_at=time_at("2020-01-01"))
        self.refuses(state="declined", declined_at=time_at("2020-01-01"), declined_reason="No.")
        with self.assertRaises(DatabaseError), transaction.atomic():
            Correction.objects.all()._raw_delete("default")

    def test_a_draft_is_never_published_at_once(self):
        make_correction(self.article, WAS, proposed=False, published=False)
        self.refuses(
            state="published",
            proposed_by=self.bilal,
            proposed_at=time_at("2020-04-12"),
            published_at=time_at("2020-04-12"),
            approved_by=self.rashid,
        )

    def test_words_are_those_of_the_version_and_the_version_is_one_of_the_article(self):
        draft = make_correction(self.article, WAS, NOW, goes_live=True, proposed=False, published=False)
        other = make_article("Another paper's story")
        for changes in (
            {"was_start": draft.was_start + 1, "was_end": draft.was_end + 1},
            {"now_version": self.article.live_version},
            {"was_field": "headline"},
            {"was_exact": ""},
            {"was_version": None},
            {"now_end": draft.now_start, "now_exact": ""},
            {"version": other.live_version},
        ):
            self.refuses(**changes)
        self.refuses(article=other)
