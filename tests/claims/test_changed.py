"""What readers are told where checked words changed: when, which version was checked; never a version nobody saw."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles import editing
from articles.models import Article
from claims import moved, workflow
from claims.models import Claim, Placement
from claims.notes import nearest_surviving
from tests.desk import Cast
from tests.factories import clock, make_article, make_claim, make_verdict, place, revise, teaser

from .test_claim_page import words_of as spoken
from .test_moved import shown
from .test_reading import page_of, words_of

TEXT = [
    "The base west of the capital was handed over on Tuesday.",
    "Six bases were handed over in the past few weeks. Nobody said why.",
    "The army did not say where it goes next.",
]
CHANGED = [TEXT[0], TEXT[1].replace("Six", "Five"), TEXT[2]]
AROUND = [TEXT[0], TEXT[1].replace("Nobody", "A general"), TEXT[2]]
WORDS = "Six bases were handed over"


class OneClaim(Cast):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article("Bases handed over", TEXT)
        cls.claim = make_claim("Six bases were handed over.", article=cls.article, words=WORDS)
        make_verdict(cls.claim, "false", finding="There were five.")

    def revise(self, day, paragraphs, *, live=True):
        with clock(day):
            return revise(self.article, live=live, paragraphs=paragraphs)

    def row(self, number=1) -> str:
        return page_of(self.article, self.amna).split('<div class="row numbered">')[number + 1]

    def claims_page(self) -> str:
        return self.amna.get(self.claim.get_absolute_url()).content.decode()

    def version_address(self, number) -> str:
        return f"{self.article.get_absolute_url()}v/{number}/"


class ReaderTests(OneClaim, TestCase):
    def test_changed_words_are_told_with_the_day_and_lead_to_the_version_that_was_checked(self):
        self.revise("2020-04-12 09:00", CHANGED)
        told = "The words checked here were changed on 12 April 2020; see the version that was checked"
        row = self.row()
        self.assertIn(told, words_of(row).replace(" , ", ", "))
        self.assertIn(f'<a href="{self.version_address(1)}">see the version that was checked</a>', row)
        self.assertIn(", of 8 April 2020.", row)
        self.assertEqual(self.amna.get(self.version_address(1)).status_code, 200)

    def test_so_it_is_where_the_surroundings_changed_and_the_verdict_is_not_current(self):
        self.revise("2020-04-12 09:00", AROUND)
        row = self.row()
        self.assertIn("what surrounds them was changed on 12 April 2020", row)
        self.assertIn(f'href="{self.version_address(1)}"', row)
        self.assertIn('<mark class="words-changed"', row)
        self.assertNotIn('class="note false"', row)
        self.assertIn("verdict was False", row)

    def test_the_day_is_when_readers_first_saw_other_words_whatever_was_saved_in_between(self):
        self.revise("2020-04-10 09:00", CHANGED, live=False)
        self.revise("2020-04-12 09:00", [*CHANGED, "One more."])
        self.revise("2020-04-14 09:00", [*CHANGED, "One more.", "And one more."])
        self.assertIn("were changed on 12 April 2020", self.row())

    def test_the_claims_own_page_says_the_same(self):
        self.revise("2020-04-12 09:00", CHANGED)
        html = self.claims_page()
        self.assertIn("The words checked here were changed on 12 April 2020", html)
        self.assertIn(f'href="{self.version_address(1)}"', html)
        self.assertIn(WORDS, html)

    def test_lists_and_read_more_lines_do_not_show_the_verdict_as_current(self):
        other = make_article("Another story", ["Text.", teaser(self.article.headline)])
        for paragraphs in (CHANGED, AROUND):
            self.revise("2020-04-12 09:00", paragraphs)
            for url in ("/articles/", "/", "/search/?q=bases", other.get_absolute_url()):
                with self.subTest(url=url, text=paragraphs[1]):
                    html = self.amna.get(url).content.decode()
                    says = [line for line in html.splitlines() if "verdict was False" in line]
                    self.assertTrue(says)
                    for line in says:
                        self.assertIn('href="#m-words-changed"', line)
                        self.assertNotIn('href="#m-false"', line)

    def test_once_confirmed_it_is_current_again_and_nothing_is_told_of_the_change(self):
        version = self.revise("2020-04-12 09:00", AROUND)
        appearance = self.claim.appearances.get()
        moved.confirm(version, [shown(appearance)], by=self.sana)
        row = self.row()
        self.assertIn('<mark class="false"', row)
        self.assertNotIn("was changed", row)

    def test_changed_again_after_it_was_confirmed_the_confirmed_version_is_the_checked_one(self):
        version = self.revise("2020-04-12 09:00", AROUND)
        moved.confirm(version, [shown(self.claim.appearances.get())], by=self.sana)
        self.revise("2020-04-14 09:00", [AROUND[0], AROUND[1].replace("A general", "A private"), AROUND[2]])
        row = self.row()
        self.assertIn("was changed on 14 April 2020", row)
        self.assertIn(f'href="{self.version_address(2)}"', row)

    def test_a_denial_whose_words_changed_says_so(self):
        workflow.set_role(self.claim.appearances.get(), "denies", by=self.sana)
        self.revise("2020-04-12 09:00", CHANGED)
        self.assertIn(
            "The words checked here were changed on 12 April 2020", page_of(self.article, self.amna)
        )


class NeverPublicTests(Cast, TestCase):
    """The words were checked in a draft, and changed before anybody could read them."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article("Bases handed over", TEXT, published=False)
        cls.claim = make_claim("Six bases were handed over.", article=cls.article, words=WORDS)
        make_verdict(cls.claim, "false")
        revise(cls.article, live=False, paragraphs=CHANGED)
        editing.publish(cls.article, by=cls.noor)

    def test_readers_learn_that_the_words_were_changed_and_no_more(self):
        for html in (
            page_of(self.article, self.amna),
            self.amna.get(self.claim.get_absolute_url()).content.decode(),
        ):
            self.assertIn("The words checked here were changed.", html)
            self.assertNotIn("/v/1/", html)
            self.assertNotIn("They were:", html)
            printed = html.replace(self.claim.statement, "").replace(f"“{self.claim.statement}”", "")
            self.assertNotIn(f"<q>{WORDS}", printed)
            self.assertNotIn(f">{WORDS}</mark>", printed)

    def test_its_version_is_no_page(self):
        self.article.refresh_from_db()
        self.assertEqual(self.amna.get(f"{self.article.get_absolute_url()}v/1/").status_code, 404)


class NearestTests(OneClaim, TestCase):
    def test_a_paragraph_that_was_rewritten_is_told_of_in_its_place(self):
        self.revise("2020-04-12 09:00", [TEXT[0], "Everything is otherwise.", TEXT[2]])
        self.assertIn("The words checked here were changed", self.row(1))

    def test_a_paragraph_that_went_is_told_of_beside_one_of_its_neighbours(self):
        self.revise("2020-04-12 09:00", [TEXT[0], TEXT[2]])
        self.assertIn("The words checked here were changed", self.row(0) + self.row(1))

    def test_where_the_paragraph_belongs(self):
        old = "One.\n\nTwo.\n\nThree."
        table = {
            "One.\n\nNew.\n\nThree.": 6,
            "One.\n\nThree.": 0,
            "One.": 0,
            "New.\n\nThree.": 6,
            "Quite.\n\nOther.": None,
            "One.\n\nOne.\n\nX": None,
        }
        for new, found in table.items():
            with self.subTest(new):
                self.assertEqual(nearest_surviving(old, 6, new), found)


class WithdrawnTests(OneClaim, TestCase):
    def withdraw(self, **how):
        with clock("2020-04-20 09:00"):
            editing.withdraw(self.article, by=self.noor, reason="It was wrong.", **how)

    def test_the_claim_survives_and_says_that_it_was_printed_in_an_article_that_was_withdrawn(self):
        for by_law, status in ((False, 410), (True, 451)):
            with self.subTest(by_law=by_law):
                Article.objects.filter(pk=self.article.pk).update(state="published")
                self.withdraw(by_law=by_law)
                html = self.claims_page()
                self.assertIn("Printed in an article that was withdrawn on 20 April 2020", spoken(html))
                address = f"/articles/{self.article.number}/"
                self.assertIn(f'href="{address}"', html)
                self.assertEqual(self.amna.get(address).status_code, status)
                for words in (self.article.headline, self.article.slug, TEXT[0], "Nobody said why"):
                    self.assertNotIn(words, html)

    def test_nothing_is_said_of_a_draft_an_exempt_place_or_an_article_taken_back_before_it_was_public(self):
        before = self.claims_page()
        hidden = make_article("Hidden", [f"It says {WORDS}."], published=False)
        place(self.claim, hidden, WORDS)
        exempt = make_article("Satire", [f"It says {WORDS}."])
        workflow.exempt(place(self.claim, exempt, WORDS).appearance, by=self.rashid, reason="Satire.")
        unsure = make_article("Unsure", [f"It says {WORDS}."])
        place(self.claim, unsure, WORDS, match="unsure")
        for article in (exempt, unsure):
            editing.withdraw(article, by=self.noor, reason="Wrong.")
        self.assertEqual(self.claims_page(), before)


class QueryTests(Cast, TestCase):
    def queries(self, count: int, url) -> int:
        sentences = [f"Sentence number {n} stands here." for n in range(count)]
        article = make_article(f"Article with {count}", ["A beginning.", " ".join(sentences), "An end."])
        for n in range(count):
            claim = make_claim(f"Claim {n} of {count}", article=article, words=f"number {n} stands")
            make_verdict(claim, "false")
        revise(article, paragraphs=["A beginning.", "Quite other words.", "An end."])
        self.assertEqual(
            Placement.objects.standing().filter(version=article.live_version, start=None).count(), count
        )
        address = url(article)
        self.amna.get(address)
        with CaptureQueriesContext(connection) as caught:
            self.amna.get(address)
        return len(caught)

    def test_as_many_queries_for_a_hundred_changed_claims_as_for_one(self):
        found = {count: self.queries(count, Article.get_absolute_url) for count in (1, 100)}
        self.assertEqual(found[1], found[100])
        self.assertLessEqual(found[100], 9)

    def test_and_on_the_page_of_a_claim(self):
        def first_claim(article):
            return Claim.objects.filter(appearances__article=article).first().get_absolute_url()

        self.assertEqual(self.queries(1, first_claim), self.queries(30, first_claim))
