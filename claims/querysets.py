"""Which claims, places and verdicts a page may speak of."""

from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from articles.querysets import public_condition
from newsroom.core.identity import UidQuerySet


class ClaimQuerySet(UidQuerySet):
    """Claims, by what readers may know of them."""

    def ruled(self) -> "ClaimQuerySet":
        """Claims with a published verdict."""
        return self.filter(Exists(published_verdicts().filter(claim=OuterRef("pk"))))

    def being_checked(self) -> "ClaimQuerySet":
        """Claims that an editor chose to show as being checked, and that have no published verdict."""
        return self.filter(shown_as_checking=True).exclude(
            Exists(published_verdicts().filter(claim=OuterRef("pk")))
        )

    def public(self) -> "ClaimQuerySet":
        """Claims that have a published verdict or are shown as being checked; a merged claim is neither."""
        ruled = Exists(published_verdicts().filter(claim=OuterRef("pk")))
        return self.filter(ruled | Q(shown_as_checking=True)).exclude(work_state="merged")


class SourceQuerySet(UidQuerySet):
    """Sources, by what readers may know of them."""

    def public(self, at: datetime | None = None) -> "SourceQuerySet":
        """Sources that a public claim or the evidence of a public verdict names."""
        claims = _model("Claim").objects.public().filter(claimant=OuterRef("pk"))
        evidence = _model("VerdictEvidence").objects.filter(
            evidence__source=OuterRef("pk"), verdict__publication_state="published"
        )
        return self.filter(Exists(claims) | Exists(evidence))


class AppearanceQuerySet(UidQuerySet):
    """Places where claims were printed."""

    def confirmed(self) -> "AppearanceQuerySet":
        """Places that an editor calls the same claim."""
        return self.filter(match="same")

    def public(self, at: datetime | None = None) -> "AppearanceQuerySet":
        """Confirmed places in public articles; exempt ones carry no verdict and are left out."""
        return self.confirmed().filter(public_condition("article__", at), exempt=False)


class PlacementQuerySet(UidQuerySet):
    """Where appearances stand in versions."""

    def standing(self) -> "PlacementQuerySet":
        """The ones that hold now: not ended and not taken off."""
        return self.filter(ended_at__isnull=True).exclude(anchor="detached")

    def for_readers(self) -> "PlacementQuerySet":
        """The ones a public page may speak of: confirmed, not exempt, of a public claim."""
        # Asked of each row: `claim IN (all public claims)` would first list every claim of the archive.
        public = Exists(_model("Claim").objects.public().filter(pk=OuterRef("appearance__claim")))
        return self.standing().filter(public, appearance__match="same", appearance__exempt=False)


class RatingQuerySet(models.QuerySet):
    """The scale."""

    def get_by_natural_key(self, slug: str):
        return self.get(slug=slug)

    def offered(self) -> "RatingQuerySet":
        """Ratings that a new verdict may take."""
        return self.filter(retired=False)


class VerdictQuerySet(UidQuerySet):
    """Rulings."""

    def published(self) -> "VerdictQuerySet":
        """The ones readers see as current."""
        return self.filter(publication_state="published")

    def ever_public(self) -> "VerdictQuerySet":
        """The ones readers see now or saw once: a claim's history."""
        return self.filter(publication_state__in=["published", "superseded", "retracted"])


def _model(name: str) -> type[models.Model]:
    """A model of this app, found late: the models themselves are built on this file."""
    return apps.get_model("claims", name)


def published_verdicts() -> "VerdictQuerySet":
    """Published verdicts, for subqueries."""
    return _model("Verdict").objects.published()
