"""What was typed into a form of the desk whose writer was signed out meanwhile: shown again, and sent once more.

No browser keeps a page of the desk, so its Back button brings no words back. They stand on the page that refuses them,
in a form with a token of now.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from .desk import is_desk

LONGEST_LINE = 20  # characters from which a value is shown as words and not only sent along
NEVER_SHOWN = ("password", "csrfmiddlewaretoken")  # wherever they stand in a name, as in old_password


@dataclass(frozen=True)
class Field:
    """One field as it was posted. `label` is its name, readable enough to find one's words by."""

    name: str
    value: str

    @property
    def is_words(self) -> bool:
        """Whether somebody may have written this, and wants to see it; of what a form carries hidden nobody does."""
        carried = self.name.startswith("initial-") or "-initial-" in self.name
        return not carried and (len(self.value) > LONGEST_LINE or " " in self.value.strip())

    @property
    def label(self) -> str:
        return self.name.rsplit("-", 1)[-1].replace("_", " ")


def fields_of(request: HttpRequest) -> list[Field]:
    """What was posted, in its order, but for passwords and the token."""
    return [
        Field(name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(secret in name for secret in NEVER_SHOWN)
    ]


def is_own_form(request: HttpRequest) -> bool:
    """Whether one of our own pages sent the form: another site's is never offered for sending again."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def can_be_kept(request: HttpRequest) -> bool:
    """Whether a person sent a form of ours that holds words. What a script sent, the script still has."""
    by_person = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return request.method == "POST" and by_person and any(field.is_words for field in fields_of(request))


class KeepsWhatWasTyped:
    """Whoever sends a form after their session ended gets their words back, not the page for signing in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, _args, _kwargs) -> HttpResponse | None:
        if not is_desk(request) or request.user.is_authenticated or not can_be_kept(request):
            return None
        if request.resolver_match.url_name in ("login", "logout"):
            return None
        return kept_page(request)


def kept_page(request: HttpRequest) -> HttpResponse:
    """403 with the words, the way to sign in, and the button that sends them again."""
    from .views import desk_page

    context = {"fields": fields_of(request), "address": request.get_full_path(), "files": list(request.FILES)}
    return desk_page(request, "admin/kept.html", 403, **context)
