"""Draws stored text: blocks, spans and claim marks become HTML here and nowhere else.

Everything is escaped, whatever is stored: a damaged span loses its formatting, an unsafe link its address, a mark that
does not fit one block is not drawn; nothing raises. Marks are cut into flat runs and stand innermost, so the page
without marks is the same page with the marks taken out. This module knows numbers and words, never claims; it is the
only one that calls `mark_safe`. The interface of stored text is imported from here.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.blocks import (
    MAX_BLOCKS,
    MAX_DEPTH,
    MAX_HEADLINE,
    MAX_SPANS,
    MAX_STANDFIRST,
    MAX_TEXT_BYTES,
    SCHEMA,
    BodyError,
    canonical_body,
    clean_headline,
    clean_line,
    clean_standfirst,
    paragraph_body,
    table_text,
    tidy_text,
)
from articles.canonical import (
    SpanRefused,
    StoredBlock,
    block_at,
    block_ranges,
    body_text,
    canonical_text,
    content_sha256,
    stored_blocks,
    text_sha256,
)
from articles.spans import SPAN_KINDS, drawable_spans, safe_href
from newsroom.core.hygiene import visible

__all__ = [
    "MAX_BLOCKS",
    "MAX_DEPTH",
    "MAX_HEADLINE",
    "MAX_SPANS",
    "MAX_STANDFIRST",
    "MAX_TEXT_BYTES",
    "SCHEMA",
    "BodyError",
    "Mark",
    "RenderedBlock",
    "SpanRefused",
    "block_at",
    "block_ranges",
    "body_text",
    "canonical_body",
    "canonical_text",
    "clean_headline",
    "clean_line",
    "clean_standfirst",
    "content_sha256",
    "paragraph_body",
    "paragraph_numbers",
    "render_blocks",
    "render_inline",
    "render_line",
    "stored_blocks",
    "table_text",
    "text_sha256",
    "tidy_text",
]

RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks nqo pnb prs ps sd skr syr ug ur yi".split())
RIGHT_TO_LEFT_SCRIPTS = frozenset("Adlm Arab Aran Hebr Nkoo Rohg Syrc Thaa".split())
# What readers count as paragraphs. Headings, pictures, embeds and dividers are not cited by number.
NUMBERED = frozenset({"paragraph", "quote", "item", "verse", "table", "teaser"})


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


@dataclass(frozen=True, slots=True)
class RenderedBlock:
    """One row of the sheet: a block, or the whole of a list.

    `html` is the complete element. `inner` is the words alone (a caption, for a page that draws its own figure). A
    teaser also has `label` and `rest` (marked, but without references and links, so that a page may link them) and
    `refs`, the references to set behind. `marks` are the keys of the marks drawn here, in order of their words.
    `number` is the paragraph number readers see, None where the block has none. `attrs` holds plain, unescaped values.
    """

    index: int
    number: int | None
    kind: str
    html: SafeString
    text: str
    marks: tuple[str, ...] = ()
    inner: SafeString = SafeString()
    attrs: dict[str, Any] = field(default_factory=dict)
    label: SafeString = SafeString()
    rest: SafeString = SafeString()
    refs: SafeString = SafeString()


def render_line(text: str, marks: Sequence[Mark] = (), *, taken: set[str] | None = None) -> SafeString:
    """A headline or standfirst with its marks. Pass one `taken` set to every call of a page to keep ids unique."""
    return render_inline(text, (), marks, taken=taken)


def render_inline(
    text: str, spans: Any, marks: Sequence[Mark] = (), *, offset: int = 0, taken: set[str] | None = None
) -> SafeString:
    """The words of one block with spans (counted in the block) and marks (counted in the field, from `offset` on)."""
    text = text if isinstance(text, str) else ""
    inside = [mark for mark in _sound(marks) if offset <= mark.start and mark.end <= offset + len(text)]
    ids = set() if taken is None else taken
    return mark_safe("".join(_Line(text, spans, inside, offset, ids).draw()))


def render_blocks(
    body: Any, marks: Sequence[Mark] = (), *, taken: set[str] | None = None
) -> list[RenderedBlock]:
    """The rows of the sheet in order. A mark that does not lie in one block and one cell is not drawn."""
    blocks = stored_blocks(body)
    numbers = paragraph_numbers(body)
    placed = _marks_by_block(blocks, block_ranges(body), marks)
    ids = set() if taken is None else taken
    rows = []
    for indexes in _rows(blocks):
        lines = [_Line(blocks[i].text, blocks[i].spans, placed[i][1], placed[i][0], ids) for i in indexes]
        row = _rendered([blocks[i] for i in indexes], lines, indexes[0], numbers[indexes[0]])
        if row.html:
            rows.append(row)
    return rows


def paragraph_numbers(body: Any) -> list[int | None]:
    """For each block the paragraph number readers see (from 1), or None. All items of one list share a number."""
    numbers: list[int | None] = []
    count, in_list = 0, False
    for block in stored_blocks(body):
        counts = bool(block.text) and (block.kind in NUMBERED or block.kind not in UNNUMBERED)
        is_item = block.kind == "item"
        if counts and not (is_item and in_list):
            count += 1
        in_list = is_item and (in_list or counts)
        numbers.append(count if counts else None)
    return numbers


UNNUMBERED = frozenset({"heading", "figure", "embed", "divider"})


def _sound(marks: Iterable[Any]) -> list[Mark]:
    """The marks whose range is a range, in order of their words."""
    sound = [
        mark
        for mark in marks
        if type(mark.start) is int and type(mark.end) is int and 0 <= mark.start < mark.end
    ]
    return sorted(sound, key=lambda mark: (mark.start, mark.end, mark.number))


def _marks_by_block(
    blocks: list[StoredBlock], ranges: list[tuple[int, int]], marks: Sequence[Mark]
) -> list[tuple[int, list[Mark]]]:
    """For each block where it starts and the marks that lie wholly inside it (and inside one cell)."""
    sound = _sound(marks)
    starts = [mark.start for mark in sound]
    placed = []
    for block, (start, end) in zip(blocks, ranges, strict=True):
        here = sound[bisect_left(starts, start) : bisect_left(starts, end)]
        inside = [mark for mark in here if mark.end <= end and not _leaves_cell(block, mark, start)]
        placed.append((start, inside))
    return placed


def _leaves_cell(block: StoredBlock, mark: Mark, offset: int) -> bool:
    words = block.text[mark.start - offset : mark.end - offset]
    return block.kind == "table" and ("\t" in words or "\n" in words)


def _rows(blocks: list[StoredBlock]) -> Iterator[list[int]]:
    """Indexes of the blocks of each row: consecutive list items are one row."""
    row: list[int] = []
    for index, block in enumerate(blocks):
        if row and not (block.kind == "item" and blocks[row[0]].kind == "item"):
            yield row
            row = []
        row.append(index)
    if row:
        yield row


class _Line:
    """The words of one block while they are drawn: spans, marks (in block offsets) and the page's ids."""

    def __init__(self, text: str, spans: Any, marks: Sequence[Mark], offset: int, taken: set[str]) -> None:
        self.text = visible(text)
        self.spans = drawable_spans(spans, text)
        self.marks = list(marks)
        self.offset = offset
        self.taken = taken

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(mark.key for mark in self.marks)

    def draw(
        self, start: int = 0, end: int | None = None, *, links: bool = True, refs: bool = True
    ) -> list[str]:
        """The HTML of `[start, end)` in parts."""
        end = len(self.text) if end is None else end
        out: list[str] = []
        open_spans: list[tuple] = []
        waiting: list[Mark] = []
        cover = _Cover()
        spans = _Cursor([s for s in self.spans if links or s[2] != "link"], start)
        edges = self._edges(start, end)
        begins, ends = self._marks_at(start, end)
        for here, there in zip(edges, edges[1:] + [end], strict=True):
            wanted = spans.at(here) if here < end else []
            kept = _common(open_spans, wanted)
            out.extend(_closing(span) for span in reversed(open_spans[kept:]))
            cover.leave(ends[here])
            if refs:
                waiting.extend(ends[here])
                # A reference is a link: inside a link of the text it waits for that link to end.
                if waiting and not any(span[2] == "link" for span in open_spans[:kept]):
                    out.extend(_reference(mark) for mark in waiting)
                    waiting = []
            out.extend(_opening(span) for span in wanted[kept:])
            open_spans = wanted
            cover.enter(begins[here])
            out.append(self._run(self.text[here:there], cover, begins[here]))
        return out

    def _edges(self, start: int, end: int) -> list[int]:
        edges = {start, end}
        for first, last, *_kind in self.spans:
            edges.update((first, last))
        for mark in self.marks:
            edges.update((mark.start - self.offset, mark.end - self.offset))
        return sorted(edge for edge in edges if start <= edge <= end)

    def _marks_at(self, start: int, end: int) -> tuple[dict[int, list[Mark]], dict[int, list[Mark]]]:
        begins, ends = defaultdict(list), defaultdict(list)
        for mark in self.marks:
            first, last = mark.start - self.offset, mark.end - self.offset
            if first < end and last > start:
                begins[max(first, start)].append(mark)
                ends[min(last, end)].append(mark)
        return begins, ends

    def _run(self, words: str, cover: "_Cover", begins: list[Mark]) -> str:
        html = escape(words).replace("\n", "<br>")
        if not words or not cover.marks:
            return html
        first, *others = [self._new_id(mark) for mark in begins] or [""]
        more = "".join(f'<span id="{other}"></span>' for other in others)
        own = f' id="{first}"' if first else ""
        return f'<mark class="{cover.css()}"{own}>{more}{html}</mark>'

    def _new_id(self, mark: Mark) -> str:
        wanted = _dom_id(mark.anchor) or f"c{_number(mark)}"
        name, count = wanted, 1
        while name in self.taken:
            count += 1
            name = f"{wanted}-{count}"
        self.taken.add(name)
        return name


class _Cover:
    """The marks over one run, gravest first."""

    def __init__(self) -> None:
        self.marks: list[tuple] = []

    def enter(self, marks: list[Mark]) -> None:
        for mark in marks:
            insort(self.marks, _rank(mark))

    def leave(self, marks: list[Mark]) -> None:
        for mark in marks:
            del self.marks[bisect_left(self.marks, _rank(mark))]

    def css(self) -> str:
        first, *others = (rank[-1] for rank in self.marks)
        also = " ".join(f"also-{css}" for css in dict.fromkeys(others))
        return f"{first} also {also}" if also else first


class _Cursor:
    """Which spans cover a place, asked from left to right."""

    def __init__(self, spans: list[tuple], start: int) -> None:
        self.by_kind = {kind: [span for span in spans if span[2] == kind] for kind in SPAN_KINDS}
        self.starts = {kind: [span[0] for span in found] for kind, found in self.by_kind.items()}

    def at(self, place: int) -> list[tuple]:
        """Outermost first; of each kind there is at most one."""
        covering = []
        for kind, found in self.by_kind.items():
            index = bisect_right(self.starts[kind], place) - 1
            if index >= 0 and place < found[index][1]:
                covering.append(found[index])
        return covering


def _rank(mark: Mark) -> tuple[int, int, int, str, str]:
    return (-mark.gravity, mark.number, mark.start, str(mark.key), _css(mark))


def _common(open_spans: list[tuple], wanted: list[tuple]) -> int:
    kept = 0
    while kept < min(len(open_spans), len(wanted)) and open_spans[kept] == wanted[kept]:
        kept += 1
    return kept


ELEMENTS = {"link": "a", "lang": "span", "strong": "strong", "emphasis": "em", "sup": "sup", "sub": "sub"}


def _opening(span: tuple) -> str:
    kind, value = span[2], span[3]
    if kind == "link":
        rel = "" if value.startswith("mailto:") else ' rel="nofollow noopener"'
        return f'<a href="{escape(value)}"{rel}>'
    if kind == "lang":
        return f'<span lang="{escape(value)}" dir="{direction(value)}">'
    return f"<{ELEMENTS[kind]}>"


def _closing(span: tuple) -> str:
    return f"</{ELEMENTS[span[2]]}>"


def direction(tag: str) -> str:
    """ "rtl" or "ltr" for a language tag."""
    language, *subtags = tag.split("-")
    scripts = [subtag for subtag in subtags if len(subtag) == 4]
    if scripts:
        return "rtl" if scripts[0].title() in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language.lower() in RIGHT_TO_LEFT else "ltr"


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


def _rendered(blocks: list[StoredBlock], lines: list[_Line], index: int, number: int | None) -> RenderedBlock:
    block, line = blocks[0], lines[0]
    if block.kind == "item":
        html, kind, text = _list(blocks, lines), "list", "\n".join(block.text for block in blocks)
        keys = tuple(key for line in lines for key in line.keys)
        return RenderedBlock(index, number, kind, mark_safe(html), visible(text), keys)
    attrs = _attrs(block)
    if block.kind == "teaser":
        return _teaser(block, line, index, number, attrs)
    inner = mark_safe("".join(line.draw())) if block.kind != "table" else SafeString()
    html = _table(block, line) if block.kind == "table" else _element(block.kind, inner, attrs)
    kind = block.kind if block.kind in ELEMENTS_OF_KIND else "paragraph"
    return RenderedBlock(index, number, kind, mark_safe(html), line.text, line.keys, inner, attrs)


ELEMENTS_OF_KIND = frozenset({"heading", "quote", "verse", "table", "figure", "embed", "divider"})


def _attrs(block: StoredBlock) -> dict[str, Any]:
    """The attributes a page may use, each of its type; an unsafe address is empty."""
    found = block.attrs
    attrs: dict[str, Any] = {
        key: visible(found[key]) if isinstance(found.get(key), str) else ""
        for key in ("by", "media", "alt", "credit", "title", "label")
    }
    level = found.get("level")
    attrs["level"] = level if type(level) is int and 2 <= level <= 4 else 2
    attrs["header"] = found.get("header") is True
    url = safe_href(found.get("url")) or ""
    attrs["url"] = "" if url.startswith("mailto:") else url
    return attrs


def _element(kind: str, inner: SafeString, attrs: dict[str, Any]) -> str:
    if kind == "divider":
        return "<hr>"
    if kind == "embed":
        return _embed(inner, attrs)
    if kind == "figure":
        return _figure(inner, attrs)
    if not inner:
        return ""
    if kind == "heading":
        return format_html("<h{0}>{1}</h{0}>", attrs["level"], inner)
    if kind == "quote":
        by = format_html('<p class="by">{}</p>', attrs["by"]) if attrs["by"] else ""
        return format_html("<blockquote><p>{}</p>{}</blockquote>", inner, by)
    if kind == "verse":
        return format_html('<p class="verse">{}</p>', inner)
    return format_html("<p>{}</p>", inner)


def _figure(inner: SafeString, attrs: dict[str, Any]) -> str:
    """What can be said of a picture without the picture; a page that has the file draws it from `attrs`."""
    credit = format_html(' <span class="credit">{}</span>', attrs["credit"]) if attrs["credit"] else ""
    missing = format_html('<p class="missing">{}</p>', attrs["alt"] or gettext("Picture"))
    return format_html("<figure>{}<figcaption>{}{}</figcaption></figure>", missing, inner, credit)


def _embed(inner: SafeString, attrs: dict[str, Any]) -> str:
    """An embed is a link in words: nothing of another site is loaded into the page."""
    words = format_html("<p>{}</p>", inner) if inner else ""
    title = attrs["title"] or attrs["url"] or gettext("Embedded content")
    if not attrs["url"]:
        return format_html('<div class="embed"><p>{}</p>{}</div>', title, words)
    link = format_html('<a href="{}" rel="nofollow noopener">{}</a>', attrs["url"], title)
    return format_html('<div class="embed"><p>{}</p>{}</div>', link, words)


def _teaser(
    block: StoredBlock, line: _Line, index: int, number: int | None, attrs: dict[str, Any]
) -> RenderedBlock:
    cut = len(attrs["label"]) if block.text.startswith(attrs["label"]) else 0
    label = "".join(line.draw(0, cut, links=False, refs=False)) if cut else ""
    rest = "".join(line.draw(cut, links=False, refs=False))
    refs = "".join(map(_reference, line.marks))
    lab = f'<span class="lab">{label}</span>' if label else ""
    html = f'<p class="more">{lab}<span class="hl">{rest}</span>{refs}</p>' if line.text else ""
    return RenderedBlock(
        index,
        number,
        "teaser",
        mark_safe(html),
        line.text,
        line.keys,
        inner=mark_safe(label + rest + refs),
        attrs=attrs,
        label=mark_safe(label),
        rest=mark_safe(rest),
        refs=mark_safe(refs),
    )


def _table(block: StoredBlock, line: _Line) -> str:
    if not block.text:
        return ""
    rows, place = [], 0
    for row in block.text.split("\n"):
        cells = []
        for cell in row.split("\t"):
            cells.append("".join(line.draw(place, place + len(cell))))
            place += len(cell) + 1
        rows.append(cells)
    head = _table_head(rows.pop(0)) if block.attrs.get("header") is True else ""
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    body = f"<tbody>{lines}</tbody>" if lines else ""
    label = escape(gettext("Table"))
    return f'<div class="printed-table" role="region" tabindex="0" aria-label="{label}"><table>{head}{body}</table></div>'


def _table_head(cells: list[str]) -> str:
    # A heading cell without words would be announced as an empty heading.
    drawn = "".join(f'<th scope="col">{cell}</th>' if cell else "<td></td>" for cell in cells)
    return f"<thead><tr>{drawn}</tr></thead>"


def _list(blocks: list[StoredBlock], lines: list[_Line]) -> str:
    """Consecutive items as nested lists."""
    out: list[str] = []
    open_lists: list[str] = []
    for block, line in zip(blocks, lines, strict=True):
        if not block.text:
            continue
        depth = block.attrs.get("depth")
        depth = min(depth, len(open_lists)) if type(depth) is int and depth >= 0 else 0
        tag = "ol" if block.attrs.get("ordered") is True else "ul"
        while len(open_lists) > depth + 1 or (len(open_lists) == depth + 1 and open_lists[-1] != tag):
            out.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) > depth:
            out.append("</li><li>")
        else:
            open_lists.append(tag)
            out.append(f"<{tag}><li>")
        out.extend(line.draw())
    out.extend(f"</li></{tag}>" for tag in reversed(open_lists))
    return "".join(out)
