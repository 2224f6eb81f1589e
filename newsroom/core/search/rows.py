"""A document as a row of the index.

A field is written as its words with a space around each: " coalit hand over = iraq =coalition =handed ". A lone "="
parts values, so that no phrase runs from one tag into the next. Words with "=" before them are those whose letters
differ from their stem, for finding them by how they begin.
"""

from collections.abc import Sequence

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

    def takes(self, *words: str) -> bool:
        """Whether there is room for one more word in these writings, which then is used up."""
        self.tokens -= 1
        self.bytes -= sum(len(word.encode()) + 2 for word in words)
        self.cut = self.cut or self.tokens < 0 or self.bytes < 0
        return not self.cut


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
    """The values as a field is written; empty where there is no word."""
    words: list[str] = []
    forms: set[str] = set()
    for value in values:
        begun = len(words)
        for token in tokens(value):
            if not budget.takes(token.key, token.form):
                break
            if len(words) == begun and begun:
                words.append(BREAK)
            words.append(token.key)
            if token.form != token.key:
                forms.add(token.form)
    written = [*words, *(BREAK + form for form in sorted(forms))]
    return f" {' '.join(written)} " if written else ""
