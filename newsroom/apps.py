"""The site itself: it composes the apps and owns no tables."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")


class DeskConfig(AdminConfig):
    """Django's admin, with our site."""

    default_site = "newsroom.desk_site.DeskSite"
