"""Words chosen on the sheet by mouse, by keys and by touch, in Chromium."""

from typing import Any

from django.test import override_settings

from tests.browser import BrowserTestCase

from .words_hands import EDGES, FIND, READ, press_long, select_words, touch_page
from .words_page import FIRST, SECOND

# One sheet of the page, with its keys and its watch; what they tell is kept.
BEGIN = """(id) => {
  window.told = [];
  const root = document.getElementById(id);
  for (const sheet of document.querySelectorAll("[data-words]")) if (sheet !== root) sheet.remove();
  const words = (read) => read && (read.ok ? read.exact : read.parts.map((part) => part.exact));
  Newsroom.words.cursor(root, {
    flag: (read) => told.push(["flag", words(read)]),
    say: (said, how) => told.push([how, said]),
  });
  window.endWatch = Newsroom.words.watch(root, (read, rect) => told.push(["seen", words(read), Boolean(rect?.width)]));
}"""

# Words selected by script, and heard of by the page.
SELECT = """(span) => new Promise((heard) => {
  document.addEventListener("selectionchange", heard, { once: true });
  Newsroom.words.select(document.querySelector("[data-words]"), span);
}).then(() => true)"""


@override_settings(ROOT_URLCONF="tests.newsroom.words_page")
class HandsCase(BrowserTestCase):
    def open(self, sheet: str = "sheet-1", *, touch: bool = False) -> Any:
        self.browser = touch_page(self) if touch else self.page()
        # The page's timers go on only when `told` says so: what is told does not depend on how fast a machine is.
        self.browser.clock.install(time=0)
        self.browser.goto("/admin/words/article/")
        self.browser.clock.pause_at(60_000)
        self.browser.evaluate(BEGIN, sheet)
        return self.browser

    def read(self) -> dict:
        return self.browser.evaluate(READ)

    def chosen(self) -> Any:
        """The words that are selected, or a list of them where they stand in several blocks."""
        read = self.read()
        return read["exact"] if read["ok"] else [part["exact"] for part in read["parts"]]

    def told(self, kind: str) -> list:
        """What the page told of this kind, once every selection has settled."""
        self.browser.wait_for_timeout(100)  # a selection's event is on its way
        self.browser.clock.run_for(1000)
        return [rest for first, *rest in self.browser.evaluate("told") if first == kind]

    def edges(self, words: str) -> list[dict]:
        """The middle of the edge where words begin, and of the one where they end."""
        return self.browser.evaluate(EDGES, self.browser.evaluate(FIND, [words, "", 0]))

    def draw(self, start: dict, end: dict) -> None:
        mouse = self.browser.mouse
        mouse.move(**start)
        mouse.down()
        mouse.move(**end, steps=4)
        mouse.up()


class MouseTests(HandsCase):
    def test_words_are_drawn_over_either_way(self):
        page = self.open()
        for words in (
            "sixth base in one week",
            "have left six bases over",
            "left six",
            "Abu Ghraib",
            "👩🏽\u200d🚀 🇮🇶 to",
        ):
            with self.subTest(words=words):
                self.assertEqual(select_words(page, words)["exact"], words)
                self.draw(*reversed(self.edges(words)))
                self.assertEqual(self.chosen(), words)

    def test_so_are_words_in_urdu_and_a_latin_one_among_them(self):
        page = self.open("sheet-2")
        for words in ("اڈہ ایک ہفتے", "فوجی ذریعے نے بتایا", "بے\u200cنظیر کِتاب ۲۰۲۰ میں U.S. میں"):
            with self.subTest(words=words):
                self.assertEqual(select_words(page, words)["exact"], words)

    def test_half_a_word_in_urdu_becomes_the_whole_one(self):
        self.open("sheet-2")
        # Well inside the second letter: on the very edge between two, Chromium loses where a fast hand began.
        first, last = self.edges("ڈ")
        _start, end = self.edges("ہف")
        self.draw({**first, "x": first["x"] - (first["x"] - last["x"]) / 3}, end)
        self.assertEqual(self.chosen(), "اڈہ ایک ہفتے")

    def test_half_a_latin_word_stays_as_made_and_the_whole_one_is_offered(self):
        self.open()
        self.draw(self.edges("roops have")[0], self.edges("left six ba")[1])
        read = self.read()
        self.assertEqual(read["exact"], "roops have left six ba")
        self.assertEqual(read["whole"]["exact"], "troops have left six bases")
        select_words(self.browser, "troops have left six bases")
        self.assertIsNone(self.read()["whole"])

    def test_a_double_click_takes_a_word_and_a_third_its_paragraph_alone(self):
        page = self.open()
        spot = self.edges("source")[0]
        page.mouse.dblclick(spot["x"] + 4, spot["y"])
        self.assertEqual(self.chosen(), "source")
        page.mouse.click(spot["x"] + 4, spot["y"], click_count=3)
        self.assertEqual(self.chosen(), FIRST)

    def test_what_stands_beside_the_words_is_never_taken(self):
        page = self.open()
        margin = page.get_by_text("1 beside it").bounding_box()
        self.draw({"x": margin["x"] + 2, "y": margin["y"] + 5}, self.edges("The US-led")[1])
        self.assertEqual(self.chosen(), "The US-led")
        page.get_by_text("1 beside it").dblclick()
        self.assertEqual(self.read()["why"], "outside")

    def test_words_in_several_blocks_are_told_part_by_part(self):
        self.open()
        self.draw(self.edges("military")[0], self.edges("Coalition troops")[1])
        self.assertEqual(self.read().get("why"), "blocks")
        self.assertEqual(self.chosen(), ["military source said.", "Coalition troops"])

    def test_the_whole_page_is_every_block(self):
        page = self.open()
        page.keyboard.press("Control+a")
        self.assertEqual(len(self.chosen()), 10)

    def test_a_settled_selection_is_told_once_and_so_is_its_end(self):
        page = self.open()
        select_words(page, "six bases")
        self.assertEqual(self.told("seen"), [["six bases", True]])
        page.mouse.click(5, 700)
        self.assertEqual(self.told("seen"), [["six bases", True], [None, False]])
        page.evaluate("endWatch()")
        select_words(page, "one week")
        self.assertEqual(len(self.told("seen")), 2)

    def test_nothing_is_told_while_the_button_is_down(self):
        page = self.open()
        start, end = self.edges("troops have left")
        page.mouse.move(**start)
        page.mouse.down()
        page.mouse.move(**end, steps=4)
        self.assertEqual(self.told("seen"), [])
        page.mouse.up()
        self.assertEqual(self.told("seen"), [["troops have left", True]])


class KeysTests(HandsCase):
    def press(self, keys: str) -> None:
        for key in keys.split():
            self.browser.keyboard.press(key)

    def begin(self, sheet: str = "sheet-1") -> None:
        self.open(sheet)
        self.press("Tab")

    def test_the_sheet_is_one_tab_stop_that_tells_its_keys(self):
        self.begin()
        focused = "document.activeElement"
        self.assertEqual(self.browser.evaluate(f"{focused}.id"), "sheet-1")
        self.assertEqual(self.browser.evaluate(f"{focused}.getAttribute('aria-describedby')"), "keys")

    def test_arrows_choose_and_shift_chooses_more(self):
        table = [
            ("ArrowRight", "Coalition"),
            ("ArrowRight", "hands"),
            ("Shift+ArrowRight Shift+ArrowRight", "hands over sixth"),
            ("Shift+ArrowLeft", "hands over"),
            ("Shift+ArrowLeft Shift+ArrowLeft", "Coalition hands"),
            ("Shift+ArrowRight Shift+ArrowRight", "hands over"),
            ("Shift+End", "hands over sixth base in one week"),
            ("Shift+Home", "Coalition hands"),
            ("ArrowLeft", "Coalition"),
            ("End", "week"),
            ("ArrowRight ArrowRight", "US-led"),
            ("Control+End", "attacks"),
            ("Control+Shift+ArrowRight", "attacks."),
            ("Control+Shift+ArrowLeft Control+Shift+ArrowLeft", "attack"),
            ("Shift+ArrowRight", "attacks"),
            ("ArrowRight", "attacks"),
            ("Control+Home", "Coalition"),
        ]
        self.begin()
        for keys, words in table:
            self.press(keys)
            with self.subTest(keys=keys):
                self.assertEqual(self.chosen(), words)

    def test_up_and_down_keep_to_the_column_of_a_table(self):
        self.begin()
        select_words(self.browser, "Handed", by="keyboard")
        for keys, words in [
            ("ArrowDown", "March"),
            ("ArrowDown", "April"),
            ("ArrowUp ArrowUp", "Handed"),
            ("ArrowLeft ArrowDown", "Al-Qaim"),
            ("Shift+ArrowDown", ["Al-Qaim", "March 17", "Abu"]),
        ]:
            self.press(keys)
            with self.subTest(keys=keys):
                self.assertEqual(self.chosen(), words)

    def test_up_and_down_keep_to_their_place_in_the_lines_of_a_paragraph(self):
        self.begin()
        self.browser.set_viewport_size({"width": 200, "height": 800})
        select_words(self.browser, "Coalition troops", by="keyboard")
        self.press("ArrowRight ArrowLeft")
        line = "document.getSelection().getRangeAt(0).getBoundingClientRect().top"
        first = self.browser.evaluate(line)
        seen = []
        for _line in range(3):
            self.press("ArrowDown")
            seen.append(self.browser.evaluate(line) - first)
            self.assertIn(self.chosen(), SECOND)
        self.assertEqual(sorted(set(seen)), seen)
        self.press("ArrowUp ArrowUp ArrowUp")
        self.assertEqual(self.browser.evaluate(line), first)

    def test_in_a_paragraph_that_runs_from_right_to_left_the_left_arrow_leads_on(self):
        table = [
            ("ArrowLeft", "چھٹا"),
            ("ArrowLeft", "اڈہ"),
            ("Shift+ArrowLeft", "اڈہ ایک"),
            ("ArrowRight", "اڈہ"),
            ("Control+End", "چھپی"),
            ("ArrowRight ArrowRight", "U.S."),
            # Letters of Arabic script join: what is taken by character is taken by word there.
            ("ArrowRight Control+Shift+ArrowLeft Control+Shift+ArrowLeft", "میں U"),
            ("ArrowRight Shift+ArrowRight", "۲۰۲۰ میں"),
        ]
        self.begin("sheet-2")
        for keys, words in table:
            self.press(keys)
            with self.subTest(keys=keys):
                self.assertEqual(self.chosen(), words)

    def test_words_are_what_readers_call_words(self):
        self.begin()
        seen = []
        select_words(self.browser, "Washington", by="keyboard")
        for _word in range(14):
            self.press("ArrowRight")
            seen.append(self.chosen())
        self.assertEqual(
            " ".join(seen), "put the U.S. force at 5,000 and there were more 👩🏽\u200d🚀 🇮🇶 to come"
        )
        self.assertIn("“U.S. force” at 5,000, and", SECOND)

    def test_enter_and_f_hand_over_the_words_and_escape_clears_them(self):
        self.begin()
        self.press("f Enter")
        self.assertEqual(self.told("flag"), [])
        select_words(self.browser, "six bases", by="keyboard")
        self.press("Enter f Escape f")
        self.assertEqual(self.told("flag"), [["six bases"], ["six bases"]])
        self.assertEqual(self.told("gone"), [[""]])
        self.assertEqual(self.chosen(), [])
        self.press("ArrowRight")
        self.assertEqual(self.chosen(), "over")

    def test_it_is_said_what_was_reached_what_was_taken_and_what_is_left(self):
        self.begin()
        self.press("Control+Home Shift+ArrowRight Shift+End Shift+ArrowLeft Control+Shift+ArrowLeft")
        self.assertEqual(self.told("at"), [["Coalition"]])
        self.assertEqual(self.told("taken"), [["hands"], ["over sixth base in one week"]])
        left = "Coalition hands over sixth base in one"
        self.assertEqual(self.told("left"), [[left], [left[:-1]]])

    def test_links_fields_and_tables_keep_their_keys(self):
        page = self.open()
        for place in ("a.ref", "input", ".printed-table"):
            page.focus(place)
            page.evaluate("document.getSelection().removeAllRanges()")
            self.press("ArrowRight Shift+ArrowRight End f")
            with self.subTest(place=place):
                self.assertEqual(self.told("at"), [])
                self.assertEqual(self.told("flag"), [])
        self.assertEqual(page.input_value("input"), "f")

    def test_after_a_click_down_scrolls_until_the_cursor_is_moved(self):
        page = self.open()
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('pre'), { textContent: '\\n'.repeat(90) }))"
        )
        spot = self.edges("military")[0]
        page.mouse.click(spot["x"] + 4, spot["y"])
        self.press("ArrowDown")
        self.assertEqual(self.chosen(), [])
        self.until(page, "scrollY > 0")
        self.press("ArrowRight")
        self.assertEqual(self.chosen(), "military")
        self.press("ArrowDown")
        self.assertNotEqual(self.chosen(), "military")


class TouchTests(HandsCase):
    def test_what_a_finger_selected_is_told_once_its_handles_rest(self):
        page = self.open(touch=True)
        at = self.edges("sixth base")[0]
        press_long(page, at, 100)
        spans = [
            page.evaluate(FIND, [words, "", 0])
            for words in ("sixth base", "sixth base in", "sixth base in one week")
        ]
        self.assertEqual(self.told("seen"), [])
        for span in spans:
            page.evaluate(SELECT, span)
            page.clock.run_for(200)
        self.assertEqual(self.told("seen"), [["sixth base in one week", True]])

    def test_so_are_urdu_words_on_a_phone(self):
        page = self.open("sheet-2", touch=True)
        self.assertEqual(select_words(page, "چھٹا عراقی اڈہ", by="touch")["exact"], "چھٹا عراقی اڈہ")
        self.assertEqual(self.told("seen"), [["چھٹا عراقی اڈہ", True]])


class ShowingTests(HandsCase):
    def test_stored_words_are_selected_and_brought_into_view(self):
        page = self.open()
        page.evaluate(
            "document.body.prepend(Object.assign(document.createElement('pre'), { textContent: '\\n'.repeat(90) }))"
        )
        page.evaluate("scrollTo(0, 0)")
        span = page.evaluate(FIND, ["behind the attacks", "body", 0])
        select = "(span) => Newsroom.words.select(document.querySelector('[data-words]'), span)"
        self.assertTrue(page.evaluate(select, span))
        self.assertEqual(self.chosen(), "behind the attacks")
        self.assertTrue(0 < self.edges("behind the attacks")[0]["y"] < 800)

    def test_words_that_do_not_stand_there_are_not(self):
        page = self.open()
        select = "(span) => Newsroom.words.select(document.querySelector('[data-words]'), span)"
        whole = page.evaluate(FIND, [FIRST, "body", 0])
        for name, change in {
            "beyond the text": {"start": 9000, "end": 9001},
            "across blocks": {"end": whole["end"] + 5},
            "between blocks": {"start": whole["end"], "end": whole["end"] + 1},
            "no words": {"end": whole["start"]},
            "backwards": {"start": 5, "end": 2},
            "another field": {"field": "standfirst"},
        }.items():
            with self.subTest(name):
                self.assertFalse(page.evaluate(select, {**whole, **change}))
                self.assertEqual(self.chosen(), [])
