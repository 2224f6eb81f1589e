"""What the frame of the desk prints: the ways to the records and the other languages."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.utils import translation

from newsroom.core.languages import direction

register = template.Library()

# The records people open all day, with the second key of `g` for each.
PLACES = (("Article", "a"), ("Claim", "c"), ("Verdict", "v"), ("Source", "s"))


@dataclass(frozen=True)
class Place:
    """One link of the header. `current` is what aria-current says, empty elsewhere."""

    name: str
    url: str
    key: str
    current: str


@register.simple_tag(takes_context=True)
def desk_places(context: template.Context, available_apps: list[dict]) -> list[Place]:
    """The ways to the records that this person may open, from Django's own list of apps."""
    path = context["request"].path
    models = {model["object_name"]: model for app in available_apps or () for model in app["models"]}
    return [
        Place(model["name"], model["admin_url"], f"g {key}", _current(path, model["admin_url"]))
        for name, key in PLACES
        if (model := models.get(name)) and model["admin_url"]
    ]


def _current(path: str, url: str) -> str:
    """`page` on the list itself, `true` on what lies under it."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""


@register.simple_tag
def desk_languages(current: str) -> list[dict[str, str]]:
    """The interface languages other than the current one, each named in itself."""
    return [
        {
            "code": code,
            "name": translation.get_language_info(code)["name_local"],
            "dir": direction(code),
        }
        for code, _name in settings.LANGUAGES
        if code != current
    ]
