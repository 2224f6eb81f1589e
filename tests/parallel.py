"""Tests in several processes whose failures always arrive: a worker tells them as text.

Django sends exceptions and subtests themselves. Tracebacks, responses and many test cases cannot be pickled, and one
failing test then ends the whole run without a list of what failed.
"""

import traceback
import unittest
from dataclasses import dataclass
from types import TracebackType

from django.test.runner import ParallelTestSuite, RemoteTestResult, RemoteTestRunner

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Failure(AssertionError):
    """A test's failure, told by a worker."""


class Crash(Exception):
    """A test's error, told by a worker."""


@dataclass(frozen=True)
class Subtest:
    """The name of a subtest; `id` is that of its test."""

    name: str
    test_id: str
    failureException = AssertionError

    def __str__(self) -> str:
        return self.name

    def id(self) -> str:
        return self.test_id

    def shortDescription(self) -> None:
        return None


def told(error: ErrorInfo) -> ErrorInfo:
    """The error as text, without the frames of unittest itself; a failure stays a failure."""
    kind, value, frames = error
    while frames and "__unittest" in frames.tb_frame.f_globals:
        frames = frames.tb_next
    text = "".join(traceback.format_exception(kind, value, frames))
    stand_in = Failure if issubclass(kind, AssertionError) else Crash
    return stand_in, stand_in(text), None


class TellingResult(RemoteTestResult):
    """Records what happened in a worker, in words."""

    def addError(self, test: unittest.TestCase, err: ErrorInfo) -> None:
        super().addError(test, told(err))

    def addFailure(self, test: unittest.TestCase, err: ErrorInfo) -> None:
        super().addFailure(test, told(err))

    def addExpectedFailure(self, test: unittest.TestCase, err: ErrorInfo) -> None:
        super().addExpectedFailure(test, told(err))

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: ErrorInfo | None) -> None:
        if err is not None:
            err = told(err)
        super().addSubTest(test, Subtest(str(subtest), test.id()), err)


class TellingRunner(RemoteTestRunner):
    resultclass = TellingResult


class TellingSuite(ParallelTestSuite):
    """Django's parallel suite with workers that tell."""

    runner_class = TellingRunner
