"""A search without an index, against which both engines are held: every object is read, every word compared.

Written apart from newsroom/core/search but for what is no engine's: the words of a text (analyse), the query as it was
read, and the points of a hit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from articles.models import Article
from claims.models import Claim, Source, VerdictEvidence
from newsroom.core.search.analyse import tokens
from newsroom.core.search.places import place_of
from newsroom.core.search.ranking import Candidate, rank
from newsroom.core.search.rows import Budget, field_of
from newsroom.core.search.terms import FIELDS, And, Not, Or, Query, Term

CODES = {"article": 1, "claim": 2, "source": 3}


@dataclass
class Thing:
    """One object with the values of its fields, and the words in each value: (stem, letters)."""

    kind: str
    pk: int
    number: int
    day: date | None
    values: dict[str, list[str]]

    def __post_init__(self):
        self.words = {
            name: [[(token.key, token.form) for token in tokens(value)] for value in values]
            for name, values in self.values.items()
        }
        self.stems = {stem for values in self.words.values() for value in values for stem, _ in value}
        self.fields = tuple(field_of(self.values.get(name, []), Budget()) for name in FIELDS)

    def candidate(self) -> Candidate:
        return Candidate(
            place_of("readers", self.day, self.number, CODES[self.kind]), self.kind, self.pk, self.fields
        )


def for_readers(at: datetime) -> list[Thing]:
    """Whatever a reader may find at that time."""
    return [*public_articles(at), *public_claims(), *public_sources()]


def public_articles(at: datetime) -> Iterator[Thing]:
    for article in Article.objects.all():
        live = article.live_version
        if not live or article.state != "published" or article.public_from > at:
            continue
        values = {
            "headline": [live.headline],
            "signed": [line.printed_as or line.contributor.name for line in article.bylines.all()],
            "tag": sorted(tag.name for tag in article.tags.all()),
            "outlet": [article.outlet.name],
        }
        if article.rights == "full":
            values |= {"summary": [live.standfirst], "body": [live.dateline, live.body_text]}
        yield Thing("article", article.pk, article.number, article.sort_date, values)


def rulings(claim: Claim) -> list:
    return [verdict for verdict in claim.verdicts.all() if verdict.publication_state == "published"]


def is_public(claim: Claim) -> bool:
    return claim.work_state != "merged" and bool(claim.shown_as_checking or rulings(claim))


def names(source: Source | None) -> list[str]:
    return (
        [source.name, *(name.strip() for name in source.aliases.split(";") if name.strip())] if source else []
    )


def public_claims() -> Iterator[Thing]:
    for claim in Claim.objects.all():
        if is_public(claim):
            values = {
                "headline": [claim.statement],
                "summary": [verdict.finding for verdict in rulings(claim)],
                "body": [claim.context, *(verdict.explanation for verdict in rulings(claim))],
                "source": names(claim.claimant),
                "tag": sorted(tag.name for tag in claim.tags.all()),
            }
            when = claim.ruled_at or claim.checking_since or claim.created_at
            yield Thing("claim", claim.pk, claim.number, timezone.localdate(when), values)


def public_sources() -> Iterator[Thing]:
    told = VerdictEvidence.objects.filter(verdict__publication_state="published")
    in_evidence = set(told.values_list("evidence__source", flat=True))
    for source in Source.objects.all():
        if source.pk in in_evidence or any(is_public(claim) for claim in source.claims.all()):
            name, *others = names(source)
            yield Thing("source", source.pk, source.number, None, {"headline": [name], "summary": others})


def found_by(query: Query, things: list[Thing], cap: int, today: date) -> tuple[list[tuple], int, bool]:
    """Kind, id and points of every hit in order; how many; whether there were more than the cap."""
    hits = [
        thing
        for thing in things
        if in_days(query, thing.day) and (not query.node or holds(thing, query.node))
    ]
    hits.sort(key=lambda thing: (thing.day or date.max, thing.number, CODES[thing.kind]), reverse=True)
    # What has no date comes before everything.
    hits.sort(key=lambda thing: thing.day is not None)
    ranked = rank(query, [thing.candidate() for thing in hits[:cap]], today)
    return (
        [(one.candidate.kind, one.candidate.pk, one.score) for one in ranked],
        min(len(hits), cap),
        len(hits) > cap,
    )


def in_days(query: Query, day: date | None) -> bool:
    if query.since is None and query.until is None:
        return True
    return bool(day and (not query.since or day >= query.since) and (not query.until or day < query.until))


def holds(thing: Thing, node) -> bool:
    match node:
        case Term():
            return holds_term(thing, node)
        case And():
            return all(holds(thing, part) for part in node.parts)
        case Or():
            return any(holds(thing, part) for part in node.parts)
        case Not():
            return not holds(thing, node.part)


def holds_term(thing: Thing, term: Term) -> bool:
    # Only to save time: where a stem is nowhere, nothing is compared.
    if not thing.stems.issuperset(term.words[:-1] if term.prefix else term.words):
        return False
    if len(term.words) == 1 and not term.prefix and not term.field:
        return True
    return any(
        stands_at(term, value, place)
        for name in ([term.field] if term.field else FIELDS)
        for value in thing.words.get(name, [])
        for place in range(len(value))
    )


def stands_at(term: Term, value: list[tuple[str, str]], place: int) -> bool:
    there = value[place : place + len(term.words)]
    if len(there) < len(term.words):
        return False
    *whole, last = term.words
    if [stem for stem, _ in there[:-1]] != whole:
        return False
    stem, letters = there[-1]
    if not term.prefix:
        return stem == last
    return stem.startswith(last) or (not whole and letters.startswith(last))
