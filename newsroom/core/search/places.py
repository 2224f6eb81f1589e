"""A row's place: one whole number that says face, day, number and kind, in this order; pure.

It is the row's primary key, so that both engines keep and read rows newest first, and a span of days is a span of
places. Nothing in it depends on a database id: the same archive has the same order everywhere.
"""

import datetime

from .terms import FACES, Face

NUMBER_BITS, CODE_BITS = 34, 3  # a number has ten digits
DAY_BITS = 22
UNDATED = (
    1 << DAY_BITS
) - 1  # what has no date stands before everything: there are few, and all are looked through
MOST_CODES = 1 << CODE_BITS
FACE_SIZE = 1 << (DAY_BITS + NUMBER_BITS + CODE_BITS)
DAY_SIZE = 1 << (NUMBER_BITS + CODE_BITS)


def place_of(face: Face, day: datetime.date | None, number: int, code: int) -> int:
    """The place of an object of that kind's code, on a face."""
    ordinal = UNDATED if day is None else day.toordinal()
    return FACES.index(face) * FACE_SIZE + ordinal * DAY_SIZE + number * MOST_CODES + code


def without_face(place: int) -> int:
    """The same on either face."""
    return place % FACE_SIZE


def ordinal_of(place: int) -> int:
    """The day as date.toordinal() counts, or UNDATED."""
    return without_face(place) // DAY_SIZE


def day_of(place: int) -> datetime.date | None:
    """The day, None for what has none."""
    ordinal = ordinal_of(place)
    return None if ordinal == UNDATED else datetime.date.fromordinal(ordinal)


def number_of_place(place: int) -> int:
    """The ten digits."""
    return place % DAY_SIZE // MOST_CODES


def bounds(face: Face, since: datetime.date | None, until: datetime.date | None) -> tuple[int, int]:
    """The first and last place of the face between the days, half-open. With a day given, what has none is outside."""
    base = FACES.index(face) * FACE_SIZE
    if since is None and until is None:
        return base, base + FACE_SIZE - 1
    first = since.toordinal() if since else 0
    following = until.toordinal() if until else UNDATED
    return base + first * DAY_SIZE, base + following * DAY_SIZE - 1
