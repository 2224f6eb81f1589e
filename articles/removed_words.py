"""Words that an order takes out of a text, as arithmetic: the text afterwards, and where all else stands in it. Pure.

Offsets are code points, half-open. Every range that is removed leaves the same notice in its place, and what stood
behind it moves. A range that touches removed words takes their whole notice in, so that what it quotes stands there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .canonical import block_ranges, stored_blocks

Range = tuple[int, int]


class RemovalRefused(ValueError):
    """Ranges that cannot be removed together: empty, outside the text, or across each other."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """The ranges of one text that go, in their order and apart from each other, and what stands there afterwards."""

    ranges: tuple[Range, ...]
    notice: str

    def applied(self, text: str) -> str:
        """The text without the words. Raise RemovalRefused for a range that is not one of the text."""
        parts, reached = [], 0
        for start, end in self.ranges:
            if not reached <= start < end <= len(text):
                raise RemovalRefused((start, end))
            parts += [text[reached:start], self.notice]
            reached = end
        return "".join([*parts, text[reached:]])

    def touches(self, start: int, end: int) -> bool:
        """Whether any of the words in `[start, end)` go."""
        return any(first < end and start < last for first, last in self.ranges)

    def moved(self, start: int, end: int) -> Range:
        """Where the range stands afterwards; with the whole notice, where it touches words that go."""
        return self._start(start), self._end(end)

    def _start(self, offset: int) -> int:
        shift = 0
        for first, last in self.ranges:
            if first < offset < last:
                return first + shift
            if last <= offset:
                shift += len(self.notice) - (last - first)
        return offset + shift

    def _end(self, offset: int) -> int:
        shift = 0
        for first, last in self.ranges:
            if first < offset < last:
                return first + shift + len(self.notice)
            if last <= offset:
                shift += len(self.notice) - (last - first)
        return offset + shift

    def remains(self, start: int, end: int) -> Iterator[Range]:
        """The parts of the range whose words stay, where they stand afterwards."""
        for first, last in self.ranges:
            if first < end and start < last:
                if start < first:
                    yield self.moved(start, first)
                start = last
        if start < end:
            yield self.moved(start, end)


def cuts_of(ranges: Iterable[Range], notice: str) -> Cuts:
    """The cuts in their order. Raise RemovalRefused for empty ranges and for such as lie across each other."""
    ordered = tuple(sorted(set(ranges)))
    reached = 0
    for start, end in ordered:
        if not reached <= start < end:
            raise RemovalRefused((start, end))
        reached = end
    return Cuts(ordered, notice)


def pieces(body: Any, start: int, end: int) -> list[Range]:
    """A range of the body's text as ranges that each lie in one block, and of a table in one cell."""
    found = []
    for block, (first, last) in zip(stored_blocks(body), block_ranges(body), strict=True):
        begins, ends = max(start, first), min(end, last)
        if begins >= ends:
            continue
        inside = block.text[begins - first : ends - first]
        cells = split(inside, "\t\n") if block.kind == "table" else [(0, len(inside))]
        found += [(begins + one, begins + other) for one, other in cells]
    return found


def split(text: str, borders: str) -> list[Range]:
    """The ranges of a text between the signs that part it; empty ones are left out."""
    found, begun = [], 0
    for at, sign in enumerate([*text, borders[0]]):
        if sign in borders:
            if begun < at:
                found.append((begun, at))
            begun = at + 1
    return found


def is_whole(body: Any, ranges: Sequence[Range]) -> bool:
    """Whether the ranges are the one that holds the whole text."""
    last = max((end for _start, end in block_ranges(body)), default=0)
    return list(ranges) == [(0, last)]


def body_without(body: Any, cuts: Cuts) -> dict[str, Any]:
    """The body afterwards, for `canonical_body`: blocks keep their number; the whole text becomes one paragraph."""
    if is_whole(body, cuts.ranges):
        return {**body, "blocks": [paragraph(cuts.notice)]}
    blocks = []
    for raw, (first, last) in zip(body["blocks"], block_ranges(body), strict=True):
        inside = [(start - first, end - first) for start, end in cuts.ranges if first <= start < end <= last]
        blocks.append(block_without(raw, Cuts(tuple(inside), cuts.notice)) if inside else raw)
    return {**body, "blocks": blocks}


def paragraph(text: str) -> dict[str, Any]:
    return {"kind": "paragraph", "text": text, "spans": [], "attrs": {}}


def block_without(block: dict[str, Any], cuts: Cuts) -> dict[str, Any]:
    """One block afterwards: its formatting stands on the words that stay and nowhere else."""
    text = cuts.applied(block["text"])
    spans = [
        {**span, "start": start, "end": end}
        for span in block["spans"]
        for start, end in cuts.remains(span["start"], span["end"])
    ]
    if block["kind"] == "teaser" and not text.startswith(block["attrs"]["label"]):
        return {**paragraph(text), "spans": spans}
    return {**block, "text": text, "spans": spans}
