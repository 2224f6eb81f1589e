"""An article is revised, a fact-checker decides about its claims, readers see it: in Chromium, by keys too."""

from django.urls import reverse

from articles import editing
from claims.models import Placement
from tests.browser import BrowserTestCase
from tests.desk import LiveCast
from tests.factories import make_article, make_claim, make_verdict, place, revise
from tests.html_checks.axe import axe_violations

Anchor = Placement.Anchor
TEXT = [
    "The base west of the capital was handed over on Tuesday. A source said so.",
    "Six bases were handed over in the past few weeks.",
]
REVISED = [TEXT[0].replace("A source", "Two sources"), TEXT[1].replace("Six bases", "Five bases")]


class MarksInChromiumTests(LiveCast, BrowserTestCase):
    """Version 2 waits: the headline as it was, other surroundings in the first paragraph, other words in the second."""

    def setUp(self):
        super().setUp()
        self.article = make_article("Coalition leaves another base", TEXT)
        self.untouched = self.claim("Another base was left.", "leaves another base", "true")
        self.around = self.claim("A base was handed over.", "was handed over on Tuesday", "half-true")
        self.also = self.claim("It lies in the west.", "The base west of the capital", "true")
        self.corrected = self.claim("Six bases were handed over.", "Six bases were handed over", "false")
        self.version = revise(self.article, live=False, paragraphs=REVISED)
        self.url = reverse("admin:articles_article_marks", args=[self.article.pk])

    def claim(self, statement, words, rating):
        claim = make_claim(statement)
        placed = place(claim, self.article, words)
        make_verdict(claim, rating, finding=f"Found: {statement}")
        return placed.appearance

    def anchor(self, appearance, version=None) -> str:
        rows = Placement.objects.standing()
        return rows.get(appearance=appearance, version=version or self.version).anchor

    def read(self):
        page = self.page(javascript=False)
        page.goto(self.article.get_absolute_url())
        return page

    def test_the_story_of_a_revision_from_the_first_page_to_the_reader(self):
        page = self.page(user=self.sana, javascript=False)
        page.goto(reverse("admin:index"))
        tile = page.locator(".queue li", has_text="Words changed under a claim")
        self.assertEqual(tile.locator("b").inner_text(), "3")
        tile.locator("a").click()
        page.locator("#result_list a", has_text="Words changed").first.click()
        self.assertEqual(page.locator("section:has(#to-decide) .place").count(), 3)
        self.assertEqual(page.locator("section:has(#standing) .place").count(), 1)
        page.click(f"#confirm-{self.version.number} button")
        self.assertIn("2 claims are confirmed in version 2", page.inner_text(".messagelist"))
        row = page.locator(f"#mark-{self.corrected.pk}")
        self.assertIn("another number: Six bases, now Five bases", row.inner_text())
        row.locator("text=Place it here").first.click()
        self.assertIn("The claim stands on “Five bases were handed over”", page.inner_text(".messagelist"))
        self.assertEqual(page.locator("section:has(#to-decide) .place").count(), 0)
        for appearance in (self.untouched, self.around, self.also, self.corrected):
            self.assertEqual(self.anchor(appearance), Anchor.ANCHORED)
        editing.go_live(self.version, by=self.noor)
        reader = self.read()
        self.assertEqual(reader.locator("mark.words-changed").count(), 0)
        self.assertEqual(reader.locator("mark.false").inner_text(), "Five bases were handed over")
        self.assertEqual(reader.locator("mark").count(), 4)

    def test_what_nobody_decided_tells_readers_so_and_leads_to_the_version_that_was_checked(self):
        editing.go_live(self.version, by=self.noor)
        reader = self.read()
        self.assertEqual(reader.locator("mark.true").inner_text(), "leaves another base")
        self.assertEqual(reader.locator("mark.half-true, mark.false").count(), 0)
        note = reader.locator(".note", has_text="The words checked here were changed on")
        self.assertIn(
            "They were: Six bases were handed over", note.inner_text().replace("“", "").replace("”", "")
        )
        note.locator("text=see the version that was checked").click()
        self.assertTrue(reader.url.endswith("/v/1/"))
        self.assertEqual(reader.locator("mark.false").inner_text(), "Six bases were handed over")

    def test_by_keys_alone(self):
        page = self.page(user=self.sana)
        page.goto(self.url)
        self.focus(page, f"#mark-{self.also.pk} .tick input")
        page.keyboard.press("Space")
        self.focus(page, f"#confirm-{self.version.number} button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.assertEqual(self.anchor(self.around), Anchor.ANCHORED)
        self.assertEqual(self.anchor(self.also), Anchor.CONTEXT_CHANGED)
        self.focus(page, f"#mark-{self.corrected.pk} .candidate button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.assertEqual(self.anchor(self.corrected), Anchor.ANCHORED)
        self.focus(page, f"#mark-{self.also.pk} details.detach summary")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("Another base is meant.")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.assertFalse(
            Placement.objects.standing().filter(appearance=self.also, version=self.version).exists()
        )
        self.assertEqual(self.anchor(self.also, self.article.live_version), Anchor.ANCHORED)

    def focus(self, page, selector):
        """Tab until the element has the focus, as somebody without a mouse does."""
        for _press in range(120):
            page.keyboard.press("Tab")
            if page.evaluate(
                "selector => document.activeElement === document.querySelector(selector)", selector
            ):
                return
        self.fail(f"No Tab leads to {selector}")

    def test_nothing_for_axe_to_complain_of_at_the_desk_nor_for_readers(self):
        editing.go_live(self.version, by=self.noor)
        claims_page = self.corrected.claim.get_absolute_url()
        was = f"{reverse('admin:articles_article_flag', args=[self.article.pk])}?version=2&was={self.corrected.uid}"
        for url in (self.url, was, self.article.get_absolute_url(), claims_page):
            for dark in (False, True):
                for width in (1280, 360):
                    page = self.page(width, dark=dark, user=self.sana)
                    page.goto(url)
                    with self.subTest(url=url, dark=dark, width=width):
                        self.assertEqual(axe_violations(page, preload=False), [])
                        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), width)
