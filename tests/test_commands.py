"""The repository's own commands: what they say and return when something is missing, taken or failing."""

import io
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import redirect_stdout
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from unittest import mock

from django.test import SimpleTestCase

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"


def load(name: str) -> ModuleType:
    """The script as a module. Scripts import each other by bare names, found beside the one that runs."""
    with mock.patch.object(sys, "path", [str(SCRIPTS), *sys.path]):
        spec = spec_from_file_location(name, SCRIPTS / f"{name}.py")
        module = sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def script(*words: str, **variables: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, **variables}
    return subprocess.run(
        words, cwd=SCRIPTS.parent, env=environment, capture_output=True, text=True, timeout=120
    )


class ThrowAwayServerTests(SimpleTestCase):
    def run_with_server(self, code: str) -> subprocess.CompletedProcess:
        done = script(sys.executable, "scripts/postgres.py", "run", "--", sys.executable, "-c", code)
        if done.returncode == 2:
            self.skipTest(done.stderr.strip())
        return done

    def folder_of(self, done: subprocess.CompletedProcess) -> Path:
        return Path(done.stdout.split("@")[1].split("/")[0].replace("%2F", "/"))

    def test_command_gets_an_address_and_its_status_comes_back(self):
        done = self.run_with_server("import os, sys; print(os.environ['DATABASE_URL']); sys.exit(3)")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stdout, r"^postgres://newsroom@%2Ftmp%2Fnewsroom-pg-\w+/newsroom$")

    def test_nothing_of_the_server_is_left_behind(self):
        done = self.run_with_server("import os; print(os.environ['DATABASE_URL'])")
        self.assertFalse(self.folder_of(done).exists())

    def test_server_goes_even_where_nobody_could_stop_it(self):
        done = self.run_with_server(
            "import os, signal; print(os.environ['DATABASE_URL'], flush=True); os.kill(os.getppid(), signal.SIGKILL)"
        )
        self.assertEqual(done.returncode, -signal.SIGKILL)
        deadline = time.monotonic() + 60
        while self.folder_of(done).exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        self.assertFalse(self.folder_of(done).exists())

    def test_wrong_folder_of_programs_is_said(self):
        done = script(sys.executable, "scripts/postgres.py", "run", "--", "true", PGBIN="/no/such/folder")
        self.assertEqual(done.returncode, 2)
        self.assertIn("PGBIN is /no/such/folder, but there is no initdb", done.stderr)

    def test_newest_version_comes_first(self):
        binaries = load("postgres_binaries")
        folders = [Path(f"/usr/lib/postgresql/{version}/bin") for version in ("9.6", "15", "17")]
        self.assertEqual(max(folders, key=binaries._version), folders[2])

    def test_address_of_a_running_server_is_used_as_it_is(self):
        postgres = load("postgres")
        for given in ("postgres://desk@db/newsroom", "postgresql://desk@db/newsroom"):
            with (
                self.subTest(given=given),
                mock.patch.dict(os.environ, {"DATABASE_URL": given}),
                postgres.address() as url,
            ):
                self.assertEqual(url, given)


class ClosingLineTests(SimpleTestCase):
    def setUp(self):
        self.module = load("run_tests")

    def close(self, missing: dict[str, str], require: str = "", **outcome: object) -> tuple[int, list[str]]:
        outcomes = {"SQLite": self.module.Outcome(passed=3), "PostgreSQL": self.module.Outcome(**outcome)}
        said = io.StringIO()
        with mock.patch.dict(os.environ, {"NEWSROOM_REQUIRE": require}), redirect_stdout(said):
            status = self.module.close(outcomes, missing)
        return status, said.getvalue().splitlines()

    def test_runs_are_added_up_in_the_last_line(self):
        status, lines = self.close({}, passed=4)
        self.assertEqual(
            (status, lines[-2:]), (0, ["Nothing was skipped.", "Tests: 7 passed, 0 failed, 0 skipped"])
        )

    def test_one_failure_in_one_run_fails_all_and_is_named(self):
        status, lines = self.close({}, passed=4, failed=["tests.a.B.test_c"])
        self.assertEqual((status, lines[-1]), (1, "Tests: 7 passed, 1 failed, 0 skipped"))
        self.assertIn("FAILED  PostgreSQL: tests.a.B.test_c", lines)

    def test_what_was_left_out_is_said_beside_the_last_line(self):
        status, lines = self.close(
            {"Chromium": "not installed"}, passed=4, skipped={"a": "../shared is absent"}
        )
        self.assertEqual((status, lines[-1]), (0, "Tests: 7 passed, 0 failed, 1 skipped"))
        self.assertEqual(
            lines[-3:-1], ["SKIPPED  Chromium: not installed", "SKIPPED  PostgreSQL: a: ../shared is absent"]
        )

    def test_what_is_missing_fails_where_all_is_required(self):
        status, lines = self.close({"Chromium": "not installed"}, require="all", passed=4)
        self.assertEqual((status, lines[-1]), (1, "Tests: 7 passed, 1 failed, 0 skipped"))

    def test_run_that_broke_off_or_found_no_test_is_a_failure(self):
        absent = Path("/no/such/report.json")
        for status, words in ((1, "ended with status 1"), (0, "found no test")):
            with self.subTest(status=status):
                [failure] = self.module.read("SQLite", absent, status).failed
                self.assertIn(words, failure)


class SetupTests(SimpleTestCase):
    def test_python_that_is_not_there_is_named_with_what_to_do(self):
        done = script("sh", "scripts/setup.sh", "runtime", PYTHON="python2.7-not-here")
        self.assertEqual(done.returncode, 1)
        self.assertIn("found none as python2.7-not-here", done.stderr)
        self.assertIn("make setup PYTHON=/path/to/python3.12", done.stderr)


class DemoTests(SimpleTestCase):
    def test_port_that_is_taken_is_said_before_anything_is_done(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            done = script(sys.executable, "scripts/demo.py", "--port", port)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"Port {port} cannot be used", done.stderr)
        self.assertIn("make demo PORT=8001", done.stderr)

    def test_port_that_is_no_port_is_refused(self):
        for port in ("70000", "eighty"):
            with self.subTest(port=port):
                self.assertNotEqual(script(sys.executable, "scripts/demo.py", "--port", port).returncode, 0)
