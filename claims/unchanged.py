"""What certainly stayed between two versions of a text, pure: whole blocks first, then words inside what changed.

A block stayed if its text stands exactly once in both versions and it kept its place among the others that do; if it
did not keep it, it was moved, as far as nothing was written where it stood. Between blocks that stayed, equal passages
stayed as well; changed ones are compared word by word. What no rule covers counts as changed.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from .unchanged_words import certain_runs, words_of, words_that_stand_once

SEPARATOR = "\n\n"
# Stand for a moved block in the passage it left and in the one it came to: no stored text holds such characters.
LEFT, CAME = "\x00", "\x01"


@dataclass(frozen=True, slots=True)
class Stretch:
    """`length` code points from `old` in one version that stand from `new` in the other.

    `whole`: it is made of whole blocks, so what surrounds its words is the same. `moved`: their place is another.
    """

    old: int
    new: int
    length: int
    whole: bool = False
    moved: bool = False

    @property
    def old_end(self) -> int:
        return self.old + self.length

    @property
    def new_end(self) -> int:
        return self.new + self.length


class Block(NamedTuple):
    """One block of a text: where it starts, and its words."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands between two blocks that stayed: blocks `[first, last)` of one version."""

    blocks: list[Block]
    first: int
    last: int

    @property
    def start(self) -> int:
        return self.blocks[self.first].start if self.first < self.last else 0

    def text(self, moved: dict[int, int], filler: str) -> str:
        """Its words; moved blocks are blotted out, so that offsets hold."""
        own = range(self.first, self.last)
        return SEPARATOR.join(
            filler * len(self.blocks[index].text) if index in moved else self.blocks[index].text
            for index in own
        )


def blocks_of(text: str) -> list[Block]:
    """The blocks of a canonical text, which a blank line joins."""
    blocks, start = [], 0
    for words in text.split(SEPARATOR):
        blocks.append(Block(start, words))
        start += len(words) + len(SEPARATOR)
    return blocks


def stretches(before: list[Block], after: list[Block]) -> list[Stretch]:
    """Everything that certainly stayed or was moved as a whole, in the order of the old version."""
    pairs = pairs_that_stand_once(before, after)
    stays = kept_their_place([new_index for _, new_index in pairs])
    stayed = [pair for pair, stay in zip(pairs, stays, strict=True) if stay]
    moved = dict(pair for pair, stay in zip(pairs, stays, strict=True) if not stay)
    passages = passages_between(before, after, stayed)
    moved = moved_whole(passages, moved)
    found = [Stretch(before[i].start, after[j].start, len(before[i].text), whole=True) for i, j in stayed]
    found += [
        Stretch(before[i].start, after[j].start, len(before[i].text), whole=True, moved=True)
        for i, j in moved.items()
    ]
    found += stretches_inside(passages, moved)
    return sorted(found, key=lambda stretch: stretch.old)


def pairs_that_stand_once(before: list[Block], after: list[Block]) -> list[tuple[int, int]]:
    """Indexes of the blocks whose text stands exactly once in both versions."""
    old_count, new_count = (Counter(block.text for block in blocks) for blocks in (before, after))
    places = {block.text: index for index, block in enumerate(after) if new_count[block.text] == 1}
    return [
        (index, places[block.text])
        for index, block in enumerate(before)
        if block.text and block.text in places and old_count[block.text] == 1
    ]


def kept_their_place(order: list[int]) -> list[bool]:
    """Which of these numbers stand in every longest rising row of them: the others may be the ones that moved."""
    if all(a < b for a, b in pairwise(order)):
        return [True] * len(order)
    up_to = rising(order)
    from_here = rising([-number for number in reversed(order)])[::-1]
    longest = max(up_to)
    in_one = [a + b - 1 == longest for a, b in zip(up_to, from_here, strict=True)]
    rivals = Counter(length for length, candidate in zip(up_to, in_one, strict=True) if candidate)
    return [candidate and rivals[length] == 1 for length, candidate in zip(up_to, in_one, strict=True)]


def rising(order: list[int]) -> list[int]:
    """For each number the length of the longest rising row that ends with it."""
    ends: list[int] = []
    lengths = []
    for number in order:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
        lengths.append(at + 1)
    return lengths


def passages_between(
    before: list[Block], after: list[Block], stayed: list[tuple[int, int]]
) -> list[tuple[Passage, Passage]]:
    """What stands in each version before, between and after the blocks that stayed."""
    walls = [(-1, -1), *stayed, (len(before), len(after))]
    return [
        (Passage(before, old_wall + 1, old_next), Passage(after, new_wall + 1, new_next))
        for (old_wall, new_wall), (old_next, new_next) in pairwise(walls)
    ]


def moved_whole(passages: list[tuple[Passage, Passage]], moved: dict[int, int]) -> dict[int, int]:
    """The moved blocks, without those where something was written in the place they left: a copy may have been made
    of them, and the words that were checked corrected."""
    if not moved:
        return moved
    came = set(moved.values())
    return {
        index: moved[index]
        for old, new in passages
        if came.issuperset(range(new.first, new.last))
        for index in range(old.first, old.last)
        if index in moved
    }


def stretches_inside(passages: list[tuple[Passage, Passage]], moved: dict[int, int]) -> list[Stretch]:
    """What stayed in the passages between blocks that stayed."""
    left, came = moved, {new_index: old_index for old_index, new_index in moved.items()}
    texts = [(old.text(left, LEFT), new.text(came, CAME)) for old, new in passages]
    changed = [(old, new) for old, new in texts if old and new and old != new]
    once = words_that_stand_once(words_of(old for old, _ in changed), words_of(new for _, new in changed))
    found = []
    for (old, new), (old_text, new_text) in zip(passages, texts, strict=True):
        if old_text and old_text == new_text:
            found.append(Stretch(old.start, new.start, len(old_text), whole=True))
        elif old_text and new_text:
            found += [
                Stretch(old.start + run.old, new.start + run.new, run.length)
                for run in certain_runs(old_text, new_text, once)
            ]
    return found
