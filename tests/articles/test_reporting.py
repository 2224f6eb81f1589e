"""Reports of readers: kept as they came, put with the same, answered once, and what was typed forgotten in time."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import TestCase
from django.utils import timezone

from articles import correcting, reporting
from articles.access import Barred
from articles.editing import EditingRefused
from articles.models import Byline, Contributor, Report, ReportReader
from newsroom.core.models import LedgerEntry
from tests.desk import Cast
from tests.engines import only_on
from tests.factories import clock, make_article, make_correction, make_outlet, make_report, revise
from tests.guards import GuardedTransactionTestCase

WORDS = "past few weeks"
TYPED = {"wrong": "My sister counted them.", "name": "Amna Tariq", "email": "amna@example.org"}


def verbs_of(row) -> list[str]:
    return list(LedgerEntry.objects.about(row).order_by("id").values_list("verb", flat=True))


class Reported(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.report = make_report(self.article, WORDS, **TYPED)

    def refused(self, kind: type[Exception], act, *args, **given) -> str:
        with self.assertRaises(kind) as caught, transaction.atomic():
            act(*args, **given)
        return str(caught.exception)

    def answer(self, report: Report | None = None, **given) -> None:
        given = {"by": self.rashid, "outcome": "not-an-error", "words": "It was three weeks.", **given}
        reporting.answer(report or self.report, **given)


class WayTests(Reported):
    def test_from_received_to_answered_with_a_line_in_the_ledger_for_each(self):
        reporting.take(self.report, by=self.rashid)
        self.assertEqual((self.report.state, self.report.taken_by), ("looking", self.rashid))
        self.answer(words=" It was three weeks. ")
        self.report.refresh_from_db()
        self.assertEqual(
            (self.report.state, self.report.outcome, self.report.answer, self.report.closed_by),
            ("answered", "not-an-error", "It was three weeks.", self.rashid),
        )
        self.assertEqual(verbs_of(self.report), ["report.receive", "report.take", "report.answer"])
        for entry in LedgerEntry.objects.about(self.report):
            for words in (*TYPED.values(), WORDS, "three weeks", self.report.receipt):
                self.assertNotIn(words, entry.payload)

    def test_an_answer_says_what_came_of_it_and_in_words(self):
        for given in ({"words": " \u200b"}, {"outcome": ""}, {"outcome": "perhaps"}):
            with self.subTest(**given):
                self.refused(EditingRefused, self.answer, **given)
        self.report.refresh_from_db()
        self.assertEqual(self.report.state, "received")

    def test_it_is_answered_once_and_two_at_once_are_told(self):
        other = Report.objects.get(pk=self.report.pk)
        self.answer()
        for act in (self.answer, lambda report: reporting.mark_spam(report, by=self.noor)):
            self.assertIn("Somebody else", self.refused(EditingRefused, act, other))
        self.assertIn("Somebody else", self.refused(EditingRefused, reporting.take, other, by=self.noor))

    def test_nobody_is_told_that_it_is_corrected_before_readers_can_read_it(self):
        correction = reporting.begin_correction(self.report, by=self.bilal)
        self.assertEqual(
            (correction.state, correction.requested_by, correction.was_exact), ("draft", "reader", WORDS)
        )
        said = self.refused(EditingRefused, self.answer, outcome="corrected")
        self.assertIn("is not public", said)
        correcting.rewrite(correction, by=self.bilal, why="Three.", cause="editing")
        correcting.propose(correction, by=self.bilal)
        correcting.approve(correction, by=self.rashid)
        report = Report.objects.get(pk=self.report.pk)
        self.answer(report, outcome="corrected")
        self.assertEqual(report.correction, correction)
        self.assertIn("report.correct", verbs_of(report))

    def test_a_second_correction_is_begun_only_after_the_first_was_declined(self):
        first = reporting.begin_correction(self.report, by=self.bilal)
        stale = Report.objects.get(pk=self.report.pk)
        stale.correction = None
        self.refused(EditingRefused, reporting.begin_correction, stale, by=self.sana)
        correcting.decline(first, by=self.rashid, reason="No.")
        second = reporting.begin_correction(self.report, by=self.sana)
        self.assertEqual(Report.objects.get(pk=self.report.pk).correction, second)
        self.answer()
        self.refused(EditingRefused, reporting.begin_correction, self.report, by=self.sana)

    def test_a_correction_made_otherwise_can_be_what_came_of_it(self):
        correction = make_correction(self.article, WORDS)
        self.answer(outcome="corrected", correction=correction)
        self.assertEqual(Report.objects.get().correction, correction)

    def test_spam_is_closed_without_an_answer_and_can_be_taken_for_none(self):
        reporting.mark_spam(self.report, by=self.rashid)
        self.assertEqual((self.report.state, self.report.answer), ("spam", ""))
        reporting.not_spam(self.report, by=self.noor)
        self.assertEqual((self.report.state, self.report.closed_by), ("received", None))
        self.answer()
        self.refused(EditingRefused, reporting.not_spam, self.report, by=self.noor)


class RightsTests(Reported):
    def acts(self, by):
        report, other = self.report, make_report(self.article, "the capital", f"For {by}.")
        return {
            "take": lambda: reporting.take(report, by=by),
            "answer": lambda: self.answer(by=by),
            "spam": lambda: reporting.mark_spam(report, by=by),
            "not spam": lambda: reporting.not_spam(report, by=by),
            "put together": lambda: reporting.put_together(report, other, by=by),
            "take apart": lambda: reporting.take_apart(report, by=by),
        }

    def test_it_takes_the_right_to_answer(self):
        for person in (self.bilal, self.sana, self.yusra):
            for name, act in self.acts(person).items():
                with self.subTest(name, person=person):
                    self.refused(Barred, act)
        self.refused(Barred, reporting.begin_correction, self.report, by=self.yusra)
        self.assertEqual(Report.objects.get(pk=self.report.pk).state, "received")

    def test_whoever_signed_an_article_of_ours_leaves_its_readers_to_others_superusers_included(self):
        ours = make_article("Our own bases", outlet=make_outlet("The Lahore Post", is_ours=True))
        self.report = make_report(ours, WORDS)
        for person in (self.rashid, self.admin):
            Byline.objects.create(
                article=ours, contributor=Contributor.objects.create(name=str(person), user=person)
            )
            for name, act in self.acts(person).items():
                with self.subTest(name, person=person):
                    self.assertIn("You signed", self.refused(Barred, act))
        self.answer(by=self.noor)


class GroupTests(Reported):
    def with_the_first(self, *args, **given) -> bool:
        return make_report(self.article, *args, **given).group == self.report.group

    def test_the_same_or_overlapping_words_go_together_and_others_do_not(self):
        self.assertTrue(self.with_the_first("few weeks", "Three."))
        self.assertTrue(self.with_the_first("in the past few", "Six were left."))
        self.assertFalse(self.with_the_first("handed over", "Where?"))
        self.assertFalse(self.with_the_first("sixth Iraqi base", "Fifth."))
        self.assertFalse(self.with_the_first(wrong="All of it."))

    def test_who_says_the_same_is_with_whoever_said_it(self):
        whole = make_report(self.article, wrong="The  whole story is OLD.")
        again = make_report(self.article, wrong="the whole story is old.")
        self.assertEqual(again.group, whole.group)

    def test_equal_words_of_another_version_go_together(self):
        revise(self.article, paragraphs=["Now: six in the past few weeks.", "A few weeks."])
        self.assertTrue(self.with_the_first(WORDS, "Still wrong."))
        self.assertFalse(self.with_the_first("A few weeks", "Which?"))

    def test_another_article_and_what_is_answered_already_are_left_alone(self):
        other = make_report(make_article("Another"), WORDS, **TYPED)
        self.assertNotEqual(other.group, self.report.group)
        self.answer()
        self.assertFalse(self.with_the_first(WORDS, "It still says weeks."))

    def test_one_answer_goes_to_the_whole_group(self):
        same = [make_report(self.article, WORDS, f"Report {number}.") for number in range(3)]
        self.answer(others=same)
        for report in Report.objects.all():
            self.assertEqual((report.state, report.answer), ("answered", "It was three weeks."))
            self.assertEqual(verbs_of(report)[-1], "report.answer")

    def test_an_answer_to_one_of_another_group_or_answered_meanwhile_answers_nobody(self):
        other = make_report(self.article, "the capital", "Which?")
        self.refused(EditingRefused, self.answer, others=[other])
        same = make_report(self.article, WORDS, "Three.")
        self.answer(Report.objects.get(pk=same.pk))
        self.refused(EditingRefused, self.answer, others=[same])
        self.assertEqual(Report.objects.get(pk=self.report.pk).state, "received")

    def test_a_correction_is_begun_for_the_whole_group(self):
        same = make_report(self.article, WORDS, "Three.")
        correction = reporting.begin_correction(self.report, by=self.bilal)
        self.assertEqual(Report.objects.get(pk=same.pk).correction, correction)

    def test_an_editor_puts_together_and_takes_apart(self):
        other = make_report(self.article, "the capital", "Which?")
        reporting.put_together(other, self.report, by=self.rashid)
        self.assertEqual(other.group, self.report.group)
        reporting.take_apart(self.report, by=self.rashid)
        self.assertNotEqual(Report.objects.get(pk=self.report.pk).group, other.group)
        self.refused(
            EditingRefused,
            reporting.put_together,
            other,
            make_report(make_article("Another")),
            by=self.rashid,
        )


class ForgettingTests(Reported):
    def test_what_was_typed_goes_ninety_days_after_the_answer(self):
        self.answer()
        answered = self.report.closed_at
        self.assertEqual(reporting.forget_readers(answered + timedelta(days=89)), 0)
        self.assertEqual(ReportReader.objects.get().name, TYPED["name"])
        self.assertEqual(reporting.forget_readers(answered + timedelta(days=90)), 1)
        self.assertEqual(ReportReader.objects.count(), 0)
        self.report.refresh_from_db()
        self.assertEqual((self.report.answer, self.report.exact), ("It was three weeks.", WORDS))
        self.assertEqual(verbs_of(self.report)[-1], "report.forget")

    def test_and_a_year_after_it_came_whether_or_not_anybody_answered(self):
        came = self.report.received_at
        self.assertEqual(reporting.forget_readers(came + timedelta(days=364)), 0)
        self.assertEqual(reporting.forget_readers(came + timedelta(days=365)), 1)

    def test_a_late_answer_does_not_keep_it_longer_and_spam_goes_as_soon(self):
        with clock((self.report.received_at + timedelta(days=360)).replace(tzinfo=None).isoformat()):
            self.answer()
        self.assertEqual(ReportReader.objects.get().kept_until, self.report.received_at + timedelta(days=365))
        spam = make_report(self.article, wrong="Buy a watch.")
        reporting.mark_spam(spam, by=self.rashid)
        reporting.not_spam(spam, by=self.rashid)
        kept_until = ReportReader.objects.get(report=spam).kept_until
        self.assertLessEqual(kept_until, timezone.now() + timedelta(days=90))

    def test_it_happens_by_itself_when_the_next_report_comes_in(self):
        with clock("2036-11-28 09:00"):
            make_report(self.article, wrong="Another.")
        self.assertEqual(list(ReportReader.objects.values_list("wrong", flat=True)), ["Another."])

    def test_and_by_a_command(self):
        with clock("2036-11-28 09:00"):
            out = StringIO()
            call_command("forget_readers", stdout=out)
        self.assertEqual(out.getvalue(), "1 reader is forgotten.\n")
        self.assertEqual(ReportReader.objects.count(), 0)

    def test_many_go_a_few_at_a_time_where_a_reader_waits_and_all_by_the_command(self):
        for number in range(5):
            make_report(self.article, wrong=f"Report {number}.")
        far = timezone.now() + timedelta(days=4000)
        self.assertEqual(reporting.forget_readers(far, most=2), 2)
        with clock("2040-01-01 09:00"):
            call_command("forget_readers", stdout=StringIO())
        self.assertEqual(ReportReader.objects.count(), 0)

    def test_the_report_holds_no_word_that_the_reader_typed(self):
        reporting.forget_readers(timezone.now() + timedelta(days=366))
        kept = " ".join(str(value) for value in Report.objects.values().get().values())
        for typed in TYPED.values():
            self.assertNotIn(typed, kept)


@only_on("sqlite")
class FileTests(GuardedTransactionTestCase):
    """What is deleted is gone from the file, and from the log that SQLite writes before it."""

    CANARY = "Zanzibarwarbler"

    def bytes_of_file(self) -> bytes:
        name = Path(connection.settings_dict["NAME"])
        return b"".join(each.read_bytes() for each in name.parent.glob(f"{name.name}*"))

    def test_what_was_typed_is_gone_from_the_file(self):
        article = make_article()
        for number in range(40):
            typed = f"{self.CANARY} {number} " + "words " * 200
            make_report(
                article, wrong=typed, name=f"{self.CANARY} {number}", email=f"a{number}@{self.CANARY}.org"
            )
        self.assertIn(self.CANARY.encode(), self.bytes_of_file())
        self.assertEqual(reporting.forget_readers(timezone.now() + timedelta(days=366)), 40)
        self.assertNotIn(self.CANARY.encode(), self.bytes_of_file())


class DatabaseTests(Reported):
    """The database holds the rules too."""

    def change(self, row, **columns) -> None:
        with self.assertRaises((IntegrityError, DatabaseError)), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**columns)

    def test_what_was_reported_never_changes_and_is_never_deleted(self):
        other = make_article("Another")
        for columns in (
            {"receipt": "2222-2222-2222-2222"},
            {"article": other, "version": other.live_version},
            {"exact": "past six weeks"},
            {"start": 1, "end": 15},
            {"received_at": timezone.now()},
        ):
            with self.subTest(**columns):
                self.change(self.report, **columns)
        with self.assertRaises((IntegrityError, DatabaseError)), transaction.atomic():
            Report.objects.filter(pk=self.report.pk).delete()

    def test_an_answer_never_changes(self):
        self.answer()
        for columns in (
            {"answer": "Something else."},
            {"outcome": "otherwise"},
            {"state": "received", "outcome": "", "answer": "", "closed_by": None, "closed_at": None},
            {"closed_by": self.noor},
            {"correction": make_correction(self.article, WORDS)},
        ):
            with self.subTest(**columns):
                self.change(self.report, **columns)

    def test_an_answer_is_whole_and_what_waits_has_none(self):
        whole = {
            "outcome": "otherwise",
            "answer": "So.",
            "closed_by": self.rashid,
            "closed_at": timezone.now(),
        }
        self.change(self.report, **whole)
        for missing in whole:
            empty = None if missing.startswith("closed") else ""
            self.change(self.report, state="answered", **{**whole, missing: empty})
        self.change(self.report, state="closed")

    def test_words_stand_where_they_are_said_to_in_a_version_of_the_article(self):
        other = make_article("Another", ["Nothing of the kind."])
        for columns in (
            {"article": self.article, "version": self.article.live_version, "exact": "past six weeks"},
            {"article": other, "version": self.article.live_version, "exact": WORDS},
        ):
            with self.assertRaises((IntegrityError, DatabaseError)), transaction.atomic():
                Report.objects.create(field="body", start=self.report.start, end=self.report.end, **columns)

    def test_it_leads_to_a_correction_of_its_own_article(self):
        self.change(self.report, correction=make_correction(make_article("Another"), WORDS))

    def test_what_a_reader_typed_is_kept_as_it_is_and_never_longer(self):
        reader = self.report.reader
        for columns in (
            {"wrong": "Nothing."},
            {"name": "Somebody"},
            {"email": ""},
            {"kept_until": reader.kept_until + timedelta(days=1)},
        ):
            with self.subTest(**columns):
                self.change(reader, **columns)
        ReportReader.objects.filter(pk=reader.pk).update(kept_until=reader.kept_until - timedelta(days=1))
