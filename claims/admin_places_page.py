"""Every place of one claim at the desk, with the acts on each: forms that need no script, answers for the script."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.core.admin_forms import ActForm, sentence
from newsroom.core.pages import BadCursor

from . import access, placing, workflow
from .admin_places_elsewhere import ElsewhereOfClaim
from .admin_places_read import ClaimPlaces, PlaceRow, UnknownList

ASKS = {
    placing.EXEMPT: gettext_lazy("Say why the verdict is not shown in this place."),
    placing.DETACH: gettext_lazy("Say why the claim is taken off these words."),
}


class PlaceActForm(ActForm):
    """One act on one place, and the state of the place as the page showed it."""

    act = forms.ChoiceField(choices=[(act, act) for act in placing.ACTS])
    seen = forms.CharField(max_length=200)
    reason = forms.CharField(max_length=300, required=False)

    def clean(self):
        given = super().clean()
        asked = ASKS.get(given.get("act"))
        if asked and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", asked)
        return given


class PlacesOfClaim(ElsewhereOfClaim):
    """Mixed into the admin of claims."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/places/", wrap(self.places_view), name="claims_claim_places"),
            path(
                "<path:object_id>/places/same-words/",
                wrap(self.same_words_view),
                name="claims_claim_same_words",
            ),
            path("<path:object_id>/places/<int:place>/", wrap(self.place_view), name="claims_claim_place"),
            *super().get_urls(),
        ]

    def places_of(self, request: HttpRequest, object_id: str) -> ClaimPlaces:
        """Raise Http404 for no claim, PermissionDenied for whoever may not see it, UnknownList for no list."""
        claim = self.get_object(request, object_id)
        if claim is None:
            raise Http404
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        return ClaimPlaces(claim, request.user, request.GET, timezone.now())

    # The list

    def places_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Every place, 25 on a page."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            reading = self.places_of(request, object_id)
            return self.places_page(request, reading, reading.rows)
        except (UnknownList, BadCursor) as error:
            messages.error(request, str(error))
            return self.places_refused(request, object_id)

    def places_refused(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """400 with the first page of all places under the message."""
        request.GET = type(request.GET)("")
        reading = self.places_of(request, object_id)
        return self.places_page(request, reading, reading.rows, status=400)

    def places_page(
        self, request: HttpRequest, reading: ClaimPlaces, rows: list[PlaceRow], status: int = 200
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Every place it is printed"),
            "subtitle": reading.claim.statement,
            "opts": self.opts,
            "claim": reading.claim,
            "reading": reading,
            "rows": rows,
            "query": query_of(request),
            "next": reading.page.next_link(request.GET),
            "previous": reading.page.previous_link(request.GET),
            "public_address": self.public_address(reading.claim),
        }
        return TemplateResponse(request, "admin/claims/places.html", context, status=status)

    # One act on one place

    def place_view(self, request: HttpRequest, object_id: str, place: int) -> HttpResponse:
        """Do one act. Whoever asks for JSON is answered in it; others come back to the list."""
        if request.method != "POST":
            return HttpResponseRedirect(self.places_address(object_id, request, place))
        answer = self.answer_json if wants_json(request) else self.answer_page
        try:
            reading = self.places_of(request, object_id)
            row = reading.row(place)
            if row is None:
                raise Http404
            demand(reading, row)
            form = PlaceActForm(request.POST)
            if not form.is_valid():
                return answer(request, reading, row, form, 400, first_error(form))
            return self.act_on_place(request, reading, row, form, answer)
        except PermissionDenied as error:
            if answer == self.answer_json:
                return JsonResponse({"said": str(error) or _("Your role does not allow this.")}, status=403)
            raise
        except (UnknownList, BadCursor) as error:
            if answer == self.answer_json:
                return JsonResponse({"said": str(error)}, status=400)
            messages.error(request, str(error))
            return self.places_refused(request, object_id)

    def act_on_place(self, request, reading, row, form, answer) -> HttpResponse:
        given = form.cleaned_data
        try:
            done = placing.act_on(
                row.appearance, given["act"], by=request.user, begins=given["seen"], reason=given["reason"]
            )
        except workflow.SomebodyWasFaster:
            said = _(
                "Somebody else changed this place just now. Here is how it stands; nothing of yours was written."
            )
            return answer(request, reading, row, form, 409, said)
        except workflow.WorkflowRefused as refusal:
            return answer(request, reading, row, form, 400, sentence(refusal))
        return answer(request, reading, row, form, 200, done.said, done.undo)

    def answer_json(self, request, reading, row, form, status, said, undo=None) -> HttpResponse:
        """What to say, the place as it stands now, and what would put it back."""
        fresh = self.fresh(reading, row, form, status)
        context = {"place": fresh, "reading": reading, "claim": reading.claim, "query": query_of(request)}
        given = {
            "said": said,
            "row": render_to_string("admin/claims/places_row.html", context, request),
            "tabs": render_to_string("admin/claims/places_tabs.html", context, request),
            "undo": undo and {"act": undo.act, "reason": undo.reason},
        }
        return JsonResponse(given, status=status)

    def answer_page(self, request, reading, row, form, status, said, _undo=None) -> HttpResponse:
        """Back to the list at the place; what was refused stays on the page with what was typed."""
        if status == 200:
            messages.success(request, said)
            return HttpResponseRedirect(self.places_address(reading.claim.pk, request, row.appearance.pk))
        messages.error(request, said)
        fresh = self.fresh(reading, row, form, status)
        rows = [fresh if each.appearance.pk == fresh.appearance.pk else each for each in reading.rows]
        return self.places_page(request, reading, rows if fresh in rows else [fresh, *rows], status)

    def fresh(self, reading: ClaimPlaces, row: PlaceRow, form: PlaceActForm, status: int) -> PlaceRow:
        """The place as it stands now; after a refusal with the words that were typed and what is wrong with them."""
        fresh = reading.row(row.appearance.pk)
        if status != 200:
            fresh.typed = {"act": form.data.get("act", ""), "reason": form.data.get("reason", "")}
            fresh.errors = {name: list(errors) for name, errors in form.errors.items()}
        return fresh

    def places_address(self, claim, request: HttpRequest, place: int | None = None) -> str:
        address = reverse(f"{self.admin_site.name}:claims_claim_places", args=[claim])
        return f"{address}{query_of(request)}{f'#place-{place}' if place else ''}"

    # Places that say exactly the same words

    def same_words_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The list for looking through, and the confirming of what stays ticked in it."""
        reading = self.places_of(request, object_id)
        if request.method == "POST":
            if not reading.may:
                raise PermissionDenied(_("Your role does not allow this."))
            access.demand(reading.barred)
            self.confirm_ticked(request, reading)
            return HttpResponseRedirect(self.places_address(reading.claim.pk, request))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Places that print exactly the same words"),
            "subtitle": reading.claim.statement,
            "opts": self.opts,
            "claim": reading.claim,
            "reading": reading,
            "rows": reading.alike,
            "public_address": self.public_address(reading.claim),
        }
        return TemplateResponse(request, "admin/claims/places_same.html", context)

    def confirm_ticked(self, request: HttpRequest, reading: ClaimPlaces) -> None:
        """Confirm each ticked place by itself, as it stood on the page; say of each that was refused why."""
        offered = {row.appearance.pk: row for row in reading.alike}
        done = 0
        for ticked in request.POST.getlist("place"):
            key, _sep, seen = ticked.partition(" ")
            row = offered.get(int(key)) if key.isascii() and key.isdecimal() and len(key) < 19 else None
            if row is None:
                messages.error(
                    request, _("One of the places does not wait here any more. Nothing was done to it.")
                )
                continue
            try:
                access.demand(row.why_not)
                placing.act_on(row.appearance, placing.Match.SAME, by=request.user, begins=seen)
                done += 1
            except (workflow.WorkflowRefused, access.Barred) as refusal:
                messages.error(request, f"{row.article}: {refusal}")
        said = ngettext("%(count)d place is confirmed.", "%(count)d places are confirmed.", done)
        messages.success(request, said % {"count": done})


def demand(reading: ClaimPlaces, row: PlaceRow) -> None:
    """Raise PermissionDenied where the role does not allow judging, Barred by a rule of conduct."""
    if not reading.may:
        raise PermissionDenied(_("Your role does not allow this."))
    access.demand(row.why_not)


def first_error(form: PlaceActForm) -> str:
    """The sentence that says what to do; a forged act or state is no sentence of ours."""
    if "reason" in form.errors:
        return form.errors["reason"][0]
    return _("This is no act on a place. Load the page again.")


def query_of(request: HttpRequest) -> str:
    """The query string of the list, so that acts come back to the same page of it."""
    return f"?{request.GET.urlencode()}" if request.GET else ""


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
