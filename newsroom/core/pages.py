"""Pages of a long list by keyset: each begins where its neighbour ended, so page 40,000 costs what page 1 costs.

    pager = KeysetPager(Article.objects.public(now), order=("-sort_date", "-number"), size=24)
    page = pager.page_of(request.GET)        # BadCursor: answer 400 with its message
    page.items, page.next_link(request.GET), page.previous_link(request.GET)

A page is one query that reads one row more than it shows: no OFFSET, no COUNT. A cursor names the row at the edge of
the page by the columns it is sorted by, such as `2020-04-07.1234567890`, so that it still works when that row is gone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

LONGEST_CURSOR = 1000
AFTER, BEFORE = "after", "before"
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{6})Z", re.ASCII)
NUMBER = re.compile(r"0|-?[1-9]\d{0,18}", re.ASCII)
BIGGEST = 2**63 - 1


class BadCursor(ValueError):
    """The address names no place in the list; the message is for the reader of the 400 page."""

    def __init__(self, given: str):
        shown = "".join(
            letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in given[:40]
        )
        super().__init__(
            _("“%(given)s” is no place in this list. Begin again at its first page.") % {"given": shown}
        )


@dataclass(frozen=True)
class Key:
    """A column that the list is sorted by, and how its values are written in a cursor."""

    name: str
    descending: bool
    write: Callable[[Any], str]
    read: Callable[[str], Any]

    def beyond(self, backward: bool) -> str:
        """The lookup for rows further down the list, or further up."""
        return "lt" if self.descending != backward else "gt"


@dataclass(frozen=True)
class KeysetPage:
    """Some rows in the order of the list, and the cursors of the pages after and before, None where there is none."""

    items: list[Any]
    next_cursor: str | None
    previous_cursor: str | None

    def next_link(self, parameters: QueryDict) -> str | None:
        """The query string of the page after this one, with every other parameter kept."""
        return self.next_cursor and link(parameters, AFTER, self.next_cursor)

    def previous_link(self, parameters: QueryDict) -> str | None:
        """The query string of the page before this one, with every other parameter kept."""
        return self.previous_cursor and link(parameters, BEFORE, self.previous_cursor)


class KeysetPager:
    """Cuts a queryset into pages.

    `order` names columns of the model itself, of dates, times, whole numbers or text; the last is unique, so that no
    two rows tie. None of them may be NULL in the queryset: leave such rows out. The index that serves the list has
    the same columns in the same directions. Raise ImproperlyConfigured for an order that cannot be kept.
    """

    def __init__(self, queryset: QuerySet, order: Sequence[str] = ("-sort_date", "-number"), size: int = 24):
        self.queryset, self.size = queryset, size
        self.keys = [key_for(queryset.model, name) for name in order]
        last = queryset.model._meta.get_field(self.keys[-1].name)
        if not last.unique:
            raise ImproperlyConfigured(
                f"The order {order} ends on {last.name}, which is not unique: rows could tie."
            )

    def page_of(self, parameters: QueryDict) -> KeysetPage:
        """The page that `after` or `before` asks for, else the first. Raise BadCursor for anything else."""
        places = {name: parameters.getlist(name) for name in (AFTER, BEFORE) if name in parameters}
        for given in places.values():
            if len(given) != 1:
                raise BadCursor(", ".join(given))
        return self.page(**{name: given[0] for name, given in places.items()})

    def page(self, after: str | None = None, before: str | None = None) -> KeysetPage:
        """The rows after the one cursor or before the other; the first page without any.

        Raise BadCursor for a cursor that this pager cannot have written, and for two of them.
        """
        if after is not None and before is not None:
            raise BadCursor(f"{after}, {before}")
        backward = before is not None
        cursor = before if backward else after
        rows = self.queryset.order_by(*self.ordering(backward))
        if cursor is not None:
            rows = rows.filter(beyond(self.keys, self.read(cursor), backward))
        found = list(rows[: self.size + 1])
        shown, more = found[: self.size], len(found) > self.size
        if backward:
            return self.made(shown[::-1], there_is_next=True, there_is_previous=more)
        return self.made(shown, there_is_next=more, there_is_previous=cursor is not None)

    def made(self, items: list[Any], there_is_next: bool, there_is_previous: bool) -> KeysetPage:
        return KeysetPage(
            items,
            self.cursor(items[-1]) if items and there_is_next else None,
            self.cursor(items[0]) if items and there_is_previous else None,
        )

    def ordering(self, backward: bool) -> list[str]:
        return [("-" if key.descending != backward else "") + key.name for key in self.keys]

    def cursor(self, row: models.Model) -> str:
        """Where the row stands in the list. Raise ValueError where it has no value to stand by."""
        values = [getattr(row, key.name) for key in self.keys]
        if None in values:
            raise ValueError(
                f"{row!r} has no {self.keys[values.index(None)].name}: leave such rows out of the list."
            )
        return ".".join(key.write(value) for key, value in zip(self.keys, values, strict=True))

    def read(self, cursor: str) -> list[Any]:
        """The values that a cursor names. Raise BadCursor unless they are written exactly so."""
        parts = cursor.split(".")
        if len(parts) != len(self.keys) or len(cursor) > LONGEST_CURSOR:
            raise BadCursor(cursor)
        try:
            values = [key.read(part) for key, part in zip(self.keys, parts, strict=True)]
        except ValueError as error:
            raise BadCursor(cursor) from error
        if [key.write(value) for key, value in zip(self.keys, values, strict=True)] != parts:
            raise BadCursor(cursor)
        return values


def beyond(keys: Sequence[Key], values: Sequence[Any], backward: bool) -> Q:
    """Rows past the given place, as `a <= x AND (a < x OR b < y)`.

    The plain `a < x OR (a = x AND b < y)` says the same, but gives no bound to begin the index scan at: it reads every
    row before the place, as OFFSET does.
    """
    key, value = keys[0], values[0]
    past = Q(**{f"{key.name}__{key.beyond(backward)}": value})
    if len(keys) == 1:
        return past
    bound = Q(**{f"{key.name}__{key.beyond(backward)}e": value})
    return bound & (past | beyond(keys[1:], values[1:], backward))


def link(parameters: QueryDict, name: str, cursor: str) -> str:
    """The query string `?...` that leads to a place in the list; the other parameters stay."""
    kept = parameters.copy()
    for place in (AFTER, BEFORE):
        kept.pop(place, None)
    kept[name] = cursor
    return f"?{kept.urlencode()}"


def key_for(model: type[models.Model], name: str) -> Key:
    """The key for `name` or `-name`. Raise ImproperlyConfigured for a column whose values no cursor can hold."""
    field = model._meta.get_field(name.removeprefix("-"))
    for kind, write, read in KINDS:
        if isinstance(field, kind):
            return Key(field.name, name.startswith("-"), write, read)
    raise ImproperlyConfigured(f"No cursor is written for {field}: sort by a date, a time, a number or text.")


def read_day(written: str) -> date:
    if not DAY.fullmatch(written):
        raise ValueError(written)
    return date.fromisoformat(written)


def write_moment(moment: datetime) -> str:
    """Always in UTC, to the microsecond, without the signs that an address would have to escape."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat("T", "microseconds").translate(SIGNS) + "Z"


SIGNS = str.maketrans(":.", "--")


def read_moment(written: str) -> datetime:
    found = MOMENT.fullmatch(written)
    if not found:
        raise ValueError(written)
    return datetime(*map(int, found.groups()), tzinfo=UTC)


def read_number(written: str) -> int:
    if not NUMBER.fullmatch(written) or not -BIGGEST <= int(written) <= BIGGEST:
        raise ValueError(written)
    return int(written)


def write_words(words: str) -> str:
    """Text as it is but for the dot, which parts the values of a cursor."""
    return words.replace("~", "~7E").replace(".", "~2E")


def read_words(written: str) -> str:
    written.encode()  # a lone surrogate is an error of its own, and a ValueError
    if "\0" in written:
        raise ValueError(written)
    return written.replace("~2E", ".").replace("~7E", "~")


# A DateTimeField is a DateField too, so it comes first.
KINDS: tuple[tuple[type[models.Field], Callable[[Any], str], Callable[[str], Any]], ...] = (
    (models.DateTimeField, write_moment, read_moment),
    (models.DateField, date.isoformat, read_day),
    (models.IntegerField, str, read_number),
    (models.CharField | models.TextField, write_words, read_words),
)
