"""Two versions of an article side by side with their claims: the marks of either, and what became of each claim.

One query more than the comparison without claims. Each side carries the placements of its own version and no others.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from articles.compared import Comparison, Text
from articles.models import ArticleVersion
from articles.text import Mark

from . import notes
from .notes import Anchor, Field, Note
from .placed import Placed, placed_in

ORDER = (Field.HEADLINE, Field.STANDFIRST, Field.BODY)


@dataclass(frozen=True, slots=True)
class Standing:
    """What one of the two versions says of a claim, or both alike, and where."""

    versions: tuple[int, ...]
    where: str
    mark: str
    word: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """One claim between two versions: what either says of it, and what became of it in words."""

    note: Note
    old: Standing | None
    new: Standing | None
    became: str

    @property
    def standings(self) -> list[Standing]:
        """What either says; one line where both say the same."""
        if self.old and self.new and self.old == replace(self.new, versions=self.old.versions):
            return [replace(self.old, versions=self.old.versions + self.new.versions)]
        return [standing for standing in (self.old, self.new) if standing]


class ClaimsComparison(Comparison):
    """What the history page prints of two versions, claims included."""

    def prepare(self) -> None:
        self.places: dict[int, list[Placed]] = defaultdict(list)
        for place in placed_in({self.old.version.pk, self.new.version.pk}, self.at):
            if notes.worth_a_note(place):
                self.places[place.version].append(place)
        for places in self.places.values():
            places.sort(key=lambda place: ORDER.index(place.field))
        both = [*self.places_of(self.old), *self.places_of(self.new)]
        claims = list(dict.fromkeys(place.claim for place in both))
        self.numbers = {claim: number for number, claim in enumerate(claims, start=1)}
        self.fates = [self.fate(claim) for claim in claims]

    def places_of(self, side: Text) -> list[Placed]:
        return self.places[side.version.pk]

    def marks_in(self, version: ArticleVersion, name: str) -> Sequence[Mark]:
        return [
            self.mark_of(place)
            for place in self.places[version.pk]
            if place.field == name and notes.can_be_marked(place)
        ]

    def mark_of(self, place: Placed) -> Mark:
        number = self.numbers[place.claim]
        note = notes.note_for(place, number)
        return Mark(
            place.start,
            place.end,
            key=str(place.pk),
            number=number,
            css=note.mark,
            label=note.word,
            gravity=note.gravity,
        )

    def fate(self, claim: int) -> Fate:
        """What became of one claim."""
        old, new = (
            [place for place in self.places_of(side) if place.claim == claim] for side in (self.old, self.new)
        )
        note = notes.note_for((new or old)[0], self.numbers[claim])
        return Fate(note, self.standing(self.old, old), self.standing(self.new, new), self.became(old, new))

    def standing(self, side: Text, places: list[Placed]) -> Standing | None:
        """What the version says of the claim: at the place where its words stand best."""
        if not places:
            return None
        place = best(places)
        note = notes.note_for(place, 0)
        return Standing((side.version.number,), self.where(side, place), note.mark, note.word, note.more)

    def where(self, side: Text, place: Placed) -> str:
        if place.start is None:
            return ""
        if place.field == Field.HEADLINE:
            return _("headline")
        if place.field == Field.STANDFIRST:
            return _("standfirst")
        held = (index for index, (start, end) in enumerate(side.ranges) if start <= place.start < end)
        index = next(held, None)
        return "" if index is None else side.place_of(index)

    def became(self, old: list[Placed], new: list[Placed]) -> str:
        """Carried, context changed, words changed or gone, in words."""
        number = {"number": self.new.version.number}
        if not new:
            return _("Version %(number)d carries no mark of it.") % number
        if not old:
            return _("It was marked after version %(number)d.") % {"number": self.old.version.number}
        before, after = best(old), best(new)
        if after.anchor == Anchor.ANCHORED and after.words == before.words:
            return _("Carried: the same words stand in version %(number)d.") % number
        if after.anchor == Anchor.ANCHORED:
            return _("Flagged anew: it stands on other words in version %(number)d.") % number
        if after.anchor == Anchor.CONTEXT_CHANGED:
            return (
                _("Context changed: its words stand in version %(number)d, what surrounds them changed.")
                % number
            )
        if after.anchor == Anchor.LOST:
            return _("Gone: its words stand no more in version %(number)d.") % number
        return _("Words changed: version %(number)d no longer has the words that were checked.") % number


def best(places: list[Placed]) -> Placed:
    """The place where the words stand as checked, else where they stand at all, else the first."""
    return min(places, key=lambda place: (place.anchor != Anchor.ANCHORED, place.start is None))
