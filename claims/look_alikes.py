"""Whether words that stayed have a look-alike among what went or came, pure: then nobody knows which is which."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

from .unchanged import SEPARATOR
from .unchanged_words import IN_A_WORD, WORD

FEW_PLACES = 64  # each is looked at by itself, without what lies between
MOST_PLACES = 200  # of the same words that are looked at
MOST_BLOCKS = 100  # where words went or came in more blocks, they are looked at as those of one


@dataclass(frozen=True)
class Likeness:
    """By what a block is known again: its words, and which follow each other."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, words: list[str]) -> "Likeness":
        return cls(frozenset(words), frozenset(pairwise(words)))

    def is_in(self, other: "Likeness") -> bool:
        """Whether much of this one stands in the other: two thirds of its words, or half of the words of both, or a
        third of its pairs."""
        shared, pairs = len(self.words & other.words), len(self.pairs & other.pairs)
        return bool(shared) and (
            3 * shared >= 2 * len(self.words)
            or 2 * shared >= max(len(self.words), len(other.words))
            or 3 * pairs >= max(1, len(self.pairs))
        )


class Changed:
    """The places of one version that no stretch covers: what went from it, or what came."""

    def __init__(self, text: str, covered: list[tuple[int, int]]):
        self.text = text
        edges = [0, *(edge for pair in covered for edge in pair), len(text)]
        places = [
            (start, end)
            for start, end in zip(edges[::2], edges[1::2], strict=True)
            # The blank line between two blocks is no word of either.
            if text[start:end] != SEPARATOR
        ]
        self.starts = [start for start, _ in places]
        self.ends = [end for _, end in places]

    @cached_property
    def by_block(self) -> list[Likeness]:
        """The words that went or came in each block."""
        blocks: list[list[str]] = []
        end = 0
        for start, stop in zip(self.starts, self.ends, strict=True):
            pieces = self.text[start:stop].split(SEPARATOR)
            if not blocks or SEPARATOR in self.text[end:start]:
                blocks.append([])
            blocks[-1] += WORD.findall(pieces[0])
            blocks += [WORD.findall(piece) for piece in pieces[1:]]
            end = stop
        if len(blocks) > MOST_BLOCKS:
            blocks = [list(chain.from_iterable(blocks))]
        return [Likeness.of(words) for words in blocks if words]

    def resembles(self, block: str) -> bool:
        """Whether what went or came in one block is much like this block."""
        own = Likeness.of(WORD.findall(block))
        # What is not in all of them together is in none of them.
        words, pairs = len(own.words & self.all.words), len(own.pairs & self.all.pairs)
        if 2 * words < len(own.words) and 3 * pairs < max(1, len(own.pairs)):
            return False
        return any(own.is_in(other) for other in self.by_block)

    @cached_property
    def all(self) -> Likeness:
        """The words and pairs of all blocks together."""
        words, pairs = ([getattr(block, name) for block in self.by_block] for name in ("words", "pairs"))
        return Likeness(frozenset().union(*words), frozenset().union(*pairs))

    def holds(self, words: str, *, whole_words: bool = False) -> bool:
        """Whether the words stand anywhere so that they touch one of the places, even one that is empty now.

        Words that stand at very many places count as standing there.
        """
        if not self.starts:
            return False
        reach, turns = len(words) - 1, MOST_PLACES
        if not whole_words and len(self.starts) <= FEW_PLACES:
            places = zip(self.starts, self.ends, strict=True)
            return any(
                self.text.find(words, max(0, start - reach), end + reach) >= 0 for start, end in places
            )
        at, until = self.starts[0] - reach, self.ends[-1] + reach
        while turns and (at := self.text.find(words, max(0, at), until)) >= 0:
            number = bisect_right(self.ends, at)
            if number == len(self.ends):
                return False
            end, turns = at + len(words), turns - 1
            if self.starts[number] < end and not (whole_words and cuts_word(self.text, at, end)):
                return True
            at = max(at + 1, self.starts[number] - reach)
        return not turns


def cuts_word(text: str, start: int, end: int) -> bool:
    """Whether a passage begins or ends in the middle of a word."""
    return any(at > 0 and IN_A_WORD.match(text, at - 1) and IN_A_WORD.match(text, at) for at in (start, end))
