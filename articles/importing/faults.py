"""Characters that the archive does not store: which lines hold them, and what becomes of those lines. Pure."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from articles.importing.lines import Line
from articles.importing.parsed import Doubt, Refusal
from newsroom.core.hygiene import TextRefused, clean_text, replace_unstorable

# Invisible characters that only reorder or hide text may go; anything else that cannot be stored stops its article.
DROPPED = {"reordering", "unseen"}


class Faults:
    """The faults of a file's lines, by line number."""

    def __init__(self) -> None:
        self._refusals: dict[int, Refusal] = {}
        self._doubts: dict[int, Doubt] = {}

    def refusal(self, first: int, last: int) -> Refusal | None:
        """The first refusal in lines `first` to `last`, or None."""
        return next((found for line, found in self._refusals.items() if first <= line <= last), None)

    def doubts(self, first: int, last: int) -> Iterator[Doubt]:
        """What was left out of lines `first` to `last`."""
        return (found for line, found in self._doubts.items() if first <= line <= last)

    def screen(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines as they may be stored; what is wrong with them is remembered here."""
        for line in lines:
            fault = None if line.is_blank else _fault(line)
            if fault is None:
                yield line
            elif fault.code in DROPPED:
                self._doubts[line.number] = _left_out(line, fault)
                yield Line(line.number, replace_unstorable(line.printed)[0])
            else:
                told = str(fault.template) % (fault.params | {"line": line.number})
                self._refusals[line.number] = Refusal(line.number, "character", told)
                yield line


def _fault(line: Line) -> TextRefused | None:
    try:
        clean_text(line.text)
    except TextRefused as refusal:
        return refusal
    return None


def _left_out(line: Line, fault: TextRefused) -> Doubt:
    text = _(
        "Invisible characters were left out (%(character)s): they make words read otherwise than they stand."
    )
    return Doubt(line.number, "invisible", text % {"character": fault.params["character"]})
