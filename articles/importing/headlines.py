"""Where an article begins: the rule by which a line inside a plain-text file counts as the next headline. Pure.

A subhead and a headline look alike, so a line is not enough. Two things are asked.

The shape. One line of at least five words between blank lines, shorter than a paragraph, that does not end as a
sentence does, set in the same capitals as the file's first headline, under a text that is finished and above a
paragraph that is one. (After an end mark or page furniture, or above a byline or dateline, three words are enough and
the line may end in "?" or ":".)

The evidence that a report begins there. One of these is enough, because no subhead has it:
  named       a READ MORE line in the file names exactly this line as a headline
  ended       the text above was closed by an end mark ("ENDS", "-30-") or by page furniture ("ePaper - ...")
  byline      a byline follows
  dateline    the paragraph opens with a wire dateline: "KIRKUK, Iraq (dpa) -"
Of these two are needed, because one alone is found above and below subheads too:
  restated    the first sentence below says the headline again, as a lead does: two thirds of its telling words, four
              at least; this one must be there
  day         that sentence names the day of the event
  new         none of its telling words was printed in the article above
  set off     a divider, or more blank lines than usual in the file, stand before it
and then the file's first article must not open in another form (with a byline or dateline that is missing here).

Without enough evidence the line stays in the article above and the reader of the report is told, with the line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.importing import shapes
from articles.importing.units import Unit

FEWEST_WORDS = 5
FEWEST_WORDS_WITH_PROOF = 3
MOST_WORDS = 40
LONGEST = 300
# Words that tell nothing about what a headline is about; numbers and names do.
COMMON_WORDS = """
a an and are as at be been but by for from had has have he her his how in into is it its more new no not of off on or
our out over said say says she some than that the their them then they this those to under until up was we were what
when where which who why will with within year
اور کا کی کے کو سے میں پر نے ہے ہیں تھا تھی تھے یہ وہ نہیں بعد لیے ایک بھی جو تک في من على عن إلى أن
"""
COMMON = frozenset(COMMON_WORDS.split())


@dataclass(frozen=True)
class Candidate:
    """A line that looks like a headline, what speaks for a new article there, and whether that is enough."""

    line: int
    text: str
    signs: frozenset[str]
    begins_article: bool


def reads_as_headline(text: str) -> bool:
    """True where a line may be a headline: words, not a sentence with its full stop, no sentence inside."""
    if not shapes.words(text[:2000]) or shapes.ends_sentence(text):
        return False
    return not text.endswith((",", ";", "،", "؛")) and not holds_sentence(text)


def is_line(unit: Unit) -> bool:
    """True for one line of ordinary text that is not over-long."""
    return unit.kind == "text" and len(unit.lines) == 1 and len(unit.text) <= 2000


def is_paragraph(unit: Unit) -> bool:
    """True for running text: it ends as a sentence does, or is longer than any headline; verse and quotes too."""
    if unit.kind in {"verse", "quote"}:
        return True
    count = len(shapes.words(unit.text[:2000]))
    if unit.kind != "text":
        return False
    finished = shapes.is_finished(unit.text) and count >= (
        2 if shapes.ends_sentence(unit.text) else FEWEST_WORDS
    )
    return count > MOST_WORDS or len(unit.text) > 2000 or finished or holds_sentence(unit.text)


def holds_sentence(text: str) -> bool:
    """True where a whole sentence with its full stop stands inside the text: that is prose however it ends."""
    first, *rest = shapes.sentences(text)
    return bool(rest) and shapes.ends_sentence(first) and len(shapes.words(first)) >= FEWEST_WORDS


def fold(text: str) -> str:
    """The words of a headline without case, points and white space, so that two prints of it compare equal."""
    return " ".join(word.casefold() for word in shapes.words(text))


class File:
    """The units of one file with what has to be known of all of them to judge one line."""

    def __init__(self, units: Sequence[Unit], first: int):
        self.units = units
        self.first = first
        teasers = [shapes.teaser(unit.text) for unit in units if unit.kind == "teaser"]
        self.named = frozenset(fold(found[1]) for found in teasers if found and found[1])
        gaps = sorted(unit.gap for unit in units[1:] if unit.gap)
        self.usual_gap = gaps[len(gaps) // 2] if gaps else 1

    def judge(self, place: int, start: int) -> Candidate | None:
        """What the unit at `place` may begin, or None for a line that no one would take for a headline.

        `start` is the place of the headline above it.
        """
        unit = self.units[place]
        if not is_line(unit) or not reads_as_headline(unit.text) or not self._stands_over_text(place):
            return None
        proof, hints, count = self._proof(place), self._hints(place, start), len(shapes.words(unit.text))
        free = self._stands_free(place)
        if proof and free and count >= FEWEST_WORDS_WITH_PROOF and (count <= MOST_WORDS or "ended" in proof):
            return Candidate(unit.first, unit.text, proof | hints, True)
        if not FEWEST_WORDS <= count <= MOST_WORDS or len(unit.text) > LONGEST:
            return None
        if not proof | hints and (unit.text.endswith(":") or not free):
            return None
        enough = free and "restated" in hints and len(hints) > 1 and self._is_set_as_the_first(place)
        return Candidate(unit.first, unit.text, hints, enough)

    def lead(self, place: int) -> Unit | None:
        """The first paragraph under the line, past at most three short lines (standfirst, byline, date)."""
        for unit in self.units[place + 1 : place + 5]:
            if is_paragraph(unit):
                return unit
            if unit.kind != "text":
                return None
        return None

    def _stands_over_text(self, place: int) -> bool:
        """Finished text above and running text below."""
        above = self.units[place - 1]
        finished = above.kind != "text" or shapes.is_finished(above.text) or is_paragraph(above)
        return finished and self.lead(place) is not None

    def _stands_free(self, place: int) -> bool:
        """A blank line above and below; a byline may stand tight."""
        below = self.units[place + 1]
        return self.units[place].gap > 0 and (below.gap > 0 or _begins_with_byline(below))

    def _is_set_as_the_first(self, place: int) -> bool:
        """True where the line is set as the file's first headline is, and its article opens as the first one does."""
        text, first = self.units[place].text, self.units[self.first].text
        if text.endswith((":", "?", "!", "؟")) or shapes.is_quoted_whole(text):
            return False
        # Here the first article has neither byline nor dateline, or this one would have been told by its own.
        opens_alike = not self._proof(self.first) & {"byline", "dateline"}
        return opens_alike and shapes.same_style(shapes.case_style(text), shapes.case_style(first))

    def _proof(self, place: int) -> frozenset[str]:
        signs = set()
        if fold(self.units[place].text) in self.named:
            signs.add("named")
        if place and self.units[place - 1].kind in {"end", "furniture"}:
            signs.add("ended")
        if any(
            unit.kind == "text" and _begins_with_byline(unit) for unit in self.units[place + 1 : place + 3]
        ):
            signs.add("byline")
        lead = self.lead(place)
        if lead is not None and shapes.has_dateline(lead.text):
            signs.add("dateline")
        return frozenset(signs)

    def _hints(self, place: int, start: int) -> frozenset[str]:
        unit, lead = self.units[place], self.lead(place)
        signs = set()
        if lead is not None and is_restated(unit.text, lead.text):
            signs.add("restated")
            if is_new(unit.text, (other.text for other in self.units[start:place])):
                signs.add("new")
        if lead is not None and shapes.names_a_day(shapes.first_sentence(lead.text)):
            signs.add("day")
        if self.units[place - 1].kind == "divider" or unit.gap > self.usual_gap:
            signs.add("set off")
        return frozenset(signs)


def _begins_with_byline(unit: Unit) -> bool:
    return shapes.is_byline(unit.lines[0].text)


def is_restated(headline: str, lead: str) -> bool:
    """True where the lead's first sentence holds two thirds of the headline's telling words, four at least."""
    wanted = _telling(headline)
    given = _telling(shapes.first_sentence(lead))
    found = sum(any(_akin(word, other) for other in given) for word in wanted)
    return found >= 4 and 3 * found >= 2 * len(wanted)


def is_new(headline: str, above: Iterable[str]) -> bool:
    """True where none of the headline's telling words stands in the texts above it."""
    wanted = _telling(headline)
    return bool(wanted) and not any(
        _akin(word, other) for text in above for other in _telling(text) for word in wanted
    )


def _telling(text: str) -> set[str]:
    bare = {word.casefold().replace(".", "") for word in shapes.words(text)}
    return {word for word in bare if word not in COMMON and (len(word) > 1)}


def _akin(one: str, other: str) -> bool:
    """True for forms of one word: enters, entered; north-east, northeastern. Never for two numbers that differ."""
    if one == other:
        return True
    shorter, longer = sorted((one.replace("-", ""), other.replace("-", "")), key=len)
    stem = shorter[: max(4, len(shorter) - 1)]
    return len(shorter) >= 4 and not shorter.isdecimal() and longer.startswith(stem)
