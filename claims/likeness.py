"""How two sentences are alike and where they part: shared words, and the figures, dates and denials that differ. Pure.

Nothing here decides that two claims are the same: it says why they may be, and why not, in words an editor can check.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, takewhile
from math import sqrt
from typing import Any, TypeVar

from snowballstemmer import stemmer

from newsroom.core.hygiene import fold_key

from .figures import DENIALS, EMPTY, MONTHS, NUMBERS, PERHAPS_MONTHS, QUANTITIES, WEEKDAYS

WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
YEARS = range(1900, 2100)
# How far after a figure the thing it counts may stand: “sixth Iraqi base”.
REACH = 3
ENGLISH = stemmer("english")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as it stands in the sentence, folded, and its root."""

    shown: str
    key: str
    root: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two sentences part. `kind` is number, date, quantity or denial; a side that says nothing of it is empty."""

    kind: str
    here: str
    there: str

    @property
    def is_conflict(self) -> bool:
        """Whether both cannot be meant at once: two figures for one thing, or a denial on one side alone."""
        return self.kind == "denial" or bool(self.here and self.there)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two sentences share, as the second one words it, where they part, and how alike they are (0 to 1)."""

    shared: tuple[str, ...]
    differs: tuple[Difference, ...]
    score: float

    @property
    def conflicts(self) -> bool:
        return any(difference.is_conflict for difference in self.differs)


def likeness(here: str, there: str) -> Likeness:
    """How the sentence `here` is like the sentence `there`. The same two always give the same answer."""
    ours, theirs = words(here), words(there)
    mine, roots = {word.root for word in telling(ours)}, {}
    for word in telling(theirs):
        roots.setdefault(word.root, word.shown)
    shared = tuple(shown for root, shown in roots.items() if root in mine)
    score = len(shared) / sqrt(len(mine) * len(roots)) if shared else 0.0
    return Likeness(shared, tuple(differences(ours, theirs)), score)


def words(text: str) -> list[Word]:
    """The words of a sentence in its order."""
    return [Word(shown, key := fold_key(shown), root_of(key)) for shown in WORD.findall(text)]


@lru_cache(maxsize=20_000)
def root_of(key: str) -> str:
    """The root of a folded word: a figure's value, an English word's stem, any other word itself."""
    value = value_of(key)
    if value is not None:
        return str(value)
    key = key.removesuffix("'s").removesuffix("’s")
    return ENGLISH.stemWord(key) if key.isascii() else key


def telling(sentence: list[Word]) -> list[Word]:
    """The words that say something: without articles, prepositions and the like."""
    return [word for word in sentence if word.key not in EMPTY]


def value_of(key: str) -> int | None:
    """The whole number that a folded word is, in figures or in words, “sixth” like “six”; None for any other word."""
    if key in NUMBERS:
        return NUMBERS[key]
    digits = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", re.sub(r"(?<=\d),(?=\d{3})", "", key))
    return int(digits) if digits.isdecimal() and len(digits) < 19 else None


# Where they part


def differences(ours: list[Word], theirs: list[Word]) -> list[Difference]:
    """Everything in which the two sentences say another thing, the gravest first."""
    return [
        *denials(ours, theirs),
        *apart("number", figures(ours), figures(theirs), same_figure, same_thing),
        *apart("date", days(ours), days(theirs), same_day, lambda one, other: True),
        *quantities(ours, theirs),
    ]


def denials(ours: list[Word], theirs: list[Word]) -> list[Difference]:
    """One sentence denies and the other does not."""
    here, there = (next((word.shown for word in side if denies(word)), "") for side in (ours, theirs))
    return [Difference("denial", here, there)] if bool(here) != bool(there) else []


def denies(word: Word) -> bool:
    return word.key in DENIALS or word.key.endswith(("n't", "n’t"))


def quantities(ours: list[Word], theirs: list[Word]) -> list[Difference]:
    """Words such as “all” or “some” that stand on one side alone."""
    here, there = ([word for word in side if word.key in QUANTITIES] for side in (ours, theirs))
    keys = {word.key for word in here} & {word.key for word in there}
    only = [[word.shown for word in side if word.key not in keys] for side in (here, there)]
    if not any(only):
        return []
    return [Difference("quantity", *(", ".join(dict.fromkeys(side)) for side in only))]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the words after it, one of which it counts."""

    value: int
    words: tuple[Word, ...]

    def up_to(self, roots: set[str]) -> str:
        """The number as it stands, with the words up to the last that is among the roots (or the first of all)."""
        ends = [at for at, word in enumerate(self.words) if at and word.root in roots]
        return " ".join(word.shown for word in self.words[: (ends[0] if ends else 1) + 1])

    @property
    def counted(self) -> set[str]:
        return {word.root for word in self.words[1:]}


def figures(sentence: list[Word]) -> list[Figure]:
    """The numbers of a sentence that count something; those of dates are not among them."""
    dated = {at for day in days(sentence) for at in day.places}
    found = []
    for at, word in enumerate(sentence):
        value = value_of(word.key)
        if value is not None and at not in dated:
            found.append(Figure(value, (word, *counted_after(sentence, at))))
    return found


def counted_after(sentence: list[Word], at: int) -> list[Word]:
    """The telling words after a number, up to the next number."""
    after = takewhile(lambda word: value_of(word.key) is None, sentence[at + 1 :])
    return telling(list(after)[: REACH + 1])[:REACH]


def same_figure(one: Figure, other: Figure) -> bool:
    return one.value == other.value


def same_thing(one: Figure, other: Figure) -> bool:
    return bool(one.counted & other.counted)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is written: year, month, day and weekday, None for each that is not; where it stands."""

    parts: tuple[int | None, ...]
    shown: str
    places: tuple[int, ...]


def days(sentence: list[Word]) -> list[Day]:
    """The dates of a sentence: runs of years, months, days beside a month, and weekdays."""
    found, at = [], 0
    while at < len(sentence):
        run = [*takewhile(lambda place: is_of_date(sentence, place), count(at))]
        if run:
            found.append(day_of(sentence, run))
        at += len(run) or 1
    return found


def is_of_date(sentence: list[Word], at: int) -> bool:
    """Whether the word there is a part of a date."""
    if not 0 <= at < len(sentence):
        return False
    key = sentence[at].key
    if month_at(sentence, at) or key in WEEKDAYS:
        return True
    value = value_of(key) if key[:1].isdecimal() else None
    if value is None:
        return False
    return value in YEARS or (1 <= value <= 31 and beside_month(sentence, at))


def beside_month(sentence: list[Word], at: int) -> bool:
    return any(0 <= near < len(sentence) and month_at(sentence, near) for near in (at - 1, at + 1))


def month_at(sentence: list[Word], at: int) -> int | None:
    """The month that the word there names; “may” and “march” name one only beside a figure."""
    key = sentence[at].key
    if key in PERHAPS_MONTHS:
        near = [sentence[place].key for place in (at - 1, at + 1) if 0 <= place < len(sentence)]
        return PERHAPS_MONTHS[key] if any(word[:1].isdecimal() for word in near) else None
    return MONTHS.get(key)


def day_of(sentence: list[Word], run: list[int]) -> Day:
    """The date that these words write."""
    year = month = day = weekday = None
    for place in run:
        key = sentence[place].key
        if named := month_at(sentence, place):
            month = named
        elif key in WEEKDAYS:
            weekday = WEEKDAYS[key]
        elif (value := value_of(key)) in YEARS:
            year = value
        else:
            day = value
    return Day((year, month, day, weekday), " ".join(sentence[place].shown for place in run), tuple(run))


def same_day(one: Day, other: Day) -> bool:
    """Whether nothing that both write differs, and they write something in common."""
    both = [(a, b) for a, b in zip(one.parts, other.parts, strict=True) if a is not None and b is not None]
    return bool(both) and all(a == b for a, b in both)


Said = TypeVar("Said", Figure, Day)
Match = Callable[[Any, Any], bool]


def apart(
    kind: str, ours: list[Said], theirs: list[Said], same: Match, comparable: Match
) -> list[Difference]:
    """The figures or dates left once the same ones are taken off both sides: face to face where they are comparable."""
    ours, theirs = without_pairs(ours, theirs, lambda one, other: same(one, other) and comparable(one, other))
    ours, theirs = without_pairs(ours, theirs, same)
    found, left = [], list(theirs)
    for mine in ours:
        other = next((one for one in left if comparable(mine, one)), None)
        if other is not None:
            left.remove(other)
        found.append(Difference(kind, *as_shown(mine, other)))
    return found + [Difference(kind, "", as_shown(other, None)[0]) for other in left]


def without_pairs(ours: list[Said], theirs: list[Said], match: Match) -> tuple[list[Said], list[Said]]:
    """Both sides without the pairs that match, first come first taken."""
    kept, left = [], list(theirs)
    for mine in ours:
        other = next((one for one in left if match(mine, one)), None)
        if other is None:
            kept.append(mine)
        else:
            left.remove(other)
    return kept, left


def as_shown(mine: Said, other: Said | None) -> tuple[str, str]:
    """The words of both, a figure up to the thing that both count."""
    if isinstance(mine, Day):
        return mine.shown, other.shown if other else ""
    common = mine.counted & other.counted if other else mine.counted
    return mine.up_to(common), other.up_to(common) if other else ""
