"""The list of withdrawn articles: day and reason for all, no headline where the law forbids it; and old addresses."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles import editing
from articles.models import Article
from tests.desk import Cast
from tests.factories import clock, make_article, revise, time_at

LIST = "/articles/withdrawn/"


class WithdrawnListTests(Cast, TestCase):
    def withdraw(self, headline: str, day: int, *, by_law: bool = False, **details) -> Article:
        article = make_article(headline, **details)
        with clock(f"2020-05-{day:02} 09:00"):
            editing.withdraw(article, by=self.noor, reason=f"Reason of {day} May.", by_law=by_law)
        return article

    def test_the_last_withdrawn_stands_first_with_its_day_its_reason_and_its_address(self):
        older = self.withdraw("Withdrawn first", 2)
        newer = self.withdraw("Withdrawn last", 9)
        make_article("Still public")
        page = self.amna.get(LIST)
        self.assertEqual(list(page.context["articles"]), [newer, older])
        for words in ("Reason of 2 May.", "9 May 2020", older.get_absolute_url()):
            self.assertContains(page, words)
        self.assertNotContains(page, "Still public")
        self.assertEqual(self.amna.get(older.get_absolute_url()).status_code, 410)

    def test_what_the_law_forbids_is_listed_without_its_headline_and_without_the_words_of_its_address(self):
        article = self.withdraw("Forbidden words", 2, by_law=True)
        page = self.amna.get(LIST)
        self.assertContains(page, "An article that the law forbids us to show")
        self.assertContains(page, "Reason of 2 May.")
        self.assertContains(page, f'href="/articles/{article.number}/"')
        for hidden in ("Forbidden", "forbidden-words"):
            self.assertNotContains(page, hidden)
        answer = self.amna.get(f"/articles/{article.number}/")
        self.assertEqual(answer.status_code, 451)
        self.assertNotContains(answer, "orbidden", status_code=451)

    def test_drafts_and_articles_withdrawn_before_anybody_could_read_them_are_not_listed(self):
        make_article("A draft", published=False)
        self.withdraw("Never public", 2, public_from=time_at("2099-01-01"))
        self.assertContains(self.amna.get(LIST), "Nothing was withdrawn")

    def test_words_saved_after_the_withdrawal_stay_at_the_desk(self):
        article = self.withdraw("As it was read", 2)
        revise(article, live=False, headline="Saved later")
        page = self.amna.get(LIST)
        self.assertContains(page, "As it was read")
        self.assertNotContains(page, "Saved later")

    def test_an_article_published_again_leaves_the_list(self):
        article = self.withdraw("Published again", 2)
        editing.publish(article, by=self.noor)
        self.assertNotContains(self.amna.get(LIST), "Published again")

    def test_the_list_comes_in_pages_of_as_many_queries_whatever_stands_in_it(self):
        self.withdraw("Number 1", 1)
        few = self.queries_of(LIST)
        for day in range(2, 32):
            self.withdraw(f"Number {day}", day)
        self.assertEqual(self.queries_of(LIST), few)
        page = self.amna.get(LIST)
        beyond = self.amna.get(LIST + page.context["older"])
        numbers = [each.headline for each in (*page.context["articles"], *beyond.context["articles"])]
        self.assertEqual(numbers, [f"Number {day}" for day in range(31, 0, -1)])

    def test_parameters_that_the_list_does_not_know_are_answered_400(self):
        for query in ("?q=x", "?after=x", "?before=2020-05-01", "?after=1&before=2"):
            with self.subTest(query=query):
                self.assertContains(self.amna.get(LIST + query), "The whole list", status_code=400)

    def test_the_archive_leads_to_it(self):
        self.assertContains(self.amna.get("/articles/"), f'href="{LIST}"')

    def queries_of(self, address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as taken:
            self.assertEqual(self.amna.get(address).status_code, 200)
        return len(taken)


class OldAddressTests(Cast, TestCase):
    """The number decides: whatever words an address had once, it leads to the article."""

    def test_an_address_with_words_of_a_headline_or_a_slug_of_before_leads_to_the_one_of_now(self):
        article = make_article("First headline")
        first = article.get_absolute_url()
        revise(article, headline="Second headline")
        self.assertEqual(self.amna.get(first).status_code, 200)
        article.slug = "renamed"
        editing.set_details(article, by=self.noor, changed=["slug"])
        renamed = f"/articles/{article.number}-renamed/"
        for old in (first, f"/articles/{article.number}-second-headline/", f"/articles/{article.number}/"):
            with self.subTest(old=old):
                self.assertRedirects(self.amna.get(old), renamed, status_code=301)
        self.assertRedirects(self.amna.get(f"/ur{first}"), f"/ur{renamed}", status_code=301)

    def test_an_old_address_of_what_nobody_may_read_leads_nowhere(self):
        draft = make_article("A draft", published=False)
        taken = make_article("Taken back")
        editing.withdraw(taken, by=self.noor, reason="It was a copy.")
        for article, status in ((draft, 404), (taken, 410)):
            for words in ("-other-words", ""):
                with self.subTest(article=article, words=words):
                    answer = self.amna.get(f"/articles/{article.number}{words}/")
                    self.assertEqual(answer.status_code, status)
                    self.assertNotContains(answer, article.slug, status_code=status)
