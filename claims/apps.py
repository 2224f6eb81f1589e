"""What is asserted, where it stands, and what held up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Claims and verdicts")

    def ready(self) -> None:
        # Guards of this app's tables; placements follow the words, also those that go; what of it is searched.
        from . import guarded, receivers, removed, searching  # noqa: F401
