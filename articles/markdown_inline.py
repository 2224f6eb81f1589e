"""The formatting inside one block, between Markdown and spans: `*words*`, links and `[words]{lang=ur}`.

Markdown has no signs for a language, for raised and for lowered words, and its stars cannot stand everywhere; such
spans are written `[words]{lang=ur}`, `[nd]{sup}`, `[2]{sub}`, `[words]{em}`, `[words]{strong}`.
"""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from articles.spans import SPAN_KINDS, Span, safe_href
from newsroom.core.hygiene import Refusal

BRACKETS = {"strong": "strong", "emphasis": "em", "sup": "sup", "sub": "sub"}
BRACKET_KINDS = {word: kind for kind, word in BRACKETS.items()}
BRACKET_TAIL = re.compile(r"\{(?:(em|strong|sup|sub)|lang=([A-Za-z0-9-]{2,35}))\}")
STARS = {"strong": "**", "emphasis": "*"}
STAR_TOKENS = {"strong_open": "strong", "em_open": "emphasis"}

# The signs that Markdown would read, each where it would read them.
SIGNS = re.compile(
    r"[\\*]|(?<![^\W_])_|_(?![^\W_])|&(?=#|[A-Za-z][A-Za-z0-9]*;)|<(?=[A-Za-z])"
    r"|^[#>|\[]|^[-+](?=[ \t]|$)|^-(?=[- \t]*$)|^\{(?=\{)",
    re.MULTILINE,
)
NUMBERED_LINE = re.compile(r"^[0-9]{1,9}([.)])(?=[ \t]|$)", re.MULTILINE)
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
OPEN_TO_MISREADING = re.compile(r"\][({]")
ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")

IN_POINTS = re.compile(r"<([^<>\s]*)>")


class InlineRefused(Refusal):
    """Words of one block that cannot be read; whoever reads the block adds the line."""


class Writer:
    """Writes text with its spans. Light: few signs, as a person would; else every sign escaped and only brackets.

    What is written may still read back otherwise, so whoever writes a block reads it back before using it.
    """

    def __init__(self, *, light: bool, line_end: str = "\\\n", also: str = "", tabs: bool = False) -> None:
        self.light, self.line_end, self.also, self.tabs = light, line_end, also, tabs

    def write(self, text: str, spans: list[Span]) -> str:
        characters = list(text)
        for index in self._signs(text, bool(spans)):
            characters[index] = "\\" + characters[index]
        for found in re.finditer("\n", text):
            characters[found.start()] = self.line_end
        for found in re.finditer("\t", text if self.tabs else ""):
            characters[found.start()] = "&#9;"  # Markdown would take it for an indent
        return "".join(self._with_spans(characters, spans))

    def _signs(self, text: str, has_spans: bool) -> set[int]:
        found = {match.start() for match in (SIGNS if self.light else PUNCTUATION).finditer(text)}
        found.update(match.start(1) for match in NUMBERED_LINE.finditer(text))
        if has_spans or OPEN_TO_MISREADING.search(text):
            found.update(match.start() for match in re.finditer(r"[\[\]]", text))
        if self.also:
            found.update(match.start() for match in re.finditer(self.also, text))
        return found

    def _with_spans(self, characters: list[str], spans: list[Span]) -> list[str]:
        out: list[str] = []
        stack: list[Span] = []
        edges = sorted(
            {0, len(characters), *(span["start"] for span in spans), *(span["end"] for span in spans)}
        )
        for here, there in zip(edges, [*edges[1:], len(characters)], strict=True):
            covering = _covering(spans, here)
            kept = 0
            while kept < min(len(stack), len(covering)) and stack[kept] is covering[kept]:
                kept += 1
            out.extend(self._close(span) for span in reversed(stack[kept:]))
            out.extend(self._open(span) for span in covering[kept:])
            stack = covering
            out.extend(characters[here:there])
        return out

    def _open(self, span: Span) -> str:
        return STARS[span["kind"]] if self.light and span["kind"] in STARS else "["

    def _close(self, span: Span) -> str:
        kind = span["kind"]
        if self.light and kind in STARS:
            return STARS[kind]
        if kind == "link":
            return f"]({_destination(span['href'])})"
        return f"]{{lang={span['lang']}}}" if kind == "lang" else f"]{{{BRACKETS[kind]}}}"


def _covering(spans: list[Span], place: int) -> list[Span]:
    """The spans over a place, outermost first: links, which must not be cut, then the rest."""
    covering = [span for span in spans if span["start"] <= place < span["end"]]
    return sorted(covering, key=lambda span: SPAN_KINDS.index(span["kind"]))


def _destination(href: str) -> str:
    escaped = ENTITY.sub(r"\\&", href)
    return f"<{escaped}>" if "(" in href or ")" in href else escaped


def read_inline(parser: MarkdownIt, source: str, *, verse: bool = False) -> tuple[str, list[Span]]:
    """The words and spans of one block's source, not tidied yet. Raises InlineRefused.

    A line end of the source is a space, in verse a line end; a backslash (or two spaces) before it always a line end.
    """
    reader = _Reader("\n" if verse else " ")
    for token in parser.parseInline(source)[0].children or []:
        reader.take(token)
    return "".join(reader.out), reader.spans


class _Reader:
    """Collects words and spans from the tokens of one block."""

    def __init__(self, soft_end: str) -> None:
        self.out: list[str] = []
        self.length = 0
        self.open: list[tuple[int, dict[str, Any]]] = []
        self.spans: list[Span] = []
        self.ends = {"softbreak": soft_end, "hardbreak": "\n"}

    def take(self, token: Token) -> None:
        if token.type == "image":
            raise InlineRefused(
                _(
                    "a picture stands on a line of its own, and its file is one uploaded here. "
                    "Put it in with the button “Picture”."
                ),
                code="image",
            )
        if token.nesting == 1:
            self.open.append((self.length, _opened(token)))
        elif token.nesting == -1:
            self._close(*self.open.pop())
        else:
            words = self.ends.get(token.type, token.content)
            self.out.append(words)
            self.length += len(words)

    def _close(self, start: int, span: dict[str, Any]) -> None:
        if start < self.length:
            self.spans.append({"start": start, "end": self.length, **span})
        elif span["kind"] == "link":
            raise InlineRefused(
                _("the link to %(href)s has no words. Put them between the brackets."),
                code="empty_link",
                href=span["href"],
            )


def _opened(token: Token) -> dict[str, Any]:
    if token.type in STAR_TOKENS:
        return {"kind": STAR_TOKENS[token.type]}
    if token.type == "link_open":  # an address in points; links in brackets are read by our own rule
        return _link({"href": token.attrs.get("href")})
    return _link(token.meta) if token.meta["kind"] == "link" else dict(token.meta)


def _link(span: dict[str, Any]) -> dict[str, Any]:
    href = safe_href(span["href"])
    if href is None:
        raise InlineRefused(
            _("%(href)s is no address for a link. It must begin with https://, http:// or mailto:."),
            code="href",
            href=str(span["href"])[:60] or "()",
        )
    if span.get("title"):
        raise InlineRefused(
            _("the title “%(title)s” of a link would not be shown. Take it out of the brackets."),
            code="title",
            title=span["title"][:60],
        )
    return {"kind": "link", "href": href}


def brackets(state: StateInline, silent: bool) -> bool:
    """The inline rule for `[words](address)` and `[words]{sub}`, which may stand inside each other.

    It takes the place of Markdown's own, which gives up a link whose words begin with a bracket.
    """
    if state.src[state.pos] != "[" or state.pos > _last_tail(state):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    tail = _tail(state, end + 1) if end >= 0 else None
    if tail is None:
        return False
    meta, after = tail
    if not silent:
        _push_bracket(state, meta, end)
    state.pos = after
    return True


def picture(state: StateInline, silent: bool) -> bool:
    """The inline rule for `![words](file)`, which is refused when it is read."""
    opening = state.pos + 1
    if state.src[state.pos] != "!" or state.pos > _last_tail(state) or not state.src.startswith("[", opening):
        return False
    end = state.md.helpers.parseLinkLabel(state, opening)
    tail = _tail(state, end + 1) if end >= 0 else None
    if tail is None or "href" not in tail[0]:
        return False
    if not silent:
        state.push("image", "", 0)
    state.pos = tail[1]
    return True


def _last_tail(state: StateInline) -> int:
    """Where brackets last close before an address or a kind; looked for once, so that many brackets cost little."""
    if "last_tail" not in state.env:
        state.env["last_tail"] = max(state.src.rfind("]("), state.src.rfind("]{"))
    return state.env["last_tail"]


def _push_bracket(state: StateInline, meta: dict[str, Any], end: int) -> None:
    maximum = state.posMax
    state.pos, state.posMax = state.pos + 1, end
    state.linkLevel += "href" in meta
    state.push("bracket_open", "", 1).meta = meta
    state.md.inline.tokenize(state)
    state.push("bracket_close", "", -1)
    state.linkLevel -= "href" in meta
    state.posMax = maximum


def _tail(state: StateInline, place: int) -> tuple[dict[str, Any], int] | None:
    """What the brackets before this place mean, and where that ends."""
    found = BRACKET_TAIL.match(state.src, place, state.posMax)
    if found:
        kind, language = found.groups()
        meta = {"kind": "lang", "lang": language} if language else {"kind": BRACKET_KINDS[kind]}
        return meta, found.end()
    if state.linkLevel or place >= state.posMax or state.src[place] != "(":
        return None
    return _address(state, _past_space(state, place + 1))


def _address(state: StateInline, place: int) -> tuple[dict[str, Any], int] | None:
    found = state.md.helpers.parseLinkDestination(state.src, place, state.posMax)
    end = found.pos if found.ok else place  # "()" is refused when it is read
    meta = {"kind": "link", "href": found.str if found.ok else ""}
    after = _past_space(state, end)
    title = state.md.helpers.parseLinkTitle(state.src, after, state.posMax)
    if title.ok and after > end:
        meta["title"] = title.str
        after = _past_space(state, title.pos)
    return (meta, after + 1) if after < state.posMax and state.src[after] == ")" else None


def _past_space(state: StateInline, place: int) -> int:
    while place < state.posMax and state.src[place] in " \t\n":
        place += 1
    return place


def only_plain_autolinks(state: StateInline, silent: bool) -> bool:
    """Takes `<...>` as words where the address inside is not one that readers may follow."""
    if state.src[state.pos] != "<":
        return False
    inside = IN_POINTS.match(state.src, state.pos, state.posMax)
    if inside and (safe_href(inside[1]) or safe_href("mailto:" + inside[1])):
        return False
    if not silent:
        state.pending += "<"
    state.pos += 1
    return True
