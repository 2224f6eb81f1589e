"""The public past of an article: its history, each earlier version as a page and as plain text."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from .canonical import canonical_text
from .history import Edition, History
from .models import Article, ArticleVersion
from .reading import ArticleReading
from .views import PublicArticleView


def address_to_cite(request: HttpRequest, thing: Article | ArticleVersion) -> str:
    """The whole address of the thing without a language: the one that readers cite."""
    with translation.override(settings.LANGUAGE_CODE):
        return request.build_absolute_uri(thing.get_absolute_url())


class HistoryView(PublicArticleView):
    """Every public version of an article."""

    url_name = "articles:history"
    template_name = "articles/article_history.html"

    def answer(self, request: HttpRequest, article: Article, now: datetime) -> HttpResponse:
        history = History(article, now)
        return render(request, self.template_name, {"article": article, "history": history})


class VersionView(PublicArticleView):
    """One public version of an article, as readers saw it, under a band that says so."""

    url_name = "articles:version"
    template_name = "articles/article_version.html"
    reading_class = ArticleReading

    def answer(self, request: HttpRequest, article: Article, now: datetime, version: int) -> HttpResponse:
        history = History(article, now)
        edition = find_edition(history, version)
        reading = self.reading_class(article, now, with_text(edition))
        context = {
            "reading": reading,
            "article": article,
            "history": history,
            "edition": edition,
            "canonical_url": address_to_cite(request, article),
        }
        return render(request, self.template_name, context)


class VersionTextView(PublicArticleView):
    """The canonical text of one public version, the bytes that its SHA-256 is taken of."""

    url_name = "articles:version-text"

    def answer(self, request: HttpRequest, article: Article, now: datetime, version: int) -> HttpResponse:
        if article.rights != Article.Rights.FULL:
            raise Http404
        words = with_text(find_edition(History(article, now), version))
        text = canonical_text(words.headline, words.standfirst, words.body)
        return HttpResponse(text.encode("utf-8", "surrogatepass"), content_type="text/plain; charset=utf-8")


def find_edition(history: History, number: int) -> Edition:
    """The public version of that number. Raise Http404 for any other: for readers it does not exist."""
    if number not in history.by_number:
        raise Http404
    return history.by_number[number]


def with_text(edition: Edition) -> ArticleVersion:
    """The version with its words, which no list reads. One query."""
    found = ArticleVersion.objects.select_related(None).get(pk=edition.version.pk)
    found.article = edition.version.article
    return found
