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
SAME, BESIDE = 1000, 50
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


def likeness(ours: Sequence[Word], name: frozenset[str], rest: frozenset[str]) -> tuple[int, tuple[str, ...]]:
    """How alike, in thousandths, and the words shared, as ours are written.

    `name` holds the words of the statement or headline, which the text is compared with: the weight of what both hold,
    twice, to the weight of all, is 1,000 where the words are the same. A shared word of the `rest` adds a little.
    """
    whole = sum(word.weight for word in ours)
    known = {word.key: word.weight for word in ours}
    # A stem shows no capital, so a word that only they have weighs as a number or as a word.
    theirs = sum(known.get(key, NUMBER if key.isdigit() else WORD) for key in name)
    shared = [word for word in ours if word.key in name]
    beside = [word for word in ours if word.key in rest and word.key not in name]
    points = SAME * 2 * sum(word.weight for word in shared) + BESIDE * sum(word.weight for word in beside)
    score = points // (whole + theirs) if whole + theirs else 0
    return score, tuple(word.shown for word in ours if word in shared or word in beside)
