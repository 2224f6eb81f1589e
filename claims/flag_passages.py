"""Which words are meant: what was selected or pasted, checked against the version of now, or offered again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.finding import MOST_FOUND, as_body, find, why_unmarkable
from articles.models import Article, ArticleVersion
from articles.text import SpanRefused

from .anchoring import surroundings
from .flag_finding import Spot, across, parts_of
from .flag_sheet import parts_named, where_in
from .models import Placement
from .receivers import FIELDS, field_text
from .workflow import working_version

# So many code points are shown on either side of words to choose from.
AROUND = 48


@dataclass(frozen=True, slots=True)
class Choice:
    """One place that may be meant, with the words around it."""

    spot: Spot
    where: str
    before: str
    after: str
    checked: bool


class Passages:
    """What `spots` (selected on the page of the version `shown`) or pasted `words` mean in the version of now.

    `version` is the one to flag in. `choices` are the places offered; those `checked` are chosen. `refusal` says what
    stands in the way, empty where nothing does; `stale` that the article was changed since the page was loaded.
    """

    def __init__(self, article: Article, shown: str, spots: Sequence[Spot], words: str):
        self.article, self.words = article, words
        self.spots = list(dict.fromkeys(spots))[:MOST_FOUND]
        self.choices: list[Choice] = []
        self.refusal = ""
        self.stale = False
        self.version = self.version_of(shown)
        self.named = parts_named(self.version.body)
        if not self.refusal:
            self.settle()

    @property
    def chosen(self) -> list[Spot]:
        """The words to flag, once nothing stands in the way."""
        return [] if self.refusal else [choice.spot for choice in self.choices if choice.checked]

    @property
    def several(self) -> bool:
        """Whether somebody must look at the choices; one that is chosen needs no question."""
        return len(self.choices) != 1 or not self.choices[0].checked

    def version_of(self, shown: str) -> ArticleVersion:
        """The version that the page showed, where the desk still works on it; else the one it works on now."""
        current = [self.article.live_version, self.article.latest_version]
        if found := next((each for each in current if each and str(each.uid) == shown), None):
            return found
        self.stale = self.article.versions.filter(uid=shown).exists()
        if not self.stale:
            self.refusal = _("This page shows another article's words. Choose the words again.")
        return working_version(self.article)

    def settle(self) -> None:
        if self.stale:
            self.offer_again()
        elif self.spots:
            self.check_selected()
        elif self.words:
            self.look_up()
        else:
            self.refusal = _("Select words in the article, or paste them here.")

    # selected words

    def check_selected(self) -> None:
        for spot in self.spots:
            if self.refusal:
                return
            self.check(spot)
        if not self.refusal:
            found = find_in(self.version, self.words) if self.words else []
            self.offer(in_order([*self.spots, *found]), checked=self.spots)

    def check(self, spot: Spot) -> None:
        """Refuse a span that leaves its block or whose words are others, and offer what can be flagged instead."""
        body = body_of(self.version, spot.field)
        refusal = why_unmarkable(body, spot.start, spot.end)
        if isinstance(refusal, SpanRefused) and refusal.code in ("blocks", "cells"):
            parts = spots_at(self.version, spot.field, parts_of(body, spot.start, spot.end))
            self.offer_parts(parts)
        elif refusal is not None:
            self.refusal = str(refusal)
        elif field_text(self.version, spot.field)[spot.start : spot.end] != spot.exact:
            self.refusal = _("“%(words)s” does not stand at this place. Choose the words again.") % {
                "words": shortened(spot.exact)
            }
            self.offer(find_in(self.version, spot.exact))

    # pasted words

    def look_up(self) -> None:
        found = find_in(self.version, self.words)
        if len(found) == 1:
            self.offer(found, checked=found)
        elif found:
            self.offer(found)
            message = _("These words stand here %(count)d times. Choose the places that are meant.")
            self.refusal = message % {"count": len(found)}
        elif parts := parts_across(self.version, self.words):
            self.offer_parts(parts)
        else:
            self.refusal = _(
                "These words do not stand in version %(number)d. Copy them from the article, without notes or numbers."
            ) % {"number": self.version.number}

    # on a page that was overtaken

    def offer_again(self) -> None:
        """The words of the old page, where they stand now; nothing is flagged before somebody has looked."""
        wanted = [spot.exact for spot in self.spots] or [self.words]
        found = {words: find_in(self.version, words) for words in dict.fromkeys(wanted) if words}
        once = [spots[0] for spots in found.values() if len(spots) == 1]
        self.offer(in_order(spot for spots in found.values() for spot in spots), checked=once)
        lost = [words for words, spots in found.items() if not spots]
        self.refusal = " ".join(filter(None, [self.says_changed(), self.says_what_to_do(found, lost)]))
        self.words = self.words or "\n".join(lost)

    def says_changed(self) -> str:
        return _("The article was changed since you opened this page; version %(number)d is shown now.") % {
            "number": self.version.number
        }

    def says_what_to_do(self, found: dict, lost: list[str]) -> str:
        if lost:
            return _(
                "“%(words)s” does not stand in it any more. What you typed is kept: choose other words."
            ) % {"words": shortened(lost[0])}
        if any(len(spots) > 1 for spots in found.values()):
            return _("Your words stand in it more than once: choose the place that is meant.")
        return _("Your words stand in it as before: look, and press once more.") if found else ""

    # what is offered

    def offer(self, spots: Iterable[Spot], checked: Sequence[Spot] = ()) -> None:
        self.choices = [self.choice(spot, spot in checked) for spot in spots]

    def offer_parts(self, parts: list[Spot]) -> None:
        self.offer(parts, checked=parts)
        self.refusal = ngettext(
            "A mark stands inside one paragraph or cell. %(count)d part of your words can be flagged: look, and press "
            "once more.",
            "A mark stands inside one paragraph or cell; your words run over %(count)d. Choose the parts to flag: each "
            "becomes a place of the same claim.",
            len(parts),
        ) % {"count": len(parts)}

    def choice(self, spot: Spot, checked: bool) -> Choice:
        before, after = surroundings(field_text(self.version, spot.field), spot.start, spot.end, width=AROUND)
        where = (
            where_in(self.named, spot.start)
            if spot.field == Placement.Field.BODY
            else Placement.Field(spot.field).label
        )
        return Choice(spot, where, shown_before(before), shown_after(after), checked)


def body_of(version: ArticleVersion, field: str) -> dict:
    """The blocks of a field."""
    return version.body if field == Placement.Field.BODY else as_body(field_text(version, field))


def find_in(version: ArticleVersion, words: str) -> list[Spot]:
    """Where the words stand in the version, headline first."""
    found = []
    for field in FIELDS:
        spans = find(field_text(version, field), words, body_of(version, field))
        found += spots_at(version, field, spans)
    exactly = [spot for spot in found if spot.exact == words]
    return (exactly or found)[:MOST_FOUND]


def parts_across(version: ArticleVersion, words: str) -> list[Spot]:
    """The parts of words that run over several paragraphs; none where they do not stand in the version."""
    for field in FIELDS:
        text = field_text(version, field)
        if parts := across(text, words, body_of(version, field)):
            return spots_at(version, field, parts)
    return []


def spots_at(version: ArticleVersion, field: str, spans: Iterable[tuple[int, int]]) -> list[Spot]:
    text = field_text(version, field)
    return [Spot(field, start, end, text[start:end]) for start, end in spans]


def in_order(spots: Iterable[Spot]) -> list[Spot]:
    """Each once, in the order of reading."""
    return sorted(dict.fromkeys(spots), key=lambda spot: (FIELDS.index(spot.field), spot.start, spot.end))


def shown_before(words: str) -> str:
    """What stands before the words in their paragraph, from a whole word on."""
    inside = words.rsplit("\n\n", 1)[-1]
    return inside if len(inside) < AROUND else "… " + inside.partition(" ")[2]


def shown_after(words: str) -> str:
    """What stands behind the words in their paragraph, up to a whole word."""
    inside = words.split("\n\n", 1)[0]
    return inside if len(inside) < AROUND else inside.rpartition(" ")[0] + " …"


def shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 80 else line[:80].rsplit(" ", 1)[0] + " …"
