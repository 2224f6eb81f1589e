"""The front page: the latest verdict, what is being checked, the newest articles, the count, and a fresh install."""

from datetime import date
from unittest.mock import patch

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles import editing
from articles.models import Article
from claims import workflow
from newsroom.front import MOST_UNITS, marks_needed, verdict_count
from tests.desk import Cast
from tests.factories import (
    PARAGRAPHS,
    clock,
    make_article,
    make_claim,
    make_verdict,
    place,
    revise,
    teaser,
    time_at,
)


class FrontCase(Cast, TestCase):
    def front(self):
        response = self.amna.get("/")
        self.assertEqual(response.status_code, 200)
        return response


def rule(claim, rating: str = "contradicted", moment: str = "2020-04-12 09:00", **columns):
    with clock(moment):
        return make_verdict(claim, rating, **columns)


class FreshInstallTests(FrontCase):
    def test_an_empty_archive_has_a_whole_front_page(self):
        response = self.front()
        for words in (
            "No verdict yet",
            "Nothing is shown as being checked at the moment.",
            "No article has been published in this archive.",
            "None has been published.",
        ):
            with self.subTest(words=words):
                self.assertContains(response, words)

    def test_it_sets_no_cookie_and_asks_for_no_session(self):
        self.assertFalse(self.front().cookies)


class LeadTests(FrontCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.article = make_article()

    def clash(self, **columns):
        return rule(
            make_claim(article=self.article, words="sixth Iraqi base in one week"),
            qualifier="by its own text",
            clash_words="in one week",
            clash_against="in the past few weeks",
            clash_version=self.article.live_version,
            **columns,
        )

    def test_the_latest_verdict_opens_the_page_with_the_marked_headline_and_the_clash(self):
        rule(make_claim("Older.", article=self.article, words="No group"), "false", "2020-04-11 09:00")
        self.clash()
        response = self.front()
        self.assertContains(
            response, '<mark class="contradicted">sixth Iraqi base in one week</mark></a></h2>', html=False
        )
        self.assertContains(response, "<strong>Contradicted <bdi>by its own text</bdi></strong>")
        self.assertContains(response, '<span class="lab">The headline says</span><q>in one week</q>')
        self.assertContains(response, '<span class="lab">Paragraph 2 says</span><q>in the past few weeks</q>')
        self.assertContains(response, "This verdict stands beside the words in 1 place of the archive.")

    def test_every_place_the_verdict_stands_at_is_counted_and_no_other(self):
        verdict = self.clash()
        other = make_article("Convoy crosses", [teaser(self.article.headline), "Nobody denies it."])
        place(verdict.claim, other, "in one week", role="teaser")
        place(verdict.claim, other, "Nobody denies it", role="denies")
        draft = make_article("A draft in one week", published=False)
        place(verdict.claim, draft, "in one week")
        self.assertContains(self.front(), "This verdict stands beside the words in 2 places of the archive.")

    def test_the_other_side_of_a_clash_in_another_article_is_named_only_where_readers_may_read_it(self):
        other = make_article("The record", ["It took three weeks."], outlet="dpa")
        claim = make_claim(article=self.article, words="in one week")
        rule(
            claim,
            clash_words="in one week",
            clash_against="three weeks",
            clash_version=other.live_version,
        )
        self.assertContains(self.front(), '<span class="lab">“The record” says</span><q>three weeks</q>')
        editing.withdraw(other, by=self.noor, reason="It was a copy.")
        self.assertNotContains(self.front(), "three weeks")
        self.assertContains(self.front(), "<strong>Contradicted</strong>")

    def test_words_that_went_from_the_text_are_told_by_their_version(self):
        self.clash()
        revise(self.article, paragraphs=["Six bases were handed over."])
        self.assertContains(
            self.front(), '<span class="lab">Version 1 said</span><q>in the past few weeks</q>'
        )

    def test_words_that_moved_are_told_by_the_paragraph_they_stand_in_now(self):
        self.clash()
        revise(self.article, paragraphs=["First of all.", *PARAGRAPHS])
        self.assertContains(self.front(), '<span class="lab">Paragraph 3 says</span>')

    def test_by_its_own_text_is_not_said_beside_another_text(self):
        verdict = self.clash()
        other = make_article("Convoy crosses in one week", ["Text."])
        place(verdict.claim, other, "in one week")
        self.assertContains(self.front(), "by its own text")
        editing.withdraw(self.article, by=self.noor, reason="It was a copy.")
        self.assertNotContains(self.front(), "by its own text")

    def test_words_that_are_not_ours_to_show_are_not_set_face_to_face(self):
        self.clash()
        Article.objects.filter(pk=self.article.pk).update(rights="none")
        self.assertNotContains(self.front(), "past few weeks")

    def test_a_passage_that_is_not_ours_to_show_is_not_repeated(self):
        bare = make_article("Bare", ["Nobody was hurt."], rights="none")
        rule(make_claim("Nobody was.", article=bare, words="Nobody was hurt"), "unproven")
        response = self.front()
        self.assertNotContains(response, "Nobody was hurt")
        self.assertContains(response, "Bare")

    def test_a_claim_in_a_text_is_told_by_our_sentence_and_the_printed_words(self):
        rule(make_claim("No group did.", article=self.article, words="No group has claimed"), "unproven")
        response = self.front()
        self.assertContains(response, '<h2 class="asserted" id="latest">')
        self.assertContains(response, '<p class="passage"><q>No group has claimed</q></p>')
        self.assertNotContains(response, '<h2 class="hed"')

    def test_a_claim_printed_nowhere_public_is_told_by_our_sentence_alone(self):
        rule(make_claim("Said on the radio."), "false")
        response = self.front()
        self.assertContains(response, "Said on the radio.")
        self.assertNotContains(response, "This verdict stands beside")

    def test_a_headline_that_changed_is_not_marked_any_more(self):
        self.clash()
        revise(self.article, headline="Coalition hands over sixth Iraqi base in three weeks")
        self.assertNotContains(self.front(), "<mark")

    def test_a_verdict_under_review_opens_the_page_as_such(self):
        verdict = self.clash()
        workflow.reopen(verdict.claim, by=self.sana, reason="New dates came in.", shown=True)
        response = self.front()
        self.assertContains(response, "Under review <bdi>(verdict was Contradicted)</bdi>")
        self.assertNotContains(response, 'class="pair"')

    def test_a_verdict_that_stands_in_many_places_says_more_than_a_hundred(self):
        verdict = self.clash()
        with patch("newsroom.lead.MOST_PLACES", 1):
            place(verdict.claim, make_article("Copied in one week"), "in one week")
            self.assertContains(self.front(), "in more than 1 places of the archive.")

    def test_an_urdu_headline_keeps_its_language(self):
        article = make_article("عراق میں چھٹا اڈا ایک ہفتے میں خالی", language="ur")
        rule(make_claim("Urdu.", article=article, words="ایک ہفتے میں"), moment="2020-04-13 09:00")
        self.assertContains(self.front(), '<h2 class="hed" id="latest" lang="ur" dir="rtl">')

    def test_verdicts_nobody_approved_or_that_were_taken_back_do_not_open_the_page(self):
        make_verdict(make_claim("Proposed.", article=self.article, words="No group"), published=False)
        taken_back = rule(make_claim("Taken back.", article=self.article, words="past few weeks"))
        workflow.retract(taken_back, by=self.rashid, reason="The date was misread.")
        self.assertContains(self.front(), "No verdict yet")


class CheckingTests(FrontCase):
    def test_the_newest_checks_stand_beside_the_lead_with_their_notes(self):
        for number in range(8):
            with clock(f"2020-04-{10 + number} 09:00"):
                make_claim(f"Looked at {number}.", checking=True)
        make_claim("Flagged only.")
        response = self.front()
        shown = [entry.claim.statement for entry in response.context["front"].checking]
        self.assertEqual(shown, [f"Looked at {number}." for number in range(7, 1, -1)])
        self.assertContains(response, "17 April 2020")
        self.assertContains(response, '<a href="/claims/?checking=yes">')
        self.assertNotContains(response, "Flagged only.")

    def test_a_verdict_under_review_names_the_old_word(self):
        claim = make_claim("Looked at again.")
        rule(claim, "unproven")
        workflow.reopen(claim, by=self.sana, reason="New dates came in.", shown=True)
        self.assertContains(self.front(), "Its verdict is being looked at again: Unproven")


class NewestTests(FrontCase):
    def test_nine_articles_newest_first_without_the_one_that_opens_the_page(self):
        for day in range(1, 13):
            make_article(f"Of day {day}", ["Text."], printed_date=date(2020, 3, day))
        opening = make_article(printed_date=date(2020, 3, 31))
        rule(make_claim(article=opening, words="in one week"))
        stories = self.front().context["front"].stories
        self.assertEqual(
            [story.article.headline for story in stories], [f"Of day {day}" for day in range(12, 3, -1)]
        )

    def test_only_public_articles_and_each_with_its_status(self):
        make_article("A draft", published=False)
        make_article("Tomorrow's", public_from=time_at("2099-01-01 00:00"))
        article = make_article("Falsely headlined", ["Text."])
        rule(make_claim("False.", article=article, words="Falsely"), "false")
        rule(make_claim("Latest, on the radio."), "true", "2020-04-13 09:00")
        response = self.front()
        self.assertContains(response, "<strong>False</strong>: headline")
        self.assertNotContains(response, "draft")
        self.assertNotContains(response, "Tomorrow")


class VerdictCountTests(FrontCase):
    def test_one_mark_for_each_published_verdict_true_ones_first(self):
        for rating, number in (("false", 2), ("true", 3), ("unproven", 1)):
            for index in range(number):
                rule(make_claim(f"{rating} {index}"), rating)
        make_verdict(make_claim("Proposed."), "true", published=False)
        count = verdict_count()
        self.assertEqual(
            [(counted.rating.slug, counted.verdicts, len(counted.units)) for counted in count.ratings],
            [("true", 3, 3), ("false", 2, 2), ("unproven", 1, 1)],
        )
        response = self.front()
        self.assertContains(response, "Verdicts so far: 6")
        self.assertContains(response, "One mark, one verdict.")
        self.assertContains(response, '<a href="/claims/?rating=false">False</a>')

    def test_many_verdicts_share_a_mark_and_the_page_says_so(self):
        class Rating:
            def __init__(self, published):
                self.published = published

        ratings = [Rating(number) for number in (300, 1, 40)]
        self.assertEqual(marks_needed(ratings, 1), 341)
        self.assertEqual(marks_needed(ratings, 5), 60 + 1 + 8)
        self.assertLessEqual(marks_needed(ratings, 5), MOST_UNITS)


class QueryTests(FrontCase):
    def test_the_front_page_takes_seven_queries_however_much_there_is(self):
        make_article("Nobody looked at this")
        for number in (1, 60):
            for index in range(number):
                article = make_article(f"Notice {number} {index} of one week", outlet=f"Paper {index % 20}")
                claim = make_claim(f"Ruled {number} {index}.", article=article, words="one week")
                rule(claim, moment=f"2020-04-12 09:{index:02}")
            make_claim(f"Open {number}.", checking=True)
            with self.subTest(rows=number), CaptureQueriesContext(connection) as captured:
                self.front()
            self.assertEqual(len(captured), 7)
