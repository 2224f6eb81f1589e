"""Words collected from pasted elements as text with spans, and as blocks that can be stored and written."""

from itertools import groupby
from typing import Any

from articles.blocks import ONE_LINE, SCHEMA, BodyError, canonical_body
from articles.markdown import to_markdown
from articles.pasting_losses import Losses
from articles.pasting_tree import PLAIN, Look
from articles.spans import SPAN_VALUES, Span
from articles.tidying import tidied
from newsroom.core.hygiene import TextRefused, is_blank, replace_unstorable

Block = dict[str, Any]
Run = tuple[str, Look]
Letter = tuple[str, Look]


def texts_of(runs: list[Run], kind: str) -> list[tuple[str, list[Span]]]:
    """The runs as texts of blocks of this kind, with their spans: an empty line parts two, where the kind has lines."""
    lines = [_tidy(line) for line in _lines(runs)]
    if kind in ONE_LINE or kind == "cell":
        groups = [_joined([line for line in lines if line], " ")]
    elif kind == "item":
        groups = [_joined([line for line in lines if line], "\n")]
    else:
        groups = [_joined(list(group), "\n") for filled, group in groupby(lines, bool) if filled]
    return [("".join(letter for letter, _look in group), _spans(group)) for group in groups if group]


def _lines(runs: list[Run]) -> list[list[Letter]]:
    lines: list[list[Letter]] = [[]]
    for words, look in runs:
        for letter in words:
            if letter == "\n":
                lines.append([])
            else:
                lines[-1].append((letter, look))
    return lines


def _tidy(line: list[Letter]) -> list[Letter]:
    """One space where several stood, none at the ends; nothing where nobody would see anything."""
    if is_blank("".join(letter for letter, _look in line)):
        return []
    kept = [
        (letter, look)
        for place, (letter, look) in enumerate(line)
        if letter != " " or (place and line[place - 1][0] != " ")
    ]
    while kept[-1][0].isspace():
        kept.pop()
    first = next(place for place, (letter, _look) in enumerate(kept) if not letter.isspace())
    return kept[first:]


def _joined(lines: list[list[Letter]], between: str) -> list[Letter]:
    """The lines as one; what looks the same on both sides of a line's end goes on over it."""
    out: list[Letter] = []
    for line in lines:
        if out:
            out.append((between, line[0][1] if line[0][1] == out[-1][1] else PLAIN))
        out += line
    return out


def _spans(letters: list[Letter]) -> list[Span]:
    """A span for each stretch that is said the same of, without white space at its ends."""
    found: list[Span] = []
    for kind in ("link", "strong", "emphasis", "sup", "sub"):
        place = 0
        for value, group in groupby(letters, lambda letter, kind=kind: dict(letter[1].spans()).get(kind)):
            words = "".join(letter for letter, _look in group)
            start, place = place, place + len(words)
            if value is not None and words.strip():
                lead, trail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
                extra = {SPAN_VALUES[kind]: value} if kind in SPAN_VALUES else {}
                found.append({"start": start + lead, "end": place - trail, "kind": kind, **extra})
    return found


def stored(block: Block, losses: Losses) -> list[Block]:
    """The block as it can be stored and written as Markdown: if need be without formatting, or as a plain paragraph."""
    text, spans = _storable(block)
    if is_blank(text):
        return []
    plain = {**block, "text": text, "spans": []}
    for candidate in ({**plain, "spans": spans}, plain, {**plain, "kind": "paragraph", "attrs": {}}):
        if kept := writable(candidate):
            losses.formatting += bool(spans) and not kept["spans"]
            return [kept]
    return [{**plain, "kind": "paragraph", "attrs": {}}]


def _storable(block: Block) -> tuple[str, list[Span]]:
    try:
        return tidied(block["kind"], block["text"], block["spans"])
    except TextRefused:  # two signs that only together cannot be stored
        return tidied(block["kind"], replace_unstorable(block["text"])[0], [])


def writable(block: Block) -> Block | None:
    """The block in canonical form, if Markdown can write it; an item keeps its depth."""
    attrs = block["attrs"]
    alone = {**block, "attrs": {**attrs, "depth": 0}} if "depth" in attrs else block
    try:
        body = canonical_body({"schema": SCHEMA, "blocks": [alone]})
    except BodyError:
        return None
    if to_markdown(body).startswith("{{block"):
        return None
    kept = body["blocks"][0]
    return {**kept, "attrs": {**kept["attrs"], "depth": attrs["depth"]}} if "depth" in attrs else kept
