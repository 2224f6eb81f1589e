"""Words removed by order: what readers are told, and what the desk shows and refuses."""

import hashlib

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import ArticleVersion, Redaction
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_redaction, revise
from tests.forms import fields_of

NAME = "Karim Aziz"
PARAGRAPHS = [f"The driver, {NAME}, left the base.", "Six bases were handed over."]


class Told(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article("Who drove the convoy", PARAGRAPHS)
        revise(self.article, paragraphs=[*PARAGRAPHS, "He came back."])
        self.printed = self.version(1).text_sha256

    def version(self, number: int) -> ArticleVersion:
        return ArticleVersion.objects.get(article=self.article, number=number)

    def page(self, place: str = ""):
        return self.amna.get(self.article.get_absolute_url() + place)


class ReaderTests(Told):
    def setUp(self):
        super().setUp()
        self.redaction = make_redaction(self.version(2), NAME, reason="court order")

    def test_the_notice_stands_where_the_words_stood_on_every_page_of_the_article(self):
        self.assertNotContains(self.page("history/?old=1&new=2"), "Karim")
        for place in ("", "v/1/", "v/2/", "v/1.txt"):
            with self.subTest(place):
                answer = self.page(place)
                self.assertContains(answer, self.redaction.notice)
                self.assertNotContains(answer, "Karim")

    def test_a_version_says_when_words_went_and_why_with_both_hashes(self):
        answer = self.page("v/1/")
        day = self.redaction.carried_out_at.strftime("%-d %B %Y")
        self.assertContains(answer, f"Words were removed from this version by order on {day}.")
        self.assertContains(answer, "<bdi>court order</bdi>", html=True)
        self.assertContains(answer, self.printed)
        self.assertContains(answer, self.version(1).text_sha256)

    def test_the_history_tells_it_of_each_version_that_lost_words(self):
        answer = self.page("history/")
        self.assertContains(answer, "Words were removed from this version by order", count=2)
        self.assertContains(answer, self.printed)

    def test_readers_are_not_told_who_ordered_it_or_who_did_it(self):
        for place in ("", "v/1/", "history/"):
            answer = self.page(place)
            for words in (self.redaction.order, self.admin.name_for_readers, self.noor.name_for_readers):
                self.assertNotContains(answer, words)

    def test_the_text_alone_is_that_of_the_hash_since(self):
        answer = self.page("v/1.txt")
        self.assertEqual(hashlib.sha256(answer.content).hexdigest(), self.version(1).text_sha256)
        self.assertNotIn("immutable", answer["Cache-Control"])

    def test_an_article_without_a_removal_costs_no_question_more_and_one_with_many_one(self):
        plain = make_article("Another", PARAGRAPHS)
        revise(plain, paragraphs=[*PARAGRAPHS, "He came back."])
        make_redaction(self.version(2), "Six bases")
        counts = []
        for article in (plain, self.article):
            with CaptureQueriesContext(connection) as asked:
                self.amna.get(f"{article.get_absolute_url()}history/")
            counts.append(len(asked))
        self.assertEqual(counts[1], counts[0] + 1)

    def test_a_draft_or_a_proposal_tells_readers_nothing(self):
        make_redaction(self.version(2), "Six bases", step="draft")
        make_redaction(self.version(2), "Six bases", step="proposed")
        self.assertContains(self.page("history/"), "Words were removed from this version by order", count=2)
        self.assertContains(self.page(), "Six bases")


class DeskTests(Told):
    def begin(self, client=None, **given):
        words = {"words": NAME, "order": "High Court", "reason": "court order", **given}
        address = reverse("admin:articles_articleversion_act", args=[self.version(2).pk, "remove-words"])
        return (client or signed_in(self.noor)).post(address, words)

    def act(self, redaction, name):
        return reverse("admin:articles_redaction_act", args=[redaction.pk, name])

    def test_choosing_words_leads_to_every_place_with_the_articles_own_ticked(self):
        answer = self.begin()
        redaction = Redaction.objects.get()
        self.assertRedirects(answer, self.act(redaction, "propose"))
        page = signed_in(self.noor).get(self.act(redaction, "propose"))
        self.assertContains(page, "Version 1 of Who drove the convoy")
        self.assertContains(page, f"<b>{NAME}</b>")
        ticked = redaction.places.get(chosen=False)
        self.assertEqual(fields_of(page)["places"], [str(ticked.pk)])

    def test_words_that_do_not_stand_there_nothing_chosen_and_bad_reasons_come_back_on_the_form(self):
        for given, said in (
            ({"words": "Nobody"}, "does not stand in one paragraph"),
            ({"words": ""}, "Choose the words"),
            ({"words": "base. Six"}, "does not stand"),
            ({"reason": "\u200b"}, "reason"),
            ({"order": f"About {NAME}"}, "Do not repeat the words"),
            ({"whole": "title"}, "valid choice"),
        ):
            with self.subTest(**given):
                answer = self.begin(**given)
                self.assertContains(answer, said)
                self.assertFalse(Redaction.objects.exists())

    def test_a_whole_field_goes(self):
        self.begin(words="", whole=["headline"])
        redaction = Redaction.objects.get()
        signed_in(self.noor).post(self.act(redaction, "propose"))
        redaction.refresh_from_db()
        signed_in(self.admin).post(self.act(redaction, "approve"), {"seen": redaction.places_sha256})
        self.assertTrue(self.version(2).headline.startswith("[removed: court order"))

    def test_the_approver_sees_where_words_go_and_where_they_stay(self):
        make_article("Elsewhere", [f"{NAME} again."])
        redaction = make_redaction(self.version(2), NAME, step="proposed")
        page = signed_in(self.admin).get(self.act(redaction, "approve"))
        self.assertContains(page, "Removed with it")
        self.assertContains(page, "The words stay here")
        self.assertContains(page, "Version 1 of Elsewhere")

    def test_the_proposer_is_told_that_somebody_else_must_approve(self):
        redaction = make_redaction(self.version(2), NAME, step="proposed")
        noor = signed_in(self.noor)
        self.assertContains(noor.get(self.act(redaction, "approve")), "You proposed this removal")
        answer = noor.post(self.act(redaction, "approve"), {"seen": redaction.places_sha256})
        self.assertEqual(answer.status_code, 403)
        self.assertIn(NAME, self.version(2).body_text)

    def test_without_the_hash_of_the_list_nothing_is_removed(self):
        redaction = make_redaction(self.version(2), NAME, step="proposed")
        answer = signed_in(self.admin).post(self.act(redaction, "approve"))
        self.assertContains(answer, "another than you saw")
        self.assertIn(NAME, self.version(2).body_text)

    def test_it_waits_on_the_first_page_of_whoever_may_approve(self):
        make_redaction(self.version(2), NAME, step="proposed")
        self.assertContains(signed_in(self.admin).get(reverse("admin:index")), "Removals of words to approve")
        self.assertNotContains(signed_in(self.bilal).get(reverse("admin:index")), "Removals of words")

    def test_what_was_done_and_what_could_not_be_cleaned_stands_on_its_page(self):
        redaction = make_redaction(self.version(2), NAME)
        address = reverse("admin:articles_redaction_change", args=[redaction.pk])
        page = signed_in(self.yusra).get(address)
        self.assertContains(page, redaction.notice)
        self.assertContains(page, self.printed)
        self.assertContains(page, "manage.py wipe_removed")
        self.assertNotContains(page, "Karim")

    def test_a_form_that_was_open_meanwhile_does_not_bring_the_words_back(self):
        noor = signed_in(self.noor)
        address = reverse("admin:articles_article_change", args=[self.article.pk])
        page = fields_of(noor.get(address))
        make_redaction(self.version(2), NAME)
        answer = noor.post(address, {**page, "headline": "Who drove it", "reason": "Shorter."})
        self.assertContains(answer, "Words were removed from this version by order after you loaded the page")
        without = {name: value for name, value in page.items() if name != "base_content"}
        answer = noor.post(address, {**without, "headline": "Who drove it", "reason": "Shorter."})
        self.assertContains(answer, "Words were removed from this version by order after you loaded the page")
        self.assertEqual(self.article.versions.count(), 2)
        page = fields_of(noor.get(address))
        answer = noor.post(address, {**page, "headline": "Who drove it", "reason": "Shorter."})
        self.assertEqual(
            answer.status_code, 302, getattr(answer, "context", None) and answer.context["errors"]
        )
        self.assertEqual(self.article.versions.count(), 3)
