"""Reporting an error: a form without script or cookie, its passage, its ticket, what is refused, and the receipt."""

from datetime import timedelta
from unittest.mock import patch

from django.test import TestCase
from django.utils import timezone

from articles.models import Report, ReportReader
from newsroom.core.models import LedgerEntry
from tests.desk import Cast
from tests.factories import make_article, revise
from tests.forms import fields_of

OURS = "http://testserver"
TYPED = {"wrong": "It took three weeks, not one.", "name": "Amna Tariq", "email": "amna@example.org"}
BODY = ["Six bases were left in the past few weeks.", "Six bases. A gate.", "Nobody was hurt."]


class FormTestCase(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(paragraphs=BODY)
        self.address = f"{self.article.get_absolute_url()}report/"

    def open(self, query: str = "", status: int = 200):
        answer = self.amna.get(self.address + query)
        self.assertEqual(answer.status_code, status, answer.content.decode())
        return answer

    def send(self, page=None, query: str = "", *, seconds: float = 30, headers=None, **typed):
        """Fill in the form of the page as a browser does, and press the button some time later."""
        page = page or self.open(query)
        given = {name: values[0] for name, values in fields_of(page).items()}
        self.assertNotIn("csrfmiddlewaretoken", given)
        with later(seconds):
            return self.amna.post(
                self.address + query,
                {**given, **TYPED, **typed},
                headers={"Origin": OURS} if headers is None else headers,
            )

    def sent(self, *args, **kwargs) -> Report:
        answer = self.send(*args, **kwargs)
        self.assertEqual(answer.status_code, 303, answer.content.decode())
        return Report.objects.get(receipt=answer["Location"].split("/")[-2])

    def assert_back(self, answer, *words: str, status: int = 400) -> None:
        """The form is there again with everything typed, says why, and nothing was stored."""
        html = answer.content.decode()
        self.assertEqual(answer.status_code, status, html)
        self.assertEqual((Report.objects.count(), ReportReader.objects.count()), (0, 0))
        for each in (*words, *TYPED.values()):
            self.assertIn(each, html)


def later(seconds: float):
    """The clock, so many seconds from now."""
    return patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(seconds=seconds))


class SendingTests(FormTestCase):
    def test_a_report_on_the_whole_article_gives_a_receipt(self):
        report = self.sent()
        self.assertEqual((report.article, report.version.number, report.field), (self.article, 1, ""))
        self.assertEqual(
            (report.reader.wrong, report.reader.name, report.reader.email), tuple(TYPED.values())
        )
        self.assertEqual(report.state, "received")
        self.assertRegex(report.receipt, r"^[2-9b-z]{4}(-[2-9b-z]{4}){3}$")

    def test_words_that_are_pasted_are_found_where_they_stand(self):
        report = self.sent(words="past  few WEEKS")
        self.assertEqual((report.field, report.exact), ("body", "past few weeks"))
        self.assertEqual(report.version.body_text[report.start : report.end], "past few weeks")
        self.assertEqual(self.sent(words="sixth Iraqi base").field, "headline")

    def test_words_that_stand_twice_are_asked_about(self):
        page = self.send(words="Six bases")
        self.assert_back(page, "stand there 2 times", 'type="radio"')
        self.assertEqual(page.content.decode().count("<b>Six bases</b>"), 2)
        again = self.send(page, words="Six bases", place="1:body:44:53")
        self.assertEqual(again.status_code, 303)
        self.assertEqual(Report.objects.get().start, 44)

    def test_words_that_stand_nowhere_say_what_to_do(self):
        for words in ("seven bases", "few weeks.\r\n\r\nSix bases", "\u200b"):
            with self.subTest(words):
                self.assert_back(self.send(words=words), "do not stand in one paragraph")

    def test_a_passage_by_address_needs_no_pasting(self):
        query = "?v=1&field=body&start=27&end=41"
        page = self.open(query)
        self.assertContains(page, "<b>past few weeks</b>")
        self.assertNotContains(page, 'name="words"')
        report = self.sent(page, query)
        self.assertEqual((report.field, report.start, report.end), ("body", 27, 41))

    def test_what_is_reported_is_the_version_that_was_read(self):
        revise(self.article, paragraphs=["Six bases were left in three weeks."])
        self.assertEqual(self.sent(query="?v=1", words="past few weeks").version.number, 1)
        self.assert_back(self.resend(words="past few weeks"), "do not stand")

    def resend(self, **typed):
        Report.objects.all()  # the first report stays: only what is typed now counts
        ReportReader.objects.all().delete()
        with patch.object(Report.objects, "count", return_value=0):
            return self.send(**typed)

    def test_the_ledger_has_a_line_without_any_word(self):
        report = self.sent(words="past few weeks")
        (entry,) = LedgerEntry.objects.about(report)
        self.assertEqual((entry.verb, entry.actor), ("report.receive", "machine"))
        for words in (*TYPED.values(), "past few weeks", report.receipt):
            self.assertNotIn(words, entry.payload)

    def test_no_cookie_is_set_and_nobody_keeps_the_pages(self):
        page = self.open()
        answer = self.send(page)
        receipt = self.amna.get(answer["Location"])
        for each in (page, answer, receipt):
            self.assertFalse(each.cookies)
            self.assertNotIn("Cookie", each.headers.get("Vary", ""))
        for each in (page, receipt):
            self.assertEqual((each["Cache-Control"], each["X-Robots-Tag"]), ("no-store", "noindex"))
            self.assertContains(each, '<meta name="robots" content="noindex">')
        self.assertEqual(receipt["Referrer-Policy"], "no-referrer")
