"""What readers may know of one source: its chain, its claims, and the evidence that public verdicts rest on."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from articles.models import Article, Outlet
from articles.spans import safe_href

from .listing import Entry, entries, entry, newest_of_both, with_rulings
from .models import Claim, Evidence, Source, VerdictEvidence

SHELF = 24
LONGEST_CHAIN = 4


@dataclass(frozen=True)
class Link:
    """A source in the chain; it is linked where it has a page of its own."""

    source: Source
    public: bool


@dataclass(frozen=True)
class Given:
    """A piece of evidence beside the claim it speaks on."""

    evidence: Evidence
    entry: Entry
    url: str


@dataclass(frozen=True)
class SourcePage:
    """Everything the page prints."""

    source: Source
    outlet: Outlet | None
    through: list[Link]
    relays: list[Source]
    claims: list[Entry]
    more_claims: bool
    evidence: list[Given]
    more_evidence: bool


def source_page(number: int, at: datetime | None = None) -> SourcePage | None:
    """The page of the source with that number, or None where it is not public. At most six queries."""
    parents = "__".join(["parent"] * LONGEST_CHAIN)
    printed_here = Article.objects.public(at).filter(outlet=OuterRef("outlet"))
    sources = Source.objects.public(at).select_related(parents, "outlet")
    source = sources.annotate(printed_here=Exists(printed_here)).filter(number=number).first()
    if source is None:
        return None
    through, relays = chain(source, at)
    claims = list(claims_of(source)[: SHELF + 1])
    given = list(evidence_of(source)[: SHELF + 1])
    return SourcePage(
        source,
        source.outlet if source.printed_here else None,
        through,
        relays,
        entries(claims[:SHELF], at),
        len(claims) > SHELF,
        beside_claims(given[:SHELF]),
        len(given) > SHELF,
    )


def chain(source: Source, at: datetime | None = None) -> tuple[list[Link], list[Source]]:
    """Through whom the source speaks, nearest first, and the public sources that speak through it. One query."""
    above, step = [], source
    while step.parent_id and len(above) < LONGEST_CHAIN and step.parent not in [source, *above]:
        step = step.parent
        above.append(step)
    near = Q(pk__in=[step.pk for step in above]) | Q(parent=source)
    public = list(Source.objects.public(at).filter(near).order_by("name", "number"))
    relays = [other for other in public if other.parent_id == source.pk]
    return [Link(step, step in public) for step in above], relays


def claims_of(source: Source) -> QuerySet:
    """Its public claims, the newest first: by ruling, else by the day the check began."""
    claims = with_rulings(Claim.objects.public().filter(claimant=source))
    return newest_of_both(claims)


def evidence_of(source: Source) -> QuerySet:
    """What it gave, as far as a published verdict rests on it."""
    rests = VerdictEvidence.objects.filter(evidence=OuterRef("pk"), verdict__publication_state="published")
    return Evidence.objects.filter(Exists(rests), source=source).order_by(
        F("published_on").desc(nulls_last=True), "-created_at", "-pk"
    )


def beside_claims(pieces: list[Evidence]) -> list[Given]:
    """Each piece with the line of its claim. One query, none for no evidence."""
    keys = {piece.claim_id for piece in pieces}
    claims = (
        {claim.pk: claim for claim in with_rulings(Claim.objects.public().filter(pk__in=keys))}
        if keys
        else {}
    )
    return [
        Given(piece, entry(claims[piece.claim_id]), safe_href(piece.url) or "")
        for piece in pieces
        if piece.claim_id in claims
    ]
