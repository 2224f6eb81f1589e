"""When words are removed by order, the places of claims follow: no verdict stands on words that are gone."""

from django.dispatch import receiver
from django.utils.translation import gettext_lazy

from articles.canonical import block_ranges
from articles.models import ArticleVersion
from articles.removed_words import Cuts
from articles.removing import SHORT, moved_in
from articles.signals import words_removed
from articles.sweeping import follows
from newsroom.core import ledger
from newsroom.core.moments import moment

from .anchoring import surroundings
from .models import Placement, Verdict
from .receivers import FIELDS, field_text

Anchor = Placement.Anchor
REMOVED = gettext_lazy("The words were removed by order.")
BESIDE = gettext_lazy("Words beside these were removed by order.")
follows("claims.placement", "exact", "prefix", "suffix")
follows("claims.verdict", "clash_against")


@receiver(words_removed)
def follow_removed_words(
    *, old: ArticleVersion, new: ArticleVersion, cuts: dict[str, Cuts], notice, by, **_kwargs
):
    """Move every placement of the version to where its characters stand now, or take it off where words of it went."""
    went = []
    for placement in Placement.objects.filter(version=new, start__isnull=False).order_by("pk"):
        if placement.field in cuts:
            of_field = cuts[placement.field]
            columns = moved_or_off(placement, old, new, of_field)
            Placement.objects.filter(pk=placement.pk).update(**columns)
            if of_field.touches(placement.start, placement.end):
                went.append(placement)
    take_off_what_points_there(went)
    for placement in went:
        ledger.record("placement.detach", placement, by=by, version=str(new.uid), by_order=True)
    for verdict in Verdict.objects.filter(clash_version=new).order_by("pk"):
        follow_in_clash(verdict, old, new, cuts)


def moved_or_off(placement: Placement, old: ArticleVersion, new: ArticleVersion, cuts: Cuts) -> dict:
    """The columns of the placement afterwards."""
    if cuts.touches(placement.start, placement.end):
        gone = {"start": None, "end": None, "exact": "", "prefix": "", "suffix": ""}
        return {**gone, **off(placement)}
    text = field_text(new, placement.field)
    start, end = cuts.moved(placement.start, placement.end)
    prefix, suffix = surroundings(text, start, end)
    columns = {"start": start, "end": end, "prefix": prefix, "suffix": suffix}
    if placement.anchor == Anchor.ANCHORED and in_one_block(placement, old, cuts):
        columns |= {"anchor": Anchor.CONTEXT_CHANGED, "why": for_the_record(BESIDE)}
    return columns


def off(placement: Placement) -> dict:
    reason = for_the_record(REMOVED)
    return {"anchor": Anchor.DETACHED, "why": reason, "ended_at": placement.ended_at or moment()}


def for_the_record(said) -> str:
    with ledger.for_the_record():
        return str(said)


def in_one_block(placement: Placement, old: ArticleVersion, cuts: Cuts) -> bool:
    """Whether words of the same paragraph went."""
    ranges = (
        block_ranges(old.body) if placement.field == "body" else [(0, len(field_text(old, placement.field)))]
    )
    return any(
        first <= placement.start and placement.end <= last and cuts.touches(first, last)
        for first, last in ranges
    )


def take_off_what_points_there(went: list[Placement]) -> None:
    """A later version whose words had changed sends readers to the version that was checked: not to this one."""
    left = Placement.objects.standing().filter(
        carried_from__in=[placement.pk for placement in went], anchor__in=[Anchor.TEXT_CHANGED, Anchor.LOST]
    )
    for placement in left.order_by("pk"):
        Placement.objects.filter(pk=placement.pk).update(**off(placement))


def follow_in_clash(
    verdict: Verdict, old: ArticleVersion, new: ArticleVersion, cuts: dict[str, Cuts]
) -> None:
    """The words that a claim clashes with are quoted as they stand in the version now."""
    for field, of_field in cuts.items():
        at = field_text(old, field).find(verdict.clash_against) if field in FIELDS else -1
        if at < 0:
            continue
        start, end = moved_in(new, field, of_field, at, at + len(verdict.clash_against))
        quoted = field_text(new, field)[start:end]
        limit = Verdict._meta.get_field("clash_against").max_length
        Verdict.objects.filter(pk=verdict.pk).update(
            clash_against=quoted if len(quoted) <= limit else of_field.notice or SHORT
        )
        return
