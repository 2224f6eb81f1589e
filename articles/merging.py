"""Three texts become one: what either editor changed is kept, and what both changed otherwise is told, never guessed.

`base` is what both began from, `theirs` was saved meanwhile, `yours` was not saved yet. Blocks are compared whole:
where both changed the same block, yours stands in the merged text and theirs beside it in the `Part`. Nothing is ever
written into the text to mark a clash. The time is bounded whatever the texts hold.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any, Protocol

from articles.blocks import SCHEMA
from articles.differences import rising

MOST_ROUNDS = 8  # how often what stands between equal blocks is looked through for further equal blocks
LINES = ("headline", "standfirst", "dateline")


class Became(StrEnum):
    """What became of a stretch of the text."""

    SAME = "same"  # nobody changed it
    THEIRS = "theirs"  # they alone changed it, and that is taken over
    YOURS = "yours"  # you alone changed it, and that stays
    AGREED = "agreed"  # both made the same change
    ADDED = "added"  # both added something here: theirs stands first, then yours
    CLASH = "clash"  # both changed it, each otherwise: yours stands


@dataclass(frozen=True)
class Part:
    """A stretch of blocks in each of the three texts, and those of them that stand in the merged text."""

    became: Became
    base: tuple[Any, ...]
    theirs: tuple[Any, ...]
    yours: tuple[Any, ...]
    merged: tuple[Any, ...]


@dataclass(frozen=True)
class Merged:
    """The words of two editors as one: each line by its name, and the body part by part."""

    lines: dict[str, Part]
    parts: tuple[Part, ...]

    def line(self, name: str) -> str:
        return self.lines[name].merged[0]

    def clashes(self) -> int:
        """How many stretches of the body both changed, each otherwise, or both added to."""
        return sum(part.became in (Became.CLASH, Became.ADDED) for part in self.parts)

    @property
    def body(self) -> dict[str, Any]:
        return {"schema": SCHEMA, "blocks": [block for part in self.parts for block in part.merged]}


class Written(Protocol):
    """Words as an ArticleVersion and as `Words` hold them."""

    @property
    def headline(self) -> str: ...
    @property
    def standfirst(self) -> str: ...
    @property
    def dateline(self) -> str: ...
    @property
    def body(self) -> Any: ...


@dataclass(frozen=True)
class Change:
    """`base[start:end]` became `other[first:last]`; an insertion has start == end."""

    start: int
    end: int
    first: int
    last: int
    yours: bool = False


@dataclass
class Group:
    """Changes that meet: they share a block of the base, or both add something at one place."""

    start: int
    end: int
    changes: list[Change]

    def meets(self, change: Change) -> bool:
        return change.start < self.end or self.start == self.end == change.start == change.end

    def side(self, blocks: Sequence[Any], *, yours: bool) -> Sequence[Any] | None:
        """What one side has where the group stands; None where it changed nothing of it."""
        own = [change for change in self.changes if change.yours == yours]
        if not own:
            return None
        before, after = own[0].start - self.start, self.end - own[-1].end
        return blocks[own[0].first - before : own[-1].last + after]


def merge_words(base: Written, theirs: Written, yours: Written) -> Merged:
    """The words of both editors. A line is one block: headline, standfirst, dateline."""
    lines = {name: merge(*([getattr(words, name)] for words in (base, theirs, yours)))[0] for name in LINES}
    parts = merge(*(_blocks(words.body) for words in (base, theirs, yours)))
    return Merged(lines, tuple(parts))


def _blocks(body: Any) -> list[Any]:
    blocks = body.get("blocks") if isinstance(body, dict) else None
    return list(blocks) if isinstance(blocks, (list, tuple)) else []


def merge(base: Sequence[Any], theirs: Sequence[Any], yours: Sequence[Any]) -> list[Part]:
    """The parts of the three texts in order. Joined, they give each text and the merged one whole."""
    keys = [[_key(block) for block in blocks] for blocks in (base, theirs, yours)]
    changes = [*_changes(keys[0], keys[1], yours=False), *_changes(keys[0], keys[2], yours=True)]
    parts, place = [], 0
    for group in _groups(sorted(changes, key=lambda change: (change.start, change.end))):
        parts += _untouched(base[place : group.start])
        stretch = base[group.start : group.end]
        parts.append(_part(stretch, group.side(theirs, yours=False), group.side(yours, yours=True)))
        place = group.end
    return parts + _untouched(base[place:])


def _key(block: Any) -> str:
    return json.dumps(block, sort_keys=True, default=str)


def _untouched(blocks: Sequence[Any]) -> list[Part]:
    same = tuple(blocks)
    return [Part(Became.SAME, same, same, same, same)] if same else []


def _groups(changes: Sequence[Change]) -> Iterator[Group]:
    group: Group | None = None
    for change in changes:
        if group and group.meets(change):
            group.changes.append(change)
            group.end = max(group.end, change.end)
        else:
            if group:
                yield group
            group = Group(change.start, change.end, [change])
    if group:
        yield group


def _part(base: Sequence[Any], theirs: Sequence[Any] | None, yours: Sequence[Any] | None) -> Part:
    became, merged = _decided(base, theirs, yours)
    sides = [tuple(base if side is None else side) for side in (theirs, yours)]
    return Part(became, tuple(base), sides[0], sides[1], tuple(merged))


def _decided(base, theirs, yours) -> tuple[Became, Sequence[Any]]:
    if yours is None:
        return Became.THEIRS, theirs
    if theirs is None:
        return Became.YOURS, yours
    if list(theirs) == list(yours):
        return Became.AGREED, yours
    if not base:
        return Became.ADDED, [*theirs, *yours]
    return Became.CLASH, yours


# What one side changed


def _changes(base: Sequence[str], other: Sequence[str], *, yours: bool) -> Iterator[Change]:
    """The changes of one side, in order. As many blocks as before are taken as changed one by one."""
    place = at = 0
    for old, new in [*_matches(base, other), (len(base), len(other))]:
        if old - place == new - at:
            for step in range(old - place):
                if base[place + step] != other[at + step]:
                    yield Change(place + step, place + step + 1, at + step, at + step + 1, yours)
        else:
            yield Change(place, old, at, new, yours)
        place, at = old + 1, new + 1


def _matches(base: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Places of blocks that stand in both, rising in both: equal head and tail, and between them blocks that each
    side holds once. A block that stands there twice is matched only where its neighbours say which one it is."""
    matches: list[tuple[int, int]] = []
    gaps = [(0, len(base), 0, len(other), MOST_ROUNDS)]
    while gaps:
        start, end, first, last, rounds = gaps.pop()
        while start < end and first < last and base[start] == other[first]:
            matches.append((start, first))
            start, first = start + 1, first + 1
        while start < end and first < last and base[end - 1] == other[last - 1]:
            end, last = end - 1, last - 1
            matches.append((end, last))
        if start == end or first == last or not rounds:
            continue
        anchors = _anchors(base[start:end], other[first:last])
        edges = [(-1, -1), *anchors, (end - start, last - first)] if anchors else []
        matches += [(start + old, first + new) for old, new in anchors]
        gaps += [
            (start + old + 1, start + next_old, first + new + 1, first + next_new, rounds - 1)
            for (old, new), (next_old, next_new) in pairwise(edges)
        ]
    return sorted(matches)


def _anchors(base: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run of blocks, in order, that stand exactly once on either side."""
    once, there = _once(base), _once(other)
    pairs = [(old, there[key]) for key, old in once.items() if key in there]
    return rising(pairs)


def _once(keys: Sequence[str]) -> dict[str, int]:
    """The place of each block that stands there once, in order."""
    counts = Counter(keys)
    return {key: place for place, key in enumerate(keys) if counts[key] == 1}
