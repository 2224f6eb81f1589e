"""The claims most like some words, each with its reasons: what is shared, and what differs."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from newsroom.core import search

from .likeness import Difference, Likeness, likeness
from .listing import with_rulings
from .models import Claim
from .scale import in_words

# So many claims are read and compared: those in which the index finds the most of the text's words.
CANDIDATES = 200
# Of a longer passage the beginning is compared: each of the claims costs as much time as the text is long.
LONGEST = 2000
# One word that both have is a coincidence, unless it is half of all that is said.
LEAST_SCORE = 0.2


@dataclass(frozen=True, slots=True)
class SimilarClaim:
    """One claim that may be the same: what it is, how far the work is, its published rating, and why it is offered.

    `mark` and `label` are None without a published verdict. `closed` says that it was declined or merged, and why.
    """

    pk: int
    number: int
    statement: str
    language: str
    work_state: str
    work: str
    mark: str | None
    label: str | None
    closed: str
    merged_into: int | None
    likeness: Likeness = field(repr=False)

    @property
    def shared(self) -> tuple[str, ...]:
        """The words that both have, as the claim writes them."""
        return self.likeness.shared

    @property
    def differs(self) -> tuple[Difference, ...]:
        return self.likeness.differs

    @property
    def conflicts(self) -> bool:
        """Whether a figure, a date or a denial speaks against its being the same claim."""
        return self.likeness.conflicts

    @property
    def why(self) -> str:
        """The reasons in words: “same words: sixth, base; differs: one week / three weeks”."""
        parts = [_("same words: %(words)s") % {"words": ", ".join(self.shared)}]
        return "; ".join([*parts, *(difference_in_words(one) for one in self.differs)])


def difference_in_words(difference: Difference) -> str:
    """Such as “differs: one week / three weeks”, the asked words first."""
    if difference.here and difference.there:
        return _("differs: %(here)s / %(there)s") % {"here": difference.here, "there": difference.there}
    if difference.here:
        return _("only your words say: %(words)s") % {"words": difference.here}
    return _("only the claim says: %(words)s") % {"words": difference.there}


def similar_claims(text: str, *, limit: int = 5, exclude: Collection[int] = ()) -> list[SimilarClaim]:
    """Up to `limit` claims that share words with the text, most alike first, in at most five queries.

    `exclude` holds primary keys that are not offered. Declined and merged claims are, and say so: what was decided
    once need not be decided again. Of claims equally alike the newest comes first.
    """
    found = []
    text = text[:LONGEST]
    for claim in candidates(text, exclude):
        alike = likeness(text, claim.statement)
        if alike.score >= LEAST_SCORE:
            found.append(
                (-alike.score, alike.conflicts, -claim.created_at.timestamp(), claim.number, claim, alike)
            )
    found.sort(key=lambda row: row[:4])
    return [offered(claim, alike) for *_order, claim, alike in found[:limit]]


def candidates(text: str, exclude: Collection[int]) -> list[Claim]:
    """At most CANDIDATES claims that share the most words with the text, read with their rulings."""
    hits = search.similar(text, kinds=("claim",), face="desk", candidates=CANDIDATES, limit=CANDIDATES)
    found = {hit.pk for hit in hits} - set(exclude)
    return list(with_rulings(Claim.objects.filter(pk__in=found)).select_related("merged_into", "claimant"))


def offered(claim: Claim, alike: Likeness) -> SimilarClaim:
    return SimilarClaim(
        pk=claim.pk,
        number=claim.number,
        statement=claim.statement,
        language=claim.language,
        work_state=claim.work_state,
        work=str(claim.get_work_state_display()),
        mark=claim.rating_mark,
        label=in_words(claim.rating_label) if claim.rating_label else None,
        closed=closed(claim),
        merged_into=claim.merged_into_id,
        likeness=alike,
    )


def closed(claim: Claim) -> str:
    """That the claim was declined or merged, and why; empty for any other."""
    if claim.merged_into:
        return _("Merged into “%(statement)s”.") % {"statement": claim.merged_into.statement}
    if claim.work_state == Claim.Work.DECLINED:
        return _("Not to be checked: %(reason)s") % {"reason": claim.closing_reason}
    return ""
