"""What must agree in the rows about claims: spans and words, places and articles, copied columns, addresses."""

import hashlib
from collections.abc import Iterator

from django.db.models import Count, OuterRef, Subquery

from articles.audit import Finding, address_problem, name_of, number_problem
from articles.text import SpanRefused, block_at
from claims.anchoring import surroundings
from claims.models import Claim, Evidence, Placement, Source, Verdict
from claims.receivers import FIELDS, field_text

ROWS_AT_ONCE = 200


def audit_anchors() -> Iterator[Finding]:
    """Everything that is wrong in placements, claims, sources, evidence and verdicts."""
    placements = Placement.objects.select_related("version", "appearance", "carried_from")
    for placement in placements.iterator(chunk_size=ROWS_AT_ONCE):
        yield from _findings(placement, _placement(placement))
    for source in Source.objects.iterator():
        yield from _findings(source, {"number": number_problem(source)})
    published = Verdict.objects.published().filter(claim=OuterRef("pk")).values("published_at")[:1]
    for claim in Claim.objects.annotate(published_at=Subquery(published)).iterator(chunk_size=ROWS_AT_ONCE):
        yield from _findings(claim, _claim(claim))
    for evidence in Evidence.objects.iterator(chunk_size=ROWS_AT_ONCE):
        yield from _findings(
            evidence, {"url": address_problem(evidence.url), "captured": _captured(evidence)}
        )
    verdicts = Verdict.objects.select_related("clash_version").annotate(pieces=Count("rests_on"))
    for verdict in verdicts.iterator(chunk_size=ROWS_AT_ONCE):
        yield from _findings(verdict, _verdict(verdict))


def _findings(row, problems: dict[str, str]) -> Iterator[Finding]:
    return (Finding(name_of(row), field, problem) for field, problem in problems.items() if problem)


def _placement(placement: Placement) -> dict[str, str]:
    problems = {"version": _version(placement), "carried_from": _carried_from(placement)}
    if placement.field not in FIELDS:
        return problems | {"field": f"is “{placement.field}”, which no version has"}
    if placement.start is None or placement.end is None:
        return problems
    return problems | _span(placement, field_text(placement.version, placement.field))


def _version(placement: Placement) -> str:
    same = placement.version.article_id == placement.appearance.article_id
    return "" if same else "belongs to another article than the appearance"


def _carried_from(placement: Placement) -> str:
    before = placement.carried_from
    if before is None:
        return ""
    return "" if before.appearance_id == placement.appearance_id else "is a place of another appearance"


def _span(placement: Placement, words: str) -> dict[str, str]:
    start, end = placement.start, placement.end
    if not 0 <= start < end <= len(words):
        return {"end": f"[{start}, {end}) lies outside the {len(words)} characters of {placement.field}"}
    prefix, suffix = surroundings(words, start, end)
    return {
        "exact": ""
        if words[start:end] == placement.exact
        else f"the words there are “{words[start:end][:60]}”",
        "prefix": "" if prefix == placement.prefix else f"the words before are “{prefix}”",
        "suffix": "" if suffix == placement.suffix else f"the words after are “{suffix}”",
        "start": _one_block(placement),
    }


def _one_block(placement: Placement) -> str:
    if placement.field != "body":
        return ""
    try:
        block_at(placement.version.body, placement.start, placement.end)
    except SpanRefused as refusal:
        return str(refusal)
    return ""


def _claim(claim: Claim) -> dict[str, str]:
    ruled, published = claim.ruled_at, claim.published_at
    return {
        "number": number_problem(claim),
        "ruled_at": "" if ruled == published else f"is {ruled}, the published verdict says {published}",
    }


def _captured(evidence: Evidence) -> str:
    """What is wrong with a kept copy: gone, or not the bytes that were kept."""
    if not evidence.captured:
        return "has a hash but no file" if evidence.captured_sha256 else ""
    try:
        with evidence.captured.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "" if digest == evidence.captured_sha256 else "is not the file that was kept: its SHA-256 differs"


def _verdict(verdict: Verdict) -> dict[str, str]:
    problems = {}
    if verdict.publication_state != Verdict.Publication.DRAFT and not verdict.pieces:
        problems["evidence"] = "is missing: a proposed verdict rests on at least one piece"
    version = verdict.clash_version
    if version and not any(verdict.clash_against in field_text(version, field) for field in FIELDS):
        problems["clash_against"] = "does not stand in the version that it names"
    return problems
