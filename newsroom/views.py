"""The front page, robots.txt and what the site says when something is wrong."""

from django.views.generic import TemplateView


class FrontView(TemplateView): ...


def robots(request): ...


def bad_request(request, exception): ...


def permission_denied(request, exception): ...


def page_not_found(request, exception): ...


def server_error(request): ...
