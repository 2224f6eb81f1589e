"""Servers under measurement: gunicorn with the same settings for each, and the processor time of all it runs on.

Reads /proc, so it measures on Linux alone.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
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


def processor_seconds(processes: Iterable[int]) -> float:
    """What the processes used so far, for themselves and in the kernel."""
    ticks = 0
    for process in processes:
        # After the name, which is in brackets and may hold anything: state is field 3, times are 14 and 15.
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS_A_SECOND
