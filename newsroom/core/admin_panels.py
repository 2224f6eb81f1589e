"""Tables beside a form in the admin: what belongs to an object, at most twenty lines, with the way to the rest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

LINES = 20


class Cell(NamedTuple):
    """One cell: text, with an address where it is a link."""

    text: Any
    address: str = ""


@dataclass
class Panel:
    """A heading, a table and the ways on. A cell is given as text, or as (text, address) for a link."""

    title: str
    columns: list[str]
    rows: list[list[Any]] = field(default_factory=list)
    empty: str = ""
    explains: str = ""
    more: tuple[str, str] | None = None
    add: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        self.rows = [
            [Cell(*cell) if isinstance(cell, tuple) else Cell(cell) for cell in row] for row in self.rows
        ]


def short(rows: Iterable, line: Callable[[Any], list], most: int = LINES) -> tuple[list[list], bool]:
    """The first rows (twenty), each as a line, and whether there are more. `rows` is a queryset: one query."""
    found = list(rows[: most + 1])
    return [line(row) for row in found[:most]], len(found) > most
