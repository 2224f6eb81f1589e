"""The public past of an article: its history, each version as a page and as plain text, and its times for machines."""

import re
from base64 import b64encode
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _

from . import memento
from .canonical import canonical_bytes
from .compared import Comparison
from .history import Edition, History
from .history_address import HistoryAddress
from .models import Article, ArticleVersion
from .reading import ArticleReading
from .views import PublicArticleView

# A version's text may be kept by everybody, but for a day only: an order may take words out of it. What stands beside
# the words may change any day.
KEPT_FOR_A_DAY = {
    "Cache-Control": "public, max-age=86400",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class PastView(PublicArticleView):
    """A page of a public article's past."""

    names = False

    def answer(self, request: HttpRequest, article: Article, now: datetime, **place) -> HttpResponse:
        history = History(article, now, names=settings.NAMES_IN_HISTORY and self.names)
        # Rows brought in by hand may lack the times at which they were public: then nobody can say what was.
        if not history.editions:
            raise Http404
        return self.tell(request, history, **place)

    def tell(self, request: HttpRequest, history: History, **place) -> HttpResponse:
        """The page, of a past with at least one version."""
        raise NotImplementedError


class HistoryView(PastView):
    """Every public version of an article, and any two of them side by side: unless asked otherwise, the last two."""

    url_name = "articles:history"
    template_name = "articles/article_history.html"
    comparison_class = Comparison
    names = True

    def tell(self, request: HttpRequest, history: History) -> HttpResponse:
        address = HistoryAddress(request.GET, history)
        pair = None if address.problems else address.pair
        context = {
            "article": history.article,
            "history": history,
            "address": address,
            "asked": bool(request.GET),
            "chosen": pair or history.last_two,
            "comparison": self.comparison_class(history.article, *pair, history.at) if pair else None,
        }
        return render(request, self.template_name, context, status=400 if address.problems else 200)


class VersionView(PastView):
    """One public version of an article, as readers saw it, under a band that says so."""

    url_name = "articles:version"
    template_name = "articles/article_version.html"
    reading_class = ArticleReading

    def tell(self, request: HttpRequest, history: History, version: int) -> HttpResponse:
        article, edition = history.article, find_edition(history, version)
        reading = self.reading_class(article, history.at, with_text(edition))
        context = {
            "reading": reading,
            "article": article,
            "history": history,
            "edition": edition,
            "canonical_url": memento.address_to_cite(request, article),
            "cite_url": memento.address_to_cite(request, edition.version),
        }
        response = render(request, self.template_name, context)
        response["Memento-Datetime"] = http_date(edition.since.timestamp())
        response["Link"] = memento.links_of_version(request, history, edition)
        return response


class VersionTextView(PastView):
    """The canonical text of one public version: the very bytes that its SHA-256 is taken of."""

    url_name = "articles:version-text"

    def tell(self, request: HttpRequest, history: History, version: int) -> HttpResponse:
        article = history.article
        if article.rights != Article.Rights.FULL:
            raise Http404
        words = with_text(find_edition(history, version))
        text = canonical_bytes(words.headline, words.standfirst, words.body)
        response = HttpResponse(text, content_type="text/plain; charset=utf-8", headers=KEPT_FOR_A_DAY)
        digest = sha256(text)
        response["Repr-Digest"] = f"sha-256=:{b64encode(digest.digest()).decode()}:"
        response["Content-Language"] = language_tag(article)
        etag = f'"{digest.hexdigest()}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response)


class TimeGateView(PastView):
    """Leads to the version that readers saw at the time that Accept-Datetime names, to the current one without it."""

    url_name = "articles:timegate"

    def tell(self, request: HttpRequest, history: History) -> HttpResponse:
        written = request.headers.get("Accept-Datetime")
        try:
            moment = history.at if written is None else memento.asked_for(written)
        except memento.BadDatetime:
            response = self.refuse(request, history.article)
        else:
            edition = history.seen_at(moment)
            response = HttpResponseRedirect(memento.address_to_cite(request, edition.version))
            original = memento.address_to_cite(request, history.article)
            response["Link"] = (
                f'<{original}>; rel="original", {memento.links_of_article(request, history.article)}'
            )
        patch_vary_headers(response, ["Accept-Datetime"])
        return response

    def refuse(self, request: HttpRequest, article: Article) -> HttpResponse:
        hint = _("Accept-Datetime is no time. Write it so: %(example)s.") % {"example": http_date(0)}
        context = {"problems": [hint], "back": article.get_absolute_url(), "back_words": article.headline}
        return render(request, "400.html", context, status=400)


class TimeMapView(PastView):
    """Every public version and when it was one, for machines."""

    url_name = "articles:timemap"

    def tell(self, request: HttpRequest, history: History) -> HttpResponse:
        told = memento.time_map(request, history)
        return HttpResponse(told, content_type=memento.LINK_FORMAT, headers={"X-Robots-Tag": "noindex"})


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
