"""Verdicts and approvals at the desk: drafted in a form, moved by acts, frozen once proposed."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_base import ReadOnlyAdmin, person

from . import access, workflow
from .admin_desk import ClaimsAdmin
from .admin_panels import approvals_panel, rests_on_panel
from .admin_verdict_acts import VERDICT_ACTS, evidence_of
from .forms import VerdictForm
from .models import Approval, Claim, Verdict


class WaitingFilter(admin.SimpleListFilter):
    """Proposals that wait for somebody else than their proposer."""

    title = gettext_lazy("waits for")
    parameter_name = "waits"

    def lookups(self, request, model_admin):
        return [("me", _("A second person: perhaps you"))]

    def queryset(self, request, queryset):
        if self.value() == "me":
            return queryset.filter(publication_state="proposed").exclude(proposed_by=request.user)
        return queryset


@admin.register(Verdict)
class VerdictAdmin(ClaimsAdmin):
    """Verdicts. The drafter edits a draft; from proposing on nothing but the acts moves it."""

    form = VerdictForm
    acts = VERDICT_ACTS
    list_display = [
        "title",
        "rating",
        "claim",
        "publication_state",
        "drafted_by",
        "approver",
        "published_at",
    ]
    list_filter = ["publication_state", WaitingFilter, "rating"]
    list_select_related = ["rating", "claim", "proposed_by", "approved_by"]
    page_related = ("rating", "claim", "proposed_by", "approved_by", "clash_version")
    search_fields = ["claim__statement", "finding"]
    search_help_text = gettext_lazy("Words of the claim or of the finding.")
    autocomplete_fields = ["claim", "clash_version"]
    ordering = ["-id"]
    RECORD = [
        "publication_state",
        "drafted_by",
        "proposed_at",
        "approver",
        "published_at",
        "ended_at",
        "end_reason",
    ]
    drafted_by = person("proposed_by", gettext_lazy("drafted by"))
    approver = person("approved_by", gettext_lazy("approved by"))
    fieldsets = [
        (None, {"fields": ["claim", ("rating", "qualifier"), "finding", "as_of"]}),
        (
            gettext_lazy("On the claim's page"),
            {"fields": ["explanation", "known", "unknown", "would_settle"]},
        ),
        (
            gettext_lazy("Where two printings clash"),
            {
                "fields": ["clash_words", "clash_against", "clash_version"],
                "description": gettext_lazy(
                    "For “contradicted”: both phrases word for word. Readers see them face to face under the headline."
                ),
            },
        ),
    ]
    verbs = {
        "verdict.draft": gettext_lazy("Drafted"),
        "verdict.change": gettext_lazy("Draft changed"),
        "verdict.propose": gettext_lazy("Proposed"),
        "verdict.publish": gettext_lazy("Approved and published"),
        "verdict.send-back": gettext_lazy("Sent back"),
        "verdict.retract": gettext_lazy("Taken back"),
    }

    def get_fieldsets(self, request, obj=None):
        sets = super().get_fieldsets(request, obj)
        if obj is None:
            return sets
        first = {"fields": ["claim_link", *sets[0][1]["fields"][1:]]}
        return [(None, first), *sets[1:], (_("The record"), {"fields": self.RECORD})]

    def get_readonly_fields(self, request, obj=None):
        return ["claim_link", *self.RECORD] if obj else []

    @admin.display(description=gettext_lazy("verdict"), ordering="number")
    def title(self, verdict) -> str:
        return _("Verdict %(number)s: %(finding)s") % {"number": verdict.number, "finding": verdict.finding}

    @admin.display(description=gettext_lazy("claim"))
    def claim_link(self, verdict) -> str:
        address = reverse("admin:claims_claim_change", args=[verdict.claim_id])
        return format_html('<a href="{}">{}</a>', address, verdict.claim)

    # Who may

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and request.user.has_perm("claims.propose_verdict")

    def has_change_permission(self, request, obj=None) -> bool:
        """A draft is changed by the person who drafted it: whoever else could, could approve their own words."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None:
            return True
        return obj.publication_state == Verdict.Publication.DRAFT and obj.proposed_by_id == request.user.pk

    def add_view(self, request, form_url="", extra_context=None):
        """403 with the reason for whoever may not judge the claim that the page was opened for."""
        key = request.GET.get("claim", "")
        if request.method == "GET" and key.isascii() and key.isdecimal():
            claim = Claim.objects.filter(pk=int(key[:18])).first()
            if claim:
                access.demand(access.why_not_propose(request.user, claim))
        return super().add_view(request, form_url, extra_context)

    # Saving

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            return
        columns = {name: form.cleaned_data[name] for name in form.details()}
        made = workflow.draft_verdict(columns.pop("claim"), by=request.user, **columns)
        obj.pk, obj._state.adding = made.pk, False
        obj.refresh_from_db()

    def keep(self, request, fresh, changed):
        if not self.has_change_permission(request, fresh):
            raise workflow.SomebodyWasFaster
        super().keep(request, fresh, changed)

    def log_addition(self, request, obj, message):
        """The act of drafting wrote its line."""

    # The page

    def public_address(self, obj):
        public = obj.publication_state == Verdict.Publication.PUBLISHED
        return obj.claim.get_absolute_url() if public else None

    def panels(self, request, obj):
        return [rests_on_panel(obj, evidence_of(obj)), approvals_panel(obj)]


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyAdmin):
    """Who approved what. Written by the act of approving."""

    list_display = ["verdict_title", "name", "decision", "at"]
    list_filter = ["decision"]
    list_select_related = ["verdict__claim", "user"]
    page_related = ("verdict__claim", "user")
    search_fields = ["verdict__claim__statement"]
    ordering = ["-id"]
    fields = ["verdict_title", "name", "decision", "note", "at"]
    name = person("user", gettext_lazy("person"))

    @admin.display(description=gettext_lazy("verdict"))
    def verdict_title(self, approval) -> str:
        return _("Verdict %(number)s on “%(claim)s”") % {
            "number": approval.verdict.number,
            "claim": approval.verdict.claim,
        }
