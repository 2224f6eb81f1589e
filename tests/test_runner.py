"""The test runner itself: what it counts, which skips it refuses, and that no failure is lost on its way."""

import io
import os
import pickle
import threading
import unittest
from pathlib import Path
from unittest import mock

from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import SimpleTestCase, TestCase

from newsroom.core import checks
from tests.parallel import Crash, Failure, TellingResult
from tests.runner import CountingResult, refused_skips


class Unpicklable(Exception):
    def __init__(self):
        super().__init__("the lock is stuck")
        self.lock = threading.Lock()


class Trials(unittest.TestCase):
    """Not found by discovery under this name alone: `trial_` methods are run by the tests below."""

    def trial_that_passes(self):
        pass

    def trial_that_fails(self):
        self.assertEqual("sixth base", "sixth of eight")

    def trial_that_breaks(self):
        raise Unpicklable

    def trial_with_two_bad_subtests(self):
        for number in range(4):
            with self.subTest(number=number, lock=threading.Lock()):
                self.assertLess(number, 2)

    @unittest.skip("../shared is absent")
    def trial_that_is_skipped(self):
        pass


NAMES = [name for name in vars(Trials) if name.startswith("trial_")]


def suite() -> unittest.TestSuite:
    return unittest.TestSuite(Trials(name) for name in NAMES)


class CountingTests(SimpleTestCase):
    def test_every_test_counts_once_however_many_subtests_fail(self):
        result = CountingResult(unittest.runner._WritelnDecorator(io.StringIO()), True, 1)
        suite().run(result)
        short = [name.rpartition(".")[2] for name in result.failed_names()]
        self.assertEqual(short, ["trial_that_breaks", "trial_that_fails", "trial_with_two_bad_subtests"])
        self.assertEqual(result.passed, 1)
        self.assertEqual(list(result.skips().values()), ["../shared is absent"])


class SkipTests(SimpleTestCase):
    SKIPS = {"a": "../shared is absent: ...", "b": "Chromium is not installed", "c": "no reason"}

    def test_every_skip_is_accepted_on_a_bare_machine(self):
        with mock.patch.dict(os.environ, {"NEWSROOM_REQUIRE": ""}):
            self.assertEqual(refused_skips(self.SKIPS), {})

    def test_only_reading_the_shared_folder_may_be_skipped_where_all_is_required(self):
        with mock.patch.dict(os.environ, {"NEWSROOM_REQUIRE": "all"}):
            self.assertEqual(set(refused_skips(self.SKIPS)), {"b", "c"})


class WorkerTests(SimpleTestCase):
    def setUp(self):
        self.result = TellingResult()
        suite().run(self.result)
        self.events = pickle.loads(pickle.dumps(self.result.events))  # noqa: S301 (our own bytes)

    def test_whatever_a_worker_tells_can_be_sent(self):
        started = [event[0] for event in self.events].count("startTest")
        # Python 3.12.1 alone does not call a skipped test started.
        self.assertIn(started, {len(NAMES), len(NAMES) - 1})

    def test_failures_and_errors_keep_their_kind_and_their_words(self):
        told = {event[0]: event[-1] for event in self.events}
        kind, value, _ = told["addFailure"]
        self.assertIs(kind, Failure)
        self.assertIn("'sixth base' != 'sixth of eight'", str(value))
        kind, value, _ = told["addError"]
        self.assertIs(kind, Crash)
        self.assertIn("the lock is stuck", str(value))

    def test_a_subtest_arrives_under_the_name_of_its_test(self):
        subtests = [event[2] for event in self.events if event[0] == "addSubTest"]
        self.assertEqual(len(subtests), 2)
        self.assertTrue(all(subtest.id().endswith("trial_with_two_bad_subtests") for subtest in subtests))
        self.assertIn("number=2", str(subtests[0]))


class DatabaseTests(TestCase):
    def test_the_database_runs_with_the_options_and_guards_of_production(self):
        for check in (checks.database_options, checks.guards_in_force):
            with self.subTest(check=check.__name__):
                self.assertEqual(check(None, databases=["default"]), [])

    def test_sqlite_is_a_file(self):
        if connection.vendor == "sqlite":
            self.assertTrue(Path(connection.settings_dict["NAME"]).is_file())

    def test_a_copy_for_a_worker_holds_what_migrations_made(self):
        self.assertGreater(MigrationRecorder(connection).migration_qs.count(), 10)
        self.assertTrue(Group.objects.exists())
