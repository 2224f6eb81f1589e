"""Indexing everything anew."""

from django.db import connection, transaction

from .register import registered
from .triggers import note_all


def rebuild() -> None:
    """Note every object to be indexed anew, and bring FTS5's words in line with the rows. `catch_up` does the rest."""
    with transaction.atomic(), connection.cursor() as cursor:
        for searchable in registered():
            note_all(cursor, searchable.kind)
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO core_searchwords (core_searchwords) VALUES ('rebuild')")
