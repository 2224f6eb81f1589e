"""Formatting as ranges over a block's plain text: what a span may be, and the one form a set of spans is stored in.

Offsets are code points of the block's text, half-open. In canonical form spans of one kind never overlap and never
touch when they say the same, and they are sorted.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

SPAN_KINDS = ("link", "lang", "strong", "emphasis", "sup", "sub")
# The one further key of a kind that has one.
SPAN_VALUES = {"link": "href", "lang": "lang"}
MAX_HREF = 2000
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
# What an address may not hold: white space, controls, and what browsers or Markdown read in a way of their own.
NOT_IN_HREF = re.compile(r"[\s\\<>\"`{}|^\x00-\x20\x7f-\x9f\ud800-\udfff]")

Span = dict[str, Any]


class SpanFault(Exception):
    """What is wrong with one block's spans, for `canonical_body` to put into a BodyError."""

    def __init__(self, template: Any, **params: Any) -> None:
        super().__init__(template)
        self.template, self.params = template, params


def canonical_spans(raw: Sequence[Any], text: str, *, cells: bool = False) -> list[Span]:
    """These spans merged and sorted. With `cells` none may leave its table cell. Raises SpanFault."""
    checked = [_checked(span, text, cells) for span in raw]
    merged = [span for kind in SPAN_KINDS for span in _merged([s for s in checked if s[2] == kind])]
    return [_as_dict(span) for span in sorted(merged)]


def safe_href(raw: Any) -> str | None:
    """The address as it is stored, or None where it is not one of http, https or mailto that readers may follow."""
    if not isinstance(raw, str) or not raw or len(raw) > MAX_HREF or NOT_IN_HREF.search(raw):
        return None
    href = unicodedata.normalize("NFC", raw)
    if len(href) > MAX_HREF or any(unicodedata.category(c) in {"Cf", "Cn"} for c in href if not c.isascii()):
        return None
    scheme, _colon, rest = href.partition(":")
    scheme = scheme.lower()
    if scheme == "mailto":
        return f"mailto:{rest}" if "@" in rest.partition("?")[0] else None
    if scheme not in ("http", "https") or not _has_plain_host(href):
        return None
    return f"{scheme}:{rest}"


def _has_plain_host(href: str) -> bool:
    try:
        parts = urlsplit(href)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port is None or parts.port >= 0)
    except ValueError:
        return False


def language_tag(raw: Any) -> str | None:
    """A BCP 47 tag in its usual letters ("ur", "ur-Arab-PK"), or None."""
    if not isinstance(raw, str) or len(raw) > 35 or not LANGUAGE_TAG.fullmatch(raw):
        return None
    language, *subtags = raw.lower().split("-")
    return "-".join([language, *map(_subtag, subtags)])


def _subtag(subtag: str) -> str:
    return {2: subtag.upper(), 4: subtag.title()}.get(len(subtag), subtag)


def _checked(span: Any, text: str, cells: bool) -> tuple[int, int, str, str]:
    if not isinstance(span, Mapping):
        raise SpanFault(_("a span is an object with start, end and kind."))
    kind = span.get("kind")
    if not isinstance(kind, str) or kind not in SPAN_KINDS:
        raise SpanFault(_("unknown kind of span. Use one of: %(kinds)s."), kinds=", ".join(SPAN_KINDS))
    for key in span:
        if key not in ("start", "end", "kind", SPAN_VALUES.get(kind)):
            raise SpanFault(
                _("a span of kind %(kind)s has a key that it does not know. Remove it."), kind=kind
            )
    start, end = _range(span, text)
    if cells and re.search("[\t\n]", text[start:end]):
        raise SpanFault(_("a span must stay inside one cell of the table. Make one for each cell."))
    return start, end, kind, _value(kind, span)


def _range(span: Mapping[str, Any], text: str) -> tuple[int, int]:
    start, end = span.get("start"), span.get("end")
    if type(start) is not int or type(end) is not int:
        raise SpanFault(_("start and end must be whole numbers."))
    if not 0 <= start < end <= len(text):
        raise SpanFault(
            _("a span must start before it ends and stay inside the %(length)d characters of the text."),
            length=len(text),
        )
    return start, end


def _value(kind: str, span: Mapping[str, Any]) -> str:
    if kind == "link":
        href = safe_href(span.get("href"))
        if href is None:
            raise SpanFault(
                _(
                    "a link must be a plain address of at most %(limit)d characters "
                    "that begins with https://, http:// or mailto:."
                ),
                limit=MAX_HREF,
            )
        return href
    if kind == "lang":
        tag = language_tag(span.get("lang"))
        if tag is None:
            raise SpanFault(_("a language must be a tag such as “ur” or “en-GB”."))
        return tag
    return ""


def _merged(spans: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    merged: list[tuple[int, int, str, str]] = []
    for start, end, kind, value in sorted(spans):
        if merged and start <= merged[-1][1] and value == merged[-1][3]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), kind, value)
        elif merged and start < merged[-1][1]:
            raise SpanFault(
                _("two spans of kind %(kind)s overlap and differ. Shorten one of them."), kind=kind
            )
        else:
            merged.append((start, end, kind, value))
    return merged


def _as_dict(span: tuple[int, int, str, str]) -> Span:
    start, end, kind, value = span
    extra = {SPAN_VALUES[kind]: value} if kind in SPAN_VALUES else {}
    return {"start": start, "end": end, "kind": kind, **extra}


def drawable_spans(raw: Any, text: str) -> list[tuple[int, int, str, str]]:
    """The spans that may be drawn, whatever is stored: faulty ones and those that overlap their like are left out."""
    drawable: list[tuple[int, int, str, str]] = []
    reached = dict.fromkeys(SPAN_KINDS, 0)
    for span in sorted(_without_faulty(raw, text)):
        if span[0] >= reached[span[2]]:
            drawable.append(span)
            reached[span[2]] = span[1]
    return drawable


def _without_faulty(raw: Any, text: str) -> list[tuple[int, int, str, str]]:
    checked = []
    for span in raw if isinstance(raw, (list, tuple)) else ():
        try:
            checked.append(_checked(span, text, cells=False))
        except SpanFault:
            continue  # a damaged span costs its formatting, never the words
    return checked
