"""The search page as one object: what was asked, how much was found of each kind, and the lines to print."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from newsroom.core.search import Found, Query, find
from newsroom.core.search.terms import Face

from .search_lines import articles_found, claims_found, sources_found

ARTICLE, CLAIM, SOURCE = KINDS = ("article", "claim", "source")
SIZE = 20
# Claims and sources stand above the articles as a short band; each has a list of its own.
BAND = 3
MOST = 1_000

LINES: dict[str, Callable[..., list]] = {ARTICLE: articles_found, CLAIM: claims_found, SOURCE: sources_found}


@dataclass(frozen=True)
class Tab:
    """One kind of result: its name, how many there are in words, where it is listed, whether this page is that list."""

    kind: str
    label: str
    count: str
    url: str
    current: bool


@dataclass(frozen=True)
class Section:
    """Lines of one kind under their heading, and the address of all of them where this page shows only the best."""

    kind: str
    lines: list[Any]
    count: str
    all_of_them: str = ""

    @property
    def label(self) -> str:
        return name_of(self.kind)

    @property
    def template(self) -> str:
        return f"newsroom/_found_{self.kind}.html"

    @property
    def all_in_words(self) -> str:
        """What the link to all of them says."""
        every = {
            ARTICLE: _("All articles that fit: %(count)s"),
            CLAIM: _("All claims that fit: %(count)s"),
            SOURCE: _("All sources that fit: %(count)s"),
        }
        return every[self.kind] % {"count": self.count}

    @property
    def none_in_words(self) -> str:
        """What stands where there are none."""
        none = {
            ARTICLE: _("No article fits."),
            CLAIM: _("No claim fits."),
            SOURCE: _("No source fits."),
        }
        return none[self.kind]


@dataclass
class SearchPage:
    """Everything the results print for readers. `kind` is one of `kinds`, or empty for all; `after` a cursor or None.

    Its queries are as many for one line as for a full page.
    """

    face: ClassVar[Face] = "readers"

    query: Query
    asked: str
    kind: str
    after: str | None
    at: datetime
    kinds: tuple[str, ...] = KINDS
    founds: dict[str, Found] = field(init=False)

    def __post_init__(self) -> None:
        self.founds = {kind: self.find(kind) for kind in self.kinds}

    @property
    def listed(self) -> str:
        """The kind that this page lists in full and pages through."""
        return self.kind or self.kinds[0]

    def find(self, kind: str) -> Found:
        """What there is of one kind: a page of the kind that is listed, the best few of the others."""
        if kind == self.listed:
            return find(self.query, (kind,), self.face, self.at, SIZE, self.after)
        return find(self.query, (kind,), self.face, self.at, BAND)

    def lines(self, kind: str) -> list[Any]:
        """The hits of one kind as they are printed."""
        return LINES[kind](self.founds[kind].hits, self.query, self.at)

    @cached_property
    def tabs(self) -> list[Tab]:
        """Everything, then each kind with its honest count."""
        each = [
            Tab(kind, name_of(kind), in_words(self.founds[kind]), self.address(kind), self.kind == kind)
            for kind in self.kinds
        ]
        return [Tab("", _("Everything"), "", self.address(""), self.kind == ""), *each]

    @cached_property
    def sections(self) -> list[Section]:
        """What the page prints: the listed kind, and above the first page of everything what else there is."""
        if self.kind or self.after is not None:
            return [self.section(self.listed)]
        above = [self.section(kind) for kind in self.kinds if kind != self.listed]
        return [*(section for section in above if section.lines), self.section(self.listed)]

    def section(self, kind: str) -> Section:
        found = self.founds[kind]
        more = found.more and kind != self.listed
        return Section(kind, self.lines(kind), in_words(found), self.address(kind) if more else "")

    @property
    def nothing(self) -> bool:
        """Whether nothing of any kind was found."""
        return not any(found.total for found in self.founds.values())

    @property
    def beyond(self) -> bool:
        """Whether the cursor leads past the end of the list."""
        return self.after is not None and not self.founds[self.listed].hits

    @property
    def capped(self) -> bool:
        """Whether there is more than is ranked and counted."""
        return self.founds[self.listed].capped

    @property
    def first_link(self) -> str:
        """The query string of the first page of the same list."""
        return self.address(self.kind)

    @property
    def next_link(self) -> str:
        """The query string of the next page of the listed kind; empty on the last."""
        found = self.founds[self.listed]
        return self.address(self.kind, after=found.next) if found.next else ""

    def address(self, kind: str, after: str | None = None) -> str:
        """The query string for the same words, another kind or page."""
        parts = {"q": self.asked, "kind": kind, "after": after}
        return "?" + urlencode({name: value for name, value in parts.items() if value})


def name_of(kind: str) -> str:
    """The kind as its heading names it."""
    return {ARTICLE: _("Articles"), CLAIM: _("Claims"), SOURCE: _("Sources")}[kind]


def in_words(found: Found) -> str:
    """How many there are, as far as they were counted: “12”, or “1,000+”."""
    return f"{MOST:,}+" if found.capped else str(found.total)
