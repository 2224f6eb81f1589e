"""Every place of a claim in Chromium: by keys alone, by touch at 360 px, without a script; and axe over the page."""

from django.urls import reverse

from claims.models import Appearance, Claim
from newsroom.core.models import LedgerEntry
from tests.browser import BrowserTestCase
from tests.desk import LiveCast
from tests.factories import make_article, make_claim, make_verdict, place
from tests.html_checks.axe import axe_violations

WORDS = "sixth Iraqi base in one week"
URDU = "ایک ہفتے میں چھٹا عراقی اڈا خالی"


class PlacesInChromiumTests(LiveCast, BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.claim = make_claim(article=make_article(), words=WORDS)
        make_verdict(self.claim, "contradicted")
        self.second = self.suggest("Convoy crosses into Syria", WORDS)
        self.third = self.suggest("Ministry denies a handover", WORDS)
        self.urdu = self.suggest(URDU, URDU, language="ur")
        self.url = reverse("admin:claims_claim_places", args=[self.claim.pk])

    def suggest(self, headline, words, **details):
        article = make_article(headline, [f"{words}."], **details)
        return place(self.claim, article, words, match="suggested", field="body").appearance

    def open(self, **options):
        page = self.page(user=self.sana, **options)
        page.goto(self.url)
        return page

    def said(self, page, words):
        self.until(page, "words => document.querySelector('.said').textContent.includes(words)", words)

    def assert_is(self, appearance, **columns):
        appearance.refresh_from_db()
        self.assertEqual({name: getattr(appearance, name) for name in columns}, columns)

    def test_by_keys_alone_every_act_is_done_said_and_kept_at_its_place(self):
        page = self.open()
        page.keyboard.press("j")
        page.keyboard.press("s")
        self.said(page, "Judged: The same claim.")
        self.assert_is(self.second, match="same", confirmed_by=self.sana)
        self.assertEqual(page.evaluate("document.activeElement.id"), f"place-{self.second.pk}")
        page.keyboard.press("j")
        page.keyboard.press("5")
        self.said(page, "The article: Denies it.")
        page.keyboard.press("d")
        self.said(page, "Judged: A different claim.")
        page.keyboard.press("n")
        self.said(page, "Judged: Unsure.")
        self.assert_is(self.third, match="unsure", role="denies")
        page.keyboard.press("k")
        page.keyboard.press("e")
        page.keyboard.type("Marked as a rumour; no s d n here.")
        page.keyboard.press("Enter")
        self.said(page, "The verdict is not shown in this place.")
        self.assert_is(
            self.second, exempt=True, exempt_reason="Marked as a rumour; no s d n here.", match="same"
        )
        page.keyboard.press("e")
        self.said(page, "The verdict is shown in this place again.")
        page.keyboard.press("x")
        page.keyboard.type("Another base is meant.")
        page.keyboard.press("Enter")
        self.said(page, "The claim is off these words.")
        self.assertEqual(self.second.placements.get().why, "Another base is meant.")
        self.assertTrue(page.is_hidden(".undo"))

    def test_a_role_that_readers_would_see_is_shown_before_the_same_key_sets_it(self):
        first = Appearance.objects.order_by("pk").first()
        page = self.open()
        page.keyboard.press("5")
        self.said(page, "Press the key again")
        self.assertIn("Denies a claim rated Contradicted", page.inner_text("details.role[open]"))
        self.assert_is(first, role="asserts")
        page.keyboard.press("5")
        self.said(page, "The article: Denies it.")
        self.assert_is(first, role="denies")

    def test_undo_writes_the_act_that_puts_it_back_and_is_gone_after_ten_seconds(self):
        page = self.page(user=self.sana)
        page.clock.install()
        page.goto(self.url)
        page.keyboard.press("j")
        page.keyboard.press("d")
        self.said(page, "Judged")
        page.click(".undo")
        self.said(page, "Taken back.")
        self.assert_is(self.second, match="suggested", confirmed_by=None)
        verbs = LedgerEntry.objects.about(self.second).order_by("id").values_list("verb", flat=True)
        self.assertEqual(list(verbs)[-2:], ["appearance.match", "appearance.match"])
        page.keyboard.press("d")
        page.wait_for_selector(f"#place-{self.second.pk}[data-match=different]")
        page.clock.fast_forward(10_500)
        self.assertTrue(page.is_hidden(".undo"))
        page.keyboard.press("z")
        self.said(page, "no longer")
        self.assert_is(self.second, match="different")

    def test_keys_pressed_faster_than_the_desk_answers_are_done_one_after_the_other(self):
        page = self.open()
        page.keyboard.press("j")
        # "s" comes last: on a place that readers see, a role is shown before it is set.
        for key in ("d", "n", "d", "2", "s"):
            page.keyboard.press(key)
        self.until(
            page,
            "id => { const row = document.getElementById(id);"
            " return row.dataset.match === 'same' && row.dataset.seen.includes('attributes'); }",
            f"place-{self.second.pk}",
        )
        self.assert_is(self.second, match="same", role="attributes")

    def test_whoever_comes_second_sees_how_it_stands_and_nothing_typed_is_lost(self):
        page = self.open()
        Appearance.objects.filter(pk=self.second.pk).update(role="quotes")
        page.keyboard.press("j")
        page.keyboard.press("e")
        page.keyboard.type("A rumour.")
        page.keyboard.press("Enter")
        self.said(page, "Somebody else changed this place just now.")
        self.complaints[:] = [each for each in self.complaints if "409" not in each]
        self.assert_is(self.second, exempt=False)
        row = page.locator(f"#place-{self.second.pk}")
        self.assertIn("quotes it", row.locator(".judged").inner_text())
        self.assertEqual(row.locator("details.exempt input[name=reason]").input_value(), "A rumour.")
        row.locator("details.exempt input[name=reason]").press("Enter")
        self.said(page, "The verdict is not shown in this place.")

    def test_by_touch_at_360_px(self):
        page = self.open(width=360)
        self.assertEqual(page.evaluate("document.documentElement.scrollWidth"), 360)
        row = page.locator(f"#place-{self.third.pk}")
        row.locator("button[value=same]").click()
        self.said(page, "Judged: The same claim.")
        row.locator("details.role summary").click()
        self.assertEqual(page.evaluate("document.documentElement.scrollWidth"), 360)
        row.locator("button[value=role-denies]").click()
        self.said(page, "The article: Denies it.")
        self.assert_is(self.third, match="same", role="denies")

    def test_without_a_script_the_same_acts(self):
        page = self.open(javascript=False)
        self.assertEqual(page.locator(".places kbd:visible").count(), 0)
        page.locator(f"#place-{self.second.pk} button[value=same]").click()
        self.assertIn("Judged: The same claim.", page.inner_text(".messagelist"))
        page.locator(f"#place-{self.second.pk} details.exempt summary").click()
        page.locator(f"#place-{self.second.pk} details.exempt button").click()
        self.assertIn("Say why", page.locator(f"#place-{self.second.pk} .err").inner_text())
        page.fill(f"#exempt-{self.second.pk}", "A rumour.")
        page.press(f"#exempt-{self.second.pk}", "Enter")
        self.assert_is(self.second, match="same", exempt=True, exempt_reason="A rumour.")

    def test_words_that_are_the_same_are_looked_through_then_confirmed(self):
        page = self.open()
        page.click("text=Look through them together")
        page.uncheck(f"input[value^='{self.third.pk} ']")
        page.click("text=Confirm what is ticked")
        self.assertIn("1 place is confirmed.", page.inner_text(".messagelist"))
        self.assert_is(self.second, match="same")
        self.assert_is(self.third, match="suggested")

    def test_nothing_for_axe_to_complain_of(self):
        pages = [self.url, f"{self.url}same-words/", f"{self.url}elsewhere/", f"{self.url}?show=exempt"]
        article = self.urdu.article_id
        pages += [
            f"/admin/articles/article/{article}/preview/",
            f"/admin/claims/claim/{self.claim.pk}/preview/",
        ]
        for dark in (False, True):
            for width in (1280, 360):
                page = self.page(width, dark=dark, user=self.sana)
                for url in pages:
                    with self.subTest(url=url, dark=dark, width=width):
                        page.goto(url)
                        self.assertEqual(axe_violations(page, preload=False), [])
                        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), width)
        self.assertEqual(Claim.objects.count(), 1)
