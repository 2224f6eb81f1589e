"""Pasted tables: rows and cells of a record; a table that only lays out a page is taken apart."""

from typing import Any

from articles.blocks import MAX_COLUMNS
from articles.pasting_losses import Losses
from articles.pasting_text import Block, writable
from articles.pasting_tree import Node
from articles.spans import Span

Cell = tuple[str, list[Span]]
NOT_IN_A_RECORD = ("table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre")


def is_for_looks(table: Node) -> bool:
    """Whether the table lays out a page: it has one column, or more than words in its cells."""
    widths = [sum(_reach(cell, "colspan") for cell in _cells(row)) for row in table.within("tr")]
    cells = [len(_cells(row)) for row in table.within("tr")]
    return (
        max(cells, default=0) < 2
        or max(widths) > MAX_COLUMNS
        or any(True for _each in table.within(*NOT_IN_A_RECORD))
    )


def _cells(row: Node) -> list[Node]:
    return [each for each in row.elements() if each.tag in ("td", "th")]


def _reach(cell: Node, name: str) -> int:
    """Over how many columns or rows a cell reaches."""
    given = cell.attrs.get(name, "1").strip()
    return max(1, int(given)) if given.isascii() and given.isdecimal() and len(given) < 6 else 1


def rows_of(table: Node, losses: Losses) -> tuple[list[list[Node | None]], bool]:
    """The cells of each row (None where a merged cell reaches), and whether the first row is a heading."""
    rows: list[list[Node | None]] = []
    below: dict[int, int] = {}  # of columns into which a cell above reaches: how many rows more
    for row in table.within("tr"):
        line: list[Node | None] = []
        for cell in _cells(row):
            _go_past(line, below)
            wide, high = _reach(cell, "colspan"), _reach(cell, "rowspan")
            losses.merged += wide > 1 or high > 1
            if high > 1:
                below |= {len(line) + column: high - 1 for column in range(wide)}
            line += [cell, *[None] * (wide - 1)]
        _go_past(line, below)
        rows.append(line)
    width = max(map(len, rows))
    return [line + [None] * (width - len(line)) for line in rows], _has_heading(table, rows)


def _go_past(line: list[Node | None], below: dict[int, int]) -> None:
    """Leave the columns free into which cells above reach."""
    while below.get(len(line)):
        below[len(line)] -= 1
        line.append(None)


def _has_heading(table: Node, rows: list[list[Node | None]]) -> bool:
    in_head = any(True for head in table.within("thead") for _row in head.within("tr"))
    return in_head or all(cell.tag == "th" for cell in rows[0] if cell)


def table_blocks(rows: list[list[Cell]], header: bool, losses: Losses) -> list[Block]:
    """The table as a block; without formatting, or as a paragraph for each row, where it cannot be written so."""
    header = header and any(text for text, _spans in rows[0])
    rows = [row for row in rows if any(text for text, _spans in row)]
    if not rows:
        return []
    block = _table(rows, header)
    plain = {**block, "spans": []}
    for candidate in (block, plain):
        if kept := writable(candidate):
            losses.formatting += bool(block["spans"]) and not kept["spans"]
            return [kept]
    losses.formatting += 1
    lines = (" | ".join(text for text, _spans in row if text) for row in rows)
    paragraphs = ({"kind": "paragraph", "text": line, "spans": [], "attrs": {}} for line in lines)
    return [kept for each in paragraphs if (kept := writable(each))]


def _table(rows: list[list[Cell]], header: bool) -> dict[str, Any]:
    lines, spans, place = [], [], 0
    for row in rows:
        for text, inside in row:
            spans += [{**each, "start": each["start"] + place, "end": each["end"] + place} for each in inside]
            place += len(text) + 1
        lines.append("\t".join(text for text, _spans in row))
    return {"kind": "table", "text": "\n".join(lines), "spans": spans, "attrs": {"header": header}}
