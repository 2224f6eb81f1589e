"""The words a guard is written in: fields, conditions, freezes, row checks. Declarations only; see guards.py."""

from dataclasses import dataclass
from typing import Literal

from django.apps import apps as installed_apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

Event = Literal["insert", "update"]


@dataclass(frozen=True)
class AllBut:
    """Every stored column of the model but the named fields."""

    names: tuple[str, ...] = ()


def all_but(*names: str) -> AllBut:
    """Every stored column of the model but these fields."""
    return AllBut(names)


ALL = AllBut()
Fields = tuple[str, ...] | AllBut


@dataclass(frozen=True)
class BySql:
    """One condition, written once for each engine."""

    sqlite: str
    postgresql: str


Condition = str | BySql


@dataclass(frozen=True)
class Freeze:
    """Fields that no UPDATE may change while `when` holds for the OLD row (always, where `when` is empty).

    An update that writes the value already there passes. Where `when` is NULL the fields count as frozen.
    """

    fields: Fields
    when: Condition = ""
    message: str = ""


@dataclass(frozen=True)
class Opening:
    """Fields that may change although they are frozen, while `when` is true of the OLD row; closed where it is NULL.

    It opens updates alone, and no row check: what goes in must stand the same questions.
    """

    fields: tuple[str, ...]
    when: Condition


@dataclass(frozen=True)
class RowCheck:
    """A condition that must be true of a row as it is inserted, and as one of the fields `of` changes.

    NULL is not true. Without `of` every update is checked. The rows it asks about must stand in the database
    already: fixtures name parents first.
    """

    name: str
    holds: Condition
    message: str
    events: tuple[Event, ...] = ("insert", "update")
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guard:
    """What the database refuses for one table. The primary key is always frozen; `opened` is the one exception.

    `deletable` is False, True, or a condition over OLD under which a row may go. Unless it is True, TRUNCATE is
    refused too, and on SQLite every INSERT or UPDATE that meets another row by a unique key: there
    `INSERT OR REPLACE` would delete that row unseen.
    """

    model: str | type[Model]
    frozen: Fields = ()
    when: Condition = ""
    message: str = ""
    also: tuple[Freeze, ...] = ()
    opened: Opening | None = None
    deletable: bool | Condition = False
    delete_message: str = ""
    checks: tuple[RowCheck, ...] = ()

    def model_class(self) -> type[Model]:
        """The guarded model. Raise ImproperlyConfigured where there is none of that name."""
        if not isinstance(self.model, str):
            return self.model
        try:
            return installed_apps.get_model(self.model)
        except (LookupError, ValueError) as error:
            raise ImproperlyConfigured(
                f"A guard names {self.model!r}, but there is no such model."
            ) from error

    def freezes(self) -> tuple[Freeze, ...]:
        """Every freeze of this guard, the plain one first."""
        return (Freeze(self.frozen, self.when, self.message), *self.also)
