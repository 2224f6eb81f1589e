"""What one article page costs: processor time a request and requests a second, beside two baselines.

    python -m benchmarks.article_page                      an archive of 10,000 articles in a temporary SQLite file
    python scripts/postgres.py run -- python -m benchmarks.article_page            the same on PostgreSQL
    python -m benchmarks.article_page --database URL       an archive that is there (an empty database is filled first)

Newsroom's page, a Django view of one line and a stored page read without a framework send the same bytes, which every
answer is compared with. They run side by side under the same gunicorn and take turns, so that what else the machine
does meets all three.
"""

import argparse
import contextlib
import os
import random
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from . import generate
from .load import WrongAnswer, fetch, send
from .report import Round, describe_machine, show
from .servers import DidNotStart, Meter, Server

NEWSROOM, ONE_LINE, STORED = "Newsroom", "one-line view", "stored page"
WARM_UP = 20
SECONDS_A_ROUND = 300


class Archive:
    """The generated archive, its pages as Newsroom first sent them, and where baselines find them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.pages: dict[str, bytes] = {}

    def paths(self, count: int) -> list[str]:
        """Addresses of that many public articles, always the same ones of the same archive."""
        from urllib.parse import unquote

        from articles.models import Article

        articles = list(Article.objects.public().order_by("number").only("number", "slug"))
        chosen = random.Random(1).sample(articles, min(count, len(articles)))
        return [unquote(article.get_absolute_url()) for article in chosen]

    def keep(self, server: Server, paths: list[str]) -> None:
        """Fetch the pages from Newsroom and lay them down for the baselines: as a file and as a table."""
        import json

        from django.db import connection

        self.pages = {path: fetch(server.port, path) for path in paths}
        text = {path: body.decode() for path, body in self.pages.items()}
        (self.folder / "pages.json").write_text(json.dumps(text))
        self.forget()  # what a run that was killed left behind
        kind = "bytea" if connection.vendor == "postgresql" else "blob"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE benchmark_page (path text PRIMARY KEY, html {kind} NOT NULL)")
            cursor.executemany("INSERT INTO benchmark_page VALUES (%s, %s)", list(self.pages.items()))

    def forget(self) -> None:
        """Take the table of pages away again."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS benchmark_page")


def stored_page(archive: Archive, options: dict) -> Server:
    """The baseline without a framework, on the engine that Newsroom uses."""
    from django.db import connection

    where = os.environ["DATABASE_URL"]
    if connection.vendor == "sqlite":
        where = str(connection.settings_dict["NAME"])
    application = f"benchmarks.baselines.stored_page_{connection.vendor}:application"
    return Server(STORED, application, PAGES_DATABASE=where, **options)


class Backends:
    """PostgreSQL's processes that serve one server, where they run on this machine; none on SQLite."""

    def __init__(self, server: Server):
        from django.db import connection

        self.server = server
        self.desk = None
        if connection.vendor == "postgresql":
            import psycopg

            self.desk = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    def __call__(self) -> list[int]:
        if self.desk is None:
            return []
        query = "SELECT pid FROM pg_stat_activity WHERE application_name = %s"
        found = self.desk.execute(query, [self.server.application_name]).fetchall()
        return [pid for (pid,) in found if is_postgres(pid)]

    def close(self) -> None:
        if self.desk is not None:
            self.desk.close()


def is_postgres(pid: int) -> bool:
    """Whether that process of this machine is a PostgreSQL server's."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
    except FileNotFoundError:
        return False


def measure(server: Server, pages: dict[str, bytes], requests: int, clients: int) -> Round:
    """One server's turn. Raise DidNotStart where one of its workers ended in it, as its time would be lost."""
    send(server.port, pages, WARM_UP, clients=1, seconds=SECONDS_A_ROUND)
    workers, backends = server.processes(), Backends(server)
    with contextlib.closing(backends), Meter(lambda: [*workers, *backends()]) as meter:
        load = send(server.port, pages, requests, clients=clients, seconds=SECONDS_A_ROUND)
    if server.processes() != workers:
        raise DidNotStart(f"{server.name}: a worker ended while it was measured.")
    return Round(milliseconds=1000 * meter.seconds / load.requests, per_second=load.per_second)


def compare(archive: Archive, asked: argparse.Namespace, stack: ExitStack) -> dict[str, list[Round]]:
    """Start the three, check that they send the same, and let them take turns."""
    options = {"workers": asked.workers}
    newsroom = Server(NEWSROOM, "newsroom.wsgi:application", log=archive.folder / "newsroom.log", **options)
    stack.callback(newsroom.stop)
    paths = archive.paths(asked.pages)
    newsroom.wait_until_ready(paths[0])
    stack.callback(archive.forget)
    archive.keep(newsroom, paths)
    one_line = Server(
        ONE_LINE,
        "benchmarks.baselines.one_line_view:application",
        log=archive.folder / "one_line.log",
        PAGES=str(archive.folder / "pages.json"),
        **options,
    )
    stack.callback(one_line.stop)
    stored = stored_page(archive, {"log": archive.folder / "stored.log", **options})
    stack.callback(stored.stop)
    servers = [newsroom, one_line, stored]
    for server in servers:
        server.wait_until_ready(paths[0])
        send(server.port, archive.pages, len(paths), clients=1, seconds=SECONDS_A_ROUND)
    rounds: dict[str, list[Round]] = {server.name: [] for server in servers}
    for turn in range(asked.rounds):
        for server in servers[turn % 3 :] + servers[: turn % 3]:
            rounds[server.name].append(measure(server, archive.pages, asked.requests, asked.clients))
    return rounds


def prepare(asked: argparse.Namespace, folder: Path) -> None:
    """Settings, static files and an archive: the one that is there, or a generated one in an empty database."""
    os.environ["NEWSROOM_VAR"] = str(folder / "var")
    os.environ["DEBUG"] = "0"
    database = asked.database or os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'archive.sqlite3'}"
    generate.set_up(database)
    from django.core.management import call_command

    from articles.models import Article

    call_command("collectstatic", interactive=False, verbosity=0)
    if not Article.objects.exists():
        generate.fill(asked.articles, asked.seed)
        generate.finish()
    asked.articles = Article.objects.count()


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.article_page", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--database", default="", help="sqlite:///FILE or postgres://...; else DATABASE_URL")
    parser.add_argument(
        "--articles", type=int, default=10_000, help="how many to generate where there are none"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pages", type=int, default=300, help="different articles asked for in turn")
    parser.add_argument("--requests", type=int, default=1000, help="of each server in each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=1, help="of each server")
    parser.add_argument("--clients", type=int, default=2, help="threads that ask at the same time")
    parser.add_argument("--quick", action="store_true", help="small, to see that the benchmark still works")
    asked = parser.parse_args()
    if asked.quick:
        asked.articles, asked.pages, asked.requests, asked.rounds = 50, 10, 20, 2
    return asked


def main() -> int:
    """Exit status 1 where the three do not send the same or one does not start."""
    asked = options()
    if not Path("/proc/self/stat").exists():
        print(
            "Processor time is read from /proc, which this system does not have: use Linux.", file=sys.stderr
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="newsroom-benchmark-") as name, ExitStack() as stack:
        archive = Archive(Path(name))
        prepare(asked, archive.folder)
        before = os.getloadavg()
        try:
            rounds = compare(archive, asked, stack)
        except (DidNotStart, WrongAnswer, TimeoutError, OSError) as trouble:
            print(trouble, file=sys.stderr)
            return 1
        print(describe_machine(before, os.getloadavg()))
        print(describe(asked, archive))
        print(show(rounds, {STORED: 2.5, ONE_LINE: 2.0}))
    return 0


def describe(asked: argparse.Namespace, archive: Archive) -> str:
    """What was measured, in two lines."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0].split()[0]
    size = sum(map(len, archive.pages.values())) / len(archive.pages) / 1000
    return (
        f"{connection.display_name} {version}, {asked.articles:,} articles; {len(archive.pages)} pages in turn, "
        f"{size:.1f} kB on average, the same bytes from all three\n"
        f"gunicorn, {asked.workers} sync worker(s) each, {asked.clients} clients, {asked.rounds} interleaved rounds "
        f"of {asked.requests} requests"
    )


if __name__ == "__main__":
    sys.exit(main())
