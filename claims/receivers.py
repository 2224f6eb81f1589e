"""When an article's words change, its placements follow, or say that they could not."""

from django.dispatch import receiver

from articles.models import ArticleVersion
from articles.signals import text_revised

from .anchoring import Span, carry, paragraph_around, surroundings
from .models import Placement

FIELDS = ("headline", "standfirst", "body")


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
    for field in FIELDS:
        of_field = [placement for placement in placements if placement.field == field]
        rows += carry_field(field_text(old, field), field_text(new, field), of_field, new)
    return rows


def carry_into_waiting(placement: Placement) -> None:
    """Give a new placement its row in every later version, so that it is there when one of them goes live."""
    version = placement.version
    for newer in version.article.versions.filter(number__gt=version.number).order_by("number"):
        (row,) = carry_on([placement], version, newer)
        row.save(force_insert=True)
        placement, version = row, newer


def carry_field(
    old_text: str, new_text: str, placements: list[Placement], new: ArticleVersion
) -> list[Placement]:
    """The new rows for one field's placements, in their order."""
    spans = [Span(p.start, p.end) for p in placements if p.start is not None]
    found = iter(carry(old_text, new_text, spans))
    return [
        carried_row(placement, next(found) if placement.start is not None else None, old_text, new_text, new)
        for placement in placements
    ]


def carried_row(
    placement: Placement, span: Span | None, old_text: str, new_text: str, new: ArticleVersion
) -> Placement:
    """One placement in the new version: with its span, or without one, pointing at the last good row."""
    last_good = placement.pk if placement.start is not None else placement.carried_from_id
    row = Placement(
        appearance_id=placement.appearance_id, version=new, field=placement.field, carried_from_id=last_good
    )
    if span is None:
        row.anchor = Placement.Anchor.TEXT_CHANGED
        row.why = "The words lie in what was changed."
        return row
    row.start, row.end = span.start, span.end
    row.exact = new_text[span.start : span.end]
    row.prefix, row.suffix = surroundings(new_text, span.start, span.end)
    row.anchor = anchor_of(placement, span, old_text, new_text)
    return row


def anchor_of(placement: Placement, span: Span, old_text: str, new_text: str) -> str:
    """Anchored where the paragraph around the words is the same; once the context changed, an editor decides."""
    same = paragraph_around(old_text, placement.start, placement.end) == paragraph_around(
        new_text, span.start, span.end
    )
    if same and placement.anchor == Placement.Anchor.ANCHORED:
        return Placement.Anchor.ANCHORED
    return Placement.Anchor.CONTEXT_CHANGED
