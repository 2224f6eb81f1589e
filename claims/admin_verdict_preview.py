"""What readers would see of a verdict that is not public: the note drawn by the readers' own code, and every place.

Nothing is written, and nothing of it reaches a public page: the rows of the database stay as they are, and only the
copies of them in memory carry the words of the draft.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, ArticleVersion
from articles.reading import Row
from newsroom.core.hygiene import visible

from . import notes, statuses
from .models import Claim, Placement, Verdict
from .notes import Note
from .placed import COLUMNS, Placed, placed_in
from .reading import ClaimsReading

LISTED = 20
MOST = 200
OF_THE_PLACE = {name: path for name, path in COLUMNS.items() if not path.startswith("ruling__")}
ABOUT_THE_PLACE = {
    "exempt": "appearance__exempt",
    "exempt_reason": "appearance__exempt_reason",
    "headline": "version__article__headline",
    "language": "version__article__language",
    "printed": "version__article__printed_date",
    "state": "version__article__state",
    "public_from": "version__article__public_from",
    "live": "version__article__live_version_id",
}


class Ruling(NamedTuple):
    """What readers would be told of a claim, as its placements carry it: of a stored verdict, or of typed words."""

    label: str | None
    mark: str | None
    gravity: int | None
    finding: str
    qualifier: str
    clash_words: str
    clash_against: str
    clash_version: int | None
    clash_article: int | None
    clash_headline: str | None
    clash_language: str | None
    clash_number: int | None
    clash_slug: str | None
    clash_state: str | None
    clash_from: datetime | None

    @classmethod
    def of(cls, verdict: Verdict) -> "Ruling":
        """Of a verdict, stored or only typed. Words that could not be stored are shown as readers would meet them."""
        rating = verdict.rating if verdict.rating_id else None
        version = verdict.clash_version if verdict.clash_words and verdict.clash_against else None
        article = version.article if version else None
        return cls(
            rating.label if rating else None,
            rating.mark if rating else None,
            rating.gravity if rating else None,
            visible(verdict.finding),
            visible(verdict.qualifier),
            visible(verdict.clash_words) if version else "",
            visible(verdict.clash_against) if version else "",
            version.number if version else None,
            *(
                getattr(article, name, None)
                for name in ("pk", "headline", "language", "number", "slug", "state", "public_from")
            ),
        )


@dataclass
class PlaceShown:
    """One confirmed place of the claim, and what readers will be told there."""

    placed: Placed
    exempt: bool
    exempt_reason: str
    headline: str
    language: str
    printed: date | None
    public: bool
    state: str
    mark: str = ""
    word: str = ""
    more: str = ""

    @property
    def appearance(self) -> int:
        return self.placed.appearance

    @property
    def where(self) -> str:
        return str(Placement.Field(self.placed.field).label)

    @property
    def role(self) -> str:
        return str(statuses.Role(self.placed.role).label)

    @property
    def changed(self) -> bool:
        """Whether the words, or what surrounds them, are no longer as they were checked."""
        return self.placed.anchor != Placement.Anchor.ANCHORED

    @property
    def stands(self) -> str:
        return str(Placement.Anchor(self.placed.anchor).label)

    @property
    def words(self) -> str:
        return notes.shortened(self.placed.words or self.placed.good_words or "")

    @property
    def shows(self) -> bool:
        """Whether readers would see anything of the verdict here."""
        return not self.exempt and notes.worth_a_note(self.placed)

    @property
    def why_nothing(self) -> str:
        """Why readers see nothing here, or not yet."""
        if self.exempt:
            return _("Exempt, shows nothing: %(reason)s") % {"reason": self.exempt_reason}
        if not notes.worth_a_note(self.placed):
            return _("Shows nothing: the words changed before anything was found.")
        if self.state == Article.State.WITHDRAWN:
            return _("Shows nothing: the article is withdrawn.")
        return "" if self.public else _("Waits until the article is public.")


class OnePlaceReading(ClaimsReading):
    """The page of one article with the places it is given, drawn for one of them: the readers' code, no other reads."""

    def __init__(self, version: ArticleVersion, given: list[Placed], at: datetime):
        self.given = given
        self.article, self.version, self.at = version.article, version, at
        self.links, self.tags, self.bylines = [], [], []
        self.prepare()
        self.draw()

    def places_read(self, versions: set[int]) -> list[Placed]:
        return self.given

    def row_of(self, place: Placed) -> Row | None:
        """The row in which the words stand, or stood."""
        if place.field != Placement.Field.BODY:
            return None
        offset = self.offsets[place.pk]
        return self.rows_by_key.get(str(place.pk)) or (
            self.row_at(offset) if offset < len(self.version.body_text) else None
        )


@dataclass
class Lead:
    """The one place whose words and note are drawn as on the article's page."""

    shown: PlaceShown
    reading: OnePlaceReading
    note: Note
    row: Row | None

    @property
    def article(self) -> Article:
        return self.reading.article

    @property
    def in_headline(self) -> bool:
        return self.shown.placed.field == Placement.Field.HEADLINE

    @property
    def in_standfirst(self) -> bool:
        return self.shown.placed.field == Placement.Field.STANDFIRST


class NotePreview:
    """What readers would see of a ruling on the claim: `lead` drawn in full, `places` as a list, in a few queries."""

    def __init__(self, claim: Claim, ruling: Ruling, at: datetime | None = None, *, is_live: bool = False):
        self.claim, self.ruling, self.at = claim, ruling, at or timezone.now()
        self.is_live = is_live
        self.found = self.find()

    def find(self) -> list[PlaceShown]:
        """The confirmed places in the versions readers read, or will read first; the exempt ones last. One query."""
        live = Q(version=F("version__article__live_version"))
        waiting = Q(version__article__live_version=None, version=F("version__article__latest_version"))
        columns = {**OF_THE_PLACE, **ABOUT_THE_PLACE}
        rows = (
            Placement.objects.standing()
            .filter(live | waiting, appearance__claim=self.claim, appearance__match="same")
            .order_by("appearance__exempt", "version__article__sort_date", "version__article__number", "pk")
            .values_list(*columns.values())[:MOST]
        )
        found = [self.shown(dict(zip(columns, row, strict=True))) for row in rows]
        count = sum(place.public and not place.exempt for place in found)
        for place in found:
            in_headline = place.placed.field == Placement.Field.HEADLINE
            place.placed = place.placed._replace(places=count if in_headline else 0)
            self.tell(place)
        return found

    def shown(self, row: dict[str, Any]) -> PlaceShown:
        about = {name: row.pop(name) for name in ABOUT_THE_PLACE}
        # Publishing takes “Being checked” away from readers, so the note says nothing of it.
        placed = Placed(**{**row, **self.ruling._asdict(), "checking": False, "places": 0})
        state, starts, live = about["state"], about.pop("public_from"), about.pop("live")
        public = state == Article.State.PUBLISHED and live is not None and starts is not None
        return PlaceShown(placed, public=public and starts <= self.at, **about)

    def tell(self, place: PlaceShown) -> None:
        """Put what the lists of articles would say of the place on it."""
        if not place.shows or self.ruling.label is None:
            return
        if notes.is_silent(place.placed):
            place.word = statuses.silent_words(place.placed.as_listed)
            return
        place.mark, place.word, place.more = statuses.finding(place.placed.as_listed)
        place.more = place.more or notes.qualifier_of(place.placed)

    @property
    def places(self) -> list[PlaceShown]:
        return self.found[:LISTED]

    @property
    def more_places(self) -> int:
        return max(0, len(self.found) - LISTED)

    @cached_property
    def lead(self) -> Lead | None:
        """The place to draw: a headline before a text, words that stand before words that went. Needs a rating."""
        shown = [place for place in self.found if place.shows]
        if not shown or self.ruling.label is None:
            return None
        first = min(shown, key=self.worth)
        version = ArticleVersion.objects.select_related("article").get(pk=first.placed.version)
        reading = OnePlaceReading(version, self.all_in(version.pk), self.at)
        note = reading.notes[first.placed.pk]
        return Lead(first, reading, note, reading.row_of(first.placed))

    @staticmethod
    def worth(place: PlaceShown) -> tuple:
        order = {Placement.Field.HEADLINE: 0, Placement.Field.STANDFIRST: 1}
        placed = place.placed
        return not notes.can_be_marked(placed), not place.public, order.get(placed.field, 2)

    def all_in(self, version: int) -> list[Placed]:
        """The claim's places in the version with the ruling, among those of other claims as readers know them."""
        others = [place for place in placed_in([version], self.at) if place.claim != self.claim.pk]
        own = [place.placed for place in self.found if place.shows and place.placed.version == version]
        return sorted([*others, *own], key=lambda p: (p.start is None, p.start or 0, p.claim_number, p.pk))
