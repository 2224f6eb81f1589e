"""Dates in words, as precisely as they are known and no more."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

# The words a reader meets and the value a machine reads, for each precision that Article and Claim store.
WORDS = {"day": "j F Y", "month": "F Y", "year": "Y"}
MACHINE = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


def in_words(day: date | None, precision: str) -> str:
    """Such as “7 April 2020”, “April 2020” or “2020”; says so where the date is not known."""
    if day is None or precision not in WORDS:
        return _("Date not known")
    return date_format(day, WORDS[precision])


def for_machines(day: date | None, precision: str) -> str:
    """The same as the value of <time datetime>; empty where the date is not known."""
    if day is None or precision not in MACHINE:
        return ""
    # strftime writes the year 850 as "850", which no machine takes for a year.
    return day.strftime(MACHINE[precision].replace("%Y", f"{day.year:04d}"))
