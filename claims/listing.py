"""Lines of a list of claims: each with its finding, or that it is being checked, and where it was printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.filters import filed_under, tags_of_articles
from articles.models import Tag
from articles.querysets import public_condition

from .models import Claim, ClaimTag, Placement, Verdict
from .placed import shown_places
from .scale import in_words
from .statuses import SILENT_ROLES


@dataclass(frozen=True)
class Entry:
    """One claim as lists show it: mark, word, what follows the word, the finding, in how many places it stands."""

    claim: Claim
    mark: str
    word: str
    more: str = ""
    finding: str = ""
    since: datetime | None = None
    places: int = 0


def with_rulings(claims: QuerySet) -> QuerySet:
    """The claims with their published verdict's words, None where there is none, and their claimant. One query."""
    published = FilteredRelation("verdicts", condition=Q(verdicts__publication_state="published"))
    return (
        claims.select_related("claimant")
        .annotate(ruling=published)
        .annotate(
            rating_label=F("ruling__rating__label"),
            rating_mark=F("ruling__rating__mark"),
            rating_slug=F("ruling__rating__slug"),
            qualifier=F("ruling__qualifier"),
            finding=F("ruling__finding"),
            ruled_on=F("ruling__published_at"),
        )
    )


def newest_of_both(claims: QuerySet) -> QuerySet:
    """Ruled claims and those being checked in one order, for short shelves: no index serves it."""
    return claims.order_by(Coalesce("ruled_at", "checking_since").desc(nulls_last=True), "-number")


def entries(claims: Iterable[Claim], at: datetime | None = None) -> list[Entry]:
    """The lines of claims that came through `with_rulings`. One query, for the places."""
    claims = list(claims)
    places = places_of([claim.pk for claim in claims], at)
    return [entry(claim, places.get(claim.pk, 0)) for claim in claims]


def entry(claim: Claim, places: int = 0) -> Entry:
    """The line of one claim that came through `with_rulings`."""
    if claim.rating_label is None:
        word, note = _("Being checked"), claim.checking_note
        return Entry(claim, "being-checked", word, "", note, claim.checking_since, places)
    label = in_words(claim.rating_label)
    mark, word, more = ruled(claim, claim.rating_mark, label, claim.qualifier)
    return Entry(claim, mark, word, more, claim.finding, claim.ruled_on, places)


def entry_of(verdict: Verdict) -> Entry:
    """The line of a published verdict's claim, read with its rating and its claim."""
    rating = verdict.rating
    mark, word, more = ruled(verdict.claim, rating.mark, in_words(rating.label), verdict.qualifier)
    return Entry(verdict.claim, mark, word, more, verdict.finding, verdict.published_at)


def ruled(claim: Claim, mark: str, label: str, qualifier: str) -> tuple[str, str, str]:
    """Mark, word and what follows the word, of a claim with a published verdict."""
    if claim.shown_as_checking:
        was = _("verdict was %(rating)s") % {"rating": label}
        return "under-review", _("Under review"), f"({was})"
    return mark, label, qualifier


def standing_places(at: datetime | None = None) -> QuerySet:
    """Where readers meet a public claim's status now: unchanged words in live versions of public articles."""
    return (
        Placement.objects.for_readers()
        .filter(public_condition("version__article__", at), anchor=Placement.Anchor.ANCHORED)
        .filter(version=F("version__article__live_version"))
        .exclude(appearance__role__in=SILENT_ROLES)
    )


def places_of(claim_keys: list[int], at: datetime | None = None) -> dict[int, int]:
    """In how many places each of the claims was printed, as its page counts them. One query, none for no claims."""
    if not claim_keys:
        return {}
    shown = shown_places(at or timezone.now())
    counted = shown.filter(appearance__claim__in=claim_keys).order_by()
    return dict(
        counted.values("appearance__claim")
        .annotate(places=Count("pk"))
        .values_list("appearance__claim", "places")
    )


def claims_under(tag: Tag) -> Q:
    """The condition for claims on the topic or another name for it."""
    tagged = ClaimTag.objects.filter(Q(tag=tag) | Q(tag__alias_of=tag))
    return Q(pk__in=tagged.values("content_object"))


def tags_in_use(at: datetime | None = None) -> QuerySet:
    """The tags that stand under public articles or public claims; other names for a tag are not among them."""
    public = Exists(Claim.objects.public().filter(pk=OuterRef("content_object")))
    on_claims = Tag.objects.filter(Exists(ClaimTag.objects.filter(filed_under(), public)), alias_of=None)
    return tags_of_articles(at) | on_claims
