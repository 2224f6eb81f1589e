"""The receipt: how far a report is, the answer, the correction once it is public, and nothing of who reported."""

import threading

from django.db import connections
from django.test import Client, TestCase
from django.utils import timezone

from articles import correcting, editing, reporting
from articles.models import Article, Report, ReportReader
from tests.desk import Cast, LiveCast
from tests.factories import clock, make_article, make_correction, make_report, time_at
from tests.forms import fields_of
from tests.guards import GuardedTransactionTestCase

WORDS = "past few weeks"
TYPED = {"wrong": "My sister counted them.", "name": "Amna Tariq", "email": "amna@example.org"}


class ReceiptTestCase(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.report = make_report(self.article, WORDS, **TYPED)

    def page(self, report: Report | None = None, status: int = 200) -> str:
        answer = self.amna.get((report or self.report).get_absolute_url())
        self.assertEqual(answer.status_code, status)
        html = answer.content.decode()
        for typed in TYPED.values():
            self.assertNotIn(typed, html)
        return html


class StateTests(ReceiptTestCase):
    def test_received(self):
        with clock("2020-04-12 09:00"):
            report = make_report(make_article("Another"), WORDS, **TYPED)
        html = self.page(report)
        for words in (
            "Received",
            "An editor reads it.",
            f"“{WORDS}”",
            report.receipt,
            "12 April 2020, 09:00",
        ):
            self.assertIn(words, html)
        self.assertIn("on 12 April 2021 at the latest", html)
        self.assertIn("It does not stand here", html)

    def test_being_looked_at(self):
        reporting.take(self.report, by=self.rashid)
        self.assertIn("An editor is finding out.", self.page())

    def test_answered(self):
        with clock("2026-04-12 09:00"):
            reporting.answer(
                self.report, by=self.rashid, outcome="not-an-error", words="It was\nthree <weeks>."
            )
        html = self.page()
        for words in (
            "Answered",
            "It is not an error",
            "It was<br>three &lt;weeks&gt;.",
            "12 April 2026, 09:00",
        ):
            self.assertIn(words, html)
        self.assertNotIn("Rashid", html)

    def test_spam_is_closed_without_an_answer(self):
        reporting.mark_spam(self.report, by=self.rashid)
        html = self.page()
        self.assertIn("Closed without an answer", html)
        self.assertNotIn("Spam", html)

    def test_after_its_time_it_says_that_what_was_typed_is_deleted(self):
        reporting.forget_readers(timezone.now() + reporting.KEPT_AT_MOST)
        self.assertEqual(ReportReader.objects.count(), 0)
        self.assertIn("What you typed has been deleted.", self.page())

    def test_in_capitals_it_is_the_same_and_any_other_number_is_nothing(self):
        receipt = self.report.receipt
        self.assertEqual(self.amna.get(f"/reports/{receipt.upper()}/").status_code, 200)
        other = receipt[:-1] + ("2" if receipt[-1] != "2" else "3")
        for name in (other, receipt[:-1], f"{receipt}2", self.report.uid, self.report.pk, ""):
            self.assertEqual(self.amna.get(f"/reports/{name}/").status_code, 404)

    def test_it_is_only_read(self):
        self.assertEqual(self.amna.post(self.report.get_absolute_url()).status_code, 405)

    def test_no_public_page_leads_to_it(self):
        for address in ("/", "/articles/", self.article.get_absolute_url(), "/corrections/", "/robots.txt"):
            html = self.amna.get(address).content.decode()
            self.assertNotIn("/reports/", html)
            self.assertNotIn(self.report.receipt, html)


class CorrectionTests(ReceiptTestCase):
    def test_the_correction_shows_once_readers_may_read_it(self):
        correction = reporting.begin_correction(self.report, by=self.bilal)
        given = {"why": "We counted one twice.", "cause": "editing"}
        steps = (
            lambda: None,
            lambda: correcting.rewrite(correction, by=self.bilal, **given),
            lambda: correcting.propose(correction, by=self.bilal),
        )
        for step in steps:
            step()
            html = self.page()
            for hidden in ("Read what was corrected", str(correction.number), given["why"], "orrection:"):
                self.assertNotIn(hidden, html)
        correcting.approve(correction, by=self.rashid)
        self.assertIn(f'href="{correction.get_absolute_url()}"', self.page())

    def test_a_declined_one_never_shows(self):
        correction = reporting.begin_correction(self.report, by=self.bilal)
        correcting.decline(correction, by=self.rashid, reason="It was right.")
        reporting.answer(self.report, by=self.rashid, outcome="not-an-error", words="It was right.")
        html = self.page()
        self.assertNotIn(str(correction.number), html)
        self.assertNotIn("Read what was corrected", html)

    def test_one_that_is_published_later_and_one_of_an_article_that_went_do_not_show(self):
        with clock("2099-01-01 09:00"):
            correction = make_correction(self.article, WORDS)
        Report.objects.filter(pk=self.report.pk).update(correction=correction)
        self.assertNotIn(str(correction.number), self.page())
        now = make_correction(self.article, WORDS, why="Now.")
        Report.objects.filter(pk=self.report.pk).update(correction=now)
        self.assertIn(str(now.number), self.page())
        editing.withdraw(self.article, by=self.noor, reason="A forgery.")
        self.assertNotIn(str(now.number), self.page())


class ArticleGoneTests(ReceiptTestCase):
    def test_words_that_were_taken_back_are_not_quoted(self):
        editing.withdraw(self.article, by=self.noor, reason="A forgery.")
        html = self.page()
        self.assertIn("It was withdrawn since", html)
        self.assertNotIn(WORDS, html)
        self.assertNotIn(self.article.headline, html)

    def test_nor_words_of_an_article_that_nobody_may_read_yet(self):
        Article.objects.filter(pk=self.article.pk).update(public_from=time_at("2099-01-01"))
        html = self.page()
        self.assertIn("It is not public now", html)
        for hidden in (WORDS, self.article.headline, self.article.get_absolute_url()):
            self.assertNotIn(hidden, html)

    def test_nor_words_of_a_text_that_is_not_ours_to_show(self):
        Article.objects.filter(pk=self.article.pk).update(rights="quotes")
        html = self.page()
        self.assertIn(self.article.headline, html)
        self.assertNotIn(WORDS, html)


class AtOnceTests(LiveCast, GuardedTransactionTestCase):
    def test_a_form_that_is_sent_twice_at_once_makes_one_report(self):
        article = make_article()
        address = f"{article.get_absolute_url()}report/"
        with clock("2026-11-28 09:00"):
            given = {name: values[0] for name, values in fields_of(Client().get(address)).items()}
        answers, ready = [], threading.Barrier(6)

        def press(number: int) -> None:
            try:
                ready.wait()
                typed = {**given, "wrong": f"Press {number}."}
                answers.append(Client().post(address, typed, headers={"Origin": "http://testserver"}))
            finally:
                connections.close_all()

        with clock("2026-11-28 09:01"):
            presses = [threading.Thread(target=press, args=[number]) for number in range(6)]
            for each in presses:
                each.start()
            for each in presses:
                each.join()
        self.assertEqual([answer.status_code for answer in answers], [303] * 6)
        self.assertEqual(len({answer["Location"] for answer in answers}), 1)
        self.assertEqual((Report.objects.count(), ReportReader.objects.count()), (1, 1))
