"""What people decide where words, or what surrounds them, changed under a claim. Nothing is decided by itself.

Each act begins from what the page showed: a place that stands otherwise by now is left alone. What is decided for one
version holds in the later ones that wait, as far as their words follow from it; never in an earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, ArticleVersion
from newsroom.core import ledger
from newsroom.core.moments import moment

from . import access, flagging, placing, workflow
from .flag_finding import Spot
from .models import Appearance, Placement
from .receivers import carry_on, field_text

Anchor = Placement.Anchor
# Words that were checked and are not, or not with certainty, what stands there now.
MOVED = (Anchor.CONTEXT_CHANGED, Anchor.TEXT_CHANGED, Anchor.LOST)
GONE = (Anchor.TEXT_CHANGED, Anchor.LOST)


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as a page showed it: its key, and its state in the word of `placing.seen`."""

    appearance: int
    seen: str


@dataclass(slots=True)
class Confirmed:
    """What confirming came to: the placements, and each place that was left out, with the sentence why."""

    placements: list[Placement] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def confirm(version: ArticleVersion, shown: Sequence[Shown], *, by) -> Confirmed:
    """Say of each place shown that its words still make the claim where their surroundings changed in this version.

    What changed since it was shown, or is not this person's to judge, is left out and said. Raise Barred for whoever
    wrote the article.
    """
    article = Article.objects.select_for_update().get(pk=version.article_id)
    if access.wrote_the_article(by, article):
        raise access.Barred(access.own_article())
    keys = [each.appearance for each in shown]
    locked = Appearance.objects.select_for_update(of=("self",)).filter(pk__in=keys, article=article)
    rows = {row.pk: row for row in locked.select_related("claim")}
    places, barred = placing.standing_places(list(rows)), access.claims_written_by(by, rows.values())
    outcome = Confirmed()
    for each in shown:
        row = rows.get(each.appearance)
        place = as_shown(row, places.get(each.appearance, []), each.seen, version)
        if place is None or place.anchor != Anchor.CONTEXT_CHANGED:
            outcome.left_out.append((each.appearance, str(workflow.SomebodyWasFaster())))
        elif row.claim_id in barred or not by.is_active:
            outcome.left_out.append((each.appearance, access.why_not_judge(by, row.claim)))
        elif place not in outcome.placements:
            place.appearance = row
            outcome.placements.append(place)
    keep_confirmed(outcome.placements, version, by=by)
    return outcome


def as_shown(row: Appearance | None, places: list[Placement], seen: str, version: ArticleVersion):
    """The placement in that version; None where the place no longer stands as it was shown."""
    if row is None or placing.seen(row, places) != seen:
        return None
    return next((place for place in places if place.version_id == version.pk), None)


def keep_confirmed(placements: list[Placement], version: ArticleVersion, *, by) -> None:
    """Write it, a ledger line for each, and in the later versions what follows."""
    rows = Placement.objects.filter(pk__in=[place.pk for place in placements], ended_at__isnull=True)
    if rows.update(anchor=Anchor.ANCHORED, decided_by=by) != len(placements):
        raise workflow.SomebodyWasFaster
    for place in placements:
        place.anchor, place.decided_by = Anchor.ANCHORED, by
        ledger.record("placement.confirm", place, by=by, version=str(version.uid))
    hold_in_later(placements, version)


def hold_in_later(placements: list[Placement], version: ArticleVersion) -> None:
    """Count the places as anchored in each later version too where they follow without doubt, until somebody decided.

    They are carried anew from what was confirmed: other surroundings than those confirmed stay for somebody to read.
    """
    old, standing = version, later_rows(placements, version)
    for newer in later_versions(version) if standing else []:
        carried = {row.appearance_id: row for row in carry_on(placements, old, newer)}
        placements = [
            row
            for row in standing.get(newer.pk, [])
            if row.appearance_id in carried and holds(row, carried[row.appearance_id])
        ]
        for row in placements:
            row.anchor, row.why = Anchor.ANCHORED, carried[row.appearance_id].why
        Placement.objects.bulk_update(placements, ["anchor", "why"])
        old = newer


def holds(row: Placement, carried: Placement) -> bool:
    """Whether the row of a later version, which nobody decided on, is where the confirmed words certainly stand."""
    same = (row.field, row.start, row.end) == (carried.field, carried.start, carried.end)
    return same and carried.anchor == Anchor.ANCHORED and row.decided_by_id is None


def later_versions(version: ArticleVersion) -> list[ArticleVersion]:
    return list(version.article.versions.filter(number__gt=version.number).order_by("number"))


def later_rows(placements: list[Placement], version: ArticleVersion) -> dict[int, list[Placement]]:
    """The standing rows of these places in later versions, by version."""
    rows = Placement.objects.standing().filter(
        appearance__in=[place.appearance_id for place in placements],
        version__article=version.article_id,
        version__number__gt=version.number,
    )
    found: dict[int, list[Placement]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.version_id, []).append(row)
    return found


@transaction.atomic
def place_again(shown: Shown, version: ArticleVersion, spot: Spot, *, by) -> Placement:
    """Put a claim whose words changed or went on other words of the same version, which somebody chose.

    Raise SomebodyWasFaster where it stands otherwise than shown, WorkflowRefused for words that cannot carry it,
    Barred as every judgement of a place does.
    """
    article = Article.objects.select_for_update().get(pk=version.article_id)
    row = locked_row(shown, article)
    places = placing.standing_places([row.pk])[row.pk]
    gone = as_shown(row, places, shown.seen, version)
    if gone is None:
        raise workflow.SomebodyWasFaster
    access.demand(access.why_not_judge_place(by, row))
    if gone.anchor not in GONE:
        raise workflow.WorkflowRefused(_("The claim stands on words here. Take it off them first."))
    flagging.check_words(version, [spot])
    workflow.check_passage(version, spot.field, spot.start, spot.end)
    flagging.refuse_twice(version, spot, appearance__claim=row.claim_id)
    end([gone.pk])
    placement = Placement(
        appearance=row, version=version, decided_by=by, carried_from_id=gone.carried_from_id
    )
    stand_on(placement, spot)
    with ledger.for_the_record():
        placement.why = _("Placed on these words by an editor, after the checked ones changed.")
    placement.save(force_insert=True)
    carry_into_undecided(placement)
    ledger.record(
        "placement.place-again",
        placement,
        by=by,
        before=str(gone.uid),
        version=str(version.uid),
        span=[spot.start, spot.end],
    )
    return placement


def locked_row(shown: Shown, article: Article) -> Appearance:
    """Raise SomebodyWasFaster for a place that this article does not have."""
    rows = Appearance.objects.select_for_update(of=("self",)).select_related("claim", "article")
    row = rows.filter(pk=shown.appearance, article=article).first()
    if row is None:
        raise workflow.SomebodyWasFaster
    return row


def stand_on(placement: Placement, spot: Spot) -> None:
    words = field_text(placement.version, spot.field)
    placement.field, placement.start, placement.end, placement.exact = (
        spot.field,
        spot.start,
        spot.end,
        spot.exact,
    )
    placement.prefix, placement.suffix = workflow.surroundings(words, spot.start, spot.end)


def end(keys: list[int]) -> None:
    """The rows stay for the record; others take their place."""
    Placement.objects.filter(pk__in=keys).update(ended_at=moment())


def carry_into_undecided(placement: Placement) -> None:
    """Give it its row in each later version where the place stood, up to the first that somebody decided on."""
    old, standing = placement.version, later_rows([placement], placement.version)
    for newer in later_versions(old):
        before = standing.get(newer.pk, [])
        if not before or any(row.decided_by_id for row in before):
            return
        end([row.pk for row in before])
        (row,) = carry_on([placement], old, newer)
        row.save(force_insert=True)
        placement, old = row, newer


@transaction.atomic
def detach(shown: Shown, version: ArticleVersion, *, by, reason: str) -> None:
    """Take the claim off in this version and the later ones, for a stated reason. Raise as `place_again` does."""
    row = locked_row(shown, Article.objects.select_for_update().get(pk=version.article_id))
    place = as_shown(row, placing.standing_places([row.pk])[row.pk], shown.seen, version)
    if place is None:
        raise workflow.SomebodyWasFaster
    place.appearance = row
    workflow.detach(place, by=by, why=reason)
