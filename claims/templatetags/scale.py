"""Words of the scale in templates."""

from django import template

from claims import scale

register = template.Library()


@register.filter
def rating_words(text: str) -> str:
    """A rating's label or meaning in the reader's language."""
    return scale.in_words(text)
