"""What an app has searched: which objects, built from what, and what readers may find of them.

An app lists its classes in `<app>/searching.py`, which its AppConfig.ready() imports.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet

from .places import MOST_CODES
from .terms import Face


@dataclass(frozen=True)
class Document:
    """The words of one object on one face, by field: each field holds separate values, such as three tags."""

    pk: int
    number: int
    face: Face
    date: datetime.date | None
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Watch:
    """Rows whose writing means that objects must be indexed anew.

    `to` names the object: "pk" where the rows are the objects, or the foreign key to it. Where the rows only lend it a
    name, `via` is the model between, with its foreign keys `by` to the rows watched and `to` to the object (or "pk").
    `of` are the columns that matter in an update, all unless given; `events` are insert, update and delete.

    `hides`: what readers could find may be gone, so the object is not shown to them until it is indexed anew. A field
    and a value say that this is so for rows with that value alone. A name that was lent does not hide: a renamed outlet
    would take its whole archive out of the search.
    """

    model: str
    to: str = "pk"
    of: tuple[str, ...] = ()
    hides: bool | tuple[str, str] = True
    events: tuple[str, ...] = ("insert", "update", "delete")
    via: str = ""
    by: str = ""


class Searchable:
    """One kind of object. Subclass it, fill in the attributes and methods, and `register` an instance."""

    kind: str
    code: int  # its place in the order of kinds, and in every row's number: never changed, never given twice
    model: str
    watches: tuple[Watch, ...]

    def public(self, at: datetime.datetime) -> QuerySet:
        """What readers may find at that time: the same rule as the pages have."""
        raise NotImplementedError

    def documents(self, pks: Sequence[int]) -> Iterable[Document]:
        """The documents of those that exist, for either face or both, in a constant number of queries.

        The one for readers holds only what a page shows readers; that the page is public at all is asked separately.
        """
        raise NotImplementedError

    def model_class(self) -> type[Model]:
        return apps.get_model(self.model)


_registry: dict[str, Searchable] = {}


def register(*searchables: Searchable) -> None:
    """Add kinds. Raise ImproperlyConfigured for a kind or code that is taken, or a code out of range."""
    for new in searchables:
        taken = [old for old in _registry.values() if old.code == new.code and old.kind != new.kind]
        if taken or not 0 <= new.code < MOST_CODES:
            raise ImproperlyConfigured(f"{new.kind} needs a code of its own, 0 to {MOST_CODES - 1}.")
        _registry[new.kind] = new


def registered() -> tuple[Searchable, ...]:
    """Every kind, by its code."""
    return tuple(sorted(_registry.values(), key=lambda searchable: searchable.code))


def of_kind(kind: str) -> Searchable:
    """The one of that kind. Raise ValueError for a kind that no app registered."""
    if kind not in _registry:
        raise ValueError(f"No app has {kind!r} searched; there are {', '.join(_registry)}.")
    return _registry[kind]
