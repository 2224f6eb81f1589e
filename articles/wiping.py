"""After a removal is written: the words leave the files too. Kept copies first, then the database's own pages.

A database keeps what it deleted until the space is used again. What could not be done is said, and done by
`manage.py wipe_removed`.
"""

import hashlib
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, models
from django.utils.translation import gettext as _

from newsroom.core.moments import moment

from .models import Redaction, RedactionPlace
from .sweeping import FOLLOWS, row_of

# Written anew with every removal beside what quotes a version: the article's row and the index.
ALWAYS = ("articles.article", "core.searchrow", "core.searchpending")


def bytes_of_notice(notice: str) -> tuple[bytes, str]:
    """What is kept in place of a copy, and its hash."""
    words = f"{notice}\n".encode()
    return words, hashlib.sha256(words).hexdigest()


def wipe(redaction: Redaction) -> str:
    """Clean the files after a removal that was committed, and keep when. Return what could not be done, or nothing."""
    places = list(redaction.places.filter(removed=True))
    trouble = [*wipe_copies(places, redaction.notice), *wipe_database(touched(places))]
    said = " ".join(trouble)[:500]
    Redaction.objects.filter(pk=redaction.pk).update(
        trouble=said, wiped_at=redaction.wiped_at if trouble else moment()
    )
    redaction.refresh_from_db()
    return said


def wipe_copies(places: Iterable[RedactionPlace], notice: str) -> Iterator[str]:
    """Write the notice over every kept copy that held the words."""
    words, digest = bytes_of_notice(notice)
    for place in places:
        column = apps.get_model(place.table)._meta.get_field(place.column)
        row = row_of(place) if isinstance(column, models.FileField) else None
        if row is None or getattr(row, f"{place.column}_sha256") != digest:
            continue
        kept = getattr(row, place.column)
        try:
            kept.storage.delete(kept.name)
            kept.storage.save(kept.name, ContentFile(words))
        except OSError as error:
            yield _("The kept copy %(name)s could not be written over: %(why)s.") % {
                "name": kept.name,
                "why": error.strerror,
            }


def touched(places: Iterable[RedactionPlace]) -> list[str]:
    """The database's tables that a removal wrote."""
    labels = dict.fromkeys([*(place.table for place in places), *FOLLOWS, *ALWAYS])
    known = {
        model._meta.label_lower: model._meta.db_table for model in apps.get_models(include_auto_created=True)
    }
    return [known[label] for label in labels if label in known]


def wipe_database(tables: list[str]) -> list[str]:
    """Rewrite what the database keeps on disk. What stands in the way comes back as sentences."""
    if connection.in_atomic_block:
        return [_("The database's file was not cleaned: a transaction is open.")]
    try:
        return wipe_sqlite() if connection.vendor == "sqlite" else wipe_postgresql(tables)
    except DatabaseError as error:
        return [_("The database's file was not cleaned: %(why)s.") % {"why": error}]


def wipe_sqlite() -> list[str]:
    """The index of words anew, every page anew, and nothing left in the log beside the file."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_searchwords (core_searchwords) VALUES ('rebuild')")
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return [_("Somebody was reading, so the database's log was not emptied.")] if busy else []


def wipe_postgresql(tables: list[str]) -> list[str]:
    """Each table written anew, its indexes with it, and statistics that quote none of the old values."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
        # What the planner remembers of old values; it is passed over where the server's owner alone may.
        cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
    return []
