"""Draw the status marks: one symbol per finding, `{% mark "contradicted" size=24 %}`, and the sprite that holds them.

A page draws its marks anywhere and prints `{% sprite %}` once, last: it holds only the symbols the page used.
Marks drawn by other means (the text renderer) are announced with `{% uses_marks names %}`.
"""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.statuses import OTHER_MARKS

register = template.Library()

# The names ratings may take as their mark. ink.css and _marks.html know the same.
RATING_MARKS = (
    "true",
    "mostly-true",
    "half-true",
    "missing-context",
    "misleading",
    "mostly-false",
    "false",
    "contradicted",
    "unproven",
    "outdated",
    "not-checkable",
)
MARKS = frozenset(RATING_MARKS + OTHER_MARKS)
SIZES = (16, 24, 40, 72)


def _used(context: template.Context) -> set[str]:
    """The set of names used on this page, one per rendering: the floor of the stack that includes and blocks share."""
    return context.render_context.dicts[0].setdefault("newsroom.marks", set())


def draw(name: str, size: int = 16) -> SafeString:
    """The mark as an SVG that takes its shape from the sprite; nothing for a name without a symbol.

    Raise ValueError for a size the stylesheet does not know.
    """
    if size not in SIZES:
        raise ValueError(f"A mark is drawn at {SIZES} px, not {size}.")
    if name not in MARKS:
        return SafeString("")
    extra = "" if size == 16 else f" mk-{size}"
    return format_html(
        '<svg class="mk{} {}" width="{}" height="{}" aria-hidden="true"><use href="#m-{}"/></svg>',
        extra,
        name,
        size,
        size,
        name,
    )


@register.simple_tag(takes_context=True)
def mark(context: template.Context, name: str, size: int = 16) -> SafeString:
    """The mark of that name. It is hidden from screen readers: its word always stands beside it."""
    _used(context).add(name)
    return draw(name, size)


@register.simple_tag(takes_context=True)
def uses_marks(context: template.Context, names: Iterable[str]) -> str:
    """Announce marks that reach the page without `{% mark %}`, so that the sprite holds their symbols."""
    _used(context).update(names)
    return ""


@register.inclusion_tag("_marks.html", takes_context=True)
def sprite(context: template.Context) -> dict[str, set[str]]:
    """The symbols of the marks this page has used so far."""
    return {"used": _used(context) & MARKS}
