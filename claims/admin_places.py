"""Where claims were printed, at the desk: entered from the claim's page, judged by acts, never edited."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_base import ReadOnlyAdmin, person

from .admin_acts import APPEARANCE_ACTS, Detach
from .admin_desk import ClaimsAdmin
from .admin_panels import WIDE, placements_panel, standing, with_newest_placement, words
from .models import Appearance, Placement
from .moved import MOVED


def place_link(appearance: Appearance) -> str:
    """The way to the page on which the place is judged, among all places of its claim."""
    address = reverse("admin:claims_claim_places", args=[appearance.claim_id])
    words = _("Judge it among all places of the claim")
    return format_html('<a href="{}#place-{}">{}</a>', address, appearance.pk, words)


@admin.register(Appearance)
class AppearanceAdmin(ReadOnlyAdmin, ClaimsAdmin):
    """Where claims were printed. Entered from the claim's page, judged by acts, never edited."""

    acts = APPEARANCE_ACTS
    list_display = ["claim_words", "article", "printed", "role", "match", "exempt", "anchor"]
    list_filter = ["match", "role", "exempt"]
    list_select_related = ["claim", "article"]
    page_related = ("claim", "article", "flagged_by", "confirmed_by")
    search_fields = ["claim__statement", "article__headline"]
    search_help_text = gettext_lazy("Words of the claim or of the article.")
    fields = [
        "claim_link",
        "article_link",
        "among_places",
        "role",
        "match",
        "exempt",
        "exempt_reason",
        "flagged",
        "confirmed",
        "created_at",
    ]
    flagged = person("flagged_by", gettext_lazy("flagged by"))
    confirmed = person("confirmed_by", gettext_lazy("confirmed by"))
    verbs = {
        "appearance.place": gettext_lazy("Placed on words"),
        "appearance.undo": gettext_lazy("Flag taken back"),
        "appearance.match": gettext_lazy("Match judged"),
        "appearance.role": gettext_lazy("Role set"),
        "appearance.exempt": gettext_lazy("Exempted"),
        "appearance.end-exemption": gettext_lazy("Exemption ended"),
    }

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return with_newest_placement(queryset) if self.is_list(request) else queryset

    @admin.display(description=gettext_lazy("claim"))
    def claim_words(self, appearance) -> str:
        return appearance.claim.statement

    @admin.display(description=gettext_lazy("words"))
    def printed(self, appearance) -> str:
        return words(appearance)

    @admin.display(description=gettext_lazy("anchor"))
    def anchor(self, appearance) -> str:
        placement = standing(appearance)
        if placement is None or placement.anchor not in MOVED:
            return placement.get_anchor_display() if placement else ""
        address = reverse("admin:articles_article_marks", args=[appearance.article_id])
        return format_html(
            '<a href="{}#mark-{}">{}</a>', address, appearance.pk, placement.get_anchor_display()
        )

    @admin.display(description=gettext_lazy("claim"))
    def claim_link(self, appearance) -> str:
        address = reverse("admin:claims_claim_change", args=[appearance.claim_id])
        return format_html('<a href="{}">{}</a>', address, appearance.claim)

    @admin.display(description=gettext_lazy("article"))
    def article_link(self, appearance) -> str:
        address = reverse("admin:articles_article_change", args=[appearance.article_id])
        return format_html('<a href="{}">{}</a>', address, appearance.article)

    @admin.display(description=gettext_lazy("every place of the claim"))
    def among_places(self, appearance) -> str:
        return place_link(appearance)

    def panels(self, request, obj):
        return [placements_panel(obj)]


@admin.register(Placement)
class PlacementAdmin(ReadOnlyAdmin, ClaimsAdmin):
    """Where a claim stands in one version. Written by acts; the one act on it takes the claim off the words."""

    acts = (Detach,)
    list_display = ["exact", "claim", "article", "version_number", "field", "anchor", "ended_at"]
    list_filter = ["anchor", "field"]
    list_select_related = ["appearance__claim", "appearance__article", "version"]
    page_related = ("appearance__claim", "appearance__article", "version", "decided_by")
    search_fields = ["appearance__claim__statement", "appearance__article__headline"]
    search_help_text = gettext_lazy("Words of the claim or of the article.")
    ordering = ["-id"]
    fields = [
        "claim",
        "among_places",
        "article",
        "version_number",
        "field",
        "start",
        "end",
        "exact",
        "prefix",
        "suffix",
    ]
    fields += ["anchor", "carried_from", "decided", "why", "created_at", "ended_at"]
    decided = person("decided_by", gettext_lazy("decided by"))
    verbs = {
        "placement.confirm": gettext_lazy("Confirmed: it still says the same"),
        "placement.place-again": gettext_lazy("Placed on other words"),
        "placement.detach": gettext_lazy("Taken off the words"),
    }

    def get_queryset(self, request):
        return super().get_queryset(request).defer(*WIDE)

    @admin.display(description=gettext_lazy("claim"))
    def claim(self, placement) -> str:
        return placement.appearance.claim.statement

    @admin.display(description=gettext_lazy("article"))
    def article(self, placement) -> str:
        return str(placement.appearance.article)

    @admin.display(description=gettext_lazy("every place of the claim"))
    def among_places(self, placement) -> str:
        return place_link(placement.appearance)

    @admin.display(description=gettext_lazy("version"))
    def version_number(self, placement) -> int:
        return placement.version.number

    def appearance_address(self, appearance) -> str:
        return reverse("admin:claims_appearance_change", args=[appearance.pk])
