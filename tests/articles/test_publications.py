"""What was public when: one row for each version that readers saw, written by the acts alone."""

from datetime import timedelta

from django.db import DatabaseError, transaction
from django.test import TestCase
from django.utils import timezone

from articles import editing
from articles.models import Article, ArticleVersion, Publication
from tests.desk import Cast
from tests.factories import clock, make_article, revise, time_at


def seen(article: Article, at: str) -> list[tuple[int, str]]:
    """The versions whose history is public then, with the time from which each was, newest last."""
    found = ArticleVersion.objects.filter(article=article).public(time_at(at)).order_by("number")
    return [(version.number, f"{version.public_since:%Y-%m-%d %H:%M}") for version in found]


class PublicationTests(Cast, TestCase):
    def draft(self, **details) -> Article:
        with clock("2020-04-07 08:00"):
            return make_article(published=False, **details)

    def test_a_draft_was_never_public(self):
        article = self.draft()
        self.assertEqual(seen(article, "2020-05-01 08:00"), [])
        self.assertFalse(Publication.objects.exists())

    def test_every_version_that_went_live_says_since_when_and_one_that_did_not_is_left_out(self):
        article = self.draft()
        with clock("2020-04-07 09:00"):
            editing.publish(article, by=self.noor)
        revise(article, live=False, paragraphs=["Never read by anybody."])
        with clock("2020-04-08 09:00"):
            revise(article, paragraphs=["Six bases were left."])
        self.assertEqual(
            seen(article, "2020-05-01 08:00"), [(1, "2020-04-07 09:00"), (3, "2020-04-08 09:00")]
        )

    def test_what_waits_for_its_time_is_public_from_that_time_on_in_its_last_words_alone(self):
        article = self.draft()
        with clock("2020-04-07 09:00"):
            editing.publish(article, by=self.noor, public_from=time_at("2020-04-09 06:00"))
        with clock("2020-04-08 09:00"):
            revise(article, paragraphs=["Changed before anybody read it."])
        self.assertEqual(seen(article, "2020-04-09 05:59"), [])
        self.assertEqual(seen(article, "2020-04-09 06:00"), [(2, "2020-04-09 06:00")])

    def test_a_withdrawn_article_has_no_public_history_and_has_it_again_once_it_is_back(self):
        article = self.draft()
        with clock("2020-04-07 09:00"):
            editing.publish(article, by=self.noor)
        with clock("2020-04-08 09:00"):
            editing.withdraw(article, by=self.noor, reason="By mistake.")
        self.assertEqual(seen(article, "2020-04-08 10:00"), [])
        with clock("2020-04-10 09:00"):
            editing.publish(article, by=self.noor)
        self.assertEqual(seen(article, "2020-05-01 08:00"), [(1, "2020-04-07 09:00")])

    def test_a_planned_time_that_was_withdrawn_before_it_came_was_no_publication(self):
        article = self.draft()
        with clock("2020-04-07 09:00"):
            editing.publish(article, by=self.noor, public_from=time_at("2020-06-01 06:00"))
            editing.withdraw(article, by=self.noor, reason="Not yet sure.")
        with clock("2020-04-10 09:00"):
            editing.publish(article, by=self.noor)
        self.assertEqual(seen(article, "2020-04-11 09:00"), [(1, "2020-04-10 09:00")])
        self.assertEqual(article.first_published_at, time_at("2020-04-10 09:00"))

    def test_history_costs_one_query(self):
        article = make_article()
        for number in range(20):
            revise(article, paragraphs=[f"Version {number}."])
        with self.assertNumQueries(1):
            list(ArticleVersion.objects.filter(article=article).public().without_text())

    def test_the_database_keeps_what_was_public_when(self):
        row = Publication.objects.get(article=make_article())
        other = make_article("Another paper's story")
        stranger = Publication(article=other, version=row.version, public_from=timezone.now())
        for act in (
            lambda: Publication.objects.update(public_from=row.public_from - timedelta(days=1)),
            lambda: Publication.objects.all()._raw_delete("default"),
            stranger.save,
        ):
            with self.assertRaises(DatabaseError), transaction.atomic():
                act()
