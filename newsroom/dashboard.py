"""The first page of the desk as one reading object: what waits for this person, what they work on, where they were."""

from dataclasses import dataclass, field
from itertools import takewhile

from django.contrib.admin import AdminSite
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles.models import Article
from claims.models import Appearance, Claim, Placement, Source, Verdict
from newsroom.core.languages import direction
from newsroom.core.queues import MOST, Queue, queues_of

from .recent import opened

LINES = 12
# How many rows of the newest import are looked at: beyond that "100 and more" says enough.
IMPORTED = 100
OPEN_WORK = (
    Claim.Work.ASSIGNED,
    Claim.Work.RESEARCHING,
    Claim.Work.AWAITING_REPLY,
    Claim.Work.PROPOSED,
    Claim.Work.IN_REVIEW,
    Claim.Work.REOPENED,
)
IN_THE_MAKING = (Verdict.Publication.DRAFT, Verdict.Publication.PROPOSED)


@dataclass(frozen=True)
class Tile:
    """One queue with its number. `now`: it waits for this very person."""

    number: int
    label: str
    note: str
    address: str
    now: bool

    @property
    def shown(self) -> str:
        return f"{MOST}+" if self.number > MOST else str(self.number)


@dataclass
class DeskClaim:
    """One line of the claims on the desk."""

    statement: str
    lang: str
    dir: str
    address: str
    work: str
    shown_as_checking: bool
    words: str = ""
    words_lang: str = ""
    words_dir: str = ""
    places: int = 0
    mark: str = ""
    rating: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class DeskClaims:
    """The table of claims: its caption, its lines, the way to all of them where there are more."""

    caption: str
    empty: str
    lines: list[DeskClaim] = field(default_factory=list)
    more: str = ""


@dataclass(frozen=True)
class Opened:
    """Something opened lately."""

    kind: str
    name: str
    lang: str
    dir: str
    address: str


@dataclass(frozen=True)
class LastImport:
    """The newest import: its file, and what became of it."""

    name: str
    at: object
    articles: int
    drafts: int
    address: str
    capped: bool


class Dashboard:
    """Built for one request. Every part is asked for once, with a constant number of queries; parts the person may not
    see are empty."""

    def __init__(self, site: AdminSite, request: HttpRequest):
        self.site, self.request, self.user = site, request, request.user

    @cached_property
    def tiles(self) -> list[Tile]:
        """What waits: first what this person can do, then what others can, each in the order of the desk."""
        tiles = [self._tile(queue) for queue in queues_of(self.site, self.user)]
        return sorted(tiles, key=lambda tile: not tile.now)

    def _tile(self, queue: Queue) -> Tile:
        number = queue.count(self.user)
        now = bool(number) and queue.is_work_of(self.user)
        return Tile(number, str(queue.label), str(queue.note), queue.address, now)

    @property
    def waits(self) -> bool:
        """Whether anything waits for this very person."""
        return any(tile.now for tile in self.tiles)

    @cached_property
    def roles(self) -> list[str]:
        return [group.name for group in self.user.groups.order_by("name")]

    @cached_property
    def claims(self) -> DeskClaims | None:
        """The claims assigned to whoever checks; those flagged last by whoever flags; nothing for others."""
        listing = reverse("admin:claims_claim_changelist")
        if self.user.has_perm("claims.propose_verdict"):
            mine = Claim.objects.filter(assigned_to=self.user, work_state__in=OPEN_WORK)
            empty = _("No claim is on your desk. Take one from those that were flagged: “Assign to me”.")
            return _table(mine, _("Claims on your desk"), empty, f"{listing}?desk=mine")
        if self.user.has_perm("claims.add_claim"):
            mine = Claim.objects.filter(created_by=self.user)
            empty = _("You flagged no claim yet. Open an article and choose “Read and flag”.")
            return _table(mine, _("Claims you flagged"), empty, "")
        return None

    @cached_property
    def opened(self) -> list[Opened]:
        """What the person opened lately and may still see, newest first: at most one query for each kind."""
        keys = opened(self.request)
        found = {(kind, row.pk): row for kind in dict(keys) for row in self._rows(kind, keys)}
        return [_opened(*key, found[key]) for key in keys if key in found]

    def _rows(self, kind: str, keys: list[tuple[str, int]]) -> QuerySet:
        model = KINDS[kind].model
        label = f"{model._meta.app_label}.%s_{kind}"
        if not (self.user.has_perm(label % "view") or self.user.has_perm(label % "change")):
            return model._default_manager.none()
        wanted = model._default_manager.filter(pk__in=[key for each, key in keys if each == kind])
        return wanted.only("pk", *KINDS[kind].columns)

    @cached_property
    def last_import(self) -> LastImport | None:
        """The newest import, by the file it came from."""
        if not self.user.has_perm("articles.view_article"):
            return None
        newest = list(
            Article.objects.filter(imported_at__isnull=False, versions__number=1)
            .order_by("-imported_at")
            .values("imported_at", "state", "versions__origin_name", "versions__origin_sha256")[:IMPORTED]
        )
        return _last_import(newest) if newest else None


@dataclass(frozen=True)
class Kind:
    """How something opened lately is named and reached."""

    model: type
    columns: tuple[str, ...]
    route: str


KINDS = {
    "article": Kind(Article, ("headline", "language"), "admin:articles_article_change"),
    "claim": Kind(Claim, ("statement", "language"), "admin:claims_claim_change"),
    "source": Kind(Source, ("name",), "admin:claims_source_change"),
}


def _opened(kind: str, key: int, row) -> Opened:
    language = getattr(row, "language", "")
    return Opened(
        kind=str(KINDS[kind].model._meta.verbose_name),
        name=str(row),
        lang=language,
        dir=direction(language) if language else "auto",
        address=reverse(KINDS[kind].route, args=[key]),
    )


def _last_import(newest: list[dict]) -> LastImport:
    """The rows from the top that came from the same file."""
    file = newest[0]["versions__origin_sha256"]
    rows = list(takewhile(lambda row: row["versions__origin_sha256"] == file, newest))
    listing = reverse("admin:articles_article_changelist")
    return LastImport(
        name=newest[0]["versions__origin_name"],
        at=newest[0]["imported_at"],
        articles=len(rows),
        drafts=sum(row["state"] == Article.State.DRAFT for row in rows),
        address=f"{listing}?queue=imported",
        capped=len(rows) == IMPORTED,
    )


def _table(claims: QuerySet, caption: str, empty: str, listing: str) -> DeskClaims:
    """The claims as lines: one query for them with their words and places, one for their verdicts."""
    rows = list(_with_words(claims).order_by("-created_at", "-number")[: LINES + 1])
    lines = {row.pk: _line(row) for row in rows[:LINES]}
    verdicts = Verdict.objects.filter(
        claim__in=lines, publication_state__in=[*IN_THE_MAKING, Verdict.Publication.PUBLISHED]
    )
    # One in the making stands before the published one: it is what the desk works on.
    for verdict in verdicts.select_related("rating").order_by("number"):
        _put_verdict(lines[verdict.claim_id], verdict)
    return DeskClaims(caption, empty, list(lines.values()), listing if len(rows) > LINES else "")


def _with_words(claims: QuerySet) -> QuerySet:
    standing = Placement.objects.standing().filter(appearance__claim=OuterRef("pk")).exclude(exact="")
    judged_other = Appearance.Match.DIFFERENT
    first = standing.exclude(appearance__match=judged_other).order_by("appearance_id", "-version_id")
    places = Appearance.objects.confirmed().filter(claim=OuterRef("pk")).order_by().values("claim")
    return claims.annotate(
        words=Subquery(first.values("exact")[:1]),
        words_language=Subquery(first.values("appearance__article__language")[:1]),
        place_count=Subquery(places.annotate(count=Count("pk")).values("count")),
    )


def _line(claim: Claim) -> DeskClaim:
    spoken = claim.words_language or ""
    return DeskClaim(
        statement=claim.statement,
        lang=claim.language,
        dir=direction(claim.language),
        address=reverse("admin:claims_claim_change", args=[claim.pk]),
        work=claim.get_work_state_display(),
        shown_as_checking=claim.shown_as_checking,
        words=claim.words or "",
        words_lang=spoken,
        words_dir=direction(spoken) if spoken else "auto",
        places=claim.place_count or 0,
    )


def _put_verdict(line: DeskClaim, verdict: Verdict) -> None:
    line.mark, line.rating = verdict.rating.mark, verdict.rating.label
    public = verdict.publication_state == Verdict.Publication.PUBLISHED
    line.verdict = "" if public else verdict.get_publication_state_display()
