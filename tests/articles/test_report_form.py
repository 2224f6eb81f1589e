"""Reporting an error: a form without script or cookie, its passage, its ticket, what is refused, and the receipt."""

from datetime import timedelta
from unittest.mock import patch

from django.test import TestCase
from django.utils import timezone

from articles import reporting
from articles.models import Article, Report, ReportRate, ReportReader
from newsroom.core.models import LedgerEntry
from tests.desk import Cast
from tests.factories import make_article, make_report, revise, time_at
from tests.forms import fields_of

OURS = "http://testserver"
# Article, is it here already, the sender's count (2), what waits, three rows, what is due to go (2), savepoints (4).
SENDING = 14
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

    def test_words_that_stand_everywhere_are_too_few_to_tell_the_place(self):
        self.article = make_article("Gates", ["A gate. " * 11])
        self.address = f"{self.article.get_absolute_url()}report/"
        page = self.send(words="gate")
        self.assert_back(page, "more than 10 times")
        self.assertNotContains(page, 'type="radio"', status_code=400)

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
        self.assert_back(self.send(words="past few weeks"), "do not stand")
        self.assertEqual(self.sent(query="?v=1", words="past few weeks").version.number, 1)

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

    def test_in_urdu_the_way_stays_in_urdu(self):
        self.address = f"/ur{self.address}"
        answer = self.send(words="past few weeks")
        self.assertTrue(answer["Location"].startswith("/ur/reports/"))
        self.assertContains(self.amna.get(answer["Location"]), 'dir="rtl"')

    def test_every_article_and_every_version_leads_to_the_form_for_what_is_read(self):
        revise(self.article, paragraphs=BODY[:1])
        for page, number in (
            (self.article.get_absolute_url(), 2),
            (f"{self.article.get_absolute_url()}v/1/", 1),
        ):
            self.assertContains(self.amna.get(page), f'href="{self.address}?v={number}" rel="nofollow"')

    def test_constant_queries(self):
        many = make_article("Many", BODY)
        for number in range(60):
            make_report(many, "Nobody was hurt", wrong=f"Report {number}.")
        revise(self.article, paragraphs=BODY[:1])
        revise(many, paragraphs=BODY[:1])
        for article in (self.article, many):
            address = f"{article.get_absolute_url()}report/"
            with self.subTest(article=article):
                with self.assertNumQueries(1):
                    self.amna.get(address)
                with self.assertNumQueries(2):
                    self.amna.get(f"{address}?v=1&field=body&start=27&end=41")
        receipt = many.reports.first().get_absolute_url()
        with self.assertNumQueries(1):
            self.amna.get(receipt)
        self.sent()
        for article in (self.article, many):
            self.address = f"{article.get_absolute_url()}report/"
            page = self.open()
            with self.subTest(article=article), self.assertNumQueries(SENDING):
                self.sent_only(page)

    def sent_only(self, page) -> None:
        self.assertEqual(self.send(page, wrong="Nothing like it.", words="Six bases were").status_code, 303)


class BadInputTests(FormTestCase):
    def test_what_must_not_be_stored_is_refused_by_its_field_with_everything_else_kept(self):
        for field, given, said in (
            ("wrong", "", "This field is required."),
            ("wrong", " \u200b ", "Say what is wrong."),
            ("wrong", "x" * 3001, "at most 3000 characters"),
            ("wrong", "a\x00b", "ull characters"),
            ("wrong", "a\x07b", "Line 1, column 2"),
            ("wrong", "fine\r\nand \u202e here", "Line 2, column 5"),
            ("name", "x" * 121, "at most 120 characters"),
            ("name", "a\x1bb", "Line 1, column 2"),
            ("email", "no address", "Enter a valid email address."),
            ("email", "x" * 250 + "@example.org", "at most 254 characters"),
            ("words", "x" * 2001, "at most 2000 characters"),
            ("words", "few\x07weeks", "Line 1, column 4"),
        ):
            with self.subTest(field=field, given=given[:20]):
                answer = self.send(**{field: given})
                self.assertEqual((answer.status_code, Report.objects.count()), (400, 0))
                self.assertIn(said, str(answer.context["form"].errors[field]))
                kept = fields_of(answer)
                for other in set(TYPED) - {field}:
                    self.assertEqual(kept[other], [TYPED[other]])

    def test_line_ends_and_accents_come_in_as_they_are_stored(self):
        report = self.sent(wrong="One.\r\nTwo: e\u0301")
        self.assertEqual(report.reader.wrong, "One.\nTwo: \xe9")

    def test_half_a_character_is_no_report(self):
        answer = self.send(wrong="\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        self.assertNotEqual(answer.status_code, 500)

    def test_an_address_that_names_nothing_is_refused_with_a_hint(self):
        revise(self.article, live=False, paragraphs=["A secret."])
        for query, said in (
            ("?v=2", "Readers never saw a version of this number."),
            ("?v=3", "Readers never saw a version of this number."),
            ("?v=0", "Readers never saw a version of this number."),
            ("?v=-1", "Write a whole number."),
            ("?v=%D9%A1", "Write a whole number."),
            ("?v=1.0", "Write a whole number."),
            (f"?v={'9' * 5000}", "Write a whole number."),
            ("?v=1&v=1", "more than once"),
            ("?colour=red", "A report knows nothing of the kind."),
            ("?field=body", "Give all three, or none."),
            ("?field=body&start=0", "Give all three, or none."),
            ("?start=0&end=3", "Give all three, or none."),
            ("?field=byline&start=0&end=3", "Write one of: headline, standfirst, body."),
            ("?field=body&start=3&end=3", "No words stand from 3 to 3"),
            ("?field=body&start=0&end=999999", "No words stand"),
            ("?field=body&start=40&end=50", "No words stand"),
            ("?field=standfirst&start=0&end=1", "No words stand"),
        ):
            with self.subTest(query[:40]):
                answer = self.open(query, status=400)
                self.assertContains(answer, said, status_code=400)
                self.assertNotContains(answer, "secret", status_code=400)
                self.assertEqual(self.amna.post(self.address + query, TYPED).status_code, 400)
        self.assertEqual(Report.objects.count(), 0)

    def test_a_draft_s_number_answers_like_any_other_unknown_one(self):
        revise(self.article, live=False, paragraphs=["A secret."])
        known, unknown = (self.open(f"?v={number}", status=400).content.decode() for number in (2, 7))
        self.assertEqual(known.replace("“2”", "“7”"), unknown)

    def test_an_emoji_is_not_cut_in_two(self):
        article = make_article("Flags", ["A \U0001f1f5\U0001f1f0 flag, e\u0301 and so on."])
        self.address = f"{article.get_absolute_url()}report/"
        self.open("?field=body&start=2&end=4")


class NotPublicTests(FormTestCase):
    def test_of_what_is_not_public_there_is_no_form(self):
        draft = make_article("A draft", published=False)
        later_on = make_article("For tomorrow", public_from=time_at("2099-01-01"))
        for article in (draft, later_on):
            address = f"{article.get_absolute_url()}report/"
            for answer in (self.amna.get(address), self.amna.post(address, TYPED, headers={"Origin": OURS})):
                self.assertEqual(answer.status_code, 404)

    def test_of_a_withdrawn_article_the_form_says_what_the_article_says(self):
        page = self.open()
        for by_law, status in ((False, 410), (True, 451)):
            Article.objects.filter(pk=self.article.pk).update(
                state="withdrawn",
                withdrawn_at=timezone.now(),
                withdrawn_reason="A forgery.",
                withdrawn_by_law=by_law,
            )
            for answer in (self.amna.get(self.address), self.send(page)):
                self.assertContains(answer, "A forgery.", status_code=status)
        self.assertEqual(Report.objects.count(), 0)
        self.assertNotContains(self.amna.get(self.article.get_absolute_url()), "report/", status_code=451)

    def test_other_words_in_the_address_lead_on_but_what_was_typed_is_taken_in(self):
        other = self.address.replace(self.article.slug, "other-words")
        self.assertEqual(self.amna.get(f"{other}?v=1")["Location"], f"{self.address}?v=1")
        page = self.open()
        self.address = other
        self.sent(page)

    def test_words_of_a_text_that_is_not_ours_to_show_are_neither_quoted_nor_looked_for(self):
        for rights in ("quotes", "none"):
            with self.subTest(rights):
                Article.objects.filter(pk=self.article.pk).update(rights=rights)
                self.open("?field=body&start=27&end=41", status=400)
                stands, nowhere = (self.send(words=words) for words in ("past few weeks", "past six weeks"))
                for answer in (stands, nowhere):
                    self.assert_back(answer, "the text is not ours to show")
        self.assertEqual(self.sent(words="sixth Iraqi base").field, "headline")


class OnceTests(FormTestCase):
    def test_a_second_press_of_the_same_form_leads_to_the_same_receipt(self):
        page = self.open()
        first, second = self.send(page), self.send(page, wrong="Something else.")
        self.assertEqual((second.status_code, second["Location"]), (303, first["Location"]))
        self.assertEqual((Report.objects.count(), ReportReader.objects.get().wrong), (1, TYPED["wrong"]))

    def test_a_form_shown_anew_makes_another_report(self):
        self.assertNotEqual(self.sent().receipt, self.sent().receipt)

    def test_a_form_that_stood_open_too_long_comes_back_with_everything_typed_and_works_at_once(self):
        page = self.open("?v=1")
        answer = self.send(page, "?v=1", seconds=25 * 3600, words="past few weeks")
        self.assert_back(answer, "stood open too long", "past few weeks")
        with later(25 * 3600):
            self.assertEqual(self.send(answer, "?v=1").status_code, 303)
        self.assertEqual(Report.objects.get().exact, "past few weeks")

    def test_a_second_press_the_day_after_still_leads_to_the_receipt(self):
        page = self.open()
        first = self.send(page)
        self.assertEqual(self.send(page, seconds=48 * 3600)["Location"], first["Location"])

    def test_a_form_made_for_another_article_or_version_or_by_hand_is_not_taken(self):
        other = make_article("Another")
        revise(self.article, headline="Sixth base")
        ticket = fields_of(self.open())["ticket"][0]
        others = fields_of(self.amna.get(f"{other.get_absolute_url()}report/"))["ticket"][0]
        old = fields_of(self.open("?v=1"))["ticket"][0]
        for name, given in (
            ("of another article", others),
            ("of another version", old),
            ("changed", ticket.replace(ticket[3], "A" if ticket[3] != "A" else "B", 1)),
            ("none", ""),
            ("nonsense", "a:b:c"),
            ("not ASCII", "\u06f1:\u06f2"),
            ("too long", "x" * 5000),
        ):
            with self.subTest(name):
                answer = self.send(ticket=given)
                self.assert_back(answer, "stood open too long")
                self.assertNotEqual(fields_of(answer)["ticket"], [given])

    def test_what_is_sent_faster_than_anybody_types_comes_back(self):
        page = self.open()
        answer = self.send(page, seconds=0.5)
        self.assert_back(answer, "too fast")
        self.assertEqual(self.send(answer).status_code, 303)

    def test_a_field_that_nobody_sees_and_programs_fill_in_stops_the_report_and_says_so(self):
        answer = self.send(website="https://example.org")
        self.assert_back(answer, "this field must stay empty")
        self.assertNotContains(answer, 'aria-hidden="true"><div class="field err"', status_code=400)


class StrangerTests(FormTestCase):
    def test_only_our_own_page_sends_the_form(self):
        for headers in (
            {"Origin": "https://elsewhere.example"},
            {"Origin": "null"},
            {"Origin": f"{OURS}:8000"},
            {"Origin": "https://testserver"},
            {"Referer": "https://elsewhere.example/testserver/"},
            {"Origin": "https://elsewhere.example", "Referer": f"{OURS}/"},
        ):
            with self.subTest(headers):
                answer = self.send(headers=headers)
                self.assertEqual((answer.status_code, Report.objects.count()), (403, 0))
                self.assertContains(answer, "nothing was sent", status_code=403)
                self.assertNotContains(answer, TYPED["wrong"], status_code=403)

    def test_a_browser_that_says_nothing_gets_its_words_back(self):
        self.assert_back(
            self.send(headers={}), "did not say that this form came from our own page", status=403
        )

    def test_the_page_before_will_do_where_a_browser_names_no_origin(self):
        self.assertEqual(self.send(headers={"Referer": f"{OURS}{self.address}"}).status_code, 303)


class RateTests(FormTestCase):
    def from_there(self, address: str, forwarded: str = "", **typed):
        page = self.open()
        given = {name: values[0] for name, values in fields_of(page).items()}
        more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
        with self.at_noon():
            return self.amna.post(
                self.address,
                {**given, **TYPED, **typed},
                headers={"Origin": OURS},
                REMOTE_ADDR=address,
                **more,
            )

    def at_noon(self):
        return patch("django.utils.timezone.now", return_value=self.noon)

    def setUp(self):
        super().setUp()
        # The same hour throughout, and a form that was open for a moment.
        self.noon = timezone.now().replace(minute=30, second=0, microsecond=0) + timedelta(hours=1)

    def fill(self, address: str) -> None:
        for _turn in range(reporting.MOST_AN_HOUR):
            self.assertEqual(self.from_there(address).status_code, 303)

    def test_one_sender_sends_so_many_within_an_hour_and_keeps_what_was_typed(self):
        self.fill("203.0.113.7")
        before = Report.objects.count()
        answer = self.from_there("203.0.113.7")
        self.assertEqual((answer.status_code, Report.objects.count()), (429, before))
        self.assertEqual(answer["Retry-After"], "1800")
        for words in ("in 30 minutes", *TYPED.values()):
            self.assertContains(answer, words, status_code=429)
        self.assertEqual(self.from_there("203.0.113.8").status_code, 303)
        self.noon += timedelta(hours=1)
        self.assertEqual(self.from_there("203.0.113.7").status_code, 303)

    def test_what_is_refused_for_another_reason_is_not_counted(self):
        for _turn in range(reporting.MOST_AN_HOUR + 1):
            self.assertEqual(self.from_there("203.0.113.7", wrong="").status_code, 400)
        self.assertEqual(self.from_there("203.0.113.7").status_code, 303)

    def test_a_network_of_the_new_kind_counts_as_one(self):
        self.fill("2001:db8:1:2::1")
        self.assertEqual(self.from_there("2001:db8:1:2:ffff::9").status_code, 429)
        self.assertEqual(self.from_there("2001:db8:1:3::1").status_code, 303)

    def test_no_address_is_stored_and_the_same_sender_has_another_name_the_next_hour(self):
        self.from_there("203.0.113.7")
        (first,) = ReportRate.objects.all()
        self.assertNotIn("203", first.key[:3])
        self.noon += timedelta(hours=1)
        self.from_there("203.0.113.7")
        self.assertEqual(len(set(ReportRate.objects.values_list("key", flat=True))), 2)
        self.noon += timedelta(hours=26)
        reporting.forget_readers(self.noon)
        self.assertEqual(ReportRate.objects.count(), 0)

    def test_behind_a_proxy_the_sender_is_whom_the_proxy_names_and_not_whom_they_claim_to_be(self):
        with self.settings(PROXIES=1):
            for turn in range(reporting.MOST_AN_HOUR):
                self.assertEqual(
                    self.from_there("127.0.0.1", f"198.51.100.{turn}, 203.0.113.7").status_code, 303
                )
            self.assertEqual(self.from_there("127.0.0.1", "198.51.100.99, 203.0.113.7").status_code, 429)
            self.assertEqual(self.from_there("127.0.0.1", "203.0.113.8").status_code, 303)

    def test_without_a_proxy_of_ours_nobody_is_believed(self):
        self.fill("203.0.113.7")
        self.assertEqual(self.from_there("203.0.113.7", "198.51.100.1").status_code, 429)
