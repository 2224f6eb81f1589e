"""Django's `migrate`, which here ends with every guard and trigger in force, also when a migration fails half-way."""

from typing import Any

from django.core.management.commands import migrate

from newsroom.core import guards
from newsroom.core.checks import guards_follow
from newsroom.core.search import triggers


class Command(migrate.Command):
    def check(self, **options: Any) -> None:
        """The checks without the one whose fault this very command mends."""
        with guards_follow():
            super().check(**options)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            super().handle(*args, **options)
        except BaseException:
            guards.stand_again(options["database"])
            triggers.stand_again(options["database"])
            raise
