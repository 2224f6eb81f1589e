"""The acts of the claim's page at the desk: a verdict written, looked at, proposed and decided on; evidence added.

Each has an address that takes a form. What is refused comes back as the whole page with everything that was typed.
"""

import copy
from collections.abc import Callable

from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.forms import BaseForm
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from articles.models import ArticleVersion
from newsroom.core.admin_forms import DeskFormMixin, is_key, sentence

from . import access, workflow
from .admin_verdict_page import ClaimDesk, Typed, printed_fields
from .admin_verdict_preview import NotePreview, Ruling
from .flagging import NewSource, enter_source
from .forms_verdict import ClaimEvidenceForm, ClaimVerdictForm, DecisionForm
from .models import Claim, Evidence, Verdict


class VerdictDesk:
    """Mixed into the admin of claims: its change page is where a verdict is made."""

    change_form_template = "admin/claims/claim_desk.html"

    def get_urls(self):
        views = {
            "verdict": self.verdict_view,
            "decide": self.decide_view,
            "evidence": self.evidence_view,
            "note": self.note_view,
            "printed": self.printed_view,
        }
        own = [
            path(f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=f"claims_claim_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            desk = ClaimDesk(request, obj, getattr(request, "desk_typed", None))
            context["desk"] = desk
            for form in desk.forms:
                context["media"] += form.media
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Writing a verdict

    def verdict_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Save what is typed as a draft, propose it, or only look at it."""
        claim = self.claim_or_404(request, object_id)
        if request.method != "POST":
            return HttpResponseRedirect(self.change_address(claim))
        access.demand(access.why_not_propose(request.user, claim))
        form, does = self.verdict_form(request, claim), request.POST.get("do")
        if does == "preview":
            return self.page_again(request, claim, Typed(verdict=form, refused=False))
        if does not in ("save", "propose"):
            raise BadRequest
        if self.carry_out(form, lambda: self.keep_verdict(request, claim, form, proposes=does == "propose")):
            saved, proposed = (
                _("The draft is saved. Only the desk sees it."),
                _("Proposed. Somebody else must approve it now."),
            )
            return self.back_to(request, claim, proposed if does == "propose" else saved, "verdict")
        return self.page_again(request, claim, Typed(verdict=form))

    def verdict_form(self, request: HttpRequest, claim: Claim) -> ClaimVerdictForm:
        """The form as it was posted, on the draft that it was made from.

        404 for a verdict of another claim; 403 for somebody else's draft.
        """
        key = request.POST.get("verdict", "")
        if not key:
            return ClaimVerdictForm(claim, request.POST)
        verdict = self.verdict_or_404(claim, key)
        if verdict.proposed_by_id != request.user.pk:
            said = _("Only %(who)s, who drafted it, changes this verdict.") % {"who": verdict.proposed_by}
            raise access.Barred(said)
        return ClaimVerdictForm(claim, request.POST, instance=verdict)

    def keep_verdict(self, request, claim: Claim, form: ClaimVerdictForm, *, proposes: bool) -> None:
        """Save the draft and, where that was asked, propose it: both or neither."""
        if form.instance.pk is None:
            columns = {name: form.cleaned_data[name] for name in form.details()}
            verdict = workflow.draft_verdict(claim, by=request.user, **columns)
        else:
            if form.begun_from != Verdict.Publication.DRAFT:
                raise workflow.SomebodyWasFaster
            verdicts = self.admin_site.get_model_admin(Verdict)
            verdicts.save_model(request, form.instance, form, change=True)
            verdicts.log_change(
                request, form.instance, verdicts.construct_change_message(request, form, None)
            )
            verdict = Verdict.objects.get(pk=form.instance.pk)
        if proposes:
            workflow.propose(verdict, by=request.user)

    # Deciding on it

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Approve the verdict that waits, or send it back, as a second person."""
        claim = self.claim_or_404(request, object_id)
        if request.method != "POST":
            return HttpResponseRedirect(self.change_address(claim))
        if not request.user.has_perm("claims.approve_verdict"):
            raise access.Barred(_("Approving a verdict takes the role of verdict editor."))
        verdict, does = self.verdict_or_404(claim, request.POST.get("verdict", "")), request.POST.get("do")
        access.demand(access.why_not_approve(request.user, verdict))
        if does not in ("approve", "send-back"):
            raise BadRequest
        form = DecisionForm(request.POST, sends_back=does == "send-back")
        if not self.carry_out(form, lambda: self.decide(verdict, does, by=request.user, form=form)):
            return self.page_again(request, claim, Typed(decision=form))
        said = _("The verdict is public.") if does == "approve" else _("Sent back to research.")
        return self.back_to(request, claim, said, "verdict")

    def decide(self, verdict: Verdict, does: str, *, by, form: DecisionForm) -> None:
        act = workflow.approve if does == "approve" else workflow.send_back
        if verdict.publication_state != Verdict.Publication.PROPOSED:
            raise workflow.SomebodyWasFaster
        act(verdict, by=by, note=form.cleaned_data["note"])

    # Adding evidence

    def evidence_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Add a piece of evidence to the claim, its source with it where it is new."""
        claim = self.claim_or_404(request, object_id)
        if request.method != "POST":
            return HttpResponseRedirect(self.change_address(claim))
        if not request.user.has_perm("claims.add_evidence"):
            raise PermissionDenied
        may_enter = request.user.has_perm("claims.add_source")
        form = ClaimEvidenceForm(request.POST, instance=Evidence(claim=claim), may_enter_sources=may_enter)
        if self.carry_out(form, lambda: self.add_evidence(request, form)):
            return self.back_to(request, claim, _("The evidence is added."), "evidence")
        return self.page_again(request, claim, Typed(evidence=form))

    def add_evidence(self, request, form: ClaimEvidenceForm) -> None:
        given, piece = form.cleaned_data, form.instance
        if given.get("source_name"):
            piece.source = enter_source(
                NewSource(given["source_name"], given["source_kind"]), by=request.user
            )
        piece.added_by = request.user
        piece.save(force_insert=True)
        self.admin_site.get_model_admin(Evidence).log_addition(request, piece, {})

    # Looking

    def note_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What readers would see of what is typed: a piece of the page, drawn by the readers' own templates."""
        claim = self.claim_or_404(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        access.demand(access.why_not_propose(request.user, claim))
        typed = self.verdict_form(request, claim).as_typed()
        return self.piece(request, "_as_read", {"preview": NotePreview(claim, Ruling.of(typed))})

    def printed_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The words of one version, to take those from that contradict the claim."""
        self.claim_or_404(request, object_id)
        key = request.GET.get("version", "")
        if not request.user.has_perm("articles.view_articleversion"):
            raise PermissionDenied
        version = (
            ArticleVersion.objects.select_related("article").filter(pk=key).first() if is_key(key) else None
        )
        if version is None:
            raise Http404
        return self.piece(request, "_printed", {"version": version, "fields": printed_fields(version)})

    def piece(self, request, name: str, context: dict) -> HttpResponse:
        response = render(request, f"admin/claims/{name}.html", context)
        response["Cache-Control"] = "no-store, private"
        return response

    # What they share

    def claim_or_404(self, request: HttpRequest, object_id: str) -> Claim:
        claim = self.get_object(request, unquote(object_id))
        if claim is None:
            raise Http404
        if not self.has_view_or_change_permission(request, claim):
            raise PermissionDenied
        return claim

    def verdict_or_404(self, claim: Claim, key: str) -> Verdict:
        rows = claim.verdicts.select_related("rating", "proposed_by", "clash_version__article")
        verdict = rows.filter(pk=key).first() if is_key(key) else None
        if verdict is None:
            raise Http404
        verdict.claim = claim
        return verdict

    def carry_out(self, form: BaseForm, act: Callable[[], None]) -> bool:
        """Whether the form is sound and its act done. What refuses it stands on the form, and nothing is written."""
        if not form.is_valid():
            return False
        try:
            with transaction.atomic():
                act()
        except self.may_refuse as error:
            refusal = self.as_refusal(error)
            if refusal is None:
                raise
            if isinstance(form, DeskFormMixin):
                form.show_refusal(refusal)
            else:
                form.add_error(None, sentence(refusal))
            return False
        return True

    def back_to(self, request, claim: Claim, said: str, part: str) -> HttpResponse:
        self.message_user(request, said)
        return HttpResponseRedirect(f"{self.change_address(claim)}#{part}")

    def page_again(self, request: HttpRequest, claim: Claim, typed: Typed) -> HttpResponse:
        """The claim's page with what was typed into one of its forms; the claim's own form as it is stored."""
        again = copy.copy(request)
        again.method, again.POST, again.desk_typed = "GET", QueryDict(), typed
        return self.changeform_view(again, str(claim.pk), self.change_address(claim))
