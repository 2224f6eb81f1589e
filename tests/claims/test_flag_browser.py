"""Read and flag in Chromium: by mouse, by keyboard, by a finger on a phone; undone, overtaken, the place kept."""

import re

from claims.models import Appearance, Claim, Placement
from tests.browser import BrowserTestCase
from tests.desk import LiveCast
from tests.factories import make_article, make_claim, make_source, make_verdict, revise, teaser
from tests.html_checks.axe import axe_violations

PARAGRAPHS = [
    "The coalition handed the base over on Tuesday, a source said.",
    "Six bases were handed over in the past few weeks.",
    *(
        f"Paragraph {number} tells of other things, at some length, so that the page is long."
        for number in range(20)
    ),
    "No group has said that it was behind the attacks.",
    teaser("Sixth base handed over"),
]
SELECT = """([words, times]) => {
  const walker = document.createTreeWalker(document.querySelector("[data-words]"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const box = range.getBoundingClientRect();
    return {left: box.left, right: box.right, y: box.top + box.height / 2};
  }
}"""

# What a press on the middle of an element would meet.
AT_ITS_MIDDLE = """(element) => {
  const box = element.getBoundingClientRect();
  return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.name;
}"""


class FlagInChromiumTests(LiveCast, BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(paragraphs=PARAGRAPHS, standfirst="A base to the west of the capital.")
        self.address = f"/admin/articles/article/{self.article.pk}/flag/"

    def open(self, **options):
        page = self.page(user=options.pop("user", self.sana), **options)
        page.goto(self.address)
        return page

    def drag_over(self, page, words):
        """Select words with the mouse, from their first to their last character."""
        page.locator("[data-words]").get_by_text(words).first.scroll_into_view_if_needed()
        box = page.evaluate(SELECT, [words, 1])
        page.mouse.move(box["left"] + 1, box["y"])
        page.mouse.down()
        page.mouse.move(box["right"] - 1, box["y"], steps=4)
        page.mouse.up()

    def standing(self):
        return Placement.objects.standing().order_by("id")

    def test_two_presses_after_selecting_make_a_claim_and_the_reader_stays_where_they_were(self):
        page = self.open()
        self.drag_over(page, "No group has said that it was behind the attacks")
        before = page.evaluate("scrollY")
        page.click(".flag-here")
        page.wait_for_selector(".flag-panel.asked .picked")
        self.assertEqual(
            page.input_value("#id_statement"), "No group has said that it was behind the attacks."
        )
        page.click("[name=save]")
        mark = page.wait_for_selector("mark.flagged")
        self.assertEqual(mark.inner_text(), "No group has said that it was behind the attacks")
        self.assertEqual(page.evaluate("scrollY"), before)
        self.assertIn("Flagged: “No group", page.inner_text("#flag-said"))
        self.assertIn("No group has said", page.inner_text("#flag-list"))
        self.assertEqual(page.evaluate("document.activeElement.id"), "flag-sheet")
        self.assertEqual(self.standing().get().exact, "No group has said that it was behind the attacks")

    def test_the_buttons_of_the_panel_are_in_sight_at_once(self):
        page = self.open()
        page.evaluate("scrollTo(0, 0)")
        self.drag_over(page, "on Tuesday")
        page.click(".flag-here")
        box = page.wait_for_selector(".flag-panel.asked [name=save]").bounding_box()
        self.assertLessEqual(box["y"] + box["height"], 800)

    def test_undo_takes_it_back(self):
        page = self.open()
        self.drag_over(page, "Six bases were handed over")
        page.keyboard.press("f")
        page.wait_for_selector(".flag-panel.asked")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("mark.flagged")
        self.assertTrue(page.is_visible("#flag-bar"))
        page.keyboard.press("u")
        page.wait_for_selector("mark.flagged", state="detached")
        self.assertEqual(page.inner_text("#flag-said"), "The flag is taken back.")
        self.assertEqual(self.standing().count(), 0)
        self.assertEqual(Claim.objects.get().work_state, "declined")

    def test_the_bar_of_undo_leaves_the_panel_of_the_next_flag_free(self):
        for width in (1280, 1000, 360):
            page = self.open(width=width)
            for start in (63, 90):
                page.evaluate(
                    "span => Newsroom.words.select(document.querySelector('[data-words]'), span)",
                    {"field": "body", "start": start + width // 100, "end": start + width // 100 + 9},
                )
                page.keyboard.press("f")
                page.wait_for_selector(".flag-panel.asked .picked")
                if start == 63:
                    page.click("[name=save]")
                    page.wait_for_selector("#flag-bar:not([hidden])")
            for name in ("save", "save_next"):
                with self.subTest(width=width, button=name):
                    self.assertEqual(page.locator(f"[name={name}]").evaluate(AT_ITS_MIDDLE), name)

    def test_a_known_claim_is_attached_by_one_press(self):
        claim = make_claim("Six bases were handed over within weeks.")
        make_verdict(claim, "true")
        page = self.open()
        self.drag_over(page, "Six bases were handed over")
        page.click(".flag-here")
        page.click(f"[name=claim][value='{claim.pk}']")
        page.wait_for_selector("mark.true")
        self.assertEqual(Appearance.objects.get().claim, claim)

    def test_a_page_that_was_overtaken_offers_the_flag_again(self):
        page = self.open()
        self.drag_over(page, "Six bases were handed over")
        page.click(".flag-here")
        page.wait_for_selector(".flag-panel.asked")
        page.fill("#id_statement", "My own sentence.")
        revise(self.article, paragraphs=["A new beginning.", "Six bases were handed over since."])
        page.click("[name=save]")
        page.wait_for_selector("text=A new beginning.")
        self.assertIn("press once more", page.inner_text(".flag-panel .errorlist"))
        self.assertEqual(page.input_value("#id_statement"), "My own sentence.")
        page.click("[name=save]")
        page.wait_for_selector("mark.flagged")
        self.assertEqual(self.standing().get().version.number, 2)

    def test_a_selection_over_two_paragraphs_is_offered_in_parts(self):
        page = self.open()
        page.evaluate(
            """() => {
              const rows = document.querySelectorAll("[data-field=body] [data-start]");
              getSelection().setBaseAndExtent(rows[0].firstChild, 4, rows[1].firstChild, 9);
            }"""
        )
        page.keyboard.press("f")
        page.wait_for_selector(".flag-panel .choices")
        page.uncheck(".flag-panel .tick:first-of-type input")
        page.fill("#id_statement", "Six bases.")
        page.click("[name=save]")
        page.wait_for_selector("mark.flagged")
        self.assertEqual([each.exact for each in self.standing()], ["Six bases"])

    def test_a_finger_flags_on_a_phone(self):
        context_page = self.page(360, user=self.bilal)
        page = context_page
        page.goto(self.address)
        page.evaluate(
            "Newsroom.words.select(document.querySelector('[data-words]'), {field: 'body', start: 63, end: 89})"
        )
        button = page.wait_for_selector(".flag-here:not([hidden])")
        box = button.bounding_box()
        self.assertGreaterEqual(box["height"], 44)
        self.assertLessEqual(box["x"] + box["width"], 360)
        button.click()
        page.wait_for_selector(".flag-panel.asked")
        self.assertLess(page.evaluate("document.documentElement.scrollWidth"), 361)
        page.click("[name=save]")
        page.wait_for_selector("mark.suggested")
        self.assertEqual(Appearance.objects.get().match, "suggested")

    def test_an_answer_that_does_not_come_loses_nothing(self):
        page = self.open()
        self.drag_over(page, "Six bases were handed over")
        page.click(".flag-here")
        page.wait_for_selector(".flag-panel.asked")
        page.fill("#id_statement", "My own sentence.")
        page.context.clear_cookies()
        page.click("[name=save]")
        page.wait_for_selector(".flag-panel .errornote")
        self.assertIn("Nothing of yours is lost", page.inner_text(".flag-panel .errornote"))
        self.assertEqual(page.input_value("#id_statement"), "My own sentence.")
        self.complaints[:] = [each for each in self.complaints if not re.search("403", each)]

    def test_keys_go_from_mark_to_mark_and_close_the_panel(self):
        make_claim("One.", article=self.article, words="on Tuesday")
        make_claim("Two.", article=self.article, words="behind the attacks")
        page = self.open()
        for words in ("on Tuesday", "behind the attacks", "on Tuesday"):
            page.keyboard.press("n")
            self.assertEqual(page.inner_text("mark.here"), words)
        page.keyboard.press("p")
        self.assertEqual(page.inner_text("mark.here"), "behind the attacks")
        self.drag_over(page, "Six bases were handed over")
        page.keyboard.press("f")
        page.wait_for_selector(".flag-panel.asked")
        page.keyboard.press("Escape")
        page.wait_for_selector(".flag-panel:not(.asked)")

    def test_the_panel_shuts_nobody_out(self):
        claim = make_claim("Six bases were handed over within weeks.")
        make_verdict(claim, "true")
        make_claim("Twice.", article=self.article, words="on Tuesday")
        for width, options in ((1280, {}), (360, {"dark": True}), (1280, {"forced_colors": True})):
            page = self.open(width=width, **options)
            page.evaluate(
                "span => Newsroom.words.select(document.querySelector('[data-words]'), span)",
                {"field": "body", "start": 63, "end": 72},
            )
            page.click(".flag-here")
            page.wait_for_selector(".flag-panel.asked")
            page.fill("#id_claimant", "nobody we know")
            page.fill("#id_statement", "Six bases.")
            with self.subTest(width=width, asked=True):
                self.assertEqual(axe_violations(page, preload=False), [])
                self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), width)
            page.click("[name=save]")
            page.wait_for_selector(".flag-panel .wrong")
            with self.subTest(width=width, refused=True):
                self.assertEqual(page.evaluate("document.activeElement.id"), "id_claimant_kind")
                self.assertEqual(axe_violations(page, preload=False), [])

    def test_a_source_is_offered_while_its_name_is_typed(self):
        make_source("the defence ministry")
        page = self.open()
        self.drag_over(page, "Six bases were handed over")
        page.click(".flag-here")
        page.wait_for_selector(".flag-panel.asked")
        page.fill("#id_claimant", "the def")
        page.wait_for_selector("#flag-sources option", state="attached")
        self.assertEqual(page.get_attribute("#flag-sources option", "value"), "the defence ministry")
        page.fill("#id_claimant", "a new source")
        page.press("#id_claimant", "Tab")
        page.wait_for_selector(".flag-panel .source[open]")

    def test_flag_and_take_the_next_keeps_whose_words_they_are(self):
        make_source("the defence ministry")
        page = self.open()
        for count, words in enumerate(("on Tuesday", "behind the attacks"), start=1):
            self.drag_over(page, words)
            page.click(".flag-here")
            page.wait_for_selector(f".flag-panel.asked .picked:has-text('{words}')")
            if count == 1:
                page.fill("#id_claimant", "the defence ministry")
            page.click("[name=save_next]")
            page.wait_for_selector(f"mark.flagged:has-text('{words}')")
        self.assertEqual([claim.claimant.name for claim in Claim.objects.all()], ["the defence ministry"] * 2)

    def test_what_was_typed_in_a_closed_panel_is_there_for_the_next_words(self):
        page = self.open()
        self.drag_over(page, "on Tuesday")
        page.click(".flag-here")
        page.wait_for_selector(".flag-panel.asked")
        page.fill("#id_statement", "My own sentence.")
        page.press("#id_statement", "Escape")
        page.wait_for_selector(".flag-panel:not(.asked)")
        self.drag_over(page, "behind the attacks")
        page.keyboard.press("f")
        page.wait_for_selector(".flag-panel.asked")
        self.assertEqual(page.input_value("#id_statement"), "My own sentence.")
