"""The page of one article as one object: the words readers see, in rows, and the facts beside them.

Everything is read when the object is made, in at most six queries after the article's own; the template only prints.
An app that knows more about the words derives from it and says what stands in the margin.
"""

import uuid
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from . import dates
from .models import Article, ArticleLink, ArticleVersion, Byline, Correction, Media, Tag
from .slips import Slip, slips_of
from .spans import safe_href
from .text import Mark, RenderedBlock, block_ranges, paragraph_numbers, render_blocks, render_line


@dataclass(slots=True)
class LinkShown:
    """A link as readers meet it: where it leads, whose words, and what is known of the article there."""

    kind: str
    words: str
    url: str = ""
    article: Article | None = None
    status: Any = None

    @property
    def label(self) -> str:
        return ArticleLink.Kind(self.kind).label


@dataclass(slots=True)
class Row:
    """One row of the sheet: a drawn block or a checked passage, and what stands beside it."""

    html: SafeString
    kind: str
    number: int | None
    block: RenderedBlock | None = None
    keys: tuple[str, ...] = ()
    picture: Media | None = None
    link: LinkShown | None = None
    carried: list[Any] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)


def is_uid(text: str) -> bool:
    """Whether stored text names a uid at all: the database may hold anything."""
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


class ArticleReading:
    """What the page of a public article prints: of the version readers see, or of another that they may.

    `at` is the time for which the page holds.
    """

    # What was set right, above the article: a view of one passage alone shows none.
    slips: Sequence[Slip] = ()

    def __init__(self, article: Article, at: datetime, version: ArticleVersion | None = None):
        self.article, self.at = article, at
        self.version: ArticleVersion = version or article.live_version
        # The row in hand: its address is asked for on every page.
        self.version.article = article
        self.links: list[ArticleLink] = list(article.links.for_reading())
        self.tags: list[Tag] = list(article.tags.order_by("name"))
        self.bylines: list[Byline] = list(article.bylines.select_related("contributor"))
        self.slips = slips_of(article, at)
        self.change = None if version else self.find_change()
        self.prepare()
        self.draw()

    def find_change(self) -> ArticleVersion | None:
        """The latest change of substance that readers saw happen, None where there was none."""
        first = self.article.first_published_at
        if not (self.article.changed_at and first):
            return None
        changes = self.article.versions.public(self.at).without_text().filter(minor=False)
        latest = changes.order_by("-number").first()
        return latest if latest and latest.public_since > first else None

    def prepare(self) -> None:
        """Read what else the page needs, before its words are drawn."""

    def marks_in(self, name: str) -> Sequence[Mark]:
        """The marks in headline, standfirst or body."""
        return ()

    # what the page says of the article

    @property
    def whole(self) -> bool:
        """Whether readers may see the text; else only what was checked in it, and the way to the original."""
        return self.article.rights == Article.Rights.FULL

    @property
    def foreign(self) -> bool:
        """Whether the words are in another language than the page around them."""
        return self.article.language != get_language()

    @property
    def printed(self) -> str:
        return dates.in_words(self.article.printed_date, self.article.printed_precision)

    @property
    def printed_for_machines(self) -> str:
        return dates.for_machines(self.article.printed_date, self.article.printed_precision)

    @property
    def how_dated(self) -> str:
        """How we know the date, where the article did not come with it."""
        obtained = Article.Obtained(self.article.printed_obtained)
        if obtained in (Article.Obtained.GIVEN, Article.Obtained.UNKNOWN):
            return ""
        return obtained.label

    @property
    def signed(self) -> str:
        """Who signed it, as printed, and the dateline."""
        names = [f"{line} ({line.role})" if line.role else str(line) for line in self.bylines]
        parts = [", ".join(names), self.version.dateline]
        return ". ".join(part for part in parts if part)

    # its words

    def draw(self) -> None:
        """Draw headline, standfirst and rows in the order of the page, so that ids stay unique."""
        taken: set[str] = set()
        self.headline = render_line(self.version.headline, self.marks_in("headline"), taken=taken)
        self.standfirst = SafeString()
        if self.whole:
            self.standfirst = render_line(self.version.standfirst, self.marks_in("standfirst"), taken=taken)
        self.rows = self.whole_rows(taken) if self.whole else self.passages(taken)
        self.hang_slips()

    def hang_slips(self) -> None:
        """Put a correction beside the words that stand now, where an editor chose that and they stand there still."""
        above = []
        for slip in self.slips:
            told = slip.correction
            beside = told.spot == Correction.Spot.INLINE and told.now_field == Correction.Field.BODY
            stands = beside and told.now_version_id == self.version.pk
            row = self.row_at(told.now_start) if stands else None
            (row.slips if row else above).append(slip)
        self.slips = above

    def passages(self, taken: set[str]) -> list[Row]:
        """What readers may see of a text that is not ours to show."""
        return []

    def whole_rows(self, taken: set[str]) -> list[Row]:
        blocks = render_blocks(self.version.body, self.marks_in("body"), taken=taken)
        pictures = self.pictures(blocks)
        return [
            Row(
                block.html,
                block.kind,
                block.number,
                block,
                block.marks,
                pictures.get(block.attrs.get("media")),
                self.link_of(block) if block.kind == "teaser" else None,
            )
            for block in blocks
        ]

    def pictures(self, blocks: list[RenderedBlock]) -> dict[str, Media]:
        """The released pictures of the figures, by uid."""
        wanted = [
            block.attrs["media"]
            for block in blocks
            if block.kind == "figure" and is_uid(block.attrs["media"])
        ]
        if not wanted:
            return {}
        found = Media.objects.filter(uid__in=wanted, released=True, rights=Media.Rights.FULL)
        return {str(picture.uid): picture for picture in found}

    def link_of(self, block: RenderedBlock) -> LinkShown:
        """Where a READ MORE line leads, as far as readers may go there."""
        words = block.text.removeprefix(block.attrs["label"]).strip()
        for link in self.links:
            if link.kind == ArticleLink.Kind.READ_MORE and link.text == words[:300]:
                return self.shown(link)
        return LinkShown(ArticleLink.Kind.READ_MORE, words)

    def shown(self, link: ArticleLink) -> LinkShown:
        """A link without what is not public behind it."""
        if link.target and link.target.is_public(self.at):
            return LinkShown(
                link.kind, link.text or link.target.headline, link.target.get_absolute_url(), link.target
            )
        return LinkShown(link.kind, link.text or link.url, safe_href(link.url) or "")

    @property
    def related(self) -> list[LinkShown]:
        """Links that stand under the text because no line of it carries them."""
        rest = [self.shown(link) for link in self.links if link.kind != ArticleLink.Kind.READ_MORE]
        return [link for link in rest if link.url]

    # places in the body's text

    @cached_property
    def ranges(self) -> list[tuple[int, int]]:
        """Where each block of the body begins and ends."""
        return block_ranges(self.version.body)

    @cached_property
    def row_starts(self) -> list[int]:
        return [self.ranges[row.block.index][0] for row in self.rows if row.block]

    def row_at(self, offset: int) -> Row | None:
        """The row that holds a place in the body's text; None where the text is not shown."""
        if not self.whole or not self.rows:
            return None
        return self.rows[max(0, bisect_right(self.row_starts, offset) - 1)]

    def number_at(self, offset: int) -> int | None:
        """The number of the paragraph at a place in the body's text, whether or not the text is shown."""
        numbers = paragraph_numbers(self.version.body)
        held = (
            number for (start, end), number in zip(self.ranges, numbers, strict=True) if start <= offset < end
        )
        return next(held, None)
