"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from newsroom.core.languages import direction

from .language import prefixed, unprefixed


def site(request: HttpRequest) -> dict:
    """Name, direction, canonical address and the page in the other languages; the session is never touched."""
    current = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "site_name": settings.SITE_NAME,
        "path": request.path,
        "direction": direction(current),
        "canonical_url": request.build_absolute_uri(unprefixed(request.path)),
        "other_languages": [
            other_language(code, request.path) for code, _ in settings.LANGUAGES if code != current
        ],
    }


def other_language(code: str, path: str) -> dict:
    """One link to the same page in another interface language, named in that language."""
    return {
        "code": code,
        "name": translation.get_language_info(code)["name_local"],
        "dir": direction(code),
        "url": prefixed(path, code),
    }
