"""What stands beside a headline: the gravest finding first, nothing that is not public, one query for any list."""

from django.test import TestCase
from django.utils import timezone

from articles import editing
from claims import workflow
from claims.statuses import NOT_CHECKED, Saying, statuses_for
from tests.desk import Cast
from tests.factories import (
    PARAGRAPHS,
    make_article,
    make_claim,
    make_verdict,
    place,
    revise,
    show_checking,
    teaser,
    time_at,
)

CONTRADICTED = Saying("contradicted", "Contradicted", "", "headline", "in one week")


class StatusCase(Cast, TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.article = make_article()

    def status(self, article=None):
        article = article or self.article
        return statuses_for([article])[article.pk]

    def rate(self, words: str, rating: str, **more):
        claim = make_claim(f"{words} ({rating})", article=self.article, words=words, **more)
        return make_verdict(claim, rating)


class WhatIsSaidTests(StatusCase):
    def test_without_claims_an_article_was_not_checked(self):
        self.assertEqual(self.status(), NOT_CHECKED)
        self.assertEqual(self.status().counts, "")

    def test_a_ruled_headline_says_mark_word_place_and_words(self):
        self.rate("in one week", "contradicted")
        self.assertEqual(self.status().says, (CONTRADICTED,))
        self.assertEqual(self.status().counts, "1 claim checked")

    def test_a_graver_finding_in_the_text_stands_beside_that_on_the_headline(self):
        self.rate("sixth Iraqi base", "true")
        self.rate("No group has claimed the attacks", "false")
        self.assertEqual(
            [(saying.word, saying.where) for saying in self.status().says],
            [("True", "headline"), ("False", "text")],
        )

    def test_a_false_headline_is_said_though_the_text_is_worse(self):
        self.rate("in one week", "false")
        self.rate("No group has claimed the attacks", "contradicted")
        self.assertEqual([saying.word for saying in self.status().says], ["False", "Contradicted"])

    def test_a_lighter_finding_in_the_text_adds_nothing(self):
        self.rate("in one week", "contradicted")
        self.rate("No group has claimed the attacks", "unproven")
        self.assertEqual(self.status().says, (CONTRADICTED,))
        self.assertEqual(self.status().counts, "2 claims checked")

    def test_of_two_findings_on_the_headline_the_graver_is_said(self):
        self.rate("sixth Iraqi base", "mostly-true")
        self.rate("in one week", "contradicted")
        self.assertEqual(self.status().says, (CONTRADICTED,))

    def test_what_is_being_checked_says_more_than_true(self):
        self.rate("sixth Iraqi base", "true")
        make_claim("One week.", article=self.article, words="in one week", checking=True)
        self.assertEqual([saying.word for saying in self.status().says], ["Being checked"])
        self.assertEqual(self.status().counts, "2 claims, 1 checked")

    def test_a_verdict_under_review_is_named(self):
        verdict = self.rate("in one week", "contradicted")
        workflow.reopen(verdict.claim, by=self.sana, reason="New dates came in.", shown=True)
        says = self.status().says
        self.assertEqual((says[0].mark, says[0].word), ("under-review", "Under review"))
        self.assertEqual(says[0].more, "verdict was Contradicted")

    def test_a_repeated_headline_in_another_article_is_said_there(self):
        other = make_article("Large convoy crosses", ["It crossed.", teaser(self.article.headline)])
        claim = make_claim(article=self.article, words="in one week")
        place(claim, other, "in one week", role="teaser")
        make_verdict(claim, "contradicted")
        self.assertEqual(
            self.status(other).says,
            (Saying("contradicted", "Contradicted", "", "a READ MORE line", "in one week"),),
        )

    def test_a_quotation_is_called_one(self):
        make_verdict(
            make_claim("Quoted.", article=self.article, words="No group has claimed", role="quotes"), "false"
        )
        self.assertEqual(self.status().says[0].where, "a quotation")

    def test_long_words_and_words_without_rights_are_not_repeated(self):
        bare = make_article("Bare", ["No group has claimed the attacks."], rights="none")
        make_verdict(make_claim(article=bare, words="No group has claimed the attacks"), "unproven")
        make_verdict(
            make_claim("Long", article=self.article, words=PARAGRAPH_WORDS, by=self.sana), "unproven"
        )
        self.assertEqual(self.status(bare).says[0].words, "")
        self.assertEqual(self.status().says[0].words, "")


PARAGRAPH_WORDS = "The coalition handed the base to the west of the capital over on Tuesday morning"


class SilentRoleTests(StatusCase):
    def test_denials_and_questions_never_carry_the_mark(self):
        for role, words in [
            ("denies", "Denies a claim rated False"),
            ("questions", "Questions a claim rated False"),
        ]:
            with self.subTest(role=role):
                article = make_article(f"It {role}", ["No group has claimed the attacks."])
                claim = make_claim(article=article, words="No group has claimed the attacks", role=role)
                make_verdict(claim, "false")
                self.assertEqual(self.status(article).says, (Saying("", words),))
                self.assertEqual(self.status(article).marks, ())

    def test_what_the_article_asserts_itself_comes_before_what_it_denies(self):
        make_verdict(make_claim("A", article=self.article, words="No group", role="denies"), "false")
        self.rate("sixth Iraqi base", "true")
        self.assertEqual([saying.word for saying in self.status().says], ["True"])


class ChangedWordsTests(StatusCase):
    def test_words_that_changed_keep_no_verdict_but_say_so(self):
        self.rate("in one week", "contradicted")
        revise(self.article, headline="Coalition hands over sixth Iraqi base in three weeks")
        self.assertEqual(
            self.status().says,
            (Saying("words-changed", "Words changed", "verdict was Contradicted", "headline"),),
        )

    def test_a_changed_headline_hides_nothing_that_stands(self):
        self.rate("in one week", "contradicted")
        self.rate("No group has claimed the attacks", "unproven")
        revise(self.article, headline="Coalition hands over sixth Iraqi base in three weeks")
        self.assertEqual([saying.word for saying in self.status().says], ["Words changed", "Unproven"])

    def test_changed_words_of_a_claim_that_was_never_ruled_say_nothing(self):
        make_claim("One week.", article=self.article, words="in one week", checking=True)
        revise(self.article, headline="Coalition hands over sixth Iraqi base in three weeks")
        self.assertEqual(self.status().says, ())

    def test_words_that_stand_in_a_changed_paragraph_say_so(self):
        self.rate("No group has claimed", "false")
        revise(self.article, paragraphs=[*PARAGRAPHS[:2], "No group has claimed the attack."])
        says = self.status().says
        self.assertEqual(
            (says[0].mark, says[0].word, says[0].where), ("words-changed", "Context changed", "text")
        )

    def test_a_version_that_is_not_live_changes_nothing(self):
        self.rate("in one week", "contradicted")
        revise(self.article, live=False, headline="Coalition hands over sixth Iraqi base in three weeks")
        self.assertEqual(self.status().says, (CONTRADICTED,))


class WhatIsHiddenTests(StatusCase):
    def test_only_published_verdicts_and_chosen_checks_are_said(self):
        make_claim("Flagged.", article=self.article, words="sixth Iraqi base")
        make_verdict(
            make_claim("Proposed.", article=self.article, words="in one week"), "false", published=False
        )
        make_verdict(
            make_claim("Draft.", article=self.article, words="No group"),
            "false",
            published=False,
            proposed=False,
        )
        self.assertEqual(self.status(), NOT_CHECKED)

    def test_places_that_do_not_count_are_left_out(self):
        claim = make_claim(article=self.article, words="in one week")
        make_verdict(claim, "false")
        appearance = claim.appearances.get()
        workflow.exempt(appearance, by=self.rashid, reason="The paper corrected it the same day.")
        self.assertEqual(self.status(), NOT_CHECKED)
        workflow.end_exemption(appearance, by=self.rashid)
        workflow.judge_match(appearance, "different", by=self.rashid)
        self.assertEqual(self.status(), NOT_CHECKED)
        workflow.judge_match(appearance, "same", by=self.rashid)
        workflow.detach(appearance.placements.get(), by=self.rashid, why="Another base is meant.")
        self.assertEqual(self.status(), NOT_CHECKED)

    def test_a_verdict_that_was_taken_back_is_not_said(self):
        verdict = self.rate("in one week", "false")
        workflow.retract(verdict, by=self.rashid, reason="The date was misread.")
        self.assertEqual(self.status(), NOT_CHECKED)

    def test_of_articles_that_are_not_public_nothing_is_known(self):
        claim = make_claim(article=self.article, words="in one week")
        make_verdict(claim, "false")
        later = time_at("2031-01-01 00:00")
        draft = make_article("A draft says in one week", published=False)
        waiting = make_article("Waiting says in one week", public_from=later)
        for article in (draft, waiting):
            place(claim, article, "in one week")
            self.assertEqual(self.status(article), NOT_CHECKED)
        self.assertTrue(statuses_for([waiting], at=later)[waiting.pk].says)
        editing.withdraw(self.article, by=self.noor, reason="It was a copy.")
        self.assertEqual(self.status(), NOT_CHECKED)


class ManyArticlesTests(StatusCase):
    def test_one_query_for_one_article_or_for_sixty(self):
        articles = [make_article(f"Base {number} was handed over in one week") for number in range(60)]
        claim = make_claim()
        for article in articles:
            place(claim, article, "in one week")
        show_checking(claim)
        make_verdict(claim, "contradicted")
        for number in (1, 60):
            with self.subTest(articles=number), self.assertNumQueries(1):
                found = statuses_for(articles[:number], timezone.now())
                self.assertEqual(len([status for status in found.values() if status.marks]), number)

    def test_an_empty_list_asks_nothing(self):
        with self.assertNumQueries(0):
            self.assertEqual(statuses_for([]), {})
