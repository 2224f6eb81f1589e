"""Acts on claims and on the places where they were printed, as the admin offers them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_acts import Act

from . import access, workflow
from .forms_acts import (
    CheckingForm,
    MatchForm,
    MergeForm,
    MoveForm,
    PlaceForm,
    ReasonForm,
    ReopenForm,
    offered_steps,
)
from .models import Appearance, Claim

Work = Claim.Work
CHECKING = "claims.propose_verdict"


def asked_once(user, claim: Claim) -> str:
    """`access.why_not_judge`, asked of the database once for each page that shows this claim to this person."""
    known = claim.__dict__.setdefault("_why_not_judge", {})
    if user.pk not in known:
        known[user.pk] = access.why_not_judge(user, claim)
    return known[user.pk]


class PlaceAct(Act):
    """Say where a claim was printed."""

    name = "place"
    label = gettext_lazy("Say where it was printed")
    permission = "claims.add_appearance"
    explains = gettext_lazy(
        "Choose the article and paste the words that make the claim. Once the claim is public, readers see its "
        "status beside exactly these words, for as long as they stand there."
    )

    def why_not(self):
        return _("This claim is merged into another.") if self.obj.work_state == Work.MERGED else ""

    def form(self, data=None):
        initial = {"article": self.request.GET.get("article")}
        self.asked = PlaceForm(self.obj, data, initial=initial)
        return self.asked

    def run(self, given):
        confirms = self.user.has_perm("claims.change_appearance")
        placement = workflow.place(
            self.obj,
            self.asked.version,
            given["field"],
            *self.asked.span,
            by=self.user,
            role=given["role"],
            match=Appearance.Match.SAME if confirms else Appearance.Match.SUGGESTED,
        )
        if confirms:
            return _("The claim stands on “%(words)s”.") % {"words": placement.exact}
        return _("“%(words)s” is suggested: a fact-checker says whether it is the same claim.") % {
            "words": placement.exact
        }


class Move(Act):
    """Move the work on a claim."""

    name = "move"
    label = gettext_lazy("Move the work on")
    permission = CHECKING
    explains = gettext_lazy("Readers see nothing of this, unless “Being checked” is shown.")

    def why_not(self):
        return "" if offered_steps(self.obj) else _("The next step here is an act of its own.")

    def form(self, data=None):
        return MoveForm(self.obj, data)

    def run(self, given):
        columns = {"assigned_to": given["assigned_to"]} if given["assigned_to"] else {}
        if given["to"] == Work.PUBLISHED:
            columns["shown_as_checking"] = False
        if given["to"] == Work.DECLINED:
            access.demand(access.why_not_judge(self.user, self.obj))
        workflow.move(self.obj, given["to"], by=self.user, reason=given["reason"], **columns)
        return _("The claim is now at “%(step)s”.") % {"step": self.obj.get_work_state_display()}


class ShowChecking(Act):
    """Let readers see “Being checked”."""

    name = "show-checking"
    label = gettext_lazy("Show “Being checked”")
    permission = CHECKING
    form_class = CheckingForm
    explains = gettext_lazy(
        "Readers see “Being checked” beside the words, on the list of claims and beside headlines. Where a verdict "
        "is public they see “Under review”."
    )

    def why_not(self):
        if self.obj.shown_as_checking:
            return _("Readers see it already.")
        if self.obj.work_state not in workflow.CHECKABLE:
            return _("Assign the claim first: readers may see “Being checked” once somebody is at work.")
        return ""

    def run(self, given):
        workflow.show_as_checking(self.obj, by=self.user, note=given["note"])
        return _("Readers see “Being checked” now.")


class HideChecking(Act):
    """Take “Being checked” away from readers."""

    name = "hide-checking"
    label = gettext_lazy("Hide “Being checked”")
    permission = CHECKING
    explains = gettext_lazy("Readers then see nothing of this claim, unless a verdict on it is public.")

    def why_not(self):
        return "" if self.obj.shown_as_checking else _("Readers do not see it.")

    def run(self, given):
        workflow.hide_checking(self.obj, by=self.user)
        return _("Readers no longer see “Being checked”.")


class Merge(Act):
    """Close a claim that says the same as another."""

    name = "merge"
    label = gettext_lazy("Merge into another")
    permission = CHECKING
    form_class = MergeForm
    explains = gettext_lazy("This claim is closed and points at the other. Its places stay where they are.")

    def why_not(self):
        return (
            "" if Work.MERGED in workflow.MOVES[self.obj.work_state] else _("Not at this step of the work.")
        )

    def barred(self):
        return asked_once(self.user, self.obj)

    def run(self, given):
        workflow.merge(self.obj, given["into"], by=self.user, reason=given["reason"])
        return _("Merged into “%(claim)s”.") % {"claim": given["into"]}


class Reopen(Act):
    """Look at a published verdict again."""

    name = "reopen"
    label = gettext_lazy("Reopen")
    permission = CHECKING
    form_class = ReopenForm
    explains = gettext_lazy("The published verdict stays beside the words until another takes its place.")

    def why_not(self):
        return (
            ""
            if self.obj.work_state == Work.PUBLISHED
            else _("Only a claim with a published verdict is reopened.")
        )

    def run(self, given):
        workflow.reopen(self.obj, by=self.user, reason=given["reason"], shown=given["shown"])
        return _("The claim is looked at again.")


CLAIM_ACTS = (PlaceAct, Move, ShowChecking, HideChecking, Reopen, Merge)


class ActOnPlace(Act):
    """An act on one place: whoever wrote the words does not judge them."""

    permission = "claims.change_appearance"

    def barred(self):
        return access.why_not_judge_place(self.user, self.obj)


class JudgeMatch(ActOnPlace):
    """Say whether the words make the same claim."""

    name = "match"
    label = gettext_lazy("Same claim or not")
    form_class = MatchForm
    explains = gettext_lazy("Only where the words make the same claim do readers see its status beside them.")

    def run(self, given):
        workflow.judge_match(self.obj, given["match"], by=self.user)
        return _("Judged: %(match)s.") % {"match": self.obj.get_match_display()}


class Exempt(ActOnPlace):
    """Show no verdict in this place."""

    name = "exempt"
    label = gettext_lazy("Exempt this place")
    form_class = ReasonForm
    explains = gettext_lazy(
        "Readers then see no verdict beside the words in this article. Others keep theirs."
    )

    def why_not(self):
        return _("This place is exempt already.") if self.obj.exempt else ""

    def run(self, given):
        workflow.exempt(self.obj, by=self.user, reason=given["reason"])
        return _("The verdict is not shown in this place.")


class EndExemption(ActOnPlace):
    """Show the verdict in this place again."""

    name = "end-exemption"
    label = gettext_lazy("End the exemption")
    explains = gettext_lazy("Readers then see the claim's status beside these words again.")

    def why_not(self):
        return "" if self.obj.exempt else _("This place is not exempt.")

    def run(self, given):
        workflow.end_exemption(self.obj, by=self.user)
        return _("The verdict is shown in this place again.")


APPEARANCE_ACTS = (JudgeMatch, Exempt, EndExemption)


class Detach(Act):
    """Take a claim off the words it stands on."""

    name = "detach"
    label = gettext_lazy("Take the claim off these words")
    permission = "claims.change_placement"
    form_class = ReasonForm
    explains = gettext_lazy(
        "Readers of this version see the words without the claim's status. The record of where it stood is kept."
    )

    def why_not(self):
        return _("It was taken off already.") if self.obj.ended_at else ""

    def barred(self):
        return access.why_not_judge_place(self.user, self.obj.appearance)

    def run(self, given):
        workflow.detach(self.obj, by=self.user, why=given["reason"])
        return _("The claim is off these words.")

    def after(self):
        return self.model_admin.appearance_address(self.obj.appearance)
