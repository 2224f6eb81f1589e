"""Acts on verdicts: propose, approve as a second person, send back, take back."""

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_acts import Act
from newsroom.core.admin_panels import LINES

from . import access, workflow
from .forms_acts import MissingForm, NoteForm, ReasonForm
from .models import Appearance, Placement, Verdict

State = Verdict.Publication


class ActOnVerdict(Act):
    """An act on a verdict, whose page shows the verdict whole."""

    template = "admin/claims/verdict_act.html"
    begins_from = ""
    too_late = gettext_lazy("This verdict is no longer at the step that the act begins from.")

    def why_not(self):
        return "" if self.obj.publication_state == self.begins_from else self.too_late

    def context(self):
        places = places_of(self.obj)
        return {
            "verdict": self.obj,
            "evidence": evidence_of(self.obj),
            "places": places[:LINES],
            "more_places": len(places) > LINES,
        }


class Propose(ActOnVerdict):
    """Freeze a draft and lay it before the verdict editors."""

    name = "propose"
    label = gettext_lazy("Propose")
    permission = "claims.propose_verdict"
    begins_from = State.DRAFT
    explains = gettext_lazy(
        "The verdict is frozen with the evidence found so far. Another person must approve it before readers see it."
    )

    def barred(self):
        if self.obj.proposed_by_id != self.user.pk:
            return _("Only %(who)s, who drafted it, proposes this verdict.") % {"who": self.obj.proposed_by}
        return access.why_not_propose(self.user, self.obj.claim)

    def run(self, given):
        workflow.propose(self.obj, by=self.user)
        return _("Proposed. Somebody else must approve it now.")


class SecondPersonAct(ActOnVerdict):
    """An act that the proposer never does."""

    permission = "claims.approve_verdict"
    begins_from = State.PROPOSED

    def barred(self):
        return access.why_not_approve(self.user, self.obj)


class Approve(SecondPersonAct):
    """Publish a proposed verdict."""

    name = "approve"
    label = gettext_lazy("Approve and publish")
    form_class = NoteForm
    explains = gettext_lazy("Readers see this verdict from now on beside every place listed below.")

    def run(self, given):
        workflow.approve(self.obj, by=self.user, note=given["note"])
        return _("The verdict is public.")


class SendBack(SecondPersonAct):
    """Send a proposed verdict back to research."""

    name = "send-back"
    label = gettext_lazy("Send back")
    form_class = MissingForm
    explains = gettext_lazy(
        "The claim goes back to research. This verdict stays in the record; another is drafted."
    )

    def run(self, given):
        workflow.send_back(self.obj, by=self.user, note=given["note"])
        return _("Sent back to research.")


class Retract(SecondPersonAct):
    """Take a published verdict back."""

    name = "retract"
    label = gettext_lazy("Take back")
    form_class = ReasonForm
    begins_from = State.PUBLISHED
    explains = gettext_lazy(
        "The verdict leaves every page. The claim's history keeps it, with the date and the reason, for readers to see."
    )

    def run(self, given):
        workflow.retract(self.obj, by=self.user, reason=given["reason"])
        return _("The verdict is taken back.")


VERDICT_ACTS = (Propose, Approve, SendBack, Retract)


def evidence_of(verdict: Verdict) -> list:
    """What the verdict rests on; for a draft, what it would rest on if it were proposed now."""
    found = verdict.claim.evidence if verdict.publication_state == State.DRAFT else verdict.evidence
    return list(found.select_related("source").order_by("order", "id"))


def places_of(verdict: Verdict) -> list[Placement]:
    """Where readers see the verdict once it is published: confirmed places in the versions they read, one too many."""
    return list(
        Placement.objects.standing()
        .filter(
            appearance__claim=verdict.claim_id,
            appearance__match=Appearance.Match.SAME,
            appearance__exempt=False,
            version=F("appearance__article__live_version"),
        )
        .select_related("appearance__article")
        .order_by("id")[: LINES + 1]
    )
