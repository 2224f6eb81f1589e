"""Names and dates out of bylines and date lines, as far as they are certain. Pure; no year is ever added."""

import re
from dataclasses import dataclass
from datetime import date

from articles.importing import shapes

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            ("jan", "جنوری"),
            ("feb", "فروری"),
            ("mar", "مارچ"),
            ("apr", "اپریل"),
            ("may", "مئی"),
            ("jun", "جون"),
            ("jul", "جولائی"),
            ("aug", "اگست"),
            ("sep", "ستمبر"),
            ("oct", "اکتوبر"),
            ("nov", "نومبر"),
            ("dec", "دسمبر"),
        ],
        start=1,
    )
    for name in names
}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAY_AND_MONTH = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month>{shapes.MONTH})"
    rf"|(?P<month2>{shapes.MONTH})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)(?:,?\s(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
BETWEEN_NAMES = re.compile(r",\s+(?:and\s+)?|\s+and\s+|\s+&\s+")
SMALL_IN_NAMES = {
    "al",
    "bin",
    "bint",
    "da",
    "de",
    "der",
    "di",
    "e",
    "el",
    "ibn",
    "ul",
    "ur",
    "van",
    "von",
    "-",
}


@dataclass(frozen=True)
class PrintedDate:
    """The words of a date as printed, and the day they name where day, month and year all stand there."""

    words: str
    day: date | None


def printed_date(line: str) -> PrintedDate | None:
    """The date of a date line. A day that does not exist, or whose printed weekday is another, is not taken over."""
    found = DAY_AND_MONTH.search(line)
    if not found:
        return None
    day = _day(found["day"] or found["day2"], found["month"] or found["month2"], found["year"])
    weekday = next((number for number, name in enumerate(WEEKDAYS) if name in line.casefold()), None)
    if day and weekday is not None and day.weekday() != weekday:
        day = None
    return PrintedDate(found[0], day)


def _day(day: str, month: str, year: str | None) -> date | None:
    number = next(number for name, number in MONTHS.items() if month.casefold().startswith(name))
    try:
        return date(int(year), number, int(day)) if year else None
    except ValueError:
        return None


def signers(byline: str) -> list[tuple[str, str]]:
    """(name, as printed) for everyone who signs. Several only where every part is plainly a name."""
    found = shapes.BYLINE.match(byline)
    who = found["who"] if found else byline
    parts = BETWEEN_NAMES.split(who)
    if len(parts) < 2 or not all(map(_is_name, parts)):
        return [(who, byline)]
    opening = byline[: len(byline) - len(who)]
    return [(name, (opening if place == 0 else "") + name) for place, name in enumerate(parts)]


def _is_name(text: str) -> bool:
    parts = text.split()
    return 1 < len(parts) < 6 and all(
        part[0].isupper() or part.casefold() in SMALL_IN_NAMES for part in parts
    )
