"""Passages of a newer text that are like words which went from it, the likest first. Pure.

They are offered to an editor, with what they share with the old words and where they part; nothing here decides that
one of them says the same. The same texts always give the same candidates. However long or repetitive a text is, only so
much of it is looked at.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsroom.core.hygiene import cuts_character, fold_key

from .figures import EMPTY
from .likeness import Likeness, likeness, root_of

# Of a longer text the beginning is looked through, of longer words their beginning is looked for.
MOST_WORDS = 30_000
LONGEST = 60
# Words that both have: the nearest to where the old ones stood.
MOST_SHARED = 500
BEST_PIECES = 8
# An article or a preposition says little; a word that only the newer text has speaks against its passage.
LITTLE, AGAINST = 0.25, 0.2
LEAST_SHARED = 0.4
# So many words beside the shared ones may be what the first or last words became.
BESIDE = 3
WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
SENTENCE_ENDS = frozenset(".!?…؟۔\n\t")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: where it stands, its root, and how much it says."""

    start: int
    end: int
    root: str
    weight: float


@dataclass(frozen=True, slots=True)
class Searched:
    """A text cut into words once, for all passages that are looked for in it. `piece_of` numbers each word's block."""

    text: str
    words: tuple[Token, ...]
    piece_of: tuple[int, ...]
    places: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words of the newer text at `[start, end)`, how they are like the old ones, and how much (0 to 1)."""

    start: int
    end: int
    words: str
    likeness: Likeness
    score: float


def searched(text: str, pieces: Sequence[tuple[int, int]]) -> Searched:
    """The text made ready. A candidate lies in one of the pieces: blocks, cells of tables, in their order."""
    starts = [start for start, _end in pieces]
    words, piece_of = [], []
    places: dict[str, list[int]] = defaultdict(list)
    for word in tokens(text, MOST_WORDS):
        piece = bisect_right(starts, word.start) - 1
        if piece >= 0 and word.end <= pieces[piece][1]:
            places[word.root].append(len(words))
            words.append(word)
            piece_of.append(piece)
    return Searched(text, tuple(words), tuple(piece_of), dict(places))


def tokens(text: str, most: int) -> list[Token]:
    """At most so many words from the text's beginning, none of them cut from its accents."""
    found: list[tuple[int, int]] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        while end < len(text) and cuts_character(text, end):
            end += 1
        if found and found[-1][1] >= start:
            start = found.pop()[0]  # an accent inside a word
        elif len(found) == most:
            break
        found.append((start, end))
    return [token(text, start, end) for start, end in found]


def token(text: str, start: int, end: int) -> Token:
    key = fold_key(text[start:end])
    return Token(start, end, root_of(key), LITTLE if key in EMPTY else 1.0)


def candidates(old: str, old_at: float, within: Searched, *, most: int = 3) -> list[Candidate]:
    """The passages most like the words `old`, which began at that part (0 to 1) of the older text; none is fine."""
    ours = tokens(old, LONGEST)
    whole = sum(word.weight for word in ours)
    if not whole or not within.words:
        return []
    near = old_at * len(within.text)
    rough = sorted(best_of_pieces(ours, shared_places(ours, within, near), within))[:BEST_PIECES]
    found = [weighed(ours, old, whole, old_at, within, first, last) for _cost, first, last in rough]
    likely = [each for each in found if each is not None]
    return sorted(likely, key=lambda each: (-each.score, each.start))[:most]


def shared_places(ours: list[Token], within: Searched, near: float) -> list[int]:
    """Which words of the text are among ours, in its order: the nearest ones, where they are many."""
    roots = dict.fromkeys(word.root for word in ours)
    every = [place for root in roots for place in within.places.get(root, ())]
    every.sort(key=lambda place: (abs(within.words[place].start - near), place))
    return sorted(every[:MOST_SHARED])


def best_of_pieces(
    ours: list[Token], places: list[int], within: Searched
) -> Iterable[tuple[float, int, int]]:
    """For each piece the run of words that shares the most with ours: less its gain, its first and last word."""
    best: dict[int, tuple[float, int, int]] = {}
    for at, first in enumerate(places):
        piece = within.piece_of[first]
        gain, last = run_from(ours, places, at, within)
        if piece not in best or (-gain, first) < best[piece][:2]:
            best[piece] = (-gain, first, last)
    return best.values()


def run_from(ours: list[Token], places: list[int], at: int, within: Searched) -> tuple[float, int]:
    """How much the best run of words that begins at this shared word gains, and its last word."""
    left = Counter(word.root for word in ours)
    first, gained, taken = places[at], 0.0, 0
    best = (0.0, first)
    for place in places[at:]:
        if place > first + 2 * len(ours) or within.piece_of[place] != within.piece_of[first]:
            break
        word = within.words[place]
        if not left[word.root]:
            continue
        left[word.root] -= 1
        gained, taken = gained + word.weight, taken + 1
        gain = gained - AGAINST * (place - first + 1 - taken)
        if gain > best[0]:
            best = (gain, place)
    return best


def weighed(
    ours: list[Token], old: str, whole: float, old_at: float, within: Searched, first: int, last: int
) -> Candidate | None:
    """The run as a candidate, with the words beside it that the first and last old words may have become."""
    theirs = within.words[first : last + 1]
    pairs = in_order(ours, theirs)
    both = Counter(word.root for word in ours) & Counter(word.root for word in theirs)
    weight = {word.root: word.weight for word in ours}
    shared = sum(weight[root] * count for root, count in both.items()) / whole
    if shared < LEAST_SHARED:
        return None
    ordered = len(pairs) / both.total()
    before, after = pairs[0][0], len(ours) - 1 - pairs[-1][0]
    first, last = widened(within, first, -1, before), widened(within, last, 1, after)
    start, end = within.words[first].start, within.words[last].end
    nearness = 1 - min(1.0, abs(start / len(within.text) - old_at))
    score = 0.9 * shared * (0.75 + 0.25 * ordered) + 0.1 * nearness
    words = within.text[start:end]
    return Candidate(start, end, words, likeness(old[:2000], words), round(score, 6))


def in_order(ours: Sequence[Token], theirs: Sequence[Token]) -> list[tuple[int, int]]:
    """The longest row of words that both have in the same order, as pairs of places."""
    longest = [[0] * (len(theirs) + 1) for _word in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            same = ours[i].root == theirs[j].root
            longest[i][j] = longest[i + 1][j + 1] + 1 if same else max(longest[i + 1][j], longest[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(ours) and j < len(theirs):
        if ours[i].root == theirs[j].root:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def widened(within: Searched, edge: int, step: int, missing: int) -> int:
    """The edge moved over at most as many words as are missing there, within the piece and the sentence."""
    for _word in range(min(missing, BESIDE)):
        beyond = edge + step
        if not 0 <= beyond < len(within.words) or within.piece_of[beyond] != within.piece_of[edge]:
            break
        one, other = sorted((edge, beyond))
        if SENTENCE_ENDS & set(within.text[within.words[one].end : within.words[other].start]):
            break
        edge = beyond
    return edge
