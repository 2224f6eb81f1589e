"""What can be flagged of words that were selected or pasted: a spot, or the parts in several paragraphs. Pure.

Offsets are code points of a field's canonical text, half-open. How words are found stands in articles/finding.py.
"""

import re
from dataclasses import dataclass

from articles.canonical import block_ranges, stored_blocks
from articles.finding import pattern_of, why_unmarkable
from newsroom.core.hygiene import is_blank

ENDS = ".!?…۔؟。"


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
