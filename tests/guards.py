"""The one place where guards are lifted: to flush a test's rows, and to tamper with what an audit must find.

A test case that commits derives from GuardedTransactionTestCase or GuardedLiveServerTestCase: inside the test every
guard is in force, only the flush after it goes without. Rows that migrations made are put back for the next test.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.db import connections
from django.test import TransactionTestCase

from newsroom.core import guards


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Take the guards down for the block; they stand again after it, however it ends."""
    settle(using)
    guards.drop_all(using)
    try:
        yield
    finally:
        settle(using)
        guards.install(using)


def settle(using: str) -> None:
    """Let deferred foreign keys speak now: PostgreSQL touches no trigger of a table that still waits for them."""
    connection = connections[using]
    if connection.in_atomic_block and not connection.needs_rollback:
        connection.check_constraints()


class FlushedWithoutGuards:
    """Lifts the guards for the flush after each test of a TransactionTestCase, and for nothing else."""

    serialized_rollback = True
    databases: Iterable[str]

    def _fixture_teardown(self) -> None:
        with ExitStack() as stack:
            for using in self._databases_names(include_mirrors=False):
                stack.enter_context(lifted(using))
            super()._fixture_teardown()


class GuardedTransactionTestCase(FlushedWithoutGuards, TransactionTestCase):
    """A TransactionTestCase in which the guards are in force."""


class GuardedLiveServerTestCase(FlushedWithoutGuards, StaticLiveServerTestCase):
    """A live server whose database is guarded."""
