"""Removals of words at the desk: who ordered them, who agreed, what went and what stayed."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_base import ReadOnlyAdmin, person

from . import editing
from .admin_columns import NamesItsArticle
from .admin_redaction_acts import REDACTION_ACTS
from .models import Redaction
from .redaction_places import places_of

VERBS = {
    "redaction.begin": gettext_lazy("Begun"),
    "redaction.propose": gettext_lazy("Proposed"),
    "redaction.carry-out": gettext_lazy("Approved and carried out"),
    "redaction.decline": gettext_lazy("Declined"),
}


@admin.register(Redaction)
class RedactionAdmin(NamesItsArticle, ReadOnlyAdmin):
    """Removals. Acts write them; once proposed they are frozen."""

    acts = REDACTION_ACTS
    refusals = (editing.EditingRefused,)
    verbs = VERBS
    list_display = ["title", "state", "order", "proposer", "approver", "carried_out_at"]
    list_filter = ["state"]
    list_select_related = ["article", "proposed_by", "approved_by"]
    page_related = ("article", "version", "proposed_by", "approved_by", "declined_by")
    ordering = ["-id"]

    proposer = person("proposed_by", gettext_lazy("proposed by"))
    approver = person("approved_by", gettext_lazy("approved by"))
    decliner = person("declined_by", gettext_lazy("declined by"))

    def get_fields(self, request, obj=None):
        fields = ["article_title", "order", "reason", "state"]
        if obj is None:
            return fields
        if obj.proposed_at:
            fields += ["proposer", "proposed_at"]
        if obj.carried_out_at:
            fields += ["approver", "carried_out_at", "notice", "cleaned", "hashes"]
        if obj.declined_at:
            fields += ["decliner", "declined_at", "declined_reason"]
        return [*fields, "places_shown"]

    @admin.display(description=gettext_lazy("removal of words"), ordering="id")
    def title(self, redaction: Redaction) -> str:
        return str(redaction)

    @admin.display(description=gettext_lazy("files"))
    def cleaned(self, redaction: Redaction) -> str:
        if redaction.trouble:
            return format_html("{} {}", redaction.trouble, _("Run: manage.py wipe_removed"))
        if redaction.wiped_at is None:
            return _("Not cleaned yet. Run: manage.py wipe_removed")
        return _("The words are gone from the database’s files too.")

    @admin.display(description=gettext_lazy("SHA-256 as printed, and since"))
    def hashes(self, redaction: Redaction) -> str:
        rows = redaction.versions.select_related("version__article").order_by("pk")
        return render_to_string("admin/articles/_redaction_hashes.html", {"rows": rows})

    @admin.display(description=gettext_lazy("places"))
    def places_shown(self, redaction: Redaction) -> str:
        context = {"redaction": redaction, "places": places_of(redaction)}
        return render_to_string("admin/articles/_redaction_places.html", context)
