"""The page of one claim as one object: what was found, on which evidence, and every place where it was printed.

Everything is read when the object is made, in a constant number of queries; only what is or was public shows.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles import dates
from articles.models import Article
from newsroom.core.languages import direction

from . import days, statuses
from .changed import Changed, checked_places, told, was_public
from .changed import in_words as in_day
from .models import Appearance, Claim, Evidence, Placement, Verdict
from .placed import shown_places
from .scale import in_words

MOST_PLACES = 200
WIDTH = 32  # of the words that a placement keeps before and after its own
# Words that went have no start; the engines differ on where such rows come.
IN_READING_ORDER = (F("start").asc(nulls_last=True), "pk")
WIDE = ("version__body", "version__body_text", "version__furniture")
Anchor, Field, Role = Placement.Anchor, Placement.Field, Appearance.Role


@dataclass(slots=True)
class Piece:
    """One piece of evidence, with where it can be read and how many others go back to the same origin."""

    evidence: Evidence
    archived_at: str = ""
    same_origin: int = 0


@dataclass(slots=True)
class Stance:
    """The evidence of one stance, or the sentence that there is none."""

    key: str
    title: str
    none: str
    pieces: list[Piece]
    origins: int = 0


@dataclass(slots=True)
class PrintedPlace:
    """One place in what readers see now: the headline, the words in it or in the text, and how they stand."""

    article: Article
    url: str
    mark: str
    word: str
    more: str
    before: str
    words: str
    after: str
    in_headline: bool
    where: str
    does: str
    stands: str
    change: Changed | None = None

    @property
    def printed_on(self) -> str:
        return dates.in_words(self.article.printed_date, self.article.printed_precision)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An article that was taken back and had printed the claim: when, and where that is said. Nothing of its words."""

    day: str
    url: str


@dataclass(slots=True)
class Step:
    """One step of the trail of verdicts, newest first."""

    mark: str
    word: str
    lines: list[str]
    current: bool = False


class ClaimPage:
    """What the page of a public claim prints. `at` is the time for which the page holds."""

    def __init__(self, claim: Claim, at: datetime):
        self.claim, self.at = claim, at
        self.verdicts = self.find_verdicts()
        self.live = next(
            (v for v in self.verdicts if v.publication_state == Verdict.Publication.PUBLISHED), None
        )
        self.tags = list(claim.tags.order_by("name"))
        self.pieces = [self.piece(found) for found in self.evidence()] if self.live else []
        self.places, self.more_places = self.find_places()
        self.withdrawn = self.find_withdrawn()
        self.count_origins()

    def find_verdicts(self) -> list[Verdict]:
        """The verdicts readers see or saw, newest first."""
        found = self.claim.verdicts.ever_public().select_related("rating", "proposed_by", "approved_by")
        return list(found.order_by("-number"))

    # what is said at the top

    @property
    def foreign(self) -> bool:
        return self.claim.language != get_language()

    @property
    def language_direction(self) -> str:
        return direction(self.claim.language)

    @property
    def mark(self) -> str:
        return self.live.rating.mark if self.live else "being-checked"

    @property
    def word(self) -> str:
        return in_words(self.live.rating.label) if self.live else _("Being checked")

    @property
    def under_review(self) -> bool:
        return bool(self.live) and self.claim.shown_as_checking

    @property
    def ordinal(self) -> int:
        """Which of the verdicts readers ever saw is the current one, from 1: drafts leave no gap."""
        return len(self.verdicts) - self.verdicts.index(self.live) if self.live else 0

    @property
    def said(self) -> str:
        """When it was said, as precisely as that is known; empty where it is not."""
        return dates.in_words(self.claim.said_on, self.claim.said_precision) if self.claim.said_on else ""

    # evidence

    def evidence(self) -> QuerySet:
        """What the published verdict rests on. Anything found since waits for the next verdict."""
        found = Evidence.objects.filter(carries__verdict=self.live).select_related(
            "source", "version__article"
        )
        return self.in_order(found)

    def in_order(self, found: QuerySet) -> QuerySet:
        return found.defer(*WIDE).order_by("order", "pk")

    def piece(self, evidence: Evidence) -> Piece:
        article = evidence.version.article if evidence.version else None
        archived = article.get_absolute_url() if article and article.is_public(self.at) else ""
        return Piece(evidence, archived)

    def count_origins(self) -> None:
        """Copies of one wire story count once: say beside each piece how many share its origin."""
        shared = Counter(piece.evidence.origin for piece in self.pieces if piece.evidence.origin)
        for piece in self.pieces:
            piece.same_origin = max(0, shared[piece.evidence.origin] - 1) if piece.evidence.origin else 0

    @property
    def stances(self) -> list[Stance]:
        """For, against, context; what weighs more for this verdict comes first."""
        against = self.stance(
            "refutes", _("Evidence against the claim"), _("We looked for it and found none.")
        )
        support = self.stance("supports", _("Evidence for the claim"), _("We looked for it and found none."))
        context = self.stance("context", _("What gives context"), "")
        first = [support, against] if len(support.pieces) > len(against.pieces) else [against, support]
        return first + ([context] if context.pieces else [])

    def stance(self, key: str, title: str, none: str) -> Stance:
        pieces = [piece for piece in self.pieces if piece.evidence.stance == key]
        # A piece without a named origin is an origin of its own.
        origins = len({piece.evidence.origin or piece.evidence.pk for piece in pieces})
        return Stance(key, title, none, pieces, origins)

    @cached_property
    def events(self) -> list[days.Event]:
        """The dated events in the evidence, where there are two days and more of them."""
        dated = [piece.evidence for piece in self.pieces if piece.evidence.event_on]
        return days.events((found.event_on, found.event, found.source.name) for found in dated)

    @property
    def strip(self) -> list[days.Day]:
        return days.strip(self.events)

    # places

    def find_places(self) -> tuple[list[PrintedPlace], bool]:
        """The places in what readers see now, oldest printing first, and whether there are more than are shown."""
        found = (
            shown_places(self.at)
            .filter(appearance__claim=self.claim)
            .select_related("appearance", "version__article__outlet")
            .defer(*WIDE)
            .order_by("version__article__sort_date", "version__article__number", *IN_READING_ORDER)
        )
        rows = list(found[: MOST_PLACES + 1])
        moved = {row.appearance_id for row in rows if row.anchor != Anchor.ANCHORED}
        self.checked = checked_places(moved, self.at)
        told = [self.printed(row) for row in rows[:MOST_PLACES] if statuses.can_be_said(self.listed(row))]
        return told, len(rows) > MOST_PLACES

    def find_withdrawn(self) -> list[Withdrawn]:
        """The articles readers could read once and that were taken back with the claim in them, the newest first."""
        found = (
            Article.objects.withdrawn(self.at)
            .filter(Exists(taken_back_with(self.claim)))
            .order_by("-withdrawn_at", "number")
            .values_list("number", "withdrawn_at")
        )
        return [
            Withdrawn(in_day(at), reverse("articles:by-number", kwargs={"number": number}))
            for number, at in found[:MOST_PLACES]
        ]

    def listed(self, row: Placement) -> statuses.Place:
        """The same place as the lists of articles know it."""
        article, rating = row.version.article, self.live.rating if self.live else None
        return statuses.Place(
            article.pk,
            self.claim.pk,
            row.field,
            row.appearance.role,
            row.anchor,
            row.exact,
            article.rights,
            self.claim.shown_as_checking,
            rating and rating.label,
            rating and rating.mark,
            rating and rating.gravity,
        )

    def printed(self, row: Placement) -> PrintedPlace:
        article, listed = row.version.article, self.listed(row)
        silent = row.appearance.role in statuses.SILENT_ROLES
        mark, word, more = ("", statuses.silent_words(listed), "") if silent else statuses.finding(listed)
        checked = self.checked.get(row.appearance_id)
        good = row if row.start is not None else checked if was_public(checked) else None
        before, words, after = words_around(good, article)
        return PrintedPlace(
            article,
            f"{article.get_absolute_url()}#claim-{self.claim.number}",
            mark,
            word,
            more,
            before,
            words,
            after,
            row.field == Field.HEADLINE and row.start is not None,
            statuses.where(listed),
            DOES.get(row.appearance.role, ""),
            STANDS.get(row.anchor, ""),
            told(article, row.anchor, checked),
        )

    # history

    @property
    def trail(self) -> list[Step]:
        steps = [self.checking_step()] if self.claim.shown_as_checking else []
        total = len(self.verdicts)
        return steps + [self.verdict_step(verdict, total - at) for at, verdict in enumerate(self.verdicts)]

    def checking_step(self) -> Step:
        mark, word = (
            ("under-review", _("Under review")) if self.live else ("being-checked", _("Being checked"))
        )
        since = self.claim.checking_since
        lines = [_("Since %(day)s") % {"day": date_format(since, "j F Y")}] if since else []
        return Step(mark, word, lines)

    def verdict_step(self, verdict: Verdict, ordinal: int) -> Step:
        named = {"number": ordinal, "day": date_format(verdict.published_at, "j F Y")}
        lines = [_("Verdict %(number)d, %(day)s") % named, verdict.finding]
        if verdict.ended_at:
            lines.append(_("Until %(day)s.") % {"day": date_format(verdict.ended_at, "j F Y")})
        if verdict.end_reason and verdict.publication_state == Verdict.Publication.RETRACTED:
            lines.append(_("Taken back: %(reason)s") % {"reason": verdict.end_reason})
        return Step(verdict.rating.mark, in_words(verdict.rating.label), lines, verdict is self.live)


DOES = {
    Role.ASSERTS: gettext_lazy("asserted"),
    Role.ATTRIBUTES: gettext_lazy("said to be somebody's words"),
    Role.QUOTES: gettext_lazy("quoted"),
    Role.QUESTIONS: gettext_lazy("questioned"),
    Role.DENIES: gettext_lazy("denied"),
    Role.TEASER: gettext_lazy("repeated"),
}
STANDS = {
    Anchor.ANCHORED: gettext_lazy("The words stand as they were checked."),
}


def taken_back_with(claim: Claim) -> QuerySet:
    """The places of the claim in the last version that readers saw of the outer article."""
    return Placement.objects.standing().filter(
        version=OuterRef("live_version"),
        appearance__claim=claim,
        appearance__match=Appearance.Match.SAME,
        appearance__exempt=False,
    )


def words_around(row: Placement | None, article: Article) -> tuple[str, str, str]:
    """The checked words with what stands before and after them, as far as readers may see it."""
    if row is None or row.start is None:
        return "", "", ""
    if row.field == Field.HEADLINE:
        headline = row.version.headline
        return headline[: row.start], row.exact, headline[row.end :]
    if article.rights == Article.Rights.NONE:
        return "", "", ""
    before = row.prefix.rsplit("\n\n", 1)[-1]
    after = row.suffix.split("\n\n", 1)[0]
    return cut_at_word(before, row.prefix, first=True), on_one_line(row.exact), cut_at_word(after, row.suffix)


def cut_at_word(words: str, stored: str, *, first: bool = False) -> str:
    """The neighbours of a passage inside its own paragraph: an ellipsis where the stored piece breaks off."""
    line = on_one_line(words)
    if words != stored or len(stored) < WIDTH:
        return line  # a paragraph, or the text, begins or ends here
    return f"… {line.split(' ', 1)[-1]}" if first else f"{line.rsplit(' ', 1)[0]} …"


def on_one_line(words: str) -> str:
    """Line ends as spaces: a passage from the text stands here in one line."""
    return words.replace("\n", " ")
