"""What a block carries beside its words: which keys each kind has, and the one form of their values."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.spans import safe_href
from newsroom.core.hygiene import TextRefused, clean_text, is_blank

MAX_DEPTH = 5  # of list items; 0 is the outermost
MAX_NAME = 300  # who is quoted, who is credited, the title of an embed
MAX_ALT = 1000
MAX_LABEL = 60  # of a teaser


class Fault(Exception):
    """What is wrong with one field of a block; `canonical_body` says of which block."""

    def __init__(self, field: str, template: Any, **params: Any) -> None:
        super().__init__(field)
        self.field, self.template, self.params = field, template, params


def canonical_attrs(kind: str, text: str, raw: Any) -> dict[str, Any]:
    """The attributes of a block of this kind with this text. Raises Fault."""
    if not isinstance(raw, Mapping):
        raise Fault("attrs", _("attrs must be an object."))
    readers = ATTRS.get(kind, {})
    for key in raw:
        if key not in readers:
            raise Fault("attrs", _("unknown key %(key)s. Remove it."), key=shown(key))
    attrs = {key: read(raw.get(key)) for key, read in readers.items()}
    if kind == "teaser" and not text.startswith(attrs["label"]):
        raise Fault("label", _("the text of a READ MORE line must begin with its label."))
    if kind == "quote" and not attrs["by"]:
        del attrs["by"]  # nobody is named: one form for that, no key
    return attrs


def clean_line(raw: str, limit: int, too_long: Any) -> str:
    """One line of plain text, perhaps empty. Raises TextRefused, with `too_long` past `limit` code points."""
    line = clean_text(raw, multiline=False).strip()
    if len(line) > limit:
        raise TextRefused(too_long, code="too_long", position=limit, length=len(line), limit=limit)
    return line


def shown(value: Any) -> str:
    """A strange value as a message may quote it: short, and in characters that every screen can show."""
    return ascii(value)[:40] if isinstance(value, str) else type(value).__name__


def _number(field: str, lowest: int, highest: int, default: int) -> Callable[[Any], int]:
    def read(raw: Any) -> int:
        if raw is None:
            return default
        if type(raw) is not int or not lowest <= raw <= highest:
            raise Fault(
                field,
                _("must be a whole number from %(lowest)d to %(highest)d."),
                lowest=lowest,
                highest=highest,
            )
        return raw

    return read


def _yes_or_no(field: str) -> Callable[[Any], bool]:
    def read(raw: Any) -> bool:
        if raw is None:
            return False
        if type(raw) is not bool:
            raise Fault(field, _("must be true or false."))
        return raw

    return read


def _line(field: str, limit: int, *, required: bool = False) -> Callable[[Any], str]:
    def read(raw: Any) -> str:
        try:
            line = clean_line(
                "" if raw is None else raw, limit, _("%(length)d characters; %(limit)d is the most.")
            )
        except TextRefused as refusal:
            raise Fault(field, refusal.template, **refusal.params) from None
        if not is_blank(line):
            return line
        if required:
            raise Fault(field, _("is missing. Fill it in."))
        return ""

    return read


def uid(raw: Any) -> str | None:
    """The uid of an uploaded file in its usual form, or None."""
    try:
        return str(uuid.UUID(raw))
    except (ValueError, TypeError, AttributeError):
        return None


def _media(raw: Any) -> str:
    media = uid(raw)
    if media is None:
        raise Fault("media", _("must be the uid of an uploaded file."))
    return media


def _web_address(raw: Any) -> str:
    href = safe_href(raw)
    if href is None or href.startswith("mailto:"):
        raise Fault("url", _("must be a web address that begins with https:// or http://."))
    return href


ATTRS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "heading": {"level": _number("level", 2, 4, default=2)},
    "quote": {"by": _line("by", MAX_NAME)},
    "item": {"ordered": _yes_or_no("ordered"), "depth": _number("depth", 0, MAX_DEPTH, default=0)},
    "table": {"header": _yes_or_no("header")},
    "figure": {"media": _media, "alt": _line("alt", MAX_ALT), "credit": _line("credit", MAX_NAME)},
    "embed": {"url": _web_address, "title": _line("title", MAX_NAME)},
    "teaser": {"label": _line("label", MAX_LABEL, required=True)},
}
