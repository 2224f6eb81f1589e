"""Readers' pages before they are public, for the desk alone: never kept by anybody, never found by a search engine."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.memento import address_to_cite
from articles.models import Article, ArticleVersion

from .admin_places_told import in_words
from .previewing import ClaimAsApproved, VersionReading, proposed_in


def kept_nowhere(view):
    """The answer is kept by no cache and no browser, and no search engine lists it."""

    @wraps(view)
    def answered(*args, **kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered


class ArticlePreview:
    """Mixed into the admin of articles."""

    def get_urls(self):
        # Cacheable to Django's admin alone, which would otherwise write its own rule for caches over ours.
        view = self.admin_site.admin_view(self.preview_view, cacheable=True)
        return [
            path("<path:object_id>/preview/", view, name="articles_article_preview"),
            *super().get_urls(),
        ]

    @method_decorator([require_safe, kept_nowhere])
    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One version as readers will see it: the newest, unless `version` names another; `proposed` shows verdicts."""
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied(_("Your role does not allow this."))
        version = version_asked(article, request.GET.get("version", ""))
        proposed = bool(request.GET.get("proposed"))
        if proposed and not request.user.has_perm("claims.view_verdict"):
            raise PermissionDenied(_("Your role does not allow this."))
        return render(
            request, "claims/article_preview.html", self.preview_context(request, article, version, proposed)
        )

    def preview_context(self, request, article: Article, version: ArticleVersion, proposed: bool) -> dict:
        now = timezone.now()
        # Asked before the reading, which shows its version as the live one.
        live, state = article.live_version, state_in_words(article, version, now)
        offers = request.user.has_perm("claims.view_verdict") and (proposed or proposed_in(version))
        return {
            "reading": VersionReading(article, version, now, proposed=proposed),
            "article": article,
            "state": state,
            "proposed": proposed,
            "offers_proposed": offers,
            "newest": article.latest_version,
            "live": live,
            "public_address": article.get_absolute_url() if article.is_public(now) else "",
            # Only what readers can read is cited.
            "cite_url": address_to_cite(request, version)
            if article.is_public(now) and version == live
            else "",
        }


def version_asked(article: Article, number: str) -> ArticleVersion:
    """The version of that number, or the newest. Raise Http404 where the article has none of that number."""
    if not number:
        return article.latest_version
    known = number.isascii() and number.isdecimal() and len(number) < 6
    version = article.versions.filter(number=int(number)).first() if known else None
    if version is None:
        raise Http404
    return version


def state_in_words(article: Article, version: ArticleVersion, now) -> str:
    """What readers have of the article instead of this page."""
    if article.state == Article.State.DRAFT:
        return _("not public: the article is a draft")
    if article.state == Article.State.WITHDRAWN:
        return _("not public: the article is withdrawn")
    if not article.is_public(now):
        return _("not public until %(time)s") % {"time": in_words(article.public_from)}
    if version.pk != article.live_version_id:
        return _("not public: readers see version %(number)s") % {"number": article.live_version.number}
    return _("readers see this version")


class ClaimPreview:
    """Mixed into the admin of claims."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view, cacheable=True)
        return [path("<path:object_id>/preview/", view, name="claims_claim_preview"), *super().get_urls()]

    @method_decorator([require_safe, kept_nowhere])
    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The claim's page as it will be once its verdict in the making is approved."""
        claim = self.get_object(request, object_id)
        if claim is None:
            raise Http404
        if not (self.has_view_permission(request, claim) and request.user.has_perm("claims.view_verdict")):
            raise PermissionDenied(_("Your role does not allow this."))
        public = self.public_address(claim)
        page = ClaimAsApproved(claim, timezone.now())
        context = {
            "page": page,
            "claim": claim,
            "making": page.making,
            "is_draft": bool(page.making) and not page.making.proposed_at,
            "public_address": public,
            "canonical_url": address_to_cite(request, claim),
        }
        return render(request, "claims/claim_preview.html", context)
