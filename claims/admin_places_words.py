"""The words of a place as they are printed, in their surroundings; where they changed, then and now.

Pure: it is handed versions and placements that were read already.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import ArticleVersion
from articles.text import block_ranges, paragraph_numbers

from . import notes
from .models import Placement
from .receivers import field_text

AROUND = 200  # code points on either side: enough to judge by, short enough for a list
Field, Anchor = Placement.Field, Placement.Anchor


@dataclass(frozen=True, slots=True)
class Passage:
    """Words with what stands before and after them in their paragraph."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of words that were checked. Without `now` nobody can say where in the newer text they stood."""

    anchor: str
    then: Passage
    then_version: int
    now: Passage | None
    now_version: int
    waits: bool


def passage(version: ArticleVersion, field: str, start: int, end: int) -> Passage:
    """The words at `[start, end)` in their paragraph, long paragraphs cut between words."""
    text = field_text(version, field)
    head = text.rfind("\n\n", 0, start)
    tail = text.find("\n\n", end)
    before = text[head + 2 if head >= 0 else 0 : start]
    after = text[end : tail if tail >= 0 else len(text)]
    return Passage(cut_before(one_line(before)), one_line(text[start:end]), cut_after(one_line(after)))


def kept(placement: Placement) -> Passage:
    """The words with the little that the placement itself keeps of their surroundings."""
    before, after = placement.prefix.rsplit("\n\n", 1)[-1], placement.suffix.split("\n\n", 1)[0]
    return Passage(one_line(before), one_line(placement.exact), one_line(after))


def one_line(words: str) -> str:
    """Line ends as spaces, cells of a table apart."""
    return words.replace("\n", " ").replace("\t", " | ")


def cut_before(words: str) -> str:
    return words if len(words) <= AROUND else f"… {words[-AROUND:].partition(' ')[2]}"


def cut_after(words: str) -> str:
    return words if len(words) <= AROUND else f"{words[:AROUND].rpartition(' ')[0]} …"


def where(version: ArticleVersion, placement: Placement) -> str:
    """The field, and of the text the paragraph that readers count."""
    if placement.field != Field.BODY:
        return placement.get_field_display()
    number = paragraph_at(version, placement.start)
    return _("Paragraph %(number)d") % {"number": number} if number else _("Text")


def paragraph_at(version: ArticleVersion, offset: int | None) -> int | None:
    if offset is None:
        return None
    pairs = zip(block_ranges(version.body), paragraph_numbers(version.body), strict=True)
    return next((number for (start, end), number in pairs if start <= offset < end), None)


def change(
    placement: Placement, good: Placement | None, versions: dict[int, ArticleVersion], waits: bool
) -> Change | None:
    """What became of the words in the placement's version; `good` is where they last stood as they were checked."""
    if placement.anchor == Anchor.ANCHORED or good is None or good.start is None:
        return None
    old, new = versions[good.version_id], versions[placement.version_id]
    return Change(
        placement.get_anchor_display(),
        passage(old, good.field, good.start, good.end),
        old.number,
        now_there(new, placement, good),
        new.number,
        waits,
    )


def now_there(version: ArticleVersion, placement: Placement, good: Placement) -> Passage | None:
    """What the newer version says in that place."""
    if placement.start is not None:
        return passage(version, placement.field, placement.start, placement.end)
    text = field_text(version, placement.field)
    if placement.field != Field.BODY:
        return Passage(one_line(text), "", "") if text else None
    at = notes.where_words_stood(good.prefix, good.suffix, text)
    return passage(version, placement.field, at, at) if at is not None else None
