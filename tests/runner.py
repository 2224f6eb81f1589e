"""The test runner: a folder of its own for every run, files as databases, a count of what ran, no silent skip.

Environment: NEWSROOM_PROOF=1 runs property tests long; NEWSROOM_REQUIRE=all makes a skip a failure (but for
reading ../shared); NEWSROOM_TEST_REPORT names a JSON file for the counts, which scripts/run_tests.py adds up.
"""

import json
import logging
import multiprocessing
import os
import tempfile
import unittest
from pathlib import Path

import hypothesis
from django.db import connections
from django.test.runner import DiscoverRunner
from django.test.utils import override_settings

from newsroom import environment
from tests.parallel import TellingSuite

ACCEPTED_SKIP = "../shared"

# The same examples every time: a run that fails can be run again.
hypothesis.settings.register_profile("quick", max_examples=50, derandomize=True, deadline=None)
hypothesis.settings.register_profile("proof", max_examples=2000, derandomize=True, deadline=None)


class CountingResult(unittest.TextTestResult):
    """Also counts the tests that succeeded: `testsRun` and `skipped` count subtests and classes unevenly."""

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.passed = 0

    def addSuccess(self, test: unittest.TestCase) -> None:
        self.passed += 1
        super().addSuccess(test)

    def addExpectedFailure(self, test: unittest.TestCase, error: tuple) -> None:
        self.passed += 1
        super().addExpectedFailure(test, error)

    def failed_names(self) -> list[str]:
        """The tests that did not pass, each once however many of its subtests failed."""
        broken = [test for test, _ in [*self.failures, *self.errors]] + self.unexpectedSuccesses
        return sorted({whole_name(test) for test in broken})

    def skips(self) -> dict[str, str]:
        """Skipped tests (or classes) and why."""
        return {whole_name(test): reason for test, reason in self.skipped}


def whole_name(test: unittest.TestCase) -> str:
    """The name of the test, or of the test that a subtest belongs to."""
    return getattr(test, "test_case", test).id()


class NewsroomRunner(DiscoverRunner):
    """Django's runner with the house's rules; see the module."""

    parallel_test_suite = TellingSuite

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        if self.parallel > 1 and multiprocessing.get_start_method() != "fork":
            # Django's workers know only in-memory SQLite where processes are spawned (macOS); ours is a file.
            self.log("Tests run in one process: this system starts workers afresh instead of forking them.")
            self.parallel = 0

    def setup_test_environment(self, **kwargs: object) -> None:
        super().setup_test_environment(**kwargs)
        proof = environment.flag("NEWSROOM_PROOF", default=False)
        hypothesis.settings.load_profile("proof" if proof else "quick")
        # A page that a test asks for in vain is no news; what goes wrong still is.
        for name in ("django.request", "django.security"):
            logging.getLogger(name).setLevel(logging.ERROR)
        self.keeper = tempfile.TemporaryDirectory(prefix="newsroom-test-", ignore_cleanup_errors=True)
        self.folder = Path(self.keeper.name)
        self.overrides = override_settings(**self.settings_for_tests())
        self.overrides.enable()

    def settings_for_tests(self) -> dict:
        """Fast passwords, files in this run's folder, static files by their plain names (nothing collected)."""
        (self.folder / "static").mkdir()
        return {
            "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
            "MEDIA_ROOT": self.folder / "media",
            "STATIC_ROOT": self.folder / "static",
            "STORAGES": {
                "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
                "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
            },
        }

    def teardown_test_environment(self, **kwargs: object) -> None:
        self.overrides.disable()
        self.keeper.cleanup()
        super().teardown_test_environment(**kwargs)

    def setup_databases(self, **kwargs: object) -> list:
        """Make the databases, then their clones: Django copies an SQLite file while its last rows are in the WAL."""
        wanted, self.parallel = self.parallel, 0
        self.move_sqlite_files()
        made = super().setup_databases(**kwargs)
        self.parallel = wanted
        if wanted > 1:
            for connection, _, is_first in made:
                if is_first:
                    self.clone(connection, wanted)
        return made

    def move_sqlite_files(self) -> None:
        """Two runs at once must not share a file, and none may meet a WAL that an earlier run left behind."""
        for connection in connections.all():
            if connection.vendor == "sqlite" and not self.keepdb:
                connection.settings_dict["TEST"]["NAME"] = str(self.folder / f"{connection.alias}.sqlite3")

    def clone(self, connection: object, copies: int) -> None:
        if connection.vendor == "sqlite":
            connection.close()  # the last one to close moves everything from the WAL into the file
        for number in range(1, copies + 1):
            connection.creation.clone_test_db(
                suffix=str(number), verbosity=self.verbosity, keepdb=self.keepdb
            )

    def get_resultclass(self) -> type:
        return super().get_resultclass() or CountingResult

    def suite_result(self, suite: unittest.TestSuite, result: unittest.TestResult, **kwargs: object) -> int:
        failed = super().suite_result(suite, result, **kwargs)
        if not isinstance(result, CountingResult):
            return failed
        refused = refused_skips(result.skips())
        for name, reason in refused.items():
            self.log(f"SKIPPED BUT REQUIRED: {name}: {reason}")
        write_report(result, refused)
        return failed + len(refused)


def refused_skips(skips: dict[str, str]) -> dict[str, str]:
    """The skips that NEWSROOM_REQUIRE=all does not accept."""
    if environment.text("NEWSROOM_REQUIRE") != "all":
        return {}
    return {name: reason for name, reason in skips.items() if not reason.startswith(ACCEPTED_SKIP)}


def write_report(result: CountingResult, refused: dict[str, str]) -> None:
    """Write the counts where NEWSROOM_TEST_REPORT says, if it does."""
    path = os.environ.get("NEWSROOM_TEST_REPORT")
    if not path:
        return
    accepted = {name: reason for name, reason in result.skips().items() if name not in refused}
    failed = sorted({*result.failed_names(), *refused})
    report = {"passed": result.passed, "failed": failed, "skipped": accepted}
    Path(path).write_text(json.dumps(report, indent=1))
