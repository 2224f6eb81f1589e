"""Texts whose characters are numbered, edits that keep count of them, and the judge of what is carried.

Every character that was typed once has a number of its own, and keeps it wherever it goes. A copy has new numbers, so
a look-alike never passes for the words that were checked. The judge knows the numbers; what it tries (a `Carry`) is
given the two texts alone.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise

from claims.anchoring import Carried, Span, carry
from claims.unchanged_words import WORD, WORD_OR_STOP
from newsroom.core.hygiene import cuts_character

Cell = tuple[str, int]
Block = list[Cell]
Carry = Callable[[str, str, list[Span]], list[Carried]]

COMMON = (
    *("the", "of", "in", "a", "and", "bases", "base", "week", "troops", "over", "left", "Six", "six", "was"),
    *("one", "no"),
)
NAMES = (
    *("Mosul", "Erbil", "Tuesday", "sixth", "third", "seven", "coalition", "ministry", "handed", "militia"),
    *("rockets", "2020", "K-1", "Rudaw", "چھٹا", "اڈہ", "کِتاب", "ہفتے", "👩\u200d👧", "e\u0301tat", "👍🏽"),
    *("“quoted”", "(left)", "don't", "re-opened"),
)
SENTENCES = (
    "The coalition handed over its sixth base in one week.",
    "Six bases were left in the past few weeks.",
    "No group has claimed the attacks.",
    "READ MORE: sixth base in one week.",
    "ایک ہفتے میں چھٹا اڈہ خالی ہوا۔",
)


@dataclass
class Draft:
    """A text under edit: its blocks, each a list of numbered characters."""

    blocks: list[Block] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def typed(self, words: str) -> Block:
        """Freshly typed characters."""
        return [(character, next(self.numbers)) for character in words]

    def saved(self) -> "Saved":
        """The text as it would be stored now."""
        cells: Block = []
        for block in self.blocks:
            cells += [("\n", -1), ("\n", -1)] if cells else []
            cells += block
        return Saved("".join(character for character, _ in cells), [number for _, number in cells])

    def tidy(self) -> None:
        """As the boundary would store it: no block is empty or begins or ends with white space."""
        for block in self.blocks:
            while block and block[0][0].isspace():
                del block[0]
            while block and block[-1][0].isspace():
                del block[-1]
        self.blocks = [block for block in self.blocks if block]


@dataclass(frozen=True)
class Saved:
    """One version: its text and the number of each code point (-1 for the blank line between blocks)."""

    text: str
    numbers: list[int]

    def blocks(self) -> list[tuple[int, int]]:
        """Where each block starts and ends."""
        ranges, start = [], 0
        for words in self.text.split("\n\n"):
            ranges.append((start, start + len(words)))
            start += len(words) + 2
        return ranges


# Making and editing


class Editor:
    """Edits a draft at random, in the ways of people: each act is one method."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.draft = Draft()
        self.acts = [
            *[self.insert, self.delete, self.replace, self.swap, self.copy_sentence, self.copy_block] * 2,
            self.copy_block_altered,
            self.move_block,
            self.split,
            self.merge,
            self.space,
            self.quote,
            self.new_block,
            self.delete_sentence,
            self.delete_block,
        ]
        for _ in range(self.random.randint(2, 7)):
            self.new_block()
        for _ in range(self.random.randint(0, 2)):
            self.copy_block()

    def edit(self) -> None:
        """One act."""
        self.random.choice(self.acts)()
        self.draft.tidy()
        if not self.draft.blocks:
            self.new_block()

    def words(self, most: int = 4) -> str:
        pick = self.random
        return " ".join(pick.choice(pick.choice((COMMON, NAMES))) for _ in range(pick.randint(1, most)))

    def sentence(self) -> str:
        if self.random.random() < 0.5:
            return self.random.choice(SENTENCES)
        return f"{self.words(9)}."

    def block(self) -> int:
        return self.random.randrange(len(self.draft.blocks))

    def edges(self, block: Block) -> list[int]:
        """Where words begin and end."""
        found = [0, len(block)]
        found += [at for at in range(1, len(block)) if block[at - 1][0].isspace() != block[at][0].isspace()]
        return sorted(found)

    def range(self, block: Block) -> tuple[int, int]:
        """Some words; now and then some characters."""
        if self.random.random() < 0.2:
            places = range(len(block) + 1)
            start, end = sorted((self.random.choice(places), self.random.choice(places)))
            return start, min(end, start + 6)
        edges = self.edges(block)
        first = self.random.randrange(len(edges) - 1)
        return edges[first], edges[min(len(edges) - 1, first + self.random.randint(1, 5))]

    def sentence_in(self, block: Block) -> tuple[int, int]:
        """One sentence of a block, with the space behind it."""
        ends = [at + 1 for at, (character, _) in enumerate(block) if character in ".۔"]
        starts = [0, *ends]
        ends = [*ends, len(block)]
        return self.random.choice([pair for pair in zip(starts, ends, strict=True) if pair[0] < pair[1]])

    def copy_of(self, cells: Block) -> Block:
        return self.draft.typed("".join(character for character, _ in cells))

    def near(self, index: int) -> int:
        """Where a look-alike goes: just before, just after, or anywhere."""
        return self.random.choice([index, index + 1, self.random.randint(0, len(self.draft.blocks))])

    def insert(self) -> None:
        block = self.draft.blocks[self.block()]
        at = self.random.choice(self.edges(block))
        block[at:at] = self.draft.typed(f" {self.words()} "[self.random.randint(0, 1) :])

    def delete(self) -> None:
        block = self.draft.blocks[self.block()]
        start, end = self.range(block)
        del block[start:end]

    def replace(self) -> None:
        block = self.draft.blocks[self.block()]
        start, end = self.range(block)
        block[start:end] = self.draft.typed(self.words())

    def swap(self) -> None:
        """Two words change places with their numbers."""
        block = self.draft.blocks[self.block()]
        edges = self.edges(block)
        words = [(a, b) for a, b in pairwise(edges) if a < b and not block[a][0].isspace()]
        if len(words) < 2:
            return
        (a, b), (c, d) = sorted(self.random.sample(words, 2))
        first, second = (WORD.findall("".join(cell[0] for cell in block[x:y])) for x, y in ((a, b), (c, d)))
        # The same word in the place of the same word is no change.
        if first != second:
            block[a:d] = block[c:d] + block[b:c] + block[a:b]

    def copy_sentence(self) -> None:
        source = self.block()
        start, end = self.sentence_in(self.draft.blocks[source])
        words = self.copy_of(self.draft.blocks[source][start:end])
        target = self.draft.blocks[self.random.choice([source, self.block()])]
        at = self.random.choice(
            [start, end, *self.edges(target)] if target is self.draft.blocks[source] else self.edges(target)
        )
        target[at:at] = [*self.draft.typed(" "), *words, *self.draft.typed(" ")]

    def copy_block(self) -> None:
        source = self.block()
        self.draft.blocks.insert(self.near(source), self.copy_of(self.draft.blocks[source]))

    def copy_block_altered(self) -> None:
        source = self.block()
        words = self.copy_of(self.draft.blocks[source])
        start, end = self.range(words)
        words[start:end] = self.draft.typed(self.words(2)) if self.random.random() < 0.5 else []
        self.draft.blocks.insert(self.near(source), words)

    def move_block(self) -> None:
        block = self.draft.blocks.pop(self.block())
        self.draft.blocks.insert(self.random.randint(0, len(self.draft.blocks)), block)

    def new_block(self) -> None:
        words = " ".join(self.sentence() for _ in range(self.random.randint(1, 3)))
        self.draft.blocks.insert(self.random.randint(0, len(self.draft.blocks)), self.draft.typed(words))

    def delete_sentence(self) -> None:
        block = self.draft.blocks[self.block()]
        start, end = self.sentence_in(block)
        del block[start:end]

    def delete_block(self) -> None:
        del self.draft.blocks[self.block()]

    def split(self) -> None:
        index = self.block()
        block = self.draft.blocks[index]
        at = self.random.choice(self.edges(block))
        self.draft.blocks[index : index + 1] = [block[:at], block[at:]]

    def merge(self) -> None:
        if len(self.draft.blocks) > 1:
            index = self.random.randrange(len(self.draft.blocks) - 1)
            first, second = self.draft.blocks[index : index + 2]
            self.draft.blocks[index : index + 2] = [[*first, *self.draft.typed(" "), *second]]

    def space(self) -> None:
        block = self.draft.blocks[self.block()]
        spaces = [at for at, (character, _) in enumerate(block) if character.isspace()]
        if spaces:
            at = self.random.choice(spaces)
            others = [kind for kind in ("  ", "\n", "\u00a0", " ") if kind != block[at][0]]
            block[at : at + 1] = self.draft.typed(self.random.choice(others))

    def quote(self) -> None:
        block = self.draft.blocks[self.block()]
        start, end = self.range(block)
        block[start:end] = [*self.draft.typed("“"), *block[start:end], *self.draft.typed("”")]

    def spans(self, version: Saved, most: int = 12) -> list[Span]:
        """Passages that an editor could flag: words of one block, now and then parts of words or whole blocks."""
        spans = set()
        for _ in range(most):
            start, end = self.random.choice(version.blocks())
            cells = [(character, 0) for character in version.text[start:end]]
            if self.random.random() < 0.1:
                spans.add((start, end))
            elif cells:
                first, last = self.range(cells)
                spans.add((start + first, start + last))
        return [
            Span(start, end)
            for start, end in sorted(spans)
            if start < end
            and not cuts_character(version.text, start)
            and not cuts_character(version.text, end)
        ]


def history(seed: int) -> Iterator[tuple[Saved, Saved, list[Span]]]:
    """A sequence of edits, saved one by one or several at once: each save with passages of the version before."""
    editor = Editor(seed)
    before = editor.draft.saved()
    at_once = editor.random.choice([1, 1, 2, 3, 5])
    for _ in range(editor.random.randint(1, 4)):
        for _ in range(editor.random.randint(1, at_once)):
            editor.edit()
        after = editor.draft.saved()
        # The same text makes no version, whatever was done on the way to it.
        if before.text != after.text:
            yield before, after, editor.spans(before)
        before = after


# Judging


def judge(before: Saved, after: Saved, span: Span, carried: Carried) -> str:
    """What is wrong with a carried span, in words; empty where it covers the very characters it had.

    Where characters were typed anew the judge asks whether the texts could tell: they cannot where leaving the words
    alone explains more of the new text than what was really done (the same words deleted and typed again in their
    place; where both explain as much, a paragraph that is whole is itself), nor where a whole paragraph was deleted
    here and typed there.
    """
    found = carried.span
    if found is None:
        return ""
    words = before.text[span.start : span.end]
    if after.text[found.start : found.end] != words:
        return f"other words: {after.text[found.start : found.end]!r}"
    numbers = settled(before, after)
    if stands_on_its_own(words, before.numbers[span.start : span.end], numbers[found.start : found.end]):
        return ""
    gain, loss = readings(before, after.text, numbers, span, found)
    if gain > loss or (gain == loss and one_paragraph(before, after, span, found)):
        return ""
    if paragraph_typed_anew(before, after, numbers, span, found):
        return ""
    return f"{words!r} now stands on other characters ({gain} typed, {loss} in the way, {carried.fate.name})"


def stands_on_its_own(words: str, own: list[int], there: list[int]) -> bool:
    """Whether the words have the numbers they had. White space has none that matter, and a word is itself by most of
    its letters: “handed and” without “d an” or without “ and” is the same “handed”."""
    for token in WORD_OR_STOP.finditer(words):
        same = sum(own[at] == there[at] for at in range(*token.span()))
        if same * 2 <= len(token[0]) and not token[0].isspace():
            return False
    return True


def settled(before: Saved, after: Saved) -> list[int]:
    """The numbers of the new version, where no text can tell which of equal paragraphs is which put in order: those
    that only changed places, and those that stand between the same paragraphs as before."""
    numbers = list(after.numbers)
    for text, places in by_text(after).items():
        known = by_text(before).get(text, [])
        theirs = [tuple(after.numbers[start:end]) for start, end in places]
        ours = [tuple(before.numbers[start:end]) for start, end in known]
        beside = [neighbours(version.text, text) for version in (before, after)]
        if len(theirs) == len(ours) > 1 and (sorted(theirs) == sorted(ours) or beside[0] == beside[1]):
            for (start, end), own in zip(places, ours, strict=True):
                numbers[start:end] = own
    return numbers


def neighbours(text: str, block: str) -> list[tuple[str, str]]:
    """What stands before and after each paragraph of these words."""
    blocks = ["", *text.split("\n\n"), ""]
    return [(blocks[at - 1], blocks[at + 1]) for at in range(1, len(blocks) - 1) if blocks[at] == block]


def by_text(version: Saved) -> dict[str, list[tuple[int, int]]]:
    places: dict[str, list[tuple[int, int]]] = {}
    for start, end in version.blocks():
        places.setdefault(version.text[start:end], []).append((start, end))
    return places


def readings(before: Saved, text: str, numbers: list[int], span: Span, found: Span) -> tuple[int, int]:
    """If these words and whatever is equal around them was left alone: how many typed characters that explains as
    kept, and how many kept ones stand against it."""
    start, end, shift = *equal_around(before.text, text, span, found), found.start - span.start
    known = set(before.numbers)
    now = {number: at for at, number in enumerate(numbers) if number >= 0 and not text[at].isspace()}
    gain = sum(
        numbers[at] not in known and not text[at].isspace() for at in range(start + shift, end + shift)
    )
    whole = whole_paragraphs(before, text, numbers)
    loss = 0
    for at, number in enumerate(before.numbers):
        there = now.get(number)
        if there is None:
            continue
        if start <= at < end or start + shift <= there < end + shift:
            loss += there - shift != at
        elif not any((at < old) != (there < new) for old, new in whole):
            loss += (at < start) != (there < start + shift)
    return gain, loss


def whole_paragraphs(before: Saved, text: str, numbers: list[int]) -> list[tuple[int, int]]:
    """Where paragraphs stood and stand that are whole in both versions and once in each. What crossed one of them was
    moved for all to see, and is in nobody's way."""
    theirs, ours = by_text(Saved(text, numbers)), by_text(before)
    return [
        (places[0][0], theirs[words][0][0])
        for words, places in ours.items()
        if len(places) == len(theirs.get(words, [])) == 1
        and before.numbers[slice(*places[0])] == numbers[slice(*theirs[words][0])]
    ]


def equal_around(old: str, new: str, span: Span, found: Span) -> tuple[int, int]:
    """The longest passage around the span, in its block, that is the same around where it was carried."""
    start, end, shift = span.start, span.end, found.start - span.start
    while start and start + shift and old[start - 1] == new[start + shift - 1] != "\n":
        start -= 1
    while end < len(old) and end + shift < len(new) and old[end] == new[end + shift] != "\n":
        end += 1
    return start, end


def one_paragraph(before: Saved, after: Saved, span: Span, found: Span) -> bool:
    """Whether both stand in the same paragraph, which is whole and stands once in both versions."""
    text = before.text[slice(*block_of(before, span))]
    once = [version.text.split("\n\n").count(text) for version in (before, after)] == [1, 1]
    return once and text == after.text[slice(*block_of(after, found))]


def block_of(version: Saved, span: Span) -> tuple[int, int]:
    (block,) = [pair for pair in version.blocks() if pair[0] <= span.start < pair[1]]
    return block


def paragraph_typed_anew(before: Saved, after: Saved, numbers: list[int], span: Span, found: Span) -> bool:
    """Whether the whole paragraph was deleted here and typed there, and nothing of the old one is left."""
    known, own = set(before.numbers), before.numbers[slice(*block_of(before, span))]
    typed = known.isdisjoint(numbers[slice(*block_of(after, found))])
    return one_paragraph(before, after, span, found) and typed and set(own).isdisjoint(numbers)


@dataclass
class Tally:
    """What came of many sequences."""

    edits: int = 0
    asked: int = 0
    carried: int = 0
    retyped: int = 0
    wrong: list[str] = field(default_factory=list)
    first_wrong_after: int = 0


def run(seeds: range, tried: Carry = carry, *, stop_at_first: bool = False) -> Tally:
    """Judge what the function carries through the histories of these seeds."""
    tally = Tally()
    for seed in seeds:
        for before, after, spans in history(seed):
            tally.edits += 1
            tally.asked += len(spans)
            for span, carried in zip(spans, tried(before.text, after.text, spans), strict=True):
                tally.carried += carried.span is not None
                if problem := judge(before, after, span, carried):
                    tally.wrong.append(f"seed {seed}: {problem}\n{before.text!r}\n{after.text!r}")
            if tally.wrong and stop_at_first:
                tally.first_wrong_after = tally.edits
                return tally
    return tally
