"""Hands for stories in Chromium: they select words on a page's sheet by mouse, by keyboard and by touch, as people do.

    select_words(page, "sixth base in one week", field="headline")                the mouse, pressed and drawn
    select_words(page, "sixth base in one week", field="headline", by="keyboard")  the sheet's own keys
    select_words(page, "sixth base in one week", field="headline", by="touch")     a finger; `touch_page` is the phone

Each returns what the page's script reads. The words must stand in one block; `nth` counts from 0 where they repeat.
"""

from typing import Any

from playwright.sync_api import Page

from tests.browser import chromium

# Where the words stand: their span, and the middle of the edge at which each of their ends is taken hold of.
FIND = """([words, field, nth]) => {
  const root = document.querySelector("[data-words]");
  for (const block of Newsroom.words.blocks(root).filter((each) => !field || each.field === field)) {
    for (let at = block.text.indexOf(words); at >= 0; at = block.text.indexOf(words, at + 1)) {
      if (nth-- === 0) return block.span(at, at + words.length);
    }
  }
  return null;
}"""
EDGES = """(span) => {
  const root = document.querySelector("[data-words]");
  Newsroom.words.show(Newsroom.words.rangeOf(root, span));
  const holds = (block) => [span.start, span.end].every((position) => block.unitAt(position) >= 0);
  const block = Newsroom.words.blocks(root).find((each) => each.field === span.field && holds(each));
  const edge = (start, isEnd) => {
    const rect = Newsroom.words.rangeOf(root, { ...span, start, end: start + 1 }).getClientRects()[0];
    const isAtRight = (directionAt(start) === "rtl") !== isEnd;
    return { x: isAtRight ? rect.right - 1 : rect.left + 1, y: (rect.top + rect.bottom) / 2 };
  };
  const directionAt = (position) => {
    const letter = String.fromCodePoint(block.text.codePointAt(block.unitAt(position)));
    if (/[\\p{scx=Arab}\\p{scx=Hebr}]/u.test(letter)) return "rtl";
    return /\\p{L}/u.test(letter) ? "ltr" : getComputedStyle(block.element).direction;
  };
  return [edge(span.start, false), edge(span.end - 1, true)];
}"""
READ = """() => Newsroom.words.read(document.getSelection(), document.querySelector("[data-words]"))"""
BLOCK = """(position) => {
  const blocks = Newsroom.words.blocks(document.querySelector("[data-words]"));
  return blocks.findIndex((each) => each.field === position.field && each.unitAt(position.start) >= 0);
}"""
IS_RTL = """(span) => {
  const range = Newsroom.words.rangeOf(document.querySelector("[data-words]"), span);
  const { startContainer } = range;
  return getComputedStyle(startContainer.parentElement.closest("[data-start]")).direction === "rtl";
}"""
MOST_KEYS = 500


def select_words(
    page: Page, words: str, *, field: str = "", nth: int = 0, by: str = "mouse"
) -> dict[str, Any]:
    """Select these words on the sheet. Raise AssertionError where they do not stand there, or could not be selected."""
    span = page.evaluate(FIND, [words, field, nth])
    if span is None:
        raise AssertionError(f"these words do not stand on the sheet: {words}")
    {"mouse": draw_over, "keyboard": walk_over, "touch": press_over}[by](page, span)
    read = page.evaluate(READ)
    if not read["ok"] or read["exact"] != span["exact"]:
        raise AssertionError(f"wanted {words!r}, selected {read}")
    return read


def draw_over(page: Page, span: dict[str, Any]) -> None:
    """Press the mouse's button at the first letter, draw it to behind the last one, let go."""
    # A press on words that are selected would take hold of them and carry them away.
    page.evaluate("document.getSelection().removeAllRanges()")
    first, last = page.evaluate(EDGES, span)
    page.mouse.move(**first)
    page.mouse.down()
    page.mouse.move(**last, steps=5)
    page.mouse.up()


def walk_over(page: Page, span: dict[str, Any]) -> None:
    """Tab to the sheet, walk to the first word, extend to the last one."""
    focus_sheet(page)
    page.keyboard.press("Control+Home")
    goal = page.evaluate(BLOCK, span)
    for _key in range(MOST_KEYS):
        here = page.evaluate(READ)
        place = page.evaluate(BLOCK, here)
        if (place, here["start"]) == (goal, span["start"]):
            break
        page.keyboard.press(
            "ArrowDown" if place < goal else _onward(page, here, back=here["start"] > span["start"])
        )
    for _key in range(MOST_KEYS):
        here = page.evaluate(READ)
        if here["end"] >= span["end"]:
            return
        page.keyboard.press(f"Shift+{_onward(page, here)}")


def _onward(page: Page, span: dict[str, Any], *, back: bool = False) -> str:
    """The arrow that leads to the next word, as the paragraph runs."""
    return "ArrowLeft" if page.evaluate(IS_RTL, span) != back else "ArrowRight"


def focus_sheet(page: Page) -> None:
    """Press Tab until the sheet has the focus."""
    for _key in range(MOST_KEYS):
        if page.evaluate("document.activeElement.matches('[data-words]')"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the sheet cannot be reached by Tab")


def press_over(page: Page, span: dict[str, Any]) -> None:
    """Touch the first word, then let the words be selected as a phone does that: without a pointer event.

    Chromium without a screen selects nothing at a long press and draws no handles. The finger's events are real; the
    selection is made by script, and the browser tells of it as it does on a phone.
    """
    press_long(page, page.evaluate(EDGES, span)[0], 100)
    page.evaluate(
        """(span) => {
          const range = Newsroom.words.rangeOf(document.querySelector("[data-words]"), span);
          document.getSelection().setBaseAndExtent(
            range.startContainer, range.startOffset, range.endContainer, range.endOffset);
        }""",
        span,
    )


def press_long(page: Page, at: dict[str, float], milliseconds: int) -> None:
    """A finger that stays on the page for a time."""
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    page.wait_for_timeout(milliseconds)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def touch_page(case: Any, width: int = 360, *, user: Any = None) -> Page:
    """A page on a phone with a touch screen, for a BrowserTestCase, watched and closed as `case.page()` does it."""
    context = chromium().new_context(
        base_url=case.live_server_url,
        viewport={"width": width, "height": 720},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    if user:
        context.add_cookies([case._session_cookie(user)])
    page = context.new_page()
    case._watch(page)
    case.addCleanup(case.judge)
    case.addCleanup(context.close)
    return page
