"""The article page, without claims; its addresses; and the pictures in it."""

from datetime import datetime
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import View

from . import memento
from .images import CONTENT_TYPES
from .models import Article, Media
from .reading import ArticleReading

GONE, GONE_BY_LAW = 410, 451


class PublicArticleView(View):
    """A page of one public article. The number decides; other words in the address lead to the right ones."""

    http_method_names = ("get", "head", "options")
    url_name = "articles:detail"

    def get(self, request: HttpRequest, number: int, slug: str, **place) -> HttpResponse:
        now = timezone.now()
        article = find_article(number)
        if not article.is_public(now):
            return gone(request, article, now)
        if slug != article.slug:
            url = reverse(self.url_name, kwargs={"number": number, "slug": article.slug, **place})
            query = request.META.get("QUERY_STRING")
            return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
        return self.answer(request, article, now, **place)

    def answer(self, request: HttpRequest, article: Article, now: datetime, **place) -> HttpResponse:
        """The page of a public article under its right address."""
        raise NotImplementedError


class ArticleDetailView(PublicArticleView):
    """The article as readers see it now."""

    template_name = "articles/article_detail.html"
    reading_class = ArticleReading

    def answer(self, request: HttpRequest, article: Article, now: datetime) -> HttpResponse:
        reading = self.reading_class(article, now)
        context = {
            "reading": reading,
            "article": article,
            "cite_url": memento.address_to_cite(request, reading.version),
        }
        response = render(request, self.template_name, context)
        response["Link"] = memento.links_of_article(request, article)
        return response


@require_safe
def to_full_address(request: HttpRequest, number: int) -> HttpResponse:
    """From the number alone to the address with words in it."""
    now = timezone.now()
    article = find_article(number)
    if not article.is_public(now):
        return gone(request, article, now)
    return HttpResponsePermanentRedirect(article.get_absolute_url())


def find_article(number: int) -> Article:
    """The article of that number with its live version, public or not. Raise Http404 where there is none."""
    articles = Article.objects.select_related("outlet", "section", "live_version")
    return get_object_or_404(articles, number=number)


def gone(request: HttpRequest, article: Article, now) -> HttpResponse:
    """What readers are told of an article that is not public: date and reason if they could read it once, else nothing.

    Raise Http404 for an article that was never public.
    """
    was_public = article.first_published_at and article.first_published_at <= now
    if article.state != Article.State.WITHDRAWN or not was_public:
        raise Http404
    context = {
        "withdrawn_on": article.withdrawn_at,
        "reason": article.withdrawn_reason,
        "law": article.withdrawn_by_law,
    }
    status = GONE_BY_LAW if article.withdrawn_by_law else GONE
    return render(request, "410.html", context, status=status)


@require_safe
def picture(request: HttpRequest, uid: UUID, extension: str) -> FileResponse:
    """A released picture, as what it was found to be when it was uploaded."""
    shown = Media.objects.filter(released=True, rights=Media.Rights.FULL, extension__in=CONTENT_TYPES)
    media = get_object_or_404(shown, uid=uid, extension=extension)
    response = FileResponse(media.file.open(), content_type=CONTENT_TYPES[media.extension])
    response["X-Content-Type-Options"] = "nosniff"
    return response
