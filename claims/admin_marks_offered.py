"""Passages that words which went may have become, as the desk offers them: in their surroundings, and why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.canonical import SpanRefused, block_at, block_ranges, stored_blocks
from articles.models import ArticleVersion

from .admin_places_words import Passage, passage, where
from .candidates import Candidate, Searched, candidates, searched
from .flag_finding import Spot
from .likeness import Difference
from .models import Placement
from .receivers import FIELDS, field_text

# For so many places of a page passages like the old words are looked for.
MOST_LOOKED_FOR = 20
Field = Placement.Field


@dataclass(frozen=True, slots=True)
class Offered:
    """A passage that the old words may have become, in its surroundings, and why it is offered."""

    spot: Spot
    passage: Passage
    where: str
    why: list[str]


class Offers:
    """Looks passages up for the places of one page; each text is cut into words once."""

    def __init__(self, versions: dict[int, ArticleVersion]):
        self.versions = versions
        self.texts: dict[tuple[int, str], Searched] = {}
        self.looked_for = 0

    def like(self, good: Placement | None, placement: Placement) -> list[Offered] | None:
        """The passages of the placement's version most like the words of its last good place.

        The field in which they stood is asked first. None where too many places have asked already.
        """
        if good is None or not good.exact or self.looked_for >= MOST_LOOKED_FOR:
            return None
        self.looked_for += 1
        length = len(field_text(self.versions[good.version_id], good.field))
        version, old_at = self.versions[placement.version_id], good.start / length if length else 0.0
        for name in dict.fromkeys([placement.field, *FIELDS]):
            found = candidates(good.exact, old_at, self.text_of(version, name))
            if offered := [one for each in found if (one := offer(version, name, each, good.exact))]:
                return offered
        return []

    def text_of(self, version: ArticleVersion, name: str) -> Searched:
        if (version.pk, name) not in self.texts:
            self.texts[version.pk, name] = searched(field_text(version, name), pieces(version, name))
        return self.texts[version.pk, name]


def offer(version: ArticleVersion, name: str, found: Candidate, old: str) -> Offered | None:
    """The candidate as it is shown; None for words that could carry no mark."""
    try:
        if name == Field.BODY:
            block_at(version.body, found.start, found.end)
    except SpanRefused:
        return None
    return Offered(
        Spot(name, found.start, found.end, found.words),
        passage(version, name, found.start, found.end),
        where(version, Placement(field=name, start=found.start)),
        in_words(found, old),
    )


def pieces(version: ArticleVersion, name: str) -> list[tuple[int, int]]:
    """What a mark may not leave, in order: the field, the blocks of the text, the cells of its tables."""
    text = field_text(version, name)
    if name != Field.BODY:
        return [(0, len(text))]
    found = []
    for block, (start, end) in zip(stored_blocks(version.body), block_ranges(version.body), strict=True):
        if block.kind != "table":
            found.append((start, end))
            continue
        at = start
        for cell in text[start:end].replace("\t", "\n").split("\n"):
            found.append((at, at + len(cell)))
            at += len(cell) + 1
    return [(start, end) for start, end in found if start < end]


def in_words(found: Candidate, old: str) -> list[str]:
    """Where the passage parts from the old words, the gravest first, then what both say."""
    if found.words == old:
        return [_("the very same words")]
    said = [difference(each) for each in found.likeness.differs]
    if found.likeness.shared:
        said.append(_("both say: %(words)s") % {"words": ", ".join(found.likeness.shared)})
    return said


def difference(each: Difference) -> str:
    """Such as “another number: one week, now three weeks”."""
    named = {"then": each.here, "now": each.there}
    if each.kind == "denial":
        return (_("denied now: %(now)s") if each.there else _("denied then, not now: %(then)s")) % named
    if each.here and each.there:
        texts = {
            "number": _("another number: %(then)s, now %(now)s"),
            "date": _("another date: %(then)s, now %(now)s"),
        }
        return texts.get(each.kind, _("differs: %(then)s, now %(now)s")) % named
    return (_("only then: %(then)s") if each.here else _("only now: %(now)s")) % named
