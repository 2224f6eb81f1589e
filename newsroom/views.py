"""The front page, robots.txt and what the site says when something is wrong."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from . import kept, refusals
from .desk import DESK, is_desk
from .front import FrontPage

ROBOTS = f"User-agent: *\nDisallow: {DESK}\n"


class FrontView(TemplateView):
    """The front page."""

    template_name = "newsroom/front.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(front=FrontPage(timezone.now()), **kwargs)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read by machines; the desk has nothing for them."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: an address or a form that could not be read at all, perhaps not even the host it was sent to."""
    return HttpResponseBadRequest(render_to_string("400.html", {"site_name": settings.SITE_NAME}))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, which only the desk ever gives: it says why, and which role may."""
    if not works_here(request):
        return render(request, "403.html", status=403)
    return desk_page(request, "admin/403.html", 403, reason=refusals.why(request, exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that came without a valid token: mostly one that stood open while its writer signed in again."""
    if kept.is_own_form(request) and kept.can_be_kept(request):
        return kept.kept_page(request)
    return desk_page(request, "admin/csrf.html", 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing public stands here, for everybody alike; at the desk, in the desk's frame."""
    if works_here(request):
        return desk_page(request, "admin/404.html", 404)
    return render(request, "404.html", status=404)


def works_here(request: HttpRequest) -> bool:
    """Whether the page belongs to the desk and to somebody who may see its frame."""
    return is_desk(request) and hasattr(request, "user") and admin.site.has_permission(request)


def desk_page(request: HttpRequest, template: str, status: int, **context) -> HttpResponse:
    """A small page in the frame of the desk; of the frame only the name for whoever has not signed in."""
    name = {"site_header": admin.site.site_header, "site_title": admin.site.site_title}
    frame = admin.site.each_context(request) if works_here(request) else name
    return render(request, template, {**frame, **context}, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without request, context or database: any of them may be what is broken."""
    return HttpResponseServerError(render_to_string("500.html"))
