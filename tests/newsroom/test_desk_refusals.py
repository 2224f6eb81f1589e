"""What the desk says when it refuses: which role may, in a sentence; and what to do when a form lost its token."""

from django.test import Client, TestCase

from claims.models import Claim
from tests.desk import PASSWORD, Cast, signed_in
from tests.factories import make_article, make_claim, make_verdict


class RefusalTests(Cast, TestCase):
    def test_each_refusal_says_which_role_may(self):
        article, claim = make_article(), make_claim()
        verdict = make_verdict(claim, published=False)
        table = (
            (self.bilal, "/admin/core/ledgerentry/", "the role of Verdict editor, Auditor or Administrator."),
            (self.bilal, f"/admin/claims/verdict/{verdict.pk}/act/approve/", "the role of Verdict editor"),
            (
                self.bilal,
                f"/admin/claims/claim/{claim.pk}/act/move/",
                "the role of Fact-checker or Verdict editor.",
            ),
            (
                self.sana,
                f"/admin/articles/article/{article.pk}/act/withdraw/",
                "the role of Verdict editor or Archivist.",
            ),
            (self.noor, "/admin/claims/claim/add/", "the role of Reporter, Fact-checker"),
            (self.admin, f"/admin/claims/claim/{claim.pk}/delete/", "Nothing is deleted here"),
            (self.sana, "/admin/claims/appearance/add/", "Your role does not allow this."),
        )
        for somebody, path, words in table:
            with self.subTest(path=path):
                self.assertContains(signed_in(somebody).get(path), words, status_code=403)

    def test_a_page_of_the_desk_that_does_not_exist_keeps_its_frame(self):
        for path in ("/admin/nothing/", "/admin/claims/nothing/", "/admin/claims/claim/1/act/nothing/"):
            with self.subTest(path):
                answer = signed_in(self.sana).get(path)
                self.assertContains(answer, "Nothing stands at this address", status_code=404)
                self.assertContains(answer, 'id="desk-', status_code=404)

    def test_strangers_learn_nothing_of_the_desk(self):
        for path in ("/admin/nothing/", "/admin/claims/nothing/"):
            with self.subTest(path):
                self.assertIn("/admin/login/", Client().get(path)["Location"])


class LostTokenTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(self.sana)

    def test_it_says_that_the_words_still_stand_behind_the_back_button(self):
        answer = self.client.post("/admin/claims/claim/add/", {"statement": "Nobody was hurt."})
        self.assertContains(answer, "Press the Back button", status_code=403)
        self.assertContains(answer, "Newsroom desk", status_code=403)
        self.assertFalse(Claim.objects.exists())

    def test_it_says_so_to_whoever_is_signing_in_too(self):
        strict = Client(enforce_csrf_checks=True)
        answer = strict.post("/admin/login/", {"username": "sana", "password": PASSWORD})
        self.assertContains(answer, "Press the Back button", status_code=403)
        self.assertNotContains(answer, "logout-form", status_code=403)
