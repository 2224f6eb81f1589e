"""Every change of state of claims, places and verdicts: one function for each act, with its ledger line."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.canonical import SpanRefused, block_at
from articles.editing import slug_for
from articles.models import Article, ArticleVersion
from newsroom.core import ledger
from newsroom.core.moments import moment

from . import access
from .anchoring import surroundings
from .correcting import draft_corrections, draft_late
from .models import Appearance, Approval, Claim, Placement, Verdict, VerdictEvidence
from .receivers import carry_into_waiting, field_text

Work = Claim.Work
Publication = Verdict.Publication


class WorkflowRefused(Exception):
    """An act that the rules of checking do not allow now; the message tells the editor what to do."""


class SomebodyWasFaster(WorkflowRefused):
    """The row is no longer in the state that the act begins from."""

    def __init__(self):
        super().__init__(
            _("Somebody else moved this on just now. Load the page again to see where it stands.")
        )


# From each step of the work, the steps that may follow. No step is the last.
MOVES: dict[str, set[str]] = {
    Work.FLAGGED: {Work.ASSIGNED, Work.RESEARCHING, Work.PROPOSED, Work.DECLINED, Work.MERGED},
    Work.ASSIGNED: {Work.FLAGGED, Work.RESEARCHING, Work.PROPOSED, Work.DECLINED, Work.MERGED},
    Work.RESEARCHING: {Work.ASSIGNED, Work.AWAITING_REPLY, Work.PROPOSED, Work.DECLINED, Work.MERGED},
    Work.AWAITING_REPLY: {Work.RESEARCHING, Work.PROPOSED, Work.DECLINED, Work.MERGED},
    Work.PROPOSED: {Work.IN_REVIEW, Work.PUBLISHED, Work.RESEARCHING},
    Work.IN_REVIEW: {Work.PUBLISHED, Work.RESEARCHING},
    Work.PUBLISHED: {Work.REOPENED},
    Work.DECLINED: {Work.FLAGGED},
    Work.MERGED: {Work.FLAGGED},
    Work.REOPENED: {Work.RESEARCHING, Work.AWAITING_REPLY, Work.PROPOSED, Work.PUBLISHED, Work.MERGED},
}
CHECKABLE = (
    Work.ASSIGNED,
    Work.RESEARCHING,
    Work.AWAITING_REPLY,
    Work.PROPOSED,
    Work.IN_REVIEW,
    Work.REOPENED,
)


# Claims


@transaction.atomic
def flag(statement: str, *, by, **details) -> Claim:
    """Enter a claim as flagged. Readers see nothing of it. `details` are columns of Claim."""
    claim = Claim(
        statement=statement, slug=details.pop("slug", "") or slug_for(statement), created_by=by, **details
    )
    claim.save(force_insert=True)
    ledger.record("claim.flag", claim, by=by)
    return claim


@transaction.atomic
def move(claim: Claim, to: str, *, by, reason: str = "", **columns) -> None:
    """Move the work on a claim to another step. Raise WorkflowRefused where the table of moves forbids it."""
    before = claim.work_state
    if to not in MOVES[before]:
        raise WorkflowRefused(
            _("From “%(before)s” a claim does not go to “%(to)s”.")
            % {"before": Work(before).label, "to": Work(to).label}
        )
    if to in (Work.DECLINED, Work.MERGED):
        access.demand(access.why_not_judge(by, claim))
    if to in (Work.DECLINED, Work.MERGED) and not reason.strip():
        raise WorkflowRefused(_("Say why: the claim leaves the desk without a verdict."))
    if to in (Work.DECLINED, Work.MERGED, Work.FLAGGED):
        columns |= {"shown_as_checking": False, "closing_reason": reason.strip()}
    if before == Work.MERGED:
        columns["merged_into"] = None
    _update(Claim, claim, {"work_state": before}, work_state=to, **columns)
    ledger.record("claim.move", claim, by=by, before=before, after=to)


def merge(claim: Claim, into: Claim, *, by, reason: str) -> None:
    """Close a claim that says the same as another; a pointer to the other is kept."""
    if into.pk == claim.pk or into.work_state == Work.MERGED:
        raise WorkflowRefused(_("Merge into another claim, one that is not merged itself."))
    if claim.verdicts.published().exists():
        raise WorkflowRefused(
            _("This claim has a published verdict. Take the verdict back before you merge.")
        )
    move(claim, Work.MERGED, by=by, reason=reason, merged_into=into)


@transaction.atomic
def show_as_checking(claim: Claim, *, by, note: str = "") -> None:
    """Let readers see “Being checked” beside the claim's words, or “Under review” beside its verdict."""
    if claim.work_state not in CHECKABLE:
        raise WorkflowRefused(
            _("Assign the claim first: readers may see “Being checked” once somebody is at work.")
        )
    columns = {"shown_as_checking": True, "checking_since": claim.checking_since or moment()}
    if note:
        columns["checking_note"] = note
    _update(Claim, claim, {"shown_as_checking": False}, **columns)
    ledger.record("claim.show-checking", claim, by=by)


@transaction.atomic
def hide_checking(claim: Claim, *, by) -> None:
    """Take “Being checked” away from readers again."""
    _update(Claim, claim, {"shown_as_checking": True}, shown_as_checking=False)
    ledger.record("claim.hide-checking", claim, by=by)


# Places


@transaction.atomic
def place(
    claim: Claim,
    version: ArticleVersion,
    field: str,
    start: int,
    end: int,
    *,
    by,
    role: str,
    match: str | None = None,
) -> Placement:
    """Say that the claim was printed at `[start, end)` of a field of the version, by its own words.

    Raise WorkflowRefused for a passage that cannot carry a mark. The appearance counts as confirmed.
    """
    words = field_text(version, field)
    check_passage(version, field, start, end)
    # Nobody saves a version between this one and the placement's row in it.
    Article.objects.select_for_update().get(pk=version.article_id)
    appearance = Appearance(article_id=version.article_id, claim=claim, role=role, flagged_by=by)
    appearance.match = match or Appearance.Match.SAME
    appearance.confirmed_by = by if appearance.match == Appearance.Match.SAME else None
    appearance.save(force_insert=True)
    prefix, suffix = surroundings(words, start, end)
    placement = Placement(
        appearance=appearance, version=version, field=field, start=start, end=end, decided_by=by
    )
    placement.exact, placement.prefix, placement.suffix = words[start:end], prefix, suffix
    placement.save(force_insert=True)
    carry_into_waiting(placement)
    draft_late(appearance, by=by)
    ledger.record(
        "appearance.place",
        appearance,
        by=by,
        claim=str(claim.uid),
        version=str(version.uid),
        span=[start, end],
    )
    return placement


def check_passage(version: ArticleVersion, field: str, start: int, end: int) -> None:
    """Raise WorkflowRefused where the passage leaves the text, its paragraph or its cell, or cuts a character."""
    line = {"kind": "paragraph", "text": field_text(version, field)}
    body = version.body if field == Placement.Field.BODY else {"blocks": [line]}
    try:
        block_at(body, start, end)
    except SpanRefused as error:
        raise WorkflowRefused(str(error)) from error


def occurrences(version: ArticleVersion, field: str, words: str) -> list[tuple[int, int]]:
    """Every `[start, end)` at which the words stand in a field of the version, overlapping ones included."""
    text, found, at = field_text(version, field), [], -1
    while words and (at := text.find(words, at + 1)) >= 0:
        found.append((at, at + len(words)))
    return found


def working_version(article: Article) -> ArticleVersion:
    """The version on which the desk flags words: the one readers see, else the newest."""
    return article.live_version or article.latest_version


@transaction.atomic
def judge_match(appearance: Appearance, match: str, *, by) -> None:
    """Say whether the words in this place make the same claim."""
    access.demand(access.why_not_judge_place(by, appearance))
    confirmed = by if match == Appearance.Match.SAME else None
    _update(Appearance, appearance, {"match": appearance.match}, match=match, confirmed_by=confirmed)
    draft_late(appearance, by=by)
    ledger.record("appearance.match", appearance, by=by, match=match)


@transaction.atomic
def set_role(appearance: Appearance, role: str, *, by) -> None:
    """Say what the article does with the claim. On a public claim readers see the difference at once.

    Raise WorkflowRefused for what is no role, Barred for whoever wrote the words.
    """
    access.demand(access.why_not_judge_place(by, appearance))
    if role not in Appearance.Role.values:
        raise WorkflowRefused(_("This is nothing that an article does with a claim."))
    before = appearance.role
    _update(Appearance, appearance, {"role": before}, role=role)
    draft_late(appearance, by=by)
    ledger.record("appearance.role", appearance, by=by, before=before, after=role)


@transaction.atomic
def exempt(appearance: Appearance, *, by, reason: str) -> None:
    """Show no verdict in this place, for a stated reason."""
    access.demand(access.why_not_judge_place(by, appearance))
    if not reason.strip():
        raise WorkflowRefused(_("Say why the verdict is not shown in this place."))
    _update(Appearance, appearance, {"exempt": False}, exempt=True, exempt_reason=reason.strip())
    ledger.record("appearance.exempt", appearance, by=by)


@transaction.atomic
def end_exemption(appearance: Appearance, *, by) -> None:
    """Show the verdict in this place again."""
    access.demand(access.why_not_judge_place(by, appearance))
    _update(Appearance, appearance, {"exempt": True}, exempt=False, exempt_reason="")
    draft_late(appearance, by=by)
    ledger.record("appearance.end-exemption", appearance, by=by)


@transaction.atomic
def detach(placement: Placement, *, by, why: str) -> None:
    """Take a claim off the words it stands on, in this version and in those that wait; the rows stay for the record."""
    access.demand(access.why_not_judge_place(by, placement.appearance))
    if not why.strip():
        raise WorkflowRefused(_("Say why the claim is taken off these words."))
    off = {"anchor": Placement.Anchor.DETACHED, "why": why.strip(), "ended_at": moment()}
    _update(Placement, placement, {"ended_at": None}, **off)
    waiting = Placement.objects.standing().filter(appearance_id=placement.appearance_id)
    waiting.filter(version__number__gt=placement.version.number).update(**off)
    ledger.record("placement.detach", placement, by=by)


# Verdicts


@transaction.atomic
def draft_verdict(claim: Claim, *, by, **columns) -> Verdict:
    """Begin a verdict that nobody but the desk sees, numbered within its claim."""
    access.demand(access.why_not_propose(by, claim))
    last = claim.verdicts.aggregate(last=Max("number"))["last"] or 0
    verdict = Verdict(claim=claim, number=last + 1, proposed_by=by, **columns)
    verdict.save(force_insert=True)
    ledger.record("verdict.draft", verdict, by=by, claim=str(claim.uid), rating=verdict.rating.slug)
    return verdict


@transaction.atomic
def propose(verdict: Verdict, *, by) -> None:
    """Freeze a draft verdict with the evidence found so far and lay it before the verdict editors."""
    claim = _claim_of(verdict)
    access.demand(access.why_not_propose(by, claim))
    if by.pk != verdict.proposed_by_id:
        raise WorkflowRefused(
            _("Only %(who)s, who drafted it, proposes this verdict.") % {"who": verdict.proposed_by}
        )
    _check_clash(verdict)
    found = list(claim.evidence.all())
    if not found:
        raise WorkflowRefused(_("Add the evidence first: a verdict rests on at least one piece."))
    VerdictEvidence.objects.bulk_create([VerdictEvidence(verdict=verdict, evidence=piece) for piece in found])
    _update(
        Verdict,
        verdict,
        {"publication_state": Publication.DRAFT},
        publication_state=Publication.PROPOSED,
        proposed_at=moment(),
    )
    if claim.work_state != Work.PROPOSED:
        move(claim, Work.PROPOSED, by=by)
    ledger.record("verdict.propose", verdict, by=by, evidence=[str(piece.uid) for piece in found])


def _claim_of(verdict: Verdict) -> Claim:
    """The verdict's claim as it is now, locked until the act ends."""
    verdict.claim = Claim.objects.select_for_update().get(pk=verdict.claim_id)
    return verdict.claim


def _check_clash(verdict: Verdict) -> None:
    version = verdict.clash_version
    if version and verdict.clash_against not in "\n\n".join(
        [version.headline, version.standfirst, version.body_text]
    ):
        raise WorkflowRefused(
            _("“%(words)s” does not stand in that version word for word.") % {"words": verdict.clash_against}
        )


@transaction.atomic
def approve(verdict: Verdict, *, by, note: str = "") -> None:
    """Publish a proposed verdict, as somebody other than its proposer. It replaces the verdict readers saw before.

    Where it finds words of our own outlet wrong, a correction of each article is drafted for the desk.
    """
    claim = _claim_of(verdict)
    access.demand(access.why_not_approve(by, verdict))
    now = moment()
    Approval(verdict=verdict, user=by, decision=Approval.Decision.APPROVED, note=note).save(force_insert=True)
    with ledger.for_the_record():
        replaced = _("Replaced by verdict %(number)s.") % {"number": verdict.number}
    _end_live(claim, Publication.SUPERSEDED, replaced, now)
    _update(
        Verdict,
        verdict,
        {"publication_state": Publication.PROPOSED},
        publication_state=Publication.PUBLISHED,
        approved_by=by,
        published_at=now,
    )
    move(claim, Work.PUBLISHED, by=by, shown_as_checking=False, ruled_at=now)
    draft_corrections(verdict, by=by)
    ledger.record("verdict.publish", verdict, by=by, claim=str(claim.uid), rating=verdict.rating.slug)


@transaction.atomic
def send_back(verdict: Verdict, *, by, note: str) -> None:
    """Send a proposed verdict back to research, with what is missing."""
    claim = _claim_of(verdict)
    access.demand(access.why_not_approve(by, verdict))
    if not note.strip():
        raise WorkflowRefused(_("Say what is missing, so that the fact-checker can go on."))
    Approval(verdict=verdict, user=by, decision=Approval.Decision.RETURNED, note=note).save(force_insert=True)
    _update(
        Verdict, verdict, {"publication_state": Publication.PROPOSED}, publication_state=Publication.RETURNED
    )
    move(claim, Work.RESEARCHING, by=by)
    ledger.record("verdict.send-back", verdict, by=by)


@transaction.atomic
def retract(verdict: Verdict, *, by, reason: str) -> None:
    """Take a published verdict back. Readers see in the claim's history that it stood, and why it went."""
    claim = _claim_of(verdict)
    access.demand(access.why_not_approve(by, verdict))
    if not reason.strip():
        raise WorkflowRefused(_("Say why the verdict is taken back: readers see the reason."))
    _update(
        Verdict,
        verdict,
        {"publication_state": Publication.PUBLISHED},
        publication_state=Publication.RETRACTED,
        ended_at=moment(),
        end_reason=reason.strip(),
    )
    _update(Claim, claim, {}, ruled_at=None)
    if claim.work_state == Work.PUBLISHED:
        move(claim, Work.REOPENED, by=by)
    ledger.record("verdict.retract", verdict, by=by, claim=str(claim.uid))


def _end_live(claim: Claim, state: str, reason: str, now) -> None:
    claim.verdicts.published().update(publication_state=state, ended_at=now, end_reason=reason)


def reopen(claim: Claim, *, by, reason: str, shown: bool) -> None:
    """Look at a published verdict again; it stays, marked “under review” where the editor chooses to show that."""
    if not reason.strip():
        raise WorkflowRefused(_("Say why the claim is looked at again."))
    with transaction.atomic():
        move(claim, Work.REOPENED, by=by)
        if shown:
            show_as_checking(claim, by=by, note=reason)


def _update(model, row, begins_from: dict, **columns) -> None:
    """Change the row only if it is still as it was read, and the object with it. Raise SomebodyWasFaster otherwise."""
    conditions = {
        f"{name}__isnull" if value is None else name: True if value is None else value
        for name, value in begins_from.items()
    }
    if not model.objects.filter(pk=row.pk, **conditions).update(**columns):
        raise SomebodyWasFaster
    for name, value in columns.items():
        setattr(row, name, value)
