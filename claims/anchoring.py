"""Carrying a passage from one version of a text to the next, pure: only what certainly did not change is carried.

Two versions are compared by their common head and tail. A span is carried only if it lies whole in one of them, so
it covers the very characters that were checked, never look-alikes. Where head and tail overlap (a repetition was
inserted or removed and nobody can say which copy), only what every reading of the change leaves alone counts.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """`[start, end)` in code points."""

    start: int
    end: int


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
    """Lengths of head and tail that are unchanged however the change is read."""
    if old == new:
        return len(old), 0
    head, tail = common_head(old, new), common_tail(old, new)
    shorter = min(len(old), len(new))
    return min(head, shorter - tail) if head + tail > shorter else head, (
        min(tail, shorter - head) if head + tail > shorter else tail
    )


def carry(old: str, new: str, spans: list[Span]) -> list[Span | None]:
    """Where each span of the old text stands in the new one; None for a span that the change may have touched."""
    head, tail = certain_ends(old, new)
    shift = len(new) - len(old)
    carried: list[Span | None] = []
    for span in spans:
        if span.end <= head:
            carried.append(span)
        elif span.start >= len(old) - tail:
            carried.append(Span(span.start + shift, span.end + shift))
        else:
            carried.append(None)
    return carried


def surroundings(text: str, start: int, end: int, *, width: int = 32) -> tuple[str, str]:
    """At most `width` code points before and after a span, for people and for the W3C quote selector."""
    return text[max(0, start - width) : start], text[end : end + width]


def paragraph_around(text: str, start: int, end: int) -> str:
    """The block in which a span stands: blocks are joined by a blank line."""
    before = text.rfind("\n\n", 0, start)
    after = text.find("\n\n", end)
    return text[before + 2 if before >= 0 else 0 : after if after >= 0 else len(text)]
