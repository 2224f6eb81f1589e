"""Which outlet printed a file: named on the command line, named by its page furniture, or not known."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.importing.parsed import Parsed
from articles.models import Outlet
from newsroom.core.hygiene import fold_key

NAMED_BY_PAGE = re.compile(r"^e-?paper\s*[-–—|:]\s*(?P<name>.+)$", re.IGNORECASE)
NOT_KNOWN = "not-known"


class NoSuchOutlet(ValueError):
    """No outlet has the short name that was given; the message lists those that exist."""


@dataclass(frozen=True)
class Named:
    """An outlet by its short name, and how we came to it: `given` by a person, or `line` of the file that names it."""

    slug: str = NOT_KNOWN
    name: str = ""
    given: bool = False
    line: int = 0

    @property
    def is_known(self) -> bool:
        return self.slug != NOT_KNOWN


def outlet_for(parsed: Parsed, slug: str = "") -> Named:
    """The outlet given by its short name, else the one whose name stands in the page furniture, else “not known”.

    Raise NoSuchOutlet for a short name that no outlet has.
    """
    if slug:
        return Named(slug, outlet_of(slug).name, given=True)
    known = {fold_key(outlet.name): outlet for outlet in Outlet.objects.all()}
    lines = [printed for article in parsed.articles for printed in article.furniture]
    found = [(printed.line, NAMED_BY_PAGE.match(printed.text)) for printed in lines]
    named = {fold_key(name["name"]): line for line, name in found if name and fold_key(name["name"]) in known}
    if len(named) != 1:
        return Named()
    key, line = named.popitem()
    return Named(known[key].slug, known[key].name, line=line)


def enter_unknown() -> Outlet:
    """The outlet of articles whose outlet is not known; made when the first of them is entered."""
    return Outlet.objects.get_or_create(slug=NOT_KNOWN, defaults={"name": "Outlet not known"})[0]


def outlet_of(slug: str) -> Outlet:
    """The outlet of that short name. Raise NoSuchOutlet."""
    if found := Outlet.objects.filter(slug=slug).first():
        return found
    names = ", ".join(Outlet.objects.order_by("slug").values_list("slug", flat=True))
    raise NoSuchOutlet(
        _("No outlet has the short name “%(slug)s”. There are: %(names)s. Enter it at the desk first.")
        % {"slug": slug, "names": names or _("none yet")}
    )
