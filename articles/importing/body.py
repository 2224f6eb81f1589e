"""The blocks of a body from its units, and what was unsure about them. Pure."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from articles.importing import headlines, shapes
from articles.importing.parsed import Block, Doubt, Teaser
from articles.importing.units import Unit

SUBHEAD_LEVEL = 2
LONGEST_SUBHEAD = 200
LONGEST_QUOTED = 80


def blocks(units: Sequence[Unit]) -> tuple[Block, ...]:
    """One block for each unit. What has no kind of its own is a paragraph with its words as printed."""
    lists = _lists(units)
    return tuple(_block(units, place, lists) for place in range(len(units)))


def teasers(units: Sequence[Unit]) -> Iterator[Teaser]:
    """The READ MORE lines that name a headline."""
    for unit in units:
        found = shapes.teaser(unit.text) if unit.kind == "teaser" else None
        if found and found[1]:
            yield Teaser(unit.first, *found)


def _block(units: Sequence[Unit], place: int, lists: dict[int, dict]) -> Block:
    unit = units[place]
    found = shapes.teaser(unit.text) if unit.kind == "teaser" else None
    if found and found[1]:
        return Block(unit.first, "teaser", unit.text, {"label": found[0]})
    if place in lists:
        item = shapes.LIST_ITEM.match(unit.text)
        return Block(unit.first, "item", item["text"], lists[place])
    if unit.kind in {"verse", "quote"}:
        return Block(unit.first, unit.kind, unit.text)
    if unit.kind == "divider":
        return Block(unit.first, "divider", "")
    if _is_subhead(units, place):
        return Block(unit.first, "heading", unit.text, {"level": SUBHEAD_LEVEL})
    return Block(unit.first, "paragraph", unit.text)


def _lists(units: Sequence[Unit]) -> dict[int, dict]:
    """Attributes for each unit that is part of a list: two items at least, bullets or 1, 2, 3.

    Any other line that begins with a dash or number keeps it, as a paragraph: it is part of what was printed.
    """
    found, run = {}, []
    for place, unit in enumerate([*units, None]):
        item = shapes.LIST_ITEM.match(unit.text) if unit is not None and unit.kind == "item" else None
        if (
            item
            and item["number"] in (None, str(len(run) + 1))
            and (not run or run[0] == bool(item["number"]))
        ):
            run.append(bool(item["number"]))
            continue
        if len(run) > 1:
            found |= {place - len(run) + n: {"ordered": run[0], "depth": 0} for n in range(len(run))}
        run = [bool(item["number"])] if item and item["number"] in (None, "1") else []
    return found


def _is_subhead(units: Sequence[Unit], place: int) -> bool:
    """One free line that is no sentence, over running text."""
    unit, below = units[place], units[place + 1 : place + 2]
    if not headlines.is_line(unit) or len(unit.text) > LONGEST_SUBHEAD or not below:
        return False
    if not headlines.reads_as_headline(unit.text) or unit.text.endswith(":") or headlines.is_paragraph(unit):
        return False
    return below[0].kind in {"text", "verse", "quote", "item"}


def doubts(units: Sequence[Unit], told: set[int]) -> Iterator[Doubt]:
    """What was kept in the body although it may be something else; lines in `told` were spoken of already."""
    for place, unit in enumerate(units):
        if unit.first not in told and (found := _doubt(unit, last=place > 0 and place + 1 == len(units))):
            shown = unit.text.replace("\n", " / ")
            short = shown if len(shown) <= LONGEST_QUOTED else shown[: LONGEST_QUOTED - 1] + "…"
            yield Doubt(unit.first, found[0], found[1] % {"text": short})


def _doubt(unit: Unit, *, last: bool) -> tuple[str, str] | None:
    if unit.kind in {"furniture", "end"}:
        return "furniture-inside", _(
            "“%(text)s” looks like page furniture, but text follows it: kept in the body."
        )
    if unit.kind == "teaser" and not shapes.teaser(unit.text)[1]:
        return "empty-teaser", _(
            "“%(text)s” names no headline on its own line: kept as a paragraph, not linked."
        )
    if unit.ragged:
        return "line-ends", _("Short lines stand together (“%(text)s”): their line ends were kept.")
    if last and unit.kind == "text" and not shapes.is_finished(unit.text):
        return "last-line", _("“%(text)s” ends no sentence and may be page furniture: kept in the body.")
    return None
