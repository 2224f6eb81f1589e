"""Previews: readers' own pages before they are public, for the desk alone, and nothing of them anywhere else."""

import re

from django.test import Client, TestCase
from django.urls import reverse

from articles import editing
from claims import workflow
from claims.models import Claim, Rating, Verdict
from newsroom.core.models import LedgerEntry
from tests.desk import CAST, Cast, seat, signed_in
from tests.factories import (
    PARAGRAPHS,
    clock,
    make_article,
    make_claim,
    make_evidence,
    make_verdict,
    place,
    revise,
    teaser,
    time_at,
)

WORDS = "sixth Iraqi base in one week"
URDU = "عراق میں چھٹا اڈا خالی"


def preview(article, query: str = "") -> str:
    return reverse("admin:articles_article_preview", args=[article.pk]) + query


def claim_preview(claim) -> str:
    return reverse("admin:claims_claim_preview", args=[claim.pk])


def main_of(response) -> str:
    """What stands in the page's main part."""
    return re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group()


class ArticlePreviewTests(Cast, TestCase):
    def test_every_state_of_an_article_is_shown_as_readers_will_see_it_and_says_what_readers_have(self):
        draft = make_article("A draft", published=False)
        later = make_article("For later", public_from=time_at("2120-01-01 06:00"))
        gone = make_article("Taken back")
        editing.withdraw(gone, by=self.rashid, reason="A mistake.")
        live = make_article("Public")
        revise(live, headline="Public, corrected", live=False)
        table = [
            (draft, "", "version 1", "the article is a draft", "A draft"),
            (later, "", "version 1", "not public until", "For later"),
            (gone, "", "version 1", "the article is withdrawn", "Taken back"),
            (live, "", "version 2", "readers see version 1", "Public, corrected"),
            (live, "?version=1", "version 1", "readers see this version", "Public"),
        ]
        for article, query, number, state, headline in table:
            with self.subTest(article=headline, query=query):
                page = signed_in(self.bilal).get(preview(article, query))
                self.assertContains(page, f"Preview: {number}")
                self.assertContains(page, state)
                self.assertContains(page, f'<h1 class="hed">{headline}</h1>')
                self.assertTemplateUsed(page, "articles/article_detail.html")
                self.assertTemplateUsed(page, "claims/article_reading.html")

    def test_the_preview_of_what_is_public_prints_the_very_page_that_readers_see(self):
        article = make_article("Public", [*PARAGRAPHS, teaser("Another story")], standfirst="Standfirst.")
        make_verdict(make_claim(article=article, words="Six bases"), "false")
        shown = main_of(signed_in(self.sana).get(preview(article)))
        self.assertEqual(shown, main_of(Client().get(article.get_absolute_url())))
        self.assertIn("False", shown)

    def test_proposed_verdicts_show_only_where_they_are_asked_for(self):
        article = make_article()
        fresh = make_claim(article=article, words=WORDS)
        make_verdict(fresh, "contradicted", published=False, finding="Six in three weeks, not one.")
        old = make_claim(
            "No group has claimed it.",
            article=article,
            words="No group has claimed the attacks.",
            checking=True,
        )
        make_verdict(old, "true", finding="None had then.")
        reopen(old, self)
        make_verdict(old, "outdated", published=False, finding="One has since.")
        client = signed_in(self.sana)
        plain, proposed = client.get(preview(article)), client.get(preview(article, "?version=1&proposed=1"))
        self.assertContains(plain, "With what is proposed")
        self.assertNotContains(plain, "Six in three weeks")
        self.assertContains(plain, "None had then.")
        self.assertContains(proposed, "Six in three weeks, not one.")
        self.assertContains(proposed, '<mark class="contradicted"')
        self.assertContains(proposed, "One has since.")
        self.assertNotContains(proposed, "None had then.")
        self.assertNotContains(proposed, "Under review")
        self.assertContains(proposed, claim_preview(fresh))

    def test_what_is_proposed_looks_as_it_does_once_it_is_approved(self):
        article = make_article()
        claim = make_claim(article=article, words=WORDS, checking=True)
        verdict = make_verdict(claim, "false", published=False)
        before = main_of(signed_in(self.sana).get(preview(article, "?proposed=1")))
        workflow.approve(verdict, by=self.rashid)
        after = main_of(Client().get(article.get_absolute_url()))
        self.assertEqual(before.replace(claim_preview(claim), claim.get_absolute_url()), after)

    def test_it_reads_and_writes_nothing_and_is_kept_nowhere(self):
        article = make_article("Draft", published=False)
        make_verdict(claim := make_claim(article=article, words="Six bases"), published=False)
        lines = LedgerEntry.objects.count()
        for url in (preview(article), preview(article, "?proposed=1"), claim_preview(claim)):
            with self.subTest(url=url):
                page = signed_in(self.sana).get(url)
                self.assertEqual(page["Cache-Control"], "no-store, private")
                self.assertEqual(page["X-Robots-Tag"], "noindex")
                self.assertContains(page, '<meta name="robots" content="noindex">')
                self.assertNotContains(page, 'rel="canonical"')
                self.assertIn("script-src 'self'", page["Content-Security-Policy"])
                self.assertNotIn("unsafe-inline", page["Content-Security-Policy"])
                head = signed_in(self.sana).head(url)
                self.assertEqual((head.status_code, head.content), (200, b""))
                self.assertEqual(head["Cache-Control"], "no-store, private")
                for method in ("post", "put", "delete", "patch"):
                    self.assertEqual(getattr(signed_in(self.sana), method)(url).status_code, 405)
        self.assertEqual(LedgerEntry.objects.count(), lines)
        article.refresh_from_db()
        self.assertIsNone(article.live_version)
        self.assertEqual(Verdict.objects.get().publication_state, "proposed")

    def test_who_sees_it(self):
        article = make_article("Draft", published=False)
        claim = make_claim(article=article, words="Six bases")
        stranger = seat("hina", "Hina Baig")
        for url in (preview(article), preview(article, "?proposed=1"), claim_preview(claim)):
            for name in CAST:
                with self.subTest(url=url, person=name):
                    self.assertEqual(signed_in(getattr(self, name)).get(url).status_code, 200)
            with self.subTest(url=url, person="nobody in particular"):
                refused = signed_in(stranger).get(url)
                self.assertEqual(refused.status_code, 403)
                self.assertNotContains(refused, "Draft", status_code=403)
            with self.subTest(url=url, person="a reader"):
                answer = self.amna.get(url)
                self.assertRedirects(
                    answer, f"{reverse('admin:login')}?next={url.replace('?', '%3F').replace('=', '%3D')}"
                )
                self.assertNotIn(b"Six bases", answer.content)

    def test_no_version_and_no_article_answer_404(self):
        article, other = make_article(), make_article("Other")
        revise(other, headline="Another")
        for url in (
            preview(article, "?version=2"),
            preview(article, "?version=0"),
            preview(article, "?version=-1"),
            preview(article, "?version=x"),
            preview(article, "?version=" + "9" * 40),
            preview(article, "?version=%D9%A1"),
            "/admin/articles/article/99999/preview/",
            "/admin/articles/article/x/preview/",
            "/admin/claims/claim/99999/preview/",
        ):
            with self.subTest(url=url):
                self.assertEqual(signed_in(self.sana).get(url).status_code, 404)

    def test_an_urdu_article_is_set_as_one(self):
        article = make_article(URDU, [URDU], language="ur", published=False)
        page = signed_in(self.sana).get(preview(article))
        self.assertContains(page, '<div class="cell" lang="ur" dir="rtl">')

    def test_rights_hold_in_the_preview_too(self):
        article = make_article("Only quotes", ["Secret words of the paper."], rights="none", published=False)
        self.assertNotContains(signed_in(self.sana).get(preview(article)), "Secret words")

    def test_a_preview_costs_little_more_than_the_page(self):
        article = make_article(paragraphs=[f"Statement {at} of sixty." for at in range(60)])
        client = signed_in(self.sana)
        client.get(preview(article))
        for until in (1, 60):
            for at in range(0 if until == 1 else 1, until):
                place(make_claim(f"Claim {at}.", checking=True), article, f"Statement {at} of")
            with self.assertNumQueries(10):
                client.get(preview(article, "?proposed=1"))


def reopen(claim: Claim, test) -> None:
    """Take the ruled claim up again."""
    claim.refresh_from_db()
    workflow.reopen(claim, by=test.sana, reason="One has claimed it.", shown=True)


class NoLeakTests(Cast, TestCase):
    """The public site knows nothing of previews: its pages are byte for byte the same before and after."""

    def test_public_pages_are_the_same_before_and_after_a_preview(self):
        article = make_article()
        claim = make_claim(article=article, words=WORDS)
        make_verdict(claim, "false")
        hidden = make_article("Zanzibar is a draft", published=False)
        secret = make_claim("Zanzibar is a claim.", article=article, words="Six bases")
        make_verdict(secret, "false", published=False, finding="Zanzibar is proposed.")
        revise(article, headline="Zanzibar waits", live=False)
        urls = ["/", article.get_absolute_url(), claim.get_absolute_url(), "/claims/", "/articles/"]
        urls += [
            hidden.get_absolute_url(),
            secret.get_absolute_url(),
            f"{article.get_absolute_url()}?proposed=1&version=2",
        ]
        with clock("2020-04-13 12:00"):
            before = [self.answer(url) for url in urls]
            client = signed_in(self.sana)
            for url in (
                preview(article, "?proposed=1"),
                preview(hidden),
                claim_preview(secret),
                claim_preview(claim),
            ):
                self.assertEqual(client.get(url).status_code, 200)
            after = [self.answer(url) for url in urls]
        self.assertEqual(before, after)
        for _status, _headers, body in after:
            self.assertNotIn(b"Zanzibar", body)
            self.assertNotIn(b"preview", body.lower())

    def answer(self, url):
        response = Client().get(url)
        return response.status_code, dict(response.items()), response.content


class ClaimPreviewTests(Cast, TestCase):
    def test_a_proposed_verdict_looks_as_it_does_once_it_is_approved(self):
        claim = make_claim(article=make_article(), words=WORDS, checking=True)
        make_evidence(claim, "The Hill, 17 March 2020")
        verdict = make_verdict(
            claim, "contradicted", published=False, finding="Six in three weeks.", known="All six days."
        )
        before = signed_in(self.sana).get(claim_preview(claim))
        self.assertContains(before, "once verdict 1 is approved")
        self.assertContains(before, "a second person")
        workflow.approve(verdict, by=self.rashid)
        after = main_of(Client().get(claim.get_absolute_url()))
        told = main_of(before).replace("a second person", "Rashid Mahmood")
        self.assertEqual(told, after)

    def test_a_draft_a_replacement_and_no_verdict_say_what_they_are(self):
        claim = make_claim(article=make_article(), words=WORDS)
        page = signed_in(self.sana).get(claim_preview(claim))
        self.assertContains(page, "no verdict is in the making. Readers see nothing of this claim")
        make_verdict(claim, "true", finding="It holds.")
        page = signed_in(self.sana).get(claim_preview(claim))
        self.assertContains(page, "readers see this page as it is")
        reopen(claim, self)
        make_evidence(claim, "Found since")
        rating = Rating.objects.get(slug="false")
        workflow.draft_verdict(claim, by=self.sana, rating=rating, finding="It does not.", as_of="2020-04-12")
        page = signed_in(self.sana).get(claim_preview(claim))
        self.assertContains(page, "with verdict 2, a draft that nobody proposed yet")
        self.assertContains(page, "Found since")
        self.assertContains(page, "It does not.")
        self.assertContains(page, "Verdict 2 of 2")
        self.assertEqual(Claim.objects.get(pk=claim.pk).shown_as_checking, True)
        self.assertNotContains(Client().get(claim.get_absolute_url()), "Found since")
