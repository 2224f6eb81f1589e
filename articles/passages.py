"""Words of a version that somebody quotes: the field they stand in, and `[start, end)` in code points of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html

from .finding import MOST_FOUND, as_body, find
from .models import Article, ArticleVersion, Correction

FIELDS = ("headline", "standfirst", "body")
# Characters on either side of a passage: as many as tell the place, and as many as are read with it.
AROUND, PARAGRAPH = 32, 700


def field_text(version: ArticleVersion, field: str) -> str:
    """The canonical text of one field."""
    return version.body_text if field == "body" else getattr(version, field)


@dataclass(frozen=True)
class Passage:
    """Words at a place of one version."""

    version: ArticleVersion
    field: str
    start: int
    end: int

    @property
    def exact(self) -> str:
        return field_text(self.version, self.field)[self.start : self.end]

    @property
    def key(self) -> str:
        """The passage as a form posts it."""
        return f"{self.version.number}:{self.field}:{self.start}:{self.end}"

    @property
    def where(self) -> str:
        return Correction.Field(self.field).label

    @property
    def before(self) -> str:
        """The words before it in its paragraph, as many as tell the place."""
        return self.words_before(AROUND)

    @property
    def after(self) -> str:
        """The words behind it in its paragraph, as many as tell the place."""
        return self.words_after(AROUND)

    @property
    def paragraph(self) -> tuple[str, str, str]:
        """Its paragraph as it is read: the words before, the passage, the words behind."""
        return self.words_before(PARAGRAPH), self.exact, self.words_after(PARAGRAPH)

    def words_before(self, most: int) -> str:
        """At most so many characters of its paragraph before it."""
        inside = field_text(self.version, self.field)[: self.start].rsplit("\n\n", 1)[-1]
        return inside if len(inside) <= most else f"… {inside[-most:].partition(' ')[2]}"

    def words_after(self, most: int) -> str:
        """At most so many characters of its paragraph behind it."""
        inside = field_text(self.version, self.field)[self.end :].split("\n\n", 1)[0]
        return inside if len(inside) <= most else f"{inside[:most].rpartition(' ')[0]} …"

    def columns(self, which: str) -> dict:
        """The passage as columns of a correction: `which` is was or now."""
        return {
            f"{which}_version": self.version,
            f"{which}_field": self.field,
            f"{which}_start": self.start,
            f"{which}_end": self.end,
            f"{which}_exact": self.exact,
        }


def no_passage(which: str) -> dict:
    """The columns of a correction that quotes nothing there."""
    return {
        f"{which}_version": None,
        f"{which}_field": "",
        f"{which}_start": None,
        f"{which}_end": None,
        f"{which}_exact": "",
    }


def fields_shown(article: Article) -> tuple[str, ...]:
    """The fields whose words readers may see: of a text that is not ours to show, the headline alone."""
    return FIELDS if article.rights == Article.Rights.FULL else ("headline",)


def passages(version: ArticleVersion, words: str, fields: Iterable[str] = FIELDS) -> list[Passage]:
    """Where the words stand in the version, headline first; word for word if they do anywhere, else as typed."""
    found = [
        Passage(version, field, *span)
        for field in fields
        for span in find(field_text(version, field), words, body_of(version, field))
    ]
    exactly = [passage for passage in found if passage.exact == words]
    return (exactly or found)[:MOST_FOUND]


def around(place: Passage) -> str:
    """A passage among its neighbours, to be chosen from."""
    return format_html("{}: {}<b>{}</b>{}", place.where, place.before, place.exact, place.after)


def body_of(version: ArticleVersion, field: str) -> dict:
    """The blocks of a field."""
    return version.body if field == "body" else as_body(field_text(version, field))
