"""Valid HTML, as the Nu HTML checker reads it: one start of Java for all pages, because the start is what is slow."""

import functools
import json
import shutil
import subprocess
import tempfile
import unittest
from collections.abc import Iterable
from pathlib import Path

from tests.html_checks import HOW_TO_INSTALL, MODULES

JAR = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def assert_valid_html(pages: Iterable[tuple[str, str]]) -> None:
    """Fail with every error and warning in the pages, given as (name, HTML); notes of type info are no fault.

    Raise SkipTest where Java or the checker is not installed, ValueError where there is no page.
    """
    faults = html_faults(pages)
    if faults:
        raise AssertionError(f"{len(faults)} faults in HTML:\n" + "\n".join(faults))


def html_faults(pages: Iterable[tuple[str, str]]) -> list[str]:
    """Errors and warnings, one line each: page, place, what is wrong, the words around it."""
    java = find_java()
    if java is None:
        raise unittest.SkipTest("Java is not installed: HTML was not checked")
    if not JAR.exists():
        raise unittest.SkipTest(f"vnu-jar is not installed: {HOW_TO_INSTALL}")
    with tempfile.TemporaryDirectory(prefix="newsroom-html-") as folder:
        names = _write(Path(folder), pages)
        messages = _check(java, sorted(names))
    return [_line(message, names) for message in messages if _is_fault(message)]


@functools.cache
def find_java() -> str | None:
    """The path of a Java that runs: a Mac without one still has a `java` that only says so."""
    path = shutil.which("java")
    works = path and subprocess.run([path, "-version"], capture_output=True).returncode == 0
    return path if works else None


def _write(folder: Path, pages: Iterable[tuple[str, str]]) -> dict[str, str]:
    names = {}
    for number, (name, html) in enumerate(pages):
        path = folder / f"{number:04}.html"
        path.write_text(html, encoding="utf-8")
        names[str(path)] = name
    if not names:
        raise ValueError("no page was given to check")
    return names


def _check(java: str, paths: list[str]) -> list[dict]:
    command = [java, "-Xss1m", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always", *paths]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode or not done.stdout.startswith("{"):
        raise RuntimeError(f"the HTML checker did not run: {done.stderr or done.stdout}")
    return json.loads(done.stdout)["messages"]


def _is_fault(message: dict) -> bool:
    return message["type"] != "info" or message.get("subType") == "warning"


def _line(message: dict, names: dict[str, str]) -> str:
    path = message.get("url", "").removeprefix("file:")
    place = f"{names.get(path, path)}, line {message.get('lastLine', '?')}"
    return f"{place}: {message['message']} [{message.get('extract', '').strip()}]"
