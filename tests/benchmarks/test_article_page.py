"""The benchmark of the article page still runs, and would notice a server that sends something else."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import skipUnless

import psycopg
from django.conf import settings
from django.db import connection
from django.test import SimpleTestCase

from benchmarks.load import WrongAnswer, send
from benchmarks.report import Round, ratios, show, spread


@contextmanager
def empty_database() -> Iterator[list[str]]:
    """An empty database on the engine of the tests, as arguments; on SQLite the benchmark makes its own file."""
    if connection.vendor == "sqlite":
        yield ["--database", ""]
        return
    server, _, _ = settings.DATABASE_URL.rpartition("/")
    name = f"{connection.settings_dict['NAME']}_benchmark"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as desk:
        desk.execute(f'CREATE DATABASE "{name}"')
        try:
            yield ["--database", f"{server}/{name}"]
        finally:
            desk.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@skipUnless(Path("/proc/self/stat").exists(), "processor time is read from /proc, which Linux has")
class TheBenchmarkTests(SimpleTestCase):
    def test_a_quick_run_ends_with_its_figures(self):
        with empty_database() as arguments:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.article_page", "--quick", *arguments],
                cwd=settings.BASE_DIR,
                env=self.environment(),
                capture_output=True,
                text=True,
                timeout=120,
            )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("50 articles; 10 pages in turn", done.stdout)
        self.assertIn("load average", done.stdout)
        for name in ("Newsroom", "one-line view", "stored page"):
            self.assertRegex(done.stdout, rf"(?m)^{name} +[0-9.]+ \([0-9.]+ to [0-9.]+\) +[0-9]+ ")

    def environment(self) -> dict[str, str]:
        """What the shell has, without a database or folder of its own."""
        return {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "NEWSROOM_VAR"}
        }


class OneWordServer(BaseHTTPRequestHandler):
    """Answers every request with the word its server is given."""

    def do_GET(self) -> None:
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.word)))
        self.end_headers()
        self.wfile.write(self.server.word)

    def log_message(self, *args: object) -> None:
        """Nothing to the terminal."""


class TheLoadTests(SimpleTestCase):
    def setUp(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), OneWordServer)
        self.server.word, self.server.status = b"as printed", 200
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def send(self, expected: bytes, *, seconds: float = 20) -> int:
        pages = {"/articles/1/": expected, "/مضمون/": expected}
        return send(self.server.server_port, pages, 6, clients=2, seconds=seconds).requests

    def test_it_sends_as_many_requests_as_it_was_told(self):
        self.assertEqual(self.send(b"as printed"), 6)

    def test_another_body_is_noticed(self):
        with self.assertRaisesMessage(WrongAnswer, "another body"):
            self.send(b"as checked")

    def test_an_error_page_is_no_measurement(self):
        self.server.status = 500
        with self.assertRaisesMessage(WrongAnswer, "answered 500"):
            self.send(b"as printed")

    def test_it_gives_up_when_the_time_is_over(self):
        with self.assertRaises(TimeoutError):
            self.send(b"as printed", seconds=-1)


class TheReportTests(SimpleTestCase):
    def test_a_spread_names_middle_least_and_greatest(self):
        self.assertEqual(spread([3.0, 1.0, 2.0], 1), "2.0 (1.0 to 3.0)")

    def test_ratios_are_taken_within_each_round(self):
        ours, theirs = [Round(4.0, 1), Round(9.0, 1)], [Round(2.0, 1), Round(3.0, 1)]
        self.assertEqual(ratios(ours, theirs), "2.0, 3.0; median 2.5 times the CPU")

    def test_too_few_requests_give_no_ratio(self):
        self.assertEqual(ratios([Round(4.0, 1)], [Round(0.0, 1)]), "too few requests to tell")

    def test_the_table_names_the_goal(self):
        table = show({"a": [Round(4.0, 100)], "b": [Round(2.0, 200)]}, {"b": 2.5})
        self.assertIn("a / b: 2.0; median 2.0 times the CPU (goal: at most 2.5)", table)
