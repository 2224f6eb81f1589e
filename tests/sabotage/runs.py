"""Running a few tests in a copy of the checkout, and reading what came of it."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LEFT_OUT = (
    ".git",
    ".venv",
    ".tools",
    ".hypothesis",
    ".ruff_cache",
    "__pycache__",
    "node_modules",
    "staticfiles",
    "var",
)
SECONDS = 300
BROKEN_TEST = re.compile(r"^(FAIL|ERROR): (\S+) \(([\w.]+)\)", re.MULTILINE)
RAN = re.compile(r"^Ran (\d+) tests?", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """What a run said: tests that failed an assertion, tests that broke in another way, how many ran."""

    failed: tuple[str, ...]
    broken: tuple[str, ...]
    ran: int
    output: str

    @property
    def passed(self) -> bool:
        return self.ran > 0 and not self.failed and not self.broken


def copy_checkout(source: Path, target: Path) -> None:
    """Copy the working tree as it is, without what is built or stored in it."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)


def run_tests(root: Path, labels: tuple[str, ...]) -> Outcome:
    """Run the tests of that copy on SQLite, on files of the copy's own."""
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", "test", "--noinput", *labels],
            cwd=root,
            env=environment(root),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Outcome((), (f"no end after {SECONDS} seconds",), 0, "")
    return read_outcome(done.stdout + done.stderr)


def environment(root: Path) -> dict[str, str]:
    """What the shell has, without what would lead to another database or other rules."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")}
    kept.pop("DATABASE_URL", None)
    # No compiled files: two changes of one file within a second would be taken for one.
    return {**kept, "NEWSROOM_VAR": str(root / "var"), "PYTHONDONTWRITEBYTECODE": "1"}


def read_outcome(output: str) -> Outcome:
    """Read what unittest prints. A test module that cannot be loaded, or a class that cannot be set up, is broken."""
    said: dict[str, list[str]] = {"FAIL": [], "ERROR": []}
    for kind, name, where in BROKEN_TEST.findall(output):
        said[kind].append(where if where.endswith(name) else f"{where}.{name}")
    ran = RAN.search(output)
    failed, broken = (tuple(dict.fromkeys(said[kind])) for kind in ("FAIL", "ERROR"))
    return Outcome(failed, broken, int(ran[1]) if ran else 0, output)
