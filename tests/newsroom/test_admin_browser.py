"""The desk in Chromium: its policy lets Django's own scripts and styles do their work, and nothing complains."""

import re

from articles.models import Article
from claims.models import Claim, Placement, Verdict
from tests.browser import BrowserTestCase
from tests.desk import PASSWORD, LiveCast
from tests.factories import make_article, make_claim, make_evidence, make_source, make_verdict, revise


class DeskInChromiumTests(LiveCast, BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(section="World", tags=["Iraq"])
        self.claim = make_claim(
            article=self.article,
            words="sixth Iraqi base in one week",
            claimant=make_source("a military source"),
        )
        self.verdict = make_verdict(self.claim, "contradicted", published=False)

    def test_every_kind_of_page_opens_without_a_complaint(self):
        page = self.page(user=self.admin)
        addresses = ["/admin/", "/admin/password_change/"]
        for name in ("article", "articleversion", "outlet", "section", "contributor", "tag", "media"):
            addresses.append(f"/admin/articles/{name}/")
        for name in (
            "claim",
            "source",
            "appearance",
            "placement",
            "evidence",
            "verdict",
            "approval",
            "rating",
        ):
            addresses.append(f"/admin/claims/{name}/")
        addresses += ["/admin/core/user/", "/admin/core/ledgerentry/", "/admin/auth/group/"]
        addresses += [f"{address}add/" for address in addresses[2:] if "version" not in address]
        addresses += [
            f"/admin/articles/article/{self.article.pk}/change/",
            f"/admin/articles/article/{self.article.pk}/history/",
            f"/admin/articles/article/{self.article.pk}/act/withdraw/",
            f"/admin/claims/claim/{self.claim.pk}/change/",
            f"/admin/claims/claim/{self.claim.pk}/act/place/",
            f"/admin/claims/verdict/{self.verdict.pk}/act/approve/",
            f"/admin/core/user/{self.bilal.pk}/change/",
        ]
        for address in addresses:
            with self.subTest(address=address):
                status = page.goto(address).status
                written_by_acts = re.search("(appearance|placement|approval|ledgerentry)/add", address)
                self.assertEqual(status, 403 if written_by_acts else 200)

    def test_an_editor_signs_in_finds_a_section_and_saves_an_article(self):
        page = self.page()
        page.goto(f"/admin/articles/article/{self.article.pk}/change/")
        page.fill("#id_username", "bilal")
        page.fill("#id_password", PASSWORD)
        page.click("input[type=submit]")
        source = page.input_value("#id_body")
        page.fill("#id_body", source + "\n\nA line typed in the browser.")
        page.fill("#id_reason", "The agency sent more.")
        page.click("[aria-labelledby~=select2-id_outlet-container]")
        page.fill(".select2-search__field", "Nawai")
        page.click(".select2-results__option--highlighted")
        page.click("[name=_save]")
        self.assertIn(
            "Readers see version 1 until the new one is made live.", page.inner_text(".messagelist")
        )
        newest = Article.objects.get(pk=self.article.pk).latest_version
        self.assertEqual(newest.number, 2)
        self.assertTrue(newest.body_text.endswith("A line typed in the browser."))
        self.assertEqual(newest.body["blocks"][:-1], self.article.live_version.body["blocks"])

    def test_saving_untouched_makes_no_version(self):
        page = self.page(user=self.bilal)
        page.goto(f"/admin/articles/article/{self.article.pk}/change/")
        page.click("[name=_save]")
        self.assertEqual(Article.objects.get(pk=self.article.pk).latest_version.number, 1)

    def test_an_overtaken_editor_sees_both_texts_and_saves_against_the_newest(self):
        page = self.page(user=self.bilal)
        page.goto(f"/admin/articles/article/{self.article.pk}/change/")
        page.fill("#id_headline", "Coalition leaves sixth base")
        page.fill("#id_reason", "The verb was wrong.")
        revise(self.article, live=False, headline="Coalition hands over a base", paragraphs=["Other words."])
        page.click("[name=_save]")
        self.assertIn("Noor Jahan saved version 2", page.inner_text(".errornote ~ .errorlist"))
        self.assertIn("Other words.", page.inner_text(".overtaken"))
        self.assertEqual(page.input_value("#id_headline"), "Coalition leaves sixth base")
        page.click("[name=_save]")
        self.assertEqual(Article.objects.get(pk=self.article.pk).latest_version.number, 3)

    def test_from_the_flag_to_the_published_verdict_without_leaving_the_desk(self):
        page = self.page(user=self.sana)
        page.goto(f"/admin/claims/claim/add/?article={self.article.pk}")
        page.fill("#id_statement", "Six bases were handed over in the past few weeks.")
        page.click("[name=_save]")
        page.fill("#id_words", "Six bases were handed over")
        page.click("form.act input[type=submit]")
        claim = Claim.objects.latest("id")
        self.assertEqual(Placement.objects.filter(appearance__claim=claim).count(), 1)
        make_evidence(claim)
        page.reload()
        page.check(".rating.true input")
        page.fill("#id_verdict-finding", "The coalition's own list counts six.")
        page.fill("#id_verdict-as_of", "2020-04-12")
        page.click("button[value=propose]")
        self.assertIn("Somebody else must approve it now.", page.inner_text(".messagelist"))
        second = self.page(user=self.rashid)
        second.goto("/admin/claims/verdict/?waits=me")
        second.click("text=The coalition's own list counts six.")
        second.click("text=Approve and publish")
        second.click("form.act input[type=submit]")
        verdict = Verdict.objects.get(claim=claim)
        self.assertEqual((verdict.publication_state, verdict.approved_by), ("published", self.rashid))

    def test_the_desk_works_without_a_script(self):
        claim = make_claim("Nobody was hurt.")
        page = self.page(user=self.sana, javascript=False)
        page.goto(f"/admin/claims/claim/{claim.pk}/act/move/")
        page.check("text=Researching")
        page.click("form.act input[type=submit]")
        self.assertIn("The claim is now at “Researching”.", page.inner_text(".messagelist"))
        claim.refresh_from_db()
        self.assertEqual(claim.work_state, "researching")
