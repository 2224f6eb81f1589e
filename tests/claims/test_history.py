"""An article's past with its claims: the marks of each version are its own, and what became of each claim is told."""

import re

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from tests.claims.test_reading import part, words_of
from tests.desk import Cast
from tests.factories import make_article, make_claim, make_verdict, place, revise

BEFORE = [
    "Every base was hit. Nobody was hurt, an official said.",
    "Six bases were left in one week.",
    "A convoy crossed into Syria.",
    "The general spoke on Tuesday.",
]
AFTER = [
    "Several bases were hit. Nobody was hurt, an official said.",
    "Six bases were left in one week.",
    "The general spoke on Tuesday.",
]


class FateTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article("Bases left", BEFORE)
        for statement, words, rating in (
            ("Every base came under fire.", "Every base was hit", "false"),
            ("Nobody was hurt.", "Nobody was hurt", "true"),
            ("The bases were left within a week.", "in one week", "contradicted"),
            ("Bases were left.", "Bases left", "true"),
        ):
            make_verdict(make_claim(statement, article=self.article, words=words), rating)
        revise(self.article, paragraphs=AFTER)
        late = make_claim("The general spoke on Tuesday.")
        place(late, self.article, "on Tuesday")
        make_verdict(late, "unproven")
        self.url = self.article.get_absolute_url()

    def page(self, place: str = "history/") -> str:
        answer = self.amna.get(self.url + place)
        self.assertEqual(answer.status_code, 200)
        return answer.content.decode()

    def fates(self, html: str) -> dict[str, str]:
        found = part(html, 'class="fate-list"')
        items = [words_of(item) for item in re.findall(r"<li id.*?</li>", found, re.DOTALL)]
        return {re.sub(r"^\d+\. ", "", item).split(".")[0]: item for item in items}

    def test_what_became_of_each_claim_is_told_in_words(self):
        fates = self.fates(self.page())
        self.assertEqual(len(fates), 5)
        for claim, words in (
            ("Bases were left", "Carried: the same words stand in version 2."),
            (
                "Every base came under fire",
                "Gone: its words stand no more in version 2.",
            ),
            ("The general spoke on Tuesday", "It was marked after version 1."),
        ):
            with self.subTest(claim):
                self.assertIn(words, fates[claim])
        told = fates["Every base came under fire"]
        self.assertIn("Version 1: False (paragraph 1)", told)
        self.assertIn("Version 2: Words changed verdict was False", told)

    def test_each_side_carries_the_marks_of_its_own_version(self):
        old, new = self.page().split('class="side-by"')[1:3]
        self.assertIn('<mark class="false"><del>', old)
        self.assertNotIn('<mark class="false"', new)
        self.assertIn('href="#fate-', old)

    def test_an_earlier_version_carries_its_own_marks_and_never_those_of_another(self):
        first, second = self.page("v/1/"), self.page("v/2/")
        self.assertIn('<mark class="false"', first)
        self.assertNotIn('<mark class="false"', second)
        self.assertNotIn('<mark class="unproven"', first)
        self.assertIn('<mark class="unproven"', second)
        self.assertNotIn("The general spoke on Tuesday.</p><p", first)
        self.assertIn("Words changed", second)

    def test_what_readers_may_not_know_of_claims_they_do_not_learn_here(self):
        hidden = make_claim("A flag nobody approved.", article=self.article, words="an official said")
        make_verdict(hidden, "false", published=False)
        for place_ in ("history/", "history/?old=1&new=2", "v/1/", "v/2/"):
            with self.subTest(place_):
                self.assertNotIn("A flag nobody approved", self.page(place_))

    def test_words_that_are_not_ours_to_show_stay_hidden_beside_the_claims(self):
        for rights in ("quotes", "none"):
            Article.objects.filter(pk=self.article.pk).update(rights=rights)
            with self.subTest(rights):
                html = self.page("history/?old=1&new=2")
                self.assertIn("What became of the claims", html)
                for words in (
                    "Every base was hit",
                    "Several bases",
                    "crossed into Syria",
                    "an official said",
                ):
                    self.assertNotIn(words, html)
        first = self.page("v/1/")
        for words in ("Every base was hit", "crossed into Syria", "an official said"):
            self.assertNotIn(words, first)

    def test_without_claims_the_page_says_nothing_of_them(self):
        article = make_article("Nothing was checked here", BEFORE)
        revise(article, paragraphs=AFTER)
        html = self.amna.get(f"{article.get_absolute_url()}history/").content.decode()
        self.assertNotIn("What became of the claims", html)


class QueryTests(Cast, TestCase):
    def test_no_claim_or_sixty_cost_the_same(self):
        counts = []
        for claims in (0, 60):
            paragraphs = [f"Paragraph {number} says so." for number in range(60)]
            article = make_article(f"With {claims} claims", paragraphs)
            for number in range(claims):
                claim = make_claim(f"{number} of {claims}", article=article, words=f"Paragraph {number} says")
                make_verdict(claim, "false")
            revise(article, paragraphs=[*paragraphs[:50], "Changed.", *paragraphs[50:]])
            urls = [article.get_absolute_url() + place for place in ("history/", "v/1/")]
            counts.append([self.queries(url) for url in urls])
        self.assertEqual(counts, [[4, 8], [4, 8]])

    def queries(self, url: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            self.assertEqual(self.amna.get(url).status_code, 200)
        return len(counted)
