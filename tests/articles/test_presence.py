"""Who else has an article open is told on its pages, for as long as those pages are heard from."""

from datetime import timedelta
from unittest import mock

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import presence
from articles.models import Presence
from newsroom.core.models import LedgerEntry
from tests.browser import BrowserTestCase
from tests.desk import Cast, LiveCast, seat, signed_in
from tests.factories import make_article, revise

LIST = "/admin/articles/article/"
NAME = "Rashid Mahmood"


def edit(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def flag(article) -> str:
    return reverse("admin:articles_article_flag", args=[article.pk])


def present(article) -> str:
    return reverse("admin:articles_article_present", args=[article.pk])


def later(**given):
    """Inside the block, the clock that presence goes by is ahead."""
    time = timezone.now() + timedelta(**given)
    return mock.patch("articles.presence.moment", lambda: time)


class PresenceCase(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.rashids, self.noors = signed_in(self.rashid), signed_in(self.noor)

    def beat(self, client, article=None, **given):
        return client.post(
            present(article or self.article), {"page": "edit", "base": "1", "writing": "0", **given}
        )


class OnThePageTests(PresenceCase):
    def test_whoever_opens_an_article_sees_who_has_it_open(self):
        self.rashids.get(edit(self.article))
        self.assertContains(self.noors.get(edit(self.article)), f", {NAME} has this article open.")

    def test_nobody_is_told_of_themselves(self):
        self.rashids.get(edit(self.article))
        self.assertNotContains(self.rashids.get(edit(self.article)), "has this article open")

    def test_another_article_says_nothing(self):
        self.rashids.get(edit(make_article("Convoy crosses at dawn")))
        self.assertNotContains(self.noors.get(edit(self.article)), "has this article open")

    def test_whoever_cannot_change_the_article_is_told_and_told_of_to_nobody(self):
        self.rashids.get(edit(self.article))
        page = signed_in(self.yusra).get(edit(self.article))
        self.assertContains(page, f"{NAME} has this article open")
        self.assertNotContains(page, "present.js")
        self.assertNotContains(self.rashids.get(edit(self.article)), "Yusra")

    def test_whoever_reads_and_flags_stands_beside_whoever_edits(self):
        signed_in(self.sana).get(flag(self.article))
        self.assertContains(self.rashids.get(edit(self.article)), "Sana Haider reads and flags here.")
        self.assertContains(signed_in(self.sana).get(flag(self.article)), f"{NAME} has this article open")

    def test_words_that_came_back_unsaved_are_told_as_such(self):
        self.rashids.post(edit(self.article), {"headline": ""})
        self.assertContains(
            self.noors.get(edit(self.article)), f"{NAME} is changing this article and has not saved it"
        )

    def test_a_crowd_is_named_by_five(self):
        people = [self.rashid, self.noor, self.admin, self.bilal, self.sana, self.yusra]
        for user in people:
            presence.arrive(self.article, user, Presence.Page.EDIT)
        said = presence.told(presence.others(self.article, user=seat("hina", "Hina Butt")))
        self.assertEqual(len(said), 6)
        self.assertEqual(said[-1], "And 1 more.")

    def test_the_list_names_who_has_an_article_open(self):
        self.rashids.get(edit(self.article))
        self.rashids.get(flag(self.article))
        self.assertContains(self.noors.get(LIST), f"Open now: {NAME}<")
        self.assertNotContains(self.rashids.get(LIST), "Open now")

    def test_no_reader_sees_it_and_no_ledger_keeps_it(self):
        before = self.amna.get(self.article.get_absolute_url()).content
        lines = LedgerEntry.objects.count()
        self.rashids.get(edit(self.article))
        self.beat(self.rashids)
        self.assertEqual(self.amna.get(self.article.get_absolute_url()).content, before)
        self.assertEqual(LedgerEntry.objects.count(), lines)

    def test_a_name_is_written_as_text(self):
        self.rashid.display_name = "<b>Rashid</b>"
        self.rashid.save()
        self.rashids.get(edit(self.article))
        self.assertContains(self.noors.get(edit(self.article)), "&lt;b&gt;Rashid&lt;/b&gt; has this")


class TimeTests(PresenceCase):
    def test_a_page_that_was_only_loaded_counts_for_ten_minutes(self):
        self.rashids.get(edit(self.article))
        with later(minutes=9):
            self.assertContains(self.noors.get(edit(self.article)), f"{NAME} has this article open")
        with later(minutes=11):
            self.assertNotContains(self.noors.get(edit(self.article)), "has this article open")

    def test_one_that_was_heard_from_counts_for_as_long_as_it_speaks(self):
        self.rashids.get(edit(self.article))
        self.beat(self.rashids)
        with later(minutes=2):
            self.assertContains(self.noors.get(edit(self.article)), f"{NAME} has this article open")
            self.beat(self.rashids)
        with later(minutes=4):
            self.assertEqual(len(self.beat(self.noors).json()["told"]), 1, "the second word came in time")
        with later(minutes=6):
            self.assertEqual(self.beat(self.noors).json()["told"], [])

    def test_since_is_when_the_page_was_opened(self):
        self.rashids.get(edit(self.article))
        since = Presence.objects.get().since
        with later(minutes=1):
            self.beat(self.rashids)
        self.assertEqual(Presence.objects.get().since, since)

    def test_whoever_loads_it_again_opens_it_anew(self):
        self.rashids.get(edit(self.article))
        since = Presence.objects.get().since
        with later(minutes=2):
            self.rashids.get(edit(self.article))
        self.assertGreater(Presence.objects.get().since, since)

    def test_a_page_that_closes_is_told_no_more(self):
        self.rashids.get(edit(self.article))
        self.assertEqual(self.beat(self.rashids, leaves="1").status_code, 200)
        self.assertNotContains(self.noors.get(edit(self.article)), "has this article open")

    def test_rows_whose_time_is_over_go(self):
        self.rashids.get(edit(self.article))
        with later(minutes=11):
            self.beat(self.noors, make_article("Convoy crosses at dawn"))
        self.assertEqual(Presence.objects.get().user, self.noor)


class HeardTests(PresenceCase):
    def test_a_page_is_told_who_is_there_and_who_writes(self):
        self.beat(self.rashids, writing="1")
        told = self.beat(self.noors).json()["told"]
        self.assertEqual(len(told), 1)
        self.assertIn(f"{NAME} is changing this article and has not saved it", told[0])

    def test_a_page_is_told_that_its_version_is_no_longer_the_newest(self):
        revise(self.article, by=self.rashid, headline="Coalition hands over a base")
        told = self.beat(self.noors).json()["told"]
        self.assertEqual(
            told,
            [f"Version 2 was saved meanwhile, by {NAME}. Yours is put together with it when you save."],
        )
        self.assertEqual(self.beat(self.noors, base="2").json()["told"], [])

    def test_whoever_flags_is_told_to_load_the_newer_version(self):
        revise(self.article, by=self.rashid, headline="Coalition hands over a base")
        told = self.beat(signed_in(self.sana), page="flag").json()["told"]
        self.assertIn("Load the page again to flag its words.", told[0])

    def test_a_post_that_no_page_of_ours_sends_is_refused(self):
        for given in ({"page": "else"}, {"base": ""}, {"base": "-1"}, {"base": "9" * 40}, {"base": "1.5"}):
            with self.subTest(given):
                self.assertEqual(self.beat(self.rashids, **given).status_code, 400)
        self.assertEqual(self.rashids.get(present(self.article)).status_code, 405)
        self.assertEqual(Presence.objects.count(), 0)

    def test_an_article_that_is_not_there_has_nobody(self):
        for key in (self.article.pk + 1, 2**70):
            with self.subTest(key):
                address = f"/admin/articles/article/{key}/present/"
                answer = self.rashids.post(address, {"page": "edit", "base": "1"})
                self.assertEqual(answer.status_code, 404)

    def test_whoever_may_not_change_it_is_not_noted(self):
        self.assertEqual(self.beat(signed_in(self.yusra)).status_code, 403)
        self.assertEqual(self.beat(signed_in(self.yusra), page="flag").status_code, 403)
        self.assertEqual(self.beat(self.amna).status_code, 302)
        self.assertEqual(Presence.objects.count(), 0)

    def test_a_word_of_a_page_takes_as_many_queries_beside_one_as_beside_twenty(self):
        def count():
            with CaptureQueriesContext(connection) as caught:
                self.beat(self.rashids)
            return len(caught)

        self.beat(self.rashids)
        self.beat(self.noors)
        few = count()
        for number in range(20):
            presence.arrive(self.article, seat(f"p{number}", f"Person {number}"), Presence.Page.EDIT)
        self.assertEqual(count(), few)
        self.assertLessEqual(few, 10)


class InChromiumTests(LiveCast, BrowserTestCase):
    """Two editors with one article."""

    TOLD = "(words) => document.getElementById('present').textContent.includes(words)"

    def test_a_page_that_stays_open_learns_who_came_who_writes_and_who_left(self):
        article = make_article()
        with mock.patch("articles.presence.EVERY", 1):
            noors = self.page(user=self.noor)
            noors.goto(edit(article))
            rashids = self.page(user=self.rashid)
            rashids.goto(edit(article))
            self.until(noors, self.TOLD, f"{NAME} has this article open")
            rashids.fill("#id_headline", "Coalition hands over a base")
            self.until(noors, self.TOLD, f"{NAME} is changing this article")
            rashids.fill("#id_reason", "The number was wrong.")
            rashids.click("[name=_continue]")
            self.until(noors, self.TOLD, f"Version 2 was saved meanwhile, by {NAME}.")
            rashids.goto(LIST)
            self.until(
                noors, "() => !document.getElementById('present').textContent.includes('Rashid Mahmood has')"
            )
            self.assertIn("Open now: Noor Jahan", rashids.inner_text("#result_list"))
