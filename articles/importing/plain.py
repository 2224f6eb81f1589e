"""Plain text with one or several articles: bytes in, what was found out. Pure: no models, no guesses.

A file is a row of articles: headline, perhaps standfirst, byline and date line, then the body. Where the next article
begins is decided in headlines.py; what could not be decided is a `Doubt` with its line, and the text stays where it
is. Words are never changed, dropped or dated here: page furniture leaves the body but is kept beside it.
"""

import hashlib
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from articles.importing import headlines
from articles.importing.assembly import assemble
from articles.importing.faults import Faults
from articles.importing.lines import UnreadableFile, read_lines, refuse_without_words
from articles.importing.parsed import Doubt, Parsed, ParsedArticle, Refusal
from articles.importing.units import Unit, read_units


def read_articles(data: bytes, *, split_at: Iterable[int] = (), name: str = "") -> Parsed:
    """The articles of a plain-text file. Never raises for what the bytes hold: refusals are part of the answer.

    With `split_at` (line numbers of headlines, from 1) the file is cut there and nowhere else.
    """
    sha256, faults = hashlib.sha256(data).hexdigest(), Faults()
    try:
        lines = tuple(faults.screen(read_lines(data)))
        refuse_without_words(lines)
    except UnreadableFile as error:
        return Parsed(name, sha256, refusals=(Refusal(0, error.code, str(error)),))
    forced = frozenset(split_at)
    wrong = [
        number for number in sorted(forced) if not 1 <= number <= len(lines) or lines[number - 1].is_blank
    ]
    if wrong:
        return Parsed(name, sha256, refusals=tuple(_no_such_line(number, len(lines)) for number in wrong))
    units = read_units(lines, forced)
    starts, doubts = _starts(units, forced)
    ends = [*starts[1:], len(units)]
    found = [
        assemble(units[start:end], forced, faults, doubts) for start, end in zip(starts, ends, strict=True)
    ]
    return Parsed(
        name,
        sha256,
        articles=tuple(item for item in found if isinstance(item, ParsedArticle)),
        refusals=tuple(item for item in found if isinstance(item, Refusal)),
    )


def _no_such_line(number: int, count: int) -> Refusal:
    return Refusal(
        number,
        "split-at",
        _("Line %(number)d cannot be a headline: it is blank, or the file ends at line %(count)d.")
        % {"number": number, "count": count},
        _("Give --split-at the number of a line that holds a headline."),
    )


def _starts(units: Sequence[Unit], forced: frozenset[int]) -> tuple[list[int], list[Doubt]]:
    """The places where articles begin, and a doubt for every line that may be a headline but was not taken for one."""
    if forced:
        return [0, *(place for place, unit in enumerate(units) if place and unit.first in forced)], []
    first = next((place for place, unit in enumerate(units) if unit.kind == "text"), 0)
    file = headlines.File(units, first)
    starts, doubts = [0], []
    body_begun = False
    for place in range(first + 1, len(units)):
        candidate = file.judge(place, starts[-1]) if body_begun else None
        if candidate and candidate.begins_article:
            starts.append(place)
        elif candidate:
            doubts.append(_may_be_headline(candidate))
        body_begun = starts[-1] != place and (body_begun or headlines.is_paragraph(units[place]))
    return starts, doubts


def _may_be_headline(candidate: headlines.Candidate) -> Doubt:
    return Doubt(
        candidate.line,
        "headline-or-subhead",
        _(
            "“%(text)s” may be another article's headline; it was left in this one. If it is, use --split-at %(line)d."
        )
        % {"text": candidate.text, "line": candidate.line},
    )
