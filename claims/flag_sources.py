"""Finding the source that a name means, among those that are kept."""

from django.db.models import Q

from newsroom.core.admin_search import completed
from newsroom.core.hygiene import fold_key

from .models import Source

MOST_OFFERED = 8
MOST_COMPARED = 200
LONGEST = 200


def called(name: str) -> list[Source]:
    """The sources of that very name, by their own or another one; case and variant letters are one."""
    key = fold_key(name)
    if not key:
        return []
    like = Source.objects.filter(Q(name__iexact=name.strip()) | Q(pk__in=typed(name).values("pk")))
    return [source for source in like.order_by("name", "pk")[:MOST_COMPARED] if key in names_of(source)]


def offered(text: str) -> list[Source]:
    """Up to eight sources with these words in their names, the last of which may have only begun."""
    return list(typed(text).order_by("name", "pk")[:MOST_OFFERED]) if text.strip() else []


def typed(text: str):
    """The sources that fit what was typed so far."""
    return completed(Source.objects.all(), ("name", "aliases"), text.strip()[:LONGEST])


def names_of(source: Source) -> list[str]:
    """Every name of a source, folded."""
    return [fold_key(name) for name in (source.name, *source.aliases.split(";")) if name.strip()]
