"""Readers' reports at the desk: what is meant in its paragraph, who sent it while that is kept, and every act."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import correcting, reporting
from articles.models import Correction, Report, ReportReader
from tests.desk import Cast, signed_in
from tests.factories import clock, make_article, make_correction, make_report
from tests.forms import errors_of, fields_of, fill_in, messages_of, send

WORDS = "past few weeks"
TYPED = {"wrong": "My sister counted them.", "name": "Amna Tariq", "email": "amna@example.org"}
LISTING = "/admin/articles/report/"


def act(report: Report, name: str) -> str:
    return reverse("admin:articles_report_act", args=[report.pk, name])


def page_of(row) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def history_of(report: Report) -> str:
    return reverse("admin:articles_report_history", args=[report.pk])


class Desk(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.report = make_report(self.article, WORDS, **TYPED)
        self.client = signed_in(self.rashid)


class PageTests(Desk):
    def test_it_shows_the_words_in_their_paragraph_what_the_reader_says_and_who_they_are(self):
        page = self.client.get(page_of(self.report))
        self.assertContains(page, "Six bases were handed over in the <b>past few weeks</b>.")
        for words in (*TYPED.values(), self.report.receipt, self.report.get_absolute_url()):
            self.assertContains(page, words)

    def test_who_sent_it_is_shown_to_those_who_answer_alone(self):
        for person in (self.bilal, self.sana, self.yusra):
            with self.subTest(person=person):
                client = signed_in(person)
                for address in (page_of(self.report), LISTING, history_of(self.report)):
                    page = client.get(address)
                    self.assertNotContains(page, TYPED["name"])
                    self.assertNotContains(page, TYPED["email"])
                self.assertContains(client.get(page_of(self.report)), TYPED["wrong"])

    def test_after_its_time_nothing_that_was_typed_is_left(self):
        with clock("2036-11-28 09:00"):
            listing = signed_in(self.rashid).get(LISTING)
        self.assertEqual((listing.status_code, ReportReader.objects.count()), (200, 0))
        page = self.client.get(page_of(self.report))
        self.assertContains(page, "Deleted, as the reader was told.")
        for typed in TYPED.values():
            self.assertNotContains(page, typed)
        self.assertContains(self.client.get(act(self.report, "answer")), "has been deleted")

    def test_who_may_not_see_reports_forgets_none_by_asking(self):
        self.bilal.groups.clear()
        with clock("2036-11-28 09:00"):
            self.assertEqual(signed_in(self.bilal).get(LISTING).status_code, 403)
        self.assertEqual(ReportReader.objects.count(), 1)

    def test_what_was_typed_is_text_and_nothing_else(self):
        report = make_report(self.article, wrong="<script>alert(1)</script>", name="<b>Amna</b>")
        for address in (
            page_of(report),
            page_of(self.report),
            act(report, "answer"),
            act(self.report, "same"),
        ):
            page = self.client.get(address).content.decode()
            self.assertNotIn("<script>alert", page)
            self.assertNotIn("<b>Amna", page)

    def test_it_shows_others_of_the_same_thing_and_others_on_the_article(self):
        same = make_report(self.article, WORDS, "Three weeks.")
        other = make_report(self.article, "the capital", "Which?")
        panels = self.client.get(page_of(self.report)).context["panels"]
        self.assertEqual(
            [[row[0].address for row in panel.rows] for panel in panels], [[page_of(same)], [page_of(other)]]
        )

    def test_a_report_is_found_by_its_receipt_and_by_words_of_its_article(self):
        make_report(make_article("Another story"), wrong="All of it.")
        for query in (self.report.receipt, self.report.receipt.upper(), "sixth", str(self.report.uid)):
            with self.subTest(query):
                found = self.client.get(LISTING, {"q": query}).context["cl"].result_list
                self.assertEqual([report.pk for report in found], [self.report.pk])

    def test_constant_queries(self):
        addresses = (LISTING, page_of(self.report), act(self.report, "answer"), act(self.report, "same"))
        make_report(self.article, WORDS, "The same.")
        make_report(self.article, "the capital", "Which?")
        counts = []
        for _turn in range(2):
            for address in addresses:
                with CaptureQueriesContext(connection) as queries:
                    self.assertEqual(self.client.get(address).status_code, 200)
                counts.append(len(queries))
            for number in range(30):
                make_report(self.article, WORDS, f"Report {number}.")
                make_report(self.article, "the capital", f"Which, asks {number}?")
        self.assertEqual(counts[:4], counts[4:])
        self.assertLessEqual(max(counts), 14)


class AnsweringTests(Desk):
    GIVEN = {"outcome": "not-an-error", "answer": "It was three weeks."}

    def answer(self, report: Report | None = None, **given):
        return fill_in(self.client, act(report or self.report, "answer"), **{**self.GIVEN, **given})

    def test_the_editor_looks_into_it_and_answers_and_the_receipt_says_so(self):
        fill_in(self.client, act(self.report, "take"))
        self.assertContains(self.amna.get(self.report.get_absolute_url()), "An editor is finding out.")
        answer = self.answer()
        self.assertRedirects(answer, page_of(self.report))
        self.assertContains(self.amna.get(self.report.get_absolute_url()), "It was three weeks.")

    def test_one_act_answers_all_that_the_page_showed_unless_a_tick_is_taken_off(self):
        same = [make_report(self.article, WORDS, f"Report {number}.") for number in range(3)]
        page = self.client.get(act(self.report, "answer"))
        self.assertEqual(len(fields_of(page)["others"]), 3)
        late = make_report(self.article, WORDS, "Came while the page stood open.")
        answer = send(
            self.client,
            act(self.report, "answer"),
            page,
            {**self.GIVEN, "others": [str(same[0].pk), str(same[1].pk)]},
        )
        self.assertEqual(messages_of(answer), ["3 reports are answered."])
        states = {report.pk: report.state for report in Report.objects.all()}
        self.assertEqual([states[each.pk] for each in (self.report, *same[:2])], ["answered"] * 3)
        self.assertEqual([states[same[2].pk], states[late.pk]], ["received", "received"])
        for report in (self.report, *same[:2]):
            self.assertContains(self.amna.get(report.get_absolute_url()), "It was three weeks.")

    def test_one_that_was_answered_meanwhile_is_said_and_nothing_is_written(self):
        same = make_report(self.article, WORDS, "Three.")
        page = self.client.get(act(self.report, "answer"))
        reporting.answer(same, by=self.noor, outcome="otherwise", words="By telephone.")
        other = make_report(self.article, WORDS, "Yet another.")
        answer = send(self.client, act(self.report, "answer"), page, self.GIVEN)
        self.assertIn("Somebody closed one of them", str(errors_of(answer)["others"]))
        self.assertEqual(Report.objects.get(pk=other.pk).state, "received")
        self.assertEqual(Report.objects.get(pk=self.report.pk).state, "received")

    def test_what_is_missing_is_asked_for(self):
        for given, field in (
            ({"outcome": None}, "outcome"),
            ({"answer": " "}, "answer"),
            ({"answer": "\u200b"}, "answer"),
        ):
            with self.subTest(**given):
                self.assertIn(field, errors_of(self.answer(**given)))
        self.assertIn("answer", errors_of(self.answer(answer="x" * 1001)))

    def test_a_public_correction_can_be_named(self):
        correction = make_correction(self.article, WORDS)
        make_correction(self.article, WORDS, why="Not yet.", published=False)
        page = self.client.get(act(self.report, "answer"))
        self.assertNotContains(page, "Not yet.")
        self.answer(outcome="corrected", correction=str(correction.pk))
        self.assertContains(self.amna.get(self.report.get_absolute_url()), correction.get_absolute_url())

    def test_two_who_answer_at_once_do_it_once(self):
        page = self.client.get(act(self.report, "answer"))
        reporting.answer(self.report, by=self.noor, outcome="otherwise", words="By telephone.")
        answer = send(self.client, act(self.report, "answer"), page, self.GIVEN)
        self.assertContains(answer, "This report is closed already.")
        self.assertEqual(Report.objects.get().answer, "By telephone.")

    def test_each_step_offers_what_can_follow(self):
        every = {"take", "answer", "correct", "same", "apart", "spam", "not-spam"}
        looked_into = make_report(self.article, "the capital", "Which?")
        reporting.take(looked_into, by=self.rashid)
        spam = make_report(self.article, wrong="Buy a watch.")
        reporting.mark_spam(spam, by=self.rashid)
        answered = make_report(self.article, wrong="Answered.")
        reporting.answer(answered, by=self.rashid, outcome="otherwise", words="So.")
        for report, offered in (
            (self.report, {"take", "answer", "correct", "same", "spam"}),
            (looked_into, {"answer", "correct", "same", "spam"}),
            (spam, {"not-spam"}),
            (answered, set()),
        ):
            with self.subTest(report.state):
                page = self.client.get(page_of(report)).content.decode()
                self.assertEqual({name for name in every if act(report, name) in page}, offered)


class CorrectingTests(Desk):
    def test_a_draft_is_begun_with_the_words_and_leads_to_where_it_is_worded(self):
        answer = fill_in(signed_in(self.bilal), act(self.report, "correct"))
        begun = Correction.objects.get()
        self.assertRedirects(answer, reverse("admin:articles_correction_act", args=[begun.pk, "propose"]))
        self.assertEqual((begun.was_exact, begun.requested_by, begun.state), (WORDS, "reader", "draft"))
        page = signed_in(self.bilal).get(answer["Location"])
        self.assertEqual(fields_of(page)["was"], [WORDS])
        self.assertEqual(fields_of(page)["requested_by"], ["reader"])

    def test_once_it_is_public_the_answer_is_filled_in(self):
        correction = reporting.begin_correction(self.report, by=self.bilal)
        self.assertNotIn(
            "corrected", fields_of(self.client.get(act(self.report, "answer"))).get("outcome", [])
        )
        correcting.rewrite(correction, by=self.bilal, why="It was three weeks.", cause="editing")
        correcting.propose(correction, by=self.bilal)
        correcting.approve(correction, by=self.noor)
        fill_in(self.client, act(self.report, "answer"))
        report = Report.objects.get()
        self.assertEqual((report.outcome, report.answer), ("corrected", "It was three weeks."))

    def test_of_a_report_on_the_whole_article_no_words_are_filled_in(self):
        whole = make_report(self.article, wrong="All of it.")
        self.assertEqual(reporting.begin_correction(whole, by=self.bilal).was_exact, "")


class SortingTests(Desk):
    def test_together_and_apart(self):
        other = make_report(self.article, "the capital", "Which?")
        fill_in(self.client, act(other, "same"), other=str(self.report.pk))
        self.assertEqual(Report.objects.get(pk=other.pk).group, self.report.group)
        fill_in(self.client, act(other, "apart"))
        self.assertNotEqual(Report.objects.get(pk=other.pk).group, self.report.group)
        self.assertContains(self.client.get(act(other, "apart")), "stands for itself already")

    def test_spam_and_not(self):
        fill_in(self.client, act(self.report, "spam"))
        self.assertEqual(Report.objects.get().state, "spam")
        self.assertEqual(self.client.get(f"{LISTING}?queue=reports").context["cl"].result_count, 0)
        fill_in(self.client, act(self.report, "not-spam"))
        self.assertEqual(self.client.get(f"{LISTING}?queue=reports").context["cl"].result_count, 1)

    def test_the_list_says_how_many_reported_the_same_and_how_long_ago(self):
        make_report(self.article, WORDS, "Three.")
        later = timezone.now() + timedelta(days=3, minutes=5)
        with clock(later.replace(tzinfo=None).isoformat()):
            page = signed_in(self.rashid).get(LISTING)
        self.assertContains(page, '<td class="field-same">2</td>', 2)
        self.assertContains(page, "3\xa0days ago")
