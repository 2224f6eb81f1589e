"""Finding words in a version: the places where they stand and can be quoted or marked. Pure.

Offsets are code points of a field's canonical text, half-open. White space, quotation marks and dashes are tolerated
when words are looked for; what is found is always what stands there.
"""

import re
from collections.abc import Iterable
from itertools import islice

from .canonical import SpanRefused, block_at

# Signs that a keyboard writes otherwise than a printer: one stands for the other when words are looked for.
ALIKE = ('"“”„«»', "'‘’‚ʼ", "-‐‑–—−")
# "…" is printed for three points, and the other way round.
POINTS = re.compile(r"\.\.\.|…")
MOST_FOUND = 50


def as_body(text: str) -> dict:
    """A headline or standfirst as a body of one block, so that one rule says which words can carry a mark."""
    return {"blocks": [{"kind": "paragraph", "text": text}]}


def why_unmarkable(body: dict, start: int, end: int) -> SpanRefused | None:
    """What stands against a mark on `[start, end)` of the body's text; None where nothing does."""
    try:
        block_at(body, start, end)
    except SpanRefused as refusal:
        return refusal
    return None


def find(text: str, words: str, body: dict) -> list[tuple[int, int]]:
    """Every place at which the words stand and can carry a mark: word for word, else as they may be typed or copied."""
    exactly = ((at, at + len(words)) for at in occurrences(text, words))
    found = [span for span in exactly if why_unmarkable(body, *span) is None]
    if found or not words.strip():
        return found
    # No more than anybody chooses from: “the” stands a thousand times in a long text.
    alike = islice(pattern_of(words).finditer(text), MOST_FOUND)
    return [match.span() for match in alike if why_unmarkable(body, *match.span()) is None]


def occurrences(text: str, words: str) -> Iterable[int]:
    """Where the words begin, overlapping ones included, up to the most that anybody chooses from."""
    at = text.find(words) if words else -1
    for _turn in range(MOST_FOUND):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


def pattern_of(words: str) -> re.Pattern[str]:
    """The words with any white space, quotation marks and dashes, in any case, and dots as dots or as one sign."""
    pieces = []
    for piece in re.findall(r"\s+|\.\.\.|…|.", words.strip(), re.DOTALL):
        alike = next((group for group in ALIKE if piece in group), "")
        if piece.isspace():
            pieces.append(r"\s+")
        elif POINTS.fullmatch(piece):
            pieces.append(r"(?:\.\.\.|…)")
        else:
            pieces.append(f"[{re.escape(alike)}]" if alike else re.escape(piece))
    return re.compile("".join(pieces), re.IGNORECASE)
