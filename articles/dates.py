"""Dates in words, as precisely as they are known and no more."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

# The words a reader meets and the value a machine reads, for each precision that Article and Claim store.
WORDS = {"day": "j F Y", "month": "F Y", "year": "Y"}
MACHINE = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


def in_words(day: date | None, precision: str) -> str:
    """Such as “7 April 2020”, “April 2020” or “2020”; says so where the date is not known."""
    if day is None or precision not in WORDS:
        return _("Date not known")
    return date_format(day, WORDS[precision])


def moment_in_words(moment: datetime) -> str:
    """A time of ours to the minute, in the site's time zone, such as “7 April 2020, 09:40”."""
    here = timezone.localtime(moment)
    return f"{date_format(here, 'j F Y')}{pgettext('between words', ',')} {date_format(here, 'H:i')}"


def for_machines(day: date | None, precision: str) -> str:
    """The same as the value of <time datetime>; empty where the date is not known."""
    if day is None or precision not in MACHINE:
        return ""
    # strftime writes the year 850 as "850", which no machine takes for a year.
    return day.strftime(MACHINE[precision].replace("%Y", f"{day.year:04d}"))
