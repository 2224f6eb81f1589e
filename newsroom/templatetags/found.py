"""Print what search found: `{% runs line.headline %}`, the words that were looked for marked."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from newsroom.core.hygiene import visible

register = template.Library()


@register.simple_tag
def runs(words: Iterable[tuple[str, bool]]) -> SafeString:
    """Words in runs, escaped; those looked for are bold and never underlined: lines belong to claims."""
    return format_html_join("", "{}", ((run(said, is_hit),) for said, is_hit in words))


def run(said: str, is_hit: bool) -> SafeString | str:
    return format_html('<strong class="sought">{}</strong>', visible(said)) if is_hit else visible(said)
