"""Words typed into a form whose writer was signed out: shown again, sent again, never for another site."""

from django.test import Client, TestCase

from claims.models import Rating, Verdict
from tests.browser import BrowserTestCase
from tests.desk import PASSWORD, Cast, LiveCast
from tests.factories import make_claim, make_evidence
from tests.forms import fields_of

from .desk_acts import at

WORDS = "The record shows three weeks, not one."
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


class KeptTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.claim = make_claim(context="Known before.")
        make_evidence(self.claim)
        self.address = at(self.claim, "verdict")
        self.given = {"verdict-finding": WORDS, "verdict-qualifier": "by its <b>own</b> text", "do": "save"}

    def test_whoever_is_signed_out_gets_their_words_back(self):
        answer = Client().post(self.address, self.given)
        self.assertContains(answer, f"{WORDS}</textarea>", status_code=403)
        self.assertContains(answer, "by its &lt;b&gt;own&lt;/b&gt; text", status_code=403)
        given = {name: values[0].lstrip("\r\n") for name, values in fields_of(answer).items()}
        self.assertEqual({name: given[name] for name in self.given}, self.given)
        self.assertFalse(Verdict.objects.exists())

    def test_a_form_without_words_and_a_script_go_to_the_log_in_page(self):
        for given, headers in (({"to": "researching"}, {}), (self.given, {"HTTP_SEC_FETCH_MODE": "cors"})):
            with self.subTest(headers=headers):
                answer = Client().post(self.address, given, **headers)
                self.assertEqual(answer.status_code, 302)
                self.assertIn("/login/", answer.url)

    def test_passwords_are_never_shown(self):
        given = {
            "username": "bilal",
            "password1": "ink and paper",
            "password2": "ink and paper",
            "old_password": "ink and paper",
            "new_password1": "ink and paper",
            **self.given,
        }
        answer = Client().post("/admin/core/user/add/", given)
        self.assertNotContains(answer, "ink and paper", status_code=403)

    def test_the_log_in_page_itself_is_left_alone(self):
        given = {"username": "a name of two words", "password": "ink and paper"}
        self.assertEqual(Client().post("/admin/login/", given).status_code, 200)

    def test_a_form_of_before_signing_in_is_offered_again_and_then_taken(self):
        client = Client(enforce_csrf_checks=True)
        client.login(username="sana", password=PASSWORD)
        answer = client.post(self.address, self.given, **ORIGIN)
        self.assertContains(answer, "You are signed in as Sana Haider", status_code=403)
        self.assertFalse(Verdict.objects.exists())
        rating = {"verdict-rating": Rating.objects.get(slug="false").pk, "verdict-as_of": "2020-04-12"}
        again = client.post(self.address, {**fields_of(answer), **rating}, **ORIGIN)
        self.assertEqual(again.status_code, 302)
        self.assertEqual(Verdict.objects.get().finding, WORDS)

    def test_another_sites_form_is_not_offered_again(self):
        client = Client(enforce_csrf_checks=True)
        client.login(username="sana", password=PASSWORD)
        for headers in ({"HTTP_ORIGIN": "https://elsewhere.example"}, {"HTTP_ORIGIN": "null"}, {}):
            with self.subTest(headers=headers):
                answer = client.post(self.address, self.given, **headers)
                self.assertNotContains(answer, WORDS, status_code=403)


class KeptInChromiumTests(LiveCast, BrowserTestCase):
    def test_words_survive_a_session_that_ended(self):
        claim = make_claim()
        for javascript in (True, False):
            with self.subTest(javascript=javascript):
                page = self.page(user=self.sana, javascript=javascript)
                page.goto(at(claim, "change"))
                page.locator(".rating input").nth(1).check()
                page.fill("#id_verdict-finding", WORDS)
                page.context.clear_cookies(name="sessionid")
                page.click("button[value=save]")
                self.assertIn("You were signed out while you wrote.", page.inner_text(".desk-page"))
                with page.expect_popup() as opened:
                    page.click("text=Sign in, in another tab")
                other = opened.value
                other.fill("#id_username", "sana")
                other.fill("#id_password", PASSWORD)
                other.click("input[type=submit]")
                page.click("text=Send again")
                self.assertIn("You are signed in as Sana Haider", page.inner_text(".desk-page"))
                page.click("text=Send again")
                self.assertIn("The draft is saved.", page.inner_text(".messagelist"))
                self.assertEqual(Verdict.objects.filter(finding=WORDS, claim=claim).count(), 1)
                claim = make_claim("Another claim.")
