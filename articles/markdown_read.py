"""Reads an editor's Markdown into drafts of blocks: CommonMark without HTML, code and reference links, with our lines.

Our lines stand outside lists and quotes and begin a block of their own:
    {{block 3: embed “words” #1a2b3c4d}}     a stored block that Markdown cannot write
    ![What it shows](media:UID "Credit")     a picture; the lines that follow it are its caption
    [READ MORE:] Headline of the other article
    | a line of verse
    | cell | cell |                          a table, when a row of dashes follows the first row
and the last line of a quote may say who is quoted: `> [by] A name`. Words are never lost: what has no kind of block
of its own becomes a paragraph, or is refused with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from articles.attrs import MAX_DEPTH
from articles.markdown_inline import InlineRefused, brackets, only_plain_autolinks, picture, read_inline
from newsroom.core.hygiene import Refusal

MAX_NESTING = 60
PROTECTED = "{{block"
SIGN_OR_BRACKET = re.compile(r"\\.|[\[\]]")
FIGURE_TAIL = re.compile(r"\(media:([^\s()\"<>]*)(?:[ \t]+\"((?:\\.|[^\"\\])*)\")?[ \t]*\)[ \t]*")
BY_LINE = re.compile(r"\n[ \t]*\[by\][ \t]+([^\n]*)\Z")
DASHES = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


class MarkdownError(Refusal):
    """Source that cannot be taken. `line` counts from 1 (None: the source as a whole)."""

    def __init__(self, template: Any, *, line: int | None = None, **params: Any) -> None:
        super().__init__(template, code="markdown", **params)
        self.line = line

    @classmethod
    def of(cls, refusal: Refusal, *, line: int | None = None) -> "MarkdownError":
        """The same refusal, on this line (None: its message says the line itself)."""
        error = cls(refusal.template, line=line)
        error.params = refusal.params
        return error

    def __str__(self) -> str:
        problem = super().__str__()
        if self.line is None:
            return problem
        return str(_("Line %(line)d: %(problem)s")) % {"line": self.line, "problem": problem}


@dataclass(slots=True)
class Draft:
    """A block as it stands in the source: its kind, its first line (from 0), its words still in Markdown.

    `source` is the words; a table has `rows` of cells instead. `prefix` is words that Markdown took for a sign.
    """

    kind: str
    line: int
    source: str = ""
    attrs: dict[str, Any] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    prefix: str = ""


def read_blocks(source: str) -> list[Draft]:
    """The blocks of the source in order. Raises MarkdownError."""
    tokens = parser().parse(source)
    for token in tokens:
        if token.level >= MAX_NESTING - 1:
            raise MarkdownError(
                _("lists and quotes stand too deep inside each other. Take signs at the line's start away."),
                line=(token.map or [0])[0] + 1,
            )
    return list(_Walk().drafts(tokens))


@cache
def parser() -> MarkdownIt:
    """Block structure only; the words of a block are read by `read_inline` when they have changed."""
    made = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    made.disable(["code", "fence", "html_block", "lheading", "reference", "backticks", "html_inline"])
    made.core.ruler.enableOnly(["normalize", "block"])
    _add_rules(made)
    return made


@cache
def inline_parser() -> MarkdownIt:
    """The parser for the words of one block."""
    made = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    made.disable(["backticks", "html_inline"])
    made.inline.ruler.at("link", brackets)
    made.inline.ruler.at("image", picture)
    made.inline.ruler.before("autolink", "only_plain_autolinks", only_plain_autolinks)
    # Addresses are kept as typed: what is safe is decided by `safe_href`, and nothing is percent-encoded unseen.
    made.normalizeLink = made.normalizeLinkText = lambda url: url  # type: ignore[method-assign]
    made.validateLink = lambda url: True  # type: ignore[method-assign]
    return made


def _add_rules(made: MarkdownIt) -> None:
    for name, rule in (
        ("protected", _protected),
        ("teaser", _teaser),
        ("figure", _figure),
        ("rows", _rows),
    ):
        made.block.ruler.before("blockquote", name, rule, {"alt": ["paragraph", "blockquote", "list"]})


def _line_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _push(state: StateBlock, kind: str, first: int, last: int, meta: dict[str, Any]) -> None:
    token = state.push(kind, "", 0)
    token.map = [first, last]
    token.meta = meta
    state.line = last


def _outside(state: StateBlock, line: int) -> bool:
    """Whether the line stands in no list and no quote."""
    return state.level == 0 or state.sCount[line] < state.blkIndent


def _protected(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    words = _line_of(state, line).rstrip()
    if not words.startswith(PROTECTED):
        return False
    if not silent:
        _push(state, "protected", line, line + 1, {"words": words})
    return True


def _teaser(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    words = _line_of(state, line)
    cut = _label_end(words) if words.startswith("[") and _outside(state, line) else 0
    if not cut:
        return False
    if not silent:
        _push(state, "teaser", line, line + 1, {"label": words[1:cut], "rest": words[cut + 1 :].rstrip()})
    return True


def _label_end(words: str) -> int:
    """Where the brackets around the label of a READ MORE line close, or 0: a label ends with a colon."""
    place = _bracket_end(words)
    if not place or words[place + 1 : place + 2] in ("(", "{"):
        return 0
    return place if _ends_with_colon(words[1:place]) else 0


def _bracket_end(words: str) -> int:
    """Where the bracket that begins the words closes, or 0."""
    depth = 0
    for sign in SIGN_OR_BRACKET.finditer(words):
        depth += {"[": 1, "]": -1}.get(sign[0], 0)
        if depth == 0:
            return sign.start()
    return 0


def _ends_with_colon(label: str) -> bool:
    if ":" not in label:
        return False
    try:
        return read_inline(inline_parser(), label)[0].endswith(":")
    except InlineRefused:
        return False  # what is wrong with it is said when the line is read as a paragraph


def _figure(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A picture on a line of its own, with its caption on the lines that follow."""
    words = _line_of(state, line)
    if not words.startswith("![") or not _outside(state, line):
        return False
    cut = _bracket_end(words[1:]) + 1
    tail = FIGURE_TAIL.fullmatch(words, cut + 1) if cut > 1 else None
    if tail is None:
        return False
    if silent:
        return True
    last = _paragraph_end(state, line + 1, end)
    meta = {"alt": words[2:cut], "media": tail[1], "credit": unescapeAll(tail[2] or "")}
    meta["caption"] = "\n".join(_line_of(state, i).strip() for i in range(line + 1, last))
    _push(state, "figure", line, last, meta)
    return True


def _paragraph_end(state: StateBlock, line: int, end: int) -> int:
    """The line before which words that go on from the line above end: an empty one, or one that begins a block."""
    rules = state.md.block.ruler.getRules("paragraph")
    while line < end and not state.isEmpty(line):
        if any(rule(state, line, end, True) for rule in rules):
            break
        line += 1
    return line


def _rows(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Verse and tables: lines that begin with a bar, and rows whose heading stands over a row of dashes."""
    words = _line_of(state, line)
    if "|" not in words or not _outside(state, line):
        return False
    is_table = _is_table(state, line, end, words)
    if not (is_table or words.startswith("|")):
        return False
    if silent:
        return True
    last = line + 1
    while last < end and not state.isEmpty(last) and (is_table or _line_of(state, last).startswith("|")):
        last += 1
    _push(
        state,
        "table" if is_table else "verse",
        line,
        last,
        {"lines": [_line_of(state, i) for i in range(line, last)]},
    )
    return True


def _is_table(state: StateBlock, line: int, end: int, words: str) -> bool:
    below = _line_of(state, line + 1) if line + 1 < min(end, state.lineMax) else ""
    return "|" in below and bool(DASHES.fullmatch(below)) and not DASHES.fullmatch(words)


class _Walk:
    """Goes through the tokens once, knowing in which list and quote it stands."""

    def __init__(self) -> None:
        self.lists: list[bool | None] = []  # ordered; None where the printed numbers are kept as words
        self.quotes = 0
        self.heading: int | None = None
        self.fresh = False  # at the first words of a list item
        self.number = ""

    def drafts(self, tokens: list[Token]) -> Iterator[Draft]:
        for token in tokens:
            if token.nesting == 0:
                yield from self._leaf(token)
            elif token.nesting == 1:
                self._enter(token)
            else:
                self._leave(token)

    def _enter(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            # A list that begins with 1986 is a sentence about a year, or goes on with another one's numbers.
            keeps_numbers = token.attrs.get("start", 1) != 1
            self.lists.append(None if keeps_numbers else token.type == "ordered_list_open")
        elif token.type == "list_item_open":
            self.fresh, self.number = True, token.info and token.info + token.markup
        elif token.type == "blockquote_open":
            self.quotes += 1
        elif token.type == "heading_open":
            self.heading = int(token.tag[1:])

    def _leave(self, token: Token) -> None:
        if token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type == "list_item_close":
            self.fresh = False
        elif token.type == "blockquote_close":
            self.quotes -= 1
        elif token.type == "heading_close":
            self.heading = None

    def _leaf(self, token: Token) -> Iterator[Draft]:
        line = token.map[0] if token.map else 0
        if token.type == "inline" and token.content:
            yield self._words(token.content, line)
        elif token.type == "hr":
            yield Draft("divider", line)
        elif token.type == "protected":
            if self.lists or self.quotes:
                raise MarkdownError(
                    _(
                        "a protected line must stand alone, outside lists and quotes. Put an empty line before it."
                    ),
                    line=line + 1,
                )
            yield Draft("protected", line, token.meta["words"])
        elif token.type == "teaser":
            yield Draft("teaser", line, token.meta["rest"], {"label": token.meta["label"]})
        elif token.type == "figure":
            attrs = {name: token.meta[name] for name in ("media", "alt", "credit")}
            yield Draft("figure", line, token.meta["caption"], attrs)
        elif token.type == "verse":
            yield from _verses(token.meta["lines"], line)
        elif token.type == "table":
            yield from _table(token.meta["lines"], line)

    def _words(self, content: str, line: int) -> Draft:
        fresh, self.fresh = self.fresh, False
        ordered = self.lists[-1] if self.lists else None
        if self.quotes:
            draft = _quote(content, line)
        elif fresh and ordered is not None:
            return self._item(content, line, ordered)
        elif self.heading and not fresh:
            return Draft("heading", line, content, {"level": min(4, max(2, self.heading))})
        else:
            draft = Draft("paragraph", line, content)
        if fresh and self.number and (ordered is None or self.quotes):
            draft.prefix = self.number + " "
        return draft

    def _item(self, content: str, line: int, ordered: bool) -> Draft:
        depth = sum(outer is not None for outer in self.lists) - 1
        if depth > MAX_DEPTH:
            raise MarkdownError(
                _("lists may stand %(limit)d deep inside each other. Move this item outwards."),
                line=line + 1,
                limit=MAX_DEPTH + 1,
            )
        return Draft("item", line, content, {"ordered": ordered, "depth": depth})


def _quote(content: str, line: int) -> Draft:
    by = BY_LINE.search(content)
    if not by or not by[1].strip():
        return Draft("quote", line, content)
    return Draft("quote", line, content[: by.start()], {"by": by[1]})


def _verses(lines: list[str], first: int) -> Iterator[Draft]:
    """One draft for each stanza: a bar alone parts them."""
    stanza: list[str] = []
    for number, line in enumerate([*lines, "|"], start=first):
        words = line[1:].removeprefix(" ").rstrip()
        if words:
            indent = len(words) - len(words.lstrip(" "))
            stanza.append("&#32;" * indent + words[indent:])
        elif stanza:
            yield Draft("verse", number - len(stanza), "\n".join(stanza))
            stanza = []


def _table(lines: list[str], first: int) -> Iterator[Draft]:
    rows = [_cells(line) for line in lines]
    width = len(rows[0])
    for number, row in enumerate(rows, start=first + 1):
        if len(row) != width:
            raise MarkdownError(
                _(
                    "this row of the table has %(cells)d cells, its first row %(width)d. Give every row as many."
                ),
                line=number,
                cells=len(row),
                width=width,
            )
    del rows[1]
    header = any(rows[0])
    if not header:
        del rows[0]
    if rows:
        yield Draft("table", first, attrs={"header": header}, rows=rows)


def _cells(line: str) -> list[str]:
    """The cells of a row: cut at every bar that is not escaped; bars at its ends are its frame."""
    line = line.strip().removeprefix("|")
    cells, start = [], 0
    for bar in re.finditer(r"\\.|\|", line):
        if bar[0] == "|":
            cells.append(line[start : bar.start()].strip())
            start = bar.end()
    last = line[start:].strip()
    return [*cells, last] if last or not cells else cells
