"""The time of an act, as precisely as a fixture can say it."""

from datetime import datetime

from django.utils import timezone


def moment() -> datetime:
    """Now, in whole milliseconds: Django's JSON fixtures keep no more, and a dump must load over its own rows."""
    now = timezone.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
