"""What the claim's page at the desk shows: evidence, work, the verdict in the making and what readers would see.

Everything a page needs is asked for once; the page of a claim with a hundred places asks no more than that of one.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, Value
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.canonical import block_ranges
from articles.models import ArticleVersion
from newsroom.core.admin_panels import LINES
from newsroom.core.hygiene import visible

from .admin_acts import asked_once
from .admin_verdict_preview import NotePreview, Ruling
from .forms_acts import offered_steps
from .forms_verdict import ClaimEvidenceForm, ClaimVerdictForm, DecisionForm
from .models import Approval, Claim, Evidence, Verdict, VerdictEvidence
from .statuses import OTHER_MARKS

State, Work = Verdict.Publication, Claim.Work
MOST_EVIDENCE = 24
LONGEST_QUOTE = 240
CLOSED = (Work.DECLINED, Work.MERGED)
WIDE = ("clash_version__body", "clash_version__body_text", "clash_version__furniture")


@dataclass
class Kept:
    """One field that was typed into a form which the page can no longer offer."""

    label: str
    words: str


@dataclass
class Typed:
    """The forms as they were posted, where the page is shown again, and whether something was refused."""

    verdict: ClaimVerdictForm | None = None
    evidence: ClaimEvidenceForm | None = None
    decision: DecisionForm | None = None
    refused: bool = True


class ClaimDesk:
    """The page of one claim for one person. `typed` holds what they posted, where something stood in its way."""

    def __init__(self, request, claim: Claim, typed: Typed | None = None):
        self.request, self.user, self.claim = request, request.user, claim
        self.typed = typed or Typed(refused=False)

    # who may

    def may(self, right: str) -> bool:
        return self.user.has_perm(f"claims.{right}")

    @cached_property
    def barred(self) -> str:
        """The rule of conduct that keeps this person from judging the claim, in words."""
        return asked_once(self.user, self.claim)

    @property
    def checks(self) -> bool:
        return self.may("propose_verdict")

    @property
    def may_add_evidence(self) -> bool:
        return self.may("add_evidence")

    @cached_property
    def why_not_draft(self) -> str:
        """Why this person begins no verdict here; empty where they may."""
        if not self.checks or not self.may("add_verdict"):
            return _("Proposing a verdict takes the role of fact-checker or verdict editor.")
        return self.barred

    @cached_property
    def why_not_decide(self) -> str:
        """Why this person does not decide on the verdict that waits; empty where they may."""
        if not self.may("approve_verdict"):
            return _("Approving a verdict takes the role of verdict editor.")
        if self.waiting and self.waiting.proposed_by_id == self.user.pk:
            return _("You proposed this verdict, so somebody else must approve it.")
        return self.barred

    @property
    def may_retract(self) -> bool:
        """Whether the page leads to taking the public verdict back: the act itself asks the rules again."""
        own = self.live and self.live.proposed_by_id == self.user.pk
        return self.may("approve_verdict") and not own and not self.barred

    # the work

    @property
    def closed(self) -> bool:
        return self.claim.work_state in CLOSED

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The steps taken with one press. Those that need a name or a reason have a page that asks for it."""
        asks = (Work.ASSIGNED, Work.DECLINED)
        # From “reopened” the way back is no publishing: the old verdict was found to hold.
        labels = {Work.PUBLISHED: _("The verdict holds")}
        steps = [step for step in offered_steps(self.claim) if step not in asks]
        return [(step, labels.get(step, Work(step).label)) for step in steps]

    @property
    def may_take(self) -> bool:
        """Whether the person may put the claim on their own desk."""
        return Work.ASSIGNED in offered_steps(self.claim)

    # the verdicts

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """Every verdict on the claim, newest first, each with what the second person wrote."""
        found = self.claim.verdicts.select_related(
            "rating", "proposed_by", "approved_by", "clash_version__article"
        )
        said = Prefetch("approvals", Approval.objects.select_related("user").order_by("id"))
        return list(found.defer(*WIDE).prefetch_related(said).order_by("-number")[:LINES])

    def first(self, *states: str) -> Verdict | None:
        return next((verdict for verdict in self.verdicts if verdict.publication_state in states), None)

    @cached_property
    def draft(self) -> Verdict | None:
        return self.first(State.DRAFT)

    @cached_property
    def waiting(self) -> Verdict | None:
        """The proposed verdict that waits for a second person."""
        return self.first(State.PROPOSED)

    @cached_property
    def live(self) -> Verdict | None:
        return self.first(State.PUBLISHED)

    @property
    def own_draft(self) -> bool:
        return bool(self.draft) and self.draft.proposed_by_id == self.user.pk

    @property
    def writes(self) -> bool:
        """Whether the page offers this person the verdict's form."""
        if self.waiting or self.closed or self.why_not_draft:
            return False
        return self.own_draft or not self.draft

    @property
    def written_open(self) -> bool:
        """Whether the form stands open: once a verdict is public, a new one is begun on purpose."""
        return bool(self.draft or not self.live or self.typed.verdict)

    @property
    def draft_key(self) -> str:
        """Whose words, and of which draft: the browser puts what was not saved back into no other form."""
        return f"{self.user.pk}.{self.draft.pk if self.own_draft else 'new'}"

    @property
    def other_marks(self) -> tuple[str, ...]:
        """Marks of other claims that the note may show once it is drawn anew; the form shows those of all ratings."""
        return OTHER_MARKS

    @property
    def decides(self) -> bool:
        return bool(self.waiting) and not self.why_not_decide

    @cached_property
    def form(self) -> ClaimVerdictForm | None:
        if not self.writes:
            return None
        given = {"instance": self.draft} if self.own_draft else {}
        form = self.typed.verdict or ClaimVerdictForm(self.claim, **given)
        form.fields["clash_version"].widget.offered = lambda: self.own_texts
        return form

    @cached_property
    def decision(self) -> DecisionForm | None:
        return (self.typed.decision or DecisionForm()) if self.decides else None

    @cached_property
    def evidence_form(self) -> ClaimEvidenceForm | None:
        if not self.may_add_evidence:
            return None
        return self.typed.evidence or ClaimEvidenceForm(may_enter_sources=self.may("add_source"))

    @property
    def forms(self) -> list[BaseForm]:
        return [form for form in (self.form, self.decision, self.evidence_form) if form]

    @cached_property
    def kept(self) -> list[Kept]:
        """What was typed into a verdict or a decision that this page has no form for any more."""
        lost = [
            self.typed.verdict if not self.form else None,
            self.typed.decision if not self.decision else None,
        ]
        fields = [field for form in lost if form for field in form.visible_fields() if field.name != "rating"]
        return [Kept(str(field.label), visible(str(field.value()))) for field in fields if field.value()]

    @property
    def kept_because(self) -> list[str]:
        """Why that form could not be saved."""
        forms = [
            form for form in (self.typed.verdict, self.typed.decision) if form and form not in self.forms
        ]
        return [str(error) for form in forms for errors in form.errors.values() for error in errors]

    # what readers would see

    @cached_property
    def previewed(self) -> Verdict | None:
        """The verdict whose note is drawn: what is typed, else what is in the making, else what is public."""
        if self.form and self.form.is_bound:
            return self.form.as_typed()
        return self.draft or self.waiting or self.live

    @cached_property
    def preview(self) -> NotePreview:
        is_live = bool(self.previewed) and self.previewed is self.live
        return NotePreview(
            self.claim, Ruling.of(self.previewed or Verdict(claim=self.claim)), is_live=is_live
        )

    # the evidence

    @cached_property
    def found(self) -> list[Evidence]:
        """The evidence in its order, each with whether the verdict that waits rests on it; one more than is shown."""
        carries = VerdictEvidence.objects.filter(verdict=self.waiting, evidence=OuterRef("pk"))
        pieces = self.claim.evidence.select_related("source").defer("summary")
        pieces = pieces.annotate(rests=Exists(carries) if self.waiting else Value(True))
        return list(pieces.order_by("order", "id")[: MOST_EVIDENCE + 1])

    @property
    def rests_on(self) -> int:
        """On how many of the pieces shown the verdict that waits rests."""
        return sum(piece.rests for piece in self.evidence)

    @property
    def evidence(self) -> list[Evidence]:
        return self.found[:MOST_EVIDENCE]

    @property
    def more_evidence(self) -> str:
        """The address of all of it, where there is more than is shown."""
        if len(self.found) <= MOST_EVIDENCE:
            return ""
        return f"{reverse('admin:claims_evidence_changelist')}?claim__id__exact={self.claim.pk}"

    @property
    def longest_quote(self) -> int:
        """Many pieces are quoted shortly, so that the page stays a page; each has one of its own."""
        return LONGEST_QUOTE if len(self.evidence) < MOST_EVIDENCE else 120

    # the places

    @property
    def own_texts(self) -> list[tuple[int, str]]:
        """The versions in which the claim stands, to choose the text that contradicts it from."""
        texts = {shown.placed.version: shown.headline for shown in self.preview.places}
        return list(texts.items())[:5]


def printed_fields(version: ArticleVersion) -> list[dict]:
    """The words of a version by field, each paragraph with the place of its first character in the field."""
    body = [(start, version.body_text[start:end]) for start, end in block_ranges(version.body)]
    lines = (("headline", version.headline), ("standfirst", version.standfirst))
    fields = [{"name": name, "pieces": [(0, words)]} for name, words in lines if words]
    return [*fields, {"name": "body", "pieces": body}]
