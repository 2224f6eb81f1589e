"""Claims at the desk: flagged, described, moved on; the sentence is fixed once a verdict was given on it."""

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin import LanguageFilter
from newsroom.core import ledger
from newsroom.core.admin_base import person

from . import workflow
from .admin_acts import CLAIM_ACTS
from .admin_desk import ClaimsAdmin
from .admin_places_page import PlacesOfClaim
from .admin_preview import ClaimPreview
from .admin_verdict_desk import VerdictDesk
from .forms import ClaimForm
from .models import Appearance, Claim, Verdict
from .scale import in_words

FIXING = (Verdict.Publication.PROPOSED, Verdict.Publication.PUBLISHED)
ACTIVE = (Verdict.Publication.DRAFT, Verdict.Publication.PROPOSED)


class ReadersFilter(admin.SimpleListFilter):
    """By what readers know of a claim."""

    title = gettext_lazy("readers see")
    parameter_name = "readers"

    def lookups(self, request, model_admin):
        return [
            ("verdict", _("A verdict")),
            ("checking", _("“Being checked”")),
            ("nothing", _("Nothing")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "verdict":
            return queryset.ruled()
        if self.value() == "checking":
            return queryset.being_checked()
        if self.value() == "nothing":
            return queryset.exclude(pk__in=Claim.objects.public().values("pk"))
        return queryset


class DeskFilter(admin.SimpleListFilter):
    """By who works on a claim."""

    title = gettext_lazy("assigned to")
    parameter_name = "desk"

    def lookups(self, request, model_admin):
        return [("mine", _("Me")), ("nobody", _("Nobody"))]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return queryset.filter(assigned_to=request.user)
        if self.value() == "nobody":
            return queryset.filter(assigned_to=None)
        return queryset


@admin.register(Claim)
class ClaimAdmin(VerdictDesk, PlacesOfClaim, ClaimPreview, ClaimsAdmin):
    """Claims: one sentence each, the places where it was printed, the evidence, the verdicts."""

    form = ClaimForm
    acts = CLAIM_ACTS
    actions = ["assign_to_me", "show_checking", "hide_checking"]
    list_display = [
        "statement",
        "claimant",
        "work_state",
        "readers_see",
        "in_the_making",
        "places",
        "works_on_it",
    ]
    list_filter = ["work_state", ReadersFilter, DeskFilter, LanguageFilter]
    list_select_related = ["claimant", "assigned_to"]
    page_related = ("claimant", "assigned_to", "merged_into", "created_by")
    search_fields = ["statement", "claimant__name"]
    search_help_text = gettext_lazy(
        "Words of the claim and its findings, “phrases”, -without, source: tag: after: before:, or the ten digits of "
        "its address."
    )
    autocomplete_fields = ["claimant"]
    readonly_fields = ["work", "works_on_it", "flagged_by"]
    works_on_it = person("assigned_to", gettext_lazy("assigned to"))
    flagged_by = person("created_by", gettext_lazy("flagged by"))
    SAID = ["statement", "claimant", "said_on", "said_precision", "said_as", "said_inferred"]
    verbs = {
        "claim.flag": gettext_lazy("Flagged"),
        "flag.words": gettext_lazy("Flagged on words"),
        "flag.undo": gettext_lazy("Flag taken back"),
        "claim.details": gettext_lazy("Details changed"),
        "claim.move": gettext_lazy("Work moved on"),
        "claim.show-checking": gettext_lazy("“Being checked” shown"),
        "claim.hide-checking": gettext_lazy("“Being checked” hidden"),
    }

    def get_fieldsets(self, request, obj=None):
        said = {
            "fields": ["statement", "claimant", ("said_on", "said_precision"), ("said_as", "said_inferred")],
            "description": self.verdict_stands(obj),
        }
        readers = {"fields": ["context", "chosen_because", "checking_note", "tags", ("language", "slug")]}
        desk = {"fields": ["work", "works_on_it", "flagged_by"]}
        sets = [(None, said), (_("For readers"), readers)]
        return [*sets, (_("At the desk"), desk)] if obj else sets

    def verdict_stands(self, obj) -> str:
        if obj is None:
            return _("A flag alone is an accusation: readers see nothing of a claim that is only flagged.")
        if not has_verdict(obj):
            return ""
        return _(
            "A verdict was given on this sentence, so it stays as it is. If it is wrong, flag the right one."
        )

    def has_change_permission(self, request, obj=None) -> bool:
        """What readers see of a public claim is worded by those who may propose its verdict."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed or request.user.has_perm("claims.propose_verdict"):
            return allowed
        return not (obj.shown_as_checking or obj.ruled_at)

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, *self.SAID] if obj and has_verdict(obj) else self.readonly_fields

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if not self.is_list(request):
            return with_what_its_page_counts(queryset)
        verdicts = Verdict.objects.filter(claim=OuterRef("pk"))
        return queryset.annotate(
            rating_now=Subquery(verdicts.published().values("rating__label")[:1]),
            making=Subquery(verdicts.filter(publication_state__in=ACTIVE).values("publication_state")[:1]),
            place_count=number_of(Appearance.objects.confirmed()),
            waiting_count=number_of(Appearance.objects.filter(match=Appearance.Match.SUGGESTED)),
        )

    # Columns

    @admin.display(description=gettext_lazy("readers see"))
    def readers_see(self, claim) -> str:
        if claim.rating_now and claim.shown_as_checking:
            return _("%(rating)s, under review") % {"rating": in_words(claim.rating_now)}
        if claim.rating_now:
            return in_words(claim.rating_now)
        return _("Being checked") if claim.shown_as_checking else _("nothing")

    @admin.display(description=gettext_lazy("in the making"))
    def in_the_making(self, claim) -> str:
        return Verdict.Publication(claim.making).label if claim.making else ""

    @admin.display(description=gettext_lazy("places"))
    def places(self, claim) -> str:
        address = reverse("admin:claims_claim_places", args=[claim.pk])
        waiting, told = claim.waiting_count, ""
        if waiting:
            words = ngettext("%(number)s to confirm", "%(number)s to confirm", waiting)
            told = format_html(' <span class="small quiet">{}</span>', words % {"number": waiting})
        return format_html('<a href="{}">{}{}</a>', address, claim.place_count or 0, told)

    @admin.display(description=gettext_lazy("work"))
    def work(self, claim) -> str:
        shown = _("readers see “Being checked”") if claim.shown_as_checking else ""
        into = f": {claim.merged_into}" if claim.merged_into else ""
        parts = [claim.get_work_state_display() + into, claim.closing_reason, shown]
        return "; ".join(part for part in parts if part)

    # Saving

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            return
        details = {name: form.cleaned_data[name] for name in form.details()}
        made = workflow.flag(details.pop("statement"), by=request.user, **details)
        obj.pk, obj._state.adding = made.pk, False
        obj.refresh_from_db()

    def keep(self, request, fresh, changed):
        """The row is locked, and proposing locks it too: a sentence is never changed under a verdict."""
        if set(changed) & set(self.SAID) and has_verdict(fresh):
            raise workflow.WorkflowRefused(
                _("A verdict on this sentence was proposed meanwhile: it stays as it is.")
            )
        super().keep(request, fresh, changed)

    def log_addition(self, request, obj, message):
        """The act of flagging wrote its line."""

    def log_change(self, request, obj, message):
        if message:
            ledger.record("claim.details", obj, by=request.user, **message)

    def response_post_save_add(self, request, obj):
        """On to the words: a claim nobody can find in print is of no use to readers."""
        if not request.user.has_perm("claims.add_appearance"):
            return super().response_post_save_add(request, obj)
        article = request.GET.get("article", "")
        query = f"?article={article}" if article.isascii() and article.isdecimal() else ""
        return HttpResponseRedirect(self.act_address(obj, "place") + query)

    # The page

    def public_address(self, obj):
        known = obj.work_state != Claim.Work.MERGED and (obj.shown_as_checking or has_public_verdict(obj))
        return obj.get_absolute_url() if known else None

    # Actions on lists

    def has_check_permission(self, request) -> bool:
        return request.user.has_perm("claims.propose_verdict")

    @admin.action(description=gettext_lazy("Assign to me"), permissions=["check"])
    def assign_to_me(self, request, queryset):
        def assign(claim):
            workflow.move(claim, Claim.Work.ASSIGNED, by=request.user, assigned_to=request.user)

        self.do_each(request, queryset, assign, _("%(count)d claims are assigned to you."))

    @admin.action(description=gettext_lazy("Show “Being checked” to readers"), permissions=["check"])
    def show_checking(self, request, queryset):
        def show(claim):
            workflow.show_as_checking(claim, by=request.user)

        self.do_each(request, queryset, show, _("Readers see “Being checked” on %(count)d claims."))

    @admin.action(description=gettext_lazy("Hide “Being checked” from readers"), permissions=["check"])
    def hide_checking(self, request, queryset):
        def hide(claim):
            workflow.hide_checking(claim, by=request.user)

        self.do_each(request, queryset, hide, _("“Being checked” is hidden on %(count)d claims."))


def number_of(places: QuerySet[Appearance]) -> Subquery:
    """How many of these places each claim has; None where it has none."""
    of_claim = places.filter(claim=OuterRef("pk")).order_by().values("claim")
    return Subquery(of_claim.annotate(count=Count("pk")).values("count"))


def with_what_its_page_counts(claims: QuerySet) -> QuerySet:
    """Claims with what their page says of verdicts and places, in the same query."""
    verdicts = Verdict.objects.filter(claim=OuterRef("pk"))
    places = Appearance.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
    count = places.annotate(count=Count("pk")).values("count")
    return claims.annotate(
        has_verdict=Exists(verdicts.filter(publication_state__in=FIXING)),
        has_public_verdict=Exists(verdicts.published()),
        place_count=Coalesce(Subquery(count), 0),
        suggested_count=Coalesce(Subquery(count.filter(match=Appearance.Match.SUGGESTED)), 0),
    )


def has_verdict(claim: Claim) -> bool:
    """Whether a verdict on the sentence is public or lies before the verdict editors."""
    if "has_verdict" not in claim.__dict__ or claim.pk is None:
        claim.has_verdict = claim.verdicts.filter(publication_state__in=FIXING).exists()
    return claim.has_verdict


def has_public_verdict(claim: Claim) -> bool:
    """Whether readers see a verdict on the claim."""
    if "has_public_verdict" not in claim.__dict__:
        claim.has_public_verdict = claim.verdicts.published().exists()
    return claim.has_public_verdict
