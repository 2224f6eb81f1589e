"""The front page as one object: the latest verdict, what is being checked, the newest articles, the verdict count."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from articles.filters import with_public_articles
from articles.list_views import Story
from articles.models import Article, ArticleVersion, Outlet
from articles.text import block_ranges, paragraph_numbers
from claims.listing import Entry, entry, standing_places, with_rulings
from claims.models import Claim, Placement, Rating, Verdict
from claims.scale import in_words
from claims.statuses import statuses_for
from newsroom.core.hygiene import visible

CHECKING, NEWEST, OUTLETS = 6, 9, 12
MOST_UNITS = 120
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


# The latest verdict


@dataclass(frozen=True)
class Printed:
    """Printed words with the checked ones apart, so that a template can mark them."""

    article: Article
    before: str
    words: str
    after: str

    @classmethod
    def at(cls, placement: Placement) -> "Printed":
        """The headline of the placement's version, cut around its words; of a text only the words themselves."""
        article, version = placement.appearance.article, placement.version
        if placement.field != Placement.Field.HEADLINE:
            return cls(article, "", visible(placement.exact), "")
        headline = visible(version.headline)
        return cls(
            article,
            headline[: placement.start],
            headline[placement.start : placement.end],
            headline[placement.end :],
        )


@dataclass(frozen=True)
class Side:
    """One phrase of a clash: where it stands, in words, the phrase, and its language."""

    where: str
    words: str
    article: Article


@dataclass(frozen=True)
class Lead:
    """The latest verdict as the front page opens with it."""

    verdict: Verdict
    entry: Entry
    headline: Printed | None
    passage: Printed | None
    clash: tuple[Side, Side] | None
    places: int

    @property
    def printed(self) -> Printed | None:
        """Where it was printed: in a headline if in any, else in a text."""
        return self.headline or self.passage


def latest_verdict(at: datetime) -> Lead | None:
    """The lead, or None where no verdict was ever published. Three queries, one where there is none."""
    verdicts = (
        Verdict.objects.published()
        .exclude(claim__work_state="merged")
        .select_related("rating", "clash_version__article__outlet")
    )
    verdict = verdicts.order_by("-published_at", "-id").first()
    if verdict is None:
        return None
    claim = with_rulings(Claim.objects.filter(pk=verdict.claim_id)).get()
    places = list(
        standing_places(at)
        .filter(appearance__claim=claim)
        .select_related("version", "appearance__article__outlet")
        .defer("version__body", "version__body_text", "version__furniture")
    )
    return lead_of(verdict, claim, places, at)


def lead_of(verdict: Verdict, claim: Claim, places: list[Placement], at: datetime) -> Lead:
    """The lead from the verdict and the places it stands at now."""
    clashing = verdict.clash_version.article_id if verdict.clash_version else None
    ranked = sorted(
        places,
        key=lambda place: (
            place.field != Placement.Field.HEADLINE,
            place.appearance.article_id != clashing,
            place.appearance.article.sort_date,
            place.appearance.article.number,
            place.start,
        ),
    )
    first = ranked[0] if ranked else None
    in_headline = first is not None and first.field == Placement.Field.HEADLINE
    shown = Printed.at(first) if first else None
    return Lead(
        verdict,
        entry(claim, len(places)),
        headline=shown if in_headline else None,
        passage=None if in_headline else shown,
        clash=clash_of(verdict, first, at) if in_headline else None,
        places=len(places),
    )


def clash_of(verdict: Verdict, place: Placement, at: datetime) -> tuple[Side, Side] | None:
    """The two printed phrases face to face, where the verdict names them."""
    version, article = verdict.clash_version, place.appearance.article
    if version is None:
        return None
    says = Side(_("The headline says"), visible(verdict.clash_words), article)
    return says, Side(
        where_it_clashes(version, article, verdict.clash_against, at),
        visible(verdict.clash_against),
        version.article,
    )


def where_it_clashes(version: ArticleVersion, article: Article, words: str, at: datetime) -> str:
    """In which part of which article the other phrase stands; an article that is not public is not named."""
    if version.article_id != article.pk:
        if not version.article.is_public(at):
            return _("Another printing says")
        return _("%(outlet)s says elsewhere") % {"outlet": version.article.outlet.name}
    number = paragraph_with(version, words)
    return _("Paragraph %(number)d says") % {"number": number} if number else _("The text says")


def paragraph_with(version: ArticleVersion, words: str) -> int | None:
    """The number of the paragraph in which the words stand first, as the article's page numbers them."""
    place = version.body_text.find(words)
    if place < 0:
        return None
    ranges = zip(paragraph_numbers(version.body), block_ranges(version.body), strict=True)
    return next((number for number, (start, end) in ranges if start <= place < end), None)


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
