"""The language of the interface is a prefix of the address: none for the site's own, /ur/ for Urdu.

The desk has one address in every language; there each person chooses (newsroom/desk_language.py).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from . import desk_language


class PrefixLanguageMiddleware:
    """Django's LocaleMiddleware also asks cookies and Accept-Language, so its pages could not be shared by a cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = (
            translation.get_language_from_path(request.path_info)
            or desk_language.chosen(request)
            or settings.LANGUAGE_CODE
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def unprefixed(path: str) -> str:
    """The address without its language: the canonical one, used in citations and ids."""
    language = translation.get_language_from_path(path)
    return path.removeprefix(f"/{language}") if language else path


def prefixed(path: str, language: str) -> str:
    """The same page in another interface language."""
    bare = unprefixed(path)
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"
