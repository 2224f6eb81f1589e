"""What stands in the margin: one note for each claim, and what it says. Pure but for the words of the language."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from newsroom.core.languages import direction

from . import statuses
from .changed import Changed
from .models import Placement
from .placed import Placed

Field, Anchor = Placement.Field, Placement.Anchor
LONGEST_IN_TALLY = 60


@dataclass(slots=True)
class Side:
    """One of two printed phrases that clash: who says it, and the words."""

    label: str
    words: str
    url: str = ""
    language: str = ""
    direction: str = ""


@dataclass(slots=True)
class Note:
    """One note. Without a mark it speaks of a denial or a question, whose words carry none.

    `back` is the id to return to; `report` the query by which the address of a report's form names the marked words.
    A note that repeats another has no id of its own and leads to it instead.
    """

    number: int
    mark: str
    word: str
    more: str = ""
    finding: str = ""
    explains: str = ""
    url: str = ""
    url_words: str = ""
    anchor: str = ""
    back: str = "main"
    back_words: str = ""
    where: str = ""
    words: str = ""
    statement: str = ""
    printed: str = ""
    change: Changed | None = None
    gravity: int = 0
    language: str = ""
    direction: str = ""
    pair: tuple[Side, Side] | None = None
    elsewhere: int = 0
    places_url: str = ""
    of: "Note | None" = None
    marked: bool = False
    report: str = ""
    counted_as: str = ""


def is_silent(place: Placed) -> bool:
    """Whether the article denies or questions the claim, so that its words are never marked."""
    return place.role in statuses.SILENT_ROLES


def can_be_marked(place: Placed) -> bool:
    """Whether words stand there that carry a mark."""
    return place.start is not None and not is_silent(place)


def worth_a_note(place: Placed) -> bool:
    """Words that changed before anything was found are not spoken of."""
    return statuses.can_be_said(place.as_listed)


def note_for(place: Placed, number: int, change: Changed | None = None) -> Note:
    """The note of one place, but for where it leads back to and what it is set against.

    `change` is what is said of words that changed, or of what surrounds them.
    """
    address = {"number": place.claim_number, "slug": place.claim_slug}
    url = reverse("claims:detail", kwargs=address)
    listed = place.as_listed
    note = Note(
        number,
        mark="",
        word="",
        url=url,
        url_words=_("Evidence") if place.label is not None else _("About this check"),
        anchor=f"claim-{place.claim_number}",
        statement=place.statement,
        words=shortened(place.words),
        gravity=listed.gravity,
        places_url=f"{url}#places",
        change=change,
        printed=shortened(change.words) if change else "",
    )
    if place.claim_language != get_language():
        note.language, note.direction = place.claim_language, direction(place.claim_language)
    if is_silent(place):
        note.word, note.gravity = statuses.silent_words(listed), 0
        note.finding = _("The claim: %(claim)s") % {"claim": place.statement}
        note.counted_as = _("denial") if place.role == statuses.Role.DENIES else _("question")
        return note
    note.mark, note.word, note.more = statuses.finding(listed)
    note.more = note.more or qualifier_of(place)
    note.finding = finding_of(place)
    note.explains = explanation_of(place)
    note.words = note.words or note.printed
    return note


def finding_of(place: Placed) -> str:
    """The sentence under the status word. Words that changed are told about themselves alone."""
    if place.start is None:
        return ""
    if place.label is None:
        return place.checking_note or _("Nothing has been found yet, either way.")
    return place.finding or ""


def qualifier_of(place: Placed) -> str:
    """What follows the word, such as "by its own text": beside the text that is meant, not beside every other."""
    own_text = place.clash_article is None or place.clash_article == place.article
    return place.qualifier or "" if current(place) and own_text else ""


def explanation_of(place: Placed) -> str:
    """What readers must know beside the finding."""
    if place.anchor == Anchor.ANCHORED and place.label is not None and place.checking:
        return _("This verdict is being looked at again.")
    return ""


def current(place: Placed) -> bool:
    """Whether the verdict stands here as it was given."""
    return place.anchor == Anchor.ANCHORED and place.label is not None and not is_silent(place)


def repeat_of(first: Note, place: Placed, change: Changed | None = None) -> Note:
    """The short note of a second place of a claim on the same page: its own status, and the way to the first."""
    own = note_for(place, first.number, change)
    own.of, own.finding, own.url = first, "", ""
    return own


def shortened(words: str) -> str:
    """The words for the list at the top: on one line, cut between words."""
    line = " ".join(words.split())
    if len(line) <= LONGEST_IN_TALLY:
        return line
    head = line[:LONGEST_IN_TALLY].rsplit(" ", 1)[0]
    return f"{head} …"


def summed_up(notes: Iterable[Note]) -> list[tuple[int, str]]:
    """How many notes say which word, the gravest first."""
    ranked = sorted(notes, key=lambda note: -note.gravity)
    words = [note.counted_as or note.word for note in ranked]
    return [(words.count(word), word) for word in dict.fromkeys(words)]


def where_words_stood(before: str, after: str, text: str) -> int | None:
    """Where in a newer text the words stood that went: beside their old neighbours, if these stand there once.

    The nearest neighbours count most; less than twelve code points of them prove nothing.
    """
    for length in (32, 24, 16, 12):
        near = before[-length:]
        if len(near) >= 12 and text.count(near) == 1:
            return text.index(near) + len(near)
        near = after[:length]
        if len(near) >= 12 and text.count(near) == 1:
            return text.index(near)
    return None


def nearest_surviving(old: str, start: int, new: str) -> int | None:
    """Where in the newer text the paragraph of old words that went belongs: beside the nearest one that still stands.

    Paragraphs count that stand once in both texts. The one before it is asked first, then the one after it.
    """
    before, after = old[:start].split("\n\n"), old[start:].split("\n\n")
    once = {each for each, count in Counter(new.split("\n\n")).items() if count == 1}
    once &= {each for each, count in Counter(old.split("\n\n")).items() if count == 1}
    if (found := next((each for each in reversed(before[:-1]) if each in once), None)) is not None:
        end = offset_of(found, new) + len(found) + 2
        # What came in its place stands behind it, unless that is a paragraph which was there all along.
        behind = new[end:].split("\n\n", 1)[0]
        return end if end < len(new) and behind not in once else offset_of(found, new)
    found = next((each for each in after[1:] if each in once), None)
    return None if found is None else offset_of(found, new)


def offset_of(paragraph: str, text: str) -> int:
    """Where a paragraph that stands once begins."""
    return f"\n\n{text}\n\n".index(f"\n\n{paragraph}\n\n")
