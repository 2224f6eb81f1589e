"""What a search costs: processor time of Newsroom's search beside ranking everything, in one run.

    python -m benchmarks.search --articles 10000           an archive in a temporary SQLite file
    python scripts/postgres.py run -- python -m benchmarks.search --articles 100000          the same on PostgreSQL
    python -m benchmarks.search --database URL             an archive that is there (an empty one is filled first)

Ranking everything is what a search built on the engine's own ranking does (bm25 on SQLite, ts_rank on PostgreSQL): the
same words, fields and rule of what is public, every hit given its rank, the best 20 shown, all hits counted. It asks
the very index of Newsroom, to which, on PostgreSQL, the places of words are added for it, as ts_rank wants them.
"""

import argparse
import os
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from unittest import mock

from . import generate
from .article_page import prepare
from .report import describe_machine

SHOWN = 20
WARM_UP = 3


# What is asked, and of which rows; {shown} is Newsroom's own rule of what readers may find.
RANKING = {
    "sqlite": (
        "SELECT r.kind, r.object_id, bm25(core_searchwords) AS points",
        "FROM core_searchwords CROSS JOIN core_searchrow r ON r.place = core_searchwords.rowid "
        "WHERE core_searchwords MATCH %s AND core_searchwords.rowid < %s{shown}",
        "ORDER BY points LIMIT %s",
    ),
    "postgresql": (
        "SELECT r.kind, r.object_id, ts_rank(b.ranked, %s::tsquery) AS points",
        "FROM core_searchrow r JOIN benchmark_ranked b ON b.place = r.place "
        "WHERE b.ranked @@ %s::tsquery AND r.place < %s{shown}",
        "ORDER BY points DESC LIMIT %s",
    ),
}


@contextmanager
def places_for_ts_rank() -> Iterator[None]:
    """On PostgreSQL, a table with the places of words and its own index, for as long as the run lasts."""
    from django.db import connection

    from newsroom.core.search.places import FACE_SIZE

    if connection.vendor == "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS benchmark_ranked")
        cursor.execute(
            "CREATE TABLE benchmark_ranked AS SELECT place, setweight(to_tsvector('simple', headline), 'A') "
            "|| to_tsvector('simple', summary || tag || signed || source || outlet || body) AS ranked "
            "FROM core_searchrow WHERE place < %s",
            [FACE_SIZE],
        )
        cursor.execute("ALTER TABLE benchmark_ranked ADD PRIMARY KEY (place)")
        cursor.execute("CREATE INDEX benchmark_ranked_words ON benchmark_ranked USING gin (ranked)")
        cursor.execute("VACUUM ANALYZE benchmark_ranked")
        try:
            yield
        finally:
            cursor.execute("DROP TABLE benchmark_ranked")


class Meter:
    """Processor time of this process and of the database's process that serves it."""

    def __init__(self):
        from django.db import connection

        self.backend = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # One process a query, so that none of its time is lost in helpers.
                cursor.execute("SET max_parallel_workers_per_gather = 0")
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def seconds(self) -> float:
        served = int(self.backend.read_text().split()[0]) / 1e9 if self.backend else 0
        return time.process_time() + served

    def milliseconds(self, act: Callable[[], object], times: int) -> float:
        """What one act takes."""
        for _ in range(WARM_UP):
            act()
        began = self.seconds()
        for _ in range(times):
            act()
        return 1000 * (self.seconds() - began) / times


def words_to_ask() -> dict[str, str]:
    """Queries by how much of the archive they find: the word nearest to a fifth of the articles, one in nearly all, a
    rare one, two words, a phrase."""
    from django.db.models import Q

    from articles.models import Article
    from newsroom.core.search.models import SearchRow

    rows = SearchRow.objects.filter(kind="article", face="readers")
    total = Article.objects.public().count()
    sample = rows.order_by("-place").values_list("body", flat=True)[:500]
    held: dict[str, int] = {}
    for body in sample:
        for word in {word for word in body.split() if word.isalpha() and len(word) > 3}:
            held[word] = held.get(word, 0) + 1
    shares = {word: count / len(sample) for word, count in held.items()}
    fifth = min(shares, key=lambda word: (abs(shares[word] - 0.2), word))
    common = max(shares, key=lambda word: (shares[word], word))
    rare = min(shares, key=lambda word: (abs(shares[word] - 0.004), word))
    share = rows.filter(Q(body__contains=f" {fifth} ") | Q(headline__contains=f" {fifth} ")).count() / total
    print(f"“{fifth}” stands in {share:.0%} of {total} articles")
    return {
        "a word in a fifth": fifth,
        "a word in nearly all": common,
        "a rare word": rare,
        "two words": f"{fifth} {common}",
        "a phrase": '"the water board"',
    }


def compare(text: str, meter: Meter, rounds: int, times: int) -> tuple[list[float], list[float], int, int]:
    """Both ways in turn: milliseconds each round, and how many hits each told."""
    from django.db import connection
    from django.utils import timezone

    from newsroom.core.search import find, parse
    from newsroom.core.search.finding import ENGINES, kinds_asked, visible
    from newsroom.core.search.places import FACE_SIZE

    query = parse(text)
    now = timezone.now()
    words = ENGINES[connection.vendor].condition(query.node, kinds_asked(None), False)[1][0]
    columns, rows, best = RANKING[connection.vendor]
    shown, more = visible(kinds_asked(None), now)
    rows = rows.format(shown=shown)
    ranked = [words] if connection.vendor == "postgresql" else []
    counts = {}

    def ours() -> None:
        counts["ours"] = find(query, at=now, limit=SHOWN).total

    def everything() -> None:
        given = [words, FACE_SIZE, *more]
        with connection.cursor() as cursor:
            cursor.execute(f"{columns} {rows} {best}", [*ranked, *given, SHOWN])
            cursor.fetchall()
            cursor.execute(f"SELECT COUNT(*) {rows}", given)
            counts["all"] = cursor.fetchone()[0]

    ours_took, all_took = [], []
    for _ in range(rounds):
        ours_took.append(meter.milliseconds(ours, times))
        all_took.append(meter.milliseconds(everything, max(1, times // 4)))
    return ours_took, all_took, counts["ours"], counts["all"]


def options() -> Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="", help="sqlite:///FILE or postgres://...; else DATABASE_URL")
    parser.add_argument(
        "--articles", type=int, default=10_000, help="how many to generate where there are none"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=20, help="each query in each round")
    parser.add_argument(
        "--bare", action="store_true", help="generate articles without claims, in a third of the time"
    )
    parser.add_argument("--quick", action="store_true", help="small, to see that the benchmark still works")
    asked = parser.parse_args()
    if asked.quick:
        asked.articles, asked.rounds, asked.times = 50, 2, 2
    return asked


def leave_out_claims() -> None:
    """Let the generator write no claims: the search of 100,000 articles is measured by its articles."""
    fill = generate.fill

    def bare(*given: object, **named: object) -> None:
        with mock.patch("benchmarks.claim_rows.ClaimWriter.write"):
            fill(*given, **named)

    generate.fill = bare


def index() -> float:
    """Index what waits, with some progress. Return milliseconds of processor time an object."""
    from newsroom.core.search import catch_up

    meter, began = Meter(), time.monotonic()
    before = meter.seconds()
    done = catch_up(progress=lambda count: tell(count, began))
    generate.finish()
    return 1000 * (meter.seconds() - before) / done if done else 0.0


def tell(count: int, began: float) -> None:
    if count % 10_000 == 0:
        print(f"{count} objects indexed, {time.monotonic() - began:.0f} s", flush=True)


def main() -> int:
    """Print the table."""
    asked = options()
    if not Path("/proc/self/schedstat").exists():
        print(
            "Processor time is read from /proc, which this system does not have: use Linux.", file=sys.stderr
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="newsroom-benchmark-") as name:
        if asked.bare:
            leave_out_claims()
        prepare(asked, Path(name))
        indexing = index()
        from django.db import connection

        before = os.getloadavg()
        with places_for_ts_rank():
            meter = Meter()
            lines = [
                line(what, text, *compare(text, meter, asked.rounds, asked.times))
                for what, text in words_to_ask().items()
            ]
        print(describe_machine(before, os.getloadavg()))
        print(
            f"{connection.display_name}, {asked.articles:,} articles; CPU ms a search, median of {asked.rounds} rounds"
        )
        if indexing:
            print(f"indexing: {indexing:.2f} CPU ms an object (article, claim or source), both faces")
        print(f"{'':40}{'hits':>9}{'Newsroom':>10}{'everything':>12}   ratio")
        print("\n".join(lines))
    return 0


def line(what: str, text: str, ours: list[float], everything: list[float], told: int, hits: int) -> str:
    """One line of the table; the ratio is the median of those within a round."""
    ratio = median(mine / other for mine, other in zip(ours, everything, strict=True))
    name = f"{what} ({text})"[:40]
    return f"{name:40}{hits:>9,}{median(ours):>10.2f}{median(everything):>12.2f}   1/{1 / ratio:.1f}"


if __name__ == "__main__":
    sys.exit(main())
