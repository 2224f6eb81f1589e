"""Sources, evidence and the scale at the desk."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_forms import DeskForm

from .admin_desk import ClaimsAdmin
from .forms import EvidenceForm, SourceForm
from .models import Evidence, Rating, Source, Verdict


@admin.register(Source)
class SourceAdmin(ClaimsAdmin):
    """Who says things."""

    form = SourceForm
    list_display = ["name", "kind", "parent", "outlet"]
    list_filter = ["kind"]
    list_select_related = ["parent", "outlet"]
    page_related = ("parent", "outlet")
    search_fields = ["name", "aliases"]
    search_help_text = gettext_lazy("Name, another name, or the ten digits of the address.")
    autocomplete_fields = ["parent", "outlet"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "kind", "why_anonymous", "parent", "outlet", "aliases", "interests"]
    verbs = {"source.add": gettext_lazy("Entered"), "source.change": gettext_lazy("Changed")}

    def public_address(self, obj):
        return obj.get_absolute_url() if Source.objects.public().filter(pk=obj.pk).exists() else None


@admin.register(Evidence)
class EvidenceAdmin(ClaimsAdmin):
    """What speaks for and against a claim. Frozen once a proposed verdict rests on it."""

    form = EvidenceForm
    list_display = ["title", "claim", "stance", "level", "source", "published_on"]
    list_filter = ["stance", "level"]
    list_select_related = ["claim", "source"]
    page_related = ("claim", "source", "version", "added_by")
    search_fields = ["title", "source__name"]
    search_help_text = gettext_lazy("How the title begins, or words of the source's name.")
    autocomplete_fields = ["claim", "source", "version"]
    ordering = ["-id"]
    verbs = {"evidence.add": gettext_lazy("Added"), "evidence.change": gettext_lazy("Changed")}
    fieldsets = [
        (None, {"fields": ["claim", "stance", "source", ("level", "level_reason"), "origin"]}),
        (gettext_lazy("What it says"), {"fields": ["title", "quote", "summary"]}),
        (
            gettext_lazy("Where it is found"),
            {"fields": ["url", "version", "locator", ("published_on", "accessed_on"), "captured"]},
        ),
        (
            gettext_lazy("The day it dates"),
            {
                "fields": [("event_on", "event")],
                "description": gettext_lazy(
                    "Two and more dated events draw a strip of days on the claim's page."
                ),
            },
        ),
        (None, {"fields": ["order"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["claim", "captured_sha256"] if obj else []

    def get_fieldsets(self, request, obj=None):
        sets = super().get_fieldsets(request, obj)
        return [*sets, (None, {"fields": ["captured_sha256"]})] if obj else sets

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_cited(obj))

    def save_model(self, request, obj, form, change):
        if not change:
            obj.added_by = request.user
            obj.captured_sha256 = form.hash_of_copy() or ""
        super().save_model(request, obj, form, change)

    def copy_files(self, fresh, obj, form):
        super().copy_files(fresh, obj, form)
        if digest := form.hash_of_copy():
            fresh.captured_sha256 = digest

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and is_cited(obj) and request.user.has_perm("claims.change_evidence"):
            context["frozen"] = _(
                "A proposed verdict rests on this evidence, so it stays as it is. Add a new piece."
            )
        return super().render_change_form(request, context, add, change, form_url, obj)


def is_cited(evidence: Evidence) -> bool:
    """Whether a verdict that left its draft rests on the evidence."""
    if "is_cited" not in evidence.__dict__:
        links = evidence.carries.exclude(verdict__publication_state=Verdict.Publication.DRAFT)
        evidence.is_cited = links.exists()
    return evidence.is_cited


@admin.register(Rating)
class RatingAdmin(ClaimsAdmin):
    """The scale. A rating is retired, never deleted."""

    form = DeskForm
    list_display = ["label", "slug", "value", "meaning", "gravity", "exported", "retired"]
    list_filter = ["retired"]
    search_fields = ["label"]
    fields = ["label", "slug", "value", "meaning", "mark", "order", "gravity", "exported", "retired"]
    verbs = {"rating.add": gettext_lazy("Added"), "rating.change": gettext_lazy("Changed")}

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []
