"""Which changes are minor: white space, quotes, dashes or the dateline, and nothing that a reader would read otherwise.

Two versions are folded and compared. What may carry meaning stays apart: a space that parts two words or stands at a
digit, a quote or a dash that comes or goes, a quote after a digit (5' and 5"), lines of a verse, cells of a table.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from .canonical import SEPARATOR, StoredBlock, stored_blocks

SINGLE, DOUBLE, DASH = "'‘’‚‛‹›`´", '"“”„‟«»', "-‐‑‒–—―−"
FORMS = str.maketrans(dict.fromkeys(SINGLE + DOUBLE, "'") | dict.fromkeys(DASH, "-"))
DOUBLE_AFTER_DIGIT, INCHES = re.compile(rf"(?<=\d)[{DOUBLE}]"), "″"
LOOSE = re.compile(r"\s+|-{2,}")
# A line of a verse, a row and a cell of a table are not white space.
LOOSE_IN_LINES = re.compile(r"[^\S\n\t]+|-{2,}")
IN_LINES = frozenset({"verse", "table"})


class Printed(Protocol):
    """Words as an ArticleVersion and as `Words` hold them."""

    @property
    def headline(self) -> str: ...
    @property
    def standfirst(self) -> str: ...
    @property
    def body(self) -> Any: ...


@dataclass(frozen=True)
class Folded:
    """What is left of a text, and where in the text each character that is left stood."""

    text: str
    places: Sequence[int]

    def at(self, place: Any) -> Any:
        return bisect_left(self.places, place) if type(place) is int else place


def is_minor(old: Printed, new: Printed) -> bool:
    """Whether the two differ in white space, quotes, dashes and dateline at most. Takes whatever is stored."""
    return (
        fold(old.headline).text == fold(new.headline).text
        and fold(old.standfirst).text == fold(new.standfirst).text
        and _same_body(stored_blocks(old.body), stored_blocks(new.body))
    )


def fold(text: str, *, in_lines: bool = False) -> Folded:
    """The text with one form of quote and of dash, and white space only where it parts words or stands at a digit."""
    formed = DOUBLE_AFTER_DIGIT.sub(INCHES, text).translate(FORMS)
    kept: list[str] = []
    places: list[int] = []
    last = 0
    for loose in (LOOSE_IN_LINES if in_lines else LOOSE).finditer(formed):
        start, end = loose.span()
        kept.append(formed[last:start])
        places.extend(range(last, start))
        if loose[0][0] == "-" or _parts(formed[start - 1 : start] if start else "", formed[end : end + 1]):
            kept.append(loose[0][0] if loose[0][0] == "-" else " ")
            places.append(start)
        last = end
    places.extend(range(last, len(formed)))
    return Folded("".join([*kept, formed[last:]]), places)


def _parts(before: str, after: str) -> bool:
    """Whether white space between the two characters may carry meaning."""
    if not before or not after or before in "\n\t" or after in "\n\t":
        return False
    if before.isdigit() or after.isdigit():
        return True
    return not (_is_punctuation(before) or _is_punctuation(after))


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")


def _same_body(old: Sequence[StoredBlock], new: Sequence[StoredBlock]) -> bool:
    """Whether the blocks fold to the same; what both have at head and tail is not folded."""
    head, least = 0, min(len(old), len(new))
    while head < least and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < least - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    rest = [blocks[head : len(blocks) - tail] for blocks in (old, new)]
    return [_folded(unit) for unit in _units(rest[0])] == [_folded(unit) for unit in _units(rest[1])]


def _units(blocks: Sequence[StoredBlock]) -> list[list[StoredBlock]]:
    """Blocks that are read as one: where paragraphs are parted is white space too."""
    units: list[list[StoredBlock]] = []
    for plain, group in groupby(blocks, lambda block: block.kind == "paragraph" and not block.attrs):
        together = list(group)
        units += [together] if plain else [[block] for block in together]
    return units


def _folded(unit: list[StoredBlock]) -> tuple[Any, ...]:
    """All that counts of a unit: kind, attributes, folded text, and the spans where they stand in it."""
    first = unit[0]
    folded = fold(SEPARATOR.join(block.text for block in unit), in_lines=first.kind in IN_LINES)
    spans, place = [], 0
    for block in unit:
        spans += [_folded_span(span, place, folded) for span in block.spans]
        place += len(block.text) + len(SEPARATOR)
    return first.kind, first.attrs, folded.text, spans


def _folded_span(span: Any, place: int, folded: Folded) -> Any:
    if not isinstance(span, Mapping):
        return span
    ends = {name: folded.at(span[name] + place) for name in ("start", "end") if type(span.get(name)) is int}
    return {**span, **ends}
