"""What became of the marks: the page of one article on which people decide about words that changed under a claim."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article, ArticleVersion
from newsroom.core.admin_forms import ActForm, is_key, sentence

from . import moved, workflow
from .admin_flag import Way
from .admin_marks_read import ArticleMarks, MarkRow
from .admin_places_told import Told
from .flag_finding import Spot, spot_of
from .moved import Shown
from .statuses import OTHER_MARKS

CONFIRM, PLACE, DETACH = "confirm", "place", "detach"
STANDS_OTHERWISE = gettext_lazy(
    "Somebody else changed this place just now. Here is how it stands; nothing of yours was written."
)


class MarksForm(ActForm):
    """One act on places as the page showed them, in one version of the article."""

    act = forms.ChoiceField(choices=[(act, act) for act in (CONFIRM, PLACE, DETACH)])
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    candidate = forms.CharField(max_length=20_000, strip=False, required=False)
    reason = forms.CharField(max_length=300, required=False)
    candidate.own_hygiene = True

    def __init__(self, data):
        super().__init__(data)
        self.shown = [shown for each in data.getlist("place")[:1000] if (shown := shown_in(each))]

    def clean(self):
        given = super().clean()
        if given.get("act") == DETACH and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why the claim is taken off these words."))
        if given.get("act") != CONFIRM and len(self.shown) != 1:
            self.add_error("act", _("This is no act on a place. Load the page again."))
        return given

    @property
    def spot(self) -> Spot | None:
        return spot_of(self.cleaned_data["candidate"])


def shown_in(posted: str) -> Shown | None:
    """The place that a form names, with the state it was shown in; None for what names none."""
    key, _sep, seen = posted.partition(" ")
    return Shown(int(key), seen) if is_key(key) else None


class MarksOfArticle:
    """Mixed into the admin of articles."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.marks_view)
        return [path("<path:object_id>/marks/", view, name="articles_article_marks"), *super().get_urls()]

    def acts_on(self, request: HttpRequest, obj: Article) -> dict:
        """The way to this page stands after those to the acts on an article."""
        acts = super().acts_on(request, obj)
        way = Way(_("What became of the marks"), self.marks_address(obj))
        return {**acts, "open_acts": [*acts["open_acts"], way]}

    def marks_address(self, article: Article, row: int | None = None) -> str:
        address = reverse(f"{self.admin_site.name}:articles_article_marks", args=[quote(article.pk)])
        return f"{address}#mark-{row}" if row else address

    def marks_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page; POST decides. 403 for whoever may not."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        article = self.article_or_404(request, object_id)
        if not request.user.has_perm("claims.view_appearance"):
            raise PermissionDenied(_("Your role does not allow this."))
        if request.method != "POST":
            return self.marks_page(request, article)
        if not request.user.has_perms(["claims.change_appearance", "claims.change_placement"]):
            raise PermissionDenied(_("Your role does not allow this."))
        return self.decided(request, article, MarksForm(request.POST))

    def decided(self, request: HttpRequest, article: Article, form: MarksForm) -> HttpResponse:
        if not form.is_valid():
            return self.refused(request, article, form, 400, first_error(form))
        version = (
            article.versions.filter(number=form.cleaned_data["version"]).select_related("article").first()
        )
        if version is None:
            raise Http404
        act = form.cleaned_data["act"]
        try:
            if act == CONFIRM:
                return self.confirmed(request, article, version, form)
            said = (
                self.placed(request, version, form)
                if act == PLACE
                else self.taken_off(request, version, form)
            )
        except workflow.SomebodyWasFaster:
            return self.refused(request, article, form, 409, STANDS_OTHERWISE)
        except workflow.WorkflowRefused as refusal:
            return self.refused(request, article, form, 400, sentence(refusal))
        messages.success(request, said)
        return HttpResponseRedirect(self.marks_address(article, form.shown[0].appearance))

    def placed(self, request: HttpRequest, version: ArticleVersion, form: MarksForm) -> str:
        if form.spot is None:
            raise workflow.WorkflowRefused(_("Choose the words first."))
        placement = moved.place_again(form.shown[0], version, form.spot, by=request.user)
        return _("The claim stands on “%(words)s” in version %(number)s.") % {
            "words": " ".join(placement.exact.split())[:80],
            "number": version.number,
        }

    def taken_off(self, request: HttpRequest, version: ArticleVersion, form: MarksForm) -> str:
        moved.detach(form.shown[0], version, by=request.user, reason=form.cleaned_data["reason"])
        return _("The claim is off these words. Flag the right ones where they stand.")

    def confirmed(self, request, article: Article, version: ArticleVersion, form: MarksForm) -> HttpResponse:
        """Say what was confirmed, and of each place that was left out why."""
        if not form.shown:
            return self.refused(request, article, form, 400, _("Nothing was ticked. Nothing was confirmed."))
        outcome = moved.confirm(version, form.shown, by=request.user)
        if len(form.shown) == 1 and outcome.left_out:
            raise workflow.SomebodyWasFaster
        done = len(outcome.placements)
        if done:
            said = ngettext(
                "%(count)d claim is confirmed in version %(number)s: its words still make it.",
                "%(count)d claims are confirmed in version %(number)s: their words still make them.",
                done,
            )
            messages.success(request, said % {"count": done, "number": version.number})
        for why in dict.fromkeys(why for _key, why in outcome.left_out):
            count = sum(1 for _key, each in outcome.left_out if each == why)
            said = ngettext("%(count)d was left out: %(why)s", "%(count)d were left out: %(why)s", count)
            messages.error(request, said % {"count": count, "why": why})
        only = form.shown[0].appearance if len(form.shown) == 1 else None
        return HttpResponseRedirect(self.marks_address(article, only))

    def refused(self, request, article: Article, form: MarksForm, status: int, said: str) -> HttpResponse:
        """The page as it stands now, with what was typed and what is wrong with it."""
        messages.error(request, said)
        fresh = self.article_or_404(request, str(article.pk))
        reading = ArticleMarks(fresh, request.user, timezone.now())
        for row in reading.rows:
            if form.shown and row.appearance.pk == form.shown[0].appearance:
                row.typed = {name: form.data.get(name, "") for name in ("act", "version", "reason")}
                row.errors = {name: list(errors) for name, errors in form.errors.items()}
        return self.marks_page(request, fresh, reading, status)

    def marks_page(
        self, request: HttpRequest, article: Article, reading: ArticleMarks | None = None, status: int = 200
    ) -> HttpResponse:
        reading = reading or ArticleMarks(article, request.user, timezone.now())
        context = {
            **self.admin_site.each_context(request),
            "title": _("What became of the marks"),
            "subtitle": article.headline,
            "opts": self.opts,
            "original": article,
            "article": article,
            "reading": reading,
            "address": self.marks_address(article),
            "flagging_at": self.flag_address(article),
            "marks": {*OTHER_MARKS, *marks_of(reading.rows)},
            "public": self.public_address(article),
        }
        return TemplateResponse(request, "admin/articles/marks.html", context, status=status)


def marks_of(rows: list[MarkRow]) -> set[str]:
    told: list[Told] = [row.now for row in rows]
    return {each.mark for each in told if each.mark}


def first_error(form: MarksForm) -> str:
    """The sentence that says what to do; a forged act or version is no sentence of ours."""
    if "reason" in form.errors:
        return form.errors["reason"][0]
    return _("This is no act on a place. Load the page again.")
