"""HTML from a clipboard as Markdown: cleaned by nh3, read into blocks, written as an editor would have typed it.

No visible word is lost and nothing unsafe is kept: what comes out is plain text that passed `canonical_body`.
What text cannot hold (pictures, merged cells, crossing out) is left out, and `Pasted.dropped` says so.
"""

import re
from dataclasses import dataclass

import nh3
from django.utils.translation import gettext_lazy as _

from articles.blocks import SCHEMA, BodyError, canonical_body
from articles.markdown import to_markdown
from articles.pasting_blocks import blocks_of
from articles.pasting_losses import Losses
from articles.pasting_tree import BLOCK_TAGS, INLINE_TAGS, VOID_TAGS, TooDeep, tree_of
from newsroom.core.hygiene import Refusal, replace_unstorable

MAX_HTML_BYTES = 2_000_000
MAX_NESTING = 200  # elements inside each other: the cleaner's time grows with the square of it

# Elements whose content no browser shows.
UNSEEN = {"script", "style", "title", "template", "noscript", "iframe", "noembed", "noframes", "xml"}
ATTRIBUTES = {
    "*": {"style", "class", "hidden"},
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "img": {"width", "height"},
}
# Known to the cleaner so that a link that is left out can be counted: what is kept, `safe_href` says.
SCHEMES = {"http", "https", "mailto", "file", "ftp", "tel", "javascript", "data", "vbscript"}
TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
# Elements that end by themselves where the next one begins: many of them are no nesting.
# fmt: off
CLOSED_BY_THE_NEXT = frozenset((
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup",
    "colgroup", "rp", "rt",
))
# fmt: on


class PasteRefused(Refusal):
    """A clipboard that is not taken; its plain text can still be pasted."""


@dataclass(frozen=True)
class Pasted:
    """`markdown` to set in at the caret; `inline` where it is words of one paragraph; `dropped` as sentences' parts."""

    markdown: str
    dropped: list[str]
    inline: bool


def read_html(html: str) -> Pasted:
    """The Markdown of what a browser would show of this HTML. Raises PasteRefused, and nothing else."""
    _refuse_the_unwieldy(html)
    losses = Losses()
    cleaned, unstorable = replace_unstorable(_cleaned(html))
    if unstorable:
        losses.unstorable = len(unstorable)
    try:
        blocks = blocks_of(tree_of(cleaned, MAX_NESTING), losses)
        body = canonical_body({"schema": SCHEMA, "blocks": blocks})
    except TooDeep:
        raise _too_deep() from None
    except BodyError as error:
        raise PasteRefused(error.template, code="too_long", **error.params) from None
    source = to_markdown(body)
    if source.startswith("{{block") or "\n{{block" in source:
        raise PasteRefused(
            _("This cannot be written as Markdown. Paste it as plain text."), code="unwritable"
        )
    inline = len(blocks) == 1 and blocks[0]["kind"] == "paragraph" and "\n" not in blocks[0]["text"]
    return Pasted(source, losses.in_words(), inline)


def _refuse_the_unwieldy(html: str) -> None:
    size = len(html.encode("utf-8", "surrogatepass"))
    if size > MAX_HTML_BYTES:
        raise PasteRefused(
            _(
                "What you copied has %(size)d bytes with its formatting; %(limit)d is the most that is read. "
                "Copy it in parts, or paste it as plain text."
            ),
            code="too_long",
            size=size,
            limit=MAX_HTML_BYTES,
        )
    if _nesting(html) > MAX_NESTING:
        raise _too_deep()


def _too_deep() -> PasteRefused:
    return PasteRefused(
        _("The formatting of what you copied stands too deep inside itself. Paste it as plain text."),
        code="too_deep",
    )


def _nesting(html: str) -> int:
    """How deep elements may stand inside each other, counted high: whatever is opened and never closed counts."""
    deepest = depth = 0
    for slash, name in TAG.findall(html):
        name = name.lower()
        if name in VOID_TAGS or name in CLOSED_BY_THE_NEXT:
            continue
        depth = max(0, depth - 1) if slash else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _cleaned(html: str) -> str:
    """Only elements that the reader knows, with the attributes that it reads. Comments are gone."""
    sound = html.encode("utf-8", "replace").decode("utf-8")
    return nh3.clean(
        sound,
        tags=BLOCK_TAGS | INLINE_TAGS,
        clean_content_tags=UNSEEN,
        attributes=ATTRIBUTES,
        strip_comments=True,
        link_rel=None,
        url_schemes=SCHEMES,
    )
