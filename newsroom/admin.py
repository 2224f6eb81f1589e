"""The desk's name, and the way from it to the readers' pages."""

from django.conf import settings
from django.contrib import admin
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def name_of_the_desk() -> str:
    """Such as “Newsroom desk”, in the language of whoever reads it."""
    return gettext("%(site)s desk") % {"site": settings.SITE_NAME}


admin.site.site_header = admin.site.site_title = lazy(name_of_the_desk, str)()
admin.site.index_title = _("Waiting for you")
admin.site.site_url = "/"
# The ways to the records stand in the header: a list of every table beside each page leaves no room for the page.
admin.site.enable_nav_sidebar = False
