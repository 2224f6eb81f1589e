"""Generated articles of which every character a reader sees is known: they are put together from such characters.

What a selection must become can so be told without any rule of Unicode: its ends move outwards to the next seam between
two pieces. A word in Arabic script is one piece.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random
from unicodedata import normalize

from articles.text import Mark, body_text, canonical_body
from newsroom.core.hygiene import is_blank

LATIN = [
    "sixth",
    "base",
    "in",
    "one",
    "week",
    "U.S.-led",
    "Jan.",
    "2020",
    "naïve",
    "Œuvre",
    "K-1",
    "5%",
    "“gave",
    "up,”",
]
HEBREW = ["שלום", "עברית"]
URDU = [
    "چھٹا",
    "اڈہ",
    "می\u200cخروم",
    "کِتاب",
    "۲۰۲۰",
    "بے\u200cنظیر",
    "اَلسَّلامُ",
    "ســلام",
    "ہفتے",
    "ﷺ",
    "سلا\u200fم",
]
WHOLE = [
    "👩\u200d👩\u200d👧\u200d👦",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "👍🏽",
    "🇵🇰",
    "🇮🇶",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "🧑🏿\u200d🚀",
    "🏳\ufe0f\u200d🌈",
    "g\u0308",
    "q\u0303\u0323",
    "नी",
    "𝒳",
    "𐎠",
    "𠮷",
    "각",
    "ẹ\u0302\u0301",
]
BETWEEN = [" "] * 12 + ["\u00a0", ", ", "، ", "۔ ", "-", "—", " \u200f", "\u200e ", "/", " (", "&", "<", "  "]
KINDS = ["paragraph"] * 6 + [
    "heading",
    "quote",
    "item",
    "item",
    "item",
    "verse",
    "figure",
    "table",
    "embed",
    "teaser",
]
MANY_LINES = ("paragraph", "quote", "verse")
ATTRS = {
    "heading": {"level": 3},
    "quote": {"by": "A military source"},
    "item": {"ordered": True, "depth": 0},
    "figure": {"media": "8f14e45f-ceea-4a7a-9c1d-2f0f0f2b6d11", "alt": "", "credit": "AFP"},
    "teaser": {"label": "READ MORE"},
    "embed": {"url": "https://example.com/film", "title": "The film"},
}
# As it is stored.
URDU, WHOLE = ([normalize("NFC", piece) for piece in pieces] for pieces in (URDU, WHOLE))
LINKS = ["https://example.com/a?b=1&c=2", "mailto:desk@example.com"]

# What a reader sees as one character, or one word in Arabic script.
Pieces = list[str]


@dataclass(frozen=True)
class Stretch:
    """Words that stand in one element of the sheet: a field, a block or a table cell. `start` counts in the field."""

    field: str
    start: int
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def chosen(self, before: int, taken: int) -> tuple[int, int] | None:
        """What a selection of `taken` UTF-16 units after the first `before` becomes, in code points of the field.

        None where nothing that can be seen was selected.
        """
        start, end = self._trimmed(_points(self.text, before), _points(self.text, before + taken, up=True))
        if not taken or start >= end:
            return None
        seams = list(accumulate(map(len, self.pieces), initial=0))
        start = max(seam for seam in seams if seam <= start)
        end = min(seam for seam in seams if seam >= end)
        return None if is_blank(self.text[start:end]) else (self.start + start, self.start + end)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        words = self.text[start:end]
        return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _points(text: str, units: int, *, up: bool = False) -> int:
    """How many code points so many UTF-16 units are; half a pair counts as nothing, or with `up` as one."""
    count = 0
    while units > (0 if up else 1) or (units == 1 and ord(text[count]) < 0x10000):
        units -= 2 if ord(text[count]) > 0xFFFF else 1
        count += 1
    return count


@dataclass(frozen=True)
class Text:
    """A generated article: its fields as stored, its marks, and the pieces of all its words."""

    number: int
    headline: str
    body: dict
    marks: dict[str, list[Mark]]
    stretches: list[Stretch]
    language: str = "en"


def texts(seed: int, first: int, count: int) -> list[Text]:
    """So many articles from the first on, the same for the same seed."""
    return [_text(Random(seed * 1_000_003 + number), number) for number in range(first, first + count)]


def one_article(several: Sequence[Text]) -> Text:
    """The headline of the first and the blocks of all of them, without marks."""
    first, blocks, stretches, start = several[0], [], [], 0
    for text in several:
        for stretch in text.stretches:
            if stretch.field == "body":
                stretches.append(replace(stretch, start=start + stretch.start))
        blocks += text.body["blocks"]
        start += len(body_text(text.body)) + 2
    headline = [stretch for stretch in first.stretches if stretch.field == "headline"]
    return replace(first, body={"schema": 1, "blocks": blocks}, marks={}, stretches=headline + stretches)


def _text(random: Random, number: int) -> Text:
    headline = _pieces(random, 6, lines=False)
    stretches = [Stretch("headline", 0, tuple(headline))]
    blocks, start = [], 0
    for _count in range(random.randint(2, 5)):
        block, parts = _block(random, random.choice(KINDS))
        blocks.append(block)
        stretches += [Stretch("body", start + offset, tuple(pieces)) for offset, pieces in parts if pieces]
        start += len(block["text"]) + 2
    body = canonical_body({"schema": 1, "blocks": blocks})
    if [block["text"] for block in body["blocks"]] != [block["text"] for block in blocks]:
        raise AssertionError(f"text {number} is not stored as it was put together")
    marks = {
        field: _marks(random, [s for s in stretches if s.field == field]) for field in ("headline", "body")
    }
    return Text(number, "".join(headline), body, marks, stretches, random.choice(["en", "ur"]))


def _pieces(random: Random, words: int, *, lines: bool) -> Pieces:
    """Some words and what stands between them, as pieces. Two words in Arabic script never touch."""
    pieces = _word(random)
    for _count in range(random.randint(0, words)):
        between = "\n" if lines and random.random() < 0.15 else random.choice(BETWEEN)
        pieces += [*between, *_word(random)]
    return pieces


def _word(random: Random) -> Pieces:
    roll = random.random()
    if roll < 0.4:
        return list(random.choice(LATIN))
    if roll < 0.7:
        return [random.choice(URDU), *random.choices(WHOLE, k=random.choice([0, 0, 0, 1]))]
    if roll < 0.75:
        return list(random.choice(HEBREW))
    return [*random.choice(["", "", "a", "No"]), *random.choices(WHOLE, k=random.randint(1, 3))]


def _block(random: Random, kind: str) -> tuple[dict, list[tuple[int, Pieces]]]:
    """A block, and the pieces of each of its elements with where they begin."""
    if kind == "table":
        parts = _table(random)
        text, attrs = _table_text(parts), {"header": random.random() < 0.5}
    else:
        label = [*ATTRS["teaser"]["label"], " "] if kind == "teaser" else []
        parts = [(0, [*label, *_pieces(random, 10, lines=kind in MANY_LINES)])]
        text, attrs = "".join(parts[0][1]), dict(ATTRS.get(kind, {}))
    spans = [span for offset, pieces in parts for span in _spans(random, offset, len("".join(pieces)))]
    return {"kind": kind, "text": text, "spans": spans, "attrs": attrs}, parts


COLUMNS = 2


def _table(random: Random) -> list[tuple[int, Pieces]]:
    """The cells of a table, each with where it begins; a tab or a line end stands between two of them."""
    cells, offset = [], 0
    for _count in range(COLUMNS * random.randint(1, 3)):
        pieces = _pieces(random, 2, lines=False)
        cells.append((offset, pieces))
        offset += len("".join(pieces)) + 1
    return cells


def _table_text(cells: Sequence[tuple[int, Pieces]]) -> str:
    words = ["".join(pieces) for _offset, pieces in cells]
    rows = [words[first : first + COLUMNS] for first in range(0, len(words), COLUMNS)]
    return "\n".join("\t".join(row) for row in rows)


def _spans(random: Random, offset: int, length: int) -> list[dict]:
    """Formatting that begins and ends anywhere, inside characters too."""
    spans = []
    for kind in ("link", "strong", "emphasis", "sup", "lang"):
        if random.random() < 0.3:
            start, end = _range(random, offset, length)
            value = {
                "link": {"href": random.choice(LINKS)},
                "lang": {"lang": random.choice(["ur", "he", "en"])},
            }
            spans.append({"start": start, "end": end, "kind": kind, **value.get(kind, {})})
    return spans


def _range(random: Random, offset: int, length: int) -> tuple[int, int]:
    start = random.randrange(length)
    return offset + start, offset + random.randint(start + 1, length)


def _marks(random: Random, stretches: list[Stretch]) -> list[Mark]:
    """Marks that overlap, nest and touch, each inside one element."""
    marks = []
    for stretch in stretches:
        for _count in range(random.choice([0, 0, 1, 2, 3])):
            start, end = _range(random, stretch.start, len(stretch.text))
            number = len(marks) + 1
            marks.append(Mark(start, end, f"{stretch.field}{number}", number, "false", "False", number % 3))
    return marks
