"""The edit page stays small and quick, however much hangs on the article."""

from django.test import TestCase
from django.urls import reverse

from articles.models import ArticleLink, Byline, Contributor
from tests.articles.test_admin_pages import queries
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_claim, revise

MOST_BYTES = 60_000
MOST_QUERIES = 15


class SizeTests(Cast, TestCase):
    """An article with 100 claims, 30 versions, 20 links and 5 bylines."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article(
            paragraphs=[f"Base {number} was handed over on Tuesday." for number in range(100)],
            section="World",
            tags=["Iraq", "bases"],
        )
        for number in range(29):
            revise(cls.article, live=False, standfirst=f"What is known after {number} days.")
        for number in range(100):
            make_claim(
                f"Base {number} was handed over",
                article=cls.article,
                words=f"Base {number} was handed over",
                claimant=None,
            )
        other = make_article("Convoy crosses at dawn")
        for number in range(20):
            line = f"Convoy {number} crosses at dawn"
            ArticleLink.objects.create(article=cls.article, target=other, text=line)
        for number in range(5):
            writer = Contributor.objects.create(name=f"Writer {number}")
            Byline.objects.create(article=cls.article, contributor=writer, order=number + 1)
        cls.address = reverse("admin:articles_article_change", args=[cls.article.pk])

    def test_the_page_has_under_sixty_thousand_bytes(self):
        page = signed_in(self.rashid).get(self.address).content
        self.assertLess(len(page), MOST_BYTES)

    def test_the_page_takes_at_most_fifteen_queries(self):
        taken = queries(signed_in(self.rashid), self.address)
        self.assertLessEqual(len(taken), MOST_QUERIES, "\n".join(taken))
