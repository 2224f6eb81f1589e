"""The words of one version on their way in: cleaned once, hashed once."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from newsroom.core.hygiene import is_blank

from . import text
from .attrs import clean_line

MAX_DATELINE, MAX_REASON = 120, 300  # code points


def clean_dateline(raw: str) -> str:
    """A dateline as it is stored: one line, empty or of at most MAX_DATELINE code points. Raise TextRefused."""
    return _line(raw, MAX_DATELINE, _("The dateline has %(length)d characters; %(limit)d is the most."))


def clean_reason(raw: str) -> str:
    """Why something is done, as readers see it: one line, empty where it holds nothing visible. Raise TextRefused."""
    return _line(raw, MAX_REASON, _("The reason has %(length)d characters; %(limit)d is the most."))


def _line(raw: str, limit: int, too_long: Any) -> str:
    line = clean_line(raw, limit, too_long)
    return "" if is_blank(line) else line


@dataclass(frozen=True)
class Words:
    """Headline, standfirst and body in canonical form. Made by `Words.clean`, which raises what text.py raises."""

    headline: str
    standfirst: str
    body: dict
    dateline: str = ""
    body_text: str = field(init=False)
    text_sha256: str = field(init=False)
    content_sha256: str = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "body_text", text.body_text(self.body))
        put(self, "text_sha256", text.text_sha256(self.headline, self.standfirst, self.body))
        put(self, "content_sha256", text.content_sha256(self.headline, self.standfirst, self.body))

    @classmethod
    def clean(cls, headline: str, standfirst: str, body: dict, dateline: str = "") -> "Words":
        """The words in canonical form. Raise TextRefused or BodyError, whose messages name field and place."""
        return cls(
            headline=text.clean_headline(headline),
            standfirst=text.clean_standfirst(standfirst),
            body=text.canonical_body(body),
            dateline=clean_dateline(dateline),
        )

    def columns(self) -> dict:
        """What ArticleVersion stores of them."""
        names = ("headline", "standfirst", "body", "dateline", "body_text", "text_sha256", "content_sha256")
        return {name: getattr(self, name) for name in names}
