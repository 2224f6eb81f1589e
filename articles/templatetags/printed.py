"""Print what is stored as readers may meet it: dates no more precise than they are known, words that cannot mislead.

`{% printed_on article %}`, `{% known_date day precision %}`, `{{ moment|to_the_minute }}`, `{{ language|direction }}`,
`{{ words|visible }}`, `{{ url|web_address }}`.
"""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.dates import for_machines, in_words, moment_in_words
from articles.models import Article
from articles.spans import safe_href
from newsroom.core import hygiene, languages

register = template.Library()


@register.simple_tag
def known_date(day: date | None, precision: str = "day") -> SafeString | str:
    """The date in words inside <time>; words alone where it is not known."""
    words, value = in_words(day, precision), for_machines(day, precision)
    return format_html('<time datetime="{}">{}</time>', value, words) if value else words


@register.simple_tag
def printed_on(article: Article) -> SafeString | str:
    """When the article was printed."""
    return known_date(article.printed_date, article.printed_precision)


@register.filter
def to_the_minute(moment: datetime) -> str:
    """When something happened here, in words."""
    return moment_in_words(moment)


@register.filter
def direction(language: str) -> str:
    """`rtl` or `ltr`, for the dir of words in that language."""
    return languages.direction(language)


@register.filter
def visible(words: str) -> str:
    """Stored words for showing, whatever a fixture brought in: what cannot be stored stands as U+FFFD."""
    return hygiene.visible(str(words))


@register.filter
def web_address(url: str) -> str:
    """A stored address that readers may follow, or nothing: fixtures bring in what no form would take."""
    href = safe_href(url) or ""
    return "" if href.startswith("mailto:") else href
