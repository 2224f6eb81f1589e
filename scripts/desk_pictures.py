"""The pictures of docs/desk.md, taken of the seeded site: python scripts/desk_pictures.py [NAME ...]

The demo is set up anew in a folder of its own; what the pictures show being done is really done there, in this order.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.screenshots import demo_site  # noqa: E402

PICTURES = ROOT / "docs" / "desk"
WIDTH, HEIGHT = 1280, 860
PHONE = 360
# What an agency might correct: a number that was checked, and what surrounds other checked words.
CORRECTED = (
    (
        "That makes six bases that coalition troops have left",
        "That makes five bases that coalition troops have left",
    ),
    ("a military source said", "two military sources said"),
    ("they say, and it takes", "they say; it also takes"),
)


class Desk:
    """A browser, and the people of the demo signed in to it."""

    def __init__(self, browser, site: str, passwords: dict[str, str]):
        self.browser, self.site, self.passwords = browser, site, passwords

    def page(self, person: str, width: int = WIDTH, **options):
        """The desk's first page, with that person signed in."""
        context = self.browser.new_context(
            base_url=self.site,
            viewport={"width": width, "height": HEIGHT if width > PHONE else 740},
            reduced_motion="reduce",
            **options,
        )
        page = context.new_page()
        page.goto("/admin/")
        page.fill("#id_username", person)
        page.fill("#id_password", self.passwords[person])
        with page.expect_navigation():
            page.press("#id_password", "Enter")
        return page


def address_of(page, listing: str, words: str) -> str:
    """The address of the row of a list that holds the words."""
    page.goto(listing)
    link = page.locator("#result_list a[href$='/change/']", has_text=words).first
    return link.get_attribute("href").split("?")[0]


def article(page, words: str, end: str) -> str:
    return address_of(page, "/admin/articles/article/", words).replace("change/", end)


def claim(page, words: str, end: str = "change/") -> str:
    return address_of(page, "/admin/claims/claim/", words).replace("change/", end)


def first_page(desk: Desk):
    return desk.page("fact-checker")


def flag(desk: Desk):
    """Words chosen in the founding article, with what is asked about them."""
    from tests.newsroom.words_hands import select_words

    page = desk.page("reporter")
    page.goto(article(page, "sixth Iraqi base", "flag/"))
    select_words(
        page, "it takes foreign soldiers out of the reach of groups that side with Iran", field="body"
    )
    page.click(".flag-here")
    page.wait_for_selector(".flag-panel.asked .picked")
    return page


def phone(desk: Desk):
    """Flagging on a phone."""
    from tests.newsroom.words_hands import select_words

    page = desk.page("reporter", PHONE, has_touch=True, is_mobile=True)
    page.goto(article(page, "sixth Iraqi base", "flag/"))
    select_words(page, "gave a site to the west of Baghdad over", field="body", by="touch")
    page.tap(".flag-here")
    page.wait_for_selector(".flag-panel.asked .picked")
    return page


def places(desk: Desk):
    page = desk.page("fact-checker")
    page.goto(claim(page, "sixth Iraqi base within one week", "places/"))
    return page


def marks(desk: Desk):
    """An article revised by the archivist, and what became of the claims in it."""
    editor = desk.page("archivist")
    editor.goto(article(editor, "sixth Iraqi base", "change/"))
    body = editor.locator("[name=body]")
    words = body.input_value()
    for before, after in CORRECTED:
        words = words.replace(before, after)
    body.fill(words)
    editor.fill("[name=reason]", "The agency corrected its report.")
    with editor.expect_navigation():
        editor.click("[name=_save]")
    page = desk.page("fact-checker")
    page.goto(article(page, "sixth Iraqi base", "marks/"))
    return page


def verdict(desk: Desk):
    """A verdict being written, with the note as readers will see it."""
    page = desk.page("fact-checker")
    page.goto(claim(page, "increased after Qasim Soleimani"))
    form = page.locator("#verdict-form")
    if not form.is_visible():
        page.click("details.begin:has(#verdict-form) > summary")
    page.check("label.unproven input")
    page.fill(
        "[name=verdict-finding]", "Nobody has published a count of the attacks before and after that day."
    )
    page.wait_for_selector("#as-read :text('Nobody has published a count')")
    page.locator("#verdict-title").scroll_into_view_if_needed()
    return page


def approve(desk: Desk):
    """A proposal before its second person."""
    page = desk.page("verdict-editor")
    page.goto(claim(page, "passed the Al-Walid crossing"))
    page.locator("#verdict-title").scroll_into_view_if_needed()
    return page


def correct(desk: Desk):
    """A change that waits, and the correction that is proposed of it."""
    page = desk.page("reporter")
    change = article(page, "day by day", "change/")
    page.goto(change)
    words = page.locator("#id_body").input_value()
    page.fill("#id_body", words.replace("The moves had been", "The moves, it said, had been", 1))
    page.fill("#id_reason", "Who said that the moves had been planned.")
    page.click("[name=_save]")
    page.goto(change.replace("change/", "act/correct/"))
    page.fill("#id_was", "The moves had been planned long before")
    page.fill("#id_now", "The moves, it said, had been planned long before")
    page.fill(
        "#id_why", "That the moves were planned long before is what the coalition said, not what we know."
    )
    page.select_option("#id_cause", "source")
    return page


def correction_approve(desk: Desk):
    """The same correction before its second person."""
    page = correct(desk)
    page.click("input.default")
    page.wait_for_url("**/correction/*/change/")
    address = page.url.replace("change/", "act/approve/")
    page.context.close()
    page = desk.page("verdict-editor")
    page.goto(address)
    return page


def correction_read(desk: Desk):
    """What readers see of a correction."""
    page = desk.page("reporter")
    page.goto("/corrections/")
    page.click(".corrected h3 a")
    return page


def update_note(desk: Desk):
    """A version that waits, and the note with which it is made live."""
    page = desk.page("verdict-editor")
    page.goto(article(page, "day by day", "act/go-live/"))
    return page


def editor(desk: Desk):
    page = desk.page("reporter")
    page.goto(article(page, "Big American convoy", "change/"))
    page.wait_for_timeout(1500)
    return page


def search(desk: Desk):
    page = desk.page("fact-checker")
    page.goto("/admin/search/?q=base+headline%3Acoalition")
    return page


def keys(desk: Desk):
    """The sheet of keys."""
    page = desk.page("fact-checker")
    page.goto("/admin/claims/claim/")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    return page


def preview(desk: Desk):
    page = desk.page("fact-checker")
    page.goto(article(page, "sixth Iraqi base", "preview/"))
    return page


def urdu(desk: Desk):
    """The desk in Urdu, at night."""
    page = desk.page("fact-checker", color_scheme="dark")
    page.context.add_cookies([{"name": "desk_language", "value": "ur", "url": f"{desk.site}/admin/"}])
    page.goto(claim(page, "sixth Iraqi base within one week", "places/"))
    return page


SHOTS: dict[str, Callable] = {
    shot.__name__.replace("_", "-"): shot
    for shot in (
        first_page,
        flag,
        phone,
        places,
        marks,
        verdict,
        approve,
        correct,
        correction_approve,
        correction_read,
        update_note,
        editor,
        search,
        keys,
        preview,
        urdu,
    )
}


@contextmanager
def chromium():
    """A Chromium for as long as the block lasts."""
    from playwright.sync_api import sync_playwright

    from tests.browser import FLAGS, find_chromium

    with sync_playwright() as driver:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        yield driver.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *as_root])


def main() -> None:
    """Take the pictures that the arguments name, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SHOTS))
    names = parser.parse_args().names or list(SHOTS)
    PICTURES.mkdir(exist_ok=True)
    with demo_site() as (site, folder), chromium() as browser:
        passwords = json.loads((folder / "demo-people.json").read_text(encoding="utf-8"))
        desk = Desk(browser, site, passwords)
        for name in names:
            page = SHOTS[name](desk)
            path = PICTURES / f"{name}.png"
            page.screenshot(path=path)
            page.context.close()
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
