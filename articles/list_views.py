"""Lists of articles: the archive, everything under one tag, and what was withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from newsroom.core.hygiene import fold_key
from newsroom.core.pages import AFTER, BEFORE, BadCursor, KeysetPage, KeysetPager

from .filters import ArticleFilter, Problem, StrictFilterSet, articles_under, tags_of_articles
from .models import Article, Tag


@dataclass(frozen=True)
class Story:
    """One line of a list: the article and, where somebody knows it, what stands beside its headline."""

    article: Article
    status: Any = None


class StrictListView(TemplateView):
    """A list in keyset pages whose address is read strictly: what it does not understand answers 400, with the form."""

    filterset_class: type[StrictFilterSet] = StrictFilterSet
    order: Sequence[str] = ("-sort_date", "-number")
    size = 24

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at: datetime = timezone.now()

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.filter = self.filterset_class(request.GET, queryset=self.get_queryset())
        if self.filter.problems:
            return self.refuse(self.filter.problems)
        try:
            page = KeysetPager(self.ordered(self.filter.qs), self.order, self.size).page_of(request.GET)
        except BadCursor as error:
            return self.refuse([Problem(self.cursor_name(), str(error))])
        return self.render_to_response(self.get_context_data(page=page, **self.on_page(page), **kwargs))

    def get_queryset(self) -> QuerySet:
        """Every row that the list could show."""
        raise NotImplementedError

    def ordered(self, rows: QuerySet) -> QuerySet:
        """The rows that `order` can sort: those without a value in it left out."""
        return rows

    def on_page(self, page: KeysetPage) -> dict[str, Any]:
        """What the template prints of the page."""
        return {}

    def get_context_data(self, page: KeysetPage | None = None, **kwargs) -> dict[str, Any]:
        known = {"filter": self.filter, "path_of_list": self.request.path}
        if page:
            known["page"] = page
            known["older"] = page.next_link(self.filter.parameters)
            known["newer"] = page.previous_link(self.filter.parameters)
            known["is_first"] = self.is_first(page)
        return super().get_context_data(**known, **kwargs)

    def is_first(self, page: KeysetPage) -> bool:
        """Whether the list begins with this page; one beyond its end does not."""
        asked_for_a_place = any(name in self.request.GET for name in (AFTER, BEFORE))
        return page.previous_cursor is None and bool(page.items or not asked_for_a_place)

    def refuse(self, problems: list[Problem]) -> HttpResponse:
        """The page that names each parameter and says what to write, with the form as it was filled in."""
        context = self.get_context_data(problems=problems)
        return self.response_class(
            self.request, ["newsroom/list_error.html"], context, status=400, using=self.template_engine
        )

    def cursor_name(self) -> str:
        return " & ".join(name for name in (AFTER, BEFORE) if name in self.request.GET)


class ArticleListView(StrictListView):
    """The archive, newest first."""

    template_name = "articles/article_list.html"
    filterset_class = ArticleFilter
    extra_context = {"form_template": "articles/_filters.html"}

    def get_queryset(self) -> QuerySet:
        return Article.objects.public(self.at).for_lists()

    def on_page(self, page: KeysetPage) -> dict[str, Any]:
        return {"stories": self.stories(page.items)}

    def stories(self, articles: Sequence[Article]) -> list[Story]:
        return [Story(article) for article in articles]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(list_title=_("Articles"), **kwargs)


class WithdrawnListView(StrictListView):
    """Every article that readers could read once and that was taken back: when, and why. The last withdrawn first."""

    template_name = "articles/withdrawn_list.html"
    order = ("-withdrawn_at", "-number")

    def get_queryset(self) -> QuerySet:
        return Article.objects.withdrawn(self.at).exclude(withdrawn_at=None).for_withdrawn_list()

    def on_page(self, page: KeysetPage) -> dict[str, Any]:
        return {"articles": page.items}


class TagView(ArticleListView):
    """Everything public under one tag. Its other names lead to it; a tag of hidden things does not exist."""

    template_name = "articles/tag.html"
    filterset_class = StrictFilterSet
    extra_context = None

    def get(self, request: HttpRequest, *args, slug: str, **kwargs) -> HttpResponse:
        found = self.find(slug)
        if found is None:
            raise Http404
        if found.slug != slug:
            query = request.META["QUERY_STRING"]
            url = reverse("articles:tag", kwargs={"slug": found.slug})
            return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
        self.tag = found
        return super().get(request, *args, **kwargs)

    def find(self, slug: str) -> Tag | None:
        """The tag that readers may meet under these words: its own, another name's, or another spelling of them."""
        spelt = Q(slug=slug) | Q(aliases__slug=slug) | Q(key=fold_key(slug.replace("-", " ")))
        found = self.tags_in_use().filter(spelt).order_by("key")
        return min(found, key=lambda tag: tag.slug != slug, default=None)

    def tags_in_use(self) -> QuerySet:
        """The tags that have something to show; claims add theirs."""
        return tags_of_articles()

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(articles_under(self.tag))

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(tag=self.tag, **kwargs)
