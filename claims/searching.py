"""What is searched of claims and sources: for readers what their pages print, for the desk every state of the work."""

import datetime
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from newsroom.core.search.register import Document, Searchable, Watch, register

from .models import Claim, ClaimTag, Source, Verdict

ENDED = (Verdict.Publication.RETURNED, Verdict.Publication.SUPERSEDED, Verdict.Publication.RETRACTED)


class SearchableClaims(Searchable):
    """Claims: readers find them under the day of the ruling, the desk under the day they were flagged."""

    kind = "claim"
    code = 2
    model = "claims.Claim"
    watches = (
        Watch(
            "claims.Claim",
            of=(
                "number",
                "statement",
                "context",
                "claimant",
                "work_state",
                "shown_as_checking",
                "checking_since",
                "ruled_at",
                "created_at",
            ),
        ),
        Watch(
            "claims.Claim",
            of=("chosen_because", "checking_note", "closing_reason"),
            events=("update",),
            hides=False,
        ),
        Watch("claims.ClaimTag", to="content_object"),
        # What is being written moves nothing that readers see.
        Watch("claims.Verdict", to="claim", hides=("publication_state", "published")),
        Watch(
            "claims.Source",
            of=("name", "aliases"),
            events=("update",),
            hides=False,
            via="claims.Claim",
            by="claimant",
        ),
        Watch(
            "articles.Tag",
            of=("name",),
            events=("update",),
            hides=False,
            via="claims.ClaimTag",
            by="tag",
            to="content_object",
        ),
    )

    def public(self, at: datetime.datetime) -> QuerySet:
        """Claims with a published verdict, or shown as being checked."""
        return Claim.objects.public()

    def documents(self, pks: Sequence[int]) -> Iterator[Document]:
        """One document for the desk, and one for readers where there is a page to read."""
        tags = listed(
            ClaimTag.objects.filter(content_object__in=pks).select_related("tag"), "content_object_id"
        )
        verdicts = listed(Verdict.objects.filter(claim__in=pks).order_by("number"), "claim_id")
        for claim in Claim.objects.filter(pk__in=pks).select_related("claimant").order_by("pk"):
            names = sorted(row.tag.name for row in tags.get(claim.pk, []))
            shared = {"headline": [claim.statement], "source": claimant(claim), "tag": names}
            rulings = verdicts.get(claim.pk, [])
            current = [one for one in rulings if one.publication_state not in ENDED]
            published = [one for one in rulings if one.publication_state == Verdict.Publication.PUBLISHED]
            yield self.for_desk(claim, shared, current)
            if (published or claim.shown_as_checking) and claim.work_state != Claim.Work.MERGED:
                yield self.for_readers(claim, shared, published)

    def for_desk(self, claim: Claim, shared: dict, rulings: list[Verdict]) -> Document:
        notes = [claim.context, claim.chosen_because, claim.checking_note, claim.closing_reason]
        fields = {**shared, **found(rulings), "body": [*notes, *(one.explanation for one in rulings)]}
        return Document(claim.pk, claim.number, "desk", timezone.localdate(claim.created_at), fields)

    def for_readers(self, claim: Claim, shared: dict, rulings: list[Verdict]) -> Document:
        fields = {**shared, **found(rulings), "body": [claim.context, *(one.explanation for one in rulings)]}
        when = claim.ruled_at or claim.checking_since or claim.created_at
        return Document(claim.pk, claim.number, "readers", timezone.localdate(when), fields)


class SearchableSources(Searchable):
    """Sources, which have no date."""

    kind = "source"
    code = 3
    model = "claims.Source"
    watches = (
        Watch("claims.Source", of=("number", "name", "aliases")),
        Watch("claims.Source", of=("interests", "why_anonymous"), events=("update",), hides=False),
    )

    def public(self, at: datetime.datetime) -> QuerySet:
        """Sources that a public claim or the evidence of a public verdict names."""
        return Source.objects.public(at)

    def documents(self, pks: Sequence[int]) -> Iterator[Document]:
        """Two documents for each source: the desk also finds what its page tells of it."""
        for source in Source.objects.filter(pk__in=pks).order_by("pk"):
            names = {"headline": [source.name], "summary": aliases(source)}
            told = {**names, "body": [source.interests, source.why_anonymous]}
            yield Document(source.pk, source.number, "readers", None, names)
            yield Document(source.pk, source.number, "desk", None, told)


def listed(rows: QuerySet, column: str) -> dict[int, list]:
    """The rows of each object, in their order."""
    rows_of: dict[int, list] = {}
    for row in rows:
        rows_of.setdefault(getattr(row, column), []).append(row)
    return rows_of


def found(rulings: list[Verdict]) -> dict[str, list[str]]:
    return {"summary": [ruling.finding for ruling in rulings]}


def claimant(claim: Claim) -> list[str]:
    return [claim.claimant.name, *aliases(claim.claimant)] if claim.claimant else []


def aliases(source: Source) -> list[str]:
    """The other names, which the desk splits by semicolons."""
    return [name.strip() for name in source.aliases.split(";") if name.strip()]


register(SearchableClaims(), SearchableSources())
