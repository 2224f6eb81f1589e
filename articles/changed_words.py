"""Where two versions differ in one place only: the sentences there, old and new, for a form to begin with. Pure."""

import re

ENDS_OF_SENTENCES = re.compile(r"(?<=[.!?…۔؟])[\"”’»)]*\s+")


def sentences(paragraph: str) -> list[tuple[int, int]]:
    """`[start, end)` of each sentence, without the space between them."""
    found, start = [], 0
    for gap in ENDS_OF_SENTENCES.finditer(paragraph):
        end = gap.start() + len(gap.group().rstrip())
        found.append((start, end))
        start = gap.end()
    return [*found, (start, len(paragraph))] if start < len(paragraph) else found


def changed_sentences(old: str, new: str) -> tuple[str, str]:
    """The sentences of either text between those that both begin and end with; one text may have none."""
    left, right = sentences(old), sentences(new)
    said = [[text[start:end] for start, end in spans] for text, spans in ((old, left), (new, right))]
    same = _common(*said)
    at_end = _common(said[0][same:][::-1], said[1][same:][::-1])
    return _between(old, left, same, at_end), _between(new, right, same, at_end)


def _common(left: list[str], right: list[str]) -> int:
    """How many of both are equal from the beginning on."""
    pairs = zip(left, right, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))


def _between(text: str, spans: list[tuple[int, int]], first: int, at_end: int) -> str:
    """What stands in the text without its first and last sentences, as it stands there."""
    middle = spans[first : len(spans) - at_end]
    return text[middle[0][0] : middle[-1][1]] if middle else ""


def changed_once(old: dict[str, str], new: dict[str, str]) -> tuple[str, str]:
    """What one field of one paragraph said and says now; nothing where more than one place differs.

    Both hold the canonical text of headline, standfirst and body.
    """
    fields = [field for field in old if old[field] != new[field]]
    if len(fields) != 1:
        return "", ""
    left, right = old[fields[0]].split("\n\n"), new[fields[0]].split("\n\n")
    same = _common(left, right)
    at_end = _common(left[same:][::-1], right[same:][::-1])
    if len(left) - same - at_end != 1 or len(right) - same - at_end != 1:
        return "", ""
    if fields[0] == "headline":
        return left[0], right[0]
    return changed_sentences(left[same], right[same])
