"""Two public versions of an article side by side, as the history page prints them.

Two queries less than two pages would take: both texts are read in one. An app that knows more about the words derives
from it and says what they carry.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from newsroom.core.hygiene import visible

from .canonical import StoredBlock, block_ranges, paragraph_numbers, stored_blocks
from .differences import FORM, SAME, Block, Row, Run, compare_blocks, compare_words
from .history import Edition
from .models import Article, ArticleVersion
from .runs import Mark


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one sort: whether the other side has them, the marks over them, and the marks that end with them."""

    text: str
    changed: bool
    css: str = ""
    ends: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One block of one version: where it stands, and its words. Without pieces it is a block without words."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Line:
    """What is the same, told in words; or a block of either side, or of both. `form` names what else changed."""

    same: str = ""
    old: Side | None = None
    new: Side | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the comparison before it is folded: what it is called on the newer side, and its number if any."""

    row: Row
    place: str
    number: int | None
    line: Line


class Text:
    """One side: a version whose words are compared block by block."""

    def __init__(self, edition: Edition, version: ArticleVersion):
        self.edition, self.version = edition, version
        self.stored = stored_blocks(version.body)
        self.numbers = paragraph_numbers(version.body)
        self.ranges = block_ranges(version.body)
        self.blocks = [Block(visible(block.text), form_of(block)) for block in self.stored]

    def place_of(self, index: int) -> str:
        """What a block is called: by its number, or by its kind."""
        if self.numbers[index]:
            return _("paragraph %(number)d") % {"number": self.numbers[index]}
        return {
            "heading": _("heading"),
            "figure": _("picture"),
            "embed": _("embedded content"),
            "divider": _("dividing line"),
        }.get(self.stored[index].kind, _("a block"))

    def label(self, place: str) -> str:
        return _("Version %(number)d, %(place)s") % {"number": self.version.number, "place": place}


class Comparison:
    """What the history page prints of two versions. `at` is the time for which it holds."""

    def __init__(self, article: Article, old: Edition, new: Edition, at: datetime):
        self.article, self.at = article, at
        rows = ArticleVersion.objects.in_bulk([old.version.pk, new.version.pk])
        self.old, self.new = (Text(edition, rows[edition.version.pk]) for edition in (old, new))
        self.prepare()
        parts = [*self.fields(), *self.body()]
        self.lines = list(folded(parts))
        self.changed = sum(part.row.state != SAME for part in parts)

    def prepare(self) -> None:
        """Read what else the page needs, before the words are drawn."""

    def marks_in(self, version: ArticleVersion, name: str) -> Sequence[Mark]:
        """The marks in headline, standfirst or body of one of the two."""
        return ()

    @property
    def whole(self) -> bool:
        """Whether readers may see the text; else only its headline, as on the article's page."""
        return self.article.rights == Article.Rights.FULL

    @property
    def foreign(self) -> bool:
        return self.article.language != get_language()

    @property
    def is_one(self) -> bool:
        """Whether both sides are the same version: nothing changed since."""
        return self.old.version == self.new.version

    @property
    def said(self) -> str:
        """How much differs, in a sentence."""
        if not self.changed:
            return _("No word differs between these two versions.")
        words = ngettext("%(count)d passage differs.", "%(count)d passages differ.", self.changed)
        return words % {"count": self.changed}

    def fields(self) -> Iterator[Part]:
        """Headline, standfirst and dateline, each as one block."""
        names = [("headline", _("headline")), ("dateline", _("dateline"))]
        if self.whole:
            names.insert(1, ("standfirst", _("standfirst")))
        for name, place in names:
            old, new = (visible(getattr(side.version, name)) for side in (self.old, self.new))
            if old or new:
                yield self.field(name, place, old, new)

    def field(self, name: str, place: str, old: str, new: str) -> Part:
        row = Row(0, 0, SAME) if old == new else Row(0, 0, "words", *compare_words(old, new))
        sides = [
            Side(text.label(place), pieces(runs, self.marks_in(text.version, name))) if words else None
            for text, runs, words in ((self.old, row.left, old), (self.new, row.right, new))
        ]
        return Part(row, place, None, Line("", *sides))

    def body(self) -> Iterator[Part]:
        """The blocks of the text."""
        if not self.whole:
            return
        marks = {side: self.marks_in(side.version, "body") for side in (self.old, self.new)}
        for row in compare_blocks(self.old.blocks, self.new.blocks):
            sides = [
                None if index is None else self.side(text, index, runs, marks[text])
                for text, index, runs in ((self.old, row.old, row.left), (self.new, row.new, row.right))
            ]
            shown, index = (self.old, row.old) if row.new is None else (self.new, row.new)
            form = self.form(row) if row.state == FORM else ""
            yield Part(row, shown.place_of(index), shown.numbers[index], Line("", *sides, form=form))

    def side(self, text: Text, index: int, runs: Sequence[Run], marks: Sequence[Mark]) -> Side:
        start, end = text.ranges[index]
        inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
        return Side(text.label(text.place_of(index)), pieces(runs, inside, start))

    def form(self, row: Row) -> str:
        """What changed of a block whose words did not."""
        old, new = self.old.stored[row.old], self.new.stored[row.new]
        changed = []
        if old.kind != new.kind:
            changed.append(_("the kind of block"))
        if spans(old, "link") != spans(new, "link"):
            changed.append(_("links"))
        if spans(old, "link", others=True) != spans(new, "link", others=True):
            changed.append(_("emphasis"))
        if dict(old.attrs) != dict(new.attrs):
            changed.append(_("details of the block"))
        return get_text_list(changed or [_("formatting")], _("and"))


class DeskComparison(Comparison):
    """Any two versions of an article, drafts included, for the desk, which reads every text whole. One query."""

    whole = True

    def __init__(self, article: Article, old: ArticleVersion, new: ArticleVersion):
        now = timezone.now()
        super().__init__(article, Edition(old, now), Edition(new, now), now)


def form_of(block: StoredBlock) -> str:
    """All of a block that is not its words, as one word to compare by."""
    return repr((block.kind, block.spans, sorted(block.attrs.items(), key=repr)))


def spans(block: StoredBlock, kind: str, others: bool = False) -> list:
    """The block's spans of one kind, or all others."""
    return [
        span for span in block.spans if (isinstance(span, dict) and span.get("kind") == kind) is not others
    ]


def folded(parts: list[Part]) -> Iterator[Line]:
    """The lines of the comparison: what is the same on both sides is told in one line for each stretch."""
    for same, group in groupby(parts, key=lambda part: part.row.state == SAME):
        if same:
            yield Line(same=_("The same in both: %(parts)s") % {"parts": named(list(group))})
        else:
            yield from (part.line for part in group)


def named(parts: list[Part]) -> str:
    """Such as “headline, paragraphs 1 to 5”: numbered ones as a range, the others counted."""
    numbers = [part.number for part in parts if part.number]
    bare = [part for part in parts if not part.number]
    names = [part.place for part in bare] if len(bare) < 4 else []
    if len(bare) >= 4:
        names.append(_("%(count)d parts without a number") % {"count": len(bare)})
    if numbers and numbers[0] != numbers[-1]:
        names.append(
            _("paragraphs %(first)d to %(last)d") % {"first": numbers[0], "last": numbers[-1]},
        )
    elif numbers:
        names.append(_("paragraph %(number)d") % {"number": numbers[0]})
    return f"{pgettext('between words', ',')} ".join(names)


def pieces(runs: Sequence[Run], marks: Sequence[Mark], offset: int = 0) -> list[Piece]:
    """The runs of one side, cut where a mark begins or ends."""
    edges = sorted({edge - offset for mark in marks for edge in (mark.start, mark.end)})
    found, start = [], 0
    for run in runs:
        end = start + len(run.text)
        cuts = [start, *(edge for edge in edges if start < edge < end), end]
        for here, there in pairwise(cuts):
            found.append(
                piece(run, run.text[here - start : there - start], here + offset, there + offset, marks)
            )
        start = end
    return found


def piece(run: Run, words: str, start: int, end: int, marks: Sequence[Mark]) -> Piece:
    over = sorted(
        (mark for mark in marks if mark.start <= start and end <= mark.end),
        key=lambda mark: (-mark.gravity, mark.number),
    )
    css = [mark.css for mark in over if mark.css]
    also = " ".join(f"also-{name}" for name in dict.fromkeys(css[1:]))
    ends = tuple(mark for mark in over if mark.end == end)
    return Piece(words, run.changed, f"{css[0]} also {also}" if also else "".join(css[:1]), ends)
