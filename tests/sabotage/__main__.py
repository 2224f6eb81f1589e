"""Plants every fault in a temporary copy of the checkout, one after another, and sees its tests fail.

Exit status 1 where a fault survives, where its tests fail without it, or where its text is no longer found.
"""
# ruff: noqa: T201 (a command: it talks to whoever runs it)

import argparse
import queue
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .fault import Fault, TextGone
from .faults import FAULTS
from .runs import Outcome, copy_checkout, run_tests

ROOT = Path(__file__).resolve().parent.parent.parent
CAUGHT, SURVIVED, ONLY_BROKE, GONE = "caught", "SURVIVED", "ONLY BROKE", "TEXT GONE"


@dataclass(frozen=True)
class Finding:
    """What came of one fault, with the test that caught it or what went wrong."""

    fault: Fault
    result: str
    by: str
    seconds: float

    def line(self) -> str:
        by = self.by.removeprefix("tests.")
        return f"{self.fault.promise:13}{self.fault.name:34}{self.result:11}{self.seconds:4.0f} s  {by}"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.sabotage", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="name", help="faults to plant; all, unless named")
    parser.add_argument("--list", action="store_true", help="name the faults and what they break")
    parser.add_argument("--jobs", type=int, default=2, help="copies in which faults are planted at once")
    asked = parser.parse_args()
    if unknown := set(asked.names) - {fault.name for fault in FAULTS}:
        parser.error(f"no fault is named {', '.join(sorted(unknown))}; --list names them")
    faults = [fault for fault in FAULTS if not asked.names or fault.name in asked.names]
    if asked.list:
        for fault in faults:
            print(f"{fault.promise:13}{fault.name:34}{fault.breaks}")
        return 0
    return run(faults, max(1, asked.jobs))


def run(faults: list[Fault], jobs: int) -> int:
    """Plant the faults in so many copies at once, after seeing that their tests pass without them."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="newsroom-sabotage-") as folder:
        copies: queue.Queue[Path] = queue.Queue()
        for number in range(jobs):
            copy_checkout(ROOT, Path(folder, str(number)))
            copies.put(Path(folder, str(number)))
        if not sound(copies, faults):
            return 1
        with ThreadPoolExecutor(jobs) as pool:
            findings = []
            for finding in pool.map(lambda fault: plant(fault, copies), faults):
                print(finding.line(), flush=True)
                findings.append(finding)
    return conclude(findings, time.monotonic() - began)


def sound(copies: "queue.Queue[Path]", faults: list[Fault]) -> bool:
    """Whether every test that is to fail passes while nothing is broken; what fails is printed."""
    labels = tuple(sorted({label for fault in faults for label in fault.tests}))
    copy = copies.get()
    outcome = run_tests(copy, labels)
    copies.put(copy)
    if not outcome.passed:
        print("Nothing is planted yet, and these tests do not pass:", file=sys.stderr)
        print("\n".join([*outcome.failed, *outcome.broken]) or outcome.output[-2000:], file=sys.stderr)
    else:
        print(f"{outcome.ran} tests pass while nothing is planted.", flush=True)
    return outcome.passed


def plant(fault: Fault, copies: "queue.Queue[Path]") -> Finding:
    """Plant the fault in a free copy, run its tests, take it out again."""
    copy, began = copies.get(), time.monotonic()
    try:
        with fault.planted(copy):
            result, by = judge(run_tests(copy, fault.tests), fault.speaks_up)
    except TextGone as gone:
        result, by = GONE, str(gone).splitlines()[0]
    finally:
        copies.put(copy)
    return Finding(fault, result, by, time.monotonic() - began)


def judge(outcome: Outcome, speaks_up: str = "") -> tuple[str, str]:
    """Caught where an assertion failed, or where the second line of defence said what it must say.

    A test that merely cannot run any more has noticed nothing.
    """
    if outcome.failed:
        return CAUGHT, outcome.failed[0]
    if speaks_up and not outcome.passed and speaks_up in outcome.output:
        return CAUGHT, f"“{speaks_up}”"
    if outcome.broken or not outcome.ran:
        return ONLY_BROKE, outcome.broken[0] if outcome.broken else "no test ran"
    return SURVIVED, f"{outcome.ran} tests passed"


def conclude(findings: list[Finding], seconds: float) -> int:
    """Say how many were caught, and what each of the others would do to a person."""
    escaped = [finding for finding in findings if finding.result != CAUGHT]
    print(f"\n{len(findings) - len(escaped)} of {len(findings)} planted faults were caught, {seconds:.0f} s.")
    for finding in escaped:
        print(
            f"{finding.result}: {finding.fault.name}: {finding.fault.breaks} ({finding.by})", file=sys.stderr
        )
    return 1 if escaped else 0


if __name__ == "__main__":
    sys.exit(main())
