"""Which words weigh in a comparison of two texts, and how much two texts share; pure.

No count over the archive is used: a number weighs three times, a name (written with a capital inside a sentence) twice,
a word that every text holds nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from .analyse import Token, tokens
from .terms import And, Node, Or, Query, Term

NUMBER, NAME, WORD = 3, 2, 1
MOST_LOOKED_FOR = 8  # words that candidates are sought by: the heaviest
MOST_COMPARED = 200  # words of a text that are compared
EMPTY = """
a about after against all also an and are as at be been between but by can did do does for from had has have he her his
how i if in into is it its me more my no not of on or our out over said say she so some than that the their them there
these they this to under up us was we were what when where which who will with would you your
اور کا کی کے کو میں سے پر نے ہے ہیں تھا تھی تھے یہ وہ کہ جو تک بھی ایک اس ان ہو گا گی گے کر کیا
في من على إلى أن هذا التي الذي
"""
EMPTY_KEYS = frozenset(token.key for token in tokens(EMPTY))


@dataclass(frozen=True)
class Word:
    """A word that weighs, as it was written."""

    key: str
    shown: str
    weight: int


def weighed(text: str) -> list[Word]:
    """The words of the text that weigh, each once, in order; at most 200."""
    found: dict[str, Word] = {}
    for place, token in enumerate(tokens(text)):
        if len(found) == MOST_COMPARED:
            break
        if token.key not in EMPTY_KEYS and token.key not in found:
            shown = text[token.start : token.end]
            found[token.key] = Word(token.key, shown, weight(token, shown, first=place == 0))
    return list(found.values())


def weight(token: Token, shown: str, *, first: bool) -> int:
    if token.key.isdigit():
        return NUMBER
    return NAME if shown[:1].isupper() and not first else WORD


def heaviest(words: Iterable[Word]) -> list[Word]:
    """What candidates are sought by: numbers and names first, then long words."""
    return sorted(words, key=lambda word: (-word.weight, -len(word.key), word.key))[:MOST_LOOKED_FOR]


def seeking(words: Sequence[Word], together: int) -> Query | None:
    """A query for whatever holds at least so many of the words; None where there are not so many."""
    if not words or len(words) < together:
        return None
    groups: list[Node] = [
        And(tuple(Term((word.key,)) for word in group)) if together > 1 else Term((group[0].key,))
        for group in combinations(words, together)
    ]
    return Query("", Or(tuple(groups)) if len(groups) > 1 else groups[0])


def likeness(ours: Sequence[Word], theirs: frozenset[str]) -> tuple[int, tuple[str, ...]]:
    """How alike, in thousandths of all the weight of both, and the words shared as ours are written."""
    shared = [word for word in ours if word.key in theirs]
    common = sum(word.weight for word in shared)
    known = {word.key for word in ours}
    rest = sum(NUMBER if key.isdigit() else WORD for key in theirs - known)
    whole = sum(word.weight for word in ours) + rest
    return (1000 * common // whole if whole else 0), tuple(word.shown for word in shared)
