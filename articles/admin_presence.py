"""Who else has an article open: told on the page as it is loaded, and by its script while it stays open."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from newsroom.core.admin_forms import is_key

from . import presence
from .admin_editor import posted
from .models import Article, ArticleVersion, Presence

LONGEST_NUMBER = 9  # digits of a version's number


class TellsWhoElse:
    """Mixed into the admin of articles."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.present_view)
        return [path("<int:key>/present/", view, name="articles_article_present"), *super().get_urls()]

    def may_work_on(self, request: HttpRequest, article: Article, page: str) -> bool:
        """Whether the person can change anything on that page of the article; who only reads it is in nobody's way."""
        return page == Presence.Page.EDIT and self.has_change_permission(request, article)

    def presence_on(self, request, article: Article, page: str, *, base, writing: bool = False) -> dict:
        """Note that the page is open, and give what it prints: who else has the article open. Two queries."""
        works = self.may_work_on(request, article, page)
        if works:
            presence.arrive(article, request.user, page, writing=writing)
        return {
            "told": presence.told(presence.others(article, request.user)),
            "address": reverse("admin:articles_article_present", args=[article.pk]) if works else "",
            "page": page,
            "base": base,
            "writing": writing,
            "every": presence.EVERY,
        }

    @posted
    def present_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """A page tells that it is open still, or that it closes. The answer: who else is there, and what came since."""
        rows = self.get_queryset(request).select_related(None)
        article = rows.filter(pk=key).first() if is_key(key) else None
        if article is None:
            raise Http404
        page, base = request.POST.get("page", ""), request.POST.get("base", "")
        if page not in Presence.Page or not (is_key(base) and len(base) <= LONGEST_NUMBER):
            return HttpResponseBadRequest(_("This page is incomplete. Load it again."))
        if not self.may_work_on(request, article, page):
            raise PermissionDenied(_("Your role does not allow this."))
        if "leaves" in request.POST:
            presence.leave(article, request.user, page)
            return JsonResponse({"told": []})
        writing = request.POST.get("writing") == "1"
        presence.hear(article, request.user, page, writing=writing)
        told = presence.told(presence.others(article, request.user))
        versions = ArticleVersion.objects.without_text().select_related("author")
        newer = presence.newer_than(int(base), versions.get(pk=article.latest_version_id), page)
        return JsonResponse({"told": [newer, *told] if newer else told})
