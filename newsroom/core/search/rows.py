"""A document as a row of the index.

A field is written as its words with a space around each: " coalit hand over = iraq =coalition =handed ". A lone "="
parts values, so that no phrase runs from one tag into the next. Words with "=" before them are those whose letters
differ from their stem, for finding them by how they begin.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from .analyse import tokens
from .models import SearchRow
from .places import place_of
from .register import Document, Searchable
from .terms import FIELDS

MOST_TOKENS = 16_000
MOST_BYTES = 400_000  # PostgreSQL keeps at most 1 MB of different words in a row
BREAK = "="


class Budget:
    """What a row may still take in."""

    def __init__(self) -> None:
        self.tokens, self.bytes = MOST_TOKENS, MOST_BYTES
        self.cut = False


def row_of(searchable: Searchable, document: Document) -> SearchRow:
    """The row of the document. Of a long text the first 16,000 words are kept, and the row says so."""
    budget = Budget()
    fields = {name: field_of(document.fields.get(name, ()), budget) for name in FIELDS}
    return SearchRow(
        place=place_of(document.face, document.date, document.number, searchable.code),
        kind=searchable.kind,
        object_id=document.pk,
        face=document.face,
        cut=budget.cut,
        **fields,
    )


def field_of(values: Sequence[str], budget: Budget) -> str:
    """The values as a field is written, as far as the budget goes; empty where there is no word."""
    field, used, cut = written(tuple(values), budget.tokens, budget.bytes)
    budget.tokens -= used
    budget.bytes -= len(field.encode())
    budget.cut = budget.cut or cut
    return field


# Both faces of an object mostly hold the same words: they are analysed once.
@lru_cache(maxsize=16)
def written(values: tuple[str, ...], most: int, room: int) -> tuple[str, int, bool]:
    """The field, how many words it took, and whether it was cut to so many words and bytes."""
    words = [
        (token.key, token.form, which)
        for which, value in enumerate(values)
        for token in islice(tokens(value), most + 1)
    ]
    cut = len(words) > most
    words = words[:most]
    field = spelled(words)
    while (size := len(field.encode())) > room:
        words, cut = words[: len(words) * room // size], True
        field = spelled(words)
    return field, len(words), cut


def spelled(words: Sequence[tuple[str, str, int]]) -> str:
    """Words with their letters and the value they stand in, as one line."""
    line, last = [], 0
    for key, _form, which in words:
        if which != last and line:
            line.append(BREAK)
        line.append(key)
        last = which
    line += sorted({BREAK + form for key, form, _which in words if form != key})
    return f" {' '.join(line)} " if line else ""
