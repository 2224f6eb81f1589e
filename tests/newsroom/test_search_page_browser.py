"""A reader searches from the front page, without JavaScript, on a desk and on a phone."""

from claims.models import Claim
from tests.browser import BrowserTestCase
from tests.factories import HEADLINE

from . import archive

SIZES = (1280, 360)


class ReaderSearchesTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        archive.build()

    def test_amna_searches_from_the_front_page_sees_the_verdict_beside_the_headline_and_opens_it(self):
        for width in SIZES:
            with self.subTest(width=width):
                page = self.page(width=width, javascript=False)
                page.goto("/")
                page.get_by_label("Search the archive").fill("sixth base week")
                page.get_by_role("search").get_by_role("button", name="Search").click()
                line = page.locator("li.story", has=page.get_by_role("link", name=HEADLINE))
                self.assertIn("Contradicted: headline", line.inner_text())
                self.assertEqual(line.locator("strong.sought").all_inner_texts()[:2], ["sixth", "base"])
                line.get_by_role("link", name=HEADLINE).click()
                self.assertIn("sixth Iraqi base in one week", page.locator("h1.hed").inner_text())
                self.assertIn("Contradicted", page.locator(".clash").first.inner_text())

    def test_she_sends_the_box_with_the_keyboard_alone(self):
        page = self.page(javascript=False)
        page.goto("/articles/")
        page.get_by_label("Search the archive").focus()
        page.keyboard.type('"past few weeks"')
        page.keyboard.press("Enter")
        self.assertIn(HEADLINE, page.locator(".results").inner_text())
        self.assertEqual(page.get_by_label("Words, names, claims").input_value(), '"past few weeks"')

    def test_she_narrows_to_a_paper_and_finds_it_written_into_her_words(self):
        for width in SIZES:
            with self.subTest(width=width):
                page = self.page(width=width, javascript=False)
                page.goto("/search/?q=base")
                if width < 600:
                    page.get_by_text("Narrow this search").click()
                page.get_by_label("Paper").select_option("Nawaiwaqt")
                page.get_by_role("button", name="Show").click()
                self.assertEqual(page.locator("#q").input_value(), "base outlet:Nawaiwaqt")
                self.assertIn(HEADLINE, page.locator(".results").last.inner_text())

    def test_a_slip_is_explained_where_it_was_made_and_can_be_put_right_there(self):
        page = self.page(width=360, javascript=False)
        page.goto('/search/?q="sixth base')
        box = page.locator("#q")
        said = page.locator(f"#{box.get_attribute('aria-describedby')}")
        self.assertIn("is not closed", said.inner_text())
        self.assertEqual(box.input_value(), '"sixth base')
        box.fill("sixth base")
        box.press("Enter")
        self.assertIn(HEADLINE, page.locator(".results").last.inner_text())

    def test_claims_stand_first_and_the_list_of_them_is_one_click_away(self):
        page = self.page(javascript=False)
        page.goto("/search/?q=base")
        first = page.locator("main h2").first
        self.assertEqual(first.inner_text(), "Claims")
        page.get_by_role("navigation", name="Kinds of results").get_by_role("link", name="Claims").click()
        shown = page.locator("h3.ours").all_inner_texts()
        self.assertIn(archive.SIXTH, shown)
        self.assertEqual(len(shown), len([one for one in shown if Claim.objects.filter(statement=one)]))
