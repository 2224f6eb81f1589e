"""Each system check beside the setting it refuses: what it says, and that the right setting passes."""

import tempfile
from io import StringIO
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.core.checks import CheckMessage, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper
from django.db.migrations import Migration
from django.db.migrations.recorder import MigrationRecorder
from django.test import SimpleTestCase, TestCase

from newsroom.core import guards
from newsroom.core.checks import (
    database_options,
    encoding,
    guards_follow,
    guards_in_force,
    lifetime,
    sqlite_options,
    unknown_engine,
)
from tests.engines import only_on
from tests.guards import GuardedTransactionTestCase, lifted

PRAGMAS = {"journal_mode": "WAL", "synchronous": "FULL", "recursive_triggers": "ON", "secure_delete": "ON"}


class SqliteOptionsTest(SimpleTestCase):
    """On a file of its own, whatever database the tests run on."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "options.sqlite3"

    def opened(self, file: str = "", **changed: object) -> BaseDatabaseWrapper:
        """A connection with the settings' own options but for the changed ones; None leaves one out."""
        options = {**settings.SQLITE_OPTIONS, **changed}
        given = connections.configure_settings({"default": {"NAME": file or str(self.file)}})["default"]
        given["OPTIONS"] = {name: value for name, value in options.items() if value is not None}
        opened = SqliteWrapper(given, "options")
        self.addCleanup(opened.close)
        return opened

    def complaints(self, **changed: object) -> list[str]:
        found = sqlite_options(self.opened(**changed))
        self.assertTrue(all(message.id == "newsroom.core.E002" and message.hint for message in found))
        return [message.msg for message in found]

    def init_command(self, **changed: str) -> str:
        return "".join(f"PRAGMA {name}={value};" for name, value in {**PRAGMAS, **changed}.items())

    def test_the_settings_pass(self) -> None:
        self.assertEqual(self.complaints(), [])
        self.assertEqual(self.complaints(init_command=self.init_command()), [])

    def test_each_wrong_option_is_named(self) -> None:
        for changed, complaint in (
            ({"init_command": self.init_command(journal_mode="DELETE")}, "journal_mode=delete: readers and"),
            ({"init_command": self.init_command(synchronous="NORMAL")}, "synchronous=1: a power cut"),
            ({"init_command": self.init_command(foreign_keys="OFF")}, "foreign_keys=0: rows can point"),
            (
                {"init_command": self.init_command(recursive_triggers="OFF")},
                "recursive_triggers=0: INSERT OR",
            ),
            ({"init_command": self.init_command(secure_delete="OFF")}, "secure_delete=0: what was deleted"),
            ({"timeout": 5}, "waits 5000 ms for a lock"),
            ({"timeout": None}, "waits 5000 ms for a lock"),
            ({"transaction_mode": "DEFERRED"}, "begins its transactions without the write lock"),
            ({"transaction_mode": None}, "begins its transactions without the write lock"),
        ):
            with self.subTest(complaint, **changed):
                self.file.unlink(missing_ok=True)
                complaints = self.complaints(**changed)
                self.assertEqual(len(complaints), 1, complaints)
                self.assertIn(complaint, complaints[0])

    def test_sqlite_as_django_ships_it_is_refused(self) -> None:
        changed = dict.fromkeys(settings.SQLITE_OPTIONS)
        self.assertEqual(len(self.complaints(**changed)), 4)

    def test_a_database_in_memory_is_refused(self) -> None:
        self.assertEqual(len(sqlite_options(self.opened(file=":memory:"))), 1)


class ConnectionsThatLiveOnTest(SimpleTestCase):
    def test_connections_live_on_or_come_from_a_pool(self) -> None:
        for age, options, expected in (
            (60, {}, []),
            (None, {}, []),
            (0, {"pool": True}, []),
            (0, {"pool": False}, ["newsroom.core.W004"]),
            (0, {}, ["newsroom.core.W004"]),
        ):
            with self.subTest(age=age, options=options):
                found = lifetime(mock.Mock(settings_dict={"CONN_MAX_AGE": age, "OPTIONS": options}))
                self.assertEqual([message.id for message in found if message.hint], expected)


@only_on("postgresql")
class EncodingTest(TestCase):
    def test_utf8_passes_and_another_encoding_is_refused(self) -> None:
        self.assertEqual(encoding(connection), [])
        other = connection.copy()
        other.settings_dict["NAME"] += "_ascii"
        self.make(other.settings_dict["NAME"])
        found = encoding(other)
        other.close()
        self.assertEqual(
            [(message.id, "SQL_ASCII" in message.msg) for message in found], [("newsroom.core.E003", True)]
        )

    def make(self, name: str) -> None:
        self.outside(f"DROP DATABASE IF EXISTS {name}")
        self.outside(
            f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
        )
        self.addCleanup(self.outside, f"DROP DATABASE {name} WITH (FORCE)")

    def outside(self, statement: str) -> None:
        """Databases are made outside of any transaction."""
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


class GuardsCheckTest(GuardedTransactionTestCase):
    def complaints(self) -> list[CheckMessage]:
        return [
            message for message in run_checks(databases=["default"]) if message.id == "newsroom.core.E001"
        ]

    def test_guards_that_stand_pass_and_missing_ones_are_named_with_a_hint(self) -> None:
        self.assertEqual(self.complaints(), [])
        with lifted():
            found = self.complaints()
            self.assertEqual(len(found), len(guards.faults()))
            self.assertIn(
                "The guard guard_core_ledgerentry_update of database “default” is missing.",
                [message.msg for message in found],
            )
            self.assertIn("manage.py migrate", found[0].hint)
        self.assertEqual(self.complaints(), [])

    def test_checks_that_name_no_database_touch_none(self) -> None:
        with lifted(), self.assertNumQueries(0):
            self.assertEqual(guards_in_force(app_configs=None, databases=None), [])
            self.assertEqual(database_options(app_configs=None, databases=None), [])

    def test_check_fails_without_guards_and_migrate_mends_it(self) -> None:
        self.check()
        guards.drop_all()
        with self.assertRaisesMessage(SystemCheckError, "newsroom.core.E001"):
            self.check()
        call_command("migrate", verbosity=0, skip_checks=False)
        self.check()

    def check(self) -> None:
        call_command("check", databases=["default"], stdout=StringIO())

    def test_guards_that_are_about_to_be_written_are_not_missed(self) -> None:
        with lifted(), guards_follow():
            self.assertEqual(self.complaints(), [])

    def test_guards_stand_again_after_a_migration_failed(self) -> None:
        seen = []

        def fail(*args: object, **kwargs: object) -> None:
            seen.append(len(guards.faults()))
            raise ZeroDivisionError

        recorder = MigrationRecorder(connection)
        recorder.record_unapplied("sessions", "0001_initial")
        self.addCleanup(recorder.record_applied, "sessions", "0001_initial")
        with mock.patch.object(Migration, "apply", fail), self.assertRaises(ZeroDivisionError):
            call_command("migrate", verbosity=0)
        self.assertEqual(seen[0] > 0, connection.vendor == "sqlite")
        self.assertEqual(guards.faults(), [])


class OptionsInForceTest(TestCase):
    def test_the_database_of_the_tests_has_productions_options(self) -> None:
        self.assertEqual(database_options(app_configs=None, databases=["default"]), [])

    def test_another_engine_is_refused(self) -> None:
        found = unknown_engine(mock.Mock(vendor="mysql"))
        self.assertEqual(
            [(message.id, "mysql" in message.msg) for message in found], [("newsroom.core.E005", True)]
        )
