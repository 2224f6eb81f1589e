"""Read and flag: an article's page at the desk on which words are chosen, and become a claim or a place of one."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.models import Article, ArticleVersion, Presence
from newsroom.core.admin_base import uid_in
from newsroom.core.admin_forms import sentence

from . import flagging, workflow
from .flag_sheet import DeskSheet
from .flag_sources import offered
from .forms_flag import KEPT, LOOK, SAVE, FlagForm
from .models import Appearance, Placement, Rating
from .placing import WIDE
from .similar import similar_claims
from .statuses import OTHER_MARKS

UNDO_SECONDS = 10
ANCHORED = Placement.Anchor.ANCHORED
SIMILAR = 5


class Way(NamedTuple):
    """A link among the acts on an object."""

    label: str
    address: str


class FlagsWords:
    """Mixed into the admin of articles."""

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, "articles_article_flag"
        return [
            path("<path:object_id>/flag/", wrap(self.flag_view), name=name),
            path("<path:object_id>/flag/sources/", wrap(self.sources_view), name=f"{name}_sources"),
            path("<path:object_id>/flag/undo/", wrap(self.undo_view), name=f"{name}_undo"),
            *super().get_urls(),
        ]

    def acts_on(self, request: HttpRequest, obj: Article) -> dict:
        """The way to this page stands first among the acts on an article."""
        acts = super().acts_on(request, obj)
        return {**acts, "open_acts": [Way(_("Read and flag"), self.flag_address(obj)), *acts["open_acts"]]}

    def may_work_on(self, request: HttpRequest, article: Article, page: str) -> bool:
        """On this page works whoever may flag."""
        if page == Presence.Page.FLAG:
            return flagging.may_flag(request.user)
        return super().may_work_on(request, article, page)

    def flag_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page; POST looks the words up or flags them. 403 for whoever may not."""
        article = self.article_or_404(request, object_id)
        if request.method != "POST":
            form = FlagForm(article, initial=self.kept_from(request.GET))
            return FlagPage(self, request, article, self.asked_version(request, article), form).whole()
        if not flagging.may_flag(request.user):
            raise PermissionDenied(_("Your role does not allow this."))
        return self.posted(request, article)

    def posted(self, request: HttpRequest, article: Article) -> HttpResponse:
        form = self.form_for(request, article)
        if form.is_valid() and form.mode == SAVE and (done := self.flag(request, form)):
            return self.flagged(request, article, form, done)
        if any(isinstance(error, flagging.Overtaken) for error in getattr(form, "refusals", ())):
            form = self.form_for(request, self.article_or_404(request, str(article.pk)))
            form.is_valid()
        form.prefill()
        version = form.passages.version if form.passages else workflow.working_version(form.article)
        return FlagPage(self, request, form.article, version, form).answer()

    def form_for(self, request: HttpRequest, article: Article) -> FlagForm:
        saves = {"save", "save_next", "claim"} & request.POST.keys()
        mode = SAVE if saves and "look" not in request.POST else LOOK
        return FlagForm(article, request.POST, mode=mode, attach=request.POST.get("claim", ""))

    def flag(self, request: HttpRequest, form: FlagForm) -> flagging.Flagged | None:
        """Do it. What refuses it becomes an error on the form, and nothing is written."""
        where = {"by": request.user, "role": form.cleaned_data["role"] or Appearance.Role.ASSERTS}
        version, spots = form.passages.version, form.passages.chosen
        try:
            if form.attach_to:
                return flagging.attach_words(form.attach_to, version, spots, **where)
            said = {name: form.cleaned_data[name] for name in ("statement", "tags")}
            return flagging.flag_words(
                version, spots, claimant=form.claimant, **said, **form.details(), **where
            )
        except (workflow.WorkflowRefused, ValidationError, IntegrityError) as error:
            refusal = self.as_refusal(error)
            if refusal is None:
                raise
            form.refusals = [error]
            form.add_error(None, sentence(refusal))
            return None

    def flagged(self, request, article: Article, form: FlagForm, done: flagging.Flagged) -> HttpResponse:
        """Back to the words, now marked."""
        uids = ",".join(str(placement.appearance.uid) for placement in done.placements)
        version, said = form.passages.version, says_done(done)
        goes_on = "save_next" in request.POST
        if wants_json(request):
            kept = {name: form[name].value() for name in KEPT} if goes_on else {}
            page = FlagPage(self, request, article, version, FlagForm(article, initial=kept))
            marks = [f"m{placement.pk}" for placement in done.placements]
            more = {"marks": marks, "next": goes_on, "undo": uids, "seconds": UNDO_SECONDS}
            return JsonResponse({"ok": True, "said": said, **page.parts(), **more})
        self.message_user(request, said)
        query = {"version": version.number, "flagged": uids}
        if goes_on:
            query |= {name: form[name].value() for name in KEPT if form[name].value()}
        address = f"{self.flag_address(article)}?{urlencode(query)}#m{done.placements[0].pk}"
        return HttpResponseRedirect(address)

    @method_decorator(require_POST)
    def undo_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take one's own flag of a moment ago back."""
        article = self.article_or_404(request, object_id)
        if not flagging.may_flag(request.user):
            raise PermissionDenied(_("Your role does not allow this."))
        rows = appearances_in(article, request.POST.get("flagged", ""))
        refused = ""
        try:
            flagging.undo_flag(rows, by=request.user)
        except workflow.WorkflowRefused as error:
            refused = str(error)
        said = refused or _("The flag is taken back.")
        if wants_json(request):
            version = self.asked_version(request, article)
            page = FlagPage(self, request, article, version, FlagForm(article))
            return JsonResponse(
                {"ok": not refused, "said": said, **page.parts()}, status=409 if refused else 200
            )
        self.message_user(request, said, messages.ERROR if refused else messages.SUCCESS)
        number = request.POST.get("version", "")
        query = f"?version={number}" if number.isascii() and number.isdecimal() else ""
        return HttpResponseRedirect(self.flag_address(article) + query)

    @method_decorator(require_GET)
    def sources_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Names of sources that begin with what is typed, for the field of whoever said it."""
        self.article_or_404(request, object_id)
        if not request.user.has_perm("claims.view_source"):
            raise PermissionDenied(_("Your role does not allow this."))
        found = offered(request.GET.get("q", "").replace("\x00", ""))
        rows = [{"name": source.name, "kind": source.get_kind_display()} for source in found]
        return JsonResponse({"sources": rows})

    # what the views share

    def article_or_404(self, request: HttpRequest, object_id: str) -> Article:
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied(_("Your role does not allow this."))
        return article

    def asked_version(self, request: HttpRequest, article: Article) -> ArticleVersion:
        """The version that `version` numbers, of the live and the newest one; else the one the desk works on."""
        number = request.GET.get("version") or request.POST.get("version")
        current = [article.live_version, article.latest_version]
        asked = (each for each in current if each and str(each.number) == number)
        return next(asked, workflow.working_version(article))

    def kept_from(self, given) -> dict[str, str]:
        return {name: given[name] for name in KEPT if name in given}

    def flag_address(self, article: Article) -> str:
        return reverse(f"{self.admin_site.name}:articles_article_flag", args=[quote(article.pk)])


class FlagPage:
    """The page of one version, whole or in the parts that a script puts in place."""

    def __init__(self, model_admin, request: HttpRequest, article: Article, version: ArticleVersion, form):
        self.admin, self.request, self.article = model_admin, request, article
        self.version, self.form = version, form
        self.sheet = DeskSheet(version)
        self.may_flag = flagging.may_flag(request.user)

    def answer(self) -> HttpResponse:
        """After looking, or a refusal: nothing was flagged yet."""
        if not wants_json(self.request):
            return self.whole()
        stale = bool(self.form.passages and self.form.passages.stale)
        said = " ".join(str(message) for messages in self.form.errors.values() for message in messages)
        parts = self.parts() if stale else {"panel": self.draw("panel")}
        return JsonResponse({"ok": False, "said": said, "stale": stale, **parts})

    def parts(self) -> dict[str, str]:
        return {name: self.draw(name) for name in ("sheet", "list", "panel")}

    def draw(self, part: str) -> str:
        return render_to_string(f"admin/articles/flag_{part}.html", self.context(), self.request)

    def whole(self) -> HttpResponse:
        site = self.admin.admin_site.each_context(self.request)
        context = {
            **site,
            **self.context(),
            "title": _("Read and flag"),
            "subtitle": self.article.headline,
            "opts": self.admin.opts,
            "original": self.article,
            "media": self.admin.media,
            "versions": self.versions(),
            "undoable": self.undoable(),
            "was": checked_words(self.article, self.request.GET.get("was", "")),
            "marks_at": self.admin.marks_address(self.article),
            "public": self.admin.public_address(self.article),
            "present": self.admin.presence_on(
                self.request, self.article, Presence.Page.FLAG, base=self.version.number
            ),
            # What the script puts in place may bring any mark.
            "all_marks": {*OTHER_MARKS, *Rating.objects.values_list("mark", flat=True)},
        }
        return TemplateResponse(self.request, "admin/articles/flag.html", context)

    def context(self) -> dict[str, Any]:
        shown = self.form if self.form.is_bound else None
        seen = self.form.seen_known if shown else ""
        return {
            "article": self.article,
            "version": self.version,
            "sheet": self.sheet,
            "form": self.form,
            "address": self.admin.flag_address(self.article),
            "may_flag": self.may_flag,
            "similar": similar_claims(seen, limit=SIMILAR) if seen else [],
            "only_suggests": not self.request.user.has_perm("claims.change_appearance"),
        }

    def versions(self) -> list[dict[str, Any]]:
        """The live version and a newer one that waits, where there are two to choose from."""
        live, newest = self.article.live_version, self.article.latest_version
        if not live or live.pk == newest.pk:
            return []
        said = {
            live: _("Version %(number)d, which readers see"),
            newest: _("Version %(number)d, which waits"),
        }
        return [
            {
                "words": words % {"number": each.number},
                "address": f"{self.admin.flag_address(self.article)}?version={each.number}",
                "current": each.pk == self.version.pk,
            }
            for each, words in said.items()
        ]

    def undoable(self) -> str:
        """The uids of a flag made a moment ago, where its maker can still take it back."""
        given = self.request.GET.get("flagged", "")
        rows = appearances_in(self.article, given) if given and self.may_flag else []
        return given if rows and not flagging.why_not_undo(rows, by=self.request.user) else ""


def checked_words(article: Article, uid: str) -> Placement | None:
    """The words on which the place of that uid was last checked, for flagging what they became; None for no place."""
    known = uid_in(uid) if uid else None
    rows = Placement.objects.filter(appearance__uid=known, appearance__article=article, anchor=ANCHORED)
    rows = rows.filter(ended_at__isnull=True).select_related("version", "appearance__claim").defer(*WIDE)
    return rows.order_by("-version__number").first() if known else None


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's script asks, which puts the answer in place itself."""
    return request.headers.get("Accept", "") == "application/json"


def appearances_in(article: Article, uids: str) -> list[Appearance]:
    """The appearances of this article that the uids, split by commas, name."""
    known = [uid for uid in map(uid_in, uids.split(",")[:50]) if uid]
    rows = Appearance.objects.filter(uid__in=known, article=article) if known else Appearance.objects.none()
    return list(rows.select_related("claim", "article").order_by("pk"))


def says_done(done: flagging.Flagged) -> str:
    words = {"words": " ".join(done.placements[0].exact.split())[:80], "count": len(done.placements)}
    if len(done.placements) > 1:
        return _("%(count)d places of one claim are flagged.") % words
    if not done.confirmed:
        return _("Flagged as a suggestion: “%(words)s”. A fact-checker confirms it.") % words
    return _("Flagged: “%(words)s”.") % words
