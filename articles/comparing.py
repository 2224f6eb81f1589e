"""Two sources side by side, paragraph by paragraph, for an editor who was overtaken."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Row:
    """One line of the comparison: a paragraph on either side, or `same` paragraphs folded into their number."""

    newest: str = ""
    yours: str = ""
    same: int = 0


def compare(newest: str, yours: str) -> list[Row]:
    """The paragraphs of both sources, in order; runs of equal paragraphs are one row that counts them."""
    left, right = paragraphs(newest), paragraphs(yours)
    rows: list[Row] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            rows.append(Row(same=b - a))
        else:
            rows.append(Row(newest="\n\n".join(left[a:b]), yours="\n\n".join(right[c:d])))
    return rows


def paragraphs(source: str) -> list[str]:
    """The chunks between empty lines, line ends as stored."""
    chunks = re.split(r"\n[ \t]*\n", source.replace("\r\n", "\n"))
    return [chunk.strip("\n") for chunk in chunks if chunk.strip()]
