"""From lines to units: what stands between blank lines, joined where it was only wrapped. Pure.

A unit is what may become a block, a headline, a byline or furniture. A file may keep a paragraph on one long line,
may wrap it, or may set every paragraph on a line of its own without blank lines between; verse and addresses keep
their line ends. The rules are exact where they can be and say `ragged` where they are not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.importing import shapes
from articles.importing.lines import WHITE, Line

# Past this a line is a paragraph that nobody wrapped: no editor or wire wraps so wide.
LONGEST_WRAPPED = 120
# A block whose longest line is shorter than this is verse, a list or an address, never wrapped prose.
NARROWEST_WRAP = 60
WRAP_SLACK = 6


@dataclass(frozen=True)
class Unit:
    """One or more lines that belong together. `gap` counts blank lines before it: 0 = glued to the unit before."""

    lines: tuple[Line, ...]
    text: str
    kind: str
    gap: int = 0
    ragged: bool = False

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def last(self) -> int:
        return self.lines[-1].number


def read_units(lines: Sequence[Line], forced: frozenset[int] = frozenset()) -> tuple[Unit, ...]:
    """The units of a file in order; a line whose number is in `forced` stands in a unit of its own.

    Kinds: text, verse, quote, item, teaser, furniture, end, divider.
    """
    groups = list(_groups(lines))
    width = _wrap_width(groups)
    flush = not all(line.is_indented for _, group in groups for line in group)
    units: list[Unit] = []
    for gap, group in groups:
        for part in _parts(group, forced, width):
            for unit in _units_of(part, width, verse=flush):
                units.append(replace(unit, gap=gap))
                gap = 0
    return tuple(units)


def _groups(lines: Sequence[Line]) -> Iterator[tuple[int, list[Line]]]:
    """(blank lines before, the lines) for every run of lines between blank ones."""
    gap, group = 0, []
    for line in lines:
        if not line.is_blank:
            group.append(line)
        elif group:
            yield gap, group
            gap, group = 1, []
        else:
            gap += 1
    if group:
        yield gap, group


def _parts(group: list[Line], forced: frozenset[int], width: int) -> Iterator[list[Line]]:
    """The group cut around every line that speaks for itself: READ MORE lines, end marks, forced headlines."""
    part: list[Line] = []
    for place, line in enumerate(group):
        if line.number in forced:
            alone = [line]
        elif shapes.teaser(line.text):
            alone = _whole_teaser(group[place:], width)
        elif _speaks_for_itself(group, place):
            alone = [line]
        else:
            part.append(line)
            continue
        if part:
            yield part
        part = []
        yield alone
        if len(alone) > 1:
            return
    if part:
        yield part


def _whole_teaser(rest: list[Line], width: int) -> list[Line]:
    """The READ MORE line with what was wrapped of it: all that follows, if that ends as a headline and not as text."""
    pairs = pairwise(rest)
    wrapped = all(is_full(line, following, width) for line, following in pairs)
    length = sum(len(line.text) + 1 for line in rest)
    return rest if wrapped and length < 400 and not shapes.is_finished(rest[-1].text) else rest[:1]


def _speaks_for_itself(group: list[Line], place: int) -> bool:
    kind = kind_alone(group[place].text)
    if kind == "furniture":
        # Inside a paragraph a bare address or number is part of it.
        nothing_follows = all(kind_alone(line.text) for line in group[place + 1 :])
        return nothing_follows and (place == 0 or _closes(group[place - 1].text))
    return bool(kind)


def _closes(text: str) -> bool:
    return bool(kind_alone(text)) or shapes.is_finished(text)


def kind_alone(text: str) -> str:
    """The kind of a line that needs no neighbours to be known; "" for ordinary text."""
    if shapes.teaser(text):
        return "teaser"
    if shapes.is_end_mark(text):
        return "end"
    if shapes.is_divider(text):
        return "divider"
    return "furniture" if shapes.is_furniture(text) else ""


def _wrap_width(groups: list[tuple[int, list[Line]]]) -> int:
    """The longest line of the groups that may be wrapped prose, or 0 where none may."""
    longest = [max(len(line.text) for line in group) for _, group in groups if len(group) > 1]
    width = max((length for length in longest if length <= LONGEST_WRAPPED), default=0)
    return width if width >= NARROWEST_WRAP else 0


def is_full(line: Line, following: Line, width: int) -> bool:
    """True where the next line's first word would not have fitted: the line end is the wrap's, not the writer's."""
    first_word = following.text.split(maxsplit=1)[0]
    return width > 0 and len(line.text) + 1 + len(first_word) > width - WRAP_SLACK


def _units_of(part: list[Line], width: int, *, verse: bool) -> list[Unit]:
    texts = [line.text for line in part]
    if len(part) == 1:
        return [_single(part[0])]
    if shapes.teaser(texts[0]):
        return [Unit(tuple(part), " ".join(texts), "teaser")]
    if any(len(text) > LONGEST_WRAPPED for text in texts):
        return [_single(line) for line in part]
    if all(text.startswith(">") for text in texts):
        return [_quoted(part, width)]
    if all(shapes.LIST_ITEM.match(text) for text in texts):
        return [Unit((line,), line.text, "item") for line in part]
    full = [is_full(line, following, width) for line, following in pairwise(part)]
    if verse and not all(full) and all(line.is_indented for line in part):
        return [Unit(tuple(part), _dedented(part), "verse")]
    return _wrapped_or_ragged(part, full)


def _single(line: Line) -> Unit:
    text = line.text
    if text.startswith(">") and text.lstrip("> "):
        return _quoted([line], 0)
    kind = kind_alone(text) or ("item" if shapes.LIST_ITEM.match(text[:400]) else "text")
    return Unit((line,), text, kind)


def _quoted(part: list[Line], width: int) -> Unit:
    bare = [Line(line.number, line.text.lstrip(">").lstrip()) for line in part]
    kept = [line for line in bare if not line.is_blank]
    if not kept:
        return Unit(tuple(part), "\n".join(line.text for line in part), "text")
    return Unit(tuple(part), _joined(kept, width), "quote")


def _joined(part: list[Line], width: int) -> str:
    """The lines as one text: a blank where the wrap broke the line, a line end where the writer did."""
    text = part[0].text
    for line, following in pairwise(part):
        text += (" " if is_full(line, following, width) else "\n") + following.text
    return text


def _dedented(part: list[Line]) -> str:
    """Indented lines with the white space that sets one further in than another, and no more."""
    rows = [line.printed.rstrip(WHITE).expandtabs(4) for line in part]
    margin = min(len(row) - len(row.lstrip(WHITE)) for row in rows)
    return "\n".join(row[margin:] for row in rows)


def _wrapped_or_ragged(part: list[Line], full: list[bool]) -> list[Unit]:
    """Wrapped prose as one unit, with up to three short lines set tight above it; anything else as printed."""
    above = full.index(True) if True in full else len(full)
    if above > 3 or not all(full[above:]) or above == len(full):
        return [Unit(tuple(part), "\n".join(line.text for line in part), "text", ragged=True)]
    prose = part[above:]
    joined = Unit(tuple(prose), " ".join(line.text for line in prose), "text")
    return [*(_single(line) for line in part[:above]), joined]
