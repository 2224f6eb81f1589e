"""What waits among claims, the places where they were printed, and verdicts."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from newsroom.core.queues import Queue

from .access import assertions_by
from .models import Appearance, Claim, Placement, Verdict
from .moved import MOVED

CLOSED = (Claim.Work.DECLINED, Claim.Work.MERGED)


def flagged(claims: QuerySet, _user) -> QuerySet:
    """Claims that were flagged and that nobody took up."""
    return claims.filter(work_state=Claim.Work.FLAGGED)


def proposed(verdicts: QuerySet) -> QuerySet:
    """Verdicts that wait for a second person."""
    return verdicts.filter(publication_state=Verdict.Publication.PROPOSED)


def not_mine(user) -> Q:
    """Verdicts that this person must leave to others: their own, and those on what they wrote."""
    return Q(proposed_by=user) | Q(Exists(assertions_by(user).filter(claim=OuterRef("claim"))))


def to_approve(verdicts: QuerySet, user) -> QuerySet:
    """Proposed verdicts that this person may decide on, by the rules of conduct."""
    return proposed(verdicts).exclude(not_mine(user))


def for_others_to_approve(verdicts: QuerySet, user) -> QuerySet:
    """The other proposed verdicts; all of them for whoever approves none."""
    waiting = proposed(verdicts)
    return waiting.filter(not_mine(user)) if user.has_perm("claims.approve_verdict") else waiting


def words_changed(places: QuerySet, _user) -> QuerySet:
    """Places whose words, or what surrounds them, are not the checked ones: in what readers see or in the newest."""
    article = "appearance__article__"
    moved = Placement.objects.filter(ended_at__isnull=True, anchor__in=MOVED).filter(
        Q(version=F(f"{article}live_version")) | Q(version=F(f"{article}latest_version"))
    )
    places = places.filter(pk__in=moved.order_by().values("appearance"))
    return places.exclude(match=Appearance.Match.DIFFERENT).exclude(claim__work_state__in=CLOSED)


def suggested(places: QuerySet, _user) -> QuerySet:
    """Places that somebody suggested and nobody judged."""
    return places.filter(match=Appearance.Match.SUGGESTED).exclude(claim__work_state__in=CLOSED)


ALL = (
    Queue(
        slug="approve",
        model=Verdict,
        label=_("Verdicts for you to approve"),
        rows=to_approve,
        right="claims.approve_verdict",
        for_doers=True,
    ),
    Queue(
        slug="changed",
        model=Appearance,
        label=_("Words changed under a claim"),
        rows=words_changed,
        right="claims.change_appearance",
    ),
    Queue(
        slug="suggested",
        model=Appearance,
        label=_("Places suggested"),
        note=_("the same claim, or not?"),
        rows=suggested,
        right="claims.change_appearance",
    ),
    Queue(
        slug="flagged",
        model=Claim,
        label=_("Claims flagged, not taken up"),
        rows=flagged,
        right="claims.propose_verdict",
    ),
    Queue(
        slug="proposed",
        model=Verdict,
        label=_("Verdicts proposed"),
        note=_("not yours to approve"),
        rows=for_others_to_approve,
    ),
)
