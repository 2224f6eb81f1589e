"""`make test`: every test on SQLite, then on PostgreSQL, then in Chromium on both; then one closing line for all.

What could not be run is said in the last lines; with NEWSROOM_REQUIRE=all it is a failure.
"""

import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_BROWSER = ("--parallel", "auto", "--exclude-tag", "browser")
WITH_BROWSER = ("--parallel", "auto", "--tag", "browser")
# What a shell may have set for the site; tests say themselves what they need.
SETTINGS = ("ALLOWED_HOSTS", "BEHIND_HTTPS", "DATABASE_URL", "DEBUG", "SECRET_KEY", "SITE_NAME", "TIME_ZONE")


@dataclass
class Outcome:
    """What one run, or all of them, came to."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


def run(name: str, url: str | None, words: tuple[str, ...]) -> Outcome:
    """One run of Django's tests on the database at the address (SQLite where it is None)."""
    print(f"\n== {name} ==", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="newsroom-report-") as folder:
        report = Path(folder) / "report.json"
        environment = {key: value for key, value in os.environ.items() if key not in SETTINGS}
        environment["NEWSROOM_TEST_REPORT"] = str(report)
        if url:
            environment["DATABASE_URL"] = url
        status = postgres.call([sys.executable, str(ROOT / "manage.py"), "test", *words], environment)
        outcome = read(name, report, status)
    print(f"{name}: {counts(outcome)} ({time.monotonic() - began:.0f} s)", flush=True)
    return outcome


def read(name: str, report: Path, status: int) -> Outcome:
    """The runner's own count; a run that left none, ran nothing or failed without naming a test failed as a whole."""
    outcome = Outcome(**json.loads(report.read_text())) if report.exists() else Outcome()
    if status and not outcome.failed:
        outcome.failed.append(f"the run on {name} ended with status {status}")
    elif not outcome.passed and not outcome.failed and not outcome.skipped:
        outcome.failed.append(f"the run on {name} found no test")
    return outcome


def run_all() -> tuple[dict[str, Outcome], dict[str, str]]:
    """Outcomes by run, and what was left out with its reason."""
    outcomes: dict[str, Outcome] = {}
    missing: dict[str, str] = {}
    with ExitStack() as stack:
        outcomes["SQLite"] = run("SQLite", None, WITHOUT_BROWSER)
        try:
            url = stack.enter_context(postgres.address())
        except postgres.NoPostgresError as error:
            missing["PostgreSQL"] = str(error)
            url = None
        if url:
            outcomes["PostgreSQL"] = run("PostgreSQL", url, WITHOUT_BROWSER)
        outcomes["Chromium on SQLite"] = run("Chromium on SQLite", None, WITH_BROWSER)
        if url:
            outcomes["Chromium on PostgreSQL"] = run("Chromium on PostgreSQL", url, WITH_BROWSER)
    return outcomes, missing


def counts(outcome: Outcome) -> str:
    """`N passed, N failed, N skipped`."""
    return f"{outcome.passed} passed, {len(outcome.failed)} failed, {len(outcome.skipped)} skipped"


def close(outcomes: dict[str, Outcome], missing: dict[str, str]) -> int:
    """Print what failed, what was left out, and the sum. Return the exit status."""
    if os.environ.get("NEWSROOM_REQUIRE") == "all":
        outcomes |= {name: Outcome(failed=[f"{name} is required: {why}"]) for name, why in missing.items()}
    total = Outcome()
    print("\n== In all ==")
    for name, outcome in outcomes.items():
        print(f"{name}: {counts(outcome)}")
        total.passed += outcome.passed
        total.failed += [f"{name}: {test}" for test in outcome.failed]
        total.skipped |= {f"{name}: {test}": reason for test, reason in outcome.skipped.items()}
    for test in total.failed:
        print(f"FAILED  {test}")
    for name, reason in {**missing, **total.skipped}.items():
        print(f"SKIPPED  {name}: {reason}")
    if not missing and not total.skipped:
        print("Nothing was skipped.")
    print(f"Tests: {counts(total)}", flush=True)
    return 1 if total.failed else 0


def main() -> int:
    """Run everything. Exit with 1 where something failed, 130 where somebody pressed Ctrl-C."""
    os.chdir(ROOT)
    try:
        return close(*run_all())
    except KeyboardInterrupt:
        print("\nInterrupted: the tests were not run to their end.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
