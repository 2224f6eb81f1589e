"""What stands above an article's body: headline, standfirst, byline, date line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from articles.blocks import MAX_HEADLINE, MAX_STANDFIRST
from articles.importing import headlines, shapes
from articles.importing.parsed import Doubt, Printed, Refusal
from articles.importing.units import Unit

MOST_HEADLINE_LINES = 3


@dataclass(frozen=True)
class Above:
    """The words above the body, and the units of the body."""

    headline: Printed
    body: tuple[Unit, ...]
    doubts: tuple[Doubt, ...] = ()
    standfirst: Printed | None = None
    bylines: tuple[Printed, ...] = ()
    dateline: Printed | None = None


def read_above(units: Sequence[Unit], forced: frozenset[int]) -> Above | Refusal:
    """What stands above the body. A line named in `forced` is a headline however it reads."""
    unit = units[0]
    if unit.first in forced:
        found = Above(Printed(unit.first, unit.text), tuple(units[1:]))
    elif unit.kind != "text" or not headlines.reads_as_headline(unit.lines[0].text) or _is_prose(unit):
        return no_headline(unit.first)
    elif unit.ragged:
        found = _from_tight_lines(unit, units[1:])
    else:
        found = Above(Printed(unit.first, unit.text), tuple(units[1:]))
    if len(found.headline.text) > MAX_HEADLINE:
        return _too_long(found.headline)
    return _with_credits(_with_standfirst(found))


def no_headline(line: int) -> Refusal:
    """The refusal of a text that begins without a headline."""
    return Refusal(
        line,
        "no-headline",
        _("No headline was found: the text begins with a sentence, a list or page furniture."),
        _("Put the headline on a line of its own above the text, or name its line with --split-at."),
    )


def _is_prose(unit: Unit) -> bool:
    """True for a wrapped paragraph, whose first line alone would read as a headline."""
    return len(unit.lines) > 1 and not unit.ragged and headlines.is_paragraph(unit)


def _from_tight_lines(unit: Unit, rest: Sequence[Unit]) -> Above:
    """The headline out of lines without a blank one between: all of them if none is more, else the first."""
    lines, below = unit.lines, unit.lines[1:]
    if all(_is_credit(line.text) for line in below):
        under = replace(unit, lines=below, text="\n".join(line.text for line in below))
        return Above(Printed(unit.first, lines[0].text), (under, *rest))
    broken = len(lines) <= MOST_HEADLINE_LINES and not any(shapes.is_finished(line.text) for line in lines)
    if broken and not any(_is_credit(line.text) for line in below):
        text = _("Lines %(first)d to %(last)d were read as one headline.") % {
            "first": unit.first,
            "last": unit.last,
        }
        doubt = Doubt(unit.first, "headline-lines", text)
        return Above(Printed(unit.first, " ".join(line.text for line in lines)), tuple(rest), (doubt,))
    text = _("No blank line stands under line %(line)d; it was read as the headline.") % {"line": unit.first}
    doubt = Doubt(unit.first, "headline-tight", text)
    return Above(Printed(unit.first, lines[0].text), (*_one_by_one(unit, below), *rest), (doubt,))


def _one_by_one(unit: Unit, lines: Sequence) -> list[Unit]:
    """Bylines and date lines each for itself, what follows them as it stood."""
    taken = 0
    while taken < len(lines) and _is_credit(lines[taken].text):
        taken += 1
    units = [Unit((line,), line.text, "text") for line in lines[:taken]]
    if rest := tuple(lines[taken:]):
        units.append(
            replace(unit, lines=rest, text="\n".join(line.text for line in rest), ragged=len(rest) > 1)
        )
    return units


def _with_standfirst(above: Above) -> Above:
    """With the standfirst where it is certain: a byline or date line under it parts it from the body."""
    units = above.body
    if (
        len(units) < 2
        or not headlines.is_line(units[0])
        or _all_credits(units[0])
        or not _all_credits(units[1])
    ):
        return above
    if len(units[0].text) > MAX_STANDFIRST:
        return above
    return replace(above, standfirst=Printed(units[0].first, units[0].text), body=units[1:])


def _with_credits(above: Above) -> Above:
    units, bylines, dateline = above.body, [], None
    while units and _all_credits(units[0]):
        for line in units[0].lines:
            if shapes.is_byline(line.text):
                bylines.append(Printed(line.number, line.text))
            elif dateline is None:
                dateline = Printed(line.number, line.text)
            else:
                return above
        units = units[1:]
    return replace(above, bylines=tuple(bylines), dateline=dateline, body=units)


def _all_credits(unit: Unit) -> bool:
    return unit.kind == "text" and all(_is_credit(line.text) for line in unit.lines)


def _is_credit(text: str) -> bool:
    return shapes.is_byline(text) or shapes.is_date_line(text)


def _too_long(headline: Printed) -> Refusal:
    return Refusal(
        headline.line,
        "headline-too-long",
        _("The headline has %(length)d characters; %(limit)d is the most.")
        % {"length": len(headline.text), "limit": MAX_HEADLINE},
        _("Put the headline alone on its line, with a blank line under it."),
    )
