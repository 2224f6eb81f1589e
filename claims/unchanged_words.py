"""Which words of a changed passage certainly stayed, pure: runs between words that stand once, bounded on both sides.

A word that stands once in everything that changed, before and after, cannot be taken for another: such words are the
posts between which the rest is compared by common head and tail. A run begins and ends with a word that stands in
nothing that came or went, and no word may have gone on one side of it and come on the other: otherwise nobody can say
what was moved over what. Everything here is linear, but for the sorting of posts, in the length of the passage.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain

MOST_WORDS = 2_000  # a longer passage is compared by its common head and tail alone
MOST_CHARACTERS = 20 * MOST_WORDS

# A word is what stands between white space and stops: letters with their marks, digits, an emoji with its joiners.
STOPS = r"\s!-/:-@\[-`{-~«»¡¿،؛؟۔\u2010-\u2027\u2030-\u205e\u3000-\u3003\u3008-\u3011"
WORD = re.compile(f"[^{STOPS}]+")
IN_A_WORD = re.compile(f"[^{STOPS}]")
WORD_OR_STOP = re.compile(f"[^{STOPS}]+|[{STOPS}]")


@dataclass(frozen=True, slots=True)
class Run:
    """`length` code points that are the same in both passages: from `old` in one and from `new` in the other."""

    old: int
    new: int
    length: int

    @property
    def old_end(self) -> int:
        return self.old + self.length

    @property
    def new_end(self) -> int:
        return self.new + self.length


def common_head(a: str, b: str) -> int:
    """How many code points the two texts begin with alike."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_tail(a: str, b: str) -> int:
    """How many code points the two texts end with alike."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[len(a) - middle : len(a) - low] == b[len(b) - middle : len(b) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def certain_ends(old: str, new: str) -> tuple[int, int]:
    """Lengths of head and tail that are unchanged however one change between them is read. Neither cuts a word.

    Where head and tail overlap (a repetition was inserted or removed), what both claim is left to neither.
    """
    if old == new:
        return len(old), 0
    head = whole_words(old, new, common_head(old, new))
    tail = whole_words(old[::-1], new[::-1], common_tail(old, new))
    shorter = min(len(old), len(new))
    if head + tail > shorter:
        head, tail = min(head, shorter - tail), min(tail, shorter - head)
    return head, tail


def whole_words(a: str, b: str, head: int) -> int:
    """The common head without its last word, where that word goes on in either text."""
    goes_on = any(IN_A_WORD.match(text, head) for text in (a, b))
    last = WORD.match(a[:head][::-1]) if goes_on else None
    return head - last.end() if last else head


def words_that_stand_once(old: Iterable[str], new: Iterable[str]) -> frozenset[str]:
    """Words that stand exactly once in all the old passages together and exactly once in all the new ones."""
    once_before, once_after = (
        {word for word, count in Counter(words).items() if count == 1} for words in (old, new)
    )
    return frozenset(once_before & once_after)


def words_of(passages: Iterable[str]) -> Iterator[str]:
    """The words of those passages that are compared word by word."""
    return (word for passage in passages if not is_long(passage) for word in WORD.findall(passage))


def is_long(passage: str) -> bool:
    """Whether a passage is so long that it is compared by its ends alone."""
    if len(passage) <= 2 * MOST_WORDS:
        return False
    return len(passage) > MOST_CHARACTERS or len(WORD.findall(passage)) > MOST_WORDS


def certain_runs(old: str, new: str, once: frozenset[str]) -> list[Run]:
    """The runs of one changed passage that certainly stayed, in order. `once` are words that stand once."""
    posts = [] if not once or is_long(old) or is_long(new) else posts_between(old, new, once)
    runs = runs_around(old, new, posts)
    runs = trimmed(old, new, runs)
    return uncrossed(old, new, runs)


def posts_between(old: str, new: str, once: frozenset[str]) -> list[Run]:
    """The words of `once` that stand in both passages and that no other of them crossed."""
    places = {found[0]: found.start() for found in WORD.finditer(new) if found[0] in once}
    pairs = [
        Run(found.start(), places[found[0]], len(found[0]))
        for found in WORD.finditer(old)
        if found[0] in places
    ]
    before = list(accumulate((post.new for post in pairs), max))
    after = list(accumulate((post.new for post in reversed(pairs)), min))[::-1]
    return [
        post
        for post, most_before, least_after in zip(pairs, before, after, strict=True)
        if most_before == post.new == least_after
    ]


def runs_around(old: str, new: str, posts: list[Run]) -> list[Run]:
    """The posts with what stayed beside them: each gap is compared by its certain head and tail."""
    runs: list[Run] = []
    old_from = new_from = 0
    for post in [*posts, Run(len(old), len(new), 0)]:
        head, tail = certain_ends(old[old_from : post.old], new[new_from : post.new])
        join(runs, Run(old_from, new_from, head))
        join(runs, Run(post.old - tail, post.new - tail, tail))
        join(runs, post)
        old_from, new_from = post.old_end, post.new_end
    return runs


def join(runs: list[Run], run: Run) -> None:
    """Add a run, as one with the run before where it goes on from there in both passages."""
    if not run.length:
        return
    last = runs[-1] if runs else None
    if last and (last.old_end, last.new_end) == (run.old, run.new):
        runs[-1] = Run(last.old, last.new, last.length + run.length)
    else:
        runs.append(run)


def pieces_between(old: str, new: str, runs: list[Run]) -> list[tuple[str, str]]:
    """What went and what came before, between and after the runs: one pair more than there are runs."""
    ends = [(0, 0), *((run.old_end, run.new_end) for run in runs)]
    starts = [*((run.old, run.new) for run in runs), (len(old), len(new))]
    return [
        (old[old_end:old_start], new[new_end:new_start])
        for (old_end, new_end), (old_start, new_start) in zip(ends, starts, strict=True)
    ]


def trimmed(old: str, new: str, runs: list[Run]) -> list[Run]:
    """The runs without the words at their ends that also came or went: those may be the others. Ends of both passages
    bound a run as well as a word does."""
    pieces = chain.from_iterable(pieces_between(old, new, runs)) if runs else ()
    changed = frozenset(chain.from_iterable(map(WORD_OR_STOP.findall, pieces)))
    kept = []
    for run in runs:
        words = old[run.old : run.old_end]
        first = 0 if run.old == run.new == 0 else doubtful_head(words, changed)
        last = 0 if is_last(old, new, run) else doubtful_head(words[::-1], changed, backwards=True)
        if first + last < run.length:
            kept.append(Run(run.old + first, run.new + first, run.length - first - last))
    return kept


def is_last(old: str, new: str, run: Run) -> bool:
    """Whether the run goes on to the end of both passages."""
    return run.old_end == len(old) and run.new_end == len(new)


def doubtful_head(words: str, changed: frozenset[str], *, backwards: bool = False) -> int:
    """How much of the text goes by until a word that is not among the changed ones."""
    for found in WORD_OR_STOP.finditer(words):
        token = found[0][::-1] if backwards else found[0]
        if token not in changed:
            return found.start()
    return len(words)


def uncrossed(old: str, new: str, runs: list[Run]) -> list[Run]:
    """The runs that no word crossed: none went on one side and came on the other. Nothing crosses the ends."""
    if all(run.old == run.new == 0 or is_last(old, new, run) for run in runs):
        return runs
    went: dict[str, tuple[int, int]] = {}
    came: dict[str, tuple[int, int]] = {}
    for number, pair in enumerate(pieces_between(old, new, runs)):
        for known, piece in zip((went, came), pair, strict=True):
            for word in WORD.findall(piece):
                known[word] = (known.get(word, (number, number))[0], number)
    crossings = [0] * (len(runs) + 1)
    for word in went.keys() & came.keys():
        for first, last in ((went[word][0], came[word][1]), (came[word][0], went[word][1])):
            if first < last:
                crossings[first] += 1
                crossings[last] -= 1
    return [run for run, crossed in zip(runs, accumulate(crossings), strict=False) if not crossed]
