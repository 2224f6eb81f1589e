"""Lists with the status of claims, the page of a source, and the scale."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from articles.list_views import ArticleListView, Story, StrictListView, TagView
from articles.models import Article
from newsroom.core.pages import KeysetPage

from .filters import ArticleStatusFilter, ClaimFilter, ratings_in_use
from .listing import claims_under, entries, newest_of_both, tags_in_use, with_rulings
from .models import Claim
from .source_page import source_page
from .statuses import statuses_for

SHELF = 6


class StoriesWithStatus:
    """Mixed into a list of articles: what was found stands beside every headline."""

    def stories(self, articles: Sequence[Article]) -> list[Story]:
        found = statuses_for(articles, self.at)
        return [Story(article, found[article.pk]) for article in articles]


class ArticleListWithStatus(StoriesWithStatus, ArticleListView):
    """The archive, and what was found beside its headlines."""

    filterset_class = ArticleStatusFilter
    extra_context = {"form_template": "claims/_article_filters.html"}


class TagPageWithStatus(StoriesWithStatus, TagView):
    """Everything public under one tag: the newest claims, then the articles."""

    template_name = "claims/tag_page.html"

    def tags_in_use(self) -> QuerySet:
        return tags_in_use(self.at)

    def on_page(self, page: KeysetPage) -> dict[str, Any]:
        claims = []
        if self.is_first(page):
            public = with_rulings(Claim.objects.public()).filter(claims_under(self.tag))
            claims = list(newest_of_both(public)[: SHELF + 1])
        more = len(claims) > SHELF
        return {**super().on_page(page), "claims": entries(claims[:SHELF], self.at), "more_claims": more}


class ClaimListView(StrictListView):
    """Ruled claims, newest ruling first, above them what is being checked; `?checking=yes` lists all of that."""

    template_name = "claims/claim_list.html"
    filterset_class = ClaimFilter
    extra_context = {"form_template": "claims/_filters.html"}

    def get_queryset(self) -> QuerySet:
        return with_rulings(Claim.objects.public())

    @property
    def order(self) -> tuple[str, str]:
        return ("-checking_since" if self.filter.shows_checking else "-ruled_at", "-number")

    def ordered(self, rows: QuerySet) -> QuerySet:
        return rows.filter(**{f"{self.order[0].removeprefix('-')}__isnull": False})

    def on_page(self, page: KeysetPage) -> dict[str, Any]:
        checking = self.being_checked() if self.is_first(page) else []
        lines = entries([*page.items, *checking[:SHELF]], self.at)
        ruled = len(page.items)
        return {
            "entries": lines[:ruled],
            "checking": lines[ruled:],
            "more_checking": len(checking) > SHELF,
        }

    def being_checked(self) -> list[Claim]:
        """What stands above the first page: claims without a verdict, on the same topic and of the same claimant."""
        if self.filter.speaks_of_rulings:
            return []
        claims = self.filter.narrowed_by_subject(with_rulings(Claim.objects.being_checked()))
        return list(claims.order_by("-checking_since", "-number")[: SHELF + 1])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(list_title=_("Claims"), **kwargs)


class SourceView(TemplateView):
    """One source: who it is, through whom it speaks, what it claimed and what evidence it gave."""

    template_name = "claims/source_detail.html"

    def get(self, request: HttpRequest, *args, number: int, slug: str, **kwargs) -> HttpResponse:
        page = source_page(number, timezone.now())
        if page is None:
            raise Http404
        if page.source.slug != slug:
            return HttpResponsePermanentRedirect(page.source.get_absolute_url())
        return self.render_to_response(self.get_context_data(page=page, source=page.source, **kwargs))


class RatingsView(TemplateView):
    """The scale, and how we check."""

    template_name = "claims/ratings.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        published = Count("verdicts", filter=Q(verdicts__publication_state="published"))
        ratings = ratings_in_use().annotate(published=published).order_by("order", "slug")
        return super().get_context_data(ratings=ratings, **kwargs)
