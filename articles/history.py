"""What readers may know of an article's past: its public versions, and from when to when each was what they saw."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from django.db.models import Exists, OuterRef

from .models import Article, ArticleVersion, RedactedVersion


@dataclass(frozen=True, slots=True)
class Edition:
    """One public version: since when readers saw it, and until when, None while they see it."""

    version: ArticleVersion
    since: datetime
    until: datetime | None = None
    previous: ArticleVersion | None = None
    removals: tuple[RedactedVersion, ...] = ()

    @property
    def number(self) -> int:
        return self.version.number

    @property
    def is_first(self) -> bool:
        """Whether nothing was read before it: then why its words were changed is the desk's own affair."""
        return self.previous is None

    @property
    def is_current(self) -> bool:
        return self.until is None


class History:
    """The public past of a public article, oldest first. One query, two where words were removed; no text is read."""

    def __init__(self, article: Article, at: datetime, *, names: bool = False):
        self.article, self.at, self.names = article, at, names
        self.editions = list(self._editions())

    def _editions(self) -> Iterator[Edition]:
        lost_words = Exists(RedactedVersion.objects.filter(version=OuterRef("pk")))
        found = self.article.versions.public(self.at).annotate(lost_words=lost_words)
        found = found.without_text().order_by("number")
        if self.names:
            found = found.select_related("author")
        versions = [self._of_article(version) for version in found]
        removals = self._removals([version.pk for version in versions if version.lost_words])
        previous = None
        for version, later in pairwise([*versions, None]):
            until, lost = later and later.public_since, tuple(removals.get(version.pk, ()))
            yield Edition(version, version.public_since, until, previous, lost)
            previous = version

    def _removals(self, versions: list[int]) -> dict[int, list[RedactedVersion]]:
        """What was removed by order from each of these versions, the first removal first."""
        found: dict[int, list[RedactedVersion]] = {}
        rows = RedactedVersion.objects.filter(version__in=versions).select_related("redaction")
        for row in rows.order_by("pk") if versions else ():
            found.setdefault(row.version_id, []).append(row)
        return found

    def _of_article(self, version: ArticleVersion) -> ArticleVersion:
        # Its address is the article's; the row in hand saves a query for each.
        version.article = self.article
        return version

    @cached_property
    def by_number(self) -> dict[int, Edition]:
        return {edition.number: edition for edition in self.editions}

    @property
    def first(self) -> Edition:
        return self.editions[0]

    def seen_at(self, moment: datetime) -> Edition:
        """What readers saw at that time; the first one where they saw none yet."""
        seen = [edition for edition in self.editions if edition.since <= moment]
        return seen[-1] if seen else self.first

    @property
    def last_two(self) -> tuple[Edition, ...]:
        return tuple(self.editions[-2:])

    @property
    def current(self) -> Edition:
        """What readers see now."""
        return self.editions[-1]

    def before(self, edition: Edition) -> Edition | None:
        """What readers saw before it; None for the first."""
        at = self.editions.index(edition)
        return self.editions[at - 1] if at else None
