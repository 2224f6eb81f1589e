"""What a person opened lately: a few keys in a cookie of the desk, so that no page of the desk writes a row to be read.

The cookie holds kinds and keys, never words, and the key of the person: on a shared computer nobody sees what another
opened. What it names is looked up, with the reader's rights, where it is shown.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .desk import DESK, is_desk

COOKIE = "desk_recent"
KEPT = 8
A_MONTH = 30 * 24 * 3600

# Pages of the admin that open one object, by the name of their address.
PAGES = {
    "articles_article_change": "article",
    "articles_article_flag": "article",
    "articles_article_preview": "article",
    "claims_claim_change": "claim",
    "claims_claim_places": "claim",
    "claims_source_change": "source",
}
WHOLE = re.compile(r"\d{1,12}:(?:(?:article|claim|source)-\d{1,18}\.?)+", re.ASCII)


def opened(request: HttpRequest) -> list[tuple[str, int]]:
    """Kind and key of what this person opened in this browser, newest first; empty where the cookie is not theirs."""
    whole = request.COOKIES.get(COOKIE, "")
    if not WHOLE.fullmatch(whole):
        return []
    owner, _, keys = whole.partition(":")
    if int(owner) != request.user.pk:
        return []
    pairs = (key.split("-") for key in keys.split(".") if key)
    return [(kind, int(key)) for kind, key in pairs][:KEPT]


class RecentMiddleware:
    """Keep what a page of the desk opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if now := just_opened(request, response):
            remember(request, response, now)
        return response


def just_opened(request: HttpRequest, response: HttpResponse) -> tuple[str, int] | None:
    """What the request opened, if it opened something worth coming back to."""
    match = request.resolver_match
    if match is None or not is_desk(request) or request.method != "GET" or response.status_code != 200:
        return None
    kind = PAGES.get(match.url_name or "")
    key = str(next(iter([*match.kwargs.values(), *match.args]), ""))
    if kind is None or not (key.isascii() and key.isdecimal()) or "_popup" in request.GET:
        return None
    return (kind, int(key)) if request.user.is_authenticated else None


def remember(request: HttpRequest, response: HttpResponse, now: tuple[str, int]) -> None:
    """Put it first among what the person opened."""
    kept = [now, *(each for each in opened(request) if each != now)][:KEPT]
    response.set_cookie(
        COOKIE,
        f"{request.user.pk}:" + ".".join(f"{kind}-{key}" for kind, key in kept),
        max_age=A_MONTH,
        path=DESK,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
