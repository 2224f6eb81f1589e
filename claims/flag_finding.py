"""Finding words in an article: the places where they stand, or the parts they have in several paragraphs. Pure.

Offsets are code points of a field's canonical text, half-open. White space, quotation marks and dashes are tolerated
when words are looked for; what is found is always what stands there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from articles.canonical import SpanRefused, block_at, block_ranges, stored_blocks
from newsroom.core.hygiene import is_blank

# Signs that a keyboard writes otherwise than a printer: one stands for the other when words are looked for.
ALIKE = ('"“”„«»', "'‘’‚ʼ", "-‐‑–—−")
# "…" is printed for three points, and the other way round.
POINTS = re.compile(r"\.\.\.|…")
ENDS = ".!?…۔؟。"
MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Spot:
    """Words at a place: `[start, end)` of a field, and the words as they stand there (or as they are looked for)."""

    field: str
    start: int
    end: int
    exact: str

    @property
    def value(self) -> str:
        """The spot as a form posts it."""
        return f"{self.field}:{self.start}:{self.end}:{self.exact}"


def spot_of(value: str) -> Spot | None:
    """The spot that a form posted; None for what is none."""
    parts = re.fullmatch(r"(headline|standfirst|body):(\d{1,9}):(\d{1,9}):(.*)", value, re.DOTALL | re.ASCII)
    if parts is None:
        return None
    field, start, end, exact = parts.groups()
    return Spot(field, int(start), int(end), exact.replace("\r\n", "\n"))


def as_body(text: str) -> dict:
    """A headline or standfirst as a body of one block, so that one rule says which words can carry a mark."""
    return {"blocks": [{"kind": "paragraph", "text": text}]}


def why_unmarkable(body: dict, start: int, end: int) -> SpanRefused | None:
    """What stands against a mark on `[start, end)` of the body's text; None where nothing does."""
    try:
        block_at(body, start, end)
    except SpanRefused as refusal:
        return refusal
    return None


def find(text: str, words: str, body: dict) -> list[tuple[int, int]]:
    """Every place at which the words stand and can carry a mark: word for word, else as they may be typed or copied."""
    exactly = ((at, at + len(words)) for at in occurrences(text, words))
    found = [span for span in exactly if why_unmarkable(body, *span) is None]
    if found or not words.strip():
        return found
    # No more than anybody chooses from: “the” stands a thousand times in a long text.
    alike = islice(pattern_of(words).finditer(text), MOST_FOUND)
    return [match.span() for match in alike if why_unmarkable(body, *match.span()) is None]


def occurrences(text: str, words: str) -> Iterable[int]:
    """Where the words begin, overlapping ones included, up to the most that anybody chooses from."""
    at = text.find(words) if words else -1
    for _turn in range(MOST_FOUND):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


def pattern_of(words: str) -> re.Pattern[str]:
    """The words with any white space, quotation marks and dashes, in any case, and dots as dots or as one sign."""
    pieces = []
    for piece in re.findall(r"\s+|\.\.\.|…|.", words.strip(), re.DOTALL):
        alike = next((group for group in ALIKE if piece in group), "")
        if piece.isspace():
            pieces.append(r"\s+")
        elif POINTS.fullmatch(piece):
            pieces.append(r"(?:\.\.\.|…)")
        else:
            pieces.append(f"[{re.escape(alike)}]" if alike else re.escape(piece))
    return re.compile("".join(pieces), re.IGNORECASE)


def across(text: str, words: str, body: dict) -> list[tuple[int, int]]:
    """The parts, one in each paragraph or cell, of words that run over several; none where they do not stand there."""
    found = pattern_of(words).search(text) if words.strip() else None
    return parts_of(body, *found.span()) if found else []


def parts_of(body: dict, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of `[start, end)` that lie in one paragraph or cell each, without white space around them."""
    parts = []
    for block, (first, last) in zip(stored_blocks(body), block_ranges(body), strict=True):
        if first >= end or last <= start:
            continue
        cells = re.split(r"([\t\n])", block.text) if block.kind == "table" else [block.text]
        at = first
        for cell in cells:
            part = trimmed(cell, max(start - at, 0), min(end - at, len(cell)))
            if part and why_unmarkable(body, at + part[0], at + part[1]) is None:
                parts.append((at + part[0], at + part[1]))
            at += len(cell)
    return parts


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its ends; None where nothing that a reader sees is left."""
    words = text[start:end] if start < end else ""
    if is_blank(words):
        return None
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def as_sentence(words: str) -> str:
    """The words as a sentence of their own: on one line, without the quotation marks around it, begun large, ended.

    What the editor finds in the field of a new claim; they may word it otherwise.
    """
    line = " ".join(words.split()).strip("\"“”„«»'‘’ ,;:–—-")
    if not line:
        return ""
    # Only the first letter: “iPhone” and “al-Qaida” lose nothing that the editor cannot put back.
    line = line[0].upper() + line[1:]
    stop = "۔" if re.search("[\u0600-\u06ff]", line) else "."
    return line if line[-1] in ENDS else line + stop
