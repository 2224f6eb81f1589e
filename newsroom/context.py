"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from newsroom.core.languages import direction

from .desk import is_desk
from .language import prefixed, unprefixed


def site(request: HttpRequest) -> dict:
    """Name, direction, canonical address and the page in the other languages; the session is never touched."""
    current = translation.get_language() or settings.LANGUAGE_CODE
    # The desk has its own switch of languages, and none of its pages is a section of the readers' site.
    others = [] if is_desk(request) else [code for code, _ in settings.LANGUAGES if code != current]
    return {
        "site_name": settings.SITE_NAME,
        "path": "" if is_desk(request) else request.path,
        "direction": direction(current),
        "canonical_url": request.build_absolute_uri(unprefixed(request.path)),
        "other_languages": [other_language(code, request.path) for code in others],
    }


def other_language(code: str, path: str) -> dict:
    """One link to the same page in another interface language, named in that language."""
    return {
        "code": code,
        "name": translation.get_language_info(code)["name_local"],
        "dir": direction(code),
        "url": prefixed(path, code),
    }
