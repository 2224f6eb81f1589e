"""What a stored body may be: blocks of plain text with spans, in one canonical form, or a refusal that says why.

A body is `{"schema": 1, "blocks": [{"kind", "text", "spans", "attrs"}, ...]}`. Canonical means: every block has all
four keys; text passed `clean_text` and has no white space at the ends of its lines; spans are merged and sorted;
attrs hold exactly the keys of the kind. `canonical_body` is the one gate and a fixed point.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.attrs import Fault, canonical_attrs, clean_line, shown
from articles.spans import SpanFault, canonical_spans
from newsroom.core.hygiene import Refusal, TextRefused, clean_text, is_blank

SCHEMA = 1
KINDS = (
    "paragraph",
    "heading",
    "quote",
    "item",
    "verse",
    "table",
    "figure",
    "embed",
    "divider",
    "teaser",
)
MAY_BE_EMPTY = frozenset({"figure", "embed", "divider"})
ONE_LINE = frozenset({"heading", "teaser", "figure", "embed"})

MAX_TEXT_BYTES = 1_000_000  # UTF-8 bytes of the canonical text
MAX_HEADLINE = 300  # code points
MAX_STANDFIRST = 1000
MAX_BLOCKS = 5000
MAX_SPANS = 500  # in one block
MAX_COLUMNS = 50  # of a table


class BodyError(Refusal):
    """A body that cannot be stored. `block` counts from 1 (None: the body as a whole), `field` says what is wrong."""

    def __init__(self, template: Any, *, block: int | None = None, field: str = "", **params: Any) -> None:
        super().__init__(template, code="body", **params)
        self.block = block
        self.field = field

    def __str__(self) -> str:
        problem = super().__str__()
        if self.block is None:
            return problem
        return str(_("Block %(block)d, %(field)s: %(problem)s")) % {
            "block": self.block,
            "field": self.field,
            "problem": problem,
        }


def canonical_body(data: Any) -> dict[str, Any]:
    """The one form in which this body is stored. Raises BodyError, and nothing else, on whatever cannot be stored.

    `canonical_body(canonical_body(x)) == canonical_body(x)`, and the argument is never changed.
    """
    blocks = [_block_or_error(block, number) for number, block in enumerate(_raw_blocks(data), start=1)]
    _check_depths(blocks)
    size = sum(len(block["text"].encode()) + 2 for block in blocks if block["text"]) - 2
    if size > MAX_TEXT_BYTES:
        raise BodyError(
            _(
                "The text has %(size)d bytes; %(limit)d is the most that is stored. Split it into several articles."
            ),
            size=size,
            limit=MAX_TEXT_BYTES,
        )
    return {"schema": SCHEMA, "blocks": blocks}


def clean_headline(raw: str) -> str:
    """A headline as it is stored: one line of 1 to MAX_HEADLINE code points. Raises TextRefused."""
    headline = clean_line(
        raw, MAX_HEADLINE, _("The headline has %(length)d characters; %(limit)d is the most.")
    )
    if is_blank(headline):
        raise TextRefused(_("An article needs a headline. Type it as it was printed."), code="empty")
    return headline


def clean_standfirst(raw: str) -> str:
    """A standfirst as it is stored: one line of plain text, empty or up to MAX_STANDFIRST code points."""
    message = _("The standfirst has %(length)d characters; %(limit)d is the most.")
    standfirst = clean_line(raw, MAX_STANDFIRST, message)
    return "" if is_blank(standfirst) else standfirst


def paragraph_body(paragraphs: list[str]) -> dict[str, Any]:
    """A body of plain paragraphs, for importers; empty ones are left out. Raises BodyError."""
    texts = (tidy_text("paragraph", text) for text in paragraphs)
    blocks = [
        {"kind": "paragraph", "text": text, "spans": [], "attrs": {}} for text in texts if not is_blank(text)
    ]
    return canonical_body({"schema": SCHEMA, "blocks": blocks})


def table_text(rows: list[list[str]]) -> str:
    """The text of a table block: cells by tab, rows by line end, short rows filled up with empty cells."""
    width = max(map(len, rows), default=0)
    lines = ([" ".join(cell.split()) for cell in row] + [""] * (width - len(row)) for row in rows)
    return "\n".join("\t".join(line) for line in lines)


def tidy_text(kind: str, text: str) -> str:
    """Cleaned text without white space at the ends of lines and without empty lines. Raises TextRefused.

    Verse keeps the white space that begins a line; tables lose it around each cell.
    """
    text = _trimmed(kind, clean_text(text, multiline=kind not in ONE_LINE))
    if kind == "table":
        return text
    return "\n".join(line for line in text.split("\n") if line)


def _raw_blocks(data: Any) -> list[Any]:
    if not isinstance(data, Mapping):
        raise BodyError(_("A body is an object with “schema” and “blocks”."))
    if type(data.get("schema")) is not int or data["schema"] != SCHEMA:
        raise BodyError(_("The body's schema must be the number %(schema)d."), schema=SCHEMA)
    _only_known_keys(data, ("schema", "blocks"))
    blocks = data.get("blocks")
    if not isinstance(blocks, (list, tuple)):
        raise BodyError(_("“blocks” must be a list."))
    if len(blocks) > MAX_BLOCKS:
        raise BodyError(
            _("The body has %(count)d blocks; %(limit)d is the most. Split it into several articles."),
            count=len(blocks),
            limit=MAX_BLOCKS,
        )
    return list(blocks)


def _only_known_keys(data: Mapping[Any, Any], known: tuple[str, ...]) -> None:
    for key in data:
        if key not in known:
            raise BodyError(_("The body has an unknown key %(key)s. Remove it."), key=shown(key))


def _block_or_error(raw: Any, number: int) -> dict[str, Any]:
    try:
        return _canonical_block(raw)
    except Fault as fault:
        raise BodyError(fault.template, block=number, field=fault.field, **fault.params) from None
    except SpanFault as fault:
        raise BodyError(fault.template, block=number, field="spans", **fault.params) from None
    except TextRefused as refusal:
        raise BodyError(refusal.template, block=number, field="text", **refusal.params) from None


def _canonical_block(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise Fault("block", _("a block is an object with kind, text, spans and attrs."))
    for key in raw:
        if key not in ("kind", "text", "spans", "attrs"):
            raise Fault("block", _("unknown key %(key)s. Remove it."), key=shown(key))
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Fault(
            "kind",
            _("%(kind)s is not a kind of block. Use one of: %(kinds)s."),
            kind=shown(kind),
            kinds=", ".join(KINDS),
        )
    text = _canonical_text(kind, raw.get("text", ""))
    spans = _canonical_spans(kind, text, raw)
    return {
        "kind": kind,
        "text": text,
        "spans": spans,
        "attrs": canonical_attrs(kind, text, raw.get("attrs", {})),
    }


def _canonical_text(kind: str, raw: Any) -> str:
    text = _trimmed(kind, clean_text(raw, multiline=kind not in ONE_LINE))
    if kind == "divider" and text:
        raise Fault("text", _("a divider has no text. Make it a paragraph, or remove the words."))
    if text and (text[0] == "\n" or text[-1] == "\n" or "\n\n" in text):
        raise Fault("text", _("an empty line stands in or around the text. Remove it, or make two blocks."))
    if is_blank(text) and (text or kind not in MAY_BE_EMPTY):
        raise Fault("text", _("there are no words. Type them, or remove the block."))
    if kind == "table":
        _check_table(text)
    return text


def _trimmed(kind: str, text: str) -> str:
    if kind == "verse":
        return "\n".join(line.rstrip() for line in text.split("\n"))
    if kind == "table":
        rows = (row.split("\t") for row in text.split("\n"))
        return "\n".join("\t".join(cell.strip() for cell in row) for row in rows)
    return "\n".join(line.strip() for line in text.split("\n"))


def _check_table(text: str) -> None:
    widths = [row.count("\t") + 1 for row in text.split("\n")]
    if widths[0] > MAX_COLUMNS:
        raise Fault("text", _("a table has at most %(limit)d columns."), limit=MAX_COLUMNS)
    for row, width in enumerate(widths, start=1):
        if width != widths[0]:
            raise Fault(
                "text",
                _(
                    "row %(row)d has %(width)d cells, the first row %(first)d. Give every row as many, empty ones too."
                ),
                row=row,
                width=width,
                first=widths[0],
            )


def _canonical_spans(kind: str, text: str, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    spans = raw.get("spans", [])
    if not isinstance(spans, (list, tuple)):
        raise Fault("spans", _("spans must be a list."))
    if len(spans) > MAX_SPANS:
        raise Fault("spans", _("%(count)d spans; %(limit)d is the most."), count=len(spans), limit=MAX_SPANS)
    if spans and text != raw.get("text"):
        raise Fault(
            "spans",
            _(
                "the text changes when it is tidied (white space at line ends, letters in parts), "
                "so its spans would move. Send it tidied."
            ),
        )
    return canonical_spans(spans, text, cells=kind == "table")


def _check_depths(blocks: list[dict[str, Any]]) -> None:
    deepest = 0
    for number, block in enumerate(blocks, start=1):
        if block["kind"] != "item":
            deepest = 0
            continue
        if block["attrs"]["depth"] > deepest:
            raise BodyError(
                _("a list goes one level deeper at a time; the deepest this item may stand is %(depth)d."),
                block=number,
                field="depth",
                depth=deepest,
            )
        deepest = block["attrs"]["depth"] + 1
