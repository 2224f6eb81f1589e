"""What readers are told where checked words changed: since when, and which version holds the checked ones. One query.

A version that readers never saw is not spoken of: then they learn that the words were changed, and no more.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from articles.models import Article, ArticleVersion, Publication

from .models import Placement

Anchor = Placement.Anchor
WIDE = ("version__body", "version__body_text", "version__furniture")
LIVE = F("appearance__article__live_version__number")


@dataclass(frozen=True, slots=True)
class Changed:
    """A change under a claim as a page tells it; nothing but the change where the checked version was never public."""

    surroundings: bool
    day: str = ""
    url: str = ""
    since: str = ""
    words: str = ""


def checked_places(appearances: Collection[int], at: datetime, before=LIVE) -> dict[int, Placement]:
    """Where each place last stood as it was checked, in a version older than `before` (its number).

    Each has `public_since`, None for a version that was never public, and `changed_at`: when readers first saw a later
    one. One query, none for no places.
    """
    if not appearances:
        return {}
    stood = Placement.objects.filter(
        anchor=Anchor.ANCHORED, ended_at__isnull=True, version__number__lt=before
    )
    later = stood.filter(appearance=OuterRef("appearance"), version__number__gt=OuterRef("version__number"))
    published = Publication.objects.filter(
        article=OuterRef("version__article"), version__number__gt=OuterRef("version__number")
    )
    seen = ArticleVersion.objects.public(at).filter(pk=OuterRef("version")).values("public_since")
    rows = (
        stood.filter(~Exists(later), appearance__in=appearances)
        .annotate(
            public_since=Subquery(seen[:1]),
            changed_at=Subquery(
                published.filter(public_from__lte=at).order_by("public_from").values("public_from")[:1]
            ),
        )
        .select_related("version")
        .defer(*WIDE)
    )
    return {row.appearance_id: row for row in rows}


def was_public(checked: Placement | None) -> bool:
    """Whether readers ever saw the version in which the words were checked."""
    return checked is not None and checked.public_since is not None


def told(article: Article, anchor: str, checked: Placement | None) -> Changed | None:
    """What a page of that article says of the place; None where its words stand as checked."""
    if anchor == Anchor.ANCHORED:
        return None
    surroundings = anchor == Anchor.CONTEXT_CHANGED
    if not was_public(checked):
        return Changed(surroundings)
    address = {"number": article.number, "slug": article.slug, "version": checked.version.number}
    return Changed(
        surroundings,
        day=in_words(checked.changed_at),
        url=reverse("articles:version", kwargs=address),
        since=in_words(checked.public_since),
        words="" if surroundings else checked.exact,
    )


def in_words(time: datetime | None) -> str:
    return date_format(localtime(time), "j F Y") if time else ""
