"""The latest verdict as the front page opens with it: beside its headline, with the words that contradict it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext as _

from articles.models import Article, ArticleVersion
from articles.text import block_ranges, paragraph_numbers
from claims.listing import Entry, entry_of, standing_places
from claims.models import Placement, Verdict
from newsroom.core.hygiene import visible

MOST_PLACES = 100
HEADLINE = Placement.Field.HEADLINE


@dataclass(frozen=True)
class Printed:
    """Printed words with the checked ones apart, so that a template can mark them. Of a text, only those words."""

    article: Article
    before: str
    words: str
    after: str

    @classmethod
    def at(cls, place: Placement) -> "Printed":
        """What may be shown of the place: the whole headline, or a text's checked words if they are ours to show."""
        article = place.appearance.article
        if place.field == HEADLINE:
            line = visible(place.version.headline)
            return cls(article, line[: place.start], line[place.start : place.end], line[place.end :])
        words = "" if article.rights == Article.Rights.NONE else visible(place.exact)
        return cls(article, "", words, "")


@dataclass(frozen=True)
class Side:
    """One phrase of a clash: where it stands, in words, the phrase, and the article it is from."""

    where: str
    words: str
    article: Article


@dataclass(frozen=True)
class Lead:
    """The latest verdict, where it was printed (a headline if it stands in any), and in how many places it stands."""

    verdict: Verdict
    entry: Entry
    headline: Printed | None
    passage: Printed | None
    clash: tuple[Side, Side] | None
    places: int
    more_places: bool

    @property
    def printed(self) -> Printed | None:
        return self.headline or self.passage


def latest_verdict(at: datetime) -> Lead | None:
    """The lead, or None where no verdict is public. At most three queries."""
    verdicts = Verdict.objects.published().exclude(claim__work_state="merged")
    joined = verdicts.select_related("rating", "claim__claimant", "clash_version__article__outlet")
    verdict = joined.order_by("-published_at", "-id").first()
    if verdict is None:
        return None
    places = list(places_of(verdict, at)[: MOST_PLACES + 1])
    shown = Printed.at(places[0]) if places else None
    in_headline = shown is not None and places[0].field == HEADLINE
    return Lead(
        verdict,
        entry_beside(verdict, shown),
        headline=shown if in_headline else None,
        passage=None if in_headline else shown,
        clash=clash_of(verdict, places[0], at) if in_headline else None,
        places=min(len(places), MOST_PLACES),
        more_places=len(places) > MOST_PLACES,
    )


def places_of(verdict: Verdict, at: datetime) -> QuerySet:
    """Where the verdict stands, without texts: headlines first, above all one that clashes with its own text."""
    clashing = verdict.clash_version.article_id if verdict.clash_version else 0
    return (
        standing_places(at)
        .filter(appearance__claim=verdict.claim_id)
        .select_related("version", "appearance__article__outlet")
        .defer("version__body", "version__body_text", "version__furniture")
        .order_by(
            Case(When(field=HEADLINE, then=0), default=1),
            Case(When(appearance__article=clashing, then=0), default=1),
            "appearance__article__sort_date",
            "appearance__article__number",
            "start",
        )
    )


def entry_beside(verdict: Verdict, shown: Printed | None) -> Entry:
    """The verdict's words; “by its own text” is not said beside another text."""
    entry, version = entry_of(verdict), verdict.clash_version
    if (
        version
        and not verdict.claim.shown_as_checking
        and not (shown and shown.article.pk == version.article_id)
    ):
        return replace(entry, more="")
    return entry


# The clash


def clash_of(verdict: Verdict, place: Placement, at: datetime) -> tuple[Side, Side] | None:
    """The two printed phrases face to face, where the verdict names them and readers may read both."""
    version, article = verdict.clash_version, place.appearance.article
    if version is None or verdict.claim.shown_as_checking:
        return None
    if not all(may_be_quoted(side, at) for side in (article, version.article)):
        return None
    words = verdict.clash_words if verdict.clash_words in place.exact else place.exact
    where = where_it_clashes(verdict, place)
    return (
        Side(_("The headline says"), visible(words), article),
        Side(where, visible(verdict.clash_against), version.article),
    )


def may_be_quoted(article: Article, at: datetime) -> bool:
    """Whether words of its text may stand on another page."""
    return article.is_public(at) and article.rights != Article.Rights.NONE


def where_it_clashes(verdict: Verdict, place: Placement) -> str:
    """Where the other phrase stands: in what readers see of the article, in a version of it, or in another article."""
    version, words = verdict.clash_version, verdict.clash_against
    if version.article_id != place.appearance.article_id:
        return _("“%(headline)s” says") % {"headline": visible(version.article.headline)}
    live = version if version.pk == place.version_id else ArticleVersion.objects.get(pk=place.version_id)
    if words in live.standfirst:
        return _("The standfirst says")
    at = live.body_text.find(words)
    if at < 0:
        return _("Version %(number)d said") % {"number": version.number}
    number = paragraph_at(live, at)
    return _("Paragraph %(number)d says") % {"number": number} if number else _("The text says")


def paragraph_at(version: ArticleVersion, offset: int) -> int | None:
    """The number of the paragraph at a place in the body's text, as the article's page numbers them."""
    ranges = zip(paragraph_numbers(version.body), block_ranges(version.body), strict=True)
    return next((number for number, (start, end) in ranges if start <= offset < end), None)
