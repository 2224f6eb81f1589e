"""What is asserted, where it stands, and what held up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Claims and verdicts")

    def ready(self) -> None:
        from . import guarded, receivers  # noqa: F401  guards of this app's tables; placements follow the words
