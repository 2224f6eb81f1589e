"""Carrying passages from one version of a text to the next, pure: only what certainly did not change is carried.

A span is carried only if it lies whole in a stretch that certainly stayed or was moved as a whole block
(unchanged.py), and only if its words stand nowhere in what was changed, before or after: so if the checked words still
stand anywhere, it is on them that the span stands. What cannot be decided is refused, with its reason.
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from newsroom.core.hygiene import cuts_character

from .look_alikes import Changed
from .unchanged import Block, Stretch, blocks_of, stretches
from .unchanged_words import MOST_CHARACTERS, WORD

SENTENCE_ENDS = ".!?۔؟"
SENTENCE = 400  # characters on either side, where a sentence does not end before


@dataclass(frozen=True)
class Span:
    """`[start, end)` in code points."""

    start: int
    end: int


class Fate(Enum):
    """What became of a passage. The first three carry it."""

    STAYED = "its block stands as it did"
    SURROUNDED_ANEW = "the words stand, other words of their block changed"
    MOVED = "its whole block was moved"
    CHANGED = "the words were changed"
    WENT = "the words went"
    DOUBTFUL = "the same words stand in what was changed"


@dataclass(frozen=True)
class Carried:
    """Where a span stands in the new text, None for one that the change may have touched, and what became of it."""

    span: Span | None
    fate: Fate


def carry(old: str, new: str, spans: list[Span]) -> list[Carried]:
    """Where each span of the old text stands in the new one."""
    if old == new:
        return [Carried(span, Fate.STAYED) for span in spans]
    change = Change(old, new)
    return [change.carried(span) for span in spans]


class Change:
    """The change between two versions of a text: asked once for each span."""

    def __init__(self, old: str, new: str):
        self.old, self.new = old, new
        before, after = blocks_of(old), blocks_of(new)
        self.stretches = stretches(before, after)
        self.starts = [stretch.old for stretch in self.stretches]
        self.before, self.after = Blocks(before), Blocks(after)
        self.went = Changed(old, [(stretch.old, stretch.old_end) for stretch in self.stretches])
        self.came = Changed(new, sorted((stretch.new, stretch.new_end) for stretch in self.stretches))
        self.doubts: dict[str, bool] = {}
        self.look_alikes: dict[str, bool] = {}
        self.contexts: dict[tuple[int, int], bool] = {}

    def carried(self, span: Span) -> Carried:
        """Where the span stands now, and what became of it."""
        stretch = self.stretch_of(span)
        if stretch is None:
            return Carried(None, self.fate_of_changed(span))
        shift = stretch.new - stretch.old
        found = Span(span.start + shift, span.end + shift)
        if self.is_doubtful(span, found, stretch) or self.cuts(found):
            return Carried(None, Fate.DOUBTFUL)
        if stretch.moved:
            return Carried(found, Fate.MOVED)
        same = stretch.whole or self.same_context(span, found)
        return Carried(found, Fate.STAYED if same else Fate.SURROUNDED_ANEW)

    def stretch_of(self, span: Span) -> Stretch | None:
        """The stretch in which the span lies whole."""
        at = bisect_right(self.starts, span.start) - 1
        if at < 0 or span.end > self.stretches[at].old_end:
            return None
        return self.stretches[at]

    def cuts(self, found: Span) -> bool:
        """Whether the new text goes on in the middle of a character where the span begins or ends."""
        return cuts_character(self.new, found.start) or cuts_character(self.new, found.end)

    def is_doubtful(self, span: Span, found: Span, stretch: Stretch) -> bool:
        """Whether these may be other words than those of the span, for one of the reasons that follow."""
        words = self.old[span.start : span.end]
        if words not in self.doubts:
            self.doubts[words] = self.went.holds(words) or self.came.holds(words)
        before, after = self.before.at(span.start), self.after.at(found.start)
        return (
            self.doubts[words]
            or self.is_repeated(self.before.texts[before], stretch)
            or self.is_repeated(self.after.texts[after], stretch)
            or self.has_look_alike(self.before.texts[before])
            or (not stretch.whole and self.has_look_alike(self.sentence_around(span)))
        )

    def is_repeated(self, block: str, stretch: Stretch) -> bool:
        """Whether the block stands in one version more often than in the other, or several times among changes."""
        before, after = self.before.count[block], self.after.count[block]
        return max(before, after) > 1 and (before != after or not stretch.whole)

    def has_look_alike(self, words: str) -> bool:
        """Whether a block much like this one, or with a sentence much like this one, went or came."""
        if words not in self.look_alikes:
            self.look_alikes[words] = self.went.resembles(words) or self.came.resembles(words)
        return self.look_alikes[words]

    def sentence_around(self, span: Span) -> str:
        """The sentence, or the sentences, in which the span stands, without their stops."""
        block = self.before.at(span.start)
        offset, text = self.before.starts[block], self.before.texts[block]
        start, end = span.start - offset, span.end - offset
        first, last = max(0, start - SENTENCE), min(len(text), end + SENTENCE)
        before = max(text.rfind(stop, first, start) for stop in SENTENCE_ENDS)
        after = [at for stop in SENTENCE_ENDS if (at := text.find(stop, end, last)) >= 0]
        return text[max(first, before + 1) : min(after, default=last)]

    def same_context(self, span: Span, found: Span) -> bool:
        """Whether the block around the words is the same but for white space, quotes and dashes."""
        pair = self.before.at(span.start), self.after.at(found.start)
        if pair not in self.contexts:
            self.contexts[pair] = same_words(self.before.texts[pair[0]], self.after.texts[pair[1]])
        return self.contexts[pair]

    def fate_of_changed(self, span: Span) -> Fate:
        """Whether words that are not carried were changed or went, or may stand somewhere in what was changed.

        They went where fewer than a third of them stayed or stand in what came in their place.
        """
        words = self.old[span.start : span.end]
        if self.came.holds(words, whole_words=True):
            return Fate.DOUBTFUL
        few = self.words_that_stand(span) * 3 < len(WORD.findall(words))
        return Fate.WENT if few else Fate.CHANGED

    def words_that_stand(self, span: Span) -> int:
        """How many of the span's words stayed, or stand in what came between the same neighbours."""
        standing = 0
        for found in WORD.finditer(self.old, span.start, span.end):
            at = bisect_right(self.stayed_starts, found.start()) - 1
            if at >= 0 and found.end() <= self.stayed[at].old_end:
                standing += 1
            else:
                standing += found[0] in self.words_after(at)
        return standing

    @cached_property
    def stayed(self) -> list[Stretch]:
        """The stretches that kept their order."""
        return [stretch for stretch in self.stretches if not stretch.moved]

    @cached_property
    def stayed_starts(self) -> list[int]:
        return [stretch.old for stretch in self.stayed]

    @cached_property
    def known_words(self) -> dict[int, frozenset[str]]:
        return {}

    def words_after(self, at: int) -> frozenset[str]:
        """The new words between a stretch that stayed (-1: the beginning) and the next."""
        if at not in self.known_words:
            start = self.stayed[at].new_end if at >= 0 else 0
            end = self.stayed[at + 1].new if at + 1 < len(self.stayed) else len(self.new)
            # Of a very long passage the beginning must do: it only decides whether words changed or went.
            end = min(end, start + MOST_CHARACTERS)
            self.known_words[at] = frozenset(WORD.findall(self.new, start, end))
        return self.known_words[at]


class Blocks:
    """The blocks of one version."""

    def __init__(self, blocks: list[Block]):
        self.starts = [block.start for block in blocks]
        self.texts = [block.text for block in blocks]
        self.count = Counter(self.texts)

    def at(self, offset: int) -> int:
        """The number of the block in which an offset lies."""
        return bisect_right(self.starts, offset) - 1


# Kinds of quotes, kinds of dashes with the space around them, and kinds of white space are one each.
QUOTES = re.compile("[\"'`´‘’‚‛“”„‟«»‹›]+")
DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")


def same_words(a: str, b: str) -> bool:
    """Whether two blocks are the same but for white space and the kinds of quotes and dashes."""
    return a == b or plain(a) == plain(b)


def plain(text: str) -> str:
    """The text with one kind of quotes, of dashes and of white space."""
    return " ".join(DASHES.sub("-", QUOTES.sub("'", text)).split())


def surroundings(text: str, start: int, end: int, *, width: int = 32) -> tuple[str, str]:
    """At most `width` code points before and after a span, for people and for the W3C quote selector."""
    return text[max(0, start - width) : start], text[end : end + width]
