"""The acts of the archive: entering, revising, publishing and withdrawing articles."""

import re
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

from articles import editing
from articles.models import Article, ArticleVersion
from newsroom.core.hygiene import TextRefused
from newsroom.core.identity import next_number, number_of
from newsroom.core.models import LedgerEntry
from tests.desk import Cast
from tests.factories import HEADLINE, PARAGRAPHS, make_article, make_words, revise, time_at
from tests.test_architecture import ROOT, modules


def verbs_of(article: Article) -> list[str]:
    return list(LedgerEntry.objects.about(article).order_by("id").values_list("verb", flat=True))


class EnteringTests(Cast, TestCase):
    def test_a_new_article_is_a_draft_with_its_first_version(self):
        article = make_article(published=False)
        self.assertEqual(article.state, Article.State.DRAFT)
        self.assertIsNone(article.live_version)
        self.assertEqual(article.latest_version.number, 1)
        self.assertEqual(article.headline, HEADLINE)
        self.assertEqual(article.latest_version.body_text, "\n\n".join(PARAGRAPHS))
        self.assertEqual(verbs_of(article), ["article.create"])

    def test_an_article_without_a_printed_date_is_sorted_by_the_day_it_was_entered(self):
        article = make_article(published=False, printed_date=None)
        self.assertEqual(article.sort_date, timezone.localdate(article.created_at))
        self.assertEqual(article.printed_precision, "unknown")

    def test_a_date_without_its_precision_is_refused_by_the_database(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            make_article(published=False, printed_precision="unknown")

    def test_words_that_cannot_be_stored_are_refused_before_anything_is_written(self):
        for headline in ("", "   ", "x" * 301, "Six\x00bases", "Six \u202ebases"):
            with self.subTest(headline=headline[:12]), self.assertRaises(TextRefused):
                make_words(headline)
        self.assertEqual(Article.objects.count(), 0)

    def test_the_slug_keeps_the_letters_of_its_script(self):
        self.assertEqual(editing.slug_for("عراق میں چھٹا اڈا خالی"), "عراق-میں-چھٹا-اڈا-خالی")
        self.assertEqual(editing.slug_for("?!"), "article")

    def test_an_article_whose_number_is_taken_gets_the_next(self):
        outlet = make_article(published=False).outlet
        late = Article(headline="Late", outlet=outlet)
        Article(headline="In the way", outlet=outlet, number=number_of(late.uid)).save()
        late.save()
        self.assertEqual(late.number, next_number(number_of(late.uid)))


class RevisingTests(Cast, TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article()

    def save(self, words, **more):
        more = {"by": self.bilal, "base": 1, "reason": "The agency corrected it.", **more}
        return editing.save_version(self.article, words, **more)

    def test_the_same_words_make_no_version(self):
        self.assertIsNone(self.save(make_words()))
        self.assertEqual(self.article.versions.count(), 1)
        self.assertNotIn("article.revise", verbs_of(self.article))

    def test_changed_words_make_the_next_version_which_readers_do_not_see_yet(self):
        new = self.save(make_words("Coalition hands over sixth base"))
        self.article.refresh_from_db()
        self.assertEqual((new.number, new.author, new.reason), (2, self.bilal, "The agency corrected it."))
        self.assertEqual(self.article.latest_version, new)
        self.assertEqual(self.article.live_version.number, 1)
        self.assertEqual(self.article.headline, HEADLINE)

    def test_a_changed_dateline_alone_makes_a_version(self):
        self.assertEqual(self.save(make_words(dateline="BAGHDAD, Tuesday")).number, 2)

    def test_a_public_article_is_not_changed_without_a_reason(self):
        with self.assertRaisesMessage(editing.EditingRefused, "Say why"):
            self.save(make_words("Another headline"), reason="  ")
        self.assertEqual(self.article.versions.count(), 1)

    def test_a_draft_is_changed_without_a_reason(self):
        draft = make_article("A draft", published=False)
        new = editing.save_version(draft, make_words("A better draft"), by=self.bilal, base=1)
        self.assertEqual(new.number, 2)

    def test_words_written_over_an_older_version_are_refused_and_name_who_was_faster(self):
        self.save(make_words("Bilal's headline"))
        with self.assertRaises(editing.StaleEdit) as caught:
            self.save(make_words("Noor's headline"), by=self.noor)
        self.assertEqual(caught.exception.newest.number, 2)
        self.assertIn("Bilal Ahmed", str(caught.exception))
        self.assertEqual(self.article.versions.count(), 2)

    def test_going_live_moves_the_pointer_and_the_copied_headline(self):
        new = self.save(make_words("Coalition hands over sixth base"))
        editing.go_live(new, by=self.rashid)
        self.article.refresh_from_db()
        self.assertEqual((self.article.live_version, self.article.headline), (new, new.headline))
        self.assertIsNotNone(self.article.changed_at)
        self.assertEqual(verbs_of(self.article)[-1], "article.go-live")

    def test_a_minor_change_leaves_the_day_of_the_last_change_alone(self):
        editing.go_live(self.save(make_words(dateline="BAGHDAD"), minor=True), by=self.rashid)
        self.article.refresh_from_db()
        self.assertIsNone(self.article.changed_at)

    def test_a_change_of_substance_is_not_called_minor(self):
        with self.assertRaisesMessage(editing.EditingRefused, "this change is not minor"):
            self.save(make_words(f"{HEADLINE}."), minor=True)
        self.assertEqual(self.article.versions.count(), 1)

    def test_a_change_of_form_is_minor_only_where_the_editor_says_so(self):
        self.assertFalse(self.save(make_words(dateline="BAGHDAD")).minor)
        self.assertTrue(self.save(make_words(dateline="ERBIL"), base=2, minor=True).minor)

    def test_a_minor_version_that_goes_live_over_one_of_substance_says_that_the_article_changed(self):
        self.save(make_words("Another headline"))
        newest = self.save(make_words("Another  headline", dateline="BAGHDAD"), base=2, minor=True)
        editing.go_live(newest, by=self.rashid)
        self.article.refresh_from_db()
        self.assertIsNotNone(self.article.changed_at)

    def test_an_older_version_never_goes_live_again(self):
        old = self.article.latest_version
        editing.go_live(self.save(make_words("New")), by=self.rashid)
        with self.assertRaises(editing.EditingRefused):
            editing.go_live(old, by=self.rashid)

    def test_details_change_without_a_version(self):
        self.article.language = "ur"
        editing.set_details(self.article, by=self.noor, changed=["language"])
        self.article.refresh_from_db()
        self.assertEqual((self.article.language, self.article.direction), ("ur", "rtl"))
        self.assertEqual(self.article.versions.count(), 1)
        self.assertEqual(verbs_of(self.article)[-1], "article.details")


class EveryWayInTests(TestCase):
    """Versions are made in one place, so that none is made without author, time and reason."""

    def test_only_editing_makes_articles_and_versions(self):
        rows = r"(?:Article|ArticleVersion)\.objects|\bversions"
        makes = re.compile(
            rf"\b(?:Article|ArticleVersion)\(|(?:{rows})\.(?:bulk_|get_or_|update_or_)?create\("
        )
        makers = {
            str(path.relative_to(ROOT))
            for path in modules()
            if "migrations" not in path.parts
            for line in path.read_text().splitlines()
            if makes.search(line) and not line.startswith("class ")
        }
        self.assertEqual(makers, {"articles/editing.py"})


class PublishingTests(Cast, TestCase):
    def test_an_article_is_public_from_its_time_on_without_a_clock_job(self):
        later = time_at("2020-04-09 06:00")
        article = make_article(published=False)
        editing.publish(article, by=self.noor, public_from=later)
        before, after = later - timedelta(seconds=1), later
        self.assertFalse(article.is_public(at=before))
        self.assertTrue(article.is_public(at=after))
        self.assertFalse(Article.objects.public(at=before).exists())
        self.assertTrue(Article.objects.public(at=after).exists())

    def test_a_published_article_is_not_published_again(self):
        article = make_article()
        with self.assertRaises(editing.EditingRefused):
            editing.publish(article, by=self.noor)

    def test_withdrawing_needs_a_reason_that_readers_see(self):
        article = make_article()
        with self.assertRaises(editing.EditingRefused):
            editing.withdraw(article, by=self.noor, reason=" ")
        editing.withdraw(article, by=self.noor, reason="The agency withdrew the story.")
        self.assertEqual(article.state, Article.State.WITHDRAWN)
        self.assertFalse(Article.objects.public().exists())
        self.assertTrue(Article.objects.withdrawn().exists())
        self.assertEqual(verbs_of(article)[-1], "article.withdraw")

    def test_a_draft_is_not_withdrawn(self):
        with self.assertRaises(editing.EditingRefused):
            editing.withdraw(make_article(published=False), by=self.noor, reason="No longer needed.")

    def test_a_withdrawn_article_that_is_published_again_keeps_its_first_day(self):
        article = make_article()
        first = article.first_published_at
        editing.withdraw(article, by=self.noor, reason="By mistake.")
        editing.publish(article, by=self.noor)
        self.assertEqual((article.first_published_at, article.withdrawn_reason), (first, ""))


class ImmutabilityTests(Cast, TestCase):
    """The database refuses what no act of the archive does; tests/core/test_guards.py tries every door."""

    def test_a_version_is_never_changed_nor_deleted(self):
        version = make_article().live_version
        for act in (
            lambda: ArticleVersion.objects.filter(pk=version.pk).update(headline="Another"),
            lambda: ArticleVersion.objects.filter(pk=version.pk).update(body_text="Another"),
            lambda: ArticleVersion.objects.filter(pk=version.pk)._raw_delete("default"),
        ):
            with self.assertRaises(IntegrityError), transaction.atomic():
                act()
        version.save()  # equal values pass, as when a fixture is loaded again

    def test_an_article_never_shows_the_version_of_another(self):
        article, other = make_article(), make_article("Another article")
        with self.assertRaisesMessage(IntegrityError, "its own versions"), transaction.atomic():
            Article.objects.filter(pk=article.pk).update(live_version=other.live_version)

    def test_revisions_leave_every_older_version_as_it_was(self):
        article = make_article()
        before = ArticleVersion.objects.filter(article=article).values().get()
        revise(article, headline="Another")
        self.assertEqual(ArticleVersion.objects.filter(article=article, number=1).values().get(), before)
