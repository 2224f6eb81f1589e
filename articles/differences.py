"""What differs between two texts, pure: blocks first, then words inside the blocks that changed.

Joining what was kept and what was removed gives the old text, what was kept and what was added the new one. Equal
words that stand once on either side are found first and the rest is looked for between them; how much is looked at is
bounded, so that a hostile text costs what a long one costs: beyond the bound words count as replaced.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from newsroom.core.hygiene import cuts_character

# How many words or pairs of words one comparison looks at: about a second of one processor.
BOUND = 2_000_000
# Between two words that stand once, at most so many pairs are tried.
SMALL = 20_000
# How much of two blocks must be the same words for one to count as the other, changed.
LIKE = 0.35
# A changed block of which less than this stayed reads better as replaced whole.
TORN = 0.25
SAME, FORM, WORDS = "same", "form", "words"
TOKEN = re.compile(r"\w+(?:[.,:'’\-]\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its words, and whatever else would make it look different (kind, links, emphasis)."""

    text: str
    form: Hashable = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one side that stand on the other too, or do not."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A block of either side, or one of each that belong together: the same, in other form, or in other words."""

    old: int | None
    new: int | None
    state: str = WORDS
    left: tuple[Run, ...] = ()
    right: tuple[Run, ...] = ()


class Effort:
    """What may still be looked at."""

    def __init__(self, bound: int = BOUND):
        self.left = bound

    def spend(self, cost: int) -> bool:
        """Whether so much may be looked at; if so, it is spent."""
        if cost > self.left:
            return False
        self.left -= cost
        return True


def compare_blocks(old: Sequence[Block], new: Sequence[Block], bound: int = BOUND) -> list[Row]:
    """Every block of both sides, in order: a block that stands in both in one row."""
    effort = Effort(bound)
    words = [[block.text or block.form for block in side] for side in (old, new)]
    rows: list[Row] = []
    ends = [(-1, -1), *matches(*words, effort), (len(old), len(new))]
    for (before, above), (at, there) in pairwise(ends):
        rows += _changed(old, new, range(before + 1, at), range(above + 1, there), effort)
        if at < len(old):
            state = SAME if old[at] == new[there] else FORM
            rows.append(Row(at, there, state, _kept(old[at].text), _kept(new[there].text)))
    return rows


def compare_words(
    old: str, new: str, effort: Effort | None = None
) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs of either text, what is not in the other marked as changed."""
    left, right = tokens(old), tokens(new)
    ends = [(-1, -1), *matches(left, right, effort or Effort()), (len(left), len(right))]
    parts: list[tuple[str, str, bool]] = []
    for (before, above), (at, there) in pairwise(ends):
        removed, added = "".join(left[before + 1 : at]), "".join(right[above + 1 : there])
        if removed or added:
            parts.append((removed, added, True))
        if at < len(left):
            parts.append((left[at], right[there], False))
    parts = _without_scraps(_joined(parts))
    if _is_torn(parts, old, new):
        parts = [(old, new, True)]
    return _side(parts, 0), _side(parts, 1)


def tokens(text: str) -> list[str]:
    """Words, white space and signs, none of which cuts what a reader sees as one character."""
    found: list[str] = []
    for match in TOKEN.finditer(text):
        # What belongs to the character before it is never ASCII; asking costs more than looking.
        if match[0] > "\x7f" and found and cuts_character(text, match.start()):
            found[-1] += match[0]
        else:
            found.append(match[0])
    return found


def matches(old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort) -> list[tuple[int, int]]:
    """Which items of the old side stand on the new one, as rising pairs of indexes."""
    found: list[tuple[int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        first, last, above, below = waiting.pop()
        while first < last and above < below and old[first] == new[above]:
            found.append((first, above))
            first, above = first + 1, above + 1
        while first < last and above < below and old[last - 1] == new[below - 1]:
            last, below = last - 1, below - 1
            found.append((last, below))
        if first == last or above == below or not effort.spend(last - first + below - above):
            continue
        anchors = _anchors(old, new, first, last, above, below)
        if anchors:
            found += anchors
            edges = [(first - 1, above - 1), *anchors, (last, below)]
            waiting += [(a + 1, c, b + 1, d) for (a, b), (c, d) in pairwise(edges)]
        elif (last - first) * (below - above) <= SMALL and effort.spend((last - first) * (below - above)):
            found += _longest(old, new, first, last, above, below)
    return sorted(found)


def _anchors(old, new, first: int, last: int, above: int, below: int) -> list[tuple[int, int]]:
    """Items that stand once on either side, as many as keep their order."""
    here, there = Counter(old[first:last]), Counter(new[above:below])
    places = {new[at]: at for at in range(above, below) if there[new[at]] == 1}
    pairs = [(at, places[old[at]]) for at in range(first, last) if here[old[at]] == 1 and old[at] in places]
    return rising(pairs)


def rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs whose second numbers rise as the first do."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, (_at, there) in enumerate(pairs):
        place = bisect_left(ends, there)
        ends[place : place + 1], tops[place : place + 1] = [there], [index]
        before.append(tops[place - 1] if place else -1)
    chosen = []
    index = tops[-1] if tops else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _longest(old, new, first: int, last: int, above: int, below: int) -> list[tuple[int, int]]:
    """The longest common part of two short stretches."""
    width = below - above
    lengths = [[0] * (width + 1)]
    for at in range(last - 1, first - 1, -1):
        under, row = lengths[-1], [0] * (width + 1)
        for column in range(width - 1, -1, -1):
            same = old[at] == new[above + column]
            row[column] = under[column + 1] + 1 if same else max(under[column], row[column + 1])
        lengths.append(row)
    lengths.reverse()
    found, at, column = [], 0, 0
    while first + at < last and column < width:
        if old[first + at] == new[above + column]:
            found.append((first + at, above + column))
            at, column = at + 1, column + 1
        elif lengths[at + 1][column] >= lengths[at][column + 1]:
            at += 1
        else:
            column += 1
    return found


# blocks that changed


def _changed(old, new, here: range, there: range, effort: Effort) -> Iterator[Row]:
    """The rows of a stretch that differs: blocks that are like each other side by side, the others alone."""
    at, place = here.start, there.start
    for index, other in [*_likes(old, new, here, there, effort), (here.stop, there.stop)]:
        yield from (Row(row, None, left=_gone(old[row].text)) for row in range(at, index))
        yield from (Row(None, row, right=_gone(new[row].text)) for row in range(place, other))
        if index < here.stop:
            yield Row(index, other, WORDS, *compare_words(old[index].text, new[other].text, effort))
        at, place = index + 1, other + 1


def _likes(old, new, here: range, there: range, effort: Effort) -> list[tuple[int, int]]:
    """Which block of the old side became which of the new one: the pairs that are most alike, in order."""
    bags = {("old", at): _bag(old[at].text) for at in here} | {
        ("new", at): _bag(new[at].text) for at in there
    }
    size = sum(map(len, bags.values()))
    if not here or not there or not effort.spend(size * min(len(here), len(there)) + len(here) * len(there)):
        return []
    best = [[0.0] * (len(there) + 1) for _row in range(len(here) + 1)]
    like = [[_likeness(bags["old", at], bags["new", other]) for other in there] for at in here]
    for row in range(len(here) - 1, -1, -1):
        for column in range(len(there) - 1, -1, -1):
            best[row][column] = max(
                best[row + 1][column], best[row][column + 1], _with(best, like, row, column)
            )
    found, row, column = [], 0, 0
    while row < len(here) and column < len(there):
        if like[row][column] >= LIKE and best[row][column] == _with(best, like, row, column):
            found.append((here[row], there[column]))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return found


def _with(best, like, row: int, column: int) -> float:
    return best[row + 1][column + 1] + like[row][column] if like[row][column] >= LIKE else 0.0


def _bag(text: str) -> Counter:
    return Counter(re.findall(r"\w+", text.lower()))


def _likeness(one: Counter, other: Counter) -> float:
    """How much of two blocks is the same words, from 0 to 1."""
    if not one or not other:
        return 0.0
    small, big = sorted((one, other), key=len)
    return 2 * sum(min(count, big[word]) for word, count in small.items()) / (one.total() + other.total())


# words that changed


def _joined(parts: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """Neighbours of the same sort as one."""
    joined = []
    for changed, group in groupby(parts, key=lambda part: part[2]):
        both = list(group)
        joined.append(("".join(part[0] for part in both), "".join(part[1] for part in both), changed))
    return joined


def _without_scraps(parts: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """Kept scraps of one short word between two replacements are taken as replaced with them."""
    made = [(left, right, changed or _is_scrap(parts, at)) for at, (left, right, changed) in enumerate(parts)]
    return _joined(made)


def _is_scrap(parts: list[tuple[str, str, bool]], at: int) -> bool:
    if not 0 < at < len(parts) - 1 or len(parts[at][0].strip()) > 3:
        return False
    return all(parts[near][0].strip() and parts[near][1].strip() for near in (at - 1, at + 1))


def _is_torn(parts: list[tuple[str, str, bool]], old: str, new: str) -> bool:
    kept = sum(len(left) for left, _right, changed in parts if not changed)
    return bool(old and new) and 2 * kept < TORN * (len(old) + len(new))


def _side(parts: list[tuple[str, str, bool]], side: int) -> tuple[Run, ...]:
    return tuple(Run(part[side], part[2]) for part in parts if part[side])


def _kept(text: str) -> tuple[Run, ...]:
    return (Run(text),) if text else ()


def _gone(text: str) -> tuple[Run, ...]:
    return (Run(text, True),) if text else ()
