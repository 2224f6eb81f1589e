"""The ground both apps stand on; it knows neither."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "newsroom.core"
    label = "core"
    verbose_name = _("People and ledger")

    def ready(self) -> None:
        from . import checks, guarded, guards  # noqa: F401  registers checks and guards
        from .search import acts, planning  # noqa: F401  what was done is found at once; PostgreSQL's plans
        from .search import checks as search_checks  # noqa: F401  registers the search's check and triggers
