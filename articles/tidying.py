"""Tidies a block's text together with its spans, for text that was put together from marked-up source."""

import unicodedata
from bisect import bisect_left, bisect_right

from articles.blocks import ONE_LINE, tidy_text
from articles.spans import Span
from newsroom.core.hygiene import BYTE_ORDER_MARK, LINE_ENDS, clean_text

# A character of the tidied text and the range of the given text that it came from.
Piece = tuple[str, int, int]


def tidied(kind: str, text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """The text as a block of this kind stores it, and the spans over the same words. Raises TextRefused."""
    clean_text(text)
    if kind in ONE_LINE or kind == "cell":
        text = text.replace("\n", " ").replace("\t", " ")
    if tidy_text(kind, text) == text:
        return text, spans
    pieces = _trimmed(kind, _composed(text))
    return "".join(piece[0] for piece in pieces), _moved(spans, pieces)


def _composed(text: str) -> list[Piece]:
    """NFC, line ends as `\\n`, byte order marks gone, each character with where it came from."""
    pieces: list[Piece] = []
    start = 0
    for end in [*_safe_cuts(text), len(text)]:
        words = LINE_ENDS.sub("\n", text[start:end]).replace(BYTE_ORDER_MARK, "")
        pieces.extend((character, start, end) for character in unicodedata.normalize("NFC", words))
        start = end
    return pieces


def _safe_cuts(text: str) -> list[int]:
    """Where the text may be cut so that composing the parts is composing the whole."""
    cuts, start = [], 0
    for place in range(1, len(text)):
        if not unicodedata.combining(text[place]) and not _composes(text[start:place], text[place]):
            cuts.append(place)
            start = place
    return cuts


def _composes(before: str, character: str) -> bool:
    if BYTE_ORDER_MARK in (before[-1], character) or before[-1] + character == "\r\n":
        return True
    whole = unicodedata.normalize("NFC", before + character)
    return whole != unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", character)


def _trimmed(kind: str, pieces: list[Piece]) -> list[Piece]:
    """Without white space at the ends of lines (verse keeps what begins a line) and without empty lines."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece[0] == "\n":
            lines.append([])
        lines[-1].append(piece)
    out: list[Piece] = []
    for line in lines:
        end = line.pop(0) if line and line[0][0] == "\n" else None
        words = _stripped(line, only_right=kind == "verse")
        if words and out and end:
            out.append(end)
        out.extend(words)
    return out


def _stripped(line: list[Piece], *, only_right: bool) -> list[Piece]:
    first, last = 0, len(line)
    while last > first and line[last - 1][0].isspace():
        last -= 1
    while first < last and line[first][0].isspace() and not only_right:
        first += 1
    return line[first:last]


def _moved(spans: list[Span], pieces: list[Piece]) -> list[Span]:
    """The spans over what is left of their words; those of which nothing is left are gone."""
    starts, ends = [piece[1] for piece in pieces], [piece[2] for piece in pieces]
    moved = []
    for span in spans:
        first, last = bisect_right(ends, span["start"]), bisect_left(starts, span["end"])
        if first < last:
            moved.append({**span, "start": first, "end": last})
    return moved
