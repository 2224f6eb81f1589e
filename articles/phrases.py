"""Words to be found wherever they are kept, in the ways in which a program may have written them. Pure."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from django.utils.text import slugify

SHORTEST_SLUG = 3


@dataclass(frozen=True)
class Hit:
    """`[start, end)` where the words stand; `whole` where they are not a part of longer words."""

    start: int
    end: int
    whole: bool


class Phrases:
    """The words, in any case and with any white space between them."""

    def __init__(self, phrases: Iterable[str]):
        # The longest first: where a shorter one begins the same, the whole is found.
        self.phrases = sorted({phrase.strip() for phrase in phrases if phrase.strip()}, key=len, reverse=True)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return alternatives(form for phrase in self.phrases for form in forms(phrase))

    @cached_property
    def in_addresses(self) -> re.Pattern[str]:
        """The words as an address holds them."""
        slugs = (slug(phrase) for phrase in self.phrases)
        written = {form for phrase in self.phrases for form in forms(phrase)}
        return alternatives([*(each for each in slugs if len(each) >= SHORTEST_SLUG), *written])

    @cached_property
    def words(self) -> list[tuple[str, ...]]:
        """The words of each form, the longest first: where one is missing, the form does not stand."""
        written = {form for phrase in self.phrases for form in forms(phrase)}
        return [tuple(sorted(set(form.casefold().split()), key=len, reverse=True)) for form in written]

    def may_stand_in(self, text: str) -> bool:
        """Whether all words of a form stand somewhere in the text: asked first, because it is asked of everything."""
        folded = text.casefold()
        return any(all(word in folded for word in words) for words in self.words)

    def hits(self, text: str) -> list[Hit]:
        """Every place in the text where they stand, from its beginning."""
        if not self.may_stand_in(text):
            return []
        return [hit(text, *found.span()) for found in self.pattern.finditer(text)]

    def stand_in(self, text: str) -> bool:
        return self.may_stand_in(text) and self.pattern.search(text) is not None

    def address_hits(self, text: str) -> list[Hit]:
        return [hit(text, *found.span()) for found in self.in_addresses.finditer(text)]


def alternatives(written: Iterable[str]) -> re.Pattern[str]:
    """A pattern of all of them; of none it finds nothing."""
    ordered = sorted(dict.fromkeys(written), key=len, reverse=True)
    spaced = (r"\s+".join(map(re.escape, re.split(r"\s+", form))) for form in ordered)
    return re.compile("|".join(spaced) or r"(?!)", re.IGNORECASE)


def forms(phrase: str) -> set[str]:
    """As it is, with letters in parts, as JSON in ASCII writes it, and as an address escapes it."""
    return {
        phrase,
        unicodedata.normalize("NFD", phrase),
        json.dumps(phrase)[1:-1],
        json.dumps(phrase, ensure_ascii=False)[1:-1],
        quote(phrase),
    }


def slug(phrase: str) -> str:
    """As `editing.slug_for` writes them into an address."""
    return slugify(phrase, allow_unicode=True)[:90].strip("-_")


def hit(text: str, start: int, end: int) -> Hit:
    return Hit(start, end, not (goes_on(text, start) or goes_on(text, end)))


def goes_on(text: str, at: int) -> bool:
    """Whether one word stands on both sides of the place."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
