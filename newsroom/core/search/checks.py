"""System check of the search: its triggers stand (newsroom.core.E006)."""

from collections.abc import Sequence

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from newsroom.core.checks import triggers_follow

from . import triggers


@register(Tags.database)
def search_is_told(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: object
) -> list[CheckMessage]:
    """Every trigger that tells the search what changed stands as it was written."""
    if triggers_follow():
        return []
    return [
        Error(
            f"The trigger {name} of database “{using}” {what}: the search would not hear of a change.",
            hint="Run `manage.py migrate`, which writes it, then `manage.py index_search`.",
            id="newsroom.core.E006",
        )
        for using in databases or ()
        if connections[using].vendor in triggers.ENGINES
        for name, what in triggers.faults(using)
    ]
