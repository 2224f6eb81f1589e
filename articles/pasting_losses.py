"""What a clipboard held that the text of an article cannot hold, counted and put into words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import ngettext


@dataclass
class Losses:
    """What was left out, each kind counted."""

    pictures: int = 0
    players: int = 0
    links: int = 0
    merged: int = 0
    comments: int = 0
    hidden: int = 0
    crossed_out: int = 0
    numbering: int = 0
    deeper: int = 0
    formatting: int = 0
    unstorable: int = 0

    def in_words(self) -> list[str]:
        """Each kind that was left out, as a part of a sentence."""
        return [words % {"count": count} for count, words in self._said() if count]

    def _said(self) -> Iterator[tuple[int, str]]:
        n = self.pictures
        yield n, ngettext("%(count)d picture", "%(count)d pictures", n)
        n = self.players
        yield n, ngettext("%(count)d film, sound or drawing", "%(count)d films, sounds or drawings", n)
        n = self.links
        yield (
            n,
            ngettext(
                "%(count)d link that leads to no web address (its words are kept)",
                "%(count)d links that lead to no web address (their words are kept)",
                n,
            ),
        )
        n = self.merged
        yield (
            n,
            ngettext(
                "%(count)d merged cell of a table (it is followed by empty ones)",
                "%(count)d merged cells of tables (they are followed by empty ones)",
                n,
            ),
        )
        n = self.comments
        yield n, ngettext("%(count)d comment", "%(count)d comments", n)
        n = self.hidden
        yield n, ngettext("%(count)d hidden passage", "%(count)d hidden passages", n)
        n = self.crossed_out
        yield (
            n,
            ngettext(
                "the line through %(count)d passage (its words are kept: delete them if they were deleted)",
                "the line through %(count)d passages (their words are kept: delete them if they were deleted)",
                n,
            ),
        )
        n = self.numbering
        yield (
            n,
            ngettext(
                "the first number of %(count)d list (it counts from 1 now)",
                "the first numbers of %(count)d lists (they count from 1 now)",
                n,
            ),
        )
        n = self.deeper
        yield n, ngettext("the depth of %(count)d list item", "the depth of %(count)d list items", n)
        n = self.formatting
        yield (
            n,
            ngettext(
                "the formatting of %(count)d paragraph (its words are kept)",
                "the formatting of %(count)d paragraphs (their words are kept)",
                n,
            ),
        )
        n = self.unstorable
        yield (
            n,
            ngettext(
                "%(count)d kind of character that cannot be stored",
                "%(count)d kinds of characters that cannot be stored",
                n,
            ),
        )
