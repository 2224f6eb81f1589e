"""Cleaned HTML as a tree of elements, each knowing how its words look: bold, a link, hidden, a list's sign."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

# fmt: off
VOID_TAGS = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
))
BLOCK_TAGS = frozenset((
    "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "figure",
    "figcaption", "center", "fieldset", "form", "legend", "dl", "dt", "dd", "details", "summary", "h1",
    "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "menu", "dir", "pre", "hr", "hgroup",
    "search", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
))
INLINE_TAGS = frozenset((
    "a", "b", "strong", "i", "em", "cite", "dfn", "var", "sub", "sup", "s", "strike", "del", "u", "q",
    "span", "font", "br", "img", "video", "audio", "object", "canvas",
))
# fmt: on
BOLD = re.compile(r"bold|bolder|[6-9]00")


class TooDeep(Exception):
    """Elements stand deeper inside each other than the reader goes."""


class Look(NamedTuple):
    """What is said of words by the elements around them."""

    strong: bool = False
    emphasis: bool = False
    sub: bool = False
    sup: bool = False
    href: str = ""

    def spans(self) -> Iterator[tuple[str, str]]:
        """Kind and value of each span over words that look like this."""
        yield from ((kind, "") for kind in ("strong", "emphasis", "sub", "sup") if getattr(self, kind))
        if self.href:
            yield "link", self.href


PLAIN = Look()


@dataclass(slots=True)
class Node:
    """One element, or the whole (tag ""): its children in order are elements and words."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    style: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def elements(self) -> Iterator["Node"]:
        return (child for child in self.children if isinstance(child, Node))

    def within(self, *tags: str) -> Iterator["Node"]:
        """The elements of these tags anywhere inside, in order."""
        for child in self.elements():
            if child.tag in tags:
                yield child
            yield from child.within(*tags)

    def words(self) -> str:
        return "".join(child if isinstance(child, str) else child.words() for child in self.children)

    @property
    def classes(self) -> str:
        return self.attrs.get("class", "").lower()

    @property
    def hidden(self) -> bool:
        return (
            "hidden" in self.attrs
            or self.style.get("display") == "none"
            or self.style.get("visibility") == "hidden"
            or self.style.get("mso-hide") == "all"
        )

    @property
    def list_sign(self) -> bool:
        """Whether this is the bullet or number that Word writes in front of an item."""
        return self.style.get("mso-list") == "ignore"

    @property
    def list_level(self) -> int:
        """The level of the item that this paragraph of Word's is, from 1; 0 where it is none."""
        found = re.search(r"level(\d)", self.style.get("mso-list", ""))
        return int(found[1]) if found else 0

    @property
    def comment(self) -> bool:
        """Whether this is a reviewer's remark, or the sign that leads to one."""
        return self.style.get("mso-element", "").startswith("comment") or bool(
            re.search(r"\bmso(commentreference|comanchor|comtxt|comoff)\b", self.classes)
        )

    @property
    def crossed_out(self) -> bool:
        return self.tag in ("s", "strike", "del") or "line-through" in self.style.get("text-decoration", "")

    def look(self, around: Look) -> Look:
        """How words in this element look, given how those around it do."""
        weight, slant = self.style.get("font-weight", ""), self.style.get("font-style", "")
        raised = self.style.get("vertical-align", "")
        return Look(
            strong=_decided(weight, BOLD, around.strong or self.tag in ("b", "strong")),
            emphasis=_decided(
                slant,
                re.compile("italic|oblique"),
                around.emphasis or self.tag in ("i", "em", "cite", "dfn", "var"),
            ),
            sub=around.sub or self.tag == "sub" or raised == "sub",
            sup=around.sup or self.tag == "sup" or raised == "super",
            href=around.href,
        )


def _decided(style: str, yes: re.Pattern[str], otherwise: bool) -> bool:
    """What a style says, where it says anything: Google Docs wraps all it copies in <b style="font-weight:normal">."""
    if not style or style == "inherit":
        return otherwise
    return bool(yes.search(style))


def tree_of(html: str, deepest: int) -> Node:
    """The tree of cleaned HTML, in which every element is closed. Raises TooDeep."""
    grower = _Grower(deepest)
    grower.feed(html)
    grower.close()
    return grower.root


class _Grower(HTMLParser):
    def __init__(self, deepest: int) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.deepest = deepest

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        node = Node(tag, given, _style(given.get("style", "")))
        self.open[-1].children.append(node)
        if tag not in VOID_TAGS:
            self.open.append(node)
        if len(self.open) > self.deepest:
            raise TooDeep

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _style(words: str) -> dict[str, str]:
    """The declarations of a style attribute, in lower case."""
    style = {}
    for declaration in words.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            style[name.strip()] = value.strip()
    for name in ("text-decoration", "text-decoration-line"):
        if name in style:
            style["text-decoration"] = style[name]
    return style
