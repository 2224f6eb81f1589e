"""What was printed: the archive, complete without claims."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Archive")

    def ready(self) -> None:
        from . import guarded, searching  # noqa: F401  registers this app's guards, and what of it is searched
