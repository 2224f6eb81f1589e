"""Draws stored text: blocks, spans and claim marks become HTML here and nowhere else.

Everything is escaped, whatever is stored: a damaged span loses its formatting, an unsafe link its address, a mark that
does not fit one block is not drawn; nothing raises. Marks are cut into flat runs and stand innermost, so the page
without marks is the same page with the marks taken out. This module knows numbers and words, never claims; it is the
only one that calls `mark_safe`. The interface of stored text is imported from here.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.attrs import MAX_DEPTH, uid
from articles.blocks import (
    MAX_BLOCKS,
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
    paragraph_numbers,
    stored_blocks,
    text_sha256,
)
from articles.runs import Line, Mark, link_relation, sound_marks
from articles.spans import safe_href
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

NOTHING = SafeString()


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
    inner: SafeString = NOTHING
    attrs: dict[str, Any] = field(default_factory=dict)
    label: SafeString = NOTHING
    rest: SafeString = NOTHING
    refs: SafeString = NOTHING


def render_line(text: str, marks: Sequence[Mark] = (), *, taken: set[str] | None = None) -> SafeString:
    """A headline or standfirst with its marks. Pass one `taken` set to every call of a page to keep ids unique."""
    return render_inline(text, (), marks, taken=taken)


def render_inline(
    text: str, spans: Any, marks: Sequence[Mark] = (), *, offset: int = 0, taken: set[str] | None = None
) -> SafeString:
    """The words of one block with spans (counted in the block) and marks (counted in the field, from `offset` on)."""
    text = text if isinstance(text, str) else ""
    inside = [mark for mark in sound_marks(marks) if offset <= mark.start and mark.end <= offset + len(text)]
    ids = set() if taken is None else taken
    return mark_safe(Line(text, spans, inside, offset, ids).draw())


def render_blocks(
    body: Any, marks: Sequence[Mark] = (), *, taken: set[str] | None = None, starts: bool = False
) -> list[RenderedBlock]:
    """The rows of the sheet in order. A mark that does not lie in one block and one cell is not drawn.

    With `starts`, for the desk, the element that holds the words of a block or a cell (and nothing else but
    references) says in `data-start` at which code point of the field they begin.
    """
    blocks = stored_blocks(body)
    numbers = paragraph_numbers(body)
    placed = _marks_by_block(blocks, block_ranges(body), marks)
    ids = set() if taken is None else taken
    rows = []
    for indexes in _rows(blocks):
        lines = [
            Line(blocks[i].text, blocks[i].spans, placed[i][1], placed[i][0], ids, starts) for i in indexes
        ]
        row = _rendered([blocks[i] for i in indexes], lines, indexes[0], numbers[indexes[0]])
        if row.html:
            rows.append(row)
    return rows


def _marks_by_block(
    blocks: list[StoredBlock], ranges: list[tuple[int, int]], marks: Sequence[Mark]
) -> list[tuple[int, list[Mark]]]:
    """For each block where it starts and the marks that lie wholly inside it (and inside one cell)."""
    sound = sound_marks(marks)
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


def _rendered(blocks: list[StoredBlock], lines: list[Line], index: int, number: int | None) -> RenderedBlock:
    block, line = blocks[0], lines[0]
    if block.kind == "item":
        html, kind, text = _list(blocks, lines), "list", "\n".join(block.text for block in blocks)
        keys = tuple(key for line in lines for key in line.keys)
        return RenderedBlock(index, number, kind, mark_safe(html), visible(text), keys)
    attrs = _attrs(block)
    if block.kind == "teaser":
        return _teaser(block, line, index, number, attrs)
    inner = mark_safe(line.draw()) if block.kind != "table" else NOTHING
    if block.kind == "figure":
        inner = _held(line, inner)
    html = _table(block, line, number) if block.kind == "table" else _element(block.kind, inner, attrs, line)
    kind = block.kind if block.kind in ELEMENTS_OF_KIND else "paragraph"
    return RenderedBlock(index, number, kind, mark_safe(html), line.text, line.keys, inner, attrs)


ELEMENTS_OF_KIND = frozenset({"heading", "quote", "verse", "table", "figure", "embed", "divider"})


def _attrs(block: StoredBlock) -> dict[str, Any]:
    """The attributes a page may use, each of its type; an unsafe address is empty."""
    found = block.attrs
    attrs: dict[str, Any] = {
        key: visible(found[key]) if isinstance(found.get(key), str) else ""
        for key in ("by", "alt", "credit", "title", "label")
    }
    attrs["media"] = uid(found.get("media")) or ""
    level = found.get("level")
    attrs["level"] = level if type(level) is int and 2 <= level <= 4 else 2
    attrs["header"] = found.get("header") is True
    url = safe_href(found.get("url")) or ""
    attrs["url"] = "" if url.startswith("mailto:") else url
    return attrs


def _begins(line: Line) -> SafeString:
    """For the desk, the attribute that says where the words of an element begin; nothing on readers' pages."""
    return format_html(' data-start="{}"', line.offset) if line.says_start and line.text else NOTHING


def _held(line: Line, inner: SafeString) -> SafeString:
    """For the desk, the words in an element of their own where their element holds other things too."""
    begins = _begins(line)
    return format_html("<span{}>{}</span>", begins, inner) if begins else inner


def _element(kind: str, inner: SafeString, attrs: dict[str, Any], line: Line) -> str:
    begins = _begins(line)
    if kind == "divider":
        return "<hr>"
    if kind == "embed":
        return _embed(inner, attrs, begins)
    if kind == "figure":
        return _figure(inner, attrs)
    if not inner:
        return ""
    if kind == "heading":
        return format_html("<h{0}{2}>{1}</h{0}>", attrs["level"], inner, begins)
    if kind == "quote":
        by = format_html('<p class="by">{}</p>', attrs["by"]) if attrs["by"] else ""
        return format_html("<blockquote><p{}>{}</p>{}</blockquote>", begins, inner, by)
    if kind == "verse":
        return format_html('<p class="verse"{}>{}</p>', begins, inner)
    return format_html("<p{}>{}</p>", begins, inner)


def _figure(inner: SafeString, attrs: dict[str, Any]) -> str:
    """What can be said of a picture without the picture; a page that has the file draws it from `attrs`."""
    credit = format_html(' <span class="credit">{}</span>', attrs["credit"]) if attrs["credit"] else ""
    missing = format_html('<p class="missing">{}</p>', attrs["alt"] or gettext("Picture"))
    return format_html("<figure>{}<figcaption>{}{}</figcaption></figure>", missing, inner, credit)


def _embed(inner: SafeString, attrs: dict[str, Any], begins: SafeString) -> str:
    """An embed is a link in words: nothing of another site is loaded into the page."""
    words = format_html("<p{}>{}</p>", begins, inner) if inner else ""
    title = attrs["title"] or attrs["url"] or gettext("Embedded content")
    if not attrs["url"]:
        return format_html('<div class="embed"><p>{}</p>{}</div>', title, words)
    link = format_html('<a href="{}"{}>{}</a>', attrs["url"], link_relation(attrs["url"]), title)
    return format_html('<div class="embed"><p>{}</p>{}</div>', link, words)


def _teaser(
    block: StoredBlock, line: Line, index: int, number: int | None, attrs: dict[str, Any]
) -> RenderedBlock:
    cut = _end_of_label(block)
    label = line.draw(0, cut, bare=True) if cut else ""
    rest = line.draw(cut, bare=True)
    refs = line.references()
    lab = f'<span class="lab">{label}</span>' if label else ""
    html = (
        f'<p class="more"{_begins(line)}>{lab}<span class="hl">{rest}</span>{refs}</p>' if line.text else ""
    )
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


def _end_of_label(block: StoredBlock) -> int:
    """Where the other article's headline begins: after the label and the space behind it."""
    label = block.attrs.get("label")
    if not isinstance(label, str) or not block.text.startswith(label):
        return 0
    return len(block.text) - len(block.text[len(label) :].lstrip()) if label else 0


def _table(block: StoredBlock, line: Line, number: int | None) -> str:
    if not block.text:
        return ""
    has_head = block.attrs.get("header") is True
    rows, place = [], 0
    for row in block.text.split("\n"):
        # Drawn at once: a big table's cells kept as objects cost more than their words.
        draw = _head_cell if has_head and not rows else _cell
        cells = []
        for cell in row.split("\t"):
            cells.append(draw(line.cell(place, place + len(cell))))
            place += len(cell) + 1
        rows.append("".join(cells))
    head = f"<thead><tr>{rows.pop(0)}</tr></thead>" if has_head else ""
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    body = f"<tbody>{lines}</tbody>" if lines else ""
    label = escape(gettext("Table, paragraph %(number)d") % {"number": number or 0})
    table = f"<table>{head}{body}</table>"
    # It may be wider than a phone: what scrolls must be reachable by keyboard, and have a name.
    return f'<div class="printed-table" role="region" tabindex="0" aria-label="{label}">{table}</div>'


def _cell(cell: Line) -> str:
    return f"<td{_begins(cell)}>{cell.draw()}</td>"


def _head_cell(cell: Line) -> str:
    # A heading cell without words would be announced as an empty heading.
    return f'<th scope="col"{_begins(cell)}>{cell.draw()}</th>' if cell.text else "<td></td>"


def _list(blocks: list[StoredBlock], lines: list[Line]) -> str:
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
        out.append(_held(line, mark_safe(line.draw())))
    out.extend(f"</li></{tag}>" for tag in reversed(open_lists))
    return "".join(out)
