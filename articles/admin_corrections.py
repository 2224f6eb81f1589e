"""Corrections at the desk: what was proposed, by whom, what became of it."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_base import ReadOnlyAdmin, person
from newsroom.core.admin_panels import Panel, short

from . import editing
from .admin_columns import NamesItsArticle
from .admin_correction_acts import CORRECTION_ACTS
from .models import Article, Correction
from .slips import Slip

QUOTED = ("was_version", "now_version", "version")
SHOWN = 10
VERBS = {
    "correction.begin": gettext_lazy("Begun"),
    "correction.rewrite": gettext_lazy("Worded anew"),
    "correction.propose": gettext_lazy("Proposed"),
    "correction.publish": gettext_lazy("Approved and published"),
    "correction.tell": gettext_lazy("Published as an update note"),
    "correction.decline": gettext_lazy("Declined"),
}


@admin.register(Correction)
class CorrectionAdmin(NamesItsArticle, ReadOnlyAdmin):
    """Corrections. Acts write them; once proposed they are frozen."""

    acts = CORRECTION_ACTS
    refusals = (editing.EditingRefused,)
    verbs = VERBS
    list_display = ["title", "article_title", "state", "asked_for_by", "proposer", "published_at"]
    list_filter = ["state", "kind", "cause", "requested_by"]
    list_select_related = ["article", "proposed_by"]
    page_related = (
        "article__outlet",
        "article__live_version",
        "article__latest_version",
        *QUOTED,
        "written_by",
        "proposed_by",
        "approved_by",
        "declined_by",
    )
    search_fields = ["article__headline"]
    search_help_text = gettext_lazy(
        "Words of the article as it stands now, or the ten digits of a correction."
    )
    ordering = ["-id"]

    proposer = person("proposed_by", gettext_lazy("proposed by"))
    approver = person("approved_by", gettext_lazy("approved by"))
    decliner = person("declined_by", gettext_lazy("declined by"))
    writer = person("written_by", gettext_lazy("worded by"))

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["as_read"]
        fields = [
            "as_read",
            "article_title",
            "state",
            "goes_live_with_it",
            "cause",
            "requested_by",
            "spot",
            "writer",
        ]
        if obj.proposed_at:
            fields += ["proposer", "proposed_at"]
        if obj.published_at:
            fields += ["approver", "published_at"]
        if obj.declined_at:
            fields += ["decliner", "declined_at", "declined_reason"]
        return fields

    @admin.display(description=gettext_lazy("correction"), ordering="kind")
    def title(self, correction: Correction) -> str:
        return correction.get_kind_display()

    @admin.display(description=gettext_lazy("asked for by"), ordering="requested_by")
    def asked_for_by(self, correction: Correction) -> str:
        return correction.get_requested_by_display()

    @admin.display(description=gettext_lazy("as readers see it"))
    def as_read(self, correction: Correction) -> str:
        return render_to_string("admin/articles/_slip_as_read.html", {"slip": Slip(correction)})

    @admin.display(description=gettext_lazy("goes live with it"))
    def goes_live_with_it(self, correction: Correction) -> str:
        if correction.version is None:
            return _("no words change")
        address = reverse("admin:articles_articleversion_change", args=[correction.version_id])
        said = _("Version %(number)s") % {"number": correction.version.number}
        return format_html('<a href="{}">{}</a>', address, said)

    def public_address(self, obj):
        public = obj.state == Correction.State.PUBLISHED and obj.article.is_public()
        return obj.get_absolute_url() if public else None


def corrections_panel(article: Article) -> Panel:
    """The corrections of one article, for its page: one query."""
    rows, more = short(
        article.corrections.select_related("proposed_by").order_by("-id"), correction_line, most=SHOWN
    )
    listing = f"{reverse('admin:articles_correction_changelist')}?article__id__exact={article.pk}"
    return Panel(
        title=_("Corrections"),
        explains=_("What readers are told of words that were wrong, or that are new."),
        columns=[_("What"), _("Why"), _("State"), _("Proposed by")],
        rows=rows,
        empty=_("None."),
        more=(_("All corrections"), listing) if more else None,
    )


def correction_line(correction: Correction) -> list:
    address = reverse("admin:articles_correction_change", args=[correction.pk])
    return [
        (correction.get_kind_display(), address),
        correction.why,
        correction.get_state_display(),
        correction.proposed_by or "",
    ]
