"""Cuts the words of one block at every edge of a span or a mark and draws the flat runs between, escaped.

Marks stand innermost, one element for each run, so taking them out leaves what was there without them. Links stand
outermost and are never cut: the reference of a mark that ends inside a link waits for the link's end.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from django.utils.translation import gettext

from articles.spans import SPAN_KINDS, drawable_spans
from newsroom.core.hygiene import visible
from newsroom.core.languages import direction

ELEMENTS = {"link": "a", "lang": "span", "strong": "strong", "emphasis": "em", "sup": "sup", "sub": "sub"}

# A span that may be drawn: start, end, kind, address or language.
Drawable = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that carry a status: `[start, end)` in code points of the field's canonical text.

    `key` is the caller's name for it; `number`, `label` (the status word) and `css` (its class and symbol) are what
    readers meet; of overlapping marks the one with the higher `gravity` is drawn first. `anchor` and `note` are the
    ids of the marked words and of their note ("c1", "n1" for number 1 where left out).
    """

    start: int
    end: int
    key: str
    number: int
    css: str
    label: str
    gravity: int = 0
    anchor: str = ""
    note: str = ""


def sound_marks(marks: Iterable[Mark]) -> list[Mark]:
    """The marks whose range is a range, in order of their words."""
    sound = [m for m in marks if type(m.start) is int and type(m.end) is int and 0 <= m.start < m.end]
    return sorted(sound, key=lambda mark: (mark.start, mark.end, _number(mark)))


class Line:
    """The words of one block with their spans and marks. `taken` are the ids that the page has used so far.

    Spans count in the block, marks in the field, where the block begins at `offset`; marks lie inside the block.
    `says_start`: the desk's pages tell where the words begin.
    """

    def __init__(
        self,
        text: str,
        spans: Any,
        marks: Sequence[Mark],
        offset: int,
        taken: set[str],
        says_start: bool = False,
    ) -> None:
        self.text = visible(text)
        self.spans = drawable_spans(spans, text)
        self.marks = list(marks)
        self.offset = offset
        self.taken = taken
        self.says_start = says_start

    def cell(self, start: int, end: int) -> "Line":
        """A part of the line that no span and no mark leaves, as a line of its own."""
        cell = Line(self.text[start:end], (), (), self.offset + start, self.taken, self.says_start)
        first, last = bisect_left(self.spans, (start,)), bisect_left(self.spans, (end,))
        inside = [span for span in self.spans[first:last] if span[1] <= end]
        cell.spans = [(first - start, last - start, kind, value) for first, last, kind, value in inside]
        places = [mark.start - self.offset for mark in self.marks]
        cell.marks = self.marks[bisect_left(places, start) : bisect_left(places, end)]
        return cell

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(mark.key for mark in self.marks)

    def draw(self, start: int = 0, end: int | None = None, *, bare: bool = False) -> str:
        """The HTML of `[start, end)`. Bare: without links and references, for a page that makes it a link."""
        end = len(self.text) if end is None else end
        drawing = _Drawing(self, start, end, bare)
        for here, there in zip(drawing.edges, [*drawing.edges[1:], end], strict=True):
            drawing.step(here, there)
        return "".join(drawing.out)

    def references(self) -> str:
        """The references of all marks, for a line that was drawn bare."""
        return "".join(map(_reference, self.marks))

    def new_id(self, mark: Mark) -> str:
        wanted = _dom_id(mark.anchor) or f"c{_number(mark)}"
        name, count = wanted, 1
        while name in self.taken:
            count += 1
            name = f"{wanted}-{count}"
        self.taken.add(name)
        return name


class _Drawing:
    """One pass over a part of a line, from edge to edge."""

    def __init__(self, line: Line, start: int, end: int, bare: bool) -> None:
        self.line, self.start, self.end, self.bare = line, start, end, bare
        self.spans = _Cursor([span for span in line.spans if not (bare and span[2] == "link")])
        self.begins: dict[int, list[Mark]] = defaultdict(list)
        self.ends: dict[int, list[Mark]] = defaultdict(list)
        self.edges = self._edges()
        self.open: list[Drawable] = []
        self.waiting: list[Mark] = []
        self.cover = _Cover()
        self.out: list[str] = []

    def _edges(self) -> list[int]:
        edges = {self.start, self.end}
        for first, last, _kind, _value in self.line.spans:
            edges.update((first, last))
        for mark in self.line.marks:
            first, last = mark.start - self.line.offset, mark.end - self.line.offset
            if first < self.end and last > self.start:
                edges.update((first, last))
                self.begins[max(first, self.start)].append(mark)
                self.ends[min(last, self.end)].append(mark)
        return sorted(edge for edge in edges if self.start <= edge <= self.end)

    def step(self, here: int, there: int) -> None:
        """Close what ends here, set the references, open what begins here, draw the run up to there."""
        wanted = self.spans.at(here) if here < self.end else []
        kept = _common(self.open, wanted)
        self.out.extend(f"</{ELEMENTS[span[2]]}>" for span in reversed(self.open[kept:]))
        self._leave(self.ends.get(here, []), inside=self.open[:kept])
        self.out.extend(_opening(span) for span in wanted[kept:])
        self.open = wanted
        self._run(self.line.text[here:there], self.begins.get(here, []))

    def _leave(self, marks: list[Mark], inside: list[Drawable]) -> None:
        for mark in marks:
            self.cover.leave(mark)
        if self.bare:
            return
        self.waiting.extend(marks)
        if not any(span[2] == "link" for span in inside):
            self.out.extend(map(_reference, self.waiting))
            self.waiting = []

    def _run(self, words: str, marks: list[Mark]) -> None:
        for mark in marks:
            self.cover.enter(mark)
        html = escape(words).replace("\n", "<br>")
        if not words or not self.cover:
            self.out.append(html)
            return
        # A part of a line may begin inside a mark: its id stands in the part before.
        ids = [self.line.new_id(mark) for mark in marks if mark.start - self.line.offset >= self.start]
        own = f' id="{ids[0]}"' if ids else ""
        more = "".join(f'<span id="{name}"></span>' for name in ids[1:])
        self.out.append(f'<mark class="{self.cover.css()}"{own}>{more}{html}</mark>')


class _Cover:
    """The marks over one run, gravest first."""

    def __init__(self) -> None:
        self.ranks: list[tuple] = []

    def __bool__(self) -> bool:
        return bool(self.ranks)

    def enter(self, mark: Mark) -> None:
        insort(self.ranks, _rank(mark))

    def leave(self, mark: Mark) -> None:
        del self.ranks[bisect_left(self.ranks, _rank(mark))]

    def css(self) -> str:
        first, *others = (rank[-1] for rank in self.ranks)
        also = " ".join(f"also-{css}" for css in dict.fromkeys(others))
        return f"{first} also {also}" if also else first


def _rank(mark: Mark) -> tuple:
    return (-mark.gravity, _number(mark), mark.start, mark.end, str(mark.key), _css(mark))


class _Cursor:
    """Which spans cover a place."""

    def __init__(self, spans: list[Drawable]) -> None:
        self.by_kind = {kind: [span for span in spans if span[2] == kind] for kind in SPAN_KINDS}
        self.starts = {kind: [span[0] for span in found] for kind, found in self.by_kind.items()}

    def at(self, place: int) -> list[Drawable]:
        """Outermost first; of each kind there is at most one."""
        covering = []
        for kind, found in self.by_kind.items():
            index = bisect_right(self.starts[kind], place) - 1
            if index >= 0 and place < found[index][1]:
                covering.append(found[index])
        return covering


def _common(before: list[Drawable], after: list[Drawable]) -> int:
    kept = 0
    while kept < min(len(before), len(after)) and before[kept] == after[kept]:
        kept += 1
    return kept


def _opening(span: Drawable) -> str:
    _start, _end, kind, value = span
    if kind == "link":
        return format_html('<a href="{}"{}>', value, link_relation(value))
    if kind == "lang":
        return format_html('<span lang="{}" dir="{}">', value, direction(value))
    return f"<{ELEMENTS[kind]}>"


def link_relation(href: str) -> str:
    """What a printed address may not gain from standing here."""
    return format_html(' rel="{}"', "nofollow noopener") if href.startswith("http") else ""


def _css(mark: Mark) -> str:
    return mark.css if isinstance(mark.css, str) and re.fullmatch("[a-z][a-z0-9-]*", mark.css) else "unknown"


def _dom_id(wanted: Any) -> str:
    return wanted if isinstance(wanted, str) and re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", wanted) else ""


def _number(mark: Mark) -> int:
    return mark.number if type(mark.number) is int else 0


def _reference(mark: Mark) -> str:
    spoken = gettext("claim %(number)d: %(label)s, go to note") % {
        "number": _number(mark),
        "label": mark.label,
    }
    return format_html(
        '<a class="ref" href="#{note}"><svg class="mk {css}" aria-hidden="true"><use href="#m-{css}"/></svg>'
        '<span aria-hidden="true">{number}</span><span class="vh"> {spoken}</span></a>',
        note=_dom_id(mark.note) or f"n{_number(mark)}",
        css=_css(mark),
        number=_number(mark),
        spoken=spoken,
    )
