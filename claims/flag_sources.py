"""Finding the source that a name means, among those that are kept."""

from django.db.models import Q

from newsroom.core.hygiene import fold_key

from .models import Source

MOST_OFFERED = 8


def names_of(source: Source) -> list[str]:
    """Every name of a source, folded."""
    return [fold_key(name) for name in (source.name, *source.aliases.split(";")) if name.strip()]


def called(name: str) -> list[Source]:
    """The sources of that very name, by their own or another one; case and variant letters are one."""
    key = fold_key(name)
    if not key:
        return []
    begins = name.strip()[:3]
    like = Q(name__istartswith=begins) | Q(name__istartswith=begins.capitalize()) | Q(aliases__icontains=name)
    return [
        source for source in Source.objects.filter(like).order_by("name")[:500] if key in names_of(source)
    ]


def offered(text: str) -> list[Source]:
    """Up to eight sources whose name begins with the words, or has a word that does."""
    words = text.strip()[:60]
    if not words:
        return []
    begins = Q(name__istartswith=words) | Q(name__icontains=f" {words}") | Q(aliases__icontains=words)
    return list(Source.objects.filter(begins).order_by("name")[:MOST_OFFERED])
