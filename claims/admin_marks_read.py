"""What became of the marks in one article, as one object: as many queries for a hundred claims as for one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from articles.models import Article, ArticleVersion
from newsroom.core.models import User

from . import access, placing, queues
from .admin_marks_offered import Offered, Offers
from .admin_places_read import VERSION
from .admin_places_told import Told, standings_of, told_now
from .admin_places_words import Change, Passage, change, kept, passage, where
from .models import Appearance, Placement
from .moved import GONE, MOVED
from .placing import standing_places
from .receivers import FIELDS

Anchor, Field = Placement.Anchor, Placement.Field
ACTS_ON = ["claims.change_appearance", "claims.change_placement"]
# So many places are shown of one article.
MOST = 300
READING_ORDER = {name: order for order, name in enumerate(FIELDS)}


@dataclass(slots=True)
class Step:
    """How a place stands in one version: what became of its words, or (`change` is None) the words as checked."""

    placement: Placement
    version: ArticleVersion
    waits: bool
    change: Change | None
    words: Passage | None
    where: str
    above: tuple[str, str] | None = None
    decided_by: User | None = None
    offered: list[Offered] | None = None

    @property
    def asks(self) -> bool:
        return self.placement.anchor in MOVED

    @property
    def context_changed(self) -> bool:
        return self.placement.anchor == Anchor.CONTEXT_CHANGED

    @property
    def gone(self) -> bool:
        return self.placement.anchor in GONE


@dataclass(slots=True)
class MarkRow:
    """One claim of the article: its steps, the older version first, or where it stood when it was taken off."""

    appearance: Appearance
    places: list[Placement]
    steps: list[Step]
    taken_off: Placement | None
    why_off: str
    now: Told
    why_not: str
    errors: dict = field(default_factory=dict)
    typed: dict = field(default_factory=dict)

    @property
    def seen(self) -> str:
        return placing.seen(self.appearance, self.places)

    @property
    def gone(self) -> bool:
        """Whether the words changed or went in one of the versions."""
        return any(step.gone for step in self.steps)

    @property
    def shows_words(self) -> bool:
        """Whether the words of the first step are shown by themselves: a change shows them beside what they became."""
        return not any(step.change for step in self.steps[1:])

    @property
    def stood(self) -> Passage | None:
        return kept(self.taken_off) if self.taken_off else None

    @property
    def order(self) -> tuple[int, int, int]:
        """The reading order; words that went come where they stood."""
        first = next((step.placement for step in self.steps), self.taken_off)
        if first is None:
            return (len(FIELDS), 0, self.appearance.pk)
        good = first if first.start is not None else first.carried_from
        start = good.start if good is not None and good.start is not None else 0
        return (READING_ORDER.get(first.field, len(FIELDS)), start, self.appearance.pk)


class ArticleMarks:
    """The places of the article's claims in what readers see and in what waits, those that need a decision first."""

    def __init__(self, article: Article, user: User, at: datetime):
        self.article, self.user, self.at = article, user, at
        self.may = user.has_perms(ACTS_ON)
        self.barred = access.own_article() if self.may and access.wrote_the_article(user, article) else ""
        self.found = list(self.appearances())
        self.asked = set(
            queues.words_changed(Appearance.objects.filter(article=article).order_by(), user)
            .order_by()
            .values_list("pk", flat=True)
        )
        self.more = len(self.found) > MOST
        # Of very many those that ask come first, so that none of them is left out.
        self.found = sorted(self.found, key=lambda each: (each.pk not in self.asked, each.pk))[:MOST]

    def appearances(self) -> Iterable[Appearance]:
        rows = Appearance.objects.filter(article=self.article).order_by("pk")
        return rows.select_related("claim", "article__outlet")

    # what is read

    @cached_property
    def places(self) -> dict[int, list[Placement]]:
        return standing_places([each.pk for each in self.found])

    @cached_property
    def stood(self) -> dict[int, list[Placement]]:
        """Every row of those places that are not simply anchored, older versions first."""
        moved = [
            key
            for key, rows in self.places.items()
            if not rows or any(row.anchor != Anchor.ANCHORED for row in rows)
        ]
        found: dict[int, list[Placement]] = defaultdict(list)
        rows = Placement.objects.filter(appearance__in=moved).select_related("version")
        for row in rows.defer(*placing.WIDE).order_by("version__number", "pk"):
            found[row.appearance_id].append(row)
        return found

    @cached_property
    def versions(self) -> dict[int, ArticleVersion]:
        """The live version, the newest, and those in which moved words stood as they were checked."""
        wanted = {self.article.live_version_id, self.article.latest_version_id}
        for rows in self.places.values():
            wanted |= {good.version_id for row in rows if (good := self.good(row)) is not None}
        return ArticleVersion.objects.only(*VERSION, "created_at").in_bulk(wanted - {None})

    def good(self, row: Placement) -> Placement | None:
        """Where words that moved last stood as they were checked, before this row's version."""
        if row.anchor == Anchor.ANCHORED:
            return None
        before = [
            each
            for each in self.stood.get(row.appearance_id, ())
            if each.version.number < row.version.number and each.ended_at is None and each.start is not None
        ]
        return next((each for each in reversed(before) if each.anchor == Anchor.ANCHORED), None) or (
            before[-1] if before else row.carried_from
        )

    @cached_property
    def people(self) -> dict[int, User]:
        """Whoever decided about one of the places."""
        return User.objects.in_bulk(
            {row.decided_by_id for rows in self.places.values() for row in rows} - {None}
        )

    @cached_property
    def barred_claims(self) -> set[int]:
        return access.claims_written_by(self.user, self.found) if self.may and not self.barred else set()

    # what is printed

    @cached_property
    def rows(self) -> list[MarkRow]:
        claims = {each.claim_id: each.claim for each in self.found}
        standings = standings_of(list(claims.values()))
        rows = [self.row(each, standings[each.claim_id]) for each in self.found]
        return sorted(rows, key=lambda row: row.order)

    def row(self, appearance: Appearance, standing) -> MarkRow:
        places = self.places[appearance.pk]
        gone = self.stood.get(appearance.pk, []) if not places else []
        live = next((row for row in places if row.version_id == self.article.live_version_id), None)
        return MarkRow(
            appearance,
            places,
            [self.step(row) for row in places],
            next((row for row in reversed(gone) if row.exact), None),
            gone[-1].why if gone else "",
            told_now(appearance, live, standing, self.at),
            self.why_not(appearance),
        )

    def why_not(self, appearance: Appearance) -> str:
        if self.barred or appearance.claim_id not in self.barred_claims:
            return self.barred
        return access.why_not_judge(self.user, appearance.claim)

    def step(self, row: Placement) -> Step:
        version, good = self.versions[row.version_id], self.good(row)
        waits = bool(self.article.live_version_id) and row.version_id != self.article.live_version_id
        words = passage(version, row.field, row.start, row.end) if row.start is not None else None
        moved = change(row, good, self.versions, waits)
        return Step(
            row,
            version,
            waits,
            moved,
            words,
            where(version, row),
            self.above(row, good),
            # Whoever placed it first is named on its record.
            self.people.get(row.decided_by_id) if row.carried_from_id else None,
        )

    def above(self, row: Placement, good: Placement | None) -> tuple[str, str] | None:
        """A headline is read with its standfirst: both, then and now, where they differ."""
        if good is None or row.field != Field.HEADLINE or row.anchor != Anchor.CONTEXT_CHANGED:
            return None
        then, now = self.versions[good.version_id].standfirst, self.versions[row.version_id].standfirst
        return (then, now) if then != now else None

    @cached_property
    def to_decide(self) -> list[MarkRow]:
        """Exactly the places that the first page's queue counts, each with passages like the words that went."""
        rows = [row for row in self.rows if row.appearance.pk in self.asked]
        offers = Offers(self.versions)
        for step in (step for row in rows for step in row.steps if step.gone):
            step.offered = offers.like(self.good(step.placement), step.placement)
        return rows

    @cached_property
    def standing(self) -> list[MarkRow]:
        return [row for row in self.rows if row.appearance.pk not in self.asked and self.stands(row)]

    @cached_property
    def others(self) -> list[MarkRow]:
        """Places that are none of the claim's any more, or whose claim is closed: nobody needs to decide."""
        return [row for row in self.rows if row.appearance.pk not in self.asked and not self.stands(row)]

    def stands(self, row: MarkRow) -> bool:
        closed = row.appearance.claim.work_state in queues.CLOSED
        return bool(row.steps) and row.appearance.match != Appearance.Match.DIFFERENT and not closed

    @cached_property
    def confirmable(self) -> list[tuple[ArticleVersion, bool, int]]:
        """The versions in which surroundings changed, whether each waits, and how many may be confirmed in it."""
        counted: dict[int, int] = defaultdict(int)
        for row in self.to_decide if self.may else []:
            for step in row.steps:
                counted[step.version.pk] += step.context_changed and not row.why_not
        found = [(self.versions[key], key != self.article.live_version_id, n) for key, n in counted.items()]
        return sorted((each for each in found if each[2]), key=lambda each: each[0].number)
