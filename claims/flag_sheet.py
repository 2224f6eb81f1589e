"""The sheet of an article at the desk: its words as readers see them, with every mark the desk knows of. One query.

Readers' pages show what is public (claims/reading.py); this one shows what is flagged, suggested, proposed, exempt and
gone as well, each in words and by a line of its own.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.models import F, FilteredRelation, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Article, ArticleVersion, Media
from articles.reading import is_uid
from articles.text import Mark, block_ranges, paragraph_numbers, render_blocks, render_line, stored_blocks

from . import statuses
from .models import Appearance, Claim, Placement
from .notes import where_words_stood
from .scale import in_words

Match, Role, Field, Work = Appearance.Match, Appearance.Role, Placement.Field, Claim.Work
ORDER = {Field.HEADLINE: 0, Field.STANDFIRST: 1, Field.BODY: 2}

# The columns of Flag, in its order.
COLUMNS = {
    "pk": "pk",
    "appearance": "appearance_id",
    "claim": "appearance__claim_id",
    "claim_number": "appearance__claim__number",
    "statement": "appearance__claim__statement",
    "language": "appearance__claim__language",
    "work": "appearance__claim__work_state",
    "checking": "appearance__claim__shown_as_checking",
    "role": "appearance__role",
    "match": "appearance__match",
    "exempt": "appearance__exempt",
    "exempt_reason": "appearance__exempt_reason",
    "field": "field",
    "start": "start",
    "end": "end",
    "words": "exact",
    "anchor": "anchor",
    "label": "ruling__rating__label",
    "mark": "ruling__rating__mark",
    "rating_gravity": "ruling__rating__gravity",
    "proposed": "making__rating__label",
    "good_words": "carried_from__exact",
    "good_before": "carried_from__prefix",
    "good_after": "carried_from__suffix",
    "good_version": "carried_from__version__number",
}


class Flag(NamedTuple):
    """One standing placement at the desk, of any claim, public or not."""

    pk: int
    appearance: int
    claim: int
    claim_number: int
    statement: str
    language: str
    work: str
    checking: bool
    role: str
    match: str
    exempt: bool
    exempt_reason: str
    field: str
    start: int | None
    end: int | None
    words: str
    anchor: str
    label: str | None
    mark: str | None
    rating_gravity: int | None
    proposed: str | None
    good_words: str | None
    good_before: str | None
    good_after: str | None
    good_version: int | None

    @property
    def as_listed(self) -> statuses.Place:
        """The same place as readers' lists know it."""
        return statuses.Place(
            0,
            self.claim,
            self.field,
            self.role,
            self.anchor,
            self.words,
            Article.Rights.FULL,
            self.checking,
            self.label,
            self.mark,
            self.rating_gravity,
        )

    @property
    def shown(self) -> bool:
        """Whether readers see something of it, once the version is the one they read."""
        known = self.label is not None or self.checking
        return known and self.match == Match.SAME and not self.exempt and self.work != Work.MERGED


class State(NamedTuple):
    """How a place is drawn and called: the mark's name, a word, what follows it, and how grave it is."""

    css: str
    word: str
    more: str
    gravity: int


def flags_in(version: ArticleVersion) -> list[Flag]:
    """The standing placements of the version that say it is, or may be, the claim."""
    rows = (
        Placement.objects.standing()
        .filter(version=version)
        .exclude(appearance__match=Match.DIFFERENT)
        .annotate(ruling=verdict_that_is("published"), making=verdict_that_is("proposed"))
        .order_by(F("start").asc(nulls_last=True), "pk")
    )
    return [Flag(*row) for row in rows.values_list(*COLUMNS.values())]


def verdict_that_is(state: str) -> FilteredRelation:
    return FilteredRelation(
        "appearance__claim__verdicts", condition=Q(appearance__claim__verdicts__publication_state=state)
    )


def state_of(flag: Flag) -> State:
    """What the desk says of a place: what readers see where they see something, else what keeps it from them."""
    if flag.work == Work.MERGED:
        return State("closed", _("Merged into another"), "", 2)
    if flag.match == Match.SUGGESTED:
        return State("suggested", _("Suggested"), rated(flag), 6)
    if flag.match == Match.UNSURE:
        return State("suggested", _("Unsure"), rated(flag), 6)
    if flag.exempt:
        return State("exempt", _("Exempt"), flag.exempt_reason, 4)
    if flag.shown:
        return public_state(flag)
    if flag.proposed:
        said = _("%(rating)s, not approved yet") % {"rating": in_words(flag.proposed)}
        return State("proposed", _("Verdict proposed"), said, 8)
    if flag.work == Work.DECLINED:
        return State("closed", _("Not to be checked"), "", 2)
    return State("flagged", Work(flag.work).label, "", 5)


def public_state(flag: Flag) -> State:
    """What readers see beside these words."""
    listed = flag.as_listed
    if flag.role in statuses.SILENT_ROLES:
        return State("silent", statuses.silent_words(listed), "", 3)
    mark, word, more = statuses.finding(listed)
    return State(mark, word, more, 10 + listed.gravity)


def rated(flag: Flag) -> str:
    """What is public of the claim itself, where its place is not."""
    if flag.label is not None:
        return _("the claim is rated %(rating)s") % {"rating": in_words(flag.label)}
    return _("the claim is being checked") if flag.checking else ""


@dataclass(slots=True)
class Item:
    """One place in the list beside the sheet."""

    flag: Flag
    number: int
    state: State
    where: str
    again: bool = False

    @property
    def anchor(self) -> str:
        """The id of the marked words, or of the line that stands where they stood."""
        return f"m{self.flag.pk}"

    @property
    def role(self) -> str:
        return Role(self.flag.role).label

    @property
    def match(self) -> str:
        """How sure the desk is, where somebody has yet to say and the state does not tell."""
        said = self.flag.match == Match.SAME or self.state.css == "suggested"
        return "" if said else Match(self.flag.match).label

    @property
    def words(self) -> str:
        line = " ".join((self.flag.words or self.flag.good_words or "").split())
        return line if len(line) <= 90 else line[:90].rsplit(" ", 1)[0] + " …"


@dataclass(slots=True)
class Row:
    """One row of the body: a drawn block, and the places whose words stood here and went."""

    html: SafeString
    kind: str
    number: int | None
    inner: SafeString
    attrs: dict
    picture: Media | None = None
    gone: list[Item] = field(default_factory=list)


class DeskSheet:
    """What the page for flagging shows of one version: the words, every mark, and the list of places."""

    def __init__(self, version: ArticleVersion):
        self.version = version
        self.flags = sorted(flags_in(version), key=self.spot)
        self.items = self.numbered()
        self.draw()

    # in which order

    def spot(self, flag: Flag) -> tuple[int, int, int]:
        """Where in the reading order a place comes."""
        return ORDER.get(flag.field, len(ORDER)), self.offset(flag), flag.claim_number

    def offset(self, flag: Flag) -> int:
        """Where the words begin, or began before they went; at the end where nobody can say."""
        if flag.start is not None:
            return flag.start
        if flag.field != Field.BODY:
            return 0
        text = self.version.body_text
        found = where_words_stood(flag.good_before or "", flag.good_after or "", text)
        return len(text) if found is None else found

    def numbered(self) -> list[Item]:
        """One item for each place; places of one claim share its number, given in the order of the words."""
        numbers: dict[int, int] = {}
        items = []
        for flag in self.flags:
            again = flag.claim in numbers
            number = numbers.setdefault(flag.claim, len(numbers) + 1)
            items.append(Item(flag, number, self.state(flag), self.where(flag), again))
        return items

    def state(self, flag: Flag) -> State:
        if flag.start is None:
            version = {"number": flag.good_version or 0}
            return State("words-changed", _("Words changed"), _("stood in version %(number)d") % version, 0)
        return state_of(flag)

    def where(self, flag: Flag) -> str:
        """Such as “Paragraph 3”."""
        if flag.field != Field.BODY:
            return Field(flag.field).label
        return where_in(self.named, self.offset(flag))

    @cached_property
    def named(self) -> list[tuple[int, str]]:
        return parts_named(self.version.body)

    @property
    def claims(self) -> int:
        """How many claims stand here."""
        return len({flag.claim for flag in self.flags})

    # drawing

    def marks(self, name: str) -> list[Mark]:
        return [
            mark_of(item) for item in self.items if item.flag.field == name and item.flag.start is not None
        ]

    def draw(self) -> None:
        taken: set[str] = set()
        version = self.version
        self.headline = render_line(version.headline, self.marks("headline"), taken=taken)
        self.standfirst = render_line(version.standfirst, self.marks("standfirst"), taken=taken)
        blocks = render_blocks(version.body, self.marks("body"), taken=taken, starts=True)
        pictures = pictures_of(block.attrs.get("media", "") for block in blocks)
        self.rows = [
            Row(
                block.html,
                block.kind,
                block.number,
                block.inner,
                block.attrs,
                pictures.get(block.attrs.get("media", "")) if block.kind == "figure" else None,
            )
            for block in blocks
        ]
        self.hang_gone([self.ranges[block.index][0] for block in blocks])

    def hang_gone(self, starts: list[int]) -> None:
        """Put the places whose words went beside where they stood: above the text, or under the row."""
        self.gone_above: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            if item.flag.start is not None:
                continue
            before = [index for index, start in enumerate(starts) if start <= self.offset(item.flag)]
            if item.flag.field == Field.BODY and before:
                self.rows[before[-1]].gone.append(item)
            else:
                self.gone_above[item.flag.field].append(item)

    @cached_property
    def ranges(self) -> list[tuple[int, int]]:
        return block_ranges(self.version.body)


def mark_of(item: Item) -> Mark:
    flag, state = item.flag, item.state
    label = f"{state.word}, {state.more}" if state.more else state.word
    return Mark(
        flag.start,
        flag.end,
        key=str(flag.pk),
        number=item.number,
        css=state.css,
        label=label,
        gravity=state.gravity,
        anchor=item.anchor,
        note=f"n{flag.pk}",
    )


def parts_named(body: dict) -> list[tuple[int, str]]:
    """Where each block of a body begins, and the part of the text it is, as editors cite it."""
    numbered = zip(stored_blocks(body), block_ranges(body), paragraph_numbers(body), strict=True)
    return [
        (start, name_of_part(block.kind, number)) for block, (start, _end), number in numbered if block.text
    ]


def name_of_part(kind: str, number: int | None) -> str:
    if number is None:
        plain = {"heading": _("Subhead"), "figure": _("Caption"), "embed": _("Embed")}
        return plain.get(kind, Field.BODY.label)
    names = {
        "teaser": _("READ MORE line, paragraph %(number)d"),
        "quote": _("Quotation, paragraph %(number)d"),
        "table": _("Table, paragraph %(number)d"),
    }
    return names.get(kind, _("Paragraph %(number)d")) % {"number": number}


def where_in(named: list[tuple[int, str]], offset: int) -> str:
    """The part of the text, of `parts_named`, at a place."""
    before = bisect_right(named, offset, key=lambda part: part[0])
    return named[before - 1][1] if before else Field.BODY.label


def role_in(version: ArticleVersion, name: str, offset: int) -> str:
    """What an article most likely does with a claim on words there: a teaser repeats, a quotation quotes."""
    if name != Field.BODY:
        return Role.ASSERTS
    roles = {"teaser": Role.TEASER, "quote": Role.QUOTES}
    for block, (start, end) in zip(stored_blocks(version.body), block_ranges(version.body), strict=True):
        if start <= offset < end:
            return roles.get(block.kind, Role.ASSERTS)
    return Role.ASSERTS


def pictures_of(wanted) -> dict[str, Media]:
    """The released pictures of the figures, by uid."""
    uids = [uid for uid in wanted if is_uid(uid)]
    found = Media.objects.filter(uid__in=uids, released=True, rights=Media.Rights.FULL) if uids else ()
    return {str(picture.uid): picture for picture in found}
