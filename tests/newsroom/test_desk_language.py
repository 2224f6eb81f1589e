"""The language of the desk: chosen by the person, for the desk alone."""

from django.test import Client, TestCase

from tests.desk import Cast, signed_in
from tests.factories import make_article

CHOOSE = "/admin/language/"


class LanguageOfTheDeskTests(Cast, TestCase):
    def choose(self, client: Client, language: str, then: str = "/admin/claims/claim/"):
        return client.post(CHOOSE, {"language": language, "next": then})

    def test_the_desk_turns_with_the_choice_and_turns_back(self):
        client = signed_in(self.sana)
        for language, direction in (("ur", "rtl"), ("en", "ltr")):
            with self.subTest(language):
                self.assertRedirects(self.choose(client, language), "/admin/claims/claim/")
                self.assertContains(client.get("/admin/"), f'<html lang="{language}" dir="{direction}">')

    def test_it_may_be_chosen_before_signing_in_and_outlives_signing_out(self):
        client = Client()
        self.choose(client, "ur", "/admin/login/")
        self.assertContains(client.get("/admin/login/"), 'dir="rtl"')
        client.force_login(self.sana)
        client.post("/admin/logout/")
        self.assertContains(client.get("/admin/login/"), 'dir="rtl"')

    def test_the_cookie_belongs_to_the_desk(self):
        client = signed_in(self.sana)
        self.choose(client, "ur")
        cookie = client.cookies["desk_language"]
        self.assertEqual((cookie["path"], cookie["httponly"], cookie["samesite"]), ("/admin/", True, "Lax"))

    def test_public_pages_do_not_know_it(self):
        path = make_article().get_absolute_url()
        plain, chosen = Client(), signed_in(self.sana)
        self.choose(chosen, "ur")
        # Even where a browser sent it, which its path forbids.
        self.assertEqual(
            plain.get(path).content, chosen.get(path, headers={"cookie": "desk_language=ur"}).content
        )

    def test_a_language_nobody_offers_changes_nothing(self):
        client = signed_in(self.sana)
        for language in ("", "xx", "../ur", "ur\r\nSet-Cookie: x=1"):
            with self.subTest(language):
                self.choose(client, language)
                self.assertNotIn("desk_language", client.cookies)
                client.cookies["desk_language"] = "xx"
                self.assertContains(client.get("/admin/"), 'dir="ltr"')
                del client.cookies["desk_language"]

    def test_it_leads_back_to_the_desk_and_nowhere_else(self):
        client = signed_in(self.sana)
        table = {
            "/admin/claims/claim/?q=x": "/admin/claims/claim/?q=x",
            "https://example.org/admin/": "/admin/",
            "//example.org/admin/": "/admin/",
            "/articles/": "/admin/",
            "": "/admin/",
            "/admin\\@example.org": "/admin/",
        }
        for address, end in table.items():
            with self.subTest(address):
                self.assertEqual(self.choose(client, "en", address)["Location"], end)

    def test_it_is_chosen_by_post_with_a_token(self):
        self.assertEqual(signed_in(self.sana).get(CHOOSE).status_code, 405)
        strict = Client(enforce_csrf_checks=True)
        self.assertEqual(self.choose(strict, "ur").status_code, 403)
