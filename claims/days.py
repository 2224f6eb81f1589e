"""Dated events, and the strip of days that shows how far apart they lie. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import date_format

LONGEST_STRIP = timedelta(days=65)  # three rows of 22 days


@dataclass(slots=True)
class Event:
    """One dated event and everybody who reported it."""

    on: date
    name: str
    reported_by: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Day:
    """One day of the strip. The month is named where it begins."""

    number: int
    month: str
    hit: bool


def events(reports: Iterable[tuple[date, str, str]]) -> list[Event]:
    """Each event once, in the order of days, from (day, event, who reports it); none unless two days differ."""
    found: dict[tuple[date, str], Event] = {}
    for on, name, reporter in reports:
        event = found.setdefault((on, name), Event(on, name))
        if reporter not in event.reported_by:
            event.reported_by.append(reporter)
    return [found[key] for key in sorted(found)] if len({on for on, _name in found}) > 1 else []


def strip(dated: list[Event]) -> list[Day]:
    """The days from the first event to the last; none where they are too many to draw."""
    if not dated or dated[-1].on - dated[0].on > LONGEST_STRIP:
        return []
    hits, day, days = {event.on for event in dated}, dated[0].on, []
    while day <= dated[-1].on:
        named = not days or day.day == 1
        days.append(Day(day.day, date_format(day, "M") if named else "", day in hits))
        day += timedelta(days=1)
    return days
