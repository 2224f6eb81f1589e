"""Times: of an act, as precisely as a fixture can say it; of a printed date, as precisely as it is known."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How much of a date is known. Of a month or a year the first day is stored."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")
    UNKNOWN = "unknown", _("Not known")


def moment() -> datetime:
    """Now, in whole milliseconds: Django's JSON fixtures keep no more, and a dump must load over its own rows."""
    now = timezone.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
