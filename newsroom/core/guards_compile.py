"""From a guard to triggers, the same for both engines but for the few phrases an engine supplies."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.backends.utils import truncate_name
from django.db.models import Field, Model

from newsroom.core.guards_terms import AllBut, BySql, Condition, Fields, Freeze, Guard, RowCheck

PREFIX = "guard_"
LONGEST_NAME = 63  # PostgreSQL cuts longer names off
NAME_IN_BRACES = re.compile(r"(\w+\.)?\{([^{}]*)\}")

Columns = Mapping[str, set[str]]


Key = tuple[str, str]  # table, trigger


class NotThereYetError(LookupError):
    """The database lacks a table or column that the guard names: a migration has yet to bring it."""


@dataclass(frozen=True)
class Case:
    """Refuse with the message where the SQL condition is true."""

    condition: str
    message: str


@dataclass(frozen=True)
class Trigger:
    """One trigger of a table; its cases are asked in order."""

    name: str
    table: str
    timing: Literal["before", "after"]
    event: Literal["insert", "update", "delete", "truncate"]
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Fault:
    """One way in which the database does not keep to the guards: a trigger (or column) and what is wrong with it."""

    name: str
    what: str


@dataclass(frozen=True)
class Standing:
    """A guard's trigger as found in the database."""

    fingerprint: tuple
    switched_on: bool = True


class Engine(Protocol):
    """What differs between the engines; guards_sqlite and guards_postgres each have one."""

    vendor: Literal["sqlite", "postgresql"]
    share: str
    has_truncate: bool

    def table(self, name: str) -> str:
        """The table as a query inside a trigger names it, quoted."""

    def changed(self, columns: list[str]) -> str:
        """SQL that is true where OLD and NEW differ in one of the columns; NULL equals NULL."""

    def own_cases(self, model: type[Model], there: set[str], event: str, timing: str) -> list[Case]:
        """What this engine alone must refuse for a table whose rows stay, as far as its columns are there."""

    def columns(self) -> Columns:
        """The tables of the database with their columns."""

    def standing(self) -> dict[Key, Standing]:
        """The guards' triggers in the database."""

    def fingerprint(self, trigger: Trigger) -> tuple:
        """What `standing` says of this trigger when it is as it should be."""

    def create(self, trigger: Trigger) -> list[str]:
        """The statements that write the trigger."""

    def drop(self, key: Key) -> list[str]:
        """The statements that take it away."""


def quote(name: str) -> str:
    """An identifier as both engines read it."""
    return '"' + name.replace('"', '""') + '"'


def literal(words: str) -> str:
    """A string literal as both engines read it."""
    return "'" + words.replace("'", "''") + "'"


def stored_fields(model: type[Model]) -> list[Field]:
    """The fields with a column of their own in the model's table; what the database generates is left out."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def named_fields(model: type[Model], names: tuple[str, ...]) -> list[Field]:
    """The fields of these names. Raise ImproperlyConfigured for a name the table has no column for."""
    stored = stored_fields(model)
    fields = []
    for name in names:
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        if field not in stored:
            raise ImproperlyConfigured(
                f"The guard of {model._meta.label} names {name!r}, which is no column of it."
            )
        fields.append(field)
    return fields


def fields_of(model: type[Model], fields: Fields) -> list[Field]:
    """The fields meant. Raise ImproperlyConfigured for an unknown name, also among the exceptions."""
    if not isinstance(fields, AllBut):
        return named_fields(model, fields)
    left_out = named_fields(model, fields.names)
    return [field for field in stored_fields(model) if field not in left_out]


def validate(guard: Guard) -> None:
    """Raise ImproperlyConfigured where the guard names a model or field that is not declared."""
    declared = {
        model._meta.db_table: {field.column for field in stored_fields(model)}
        for models in guard.model_class()._meta.apps.all_models.values()
        for model in models.values()
    }
    for engine in (Grammar("sqlite"), Grammar("postgresql")):
        Writer(guard, engine, declared).triggers()


@dataclass(frozen=True)
class Grammar:
    """An engine without a database: enough to spell out a guard and see whether its names are good."""

    vendor: str
    share: str = ""
    has_truncate: bool = False

    def table(self, name: str) -> str:
        return quote(name)

    def changed(self, columns: list[str]) -> str:
        return ", ".join(columns)

    def own_cases(self, model: type[Model], there: set[str], event: str, timing: str) -> list[Case]:
        return []


class Writer:
    """Writes one guard's triggers for one engine.

    What names a table or column that the database lacks is left out and noted in `waiting`.
    """

    def __init__(self, guard: Guard, engine: Engine, there: Columns):
        self.guard, self.engine, self.there = guard, engine, there
        self.model = guard.model_class()
        self.table = self.model._meta.db_table
        self.label = self.model._meta.label
        declared = [field.column for field in stored_fields(self.model)]
        self.waiting = [f"{self.table}.{column}" for column in declared if column not in there[self.table]]

    def triggers(self) -> list[Trigger]:
        """Every trigger that has something to refuse."""
        planned = [
            self.trigger("before", "insert", []),
            self.trigger("after", "insert", self.check_cases("insert")),
            self.trigger("before", "update", self.frozen_cases()),
            self.trigger("after", "update", self.check_cases("update")),
            self.trigger("before", "delete", self.delete_cases()),
            self.trigger("before", "truncate", self.truncate_cases()),
        ]
        return [trigger for trigger in planned if trigger.cases]

    def trigger(self, timing: str, event: str, cases: list[Case]) -> Trigger:
        if self.guard.deletable is not True:
            cases = [*cases, *self.engine.own_cases(self.model, self.there[self.table], event, timing)]
        what = f"check_{event}" if timing == "after" else event
        name = truncate_name(f"{PREFIX}{self.table}_{what}", LONGEST_NAME)
        return Trigger(name, self.table, timing, event, tuple(cases))

    def frozen_cases(self) -> list[Case]:
        key = self.engine.changed([self.model._meta.pk.column])
        cases = [Case(key, f"A database id is given once and never changed ({self.label}).")]
        for freeze in self.guard.freezes():
            message = freeze.message or f"What is written here is never changed ({self.label})."
            cases += self.case(lambda freeze=freeze: self.frozen(freeze, self.openable()), message)
            cases += self.case(lambda freeze=freeze: self.frozen_until_opened(freeze), message)
        return cases

    def openable(self) -> tuple[str, ...]:
        """The columns that the guard's opening speaks of: they are asked about by themselves."""
        opening = self.guard.opened
        return () if opening is None else tuple(f.column for f in named_fields(self.model, opening.fields))

    def frozen_until_opened(self, freeze: Freeze) -> str:
        """The freeze of those columns that the guard's opening sets free while its condition is true."""
        opened = self.openable()
        frozen = [field.column for field in fields_of(self.model, freeze.fields)]
        still = tuple(column for column in frozen if column not in opened)
        closed = self.frozen(freeze, still) if len(still) < len(frozen) else ""
        return f"({closed}) AND ({self.open()}) IS NOT TRUE" if closed else ""

    def open(self) -> str:
        """The opening's condition; never true while the tables that it asks are not there."""
        try:
            return self.rendered(self.guard.opened.when)
        except NotThereYetError as error:
            self.waiting.append(str(error))
            return "FALSE"

    def delete_cases(self) -> list[Case]:
        allowed = self.guard.deletable
        if allowed is True:
            return []
        if allowed is False:
            return [Case("TRUE", self.delete_message())]
        return self.case(lambda: f"({self.rendered(allowed)}) IS NOT TRUE", self.delete_message())

    def truncate_cases(self) -> list[Case]:
        if self.guard.deletable is True or not self.engine.has_truncate:
            return []
        return [Case("TRUE", self.delete_message())]

    def check_cases(self, event: str) -> list[Case]:
        checks = [check for check in self.guard.checks if event in check.events]
        return [
            case
            for check in checks
            for case in self.case(lambda check=check: self.broken(check, event), check.message)
        ]

    def case(self, write: Callable[[], str], message: str) -> list[Case]:
        """The case in a list; an empty list where there is nothing to refuse or a name is not there yet."""
        try:
            condition = write()
        except NotThereYetError as error:
            self.waiting.append(str(error))
            return []
        return [Case(condition, message)] if condition else []

    def frozen(self, freeze: Freeze, left_out: tuple[str, ...]) -> str:
        columns = [
            field.column for field in fields_of(self.model, freeze.fields) if field.column not in left_out
        ]
        present = [column for column in columns if column in self.there[self.table]]
        if not present:
            return ""
        changed = self.engine.changed(present)
        return f"({changed}) AND ({self.rendered(freeze.when)}) IS NOT FALSE" if freeze.when else changed

    def broken(self, check: RowCheck, event: str) -> str:
        condition = f"({self.rendered(check.holds)}) IS NOT TRUE"
        if event == "insert" or not check.of:
            return condition
        changed = self.engine.changed([self.column(self.model, name) for name in check.of])
        return f"({changed}) AND {condition}"

    def delete_message(self) -> str:
        return self.guard.delete_message or f"Nothing is deleted here ({self.label})."

    def rendered(self, condition: Condition) -> str:
        """The condition with every name in braces written out for this engine."""
        if isinstance(condition, BySql):
            condition = getattr(condition, self.engine.vendor)
        return NAME_IN_BRACES.sub(lambda found: self.spelled(found[1] or "", found[2]), condition)

    def spelled(self, alias: str, name: str) -> str:
        """A name in braces, with what stood before it: `OLD.`, `NEW.`, the alias of a table, or nothing."""
        if name == "for share":
            return self.engine.share
        label, _, field = name.rpartition(".")
        if not label:
            return alias + quote(self.column(self.model, name))
        if "." not in label:
            return alias + self.engine.table(self.other(name)._meta.db_table)
        other = self.other(label)
        return (alias or f"{quote(other._meta.db_table)}.") + quote(self.column(other, field))

    def other(self, label: str) -> type[Model]:
        try:
            other = self.model._meta.apps.get_registered_model(*label.split("."))
        except (LookupError, ValueError) as error:
            raise ImproperlyConfigured(
                f"The guard of {self.label} names {label!r}: no such model."
            ) from error
        if other._meta.db_table not in self.there:
            raise NotThereYetError(other._meta.db_table)
        return other

    def column(self, model: type[Model], name: str) -> str:
        column = named_fields(model, (name,))[0].column
        if column not in self.there[model._meta.db_table]:
            raise NotThereYetError(f"{model._meta.db_table}.{column}")
        return column
