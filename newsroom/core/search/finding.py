"""Finding: the newest 1,000 hits of one query, ranked and cut into pages."""

from datetime import datetime

from .terms import Face, Found, Hit, Query

CAP = 1000


def find(
    query: Query,
    kinds: tuple[str, ...] | None = None,
    face: Face = "readers",
    at: datetime | None = None,
    limit: int = 20,
    after: str | None = None,
) -> Found:
    """A page of what the query finds, best first: of all kinds unless some are named.

    For readers, only what is public at that time (now, unless given) is found, decided by the database as it is asked.
    `after` is `Found.next` of the page before; raise newsroom.core.pages.BadCursor for anything else.
    """
    return Found([])


def similar(
    text: str,
    kinds: tuple[str, ...] | None = None,
    face: Face = "readers",
    candidates: int = 200,
    limit: int = 10,
    at: datetime | None = None,
) -> list[Hit]:
    """What shares the most words with the text, among at most that many candidates; `Hit.shared` names the words."""
    return []
