"""The places of claims that one article page speaks of: its own, and those of the articles it leads to. One query."""

import functools
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from articles.querysets import public_condition

from . import statuses
from .models import Placement

# The columns of Placed, in its order, but for the last. Wide ones (bodies) are never read here.
COLUMNS = {
    "pk": "pk",
    "version": "version_id",
    "article": "version__article_id",
    "appearance": "appearance_id",
    "rights": "version__article__rights",
    "field": "field",
    "start": "start",
    "end": "end",
    "words": "exact",
    "anchor": "anchor",
    "role": "appearance__role",
    "claim": "appearance__claim_id",
    "claim_number": "appearance__claim__number",
    "claim_slug": "appearance__claim__slug",
    "statement": "appearance__claim__statement",
    "claim_language": "appearance__claim__language",
    "checking": "appearance__claim__shown_as_checking",
    "checking_note": "appearance__claim__checking_note",
    "label": "ruling__rating__label",
    "mark": "ruling__rating__mark",
    "gravity": "ruling__rating__gravity",
    "finding": "ruling__finding",
    "qualifier": "ruling__qualifier",
    "clash_words": "ruling__clash_words",
    "clash_against": "ruling__clash_against",
    "clash_version": "ruling__clash_version__number",
    "clash_article": "ruling__clash_version__article_id",
    "clash_headline": "ruling__clash_version__article__headline",
    "clash_language": "ruling__clash_version__article__language",
    "clash_number": "ruling__clash_version__article__number",
    "clash_slug": "ruling__clash_version__article__slug",
    "clash_state": "ruling__clash_version__article__state",
    "clash_from": "ruling__clash_version__article__public_from",
    "good_words": "carried_from__exact",
    "good_before": "carried_from__prefix",
    "good_after": "carried_from__suffix",
    "good_version": "carried_from__version__number",
}


class Placed(NamedTuple):
    """One standing placement of a public claim, with what its page says of it."""

    pk: int
    version: int
    article: int
    appearance: int
    rights: str
    field: str
    start: int | None
    end: int | None
    words: str
    anchor: str
    role: str
    claim: int
    claim_number: int
    claim_slug: str
    statement: str
    claim_language: str
    checking: bool
    checking_note: str
    label: str | None
    mark: str | None
    gravity: int | None
    finding: str | None
    qualifier: str | None
    clash_words: str | None
    clash_against: str | None
    clash_version: int | None
    clash_article: int | None
    clash_headline: str | None
    clash_language: str | None
    clash_number: int | None
    clash_slug: str | None
    clash_state: str | None
    clash_from: datetime | None
    good_words: str | None
    good_before: str | None
    good_after: str | None
    good_version: int | None
    places: int | None

    @property
    def as_listed(self) -> statuses.Place:
        """The same place as the lists of articles know it, so that page and list say one thing."""
        return statuses.Place(
            self.article,
            self.claim,
            self.field,
            self.role,
            self.anchor,
            self.words,
            self.rights,
            self.checking,
            self.label,
            self.mark,
            self.gravity,
        )


def placed_in(versions: Collection[int], at: datetime) -> list[Placed]:
    """The places readers may know of in these versions, in the order of the words."""
    # Only a headline's note says in how many other places the claim was printed. The last column of Placed.
    places = Case(When(field="headline", then=places_of_claim(at)), default=0)
    return [Placed(*row) for row in question().annotate(places=places).filter(version_id__in=versions)]


@functools.cache
def question() -> QuerySet:
    """What is asked for every page, but for the versions: put together once, because that costs more than asking."""
    ruling = FilteredRelation(
        "appearance__claim__verdicts",
        condition=Q(appearance__claim__verdicts__publication_state="published"),
    )
    rows = of_public_claims(Placement.objects.annotate(ruling=ruling))
    return rows.order_by(F("start").asc(nulls_last=True), "appearance__claim__number", "pk").values_list(
        *COLUMNS.values()
    )


def of_public_claims(placements: QuerySet) -> QuerySet:
    """Standing places, confirmed and not exempt, of claims that are public; `ruling` is joined already.

    The same as `for_readers()`, by the join that is there: as a subquery it would read all claims on each page.
    """
    return (
        placements.filter(ended_at__isnull=True, appearance__match="same", appearance__exempt=False)
        .exclude(anchor="detached")
        .filter(Q(ruling__isnull=False) | Q(appearance__claim__shown_as_checking=True))
        .exclude(appearance__claim__work_state="merged")
    )


def shown_places(at: datetime) -> QuerySet:
    """Where claims stand in what readers see now: live versions of public articles, confirmed, not exempt."""
    return (
        Placement.objects.standing()
        .filter(
            public_condition("version__article__", at), appearance__match="same", appearance__exempt=False
        )
        .filter(version=F("version__article__live_version"))
    )


def places_of_claim(at: datetime) -> Coalesce:
    """How many places the outer row's claim stands in."""
    counted = (
        shown_places(at)
        .filter(appearance__claim=OuterRef("appearance__claim"))
        .order_by()
        .values("appearance__claim")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
