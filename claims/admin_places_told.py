"""What readers are told beside one place of a claim: now, and once what waits is done. Pure but for the language."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Article

from . import statuses
from .models import Appearance, Claim, Placement, Verdict

Match = Appearance.Match


@dataclass(frozen=True, slots=True)
class Told:
    """What stands beside the words: a mark with its word, a word alone, or (`nothing`) why nothing does."""

    word: str
    mark: str = ""
    more: str = ""
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What readers may know of the claim, and the verdict that waits for approval."""

    published: Verdict | None
    proposed: Verdict | None
    checking: bool
    merged: bool

    @property
    def is_public(self) -> bool:
        return bool(self.published or self.checking) and not self.merged

    @property
    def marks(self) -> list[str]:
        """Every mark that may come to stand beside a place of this claim."""
        ruled = [verdict.rating.mark for verdict in (self.published, self.proposed) if verdict]
        return [*ruled, "being-checked", "under-review", "words-changed"]


def standing_of(claim: Claim) -> Standing:
    """The claim's standing with readers. One query."""
    return standings_of([claim])[claim.pk]


def standings_of(claims: Collection[Claim]) -> dict[int, Standing]:
    """The standing of each claim with readers, by primary key. One query."""
    states = Verdict.Publication
    active = Verdict.objects.filter(
        claim__in=[claim.pk for claim in claims],
        publication_state__in=[states.PUBLISHED, states.PROPOSED],
    )
    found = {
        (verdict.claim_id, verdict.publication_state): verdict for verdict in active.select_related("rating")
    }
    return {
        claim.pk: Standing(
            found.get((claim.pk, states.PUBLISHED)),
            found.get((claim.pk, states.PROPOSED)),
            claim.shown_as_checking,
            claim.work_state == Claim.Work.MERGED,
        )
        for claim in claims
    }


def nothing(why: str) -> Told:
    return Told(why, nothing=True)


def told_now(appearance: Appearance, live: Placement | None, standing: Standing, at: datetime) -> Told:
    """What readers see beside the words in this moment."""
    if why := why_nothing(appearance, live, standing, at):
        return nothing(why)
    return told(appearance, live, standing.published, standing.checking)


def why_nothing(appearance: Appearance, live: Placement | None, standing: Standing, at: datetime) -> str:
    """What keeps every word of the claim from readers in this place; empty where nothing does."""
    if why := article_hidden(appearance.article, at):
        return why
    if appearance.match == Match.DIFFERENT:
        return _("nothing: a different claim")
    if appearance.match != Match.SAME:
        return _("nothing: not confirmed")
    if appearance.exempt:
        return _("nothing: exempt")
    if not standing.is_public:
        return _("nothing: no verdict on the claim is public")
    return "" if live else _("nothing: the claim stands on no words here")


def article_hidden(article: Article, at: datetime) -> str:
    """Why readers do not see the article; empty where they do."""
    if article.is_public(at):
        return ""
    if article.state == Article.State.WITHDRAWN:
        return _("nothing: the article is withdrawn")
    if article.state == Article.State.DRAFT:
        return _("nothing: the article is a draft")
    return _("nothing until %(time)s") % {"time": in_words(article.public_from)}


def in_words(time: datetime) -> str:
    return date_format(localtime(time), "DATETIME_FORMAT")


def told(appearance: Appearance, place: Placement, verdict: Verdict | None, checking: bool) -> Told:
    """What a page says beside the place, were the claim so ruled and the words so placed."""
    rating = verdict.rating if verdict else None
    listed = statuses.Place(
        appearance.article_id,
        appearance.claim_id,
        place.field,
        appearance.role,
        place.anchor,
        place.exact,
        appearance.article.rights,
        checking,
        rating and rating.label,
        rating and rating.mark,
        rating and rating.gravity,
    )
    if not statuses.can_be_said(listed):
        return nothing(_("nothing: the words changed before anything was found"))
    if appearance.role in statuses.SILENT_ROLES:
        return Told(statuses.silent_words(listed))
    mark, word, more = statuses.finding(listed)
    return Told(word, mark, more)


def told_next(
    appearance: Appearance, places: list[Placement], standing: Standing, at: datetime
) -> tuple[str, Told] | None:
    """On what conditions readers will see something else, and what; None where nothing waits.

    What an editor decided against (another claim, an exemption, a withdrawn article) is not taken to be undone.
    """
    decided = appearance.match == Match.DIFFERENT or appearance.exempt or standing.merged
    if decided or not places or appearance.article.state == Article.State.WITHDRAWN:
        return None
    ruling = standing.proposed or standing.published
    if not ruling and not standing.checking:
        return None
    waits = conditions(appearance, places, standing, at)
    if not waits:
        return None
    checking = standing.checking and standing.proposed is None
    return get_text_list(waits, _("and")), told(appearance, places[-1], ruling, checking)


def conditions(
    appearance: Appearance, places: list[Placement], standing: Standing, at: datetime
) -> list[str]:
    """What is still to be done before readers see the place as the desk has it."""
    article, waits = appearance.article, []
    if appearance.match != Match.SAME:
        waits.append(_("it is confirmed"))
    if article.state == Article.State.DRAFT:
        waits.append(_("the article is published"))
    elif not article.is_public(at):
        waits.append(_("the article is public"))
    if standing.proposed:
        waits.append(_("verdict %(number)s is approved") % {"number": standing.proposed.number})
    if article.live_version_id and places[-1].version_id != article.live_version_id:
        waits.append(_("version %(number)s goes live") % {"number": places[-1].version.number})
    return waits


def told_by_role(
    appearance: Appearance, live: Placement | None, standing: Standing, at: datetime
) -> list[tuple[str, str, Told | None]]:
    """Each role with its label and what readers will see beside the words under it; None where they see nothing."""
    affects = not why_nothing(appearance, live, standing, at)
    before, listed = appearance.role, []
    for role, label in Appearance.Role.choices:
        appearance.role = role
        seen = told(appearance, live, standing.published, standing.checking) if affects else None
        listed.append((role, label, seen))
    appearance.role = before
    return listed
