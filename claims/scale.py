"""The words of the scale in the reader's language: ratings are data, and the shipped ones are translated."""

from django.utils.translation import pgettext, pgettext_lazy

# What migrations/0002_ratings.py ships, named here so that makemessages finds it. A newsroom's own words show as typed.
SHIPPED = (
    pgettext_lazy("rating", "True"),
    pgettext_lazy("rating", "Mostly true"),
    pgettext_lazy("rating", "Half true"),
    pgettext_lazy("rating", "Missing context"),
    pgettext_lazy("rating", "Misleading"),
    pgettext_lazy("rating", "Mostly false"),
    pgettext_lazy("rating", "False"),
    pgettext_lazy("rating", "Contradicted"),
    pgettext_lazy("rating", "Unproven"),
    pgettext_lazy("rating", "Outdated"),
    pgettext_lazy("rating", "Not checkable"),
    pgettext_lazy("rating", "The statement holds, and nothing that matters is left out."),
    pgettext_lazy("rating", "The core holds; a detail is off or needs a word of explanation."),
    pgettext_lazy("rating", "One part holds and another, just as weighty, does not."),
    pgettext_lazy(
        "rating", "What is said may hold, but something left out would change how it is understood."
    ),
    pgettext_lazy("rating", "Built of true parts so that it suggests what is not so."),
    pgettext_lazy("rating", "The core does not hold, though a detail does."),
    pgettext_lazy("rating", "The statement does not hold."),
    pgettext_lazy(
        "rating",
        "Another printing says the opposite: the same text, or the dated record. The finding says which.",
    ),
    pgettext_lazy("rating", "We looked, and what there is does not settle it. The page says what would."),
    pgettext_lazy("rating", "It held when it was printed and no longer does."),
    pgettext_lazy("rating", "An opinion, a wish or a forecast: nothing that evidence could settle."),
)


def in_words(text: str) -> str:
    """A rating's label or meaning in the reader's language, or as the newsroom typed it."""
    return pgettext("rating", text) if text else ""
