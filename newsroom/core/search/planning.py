"""PostgreSQL is told not to compile: its guess of what the rules of publicness cost is far too high, and to compile a
search takes a hundred times as long as to answer it."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver


@receiver(connection_created, dispatch_uid="newsroom.core.search.planning")
def without_compiling(sender: type, connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Once for each connection."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")
