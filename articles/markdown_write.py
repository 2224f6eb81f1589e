"""Writes stored blocks as the Markdown an editor sees, one chunk for each block, none with an empty line inside.

A chunk is tried as a person would write it, then with every sign escaped; whoever calls says whether it reads back.
What Markdown cannot write stands as one protected line.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from articles.markdown_inline import Writer
from articles.spans import Span
from newsroom.core.hygiene import visible

Block = dict[str, Any]
ReadsBack = Callable[[str, Block], bool]


def chunk_of(block: Block, reads_back: ReadsBack) -> str | None:
    """The source of one block, outermost and numbered 1 where it is an item; None where Markdown cannot write it."""
    write = WRITERS.get(block["kind"])
    if write is None:
        return None
    for light in (True, False):
        chunk = write(block, light)
        if chunk is not None and reads_back(chunk, block):
            return chunk
    return None


def protected_line(index: int, block: Any) -> str:
    """The line that stands for a stored block; it names the block and carries a check of all that is stored."""
    stored = block if isinstance(block, dict) else {}
    kind, text, attrs = stored.get("kind"), stored.get("text"), stored.get("attrs")
    kind = visible(kind)[:20] if isinstance(kind, str) and kind.isidentifier() else "block"
    attrs = attrs if isinstance(attrs, dict) else {}
    shown = next(
        (w for w in (text, *map(attrs.get, ("title", "alt", "url"))) if isinstance(w, str) and w.strip()), ""
    )
    words = visible(" ".join(shown.split())[:40].strip()).replace("}", ")")
    check = hashlib.sha256(json.dumps(block, sort_keys=True, default=str).encode()).hexdigest()[:8]
    return f"{{{{block {index + 1}: {kind} “{words}” #{check}}}}}"


class ListSigns:
    """Numbers and indents the items of a body, which are written one chunk each."""

    def __init__(self) -> None:
        self.open: list[tuple[bool, int]] = []  # of each level: ordered, how many items so far

    def next(self, block: Any) -> tuple[int, str]:
        """How far the next block is indented, and its sign."""
        attrs = block["attrs"]
        depth = min(attrs["depth"], len(self.open))
        ordered, count = self.open[depth] if depth < len(self.open) else (attrs["ordered"], 0)
        count = count + 1 if ordered == attrs["ordered"] else 1
        self.open[depth:] = [(attrs["ordered"], count)]
        return sum(len(_sign(*level)) for level in self.open[:depth]), _sign(attrs["ordered"], count)

    def end(self) -> None:
        self.open = []


def _sign(ordered: bool, count: int) -> str:
    return f"{count}. " if ordered else "- "


def indented(chunk: str, indent: int, sign: str) -> str:
    """An item's chunk, written as the first item of an outermost list, moved to its place."""
    first, *more = chunk.split("\n")
    words = first.split(" ", 1)[1]
    return "\n".join(
        [" " * indent + sign + words, *(" " * (indent + len(sign)) + line.lstrip(" ") for line in more)]
    )


def _paragraph(block: Block, light: bool) -> str:
    return Writer(light=light).write(block["text"], block["spans"])


def _heading(block: Block, light: bool) -> str:
    words = Writer(light=light, also=r"#\Z").write(block["text"], block["spans"])
    return "#" * block["attrs"]["level"] + " " + words


def _quote(block: Block, light: bool) -> str:
    words = Writer(light=light).write(block["text"], block["spans"])
    by = block["attrs"].get("by", "")
    if by:
        words += "\n[by] " + Writer(light=light).write(by, [])
    return "\n".join(f"> {line}" for line in words.split("\n"))


def _item(block: Block, light: bool) -> str:
    sign = _sign(block["attrs"]["ordered"], 1)
    words = Writer(light=light).write(block["text"], block["spans"])
    return sign + words.replace("\n", "\n" + " " * len(sign))


def _verse(block: Block, light: bool) -> str:
    words = Writer(light=light, line_end="\n", tabs=True).write(block["text"], block["spans"])
    return "\n".join(f"| {line}" for line in words.split("\n"))


def _teaser(block: Block, light: bool) -> str:
    """The label in brackets; a span over label and rest is written in two parts, which read as one."""
    cut = len(block["attrs"]["label"])
    head = Writer(light=light, also=r"[\[\]]").write(*_part(block, 0, cut))
    rest = Writer(light=light, also=r"\A[({]").write(*_part(block, cut, len(block["text"])))
    return f"[{head}]{rest}"


def _part(block: Block, first: int, last: int) -> tuple[str, list[Span]]:
    """The text from first to last, and the spans clipped to it."""
    spans = []
    for span in block["spans"]:
        start, end = max(span["start"], first), min(span["end"], last)
        if start < end:
            spans.append({**span, "start": start - first, "end": end - first})
    return block["text"][first:last], spans


def _figure(block: Block, light: bool) -> str:
    """The picture on a line of its own; its caption follows."""
    attrs = block["attrs"]
    alt = Writer(light=light, also=r"[\[\]]").write(attrs["alt"], [])
    credit = re.sub(r'([\\"&])', r"\\\1", attrs["credit"])
    line = f"![{alt}](media:{attrs['media']}" + (f' "{credit}")' if credit else ")")
    caption = Writer(light=light).write(block["text"], block["spans"])
    return f"{line}\n{caption}" if caption else line


def _table(block: Block, light: bool) -> str | None:
    rows = [list(_cells(row, light)) for row in _row_spans(block)]
    header = block["attrs"]["header"]
    if header and not any(rows[0]):
        return None
    if not header:
        rows.insert(0, [""] * len(rows[0]))
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row_spans(block: Block) -> Iterator[list[tuple[str, list[Any]]]]:
    """For each row its cells, each with its spans counted in the cell."""
    place, waiting = 0, list(block["spans"])
    for row in block["text"].split("\n"):
        cells = []
        for cell in row.split("\t"):
            inside = []
            while waiting and waiting[0]["start"] < place + len(cell):
                span = waiting.pop(0)
                inside.append({**span, "start": span["start"] - place, "end": span["end"] - place})
            cells.append((cell, inside))
            place += len(cell) + 1
        yield cells


def _cells(row: list[tuple[str, list[Any]]], light: bool) -> Iterator[str]:
    for text, spans in row:
        yield Writer(light=light, also=r"\|").write(text, spans)


WRITERS: dict[str, Callable[[Block, bool], str | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "quote": _quote,
    "item": _item,
    "verse": _verse,
    "teaser": _teaser,
    "figure": _figure,
    "table": _table,
    "divider": lambda block, light: "---",
}
