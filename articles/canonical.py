"""The canonical text of a version: how fields and blocks join, where each block stands, and what is hashed.

Body text is the texts of the blocks joined by a blank line; a block without words (a divider, a figure without a
caption) adds nothing, no blank line either. All offsets are code points, half-open. The functions that read a stored
body take whatever is stored: what is not a body reads as empty, what is not a block as a block without words.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.utils.translation import gettext_lazy as _

from articles.blocks import BodyError
from newsroom.core.hygiene import Refusal, cuts_character

SEPARATOR = "\n\n"
# What readers do not count as a paragraph and cite by number.
UNNUMBERED = frozenset({"heading", "figure", "embed", "divider"})


class SpanRefused(Refusal):
    """Words that cannot carry a mark; the message says why. `code`: bounds, blocks, cells or character."""


@dataclass(frozen=True, slots=True)
class StoredBlock:
    """One block as stored, each field of the right type whatever the database holds."""

    kind: str
    text: str
    spans: Sequence[Any]
    attrs: Mapping[str, Any]


def stored_blocks(body: Any) -> list[StoredBlock]:
    """The blocks of a stored body, trusted in nothing but their order."""
    blocks = body.get("blocks") if isinstance(body, Mapping) else None
    return [_stored_block(block) for block in blocks] if isinstance(blocks, (list, tuple)) else []


def _stored_block(raw: Any) -> StoredBlock:
    block = raw if isinstance(raw, Mapping) else {}
    kind, text, spans, attrs = (block.get(key) for key in ("kind", "text", "spans", "attrs"))
    return StoredBlock(
        kind=kind if isinstance(kind, str) else "",
        text=text if isinstance(text, str) else "",
        spans=spans if isinstance(spans, (list, tuple)) else (),
        attrs=attrs if isinstance(attrs, Mapping) else {},
    )


def body_text(body: Any) -> str:
    """The body's canonical text: the texts of its blocks that have words, joined by a blank line."""
    return SEPARATOR.join(block.text for block in stored_blocks(body) if block.text)


def canonical_text(headline: str, standfirst: str, body: Any) -> str:
    """A version's canonical text: headline, standfirst and body, those that have words, joined by a blank line."""
    return SEPARATOR.join(field for field in (headline, standfirst, body_text(body)) if field)


def text_sha256(headline: str, standfirst: str, body: Any) -> str:
    """SHA-256 (hex) over the canonical text in UTF-8: changes when a printed word does."""
    return hashlib.sha256(canonical_bytes(headline, standfirst, body)).hexdigest()


def canonical_bytes(headline: str, standfirst: str, body: Any) -> bytes:
    """The canonical text as it is hashed and handed out."""
    # Lone surrogates are never stored by us; a hostile row that has them gets bytes and a hash like any other.
    return canonical_text(headline, standfirst, body).encode("utf-8", "surrogatepass")


def content_sha256(headline: str, standfirst: str, body: Any) -> str:
    """SHA-256 (hex) over headline, standfirst and body in RFC 8785 form: changes when anything stored does.

    Raises BodyError for a body that has no such form (numbers beyond 2**53, lone surrogates).
    """
    content = {"headline": headline, "standfirst": standfirst, "body": body}
    try:
        return hashlib.sha256(rfc8785.dumps(content)).hexdigest()
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise BodyError(
            _("The body cannot be hashed: it holds a value that JSON cannot carry everywhere.")
        ) from error


def block_ranges(body: Any) -> list[tuple[int, int]]:
    """Start and end of each block in `body_text`. A block without words is an empty range after the words before."""
    ranges, end = [], 0
    for block in stored_blocks(body):
        start = end + len(SEPARATOR) if block.text and end else end
        end = start + len(block.text)
        ranges.append((start, end))
    return ranges


def paragraph_numbers(body: Any) -> list[int | None]:
    """For each block the paragraph number readers see (from 1), or None. All items of one list share a number."""
    numbers: list[int | None] = []
    count, in_list = 0, False
    for block in stored_blocks(body):
        counts = bool(block.text) and block.kind not in UNNUMBERED
        is_item = block.kind == "item"
        if counts and not (is_item and in_list):
            count += 1
        in_list = is_item and (in_list or counts)
        numbers.append(count if counts else None)
    return numbers


def block_at(body: Any, start: int, end: int) -> int:
    """Index of the one block (and, in a table, the one cell) that holds `[start, end)` of `body_text`.

    Raises SpanRefused where the words are empty, leave the text, cross blocks or cells, or cut a character in two.
    """
    blocks, ranges = stored_blocks(body), block_ranges(body)
    if (
        type(start) is not int
        or type(end) is not int
        or not 0 <= start < end <= (ranges[-1][1] if ranges else 0)
    ):
        raise SpanRefused(_("Mark at least one character, inside the text."), code="bounds")
    index = bisect_right(ranges, (start, len(SEPARATOR) + ranges[-1][1])) - 1
    first, last = ranges[index]
    if not first <= start < end <= last:
        raise SpanRefused(_("Mark words inside one paragraph; a mark for each paragraph."), code="blocks")
    check_words(blocks[index], start - first, end - first)
    return index


def check_words(block: StoredBlock, start: int, end: int) -> None:
    """Whether `[start, end)` of one block's text can carry a mark. Raises SpanRefused."""
    if block.kind == "table" and ("\t" in block.text[start:end] or "\n" in block.text[start:end]):
        raise SpanRefused(_("Mark words inside one cell of the table."), code="cells")
    if cuts_character(block.text, start) or cuts_character(block.text, end):
        raise SpanRefused(
            _("The mark cuts a letter from its accent or an emoji in two. Mark it whole."), code="character"
        )
