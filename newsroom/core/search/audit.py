"""Proof that the index says of every object what the archive says."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from .catching_up import rows_of
from .models import SearchPending, SearchRow
from .register import Searchable, registered
from .terms import FIELDS

ROWS_AT_ONCE = 200
COMPARED = ("place", "kind", "object_id", "face", "cut", *FIELDS)


def audit_search() -> Iterator[str]:
    """What differs between index and archive, one line each. Objects that wait to be indexed are passed over."""
    for searchable in registered():
        yield from audit_kind(searchable)
    kinds = [searchable.kind for searchable in registered()]
    for row in SearchRow.objects.exclude(kind__in=kinds).iterator():
        yield _("%(row)s: no app has this kind searched") % {"row": row}
    yield from audit_words()


def audit_kind(searchable: Searchable) -> Iterator[str]:
    """Every object of the kind, then every row whose object is gone."""
    model = searchable.model_class()
    pks = model._base_manager.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=ROWS_AT_ONCE)
    while batch := list(islice(pks, ROWS_AT_ONCE)):
        yield from audit_batch(searchable, batch)
    gone = SearchRow.objects.filter(kind=searchable.kind).exclude(
        object_id__in=model._base_manager.values("pk")
    )
    for row in gone.iterator():
        if not waiting(searchable.kind, [row.object_id]):
            yield _("%(row)s: the object is gone") % {"row": row}


def audit_batch(searchable: Searchable, pks: Sequence[int]) -> Iterator[str]:
    """These objects, without those that wait."""
    skipped = waiting(searchable.kind, pks)
    pks = [pk for pk in pks if pk not in skipped]
    wanted = by_face(rows_of(searchable.kind, pks))
    there = by_face(SearchRow.objects.filter(kind=searchable.kind, object_id__in=pks))
    for key in sorted({*wanted, *there}):
        if key not in there:
            yield _("%(row)s: is not indexed") % {"row": wanted[key]}
        elif key not in wanted:
            yield _("%(row)s: is indexed, but there is nothing to find") % {"row": there[key]}
        else:
            for name in COMPARED:
                if getattr(wanted[key], name) != getattr(there[key], name):
                    yield _("%(row)s: %(field)s differs from the archive") % {
                        "row": there[key],
                        "field": name,
                    }


def waiting(kind: str, pks: Sequence[int]) -> set[int]:
    """Those of the objects that wait to be indexed."""
    return set(SearchPending.objects.filter(kind=kind, object_id__in=pks).values_list("object_id", flat=True))


def by_face(rows: Iterator[SearchRow] | Sequence[SearchRow]) -> dict[tuple[int, str], SearchRow]:
    return {(row.object_id, row.face): row for row in rows}


def audit_words() -> Iterator[str]:
    """FTS5's own comparison with the rows it stands for. PostgreSQL computes its lexemes itself."""
    if connection.vendor != "sqlite":
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_searchwords (core_searchwords, rank) VALUES ('integrity-check', 1)"
            )
    except DatabaseError as error:
        yield _("The index of words does not fit its rows (%(error)s): run index_search --rebuild.") % {
            "error": error
        }
