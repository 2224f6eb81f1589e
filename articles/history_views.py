"""The public past of an article: its history, each earlier version as a page and as plain text."""

import re
from base64 import b64encode
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response

from .canonical import canonical_bytes
from .history import Edition, History
from .models import Article, ArticleVersion
from .reading import ArticleReading
from .views import PublicArticleView

# A version never changes, so its text alone may be kept by everybody; what stands beside the words may change any day.
KEPT_FOR_EVER = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


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
    """The canonical text of one public version: the very bytes that its SHA-256 is taken of."""

    url_name = "articles:version-text"

    def answer(self, request: HttpRequest, article: Article, now: datetime, version: int) -> HttpResponse:
        if article.rights != Article.Rights.FULL:
            raise Http404
        words = with_text(find_edition(History(article, now), version))
        text = canonical_bytes(words.headline, words.standfirst, words.body)
        response = HttpResponse(text, content_type="text/plain; charset=utf-8", headers=KEPT_FOR_EVER)
        digest = sha256(text)
        response["Repr-Digest"] = f"sha-256=:{b64encode(digest.digest()).decode()}:"
        response["Content-Language"] = language_tag(article)
        etag = f'"{digest.hexdigest()}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response)


def language_tag(article: Article) -> str:
    """The article's language for a header, whatever a fixture brought in."""
    return article.language if re.fullmatch("[A-Za-z0-9-]{1,35}", article.language) else "und"


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
