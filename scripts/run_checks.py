"""`make check`: linters, templates, missing migrations, and Django's deployment checks with production's settings."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
MANAGE = (sys.executable, "manage.py")


def templates() -> list[str]:
    """Every template in the repository."""
    folders = [ROOT / "templates", *ROOT.glob("*/templates"), *ROOT.glob("*/*/templates")]
    found = {str(path.relative_to(ROOT)) for folder in folders for path in folder.rglob("*.html")}
    return sorted(path for path in found if not path.startswith("."))


def linters() -> Iterator[tuple[str, ...]]:
    yield (str(TOOLS / "ruff"), "check", ".")
    yield (str(TOOLS / "ruff"), "format", "--check", ".")
    yield (str(TOOLS / "djade"), "--check", *templates())


def deployment() -> Iterator[tuple[str, ...]]:
    """A first deployment: migrate, collect every file a stylesheet names, and let Django find nothing to warn of."""
    yield (*MANAGE, "makemigrations", "--check", "--dry-run")
    yield (*MANAGE, "migrate", "--verbosity", "0")
    yield (*MANAGE, "collectstatic", "--no-input", "--verbosity", "0")
    yield (*MANAGE, "check", "--deploy", "--database", "default", "--fail-level", "WARNING")


def production(url: str, folder: str) -> dict[str, str]:
    """The environment of a newsroom's server on the database at the address."""
    return {
        **os.environ,
        "ALLOWED_HOSTS": "newsroom.example",
        "BEHIND_HTTPS": "1",
        "DATABASE_URL": url,
        "DEBUG": "0",
        "NEWSROOM_VAR": folder,
        "SECRET_KEY": secrets.token_urlsafe(60),
    }


def passes(command: tuple[str, ...], environment: dict[str, str] | None = None) -> bool:
    """Say the command, run it, and tell whether it was content."""
    words = [Path(command[0]).name, *command[1:]]
    print("==", " ".join(words[:6]), "..." if len(words) > 6 else "", flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment).returncode == 0


def main() -> int:
    """Run all of it, also after a failure. Exit with 1 where something was found."""
    results = [passes(command) for command in linters()]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-check-"))
        urls = [f"sqlite:///{folder}/newsroom.sqlite3"]
        try:
            urls.append(throw_away(stack))
        except postgres.NoPostgresError as error:
            print(f"SKIPPED  PostgreSQL: {error}")
            results.append(os.environ.get("NEWSROOM_REQUIRE") != "all")
        for url in urls:
            results += [passes(command, production(url, folder)) for command in deployment()]
    print("Checks: all passed" if all(results) else f"Checks: {results.count(False)} failed")
    return 0 if all(results) else 1


def throw_away(stack: ExitStack) -> str:
    """A database of our own: the one in DATABASE_URL may hold somebody's work, and these commands migrate."""
    return stack.enter_context(postgres.cluster()).url


if __name__ == "__main__":
    sys.exit(main())
