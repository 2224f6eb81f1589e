"""What is asked and what is found: fields, the parts of a query, hits. Declarations only; pure."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from newsroom.core.hygiene import Refusal

Face = Literal["readers", "desk"]
FACES: tuple[Face, ...] = ("readers", "desk")

# The fields of a row, in the order of its columns. `body` is last, because a row is read up to what is needed of it.
FIELDS = ("headline", "summary", "signed", "source", "tag", "outlet", "body")

# How a query names a field. The other fields are searched with everything else.
FIELD_PREFIXES = {
    "headline": "headline",
    "by": "signed",
    "source": "source",
    "tag": "tag",
    "outlet": "outlet",
}


class QueryRefused(Refusal):
    """A query that cannot be read. `str()` says what and where, in the reader's language; `at` is the code point."""

    def __init__(self, template: Any, *, code: str, at: int = 0, **params: Any) -> None:
        super().__init__(template, code=code, place=at + 1, **params)
        self.at = at


@dataclass(frozen=True)
class Term:
    """Words that stand next to each other in one field: one word, a phrase, or the beginning of a word.

    `words` are stems. With `prefix` the last is not: a word is found that begins so, or whose stem does. `field` is
    one of FIELDS, or empty for all. `shown` is what was typed.
    """

    words: tuple[str, ...]
    field: str = ""
    prefix: bool = False
    shown: str = ""


@dataclass(frozen=True)
class And:
    """All the parts; among them at least one that is no Not."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Or:
    """At least one of the parts, none of which is a Not."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Not:
    """Everything without the part; stands inside an And, or at the top beside a date."""

    part: "Node"


Node = Term | And | Or | Not


@dataclass(frozen=True)
class Query:
    """A query as it was understood. Dates are half-open: `since` <= date < `until`. No node: dates alone."""

    text: str
    node: Node | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """What is looked for, in the order of the query, each once; what is excluded is left out."""
        return tuple(dict.fromkeys(wanted(self.node))) if self.node else ()


def wanted(node: Node) -> Iterator[Term]:
    """The terms of a node that are not excluded."""
    if isinstance(node, Term):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from wanted(part)


@dataclass(frozen=True)
class Hit:
    """One object found. `date` is the day it is sorted under, None for what has none, such as a source.

    `number` is the ten digits of its address. `shared` is filled by `similar` alone: the words both texts hold.
    """

    kind: str
    pk: int
    score: int = 0
    date: datetime.date | None = None
    number: int = 0
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One page of what was found, best first.

    `total` counts what was found, exactly up to 1,000; `capped` says that there is more than that, of which the newest
    1,000 are ranked and shown. `kinds` counts the same hits by kind. `more` says that a page follows; `next` is its
    cursor for `find(..., after=...)`, None on the last page.
    """

    hits: list[Hit]
    more: bool = False
    capped: bool = False
    total: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    next: str | None = None
