"""The language of the desk: chosen by the person, kept in a cookie that no public page ever reads or is sent."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .desk import DESK, is_desk

COOKIE = "desk_language"
A_YEAR = 365 * 24 * 3600


def chosen(request: HttpRequest) -> str:
    """The language chosen for the desk; empty outside the desk, where none was chosen or none of ours is named."""
    language = request.COOKIES.get(COOKIE, "") if is_desk(request) else ""
    return language if language in dict(settings.LANGUAGES) else ""


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language and go back to the page of the desk where it was chosen. Open before signing in, too."""
    response = HttpResponseRedirect(_back(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            COOKIE,
            language,
            max_age=A_YEAR,
            path=DESK,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _back(request: HttpRequest) -> str:
    """Where the person was, if that is a page of this desk; else its first page."""
    address = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if here and address.startswith(DESK) else DESK
