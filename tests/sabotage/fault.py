"""What a planted fault is, and how it is planted and taken out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class TextGone(Exception):
    """The text that a fault replaces does not stand exactly once in its file: the fault must follow the code."""


@dataclass(frozen=True)
class Fault:
    """One change that breaks one promise. `breaks` says what a person would suffer; `tests` must fail of it.

    `speaks_up` is what must be said where no assertion fails because a second line of defence ends the test or the
    run: another guard of the same promise, or a system check.
    """

    name: str
    promise: str
    breaks: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    speaks_up: str = ""

    def sabotaged(self, root: Path) -> str:
        """The file's text with the fault in it. Raise TextGone."""
        text = (root / self.file).read_text()
        if text.count(self.old) != 1:
            raise TextGone(f"{self.file} holds the text {text.count(self.old)} times, not once:\n{self.old}")
        return text.replace(self.old, self.new)

    @contextmanager
    def planted(self, root: Path) -> Iterator[None]:
        """The fault stands in that copy of the checkout inside the block. Raise TextGone."""
        file = root / self.file
        sound, broken = file.read_text(), self.sabotaged(root)
        file.write_text(broken)
        try:
            yield
        finally:
            file.write_text(sound)
