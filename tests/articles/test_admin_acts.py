"""Publishing, making a version live and withdrawing at the desk: who may, what follows, what is refused."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleVersion, Correction
from newsroom.core.models import LedgerEntry
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_outlet, revise
from tests.forms import errors_of, fill_in, messages_of, send

LIST = "/admin/articles/article/"


def act(obj: Article | ArticleVersion, name: str) -> str:
    return reverse(f"admin:articles_{obj._meta.model_name}_act", args=[obj.pk, name])


def choose(client, action: str, *articles: Article, page=None):
    """Tick the articles on the list and press the action, with the fields that the list carries."""
    chosen = {"action": action, "_selected_action": [article.pk for article in articles], "index": "0"}
    return send(client, LIST, page or client.get(LIST), {**chosen, "select_across": "0"})


class PublishingTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(published=False)
        self.client = signed_in(self.rashid)

    def now(self) -> Article:
        return Article.objects.get(pk=self.article.pk)

    def test_an_article_is_published_now(self):
        answer = fill_in(self.client, act(self.article, "publish"), when="now")
        self.assertRedirects(answer, reverse("admin:articles_article_change", args=[self.article.pk]))
        self.assertTrue(self.now().is_public())
        self.assertEqual(LedgerEntry.objects.about(self.article).latest("id").verb, "article.publish")

    def test_an_article_is_published_from_a_time_on(self):
        later = timezone.localtime() + timedelta(days=2)
        fill_in(
            self.client,
            act(self.article, "publish"),
            when="later",
            public_from=later.strftime("%Y-%m-%dT%H:%M"),
        )
        article = self.now()
        self.assertEqual(article.state, "published")
        self.assertFalse(article.is_public())
        page = self.client.get(LIST)
        self.assertContains(page, "Nothing until")

    def test_a_time_that_is_missing_or_past_is_refused(self):
        for given, said in (("", "Give the day"), ("2020-01-01T10:00", "has passed"), ("soon", "valid date")):
            with self.subTest(given=given):
                answer = fill_in(self.client, act(self.article, "publish"), when="later", public_from=given)
                self.assertIn(said, errors_of(answer)["public_from"][0])
                self.assertEqual(self.now().state, "draft")

    def test_a_published_article_is_not_published_again(self):
        fill_in(self.client, act(self.article, "publish"), when="now")
        page = self.client.get(act(self.article, "publish"))
        self.assertContains(page, "published already")
        self.assertNotContains(page, "submit-row")
        answer = self.client.post(act(self.article, "publish"), {"when": "now"})
        self.assertIn("published already", str(errors_of(answer)))
        self.assertEqual(LedgerEntry.objects.filter(verb="article.publish").count(), 1)

    def test_a_new_version_goes_live_by_its_own_act(self):
        fill_in(self.client, act(self.article, "publish"), when="now")
        version = revise(self.article, live=False, headline="Coalition hands over a base")
        page = self.client.get(act(self.article, "go-live"))
        self.assertContains(page, "Readers see version 1 now. Version 2 takes its place.")
        fill_in(self.client, act(self.article, "go-live"))
        article = self.now()
        self.assertEqual((article.live_version, article.headline), (version, "Coalition hands over a base"))

    def test_a_version_goes_live_from_its_own_page_and_an_older_one_never(self):
        fill_in(self.client, act(self.article, "publish"), when="now")
        first = self.article.latest_version
        second = revise(self.article, live=False, headline="Coalition hands over a base")
        fill_in(self.client, act(second, "go-live"))
        self.assertEqual(self.now().live_version, second)
        answer = self.client.post(act(first, "go-live"))
        self.assertIn("An older version never goes live again.", answer.content.decode())
        self.assertEqual(self.now().live_version, second)

    def test_a_draft_has_no_version_that_goes_live(self):
        answer = self.client.post(act(self.article, "go-live"))
        self.assertContains(answer, "This article is not public")
        self.assertIsNone(self.now().live_version)

    def test_withdrawing_takes_a_reason_that_readers_see(self):
        fill_in(self.client, act(self.article, "publish"), when="now")
        refused = fill_in(self.client, act(self.article, "withdraw"))
        self.assertIn("required", errors_of(refused)["reason"][0])
        answer = fill_in(self.client, act(self.article, "withdraw"), reason="The agency took it back.")
        article = self.now()
        self.assertEqual((article.state, article.withdrawn_reason), ("withdrawn", "The agency took it back."))
        self.assertIn("is withdrawn.", messages_of(answer)[-1])

    def test_chosen_articles_are_published_from_the_list_and_each_refusal_is_told(self):
        public = make_article("The convoy")
        answer = choose(self.client, "publish_now", self.article, public)
        self.assertTrue(self.now().is_public())
        said = messages_of(answer)
        self.assertIn("The convoy: This article is published already.", said)
        self.assertIn("1 articles are public now.", said)

    def test_newest_versions_are_made_live_from_the_list(self):
        public = make_article("The convoy")
        version = revise(public, live=False, minor=True, dateline="LAHORE")
        choose(self.client, "make_live", public, self.article)
        self.assertEqual(Article.objects.get(pk=public.pk).live_version, version)
        self.assertEqual(self.now().state, "draft")

    def test_words_saved_after_the_list_was_loaded_are_not_made_public_and_the_row_is_told(self):
        waiting, other = make_article("The convoy"), make_article("Another draft", published=False)
        seen = revise(waiting, live=False, paragraphs=["More is known now."])
        page = self.client.get(LIST)
        revise(self.article, live=False, headline="Words that nobody saw")
        revise(waiting, live=False, paragraphs=["Nobody saw this either."])
        answer = choose(self.client, "publish_now", self.article, other, page=page)
        self.assertEqual(self.now().state, "draft")
        self.assertEqual(Article.objects.get(pk=other.pk).state, "published")
        said = " ".join(messages_of(answer))
        self.assertIn("Words that nobody saw: Noor Jahan saved version 2 after you loaded this page.", said)
        self.assertIn("1 articles are public now.", said)
        answer = choose(self.client, "make_live", waiting, page=page)
        self.assertIn("saved version 3 after you loaded this page", " ".join(messages_of(answer)))
        self.assertEqual(Article.objects.get(pk=waiting.pk).live_version.number, 1)
        self.assertEqual(seen.number, 2)

    def test_a_list_that_does_not_say_what_was_seen_makes_nothing_public(self):
        for seen in (None, "", "x", "0", "-1", "9" * 30):
            with self.subTest(seen=seen):
                given = {"action": "publish_now", "_selected_action": [self.article.pk]}
                given |= {} if seen is None else {f"seen_{self.article.pk}": seen}
                answer = self.client.post(LIST, given)
                self.assertIn("Load it again", " ".join(messages_of(answer)))
                self.assertEqual(self.now().state, "draft")

    def test_words_saved_while_the_page_of_an_act_stood_open_are_not_made_public(self):
        page = self.client.get(act(self.article, "publish"))
        revise(self.article, live=False, headline="Words that nobody saw")
        answer = send(self.client, act(self.article, "publish"), page, when="now")
        self.assertIn("saved version 2 after you loaded this page", str(errors_of(answer)))
        self.assertEqual(self.now().state, "draft")
        fill_in(self.client, act(self.article, "publish"), when="now")
        revise(self.article, live=False, headline="More words")
        page = self.client.get(act(self.article, "go-live"))
        revise(self.article, live=False, headline="Words that nobody saw either")
        answer = send(self.client, act(self.article, "go-live"), page)
        self.assertIn("saved version 4 after you loaded this page", str(errors_of(answer)))
        self.assertEqual(self.now().live_version.number, 2)

    def test_a_change_of_substance_goes_live_with_one_press_and_the_note_that_it_is_made_with(self):
        fill_in(self.client, act(self.article, "publish"), when="now")
        version = revise(self.article, live=False, paragraphs=["More is known now."])
        page = self.client.get(act(self.article, "go-live"))
        self.assertContains(page, "Publish with this update note")
        self.assertContains(page, f'href="{act(self.article, "correct")}"')
        fill_in(self.client, act(self.article, "go-live"))
        told = Correction.objects.public().get()
        self.assertEqual(
            (self.now().live_version, told.version, told.why), (version, version, version.reason)
        )

    def test_without_a_word_a_change_of_substance_is_refused_on_its_page_and_in_the_list(self):
        fill_in(self.client, act(self.article, "publish"), when="now")
        revise(self.article, live=False, paragraphs=["More is known now."])
        refused = fill_in(self.client, act(self.article, "go-live"), note=" ")
        self.assertIn("required", errors_of(refused)["note"][0])
        said = messages_of(choose(self.client, "make_live", self.article))
        self.assertIn("so they must be told", said[-1])
        self.assertEqual(self.now().live_version.number, 1)

    def test_an_action_never_reaches_rows_that_are_not_on_the_page(self):
        given = {"action": "publish_now", "select_across": "1", "_selected_action": [self.article.pk]}
        self.client.post(LIST, given)
        self.assertEqual(self.now().state, "draft")


class RightsTests(Cast, TestCase):
    """Each act through its real address, by each role: done, or 403 and nothing written."""

    ENTER = ("bilal", "rashid", "noor", "admin")
    PUBLISH = ("rashid", "noor", "admin")
    EVERYBODY = ("bilal", "sana", "rashid", "noor", "yusra", "admin")

    def try_each(self, allowed, make, attempt):
        for name in self.EVERYBODY:
            with self.subTest(person=name):
                article = make(name)
                before = LedgerEntry.objects.count()
                answer = attempt(signed_in(getattr(self, name)), article)
                wrote = LedgerEntry.objects.count() - before
                if name in allowed:
                    self.assertEqual(answer.status_code, 302)
                    self.assertGreater(wrote, 0)
                else:
                    self.assertEqual((answer.status_code, wrote), (403, 0))

    def test_entering(self):
        outlet = make_outlet()
        form = {
            "headline": "Convoy",
            "body": "Words.",
            "outlet": outlet.pk,
            "language": "en",
            "rights": "full",
        }
        form |= {"printed_precision": "unknown", "printed_obtained": "unknown"}
        for prefix in ("bylines", "links"):
            form |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
        self.try_each(self.ENTER, lambda name: None, lambda client, _: client.post(f"{LIST}add/", form))

    def test_editing(self):
        def edit(client, article):
            address = reverse("admin:articles_article_change", args=[article.pk])
            form = {"headline": "Other words", "body": "Other.", "outlet": article.outlet_id, "base": "1"}
            form |= {"language": "en", "rights": "full", "printed_precision": "unknown"}
            form |= {"printed_obtained": "unknown", "slug": "other"}
            for prefix in ("bylines", "links"):
                form |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
            return client.post(address, form)

        self.try_each(
            self.ENTER, lambda name: make_article(f"For {name}", published=False, printed_date=None), edit
        )

    def test_publishing(self):
        self.try_each(
            self.PUBLISH,
            lambda name: make_article(f"For {name}", published=False),
            lambda client, article: client.post(act(article, "publish"), {"when": "now"}),
        )

    def test_publishing_from_the_list(self):
        self.try_each(
            self.PUBLISH,
            lambda name: make_article(f"For {name}", published=False),
            lambda client, article: client.post(
                LIST,
                {"action": "publish_now", "_selected_action": [article.pk], f"seen_{article.pk}": "1"},
            ),
        )

    def test_making_live(self):
        def revised(name):
            article = make_article(f"For {name}")
            revise(article, live=False, paragraphs=["More is known now."])
            return article

        note = {"note": "More is known now."}
        self.try_each(
            self.PUBLISH, revised, lambda client, article: client.post(act(article, "go-live"), note)
        )

    def test_withdrawing(self):
        self.try_each(
            self.PUBLISH,
            lambda name: make_article(f"For {name}"),
            lambda client, article: client.post(act(article, "withdraw"), {"reason": "Taken back."}),
        )

    def test_deleting_is_refused_to_everybody(self):
        self.try_each(
            (),
            lambda name: make_article(f"For {name}"),
            lambda client, article: client.post(f"{LIST}{article.pk}/delete/", {"post": "yes"}),
        )

    def test_the_act_of_nobody_who_is_signed_in_leads_to_the_login(self):
        article = make_article(published=False)
        answer = self.amna.post(act(article, "publish"), {"when": "now"})
        self.assertRedirects(answer, f"/admin/login/?next={act(article, 'publish')}")
        self.assertEqual(Article.objects.get().state, "draft")

    def test_acts_without_a_csrf_token_are_refused(self):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(self.rashid)
        article = make_article(published=False)
        self.assertEqual(client.post(act(article, "publish"), {"when": "now"}).status_code, 403)
        self.assertEqual(Article.objects.get().state, "draft")

    def test_the_page_offers_each_role_its_own_acts(self):
        article = make_article(published=False)
        address = reverse("admin:articles_article_change", args=[article.pk])
        for name in self.EVERYBODY:
            with self.subTest(person=name):
                page = signed_in(getattr(self, name)).get(address).content.decode()
                self.assertEqual(act(article, "publish") in page, name in self.PUBLISH)
                self.assertEqual('name="_save"' in page, name in self.ENTER)
                self.assertIn("The coalition handed the base", page)
