"""Readers' pages as they will look: any version of an article, and a claim once the verdict in the making is approved.

They are the readers' own reading objects, asked for what is not public yet. No public address leads here.
"""

from datetime import datetime

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article, ArticleVersion
from newsroom.core.models import User

from .claim_page import ClaimPage
from .models import Claim, Evidence, Placement, Verdict
from .placed import COLUMNS, Placed, of_public_claims, places_of_claim
from .reading import ClaimsReading

Publication = Verdict.Publication
MAKING = (Publication.PROPOSED, Publication.DRAFT)


class VersionReading(ClaimsReading):
    """One version of an article with what is public of its claims, or with what is `proposed` too."""

    def __init__(self, article: Article, version: ArticleVersion, at: datetime, *, proposed: bool):
        self.proposed = proposed
        # Of the object in hand alone, which is never saved: the page shows this version as the live one.
        article.live_version = version
        super().__init__(article, at)

    def places_read(self, versions: set[int]) -> list[Placed]:
        return placed_as_proposed(versions, self.at) if self.proposed else super().places_read(versions)

    def number_notes(self) -> None:
        """Links lead to the public page of a claim, or to the preview of what readers do not see yet."""
        super().number_notes()
        if not self.proposed:
            return
        for place in self.places:
            note = self.notes[place.pk]
            if note.url:
                note.url = reverse("admin:claims_claim_preview", args=[place.claim])
                note.places_url = f"{note.url}#places"


def proposed_in(version: ArticleVersion) -> bool:
    """Whether a verdict before the editors would show in this version."""
    waits = Placement.objects.standing().filter(version=version, appearance__match="same")
    return waits.filter(appearance__claim__verdicts__publication_state=Publication.PROPOSED).exists()


def placed_as_proposed(versions: set[int], at: datetime) -> list[Placed]:
    """The places that readers will know of in these versions once every verdict before the editors is approved."""
    ruling = FilteredRelation(
        "appearance__claim__verdicts",
        condition=Q(
            appearance__claim__verdicts__publication_state__in=[Publication.PUBLISHED, Publication.PROPOSED]
        ),
    )
    rows = of_public_claims(Placement.objects.annotate(ruling=ruling))
    listed = (
        rows.annotate(places=Case(When(field="headline", then=places_of_claim(at)), default=0))
        .filter(version_id__in=versions)
        .order_by(F("start").asc(nulls_last=True), "appearance__claim__number", "pk")
        .values_list(*COLUMNS.values(), "places", "ruling__publication_state")
    )
    return once_approved(listed)


def once_approved(rows) -> list[Placed]:
    """One row for each place: what is proposed takes the place of what is published, and ends “Being checked”."""
    places: dict[int, tuple[Placed, str]] = {}
    for *columns, state in rows:
        place = Placed(*columns)
        if state == Publication.PROPOSED:
            place = place._replace(checking=False)
        if place.pk not in places or state == Publication.PROPOSED:
            places[place.pk] = (place, state)
    return [place for place, _state in places.values()]


class ClaimAsApproved(ClaimPage):
    """The page of a claim as it will be once its verdict in the making is approved; as it is, where none is."""

    def __init__(self, claim: Claim, at: datetime):
        self.making = making(claim)
        if self.making:
            # As approving does: of the object in hand alone, which is never saved.
            claim.shown_as_checking = False
        super().__init__(claim, at)

    def find_verdicts(self) -> list[Verdict]:
        found = super().find_verdicts()
        if not self.making:
            return found
        for verdict in found:
            if verdict.publication_state == Publication.PUBLISHED:
                verdict.publication_state, verdict.ended_at = Publication.SUPERSEDED, self.at
        self.making.publication_state, self.making.published_at = Publication.PUBLISHED, self.at
        self.making.approved_by = User(display_name=_("a second person"))
        return [self.making, *found]

    def evidence(self) -> QuerySet:
        """A draft will rest on whatever is found until it is proposed."""
        if self.making and not self.making.proposed_at:
            found = Evidence.objects.filter(claim=self.claim).select_related("source", "version__article")
            return self.in_order(found)
        return super().evidence()


def making(claim: Claim) -> Verdict | None:
    """The verdict before the editors, or the draft; None where neither is."""
    found = claim.verdicts.filter(publication_state__in=MAKING).select_related("rating", "proposed_by")
    return found.order_by("-publication_state", "-number").first()
