"""The front page, robots.txt and what the site says when something is wrong."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from claims.access import Barred

from .desk import DESK
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
    """403, which only the desk ever gives; a rule of conduct says which it is."""
    reason = str(exception) if isinstance(exception, Barred) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing public stands here, for everybody alike."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without request, context or database: any of them may be what is broken."""
    return HttpResponseServerError(render_to_string("500.html"))
