"""The plan's claims as rows: the claim itself, where it stands, its evidence and the verdict of two people."""

from datetime import datetime, timedelta

from articles import editing
from articles.models import ArticleVersion
from articles.text import block_ranges
from claims.anchoring import surroundings
from claims.models import Appearance, Approval, Claim, ClaimTag, Evidence, Placement, Verdict, VerdictEvidence

from .archive import CHECKING, FLAGGED, RULED, Plan, PlannedArticle, PlannedClaim, PlannedMark
from .ground import Ground, noon

RESEARCH = timedelta(days=3)
WORK = {RULED: Claim.Work.PUBLISHED, CHECKING: Claim.Work.RESEARCHING, FLAGGED: Claim.Work.FLAGGED}


class ClaimWriter:
    """Writes the claims of one batch of articles after another; a shared claim at its first printing."""

    def __init__(self, plan: Plan, ground: Ground):
        self.plan = plan
        self.ground = ground
        self.claims: dict[str, Claim] = {}

    def write(self, batch: list[PlannedArticle], versions: list[ArticleVersion]) -> None:
        """Write the claims of these articles, whose versions are given, and where they stand."""
        self._write_claims(batch)
        self._write_places(batch, versions)

    def _write_claims(self, batch: list[PlannedArticle]) -> None:
        """The claims that are printed here for the first time, with evidence and verdict."""
        first_printed: dict[str, tuple[PlannedClaim, datetime]] = {}
        for planned in batch:
            for mark in planned.marks:
                if mark.claim.key not in self.claims:
                    first_printed.setdefault(mark.claim.key, (mark.claim, noon(planned.day)))
        rows = [self._claim(claim, when) for claim, when in first_printed.values()]
        for key, row in zip(first_printed, Claim.objects.bulk_create(rows), strict=True):
            self.claims[key] = row
        planned_claims = [claim for claim, _when in first_printed.values()]
        ClaimTag.objects.bulk_create([tag for claim in planned_claims for tag in self._claim_tags(claim)])
        self._write_verdicts([claim for claim in planned_claims if claim.status == RULED])

    def _claim(self, planned: PlannedClaim, printed: datetime) -> Claim:
        flagged, found = printed + timedelta(days=1), printed + RESEARCH
        row = Claim(
            uid=self.plan.uid(f"claim/{planned.key}"),
            statement=planned.statement + ".",
            slug=editing.slug_for(planned.statement),
            claimant=self.ground.sources[planned.sources[0]],
            work_state=WORK[planned.status],
            shown_as_checking=planned.status == CHECKING,
            checking_since=flagged if planned.status == CHECKING else None,
            ruled_at=found if planned.status == RULED else None,
            created_by=self.ground.checker,
            created_at=flagged,
        )
        return self.ground.with_number(row)

    def _claim_tags(self, planned: PlannedClaim) -> list[ClaimTag]:
        claim = self.claims[planned.key]
        return [ClaimTag(content_object=claim, tag=tag) for tag in self.ground.tags_at(planned.tags)]

    def _write_verdicts(self, planned: list[PlannedClaim]) -> None:
        """Verdicts proposed by one person and approved by the other, with the evidence they rest on."""
        evidence = Evidence.objects.bulk_create(
            [piece for claim in planned for piece in self._evidence(claim)]
        )
        verdicts = Verdict.objects.bulk_create([self._verdict(claim) for claim in planned])
        of_claim = {verdict.claim_id: verdict for verdict in verdicts}
        VerdictEvidence.objects.bulk_create(
            [VerdictEvidence(verdict=of_claim[piece.claim_id], evidence=piece) for piece in evidence]
        )
        Approval.objects.bulk_create([self._approval(verdict) for verdict in verdicts])

    def _evidence(self, planned: PlannedClaim) -> list[Evidence]:
        claim = self.claims[planned.key]
        stance = Evidence.Stance.SUPPORTS if "true" in planned.rating else Evidence.Stance.REFUTES
        return [
            Evidence(
                uid=self.plan.uid(f"evidence/{planned.key}/{order}"),
                claim=claim,
                source=self.ground.sources[planned.sources[order]],
                stance=stance,
                level=Evidence.Level.PRIMARY,
                title=title,
                quote=planned.finding,
                url=f"https://example.org/{claim.number}/{order}",
                order=order,
                added_by=self.ground.checker,
                created_at=claim.created_at,
            )
            for order, title in enumerate(planned.evidence, start=1)
        ]

    def _verdict(self, planned: PlannedClaim) -> Verdict:
        claim = self.claims[planned.key]
        return Verdict(
            uid=self.plan.uid(f"verdict/{planned.key}"),
            claim=claim,
            number=1,
            rating=self.ground.ratings[planned.rating],
            finding=planned.finding,
            explanation=planned.explanation,
            as_of=claim.ruled_at.date(),
            publication_state=Verdict.Publication.PUBLISHED,
            proposed_by=self.ground.checker,
            proposed_at=claim.created_at,
            approved_by=self.ground.editor,
            published_at=claim.ruled_at,
            created_at=claim.created_at,
        )

    def _approval(self, verdict: Verdict) -> Approval:
        return Approval(
            uid=self.plan.uid(f"approval/{verdict.uid}"),
            verdict=verdict,
            user=self.ground.editor,
            decision=Approval.Decision.APPROVED,
            at=verdict.published_at,
        )

    def _write_places(self, batch: list[PlannedArticle], versions: list[ArticleVersion]) -> None:
        marks = [
            (version, mark, f"{planned.place}/{number}")
            for planned, version in zip(batch, versions, strict=True)
            for number, mark in enumerate(planned.marks)
        ]
        appearances = Appearance.objects.bulk_create([self._appearance(*mark) for mark in marks])
        Placement.objects.bulk_create(
            [self._placement(appearance, *mark) for appearance, mark in zip(appearances, marks, strict=True)]
        )

    def _appearance(self, version: ArticleVersion, mark: PlannedMark, name: str) -> Appearance:
        return Appearance(
            uid=self.plan.uid(f"appearance/{name}"),
            article_id=version.article_id,
            claim=self.claims[mark.claim.key],
            role=mark.role,
            match=Appearance.Match.SAME,
            flagged_by=self.ground.checker,
            confirmed_by=self.ground.checker,
            created_at=version.created_at,
        )

    def _placement(
        self, appearance: Appearance, version: ArticleVersion, mark: PlannedMark, name: str
    ) -> Placement:
        field, text, start = "headline", version.headline, 0
        if mark.block is not None:
            field, text = "body", version.body_text
            start = block_ranges(version.body)[mark.block][0] + mark.start
        end = start + len(mark.words)
        prefix, suffix = surroundings(text, start, end)
        return Placement(
            uid=self.plan.uid(f"placement/{name}"),
            appearance=appearance,
            version=version,
            field=field,
            start=start,
            end=end,
            exact=text[start:end],
            prefix=prefix,
            suffix=suffix,
            decided_by=self.ground.checker,
            created_at=version.created_at,
        )
