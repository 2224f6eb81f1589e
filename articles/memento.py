"""The past of an article for machines (RFC 7089): which version was public when, under which address.

The article is the original, each public version a memento of it, dated by when readers began to see it, which is not
the date of printing. Addresses are whole and without a language.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.http import http_date, parse_http_date

from .history import Edition, History
from .models import Article

LINK_FORMAT = "application/link-format"


class BadDatetime(ValueError):
    """What stands in Accept-Datetime is no time as RFC 7089 writes it."""


def address_to_cite(request: HttpRequest, thing: Model) -> str:
    """The whole address of the thing without a language: the one that readers cite."""
    with translation.override(settings.LANGUAGE_CODE):
        return request.build_absolute_uri(thing.get_absolute_url())


def place_of(request: HttpRequest, article: Article, name: str) -> str:
    """The whole address of the article's timegate or timemap, without a language."""
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse(f"articles:{name}", kwargs={"number": article.number, "slug": article.slug})
    return request.build_absolute_uri(path)


def asked_for(written: str) -> datetime:
    """The time in an Accept-Datetime header. Raise BadDatetime for anything that is not exactly a date of HTTP."""
    try:
        seconds = parse_http_date(written)
    except ValueError as error:
        raise BadDatetime(written) from error
    # The older ways of writing it are no part of RFC 7089, nor is a day of the week that was another.
    if http_date(seconds) != written:
        raise BadDatetime(written)
    return datetime.fromtimestamp(seconds, tz=UTC)


def links_of_article(request: HttpRequest, article: Article) -> str:
    """The Link header of the article's own page: where its past is told."""
    return ", ".join(
        [
            f'<{place_of(request, article, "timegate")}>; rel="timegate"',
            f'<{place_of(request, article, "timemap")}>; rel="timemap"; type="{LINK_FORMAT}"',
        ]
    )


def links_of_version(request: HttpRequest, history: History, edition: Edition) -> str:
    """The Link header of a version: the article, its past, and the versions around this one."""
    original = f'<{address_to_cite(request, history.article)}>; rel="original"'
    at = history.editions.index(edition)
    near = dict.fromkeys(
        [0, max(0, at - 1), min(at + 1, len(history.editions) - 1), len(history.editions) - 1]
    )
    around = [memento(request, history, index, relations(history, index, at)) for index in near]
    return ", ".join([original, links_of_article(request, history.article), *around])


def relations(history: History, index: int, at: int | None = None) -> str:
    """How a version is related to the past, or to the version that is being read."""
    named = {
        "first": index == 0,
        "last": index == len(history.editions) - 1,
        "prev": at is not None and index == at - 1,
        "next": at is not None and index == at + 1,
    }
    return " ".join([*(name for name, holds in named.items() if holds), "memento"])


def memento(request: HttpRequest, history: History, index: int, relation: str) -> str:
    edition = history.editions[index]
    url = address_to_cite(request, edition.version)
    return f'<{url}>; rel="{relation}"; datetime="{http_date(edition.since.timestamp())}"'


def time_map(request: HttpRequest, history: History) -> str:
    """Every version that readers have seen, with the time from which each was what they saw."""
    ends = [http_date(edition.since.timestamp()) for edition in (history.first, history.current)]
    lines = [
        f'<{address_to_cite(request, history.article)}>; rel="original"',
        f'<{place_of(request, history.article, "timegate")}>; rel="timegate"',
        f'<{place_of(request, history.article, "timemap")}>; rel="self"; type="{LINK_FORMAT}"; '
        f'from="{ends[0]}"; until="{ends[1]}"',
        *(
            memento(request, history, index, relations(history, index))
            for index in range(len(history.editions))
        ),
    ]
    return ",\n".join(lines) + "\n"
