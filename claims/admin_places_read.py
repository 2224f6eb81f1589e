"""The page of every place of one claim as one object: as many queries for a thousand places as for one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import dates
from articles.models import Article, ArticleVersion
from newsroom.core.pages import KeysetPage, KeysetPager

from . import access, placing
from .admin_places_told import (
    Standing,
    Told,
    in_words,
    standing_of,
    told_by_role,
    told_next,
    told_now,
)
from .admin_places_words import Change, Passage, change, kept, passage, where
from .models import Appearance, Claim, Placement

PAGE = 25
MOST_ALIKE = 100
Match, Anchor, Publication = Appearance.Match, Placement.Anchor, Article.State
WAITING = Q(match__in=[Match.SUGGESTED, Match.UNSURE])
MOVED = [Anchor.CONTEXT_CHANGED, Anchor.TEXT_CHANGED, Anchor.LOST]
VERSION = ("number", "article_id", "headline", "standfirst", "body", "body_text")


class UnknownList(ValueError):
    """The address asks for a list that there is not."""


def in_sight() -> QuerySet:
    """Standing placements of the outer appearance in the versions readers see, and in the newest."""
    article = "appearance__article__"
    return (
        Placement.objects.standing()
        .filter(appearance=OuterRef("pk"))
        .filter(Q(version=F(f"{article}live_version")) | Q(version=F(f"{article}latest_version")))
    )


def printed_alike(claim: Claim) -> Q:
    """Waiting places whose words are exactly those of a place that was confirmed."""
    confirmed = Placement.objects.standing().filter(
        appearance__claim=claim, appearance__match=Match.SAME, start__isnull=False
    )
    return WAITING & Q(Exists(in_sight().filter(exact__in=confirmed.values("exact"))))


LISTS = {
    "": (gettext_lazy("All"), lambda: Q()),
    "waiting": (gettext_lazy("Waiting"), lambda: WAITING),
    "confirmed": (gettext_lazy("Confirmed"), lambda: Q(match=Match.SAME)),
    "different": (gettext_lazy("Different"), lambda: Q(match=Match.DIFFERENT)),
    "changed": (gettext_lazy("Words changed"), lambda: Q(Exists(in_sight().filter(anchor__in=MOVED)))),
    "exempt": (gettext_lazy("Exempt"), lambda: Q(exempt=True)),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to narrow the list, with how many places it holds."""

    key: str
    label: str
    count: int
    current: bool


@dataclass(slots=True)
class PlaceRow:
    """One place as the page prints it."""

    appearance: Appearance
    places: list[Placement]
    words: Passage | None
    where: str
    changed: Change | None
    gone: str
    now: Told
    next: tuple[str, Told] | None
    roles: list[tuple[str, str, Told | None]]
    why_not: str
    errors: dict | None = None
    typed: dict | None = None

    @property
    def article(self) -> Article:
        return self.appearance.article

    @property
    def in_headline(self) -> bool:
        return bool(self.words and self.places and self.places[0].field == Placement.Field.HEADLINE)

    @property
    def seen(self) -> str:
        return placing.seen(self.appearance, self.places)

    @property
    def mark(self) -> str:
        """How the words are marked: as readers see them, else as words that only the desk knows of."""
        return self.now.mark or "asked"

    @property
    def printed_on(self) -> str:
        article = self.article
        return article.printed_as or dates.in_words(article.printed_date, article.printed_precision)

    @property
    def article_state(self) -> str:
        """Whether readers have the article, where that is not plain."""
        article = self.article
        if article.state != Article.State.PUBLISHED:
            return article.get_state_display()
        if not article.is_public():
            return _("Public from %(time)s") % {"time": in_words(article.public_from)}
        return ""

    @property
    def shows_now(self) -> bool:
        """Whether an act here changes at once what readers see."""
        return not self.now.nothing


class ClaimPlaces:
    """The places of the claim in one list. Raise UnknownList or BadCursor for an address that names none."""

    def __init__(self, claim: Claim, user, parameters: QueryDict, at: datetime):
        self.claim, self.user, self.parameters, self.at = claim, user, parameters, at
        self.show = parameters.get("show", "")
        if self.show not in LISTS:
            raise UnknownList(_("“%(list)s” is no list of places.") % {"list": self.show[:40]})
        self.standing: Standing = standing_of(claim)
        self.may = user.has_perms(["claims.change_appearance", "claims.change_placement"])
        self.barred = access.why_not_judge(user, claim) if self.may else ""

    # which

    def found(self) -> QuerySet:
        people = ("article__outlet", "flagged_by", "confirmed_by")
        return self.claim.appearances.select_related(*people)

    @cached_property
    def page(self) -> KeysetPage:
        rows = self.found().filter(LISTS[self.show][1]())
        return KeysetPager(rows, order=("id",), size=PAGE).page_of(self.parameters)

    @cached_property
    def rows(self) -> list[PlaceRow]:
        return self.drawn(self.page.items)

    def row(self, appearance: int) -> PlaceRow | None:
        """One place of this claim as the list prints it; None where the claim has no such place."""
        drawn = self.drawn(self.found().filter(pk=appearance))
        return drawn[0] if drawn else None

    @property
    def alike(self) -> list[PlaceRow]:
        """The waiting places that print exactly the words of a confirmed one, the first hundred."""
        return self.drawn(self.found().filter(printed_alike(self.claim)).order_by("id")[:MOST_ALIKE])

    @cached_property
    def counts(self) -> dict[str, int]:
        counted = {key or "all": Count("pk", filter=rule()) for key, (_label, rule) in LISTS.items() if key}
        return self.claim.appearances.order_by().aggregate(
            all=Count("pk"), alike=Count("pk", filter=printed_alike(self.claim)), **counted
        )

    @property
    def tabs(self) -> list[Tab]:
        return [
            Tab(key, label, self.counts[key or "all"], key == self.show)
            for key, (label, _rule) in LISTS.items()
        ]

    # what they look like

    def drawn(self, appearances: Iterable[Appearance]) -> list[PlaceRow]:
        """The rows of these places: four queries, and one more where words are gone or surroundings changed."""
        found = list(appearances)
        for each in found:
            each.claim = self.claim
        places = placing.standing_places([each.pk for each in found])
        goods = self.good_places(places)
        gone = self.gone_places([key for key, standing in places.items() if not standing])
        versions = self.versions_of([*chain.from_iterable(places.values()), *goods.values()])
        own = self.own_articles(found)
        return [self.drawn_row(each, places[each.pk], goods, gone, versions, own) for each in found]

    def drawn_row(self, each, places, goods, gone, versions, own) -> PlaceRow:
        live = next((place for place in places if place.version_id == each.article.live_version_id), None)
        first, last = (places[0], gone.get(each.pk)) if places else (None, gone.get(each.pk))
        moved = next((place for place in places if place.anchor != Anchor.ANCHORED), None)
        waits = moved is not None and bool(live) and moved is not live
        now = told_now(each, live, self.standing, self.at)
        later = told_next(each, places, self.standing, self.at)
        return PlaceRow(
            each,
            places,
            self.words_of(first, last, versions),
            where(versions[first.version_id], first) if first else "",
            change(moved, goods.get(each.pk), versions, waits) if moved else None,
            last.why if last and not first else "",
            now,
            later if later and later[1] != now else None,
            told_by_role(each, live, self.standing, self.at),
            self.barred or (access.own_article() if each.article_id in own else ""),
        )

    def words_of(self, first, last, versions) -> Passage | None:
        if first is None:
            return kept(last) if last else None
        if first.start is None:
            return None
        return passage(versions[first.version_id], first.field, first.start, first.end)

    def good_places(self, places: dict[int, list[Placement]]) -> dict[int, Placement]:
        """Where words that changed since, or whose surroundings did, last stood as they were checked."""
        changed = [key for key, rows in places.items() if any(row.anchor in MOVED for row in rows)]
        if not changed:
            return {}
        goods = Placement.objects.filter(appearance__in=changed, start__isnull=False)
        rows = goods.select_related("version").defer(*placing.WIDE).order_by("version__number", "pk")
        by_appearance = defaultdict(list)
        for row in rows:
            by_appearance[row.appearance_id].append(row)
        return {
            key: next((row for row in reversed(found) if row.anchor == Anchor.ANCHORED), found[-1])
            for key, found in by_appearance.items()
        }

    def gone_places(self, appearances: list[int]) -> dict[int, Placement]:
        """The last words of places that stand on none now."""
        if not appearances:
            return {}
        rows = Placement.objects.filter(appearance__in=appearances, start__isnull=False).order_by("pk")
        return {row.appearance_id: row for row in rows}

    def versions_of(self, placements: list[Placement]) -> dict[int, ArticleVersion]:
        wanted = {each.version_id for each in placements}
        return ArticleVersion.objects.only(*VERSION).in_bulk(wanted)

    def own_articles(self, found: list[Appearance]) -> set[int]:
        """Articles of ours among these that the person wrote: what becomes of their words is for others to say."""
        if not self.may or self.barred:
            return set()
        written = Article.objects.filter(
            access.written_by(self.user), pk__in={each.article_id for each in found}, outlet__is_ours=True
        )
        return set(written.values_list("pk", flat=True))
