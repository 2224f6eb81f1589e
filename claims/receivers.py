"""When an article's words change, its placements follow, or say that they could not."""

from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import ArticleVersion
from articles.signals import text_revised
from newsroom.core import ledger

from .anchoring import Carried, Fate, Span, carry, same_words, surroundings
from .models import Placement

Anchor = Placement.Anchor
FIELDS = ("headline", "standfirst", "body")
ANCHORS = {
    Fate.STAYED: Anchor.ANCHORED,
    Fate.SURROUNDED_ANEW: Anchor.CONTEXT_CHANGED,
    Fate.MOVED: Anchor.CONTEXT_CHANGED,
    Fate.CHANGED: Anchor.TEXT_CHANGED,
    Fate.DOUBTFUL: Anchor.TEXT_CHANGED,
    Fate.WENT: Anchor.LOST,
}
REASONS = {
    Fate.STAYED: gettext_lazy("The words and their paragraph stand as they did."),
    Fate.SURROUNDED_ANEW: gettext_lazy(
        "The words stand as they did; other words of their paragraph changed."
    ),
    Fate.MOVED: gettext_lazy("The words stand as they did; their paragraph stands in another place."),
    Fate.CHANGED: gettext_lazy("The words were changed."),
    Fate.DOUBTFUL: gettext_lazy(
        "The same words, or a paragraph much like theirs, went or came in this change: it cannot be told for certain "
        "which are the ones that were checked."
    ),
    Fate.WENT: gettext_lazy("The words went, and nothing like them came in their place."),
}


def field_text(version: ArticleVersion, field: str) -> str:
    """The canonical text of one field, in which a placement's span counts."""
    return version.body_text if field == "body" else getattr(version, field)


@receiver(text_revised)
def follow_the_words(*, old: ArticleVersion, new: ArticleVersion, by, **_kwargs) -> None:
    """Give every standing placement of the old version its row in the new one."""
    Placement.objects.bulk_create(
        carry_on(list(Placement.objects.standing().filter(version=old).order_by("id")), old, new)
    )


def carry_on(placements: list[Placement], old: ArticleVersion, new: ArticleVersion) -> list[Placement]:
    """The rows, not yet saved, that these placements of the old version have in the new one."""
    rows = []
    with ledger.for_the_record():
        for field in FIELDS:
            of_field = [placement for placement in placements if placement.field == field]
            rows += carry_field(of_field, field, old, new)
    return rows


def carry_into_waiting(placement: Placement) -> None:
    """Give a new placement its row in every later version, so that it is there when one of them goes live."""
    version = placement.version
    for newer in version.article.versions.filter(number__gt=version.number).order_by("number"):
        (row,) = carry_on([placement], version, newer)
        row.save(force_insert=True)
        placement, version = row, newer


def carry_field(
    placements: list[Placement], field: str, old: ArticleVersion, new: ArticleVersion
) -> list[Placement]:
    """The new rows for one field's placements, in their order."""
    if not placements:
        return []
    spans = [Span(p.start, p.end) for p in placements if p.start is not None]
    found = iter(carry(field_text(old, field), field_text(new, field), spans))
    above = field != Placement.Field.HEADLINE or same_words(old.standfirst, new.standfirst)
    return [
        carried_row(placement, next(found), new, above)
        if placement.start is not None
        else still_without_words(placement, new)
        for placement in placements
    ]


def row_in(new: ArticleVersion, placement: Placement, last_good: int | None) -> Placement:
    """A row for the same appearance in the new version, which points at its last good place."""
    return Placement(
        appearance_id=placement.appearance_id, version=new, field=placement.field, carried_from_id=last_good
    )


def still_without_words(placement: Placement, new: ArticleVersion) -> Placement:
    """Words that changed or went in an earlier version come back by an editor's act, never by themselves."""
    row = row_in(new, placement, placement.carried_from_id)
    row.anchor = placement.anchor
    row.why = _("The words changed or went in an earlier version; only an editor places the claim again.")
    return row


def carried_row(
    placement: Placement, carried: Carried, new: ArticleVersion, standfirst_stands: bool
) -> Placement:
    """One placement in the new version: with its span, or without one, and why."""
    row = row_in(new, placement, placement.pk)
    row.anchor, row.why = ANCHORS[carried.fate], str(REASONS[carried.fate])
    if carried.span is None:
        return row
    text = field_text(new, placement.field)
    row.start, row.end = carried.span.start, carried.span.end
    row.exact = text[row.start : row.end]
    row.prefix, row.suffix = surroundings(text, row.start, row.end)
    if row.anchor == Anchor.ANCHORED and not standfirst_stands:
        row.anchor = Anchor.CONTEXT_CHANGED
        row.why = _("The words stand as they did; the standfirst under the headline changed.")
    elif row.anchor == Anchor.ANCHORED and placement.anchor != Anchor.ANCHORED:
        row.anchor = Anchor.CONTEXT_CHANGED
        row.why = _(
            "What surrounds the words changed in an earlier version; no editor has confirmed them since."
        )
    return row
