"""The pictures that a text names: which they are, whether they are here, and the line that puts one in."""

import re
from typing import Any

from django.utils.translation import gettext as _

from .markdown import to_markdown
from .models import Media
from .text import SCHEMA, canonical_body


def figures_in(body: dict | None) -> list[str]:
    """The uids of the pictures in a body, each once, in order."""
    blocks: list[dict[str, Any]] = body["blocks"] if body else []
    return list(dict.fromkeys(each["attrs"]["media"] for each in blocks if each["kind"] == "figure"))


def unknown_pictures(body: dict, base: dict | None, source: str) -> list[tuple[int, str]]:
    """Line and message for each picture that was put in since `base` and is not among those uploaded here."""
    new = [uid for uid in figures_in(body) if uid not in figures_in(base)]
    here = (
        {str(uid) for uid in Media.objects.filter(uid__in=new).values_list("uid", flat=True)}
        if new
        else set()
    )
    said = _("Line %(line)d: no picture was uploaded under this name. Put it in with the button “Picture”.")
    lines = [_line_of(uid, source) for uid in new if uid not in here]
    return [(line, said % {"line": line}) for line in lines]


def _line_of(uid: str, source: str) -> int:
    loose = re.compile(re.escape(uid).replace(r"\-", "-?"), re.IGNORECASE)
    lines = source.replace("\r\n", "\n").split("\n")
    return next((number for number, line in enumerate(lines, start=1) if loose.search(line)), 1)


def figure_line(media: Media) -> str:
    """The line of Markdown that puts the picture into a text."""
    attrs = {"media": str(media.uid), "alt": media.alt, "credit": media.credit}
    figure = {"kind": "figure", "text": "", "spans": [], "attrs": attrs}
    return to_markdown(canonical_body({"schema": SCHEMA, "blocks": [figure]}))
