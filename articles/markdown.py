"""Markdown as the editor's source of a body: written from what is stored, read back into what is stored.

Opening and saving changes nothing, whatever is stored: a chunk of source (what stands between empty lines) that is as
`to_markdown` wrote it keeps its stored block and is not read. Only changed chunks are read. What Markdown cannot write
is one protected line that gives the stored block back.
"""

import json
import re
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.blocks import MAY_BE_EMPTY, SCHEMA, BodyError, canonical_body, paragraph_body
from articles.markdown_inline import InlineRefused, read_inline
from articles.markdown_read import Draft, MarkdownError, inline_parser, read_blocks
from articles.markdown_write import ListSigns, chunk_of, indented, protected_line
from articles.spans import Span
from articles.tidying import tidied
from newsroom.core.hygiene import LINE_ENDS, Refusal, TextRefused, clean_text, is_blank

__all__ = ["MarkdownError", "from_markdown", "paragraph_body", "to_markdown"]

Block = dict[str, Any]
# One line in which Markdown reads nothing: it needs no reading back.
PLAIN = re.compile(r"[^\\*_\[\]<>&{}|`~#=+\-\n\t!0-9][^\\*_\[\]<>&{}|\n\t]*")


def to_markdown(body: Any, *, previous: Any = None) -> str:
    """The source an editor sees: one chunk for each block, parted by empty lines. Never raises, whatever is stored.

    With `previous` it is source for `from_markdown(source, previous)`: a protected line names the block as it stands
    there. A block that does not stand there gets a line that is refused when it is read.
    """
    chunks = _chunks(body)
    if previous is not None:
        chunks = _renamed(chunks, _raw_blocks(body), _raw_blocks(previous))
    return "\n\n".join(chunks)


def _renamed(chunks: list[str], blocks: list[Any], known: list[Any]) -> list[str]:
    """The chunks with each protected line as the first equal block of `known` has it that no line before took."""
    places: dict[str, list[int]] = defaultdict(list)
    for place in reversed(range(len(known))):
        places[_stored(known[place])].append(place)
    renamed = []
    for number, (chunk, block) in enumerate(zip(chunks, blocks, strict=True)):
        if chunk.startswith("{{"):
            same = places[_stored(block)]
            chunk = protected_line(same.pop() if same else len(known) + number, block)
        renamed.append(chunk)
    return renamed


def _stored(block: Any) -> str:
    return json.dumps(block, sort_keys=True, default=str)


def from_markdown(source: str, previous: Any = None) -> dict[str, Any]:
    """The body that this source, made from `previous`, now says. Raises MarkdownError, which names the line.

    Source as `to_markdown(previous)` wrote it returns `previous` itself. Line ends may be CRLF and the white space
    around the source does not count.
    """
    chunks = _chunks(previous)
    if LINE_ENDS.sub("\n", source).strip() == "\n\n".join(chunks).strip():
        return previous if previous is not None else canonical_body({"schema": SCHEMA, "blocks": []})
    text = _cleaned(source)
    reading = _Reading(chunks, _raw_blocks(previous))
    drafts = read_blocks(text)
    blocks = reading.blocks(drafts, text)
    return _canonical(blocks, reading.lines)


def _raw_blocks(body: Any) -> list[Any]:
    blocks = body.get("blocks") if isinstance(body, dict) else None
    return list(blocks) if isinstance(blocks, (list, tuple)) else []


def _chunks(body: Any) -> list[str]:
    """The source of each stored block."""
    signs = ListSigns()
    return [_chunk(index, block, signs) for index, block in enumerate(_raw_blocks(body))]


def _chunk(index: int, block: Any, signs: ListSigns) -> str:
    chunk = chunk_of(block, _reads_back) if _is_canonical(block) else None
    if chunk is None or block["kind"] != "item":
        signs.end()
        return protected_line(index, block) if chunk is None else chunk
    return indented(chunk, *signs.next(block))


def _is_canonical(block: Any) -> bool:
    """Whether this block could be stored today, at whatever depth."""
    if isinstance(block, dict) and block.get("kind") == "item" and isinstance(block.get("attrs"), dict):
        depth = block["attrs"].get("depth")
        if type(depth) is not int or not 0 <= depth <= 5:
            return False
        outermost = {**block, "attrs": {**block["attrs"], "depth": 0}}
    else:
        outermost = block
    try:
        return canonical_body({"schema": SCHEMA, "blocks": [outermost]})["blocks"][0] == outermost
    except BodyError:
        return False


def _reads_back(chunk: str, block: Block) -> bool:
    """Whether the chunk by itself reads as exactly this block (as the outermost item, if it is one)."""
    if block["kind"] == "paragraph" and not block["spans"] and PLAIN.fullmatch(chunk):
        return True
    try:
        if clean_text(chunk) != chunk:
            return False
        drafts = read_blocks(chunk)
        read = [_block(draft) for draft in drafts]
        stored = canonical_body({"schema": SCHEMA, "blocks": read})["blocks"]
    except (MarkdownError, InlineRefused, TextRefused, BodyError):
        return False
    if block["kind"] == "item":
        block = {**block, "attrs": {**block["attrs"], "depth": 0}}
    return stored == [block]


def _cleaned(source: str) -> str:
    try:
        return clean_text(source)
    except TextRefused as refusal:  # its message says line and column already
        raise MarkdownError.of(refusal) from None


class _Reading:
    """Turns drafts into blocks, keeping the stored block where a chunk stands as it was written."""

    def __init__(self, chunks: list[str], stored: list[Any]) -> None:
        self.stored = stored
        self.protected = {
            protected_line(i, stored[i]): i for i, chunk in enumerate(chunks) if chunk.startswith("{{")
        }
        self.kept: dict[str, list[Any]] = defaultdict(list)
        for chunk, block in reversed(list(zip(chunks, stored, strict=True))):
            self.kept[chunk].append(block)
        self.used: set[int] = set()
        self.lines: list[int] = []

    def blocks(self, drafts: list[Draft], source: str) -> list[Any]:
        """The blocks in order; `lines` then holds the line of each, from 1."""
        blocks = []
        chunk_at = _chunk_starts(source)
        only = _drafts_that_are_a_chunk(drafts, chunk_at)
        for number, draft in enumerate(drafts):
            block = self._one(draft, chunk_at.get(draft.line) if number in only else None)
            if block is not None:
                blocks.append(block)
                self.lines.append(draft.line + 1)
        return _nested(blocks)

    def _one(self, draft: Draft, chunk: str | None) -> Any:
        if draft.kind == "protected":
            return self._protected(draft)
        stored = self.kept.get(chunk) if chunk is not None else None
        if stored and stored[-1]["kind"] == draft.kind:
            block = stored.pop() if len(stored) > 1 else stored[-1]
            return {**block, "attrs": draft.attrs} if draft.kind == "item" else block
        return _read(draft)

    def _protected(self, draft: Draft) -> Any:
        index = self.protected.get(draft.source)
        if index is None:
            raise MarkdownError(
                _("this protected line is not as it was. Put it back as it stood, or delete the whole line."),
                line=draft.line + 1,
            )
        if index in self.used:
            raise MarkdownError(
                _("this protected line stands here a second time. Delete one of the two."),
                line=draft.line + 1,
            )
        self.used.add(index)
        return self.stored[index]


def _chunk_starts(source: str) -> dict[int, str]:
    """The chunks of a source, by the line (from 0) on which each begins."""
    starts: dict[int, str] = {}
    lines = source.split("\n")
    first: int | None = None
    for number, line in enumerate([*lines, ""]):
        if line.strip(" \t"):
            first = number if first is None else first
        elif first is not None:
            starts[first] = "\n".join(lines[first:number])
            first = None
    return starts


def _drafts_that_are_a_chunk(drafts: list[Draft], chunk_at: dict[int, str]) -> set[int]:
    """Numbers of the drafts that begin a chunk and share it with no other draft."""
    lines = sorted(chunk_at)
    beginners = {}
    shared = set()
    position = -1
    for number, draft in enumerate(drafts):
        while position + 1 < len(lines) and lines[position + 1] <= draft.line:
            position += 1
        if position in beginners:
            shared.add(beginners[position])
        else:
            beginners[position] = number
    return set(beginners.values()) - shared


def _nested(blocks: list[Any]) -> list[Any]:
    """Items no deeper than one below the item before: an outer item may have been deleted."""
    deepest, nested = 0, []
    for block in blocks:
        if not isinstance(block, dict) or block.get("kind") != "item":
            deepest = 0
        else:
            depth = min(block["attrs"]["depth"], deepest)
            deepest = depth + 1
            block = {**block, "attrs": {**block["attrs"], "depth": depth}}
        nested.append(block)
    return nested


def _read(draft: Draft) -> Block | None:
    try:
        block = _block(draft)
    except (InlineRefused, TextRefused) as refusal:
        raise _on_line(draft.line + 1, refusal) from None
    if draft.kind == "figure" and is_blank(block["attrs"]["alt"]):
        raise MarkdownError(
            _("say what the picture shows, between the brackets: ![A gate, seen from the road](media:…)."),
            line=draft.line + 1,
        )
    return None if is_blank(block["text"]) and draft.kind not in MAY_BE_EMPTY else block


def _block(draft: Draft) -> Block:
    """The block of one draft. Raises InlineRefused or TextRefused."""
    if draft.kind == "table":
        return _table(draft)
    text, spans = read_inline(inline_parser(), draft.source, verse=draft.kind == "verse")
    attrs = dict(draft.attrs)
    if draft.kind == "teaser":
        label, before = read_inline(inline_parser(), attrs["label"])
        attrs["label"] = tidied("teaser", label, [])[0]
        text, spans = _after(label, text, spans)
        spans = before + spans
    for name in ("by", "alt"):
        if name in attrs:
            attrs[name] = _line(attrs[name])
    if draft.prefix:
        text, spans = _after(draft.prefix, text, spans)
    text, spans = tidied(draft.kind, text, spans)
    return {"kind": draft.kind, "text": text, "spans": spans, "attrs": attrs}


def _line(source: str) -> str:
    return tidied("heading", *read_inline(inline_parser(), source))[0]


def _after(before: str, text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    moved = [{**s, "start": s["start"] + len(before), "end": s["end"] + len(before)} for s in spans]
    return before + text, moved


def _table(draft: Draft) -> Block:
    texts, spans, place = [], [], 0
    for row in draft.rows:
        cells = []
        for source in row:
            text, inside = tidied("cell", *read_inline(inline_parser(), source))
            spans += [{**s, "start": s["start"] + place, "end": s["end"] + place} for s in inside]
            cells.append(text)
            place += len(text) + 1
        texts.append("\t".join(cells))
    return {"kind": "table", "text": "\n".join(texts), "spans": spans, "attrs": draft.attrs}


def _canonical(blocks: list[Any], lines: list[int]) -> dict[str, Any]:
    try:
        return canonical_body({"schema": SCHEMA, "blocks": blocks})
    except BodyError as error:
        raise _on_line(lines[error.block - 1] if error.block else None, error) from None


def _on_line(line: int | None, refusal: Refusal) -> MarkdownError:
    """The refusal as the editor reads it: with the line of the source, not of the block."""
    if "character" in refusal.params:
        message = _("the character %(character)s cannot be stored. Delete it.")
        return MarkdownError(message, line=line, character=refusal.params["character"])
    return MarkdownError.of(refusal, line=line)
