"""Catching up: indexing anew what was written since. Any number of processes may do so at once.

One at a time does the work; another that comes meanwhile leaves it at that. What waits is read before the objects are,
so that a change made while they are read waits again.
"""

import time
from collections.abc import Callable, Sequence

from django.db import OperationalError, connection, transaction

from .models import SearchPending, SearchRow
from .register import registered
from .rows import row_of

AT_ONCE = 200  # objects in one transaction
BEFORE_A_SEARCH, SECONDS = 100, 0.25  # at most so many objects, and no new batch after so long
SMALL_BATCH = 20
LOCK = 7_243_091_552_004_881_023  # any number that nothing else locks
ROOM = 200_000  # kilobytes of SQLite's cache while everything is indexed: with its own 2 MB it writes ten times as long
PATIENCE = 100  # milliseconds a search waits for another writer on SQLite


def catch_up(
    limit: int | None = None, *, batch: int = AT_ONCE, progress: Callable[[int], None] | None = None
) -> int:
    """Index what waits, at most `limit` objects (all, unless given). Return how many were indexed.

    Objects that readers miss come first. `progress` is called with the count after each batch. Where another process
    is at it, this one returns at once.
    """
    done = 0
    if limit is None and connection.vendor == "sqlite":
        pragma(f"cache_size = -{ROOM}")
    while limit is None or done < limit:
        count = index_next(batch if limit is None else min(batch, limit - done))
        done += count
        if progress and count:
            progress(done)
        if not count:
            break
    return done


def before_search() -> None:
    """Index what waits as far as it takes a moment. What cannot be done now is left to the next; nothing is raised."""
    if not anything_waits():
        return
    began, done = time.monotonic(), 0
    with briefly():
        while done < BEFORE_A_SEARCH and time.monotonic() - began < SECONDS:
            count = index_next(SMALL_BATCH)
            if not count:
                break
            done += count


def anything_waits() -> bool:
    # Asked before every search: written out, because to write it takes longer than to ask it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM core_searchpending LIMIT 1")
        return cursor.fetchone() is not None


class briefly:
    """Wait no longer than a moment for SQLite's write lock inside the block, and give up quietly."""

    def __enter__(self) -> None:
        self.sqlite = connection.vendor == "sqlite" and not connection.in_atomic_block
        if self.sqlite:
            self.patience = pragma("busy_timeout")
            pragma(f"busy_timeout = {PATIENCE}")

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> bool:
        if self.sqlite:
            pragma(f"busy_timeout = {self.patience}")
        return self.sqlite and isinstance(error, OperationalError) and "locked" in str(error)


def pragma(words: str) -> int:
    with connection.cursor() as cursor:
        return (cursor.execute(f"PRAGMA {words}").fetchone() or (0,))[0]


def index_next(most: int) -> int:
    """Index the next objects that wait, in one transaction. Return how many."""
    with transaction.atomic():
        if not alone():
            return 0
        chosen = SearchPending.objects.order_by("-hides", "id").values_list("kind", "object_id")[:most]
        waiting: dict[str, list[int]] = {}
        for kind, pk in dict.fromkeys(chosen):
            waiting.setdefault(kind, []).append(pk)
        for kind, pks in waiting.items():
            index(kind, pks)
        return sum(map(len, waiting.values()))


def catch_up_now() -> None:
    """Index all that waits inside the transaction that is open; whoever else is at it is waited for."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    while index_next(AT_ONCE):
        pass


def alone() -> bool:
    """Whether this process is the one that indexes now. SQLite has one writer at any time."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def index(kind: str, pks: Sequence[int]) -> None:
    """Write the rows of these objects anew, and note them as done. What is gone loses its rows."""
    waiting = SearchPending.objects.filter(kind=kind, object_id__in=pks)
    done = list(waiting.values_list("pk", flat=True))
    # In the order of their places: at each step back FTS5 would write out what it gathered, a hundred times as slow.
    rows = sorted(rows_of(kind, pks), key=lambda row: row.place)
    there = SearchRow.objects.filter(kind=kind, object_id__in=pks).values_list("pk", flat=True)
    SearchRow.objects.filter(pk__in={*there, *(row.place for row in rows)}).delete()
    SearchRow.objects.bulk_create(rows)
    SearchPending.objects.filter(pk__in=done).delete()


def rows_of(kind: str, pks: Sequence[int]) -> list[SearchRow]:
    """The rows of these objects as they must be now; none for a kind that nobody registers any more."""
    return [
        row_of(searchable, document)
        for searchable in registered()
        if searchable.kind == kind
        for document in searchable.documents(pks)
    ]
