"""Hands of people at the desk: a mouse, a keyboard, a finger on a phone, and a browser without scripts.

A hand chooses words, presses what a selector names, fills fields and ticks choices, each in its own way only.
`presses` counts what was pressed since words were chosen; typing is not counted, as whoever types chose to.
"""

from typing import Any

from tests.newsroom.words_hands import select_words, touch_page

MOST_TABS = 400
PAUSE = 500  # milliseconds between two looks: longer than any script of ours waits before it draws
MOST_LOOKS = 60
HANGS = 120_000  # milliseconds after which a page that does not come hangs


class Hand:
    """What every hand can do. `case` is a BrowserTestCase, `user` whoever is signed in."""

    by = ""

    def __init__(self, case: Any, user: Any):
        self.page = self.open(case, user)
        self.presses = 0

    def open(self, case: Any, user: Any) -> Any:
        return case.page(user=user)

    def goto(self, address: str) -> None:
        self.page.goto(address)

    def choose_words(self, words: str, field: str) -> None:
        """Choose words on the sheet of Read and flag, and ask for its panel."""
        select_words(self.page, words, field=field, by=self.by)
        self.presses = 0
        self.ask_for_panel()
        self.page.wait_for_selector(".flag-panel.asked .picked")

    def ask_for_panel(self) -> None:
        self.press(".flag-here")

    def press(self, selector: str) -> None:
        self.presses += 1
        self.reach(selector)

    def reach(self, selector: str) -> None:
        self.page.click(selector)

    def press_and_leave(self, selector: str) -> None:
        """Press what leads to another page once this one stands still, and wait for that page.

        What is drawn late moves what lies below it; a press that begins on a button and ends beside it is none.
        """
        self.see_it_still(selector)
        with self.page.expect_navigation(timeout=HANGS):
            self.press(selector)

    def see_it_still(self, selector: str) -> None:
        """Look until it stands where it stood, and nothing is being drawn."""
        known = None
        for _look in range(MOST_LOOKS):
            busy = self.page.locator("[aria-busy=true]").count()
            found = self.page.locator(selector).bounding_box()
            if found == known and not busy:
                return
            known = found
            self.page.wait_for_timeout(PAUSE)
        raise AssertionError(f"the page never stands still around {selector}")

    def fill(self, selector: str, words: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def tick(self, selector: str) -> None:
        """Choose a radio button."""
        self.reach(selector)

    def pick(self, selector: str, value: str) -> None:
        """Choose from a list that the browser draws itself, beyond the reach of any test's hand."""
        self.page.select_option(selector, value)


class Mouse(Hand):
    by = "mouse"


class Finger(Hand):
    """On a phone, 360 px wide."""

    by = "touch"

    def open(self, case: Any, user: Any) -> Any:
        return touch_page(case, 360, user=user)

    def reach(self, selector: str) -> None:
        self.page.tap(selector)


class Keyboard(Hand):
    """Tab to it, then Enter; arrows within a choice. Nothing is ever clicked."""

    by = "keyboard"

    def ask_for_panel(self) -> None:
        self.presses += 1
        self.page.keyboard.press("f")

    def reach(self, selector: str) -> None:
        self.tab_to(selector)
        if not self.page.evaluate(
            "document.activeElement.matches('input:not([type=submit]), textarea, select')"
        ):
            self.page.keyboard.press("Enter")

    def tab_to(self, selector: str) -> None:
        for _tab in range(MOST_TABS):
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way by Tab to {selector}")

    def tick(self, selector: str) -> None:
        name = self.page.locator(selector).get_attribute("name")
        self.tab_to(f"[name='{name}']")
        if not self.page.is_checked(f"[name='{name}']:focus"):
            self.page.keyboard.press("Space")
        for _choice in range(30):
            if self.page.is_checked(selector):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no way by arrows to {selector}")

    def pick(self, selector: str, value: str) -> None:
        self.tab_to(selector)
        label = self.page.inner_text(f"{selector} option[value='{value}']")
        self.page.keyboard.type(label)


class NoScript(Hand):
    """A browser without scripts: words are pasted, every act is a form."""

    by = "form"

    def open(self, case: Any, user: Any) -> Any:
        return case.page(user=user, javascript=False)

    def choose_words(self, words: str, field: str) -> None:
        """Paste the words; where they stand twice, take the first place."""
        self.page.fill("[name=words]", words)
        self.presses = 0
        self.press_and_leave("[name=look][value=words]")
        self.page.wait_for_selector(".flag-panel.asked")
