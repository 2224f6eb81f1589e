"""What two editors made of one text, part by part, as an editor who was overtaken reads it."""

from dataclasses import dataclass

from .markdown import to_markdown
from .merging import Became, Merged, Part


@dataclass(frozen=True)
class Row:
    """One stretch of the text: what became of it, and its source on all sides. `same` paragraphs are only counted."""

    became: Became
    base: str = ""
    theirs: str = ""
    yours: str = ""
    same: int = 0
    name: str = ""


def rows_of(merged: Merged) -> list[Row]:
    """The lines that somebody changed, by their name, then the body from its head to its end."""
    lines = [
        Row(part.became, *(side[0] for side in (part.base, part.theirs, part.yours)), name=name)
        for name, part in merged.lines.items()
        if part.became != Became.SAME
    ]
    return lines + [_row(part) for part in merged.parts]


def _row(part: Part) -> Row:
    if part.became == Became.SAME:
        return Row(part.became, same=len(part.merged))
    return Row(part.became, *(to_markdown({"blocks": side}) for side in (part.base, part.theirs, part.yours)))
