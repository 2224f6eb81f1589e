"""Servers under measurement: gunicorn with the same settings for each, and the processor time of all it runs on.

Reads /proc, so it measures on Linux alone.
"""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from .load import HOST, WrongAnswer, fetch

ROOT = Path(__file__).resolve().parent.parent
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
SECONDS_TO_START = 30


class DidNotStart(Exception):
    """A server did not answer in time; the message holds what it wrote."""


class Server:
    """gunicorn with sync workers on a port of its own."""

    def __init__(self, name: str, application: str, *, workers: int, log: Path, **environment: str):
        self.name = name
        self.log = log
        # The socket is bound here and handed on, so that nobody can take the port in between.
        with socket.create_server((HOST, 0), backlog=128) as listening:
            self.port = listening.getsockname()[1]
            handle = listening.fileno()
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", application, "--bind", f"fd://{handle}"),
                    *("--workers", str(workers), "--worker-class", "sync", "--no-control-socket"),
                    *("--log-level", "warning", "--chdir", str(ROOT)),
                ],
                env={**os.environ, "PGAPPNAME": self.application_name, **environment},
                pass_fds=[handle],
                stdout=log.open("wb"),
                stderr=subprocess.STDOUT,
            )

    @property
    def application_name(self) -> str:
        """Under which PostgreSQL lists this server's connections."""
        return f"benchmark {self.name}"

    def wait_until_ready(self, path: str) -> None:
        """Return once the server answers. Raise DidNotStart with its own words."""
        deadline = time.monotonic() + SECONDS_TO_START
        trouble: Exception | None = None
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                fetch(self.port, path)
                return
            except (OSError, WrongAnswer) as error:
                trouble = error
                time.sleep(0.1)
        raise DidNotStart(f"{self.name}: {trouble}\n{self.log.read_text(errors='replace')[-3000:]}")

    def processes(self) -> list[int]:
        """gunicorn's own process and its workers."""
        own = self.process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text()
        return [own, *map(int, children.split())]

    def stop(self) -> None:
        """End the server and wait until it is gone."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def processor_seconds(process: int) -> float:
    """What the process used so far, for itself and in the kernel. Raise FileNotFoundError where it is gone."""
    # After the name, which is in brackets and may hold anything: state is field 3, times are 14 and 15.
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND


class Meter:
    """The processor time of processes that may come and go, such as a database's: `with Meter(find) as meter: ...`

    They are looked at four times a second, so what one used after the last look before its end is lost.
    """

    def __init__(self, find: Callable[[], list[int]]):
        self.find = find
        self.before: dict[int, float] = {}
        self.last: dict[int, float] = {}
        self.ended = threading.Event()
        self.watch = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Meter":
        self.before = self._look()
        self.last = dict(self.before)
        self.watch.start()
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.ended.set()
        self.watch.join()
        self.last |= self._look()

    @property
    def seconds(self) -> float:
        """What they used inside the block."""
        return sum(used - self.before.get(process, 0.0) for process, used in self.last.items())

    def _watch(self) -> None:
        while not self.ended.wait(0.25):
            self.last |= self._look()

    def _look(self) -> dict[int, float]:
        seen = {}
        for process in self.find():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                seen[process] = processor_seconds(process)
        return seen
