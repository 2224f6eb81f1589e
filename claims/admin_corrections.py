"""Corrections at the desk once more, with the verdicts that asked for them."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin_corrections import CorrectionAdmin
from articles.models import Correction
from newsroom.core.admin_panels import Panel

from .models import VerdictCorrection

admin.site.unregister(Correction)


@admin.register(Correction)
class AskedCorrectionAdmin(CorrectionAdmin):
    """Corrections with the verdict behind each."""

    def panels(self, request, obj):
        asked = VerdictCorrection.objects.filter(correction=obj).select_related(
            "verdict__claim", "verdict__rating"
        )
        return [*(verdict_panel(row) for row in asked), *super().panels(request, obj)]


def verdict_panel(row: VerdictCorrection) -> Panel:
    """The verdict that asks for a correction, and the way to its claim."""
    verdict = row.verdict
    address = reverse("admin:claims_claim_change", args=[verdict.claim_id])
    return Panel(
        title=_("The verdict that asks for it"),
        columns=[_("Claim"), _("Rating"), _("Finding"), _("State")],
        rows=[
            [
                (verdict.claim, address),
                verdict.rating,
                verdict.finding,
                verdict.get_publication_state_display(),
            ]
        ],
    )
