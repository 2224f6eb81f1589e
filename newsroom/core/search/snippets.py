"""The words of a text around what was looked for, as plain data; pure."""

from bisect import bisect_left, bisect_right
from itertools import islice

from .analyse import Token, tokens
from .terms import Query, Term

LENGTH = 240
MOST_TOKENS = 16_000  # as many as are indexed
MOST_HITS = 500
BEFORE = 4  # a quarter of the snippet stands before what was found
DOTS = "…"

Span = tuple[int, int]
Runs = list[tuple[str, bool]]


def snippet(text: str, query: Query, length: int | None = LENGTH, field: str | None = None) -> Runs:
    """At most about `length` code points of the text, as runs `(words, is_hit)`; the whole text where length is None.

    The part is shown that holds the most of what was looked for, the first of several. It begins and ends with whole
    words, and “…” stands where the text was cut; only a hit longer than `length` makes it longer. What was found is
    marked as it is printed, accents, vowel signs and joiners included. With `field`, terms asked of another field are
    not marked.
    """
    words = list(islice(tokens(text), MOST_TOKENS))
    terms = [term for term in query.terms if field is None or term.field in ("", field)]
    hits = spans_of(words, terms)
    if length is None or len(text) <= length or not words:
        return runs(text, merged(hits), 0, len(text) if length is None or words else min(len(text), length))
    begin, end = window(words, hits, length)
    shown = runs(text, merged(hits), begin, end)
    before = [(f"{DOTS} ", False)] if begin > words[0].start else []
    after = [(f" {DOTS}", False)] if end < words[-1].end else []
    return joined([*before, *shown, *after])


def spans_of(words: list[Token], terms: list[Term]) -> list[tuple[int, int, int]]:
    """Where the terms stand: start, end, and which of them; in the order of the text, at most 500."""
    found: list[tuple[int, int, int]] = []
    beginnings = Beginnings(terms)
    for place, word in enumerate(words):
        for which in beginnings.of(word):
            size = len(terms[which].words)
            if stands(words[place : place + size], terms[which]):
                found.append((word.start, words[place + size - 1].end, which))
        if len(found) >= MOST_HITS:
            break
    return found


class Beginnings:
    """Which of the terms may begin with a word. Nearly all words of a long text begin none, and must cost little."""

    def __init__(self, terms: list[Term]):
        self.whole: dict[str, list[int]] = {}
        self.begun: dict[str, list[int]] = {}
        for which, term in enumerate(terms):
            alone = term.prefix and len(term.words) == 1
            (self.begun if alone else self.whole).setdefault(term.words[0], []).append(which)
        self.prefixes = tuple(self.begun)

    def of(self, word: Token) -> list[int]:
        """The terms, in their order."""
        found = self.whole.get(word.key, [])
        if word.key.startswith(self.prefixes) or word.form.startswith(self.prefixes):
            more = (
                each
                for words, each in self.begun.items()
                if word.key.startswith(words) or word.form.startswith(words)
            )
            found = sorted([*found, *(which for each in more for which in each)])
        return found


def stands(words: list[Token], term: Term) -> bool:
    """Whether these are the words of the term."""
    if len(words) != len(term.words):
        return False
    *whole, last = term.words
    if any(word.key != wanted for word, wanted in zip(words, whole, strict=False)):
        return False
    found = words[-1]
    if not term.prefix:
        return found.key == last
    return found.key.startswith(last) or (not whole and found.form.startswith(last))


def merged(hits: list[tuple[int, int, int]]) -> list[Span]:
    """The stretches that are hits, none touching another."""
    stretches: list[Span] = []
    for start, end, _which in sorted(hits):
        if stretches and start < stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches


def window(words: list[Token], hits: list[tuple[int, int, int]], length: int) -> Span:
    """The part to be shown: from the start of a word to the end of one."""
    first = best(hits, length)
    start, stop = first if first else (words[0].start, words[0].end)
    earliest = 0 if stop <= length * 2 // 3 else max(0, start - length // BEFORE)
    begin = words[bisect_left(words, earliest, key=lambda word: word.start)].start
    begin = min(begin, start)
    last = bisect_right(words, begin + length, key=lambda word: word.end) - 1
    return begin, max(stop, words[last].end if last >= 0 else stop)


def best(hits: list[tuple[int, int, int]], length: int) -> Span | None:
    """The hit from which on the most different terms, then the most hits, stand within three quarters of a snippet."""
    within = length - length // BEFORE
    scored = []
    for place, (start, stop, _which) in enumerate(hits):
        near = [which for begin, end, which in hits[place : place + 40] if end <= max(stop, start + within)]
        scored.append((-len(set(near)), -len(near), start, stop))
    return min(scored)[2:] if scored else None


def runs(text: str, stretches: list[Span], begin: int, end: int) -> Runs:
    """The part of the text, cut where a hit begins and ends."""
    found, at = [], begin
    for start, stop in stretches:
        if stop > begin and start < end:
            found += [(text[at : max(start, begin)], False), (text[max(start, begin) : min(stop, end)], True)]
            at = min(stop, end)
    found.append((text[at:end], False))
    return [run for run in found if run[0]]


def joined(pieces: Runs) -> Runs:
    """The runs with plain neighbours as one."""
    found: Runs = []
    for words, is_hit in pieces:
        if found and not is_hit and not found[-1][1]:
            found[-1] = (found[-1][0] + words, False)
        else:
            found.append((words, is_hit))
    return found
