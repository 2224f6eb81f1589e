"""A verdict against our own outlet's words drafts a correction for each article that printed them as so."""

from django.db import DatabaseError, transaction
from django.test import TestCase

from articles import correcting, editing
from articles.models import Article, Correction
from claims import workflow
from claims.models import Appearance, VerdictCorrection
from newsroom.core.models import LedgerEntry
from tests.desk import Cast, signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_correction,
    make_outlet,
    make_verdict,
    place,
    revise,
    time_at,
)

WORDS = "sixth Iraqi base in one week"


class Drafting(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.ours = make_outlet("The Lahore Post", is_ours=True)
        self.claim = make_claim()

    def printed(self, headline: str = "", *, role: str = "asserts", **details) -> Article:
        """An article of ours with the claim in its text."""
        details.setdefault("outlet", self.ours)
        article = make_article(headline or "A base", [f"It was the {WORDS}.", "Quiet."], **details)
        self.placement = place(self.claim, article, WORDS, role=role)
        return article

    def verdict(self, rating: str = "false", **given):
        return make_verdict(self.claim, rating, finding="It was three weeks.", **given)


class DraftTests(Drafting):
    def test_the_printed_words_and_the_finding_are_filled_in_and_a_verdict_asked_for_it(self):
        article = self.printed()
        verdict = self.verdict()
        draft = Correction.objects.get()
        self.assertEqual(
            (draft.state, draft.article, draft.requested_by, draft.why, draft.was_exact, draft.now_exact),
            ("draft", article, "verdict", "It was three weeks.", WORDS, ""),
        )
        self.assertEqual((draft.was_version, draft.was_field), (article.live_version, "body"))
        self.assertEqual(draft.asked_by_verdict.verdict, verdict)
        self.assertEqual(LedgerEntry.objects.about(draft).get().verb, "correction.begin")

    def test_each_article_has_one_and_its_headline_comes_first(self):
        article = self.printed(f"The {WORDS}")
        place(self.claim, article, WORDS, field="headline")
        self.printed("Another")
        self.verdict()
        self.assertEqual(Correction.objects.count(), 2)
        self.assertEqual(Correction.objects.get(article=article).was_field, "headline")

    def test_ratings_that_say_that_it_does_not_hold(self):
        self.printed()
        for rating, drafted in (
            ("unproven", 0),
            ("true", 0),
            ("half-true", 0),
            ("misleading", 1),
            ("contradicted", 2),
            ("false", 3),
        ):
            with self.subTest(rating=rating):
                if self.claim.verdicts.exists():
                    workflow.reopen(self.claim, by=self.sana, reason="Again.", shown=False)
                self.verdict(rating)
                self.assertEqual(Correction.objects.count(), drafted)

    def test_only_where_our_own_outlet_told_readers_that_it_is_so(self):
        self.printed("Of another paper", outlet=make_outlet())
        self.printed("A denial", role="denies")
        self.printed("A question", role="questions")
        self.printed("Somebody said", role="attributes")
        self.printed("A draft", published=False)
        self.printed("Tomorrow", public_from=time_at("2099-01-01"))
        gone = self.printed("Gone")
        editing.withdraw(gone, by=self.noor, reason="Wrong.")
        self.printed("Exempt")
        workflow.exempt(self.placement.appearance, by=self.sana, reason="A joke.")
        self.printed("Something else")
        workflow.judge_match(self.placement.appearance, "different", by=self.sana)
        self.printed("Taken off")
        workflow.detach(self.placement, by=self.sana, why="Not these.")
        self.verdict()
        self.assertFalse(Correction.objects.exists())

    def test_a_place_that_counts_only_after_the_verdict_drafts_its_own(self):
        """Confirmed, said to assert, no longer exempt, or found where nobody had looked."""
        suggested, denied, exempt = (
            self.printed(headline, role=role)
            for headline, role in (("One", "asserts"), ("Two", "denies"), ("Three", "asserts"))
        )
        one, two, three = (Appearance.objects.get(article=row) for row in (suggested, denied, exempt))
        workflow.judge_match(one, "unsure", by=self.sana)
        workflow.exempt(three, by=self.sana, reason="A joke.")
        self.verdict()
        self.assertFalse(Correction.objects.exists())
        workflow.judge_match(one, "same", by=self.sana)
        self.assertEqual([draft.article for draft in Correction.objects.all()], [suggested])
        workflow.set_role(two, "asserts", by=self.sana)
        workflow.end_exemption(three, by=self.sana)
        found = self.printed("Four")
        drafted = Correction.objects.order_by("pk").values_list("article", "was_exact", "requested_by")
        self.assertEqual(
            list(drafted), [(row.pk, WORDS, "verdict") for row in (suggested, denied, exempt, found)]
        )

    def test_one_that_still_counts_for_nothing_and_one_that_has_its_draft_get_none(self):
        article = self.printed()
        appearance = self.placement.appearance
        self.verdict()
        workflow.set_role(appearance, "denies", by=self.sana)
        workflow.set_role(appearance, "asserts", by=self.sana)
        self.assertEqual(Correction.objects.get().article, article)
        self.printed("Of another paper", outlet=make_outlet())
        self.printed("A question", role="questions")
        self.printed("A draft", published=False)
        self.assertEqual(Correction.objects.count(), 1)

    def test_without_a_verdict_or_with_one_that_finds_the_words_right_a_place_drafts_nothing(self):
        self.printed()
        self.verdict("true")
        self.printed("Another")
        self.assertFalse(Correction.objects.exists())

    def test_a_verdict_that_was_taken_back_drafts_no_more(self):
        self.printed()
        workflow.retract(self.verdict(), by=self.rashid, reason="A forgery.")
        self.printed("Another")
        self.assertEqual(Correction.objects.count(), 1)

    def test_a_line_that_leads_to_it_and_a_headline_that_quotes_it_count(self):
        self.printed("Read more", role="teaser")
        article = make_article(f"“The {WORDS}”", ["Said a soldier."], outlet=self.ours)
        place(self.claim, article, WORDS, field="headline", role="quotes")
        self.verdict()
        self.assertEqual(Correction.objects.count(), 2)

    def test_words_that_were_changed_meanwhile_are_quoted_as_they_were_printed(self):
        article = self.printed()
        first = article.live_version
        revise(article, paragraphs=["It was the sixth.", "Quiet."])
        self.verdict()
        draft = Correction.objects.get()
        self.assertEqual((draft.was_version, draft.was_exact), (first, WORDS))

    def test_a_verdict_that_is_not_published_drafts_nothing(self):
        self.printed()
        self.verdict(published=False)
        self.assertFalse(Correction.objects.exists())

    def test_if_the_verdict_cannot_be_published_nothing_is_drafted(self):
        self.printed()
        verdict = self.verdict(published=False)
        with self.assertRaises(workflow.access.Barred), transaction.atomic():
            workflow.approve(verdict, by=self.sana)
        self.assertFalse(Correction.objects.exists())


class GoingOnTests(Drafting):
    def setUp(self):
        super().setUp()
        self.article = self.printed()
        self.verdict()
        self.draft = Correction.objects.get()

    def test_readers_see_nothing_of_it_and_the_desk_finds_it_on_its_first_page(self):
        for address in ("/corrections/", self.article.get_absolute_url()):
            self.assertNotContains(self.amna.get(address), self.draft.get_absolute_url())
        self.assertEqual(self.amna.get(self.draft.get_absolute_url()).status_code, 404)
        page = signed_in(self.bilal).get("/admin/")
        self.assertContains(page, "Corrections drafted")
        self.assertContains(page, '/admin/articles/correction/?queue=drafts"')

    def test_whoever_published_the_verdict_may_approve_what_somebody_else_made_of_it(self):
        self.assertEqual(self.publish().state, "published")

    def publish(self) -> Correction:
        correcting.rewrite(self.draft, by=self.bilal, cause="editing")
        correcting.propose(self.draft, by=self.bilal)
        correcting.approve(self.draft, by=self.rashid)
        return self.draft

    def test_readers_are_led_to_the_claim_whose_verdict_asked_for_it(self):
        address = self.publish().get_absolute_url()
        with self.assertNumQueries(2):
            page = self.amna.get(address)
        self.assertContains(
            page, f'A verdict: <a href="{self.claim.get_absolute_url()}">{self.claim.statement}'
        )

    def test_and_no_longer_once_that_verdict_was_taken_back(self):
        address = self.publish().get_absolute_url()
        workflow.retract(self.claim.verdicts.get(), by=self.rashid, reason="A forgery.")
        page = self.amna.get(address)
        self.assertContains(page, "A verdict")
        self.assertNotContains(page, self.claim.statement)

    def test_its_page_leads_to_the_claim(self):
        page = signed_in(self.bilal).get(f"/admin/articles/correction/{self.draft.pk}/change/")
        self.assertContains(page, f'href="/admin/claims/claim/{self.claim.pk}/change/"')
        self.assertContains(page, "It was three weeks.")

    def test_the_database_keeps_which_verdict_asked_once_for_which_article(self):
        row = VerdictCorrection.objects.get()
        other = make_correction(make_article("Another"), why="Other.", kind="editors-note")
        for act in (
            lambda: VerdictCorrection.objects.update(correction=other),
            lambda: VerdictCorrection.objects.all()._raw_delete("default"),
            VerdictCorrection(verdict=row.verdict, article=row.article, correction=other).save,
            VerdictCorrection(verdict=row.verdict, article=make_article("A third"), correction=other).save,
        ):
            with self.assertRaises(DatabaseError), transaction.atomic():
                act()
