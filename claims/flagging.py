"""Flagging words where they stand: a new claim on them, a known claim on them, and taking one's own flag back at once.

Each act is one transaction with its ledger lines. Whoever may not say where a verdict shows only suggests: no public
verdict comes to stand on words by their act. A flag just made may be undone by whoever made it, for a moment and while
nothing came of it; nothing is deleted.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles.editing import slug_for
from articles.models import Article, ArticleVersion
from newsroom.core import ledger
from newsroom.core.models import LedgerEntry
from newsroom.core.moments import moment

from . import access, workflow
from .flag_finding import Spot
from .models import Appearance, Claim, Placement, Source
from .receivers import field_text

RIGHTS = ("claims.add_claim", "claims.add_appearance", "claims.add_placement")
Match = Appearance.Match
# Ten seconds are offered on the page; an answer may be slow in coming.
GRACE = timedelta(seconds=60)


class FlagRefused(workflow.WorkflowRefused):
    """A flag that cannot be set, or taken back, as asked; the message says why and what to do."""


class Overtaken(FlagRefused):
    """The words were flagged in a version that the desk no longer works on."""

    def __init__(self):
        super().__init__(
            _("The article was changed meanwhile. Find the words in the version that is read now.")
        )


class StandsAlready(FlagRefused):
    """The claim stands on these very words. `placement` is where."""

    def __init__(self, placement: Placement):
        self.placement = placement
        super().__init__(
            _("This claim stands on “%(words)s” already. Nothing was changed.") % {"words": placement.exact}
        )


@dataclass(frozen=True)
class NewSource:
    """A source to be entered together with the claim that names it."""

    name: str
    kind: str
    why_anonymous: str = ""


@dataclass(frozen=True)
class Flagged:
    """What a flag made: the claim, whether it was entered by this very flag, and its places, in their order."""

    claim: Claim
    placements: list[Placement]
    entered: bool

    @property
    def confirmed(self) -> bool:
        """Whether the words count as the claim's; else a fact-checker is asked."""
        return self.placements[0].appearance.match == Match.SAME


def may_flag(user) -> bool:
    """Whether the person's role may flag words."""
    return user.has_perms(RIGHTS)


@transaction.atomic
def flag_words(
    version: ArticleVersion,
    spots: Sequence[Spot],
    *,
    by,
    role: str,
    statement: str,
    claimant: Source | NewSource | None = None,
    tags: Sequence[str] = (),
    **details,
) -> Flagged:
    """Enter a new claim, with its source where that is new, and place it on the words. Readers see nothing of it.

    `details` are columns of Claim. Raise PermissionDenied without the rights, FlagRefused or WorkflowRefused for words
    that do not stand there or cannot carry a mark; nothing is written then.
    """
    demand_right(by)
    check_words(version, spots)
    for spot in spots:
        refuse_twice(version, spot, appearance__claim__statement=statement)
    if isinstance(claimant, NewSource):
        claimant = enter_source(claimant, by=by)
    claim = workflow.flag(statement, by=by, claimant=claimant, **details)
    claim.tags.add(*tags)
    return _place(claim, version, spots, by=by, role=role, entered=True)


@transaction.atomic
def attach_words(claim: Claim, version: ArticleVersion, spots: Sequence[Spot], *, by, role: str) -> Flagged:
    """Place a known claim on the words; one that was merged leads to the claim that stands for it.

    Raise as flag_words does, and StandsAlready where it stands on the very words.
    """
    demand_right(by)
    check_words(version, spots)
    # Nobody merges it away between this look and its place.
    claim = survivor(Claim.objects.select_for_update().get(pk=claim.pk))
    for spot in spots:
        refuse_twice(version, spot, appearance__claim=claim)
    return _place(claim, version, spots, by=by, role=role, entered=False)


def _place(claim: Claim, version: ArticleVersion, spots, *, by, role: str, entered: bool) -> Flagged:
    match = Match.SAME if may_confirm(by, claim, version.article) else Match.SUGGESTED
    placed = [
        workflow.place(claim, version, spot.field, spot.start, spot.end, by=by, role=role, match=match)
        for spot in spots
    ]
    uids = [str(placement.appearance.uid) for placement in placed]
    ledger.record("flag.words", claim, by=by, places=uids, entered=entered)
    return Flagged(claim, placed, entered)


def demand_right(by) -> None:
    if not may_flag(by):
        raise PermissionDenied(_("Your role does not allow this."))


def check_words(version: ArticleVersion, spots: Sequence[Spot]) -> None:
    """Raise FlagRefused unless each spot holds the very words that were chosen, in a version that is worked on.

    Until the transaction ends nobody changes the article, nor flags in it.
    """
    if not spots:
        raise FlagRefused(_("Choose the words first."))
    article = Article.objects.select_for_update().get(pk=version.article_id)
    if version.pk not in (article.live_version_id, article.latest_version_id):
        raise Overtaken
    for spot in spots:
        if field_text(version, spot.field)[spot.start : spot.end] != spot.exact:
            raise FlagRefused(
                _("“%(words)s” does not stand at this place of version %(number)s. Choose the words again.")
                % {"words": spot.exact[:80], "number": version.number}
            )


def may_confirm(by, claim: Claim, article: Article) -> bool:
    """Whether the person's own word makes it the same claim; else it is suggested to a fact-checker.

    It takes the right to judge places, and nobody judges in their own article or where a rule of conduct bars them.
    """
    if not by.has_perm("claims.change_appearance") or access.why_not_judge(by, claim):
        return False
    return not access.wrote_the_article(by, article)


def is_public(claim: Claim) -> bool:
    """Whether readers see anything of the claim, or a verdict on it is on its way to them."""
    return claim.shown_as_checking or claim.verdicts.exists()


def survivor(claim: Claim) -> Claim:
    """The claim that stands for this one: itself, or the end of the chain of claims it was merged into."""
    seen = {claim.pk}
    while claim.merged_into_id and claim.merged_into_id not in seen:
        claim = claim.merged_into
        seen.add(claim.pk)
    return claim


def refuse_twice(version: ArticleVersion, spot: Spot, **of_claim) -> None:
    """Raise StandsAlready where such a claim stands on the very words."""
    standing = Placement.objects.standing().filter(version=version, field=spot.field, **of_claim)
    standing = standing.exclude(appearance__match=Match.DIFFERENT)
    if there := standing.filter(start=spot.start, end=spot.end).select_related("appearance").first():
        raise StandsAlready(there)


def enter_source(new: NewSource, *, by) -> Source:
    """Enter a source. Raise PermissionDenied without the right, FlagRefused for an unnamed one without the reason."""
    if not by.has_perm("claims.add_source"):
        raise PermissionDenied(_("Your role does not allow this."))
    if new.kind == Source.Kind.ANONYMOUS and not new.why_anonymous.strip():
        raise FlagRefused(_("Say why the source is not named, as far as it was printed."))
    source = Source(
        name=new.name, slug=slug_for(new.name), kind=new.kind, why_anonymous=new.why_anonymous.strip()
    )
    source.save(force_insert=True)
    ledger.record("source.add", source, by=by)
    return source


# Taking a flag back


def why_not_undo(appearances: Sequence[Appearance], *, by) -> str:
    """Why the person cannot take these places of one flag back; empty where they can."""
    if not appearances or len({each.claim_id for each in appearances}) != 1:
        return _("These words carry no flag of yours.")
    if any(each.flagged_by_id != by.pk for each in appearances):
        return _("Only whoever flagged these words takes the flag back. Take the claim off them instead.")
    if any(moment() - each.created_at > GRACE for each in appearances):
        return _("The flag stands for more than a moment. Take the claim off these words instead.")
    if any(_was_judged(each, by) for each in appearances):
        return _("Somebody has judged this place meanwhile. Take the claim off these words instead.")
    claim = appearances[0].claim
    if _entry(appearances)["entered"]:
        return _why_claim_stays(claim, appearances)
    if is_public(claim) and any(each.match == Match.SAME for each in appearances):
        return _why_not_take_off(by, appearances[0])
    return ""


def _was_judged(appearance: Appearance, by) -> bool:
    """Whether the place was judged since, or somebody else did anything about it, such as giving it another role."""
    untouched = appearance.match in (Match.SUGGESTED, Match.SAME) and not appearance.exempt
    others = LedgerEntry.objects.about(appearance).exclude(actor_uid=by.uid)
    return not untouched or appearance.confirmed_by_id not in (None, by.pk) or others.exists()


def _why_claim_stays(claim: Claim, appearances: Sequence[Appearance]) -> str:
    """What came of a claim that a flag entered; empty where nothing did."""
    others = claim.appearances.exclude(pk__in=[each.pk for each in appearances])
    if is_public(claim) or claim.evidence.exists() or others.exists():
        return _("Others have gone on with this claim meanwhile, so it stays.")
    if claim.work_state != Claim.Work.FLAGGED:
        return _("Others have gone on with this claim meanwhile, so it stays.")
    return ""


def _why_not_take_off(by, appearance: Appearance) -> str:
    """Readers may have seen the verdict here: it takes the right that taking it off always takes."""
    if not by.has_perm("claims.change_placement"):
        return _("Readers see this claim. A fact-checker takes it off these words.")
    return access.why_not_judge_place(by, appearance)


def _entry(appearances: Sequence[Appearance]) -> dict:
    """What the ledger says of the flag that set these places: whether it entered the claim, and all of its places."""
    uids = {str(each.uid) for each in appearances}
    lines = LedgerEntry.objects.about(appearances[0].claim).filter(verb="flag.words").order_by("-id")
    for line in lines[:50]:
        said = json.loads(line.payload)
        if uids <= set(said["places"]):
            return {"entered": said["entered"] and uids == set(said["places"])}
    return {"entered": False}


@transaction.atomic
def undo_flag(appearances: Sequence[Appearance], *, by) -> Claim:
    """Take back one's own flag of a moment ago: the words are free again, a claim that it entered alone is declined.

    Raise FlagRefused where others flagged the words, the moment has passed, or something came of the flag. Nothing is
    deleted: placements and claim stay for the record, with the reason.
    """
    keys = [each.pk for each in appearances]
    rows = Appearance.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    appearances = list(rows.select_related("claim"))
    if why_not := why_not_undo(appearances, by=by):
        raise FlagRefused(why_not)
    claim, entered = appearances[0].claim, _entry(appearances)["entered"]
    with ledger.for_the_record():
        reason = _("Undone by whoever flagged it")
    for appearance in appearances:
        _take_back(appearance, by=by, reason=reason)
    uids = [str(each.uid) for each in appearances]
    ledger.record("flag.undo", claim, by=by, places=uids, declined=entered)
    if entered:
        workflow.move(claim, Claim.Work.DECLINED, by=by, reason=reason)
    return claim


def _take_back(appearance: Appearance, *, by, reason: str) -> None:
    """End every standing placement of the appearance, which is no place of the claim any more."""
    standing = Placement.objects.standing().filter(appearance=appearance)
    standing.update(anchor=Placement.Anchor.DETACHED, why=reason, ended_at=moment())
    Appearance.objects.filter(pk=appearance.pk).update(match=Match.DIFFERENT, confirmed_by=None)
    ledger.record("appearance.undo", appearance, by=by)
