"""An article's past: which versions readers may read, at which addresses, and what each says of itself."""

from django.test import TestCase

from articles import editing
from articles.models import Article
from tests.desk import Cast
from tests.factories import clock, make_article, revise


def article_with_a_past(**details) -> Article:
    """Version 1 public from 7 April, 2 never, 3 from 8 April, 4 waiting at the desk."""
    with clock("2020-04-07 09:00"):
        article = make_article(paragraphs=["Six bases were left in a week."], public_from=None, **details)
    with clock("2020-04-07 12:00"):
        revise(article, live=False, paragraphs=["Words nobody read."])
    with clock("2020-04-08 09:00"):
        revise(article, paragraphs=["Six bases were left in three weeks."])
    with clock("2020-04-09 09:00"):
        revise(article, live=False, headline="A headline that waits", paragraphs=["Words that wait."])
    return article


class AddressTests(Cast, TestCase):
    """The same rules hold at each address of an article's past."""

    PLACES = ("history/", "v/1/", "v/3/", "v/1.txt")

    def test_only_what_was_public_is_found_and_in_one_spelling(self):
        base = article_with_a_past().get_absolute_url()
        for place in self.PLACES:
            with self.subTest(place):
                self.assertEqual(self.amna.get(base + place).status_code, 200)
                self.assertEqual(self.amna.post(base + place).status_code, 405)
        for place in (
            "v/2/",
            "v/4/",
            "v/5/",
            "v/0/",
            "v/01/",
            "v/999999/",
            "v/9999999/",
            "v/2.txt",
            "v/4.txt",
        ):
            with self.subTest(place):
                answer = self.amna.get(base + place)
                self.assertEqual(answer.status_code, 404)
                self.assertNotContains(answer, "wait", status_code=404)

    def test_wrong_words_in_the_address_lead_to_the_right_ones(self):
        article = article_with_a_past()
        for place in self.PLACES:
            with self.subTest(place):
                answer = self.amna.get(f"/ur/articles/{article.number}-other/{place}?a=1")
                self.assertEqual(answer.status_code, 301)
                self.assertEqual(answer["Location"], f"/ur{article.get_absolute_url()}{place}?a=1")

    def test_a_withdrawn_article_has_no_past_but_says_so_and_a_draft_has_none(self):
        article, draft = article_with_a_past(), make_article("A draft", published=False)
        for by_law, status in ((False, 410), (True, 451)):
            with clock("2020-04-10 09:00"):
                editing.withdraw(article, by=self.noor, reason="A person in it asked us to.", by_law=by_law)
            for place in self.PLACES:
                with self.subTest(place, status=status):
                    answer = self.amna.get(article.get_absolute_url() + place)
                    self.assertContains(answer, "A person in it asked us to.", status_code=status)
                    self.assertNotContains(answer, "three weeks", status_code=status)
                    self.assertEqual(self.amna.get(draft.get_absolute_url() + place).status_code, 404)
            with clock("2020-04-10 10:00"):
                editing.publish(article, by=self.noor)
