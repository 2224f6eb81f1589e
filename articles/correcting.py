"""Every act on a correction, and the way to a new live version: whoever changes what was printed tells readers.

The desk makes versions live through `make_live` here, or by approving a correction; `editing.go_live` moves the
pointer and asks nothing.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from newsroom.core import ledger
from newsroom.core.hygiene import is_blank
from newsroom.core.moments import moment

from . import access, editing
from .editing import EditingRefused
from .models import Article, ArticleVersion, Correction

State, Kind = Correction.State, Correction.Kind


class Unsaid(EditingRefused):
    """A change of substance would go live and nobody said so to readers."""

    def __init__(self):
        super().__init__(
            _(
                "This changes what readers were told, so they must be told. Write an update note where something is "
                "new; where something was wrong, propose a correction: approving it makes the version live."
            )
        )


# Corrections


@transaction.atomic
def begin(article: Article, *, by, **columns) -> Correction:
    """Begin a correction that nobody but the desk sees. `columns` are those of Correction."""
    correction = Correction(article=article, **{"written_by": by, **columns})
    correction.save(force_insert=True)
    ledger.record("correction.begin", correction, by=by, article=str(article.uid), kind=correction.kind)
    return correction


@transaction.atomic
def rewrite(correction: Correction, *, by, **columns) -> None:
    """Word a draft anew."""
    access.demand(access.why_not_propose(by))
    _move(correction, State.DRAFT, written_by=by, **columns)
    ledger.record("correction.rewrite", correction, by=by)


@transaction.atomic
def propose(correction: Correction, *, by) -> None:
    """Freeze a draft and lay it before those who approve."""
    access.demand(access.why_not_propose(by))
    _lock(correction)
    _check(correction)
    _move(correction, State.DRAFT, state=State.PROPOSED, proposed_by=by, proposed_at=moment())
    ledger.record("correction.propose", correction, by=by, kind=correction.kind)


@transaction.atomic
def approve(correction: Correction, *, by) -> None:
    """Publish a proposed correction, as somebody other than its proposer; its version goes live with it, or neither."""
    _lock(correction)
    access.demand(access.why_not_decide(by, correction))
    _check(correction)
    _move(correction, State.PROPOSED, state=State.PUBLISHED, approved_by=by, published_at=moment())
    if correction.version_id and correction.version.number > correction.article.live_version.number:
        editing.go_live(correction.version, by=by)
    ledger.record("correction.publish", correction, by=by, **_said_of(correction))


@transaction.atomic
def decline(correction: Correction, *, by, reason: str) -> None:
    """Close a draft or a proposal without a correction. It stays in the record; another may be begun from it."""
    access.demand(access.why_not_decide(by, correction))
    if is_blank(reason):
        raise EditingRefused(_("Say why nothing is corrected, or what the correction still lacks."))
    if correction.state not in (State.DRAFT, State.PROPOSED):
        raise EditingRefused(_("This correction was decided on already."))
    _move(
        correction,
        correction.state,
        state=State.DECLINED,
        declined_by=by,
        declined_at=moment(),
        declined_reason=reason.strip(),
    )
    ledger.record("correction.decline", correction, by=by)


def _lock(correction: Correction) -> None:
    """The article as it is now, locked until the act ends: nobody saves a version or makes one live meanwhile."""
    articles = Article.objects.select_for_update(of=("self",)).select_related("outlet", "live_version")
    correction.article = articles.get(pk=correction.article_id)


def _check(correction: Correction) -> None:
    """Raise EditingRefused where the correction cannot stand before readers as it is."""
    article = correction.article
    if article.state == Article.State.WITHDRAWN:
        raise EditingRefused(_("This article is withdrawn: its address says when and why."))
    if not article.is_public():
        raise EditingRefused(
            _("Nobody has read this article yet: change its words, there is nothing to correct.")
        )
    if is_blank(correction.why) or not correction.cause:
        raise EditingRefused(_("Say why, and what caused the error."))
    if correction.kind in (Kind.CORRECTION, Kind.CLARIFICATION) and not correction.was_version_id:
        raise EditingRefused(_("Give the words that were printed."))
    _check_versions(correction)


def _check_versions(correction: Correction) -> None:
    """Raise EditingRefused where words are quoted that readers neither saw nor will see with it."""
    seen = set(correction.article.versions.public().values_list("pk", flat=True))
    new = correction.version
    if new and new.pk not in seen and new.number < correction.article.live_version.number:
        raise EditingRefused(
            _("Readers see a later version already. Decline this correction and propose it anew.")
        )
    will_be_seen = seen | ({new.pk} if new else set())
    if correction.was_version_id and correction.was_version_id not in seen:
        raise EditingRefused(_("The words that were wrong stand in a version that readers never saw."))
    if correction.now_version_id and correction.now_version_id not in will_be_seen:
        raise EditingRefused(_("The words that stand now are in a version that readers do not see."))


def _move(correction: Correction, begins_from: str, **columns) -> None:
    """Change the row only where it is still in the state that the act begins from."""
    if not Correction.objects.filter(pk=correction.pk, state=begins_from).update(**columns):
        raise EditingRefused(
            _("Somebody else moved this on just now. Load the page again to see where it stands.")
        )
    for name, value in columns.items():
        setattr(correction, name, value)


def _said_of(correction: Correction) -> dict:
    told = {"article": str(correction.article.uid), "kind": correction.kind}
    return told | ({"version": str(correction.version.uid)} if correction.version_id else {})


# Going live


@transaction.atomic
def make_live(version: ArticleVersion, *, by, note: str = "") -> None:
    """Make a version live. A change of substance to what readers read takes a note to them: raise Unsaid without."""
    article = Article.objects.select_for_update().get(pk=version.article_id)
    if must_be_told(article, version):
        if is_blank(note):
            raise Unsaid
        _tell(article, version, by=by, note=note.strip())
    editing.go_live(version, by=by)


def must_be_told(article: Article, version: ArticleVersion) -> bool:
    """Whether more than signs and spaces changes between what readers read now and the version."""
    return article.is_public() and editing.changes_substance(article, version)


def _tell(article: Article, version: ArticleVersion, *, by, note: str) -> None:
    """An update note: what is new, told by whoever makes it live. It quotes no words as wrong."""
    now = moment()
    told = Correction(article=article, kind=Kind.UPDATE, version=version, why=note, written_by=by)
    told.cause, told.state = Correction.Cause.EVENTS, State.PUBLISHED
    told.proposed_by, told.proposed_at, told.published_at = by, now, now
    told.save(force_insert=True)
    ledger.record("correction.tell", told, by=by, **_said_of(told))
