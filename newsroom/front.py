"""The front page as one object: the latest verdict, what is being checked, the newest articles, the verdict count."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q

from articles.filters import with_public_articles
from articles.list_views import Story
from articles.models import Article, Outlet
from claims.listing import Entry, entry, with_rulings
from claims.models import Claim, Rating
from claims.scale import in_words
from claims.statuses import statuses_for

from .lead import Lead, latest_verdict

CHECKING, NEWEST, OUTLETS = 6, 9, 12
MOST_UNITS = 120
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


# The verdict count


@dataclass(frozen=True)
class Counted:
    """One rating with the number of its published verdicts, and the marks that stand for them."""

    rating: Rating
    word: str
    verdicts: int
    units: Sequence[int]


@dataclass(frozen=True)
class VerdictCount:
    """One mark per verdict, true ones first; past MOST_UNITS one mark for several, and it says so."""

    ratings: list[Counted]
    verdicts: int
    each: int


def verdict_count() -> VerdictCount:
    """The published verdicts by rating, in the order of the scale. One query."""
    published = Count("verdicts", filter=Q(verdicts__publication_state="published"))
    scale = Rating.objects.annotate(published=published).order_by("order", "slug")
    ratings = [rating for rating in scale if rating.published]
    each = next(step for step in STEPS if marks_needed(ratings, step) <= MOST_UNITS or step == STEPS[-1])
    counted = [
        Counted(rating, in_words(rating.label), rating.published, range(-(-rating.published // each)))
        for rating in ratings
    ]
    return VerdictCount(counted, sum(rating.published for rating in ratings), each)


def marks_needed(ratings: list[Rating], each: int) -> int:
    """How many marks are drawn where one stands for up to `each` verdicts."""
    return sum(-(-rating.published // each) for rating in ratings)


# The page


@dataclass
class FrontPage:
    """Everything the template prints, as it is public at that time. At most eight queries."""

    at: datetime
    lead: Lead | None = field(init=False)
    checking: list[Entry] = field(init=False)
    count: VerdictCount = field(init=False)
    outlets: list[Outlet] = field(init=False)

    def __post_init__(self) -> None:
        self.lead = latest_verdict(self.at)
        checking = with_rulings(Claim.objects.public().filter(shown_as_checking=True))
        found = list(checking.order_by("-checking_since", "-number")[: CHECKING + 1])
        self.checking, self.more_checking = (
            [entry(claim) for claim in found[:CHECKING]],
            len(found) > CHECKING,
        )
        self.count = verdict_count()
        self.outlets = list(with_public_articles(Outlet, "outlet", self.at)[:OUTLETS])

    @cached_property
    def stories(self) -> list[Story]:
        """The newest articles, without the one that the page opens with."""
        opens = self.lead.headline.article.pk if self.lead and self.lead.headline else None
        newest = Article.objects.public(self.at).for_lists().order_by("-sort_date", "-number")[: NEWEST + 1]
        articles = [article for article in newest if article.pk != opens][:NEWEST]
        found = statuses_for(articles, self.at)
        return [Story(article, found[article.pk]) for article in articles]
