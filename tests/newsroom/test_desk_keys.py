"""The desk by keyboard: rows, keys that go somewhere, the sheet that lists them, the switch that turns them off."""

from tests.browser import BrowserTestCase
from tests.desk import LiveCast
from tests.factories import make_article, make_claim

CLAIMS = "/admin/claims/claim/"
FIRST_ROW = "#result_list tbody tr:nth-child(1) th a"
SECOND_ROW = "#result_list tbody tr:nth-child(2) th a"


class KeysTests(LiveCast, BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.first = make_claim("Nobody was hurt.")
        self.second = make_claim("Somebody was hurt.")

    def open(self, path: str = CLAIMS, **view):
        page = self.page(user=self.sana, **view)
        page.goto(path)
        return page

    def in_focus(self, page, selector: str) -> bool:
        return page.evaluate(
            "selector => document.activeElement === document.querySelector(selector)", selector
        )

    def test_j_and_k_move_through_the_rows_and_stop_at_both_ends(self):
        page = self.open()
        for key, selector in (
            ("j", FIRST_ROW),
            ("j", SECOND_ROW),
            ("j", SECOND_ROW),
            ("k", FIRST_ROW),
            ("k", FIRST_ROW),
        ):
            page.keyboard.press(key)
            with self.subTest(key=key, selector=selector):
                self.assertTrue(self.in_focus(page, selector))

    def test_o_and_enter_open_the_row(self):
        for key in ("o", "Enter"):
            with self.subTest(key):
                page = self.open()
                page.keyboard.press("j")
                page.keyboard.press(key)
                page.wait_for_url(f"**{CLAIMS}{self.second.pk}/change/**")

    def test_x_chooses_the_row_and_leaves_it_out_again(self):
        page = self.open()
        page.keyboard.press("j")
        for chosen in (True, False):
            page.keyboard.press("x")
            with self.subTest(chosen=chosen):
                self.assertEqual(page.is_checked("#result_list tbody tr:nth-child(1) .action-select"), chosen)
                self.assertTrue(self.in_focus(page, FIRST_ROW))

    def test_a_adds_and_g_goes(self):
        for keys, path in (
            (["a"], f"{CLAIMS}add/"),
            (["g", "s"], "/admin/claims/source/"),
            (["g", "h"], "/admin/"),
        ):
            with self.subTest(keys=keys):
                page = self.open()
                for key in keys:
                    page.keyboard.press(key)
                page.wait_for_url(f"**{path}*")

    def test_slash_goes_to_the_search_of_the_whole_desk(self):
        page = self.open()
        page.keyboard.press("/")
        self.assertTrue(self.in_focus(page, "#desk-search"))
        page.keyboard.type("hurt?")
        self.assertEqual(page.input_value("#desk-search"), "hurt?")
        self.assertFalse(page.is_visible("#keys"))

    def test_the_first_page_has_rows_too(self):
        page = self.open("/admin/")
        page.keyboard.press("j")
        page.keyboard.press("/")
        self.assertTrue(self.in_focus(page, "#desk-search"))

    def test_nothing_happens_while_somebody_types_or_holds_a_modifier(self):
        page = self.open()
        page.focus("#searchbar")
        page.keyboard.type("jakob/?")
        self.assertEqual(page.input_value("#searchbar"), "jakob/?")
        page.evaluate("document.activeElement.blur()")
        for key in ("Control+j", "Alt+a", "Meta+o"):
            page.keyboard.press(key)
            with self.subTest(key):
                self.assertTrue(page.url.endswith(CLAIMS))
                self.assertFalse(self.in_focus(page, FIRST_ROW))

    def test_a_keyboard_set_to_urdu_moves_by_the_same_keys(self):
        page = self.open()
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ج', code: 'KeyJ', bubbles: true}))"
        )
        self.assertTrue(self.in_focus(page, FIRST_ROW))

    def test_the_sheet_lists_every_key_and_gives_the_focus_back(self):
        page = self.open()
        page.keyboard.press("j")
        page.evaluate("Newsroom.keys.add('f', 'Flag the words', () => {}, 'This page')")
        page.keyboard.press("?")
        said = page.inner_text("#keys")
        for words in ("Next row", "Open the row", "Add claim", "Search", "This page", "Flag the words"):
            with self.subTest(words):
                self.assertIn(words, said)
        page.keyboard.press("j")
        page.keyboard.press("Escape")
        self.assertFalse(page.is_visible("#keys"))
        self.assertTrue(self.in_focus(page, FIRST_ROW))

    def test_the_keys_are_turned_off_and_on_again_and_stay_so(self):
        page = self.open()
        self.switch(page)
        page.reload()
        for key in ("j", "?", "/"):
            page.keyboard.press(key)
        self.assertFalse(self.in_focus(page, FIRST_ROW))
        self.assertFalse(self.in_focus(page, "#desk-search"))
        self.assertFalse(page.is_visible("#keys"))
        self.switch(page)
        page.keyboard.press("j")
        self.assertTrue(self.in_focus(page, FIRST_ROW))

    def switch(self, page) -> None:
        """By the menu, which is there without any key."""
        page.click(".desk-menu summary")
        page.click(".keys-open")
        page.click("#keys-on")
        page.click(".keys-close")
        page.keyboard.press("Escape")

    def test_a_script_of_a_page_that_does_nothing_leaves_the_key_to_the_browser(self):
        page = self.open()
        page.evaluate("Newsroom.keys.add('n', 'Nothing', () => false)")
        passed = page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'n', bubbles: true, cancelable: true}))"
        )
        self.assertTrue(passed)

    def test_the_menu_of_the_person_opens_and_closes_by_key(self):
        page = self.open()
        page.focus(".desk-menu summary")
        page.keyboard.press("Enter")
        self.assertTrue(page.is_visible("#logout-form button"))
        page.keyboard.press("Escape")
        self.assertFalse(page.is_visible("#logout-form button"))
        self.assertTrue(self.in_focus(page, ".desk-menu summary"))


class WithoutScriptTests(LiveCast, BrowserTestCase):
    def test_the_frame_works_without_a_script(self):
        page = self.page(user=self.sana, javascript=False)
        page.goto("/admin/")
        page.click(".desk-menu summary")
        self.assertFalse(page.is_visible(".keys-open"))
        page.click(".desk-language button")
        self.assertEqual(page.get_attribute("html", "dir"), "rtl")
        page.click(".desk-menu summary")
        page.click("#logout-form button")
        self.assertEqual(page.locator(".desk-page").count(), 1)


class ThemeTests(LiveCast, BrowserTestCase):
    BOARD = "getComputedStyle(document.body).backgroundColor"

    def test_the_switch_of_colours_goes_before_what_the_system_asks_for(self):
        page = self.page(user=self.sana)
        page.goto("/admin/")
        light = page.evaluate(self.BOARD)
        page.click(".desk-menu summary")
        page.click(".theme-toggle")
        self.assertEqual(page.inner_text(".theme-toggle"), "Colours: dark")
        self.assertNotEqual(page.evaluate(self.BOARD), light)
        page.reload()
        self.assertNotEqual(page.evaluate(self.BOARD), light)


class AutocompleteTests(LiveCast, BrowserTestCase):
    def test_an_autocomplete_is_named_by_its_label_closed_and_open(self):
        page = self.page(user=self.sana)
        page.goto("/admin/claims/evidence/add/")
        box = page.get_by_role("combobox", name="Source")
        box.click()
        self.assertEqual(page.get_attribute(".select2-search__field", "aria-label"), "Source:")
