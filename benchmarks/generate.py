"""Fills an empty database with a generated archive.

    python -m benchmarks.generate --articles 10000 --seed 7 --database sqlite:////tmp/archive.sqlite3

The database (SQLite file or PostgreSQL) is migrated first. The same number and seed give the same uids, numbers and
words on every machine and either engine. Exit status 1 where the archive is not empty.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice

BATCH = 250


class ArchiveNotEmpty(Exception):
    """There are articles in the database already; a generated archive stands alone."""


def fill(articles: int, seed: int, *, progress=None) -> None:
    """Write the archive into the configured database. Raise ArchiveNotEmpty. `progress` is called with the count."""
    from articles.models import Article

    from .archive import Plan
    from .rows import ArticleWriter

    if Article.objects.exists():
        raise ArchiveNotEmpty("There are articles in this database already. Name an empty one.")
    plan = Plan(articles, seed)
    writer = ArticleWriter(plan)
    written = 0
    for batch in batches(plan.articles(), BATCH):
        writer.write(batch)
        written += len(batch)
        if progress:
            progress(written)


def batches(things: Iterable, size: int) -> Iterator[list]:
    """The things in lists of at most that size."""
    things = iter(things)
    while batch := list(islice(things, size)):
        yield batch


def set_up(database: str) -> None:
    """Make Django ready for that database and bring its tables up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if database:
        os.environ["DATABASE_URL"] = database
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # A power cut costs nothing here: the archive is generated anew.
            cursor.execute("PRAGMA synchronous=OFF")


def finish() -> None:
    """Let the database learn how its tables are filled, as a running one would have."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.generate", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database", default="", help="sqlite:///FILE or postgres://...; else DATABASE_URL")
    asked = parser.parse_args()
    if asked.articles < 1:
        parser.error("--articles is at least 1.")
    set_up(asked.database)
    began = time.monotonic()
    try:
        fill(asked.articles, asked.seed, progress=lambda count: show(count, asked.articles, began))
    except ArchiveNotEmpty as refused:
        print(refused, file=sys.stderr)
        return 1
    finish()
    return 0


def show(count: int, of: int, began: float) -> None:
    """A line of progress for every thousand articles and the last."""
    if count % 1000 == 0 or count == of:
        print(f"{count} of {of} articles, {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
