"""Sends a bounded number of requests to a server on this machine and compares every body with what it must be."""

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

HOST = "127.0.0.1"
SECONDS_AN_ANSWER = 20


class WrongAnswer(Exception):
    """A server sent another status or another body than it must; the message names page and server."""


@dataclass(frozen=True)
class Load:
    """What was sent, and how long it took from the first request to the last answer."""

    requests: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def fetch(port: int, path: str) -> bytes:
    """One page over a connection of its own, as sync workers keep none. Raise WrongAnswer for any status but 200."""
    connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS_AN_ANSWER)
    try:
        connection.request("GET", quote(path), headers={"Accept-Encoding": "identity"})
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise WrongAnswer(f"{path} answered {answer.status}")
    return body


def send(port: int, pages: dict[str, bytes], requests: int, *, clients: int, seconds: float) -> Load:
    """Ask for the pages in turn until so many requests were answered.

    Raise WrongAnswer, TimeoutError after so many seconds, or what the connection raised.
    """
    paths = [list(pages)[number % len(pages)] for number in range(requests)]
    parts = [paths[client::clients] for client in range(clients)]
    troubles: list[Exception] = []
    deadline = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_ask, args=(port, pages, part, deadline, troubles)) for part in parts if part
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    if troubles:
        raise troubles[0]
    return Load(len(paths), took)


def _ask(
    port: int, pages: dict[str, bytes], paths: Sequence[str], deadline: float, troubles: list[Exception]
) -> None:
    try:
        for path in paths:
            if time.monotonic() > deadline:
                raise TimeoutError("The server did not answer so many requests in the time given.")
            if fetch(port, path) != pages[path]:
                raise WrongAnswer(f"{path} has another body than Newsroom sent at first")
    except (OSError, http.client.HTTPException, WrongAnswer) as trouble:
        troubles.append(trouble)
