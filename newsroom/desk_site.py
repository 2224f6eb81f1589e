"""The desk as Django's admin site: its name, its first page, what waits there."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def name_of_the_desk() -> str:
    """Such as “Newsroom desk”, in the language of whoever reads it."""
    return gettext("%(site)s desk") % {"site": settings.SITE_NAME}


class DeskSite(admin.AdminSite):
    """Every page under /admin/."""

    site_header = site_title = lazy(name_of_the_desk, str)()
    index_title = _("Waiting for you")
    site_url = "/"
    # The ways to the records stand in the header: a list of every table beside each page leaves no room for the page.
    enable_nav_sidebar = False

    @property
    def queues(self) -> tuple:
        """What waits at the desk, in the order in which it presses."""
        # Found late: the site is made before the models are.
        import articles.queues
        import claims.queues

        return (*claims.queues.ALL, *articles.queues.ALL)

    def get_urls(self) -> list:
        """The desk's own search beside the pages of the records."""
        return [path("search/", self.admin_view(self.search), name="search"), *super().get_urls()]

    def search(self, request: HttpRequest) -> HttpResponse:
        """Articles, claims and sources in every state."""
        from .search_desk import search_view

        return search_view(self, request)

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        """The first page: what waits for this person."""
        from .dashboard import Dashboard

        context = {"dashboard": Dashboard(self, request), **(extra_context or {})}
        return super().index(request, context)
