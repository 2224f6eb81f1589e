"""What the page for flagging promises the script that reads selections: where the words of every block begin."""

import re
from html.parser import HTMLParser
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from articles.text import Mark, block_ranges, body_text, canonical_body, render_blocks, stored_blocks
from newsroom.core.hygiene import visible
from tests.articles.strategies import bodies, marks
from tests.articles.test_text import UID

ASIDE = ("ref", "vh")


class Starts(HTMLParser):
    """The words under each element with `data-start`, read as the script reads them."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.stack: list[tuple[str, bool, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "br":
            self.take("\n")
        if tag in ("br", "hr", "use", "img"):
            return
        begins = "data-start" in given
        if begins:
            assert not any(open_begins for _, open_begins, _ in self.stack), "one start inside another"
            self.found.append((int(given["data-start"]), ""))
        aside = "data-aside" in given or tag == "svg" or given.get("class", "") in ASIDE
        self.stack.append((tag, begins, aside))

    def handle_endtag(self, tag):
        if tag not in ("br", "hr", "use", "img"):
            self.stack.pop()

    def handle_data(self, data):
        self.take(data)

    def take(self, words):
        inside = any(begins for _, begins, _ in self.stack)
        if inside and not any(aside for *_, aside in self.stack):
            start, so_far = self.found[-1]
            self.found[-1] = (start, so_far + words)


def starts_of(body, marks=()) -> list[tuple[int, str]]:
    return Starts("".join(row.html for row in render_blocks(body, marks, starts=True))).found


def pieces_of(body) -> list[tuple[int, str]]:
    """Where the words of each block, and in a table of each cell, begin, by the stored text alone."""
    pieces = []
    for block, (start, _end) in zip(stored_blocks(body), block_ranges(body), strict=True):
        if block.kind != "table":
            pieces.append((start, block.text))
            continue
        at = start
        for cell in re.split(r"[\t\n]", block.text):
            pieces.append((at, cell))
            at += len(cell) + 1
    return [(start, visible(words)) for start, words in pieces if words]


def block(kind, text, **attrs):
    return {"kind": kind, "text": text, "spans": [], "attrs": attrs}


EVERY_KIND = [
    block("paragraph", "Six bases 👩‍👩‍👧‍👦 were handed over."),
    block("heading", "What the ministry said", level=3),
    block("quote", "We leave.\nAll of us.", by="a spokesman"),
    block("verse", "Roses\nand oil"),
    block("item", "first of two", ordered=False, depth=0),
    block("item", "second, deeper", ordered=True, depth=1),
    block("item", "third", ordered=False, depth=0),
    block("table", "Base\tDate\nAbu Ghraib\t\nAl-Qaim\t17 March", header=True),
    block("figure", "Troops at the gate", alt="A gate", credit="AFP", media=UID),
    block("divider", ""),
    block("embed", "A film of the gate", url="https://example.org/film", title="Film"),
    {**block("teaser", "READ MORE: Sixth base handed over", label="READ MORE:")},
    block("paragraph", "چھٹا اڈہ ایک ہفتے میں"),
]


class StartsTests(TestCase):
    def body(self):
        return canonical_body({"schema": 1, "blocks": EVERY_KIND})

    def test_every_kind_of_block_says_where_its_words_begin(self):
        body = self.body()
        self.assertEqual(starts_of(body), pieces_of(body))
        text = body_text(body)
        for start, words in starts_of(body):
            with self.subTest(words=words):
                self.assertEqual(text[start : start + len(words)], words)

    def test_every_word_of_the_body_stands_under_one_start(self):
        body = self.body()
        told = "".join(words for _, words in starts_of(body))
        self.assertEqual(
            re.sub(r"[\t\n]", "", told), re.sub(r"[\t\n]", "", body_text(body)), "a word has no place"
        )

    def test_marks_and_their_references_change_nothing_about_it(self):
        body = self.body()
        start = body_text(body).index("bases")
        over = [
            Mark(start, start + 5, "a", 1, "false", "False"),
            Mark(start, start + 12, "b", 2, "flagged", "Flagged"),
        ]
        self.assertEqual(starts_of(body, over), pieces_of(body))

    def test_the_pages_of_readers_are_drawn_as_before(self):
        body = self.body()
        plain = [row.html for row in render_blocks(body)]
        told = [
            re.sub(r"<span data-start=\"\d+\">(.*?)</span>", r"\1", row.html)
            for row in render_blocks(body, starts=True)
        ]
        self.assertEqual([re.sub(r' data-start="\d+"', "", html) for html in told], plain)
        self.assertNotIn("data-start", "".join(plain))

    @given(st.data())
    def test_of_any_storable_body_with_any_marks(self, data):
        body = data.draw(bodies())
        over = data.draw(marks(len(body_text(body))))
        self.assertEqual(starts_of(body, over), pieces_of(body))
