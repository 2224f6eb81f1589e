"""The words of one version on their way in: cleaned once, hashed once."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from newsroom.core.hygiene import TextRefused, clean_text

from . import text

MAX_DATELINE = 120  # code points


def clean_dateline(raw: str) -> str:
    """A dateline as it is stored: one line of at most MAX_DATELINE code points. Raise TextRefused."""
    line = clean_text(raw, multiline=False).strip()
    if len(line) > MAX_DATELINE:
        message = _("The dateline has %(length)d characters; %(limit)d is the most.")
        raise TextRefused(
            message, code="too_long", position=MAX_DATELINE, length=len(line), limit=MAX_DATELINE
        )
    return line


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
