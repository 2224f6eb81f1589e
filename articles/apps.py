"""What was printed: the archive, complete without claims."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Archive")

    def ready(self) -> None:
        from . import guarded  # noqa: F401  registers the guards of this app's tables
