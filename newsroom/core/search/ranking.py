"""In which order hits are shown: one function over the newest 1,000, from their own words alone; pure.

Nothing is known here of the rest of the archive (how rare a word is, how many rows there are), so no row that readers
may not see can move one that they may. Points of one hit, all whole numbers:

- each word or phrase looked for: the points of the best field it stands in (WEIGHTS);
- the whole headline is what was looked for: WHOLE_HEADLINE; all of it stands in the headline: IN_HEADLINE;
- of several, every one is there (where OR lets one be absent): EVERY_ONE;
- several stand next to each other, in the order asked: the field's ADJOINING; else, in one field, near: NEAR, by the
  distance in letters;
- printed or ruled not long before `today`: RECENT.

Where points are equal, the newer comes first, then the higher number, then the kind. Excluded words give nothing.
A hit of a query of one word is known to hold it: where no short field does, its body does, and need not be read. So no
field weighs less than the body.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .places import UNDATED, ordinal_of, without_face
from .terms import FIELDS, Query, Term

WEIGHTS = {"headline": 60, "summary": 30, "tag": 24, "source": 20, "signed": 20, "outlet": 10, "body": 10}
WHOLE_HEADLINE, IN_HEADLINE, EVERY_ONE = 50, 30, 20
ADJOINING = {"headline": 50, "summary": 25, "body": 20}
NEAR = ((60, 15), (150, 10), (400, 5))
RECENT = ((7, 20), (31, 16), (92, 12), (366, 8), (1100, 4))
MOST_PLACES = 8  # of each word in a field, looked at for how near they stand

BY_WEIGHT = sorted(
    ((FIELDS.index(name), points) for name, points in WEIGHTS.items()), key=lambda pair: -pair[1]
)
BODY = FIELDS.index("body")
HEADLINE = FIELDS.index("headline")


class Candidate(NamedTuple):
    """A hit to be ranked: its place, what it is, and its fields as rows.py writes them. `body` may be left empty
    where `needs_body` says so."""

    place: int
    kind: str
    pk: int
    fields: Sequence[str]


class Ranked(NamedTuple):
    """A candidate with its points."""

    score: int
    candidate: Candidate

    @property
    def order(self) -> tuple[int, int]:
        """Best first: points, then date, number and kind, which are all in the place."""
        return (-self.score, -without_face(self.candidate.place))


def needs_body(query: Query) -> bool:
    """Whether the points of a hit depend on its body."""
    return len(query.terms) > 1


def rank(query: Query, candidates: Iterable[Candidate], today: datetime.date) -> list[Ranked]:
    """The candidates with their points, best first. The same for the same candidates, in whatever order they come."""
    points = Points(query, today)
    return sorted((Ranked(points.of(one), one) for one in candidates), key=lambda ranked: ranked.order)


class Points:
    """Gives the points of each hit of one query."""

    def __init__(self, query: Query, today: datetime.date):
        self.looks = [Look(term) for term in query.terms]
        words = [term.words for term in query.terms if not term.field and not term.prefix]
        self.whole = (
            f" {' '.join(word for each in words for word in each)} " if len(words) == len(self.looks) else ""
        )
        self.several = len(self.looks) > 1
        self.today = today.toordinal()

    def of(self, candidate: Candidate) -> int:
        """The points of one candidate."""
        fields = candidate.fields
        found = [look.best(fields) for look in self.looks]
        points = sum(found)
        if not self.several:
            points = points or (WEIGHTS["body"] if self.looks else 0)
        elif all(found):
            points += EVERY_ONE + self.together(fields)
        headline = fields[HEADLINE]
        if headline and self.looks and all(look.stands_in(headline) for look in self.looks):
            points += IN_HEADLINE
            if self.whole and (headline == self.whole or headline.startswith(f"{self.whole}=")):
                points += WHOLE_HEADLINE
        return points + self.recency(ordinal_of(candidate.place))

    def together(self, fields: Sequence[str]) -> int:
        """The points for standing next to each other, or near."""
        if self.whole:
            for name, points in ADJOINING.items():
                if self.whole in fields[FIELDS.index(name)]:
                    return points
        spans = [self.span(fields[FIELDS.index(name)]) for name in ADJOINING]
        nearest = min((span for span in spans if span is not None), default=NEAR[-1][0] + 1)
        return next((points for most, points in NEAR if nearest <= most), 0)

    def span(self, field: str) -> int | None:
        """The length of the shortest stretch of the field that holds every word, None where one is missing."""
        places = []
        for look in self.looks:
            places.append(look.places(field))
            if not places[-1]:
                return None
        return shortest(places)

    def recency(self, ordinal: int) -> int:
        if ordinal == UNDATED:
            return 0
        age = self.today - ordinal
        return next((points for most, points in RECENT if age <= most), 0)


class Look:
    """Looks for one term in fields."""

    def __init__(self, term: Term):
        words = " ".join(term.words)
        self.needle = f" {words}" if term.prefix else f" {words} "
        self.form = f" ={words}" if term.prefix and len(term.words) == 1 else ""
        only = FIELDS.index(term.field) if term.field else None
        self.weights = [pair for pair in BY_WEIGHT if only in (None, pair[0])]

    def stands_in(self, field: str) -> bool:
        return self.needle in field or (self.form != "" and self.form in field)

    def best(self, fields: Sequence[str]) -> int:
        """The points of the best field that holds the term, 0 where none does."""
        for place, points in self.weights:
            if self.stands_in(fields[place]):
                return points
        return 0

    def places(self, field: str) -> list[int]:
        """Where the term begins, at its first places."""
        found, at = [], field.find(self.needle)
        while at >= 0 and len(found) < MOST_PLACES:
            found.append(at)
            at = field.find(self.needle, at + 1)
        return found


def shortest(places: list[list[int]]) -> int:
    """The length of the shortest stretch with a place from each list. Each list is sorted and not empty."""
    heads = [0] * len(places)
    best = None
    while True:
        values = [row[head] for row, head in zip(places, heads, strict=True)]
        least = min(values)
        length = max(values) - least
        best = length if best is None else min(best, length)
        first = values.index(least)
        heads[first] += 1
        if heads[first] == len(places[first]):
            return best
