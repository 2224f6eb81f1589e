"""One article from its units, with everything checked that the archive would refuse. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from articles.blocks import BodyError, canonical_body
from articles.importing import body, headlines
from articles.importing.above import Above, no_headline, read_above
from articles.importing.faults import Faults
from articles.importing.parsed import Doubt, ParsedArticle, Printed, Refusal
from articles.importing.units import Unit

PAGE_KINDS = {"furniture", "end", "divider"}


def assemble(
    units: Sequence[Unit], forced: frozenset[int], faults: Faults, doubts: Sequence[Doubt]
) -> ParsedArticle | Refusal:
    """The article the units hold, or why they hold none. Of the file's `faults` and `doubts` it takes its own."""
    first, last = units[0].first, units[-1].last
    if refusal := faults.refusal(first, last):
        return refusal
    kept, furniture = _without_furniture(units)
    above = read_above(kept, forced) if kept else no_headline(first)
    if isinstance(above, Refusal):
        return above
    if not any(headlines.is_paragraph(unit) for unit in above.body):
        return _no_text(above.headline)
    told = [*above.doubts, *(doubt for doubt in doubts if first <= doubt.line <= last)]
    told += body.doubts(above.body, {doubt.line for doubt in told})
    told += faults.doubts(first, last)
    return _checked(_article(first, last, above, furniture, told))


def _article(
    first: int, last: int, above: Above, furniture: tuple[Printed, ...], doubts: Sequence[Doubt]
) -> ParsedArticle:
    return ParsedArticle(
        first=first,
        last=last,
        headline=above.headline,
        standfirst=above.standfirst,
        bylines=above.bylines,
        dateline=above.dateline,
        blocks=body.blocks(above.body),
        teasers=tuple(body.teasers(above.body)),
        furniture=furniture,
        doubts=tuple(sorted(doubts, key=lambda doubt: doubt.line)),
    )


def _checked(article: ParsedArticle) -> ParsedArticle | Refusal:
    """The article, or the refusal of a body that the archive does not take (too long, too many blocks)."""
    try:
        canonical_body(article.body())
    except BodyError as error:
        line = article.blocks[error.block - 1].line if error.block else article.blocks[0].line
        remedy = _("If several articles stand here, name the lines of their headlines with --split-at.")
        return Refusal(line, "body", str(error.template) % error.params, remedy)
    return article


def _without_furniture(units: Sequence[Unit]) -> tuple[list[Unit], tuple[Printed, ...]]:
    """The units without what the page carries above and below the article, and that, in order."""
    start, end = 0, len(units)
    while start < end and units[start].kind in PAGE_KINDS:
        start += 1
    while end > start and units[end - 1].kind in PAGE_KINDS:
        end -= 1
    taken = [*units[:start], *units[end:]]
    return list(units[start:end]), tuple(Printed(unit.first, unit.text) for unit in taken)


def _no_text(headline: Printed) -> Refusal:
    return Refusal(
        headline.line,
        "no-text",
        _("“%(headline)s” has no text under it.") % {"headline": headline.text},
        _("Add the text under the headline, or leave the line out."),
    )
