"""The page of one article with its claims: which words are marked, and what stands beside them.

One query more than the page without claims reads, however many claims there are, and at most two more where words
changed. It reads the placements of the version it shows, and where words changed the ones that were checked, to say so;
a verdict never stands on words it was not given for.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Article, ArticleVersion
from articles.passages import fields_shown
from articles.reading import ArticleReading, Row
from articles.text import Mark, render_inline
from newsroom.core.languages import direction

from . import notes, statuses
from .changed import Changed, checked_places, told
from .notes import Anchor, Field, Note, Side
from .placed import Placed, placed_in

ORDER = {Field.HEADLINE: 0, Field.STANDFIRST: 1, Field.BODY: 2}
TO_THE_END = 10**9


class ClaimsReading(ArticleReading):
    """What the article's page prints, claims included."""

    def prepare(self) -> None:
        targets = {
            link.target.live_version_id
            for link in self.links
            if link.target and link.target.is_public(self.at)
        }
        places = self.places_read({self.version.pk, *targets})
        own = [place for place in places if place.version == self.version.pk]
        self.times_here = Counter(place.claim for place in own)
        moved = [place for place in own if place.anchor != Anchor.ANCHORED]
        self.checked = checked_places({each.appearance for each in moved}, self.at, self.version.number)
        self.offsets = {place.pk: self.find_offset(place) for place in own}
        self.find_neighbours([place for place in moved if self.offsets[place.pk] == TO_THE_END])
        self.places = sorted(filter(notes.worth_a_note, own), key=self.spot)
        self.led_to = defaultdict(list)
        for place in places:
            if place.version != self.version.pk:
                self.led_to[place.article].append(place.as_listed)
        self.number_notes()

    def places_read(self, versions: set[int]) -> list[Placed]:
        """The places in these versions that the page may speak of."""
        return placed_in(versions, self.at)

    def spot(self, place: Placed) -> tuple[int, int, int]:
        """Where in the reading order a place comes."""
        return ORDER.get(place.field, len(ORDER)), self.offsets[place.pk], place.claim_number

    def find_offset(self, place: Placed) -> int:
        """Where the words begin, or where they began before they went; far behind the end where nobody can say."""
        if place.start is not None:
            return place.start
        text = self.version.body_text if place.field == Field.BODY else ""
        found = notes.where_words_stood(place.good_before or "", place.good_after or "", text)
        return TO_THE_END if found is None else found

    def find_neighbours(self, places: list[Placed]) -> None:
        """Put what nobody can place by its neighbouring words beside the nearest paragraph that survived. One query."""
        stood = {
            place: self.checked[place.appearance]
            for place in places
            if place.field == Field.BODY and place.appearance in self.checked
        }
        stood = {place: row for place, row in stood.items() if row.field == Field.BODY}
        if not stood:
            return
        wanted = {row.version_id for row in stood.values()}
        texts = dict(ArticleVersion.objects.filter(pk__in=wanted).values_list("pk", "body_text"))
        for place, row in stood.items():
            found = notes.nearest_surviving(texts[row.version_id], row.start, self.version.body_text)
            if found is not None:
                self.offsets[place.pk] = found

    def change_of(self, place: Placed) -> Changed | None:
        return told(self.article, place.anchor, self.checked.get(place.appearance))

    def number_notes(self) -> None:
        """Give every claim its number in the order of the page, and every place its note."""
        by_claim = defaultdict(list)
        for place in self.places:
            by_claim[place.claim].append(place)
        # The note stands where the verdict is current; where the words changed is told in a short one.
        firsts = [next(filter(notes.current, found), found[0]) for found in by_claim.values()]
        firsts.sort(key=self.spot)
        self.notes = {
            place.pk: notes.note_for(place, at, self.change_of(place))
            for at, place in enumerate(firsts, start=1)
        }
        self.tally = list(self.notes.values())
        for first in firsts:
            others = [place for place in by_claim[first.claim] if place is not first]
            for count, place in enumerate(others, start=2):
                repeat = notes.repeat_of(self.notes[first.pk], place, self.change_of(place))
                repeat.anchor += f"-{count}"
                self.notes[place.pk] = repeat

    # drawing

    def marks_in(self, name: str) -> Sequence[Mark]:
        return [
            self.mark_of(place) for place in self.places if place.field == name and notes.can_be_marked(place)
        ]

    def mark_of(self, place: Placed) -> Mark:
        note = self.notes[place.pk]
        return Mark(
            place.start,
            place.end,
            key=str(place.pk),
            number=note.number,
            css=note.mark,
            label=note.word,
            gravity=note.gravity,
            anchor=note.anchor,
            note=f"n{note.number}",
        )

    def draw(self) -> None:
        super().draw()
        self.under_headline: list[Note] = []
        self.head_notes: list[Note] = []
        self.rows_by_key = {key: row for row in self.rows for key in row.keys}
        for place in self.places:
            self.hang(place)
        for row in self.rows:
            self.carry(row)

    def passages(self, taken: set[str]) -> list[Row]:
        """The checked words alone, where the text is the paper's."""
        if self.article.rights != Article.Rights.QUOTES:
            return []
        marks, rows = self.marks_in(Field.BODY), []
        for place in self.places:
            if place.field == Field.BODY and notes.can_be_marked(place):
                words = render_inline(place.words, (), marks, offset=place.start, taken=taken)
                rows.append(Row(words, "passage", self.number_at(place.start), keys=(str(place.pk),)))
        return rows

    def hang(self, place: Placed) -> None:
        """Put the note of one place where it belongs: under the headline, beside its row, or at the top."""
        note = self.notes[place.pk]
        if place.field == Field.HEADLINE:
            self.under_headline.append(note)
            note.where, note.back_words, note.marked = _("Headline"), _("to the headline"), True
            self.set_against(note, place)
        elif place.field == Field.STANDFIRST:
            self.head_notes.append(note)
            note.where, note.back_words, note.marked = _("Standfirst"), _("to the standfirst"), self.whole
        else:
            self.hang_in_body(note, place)
        note.marked = note.marked and notes.can_be_marked(place)
        if note.marked:
            note.back = note.anchor
            note.report = self.report_of(place)
        if self.article.rights == Article.Rights.NONE and place.field != Field.HEADLINE:
            note.words = note.printed = ""

    def report_of(self, place: Placed) -> str:
        """What names the words of a place to the form that reports an error; empty where readers see too little."""
        if place.field not in fields_shown(self.article):
            return ""
        number = self.version.number
        return f"?v={number}&field={place.field}&start={place.start}&end={place.end}"

    def hang_in_body(self, note: Note, place: Placed) -> None:
        offset = self.offsets[place.pk]
        row = self.rows_by_key.get(str(place.pk))
        note.marked = row is not None
        if row is None and offset != TO_THE_END:
            row = self.row_at(offset)
        (row.notes if row else self.head_notes).append(note)
        note.where, note.back_words = _("Text"), _("to the text")
        if row and row.kind == "teaser":
            note.where = _("READ MORE line")
        elif row and row.number:
            note.where = _("Paragraph %(number)d") % {"number": row.number}
        if row and row.number:
            note.back = f"p{row.number}"

    def carry(self, row: Row) -> None:
        """Under a READ MORE line stands the verdict it carries, and what is known of the article it leads to."""
        if row.kind != "teaser":
            return
        row.carried = [note for note in row.notes if note.marked]
        row.notes = [note for note in row.notes if not (note.marked and note.of)]
        if row.link and row.link.article:
            row.link.status = self.status_of_target(row.link.article, {note.mark for note in row.carried})

    def status_of_target(self, article: Article, said: set[str]) -> list[statuses.Saying]:
        """What the lists say of the other article, but for what the line itself has said already."""
        found = self.led_to.get(article.pk)
        return (
            [saying for saying in statuses.status_of(found).says if saying.mark not in said] if found else []
        )

    # the clash

    def set_against(self, note: Note, place: Placed) -> None:
        """Set a headline's words against the words that contradict them, where the verdict names both."""
        note.elsewhere = max(0, (place.places or 0) - self.times_here[place.claim])
        shown = self.article.rights != Article.Rights.NONE and notes.current(place) and not place.checking
        if not shown or not place.clash_against:
            return
        words = place.clash_words if place.clash_words in place.words else place.words
        own = place.clash_article == self.article.pk
        other = self.other_side(place) if own else self.side_elsewhere(place)
        if other:
            note.pair = (Side(_("The headline says"), words), other)

    def side_elsewhere(self, place: Placed) -> Side | None:
        """The words of another article that contradict; None where readers may not read it."""
        if place.clash_state != Article.State.PUBLISHED or place.clash_from > self.at:
            return None
        address = {"number": place.clash_number, "slug": place.clash_slug}
        return Side(
            _("“%(headline)s” says") % {"headline": place.clash_headline},
            place.clash_against,
            reverse("articles:detail", kwargs=address),
            place.clash_language,
            direction(place.clash_language),
        )

    def other_side(self, place: Placed) -> Side:
        """The words that contradict, and where they stand in what readers see; else in which version they stood."""
        words = place.clash_against
        if words in self.version.standfirst:
            return Side(_("The standfirst says"), words)
        at = self.version.body_text.find(words)
        if at < 0:
            return Side(_("Version %(number)d said") % {"number": place.clash_version}, words)
        number = self.number_at(at)
        url = f"#p{number}" if number and self.whole else ""
        label = _("Paragraph %(number)d says") % {"number": number} if number else _("The text says")
        return Side(label, words, url)

    # what the template prints

    @cached_property
    def marks_used(self) -> set[str]:
        """The marks that the text renderer drew, for the sprite."""
        return {note.mark for note in self.notes.values() if note.mark}

    @cached_property
    def summed_up(self) -> str:
        """Such as "1 contradicted, 2 being checked"."""
        counted = notes.summed_up(self.tally)
        return ", ".join(f"{count} {word.lower()}" for count, word in counted)

    @cached_property
    def headline_word(self) -> str:
        """The gravest status in the headline, so that the title never travels without it."""
        ranked = sorted(self.under_headline, key=lambda note: -note.gravity)
        return ranked[0].word.lower() if ranked else ""

    @property
    def unmarked(self) -> SafeString | str:
        """What unmarked words mean, in words."""
        if not self.tally:
            return _("No claim in this article has been checked. Words without a mark are not endorsed.")
        return _("Words without a mark have not been checked.")
