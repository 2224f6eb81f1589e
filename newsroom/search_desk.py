"""The desk's own search: articles, claims and sources in every state, as far as the person may see them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin import AdminSite
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.dates import in_words
from articles.filters import quoted
from articles.models import Article, ArticleVersion
from claims.listing import entry, with_rulings
from claims.models import Claim, Source
from claims.statuses import ArticleStatus, statuses_for
from newsroom.core.languages import direction
from newsroom.core.pages import AFTER, BadCursor
from newsroom.core.search import QueryRefused, parse, snippet
from newsroom.core.search.models import SearchRow

from .search_lines import LENGTH, Runs, keys, text_of
from .search_page import ARTICLE, CLAIM, SOURCE, SearchPage

MODELS = {ARTICLE: Article, CLAIM: Claim, SOURCE: Source}


@dataclass(frozen=True)
class Way:
    """One link of a line: what it says and where it leads."""

    words: str
    url: str


@dataclass(frozen=True)
class Line:
    """One thing found: its page at the desk, its name and a passage in runs, its state in words, and where to go on."""

    url: str
    name: Runs
    language: str
    ours: bool
    passage: Runs
    state: str
    details: tuple[str, ...]
    ways: tuple[Way, ...]
    status: ArticleStatus | None = None
    mark: str = ""
    word: str = ""
    cut: bool = False

    @property
    def direction(self) -> str:
        return direction(self.language) if self.language else "auto"


@dataclass
class DeskSearchPage(SearchPage):
    """What the desk finds. `kinds` are those that the person may see."""

    face = "desk"

    def lines(self, kind: str) -> list[Line]:
        makers = {ARTICLE: self.articles, CLAIM: self.claims, SOURCE: self.sources}
        return makers[kind](keys(self.founds[kind].hits, kind))

    # Articles

    def articles(self, found: Sequence[int]) -> list[Line]:
        """The articles with the newest words. Four queries, none for no hits."""
        if not found:
            return []
        rows = Article.objects.select_related("outlet").in_bulk(found)
        articles = [rows[key] for key in found if key in rows]
        statuses = statuses_for(articles, self.at)
        versions = newest_words(articles)
        cut = set(
            SearchRow.objects.filter(kind=ARTICLE, object_id__in=found, face=self.face, cut=True).values_list(
                "object_id", flat=True
            )
        )
        return [
            self.article(one, versions.get(one.latest_version_id, ("", "")), statuses[one.pk], one.pk in cut)
            for one in articles
        ]

    def article(self, article: Article, words: tuple[str, str], status: ArticleStatus, cut: bool) -> Line:
        headline, text = words
        return Line(
            reverse("admin:articles_article_change", args=[article.pk]),
            snippet(headline or str(article), self.query, length=None),
            article.language,
            False,
            snippet(text, self.query, length=LENGTH),
            state_of(article, self.at),
            (article.outlet.name, in_words(article.printed_date, article.printed_precision)),
            tuple(self.ways_of_article(article)),
            status if article.is_public(self.at) else None,
            cut=cut,
        )

    def ways_of_article(self, article: Article) -> Iterator[Way]:
        yield Way(_("Read and flag"), reverse("admin:articles_article_flag", args=[article.pk]))
        if not article.is_public(self.at) or article.live_version_id != article.latest_version_id:
            yield Way(_("Preview"), reverse("admin:articles_article_preview", args=[article.pk]))
        if article.is_public(self.at):
            yield Way(_("As readers see it"), article.get_absolute_url())

    # Claims

    def claims(self, found: Sequence[int]) -> list[Line]:
        """The claims in every state of the work. One query, none for no hits."""
        if not found:
            return []
        public = Exists(Claim.objects.public().filter(pk=OuterRef("pk")))
        rows = with_rulings(Claim.objects.annotate(is_public=public)).in_bulk(found)
        return [self.claim(rows[key]) for key in found if key in rows]

    def claim(self, claim: Claim) -> Line:
        shown = entry(claim) if claim.is_public else None
        ways = [Way(_("Places"), reverse("admin:claims_claim_places", args=[claim.pk]))]
        if claim.is_public:
            ways.append(Way(_("As readers see it"), claim.get_absolute_url()))
        return Line(
            reverse("admin:claims_claim_change", args=[claim.pk]),
            snippet(claim.statement, self.query, length=None),
            claim.language,
            True,
            snippet(claim.finding, self.query, length=LENGTH) if claim.finding else [],
            str(claim.get_work_state_display()),
            tuple(filter(None, [str(claim.claimant or ""), claim.closing_reason])),
            tuple(ways),
            mark=shown.mark if shown else "",
            word=shown.word if shown else _("Readers see nothing of it"),
        )

    # Sources

    def sources(self, found: Sequence[int]) -> list[Line]:
        """The sources. One query, none for no hits."""
        if not found:
            return []
        public = Exists(Source.objects.public(self.at).filter(pk=OuterRef("pk")))
        rows = Source.objects.annotate(is_public=public).in_bulk(found)
        return [self.source(rows[key]) for key in found if key in rows]

    def source(self, source: Source) -> Line:
        ways = [Way(_("As readers see it"), source.get_absolute_url())] if source.is_public else []
        return Line(
            reverse("admin:claims_source_change", args=[source.pk]),
            snippet(source.name, self.query, length=None),
            "",
            True,
            snippet(source.aliases, self.query, length=LENGTH),
            str(source.get_kind_display()),
            () if source.is_public else (_("Readers see nothing of it"),),
            tuple(ways),
        )


def newest_words(articles: Sequence[Article]) -> dict[int, tuple[str, str]]:
    """Headline, and standfirst with body, of the newest versions, by version. One query."""
    versions = [article.latest_version_id for article in articles if article.latest_version_id]
    rows = ArticleVersion.objects.filter(pk__in=versions)
    return {key: (headline, text) for key, headline, text in text_of(rows)}


def state_of(article: Article, at: datetime) -> str:
    """Where the article stands, in words that include what waits."""
    state = str(article.get_state_display())
    if article.state == Article.State.PUBLISHED and not article.is_public(at):
        state = _("Published from a later time")
    if article.live_version_id and article.live_version_id != article.latest_version_id:
        return _("%(state)s; a newer version waits") % {"state": state}
    return state


# The view


def search_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """`/admin/search/?q=`: what was found, or at the field what is wrong with the query (400)."""
    asked, kinds = request.GET.get("q", "").strip(), kinds_for(site, request)
    # The box of this page holds what was asked, so the header has none here.
    context = {**site.each_context(request), "has_own_search": True, "title": _("Search")}
    context |= {"asked": asked, "kinds": kinds}
    status = 200
    if asked and kinds:
        context["subtitle"] = quoted(asked)
        try:
            context["page"] = page_for(request, asked, kinds)
        except (QueryRefused, BadCursor) as refusal:
            context["refusal"], status = str(refusal), 400
    return TemplateResponse(request, "admin/search.html", context, status=status)


def kinds_for(site: AdminSite, request: HttpRequest) -> tuple[str, ...]:
    """The kinds whose records the person may view at the desk."""
    registry = site._registry
    return tuple(
        kind
        for kind, model in MODELS.items()
        if model in registry and registry[model].has_view_or_change_permission(request)
    )


def page_for(request: HttpRequest, asked: str, kinds: tuple[str, ...]) -> DeskSearchPage:
    """The page that the address asks for. Raise QueryRefused; BadCursor for a kind or place that there is not."""
    kind, after = request.GET.get("kind", ""), request.GET.get(AFTER)
    if kind and kind not in kinds:
        raise BadCursor(kind)
    return DeskSearchPage(parse(asked), asked, kind, after, timezone.now(), kinds=kinds)
