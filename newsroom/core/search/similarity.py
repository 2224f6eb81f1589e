"""What is most like a text, among a bounded number of candidates from the index."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from . import catching_up
from .finding import kinds_asked, newest
from .likeness import EMPTY_KEYS, Word, heaviest, likeness, seeking, weighed
from .places import day_of, number_of_place, without_face
from .ranking import Candidate
from .terms import FIELDS, Face, Hit

TOGETHER = (3, 2, 1)  # first what holds three of the words, then two, then one


def similar(
    text: str,
    kinds: Sequence[str] | None = None,
    face: Face = "readers",
    candidates: int = 200,
    limit: int = 10,
    at: datetime.datetime | None = None,
) -> list[Hit]:
    """What shares the most words with the text, best first: compared by headline (of a claim: its statement), a little
    by summary (its finding).

    Candidates are sought by the text's heaviest words: the newest that hold three of them, then two, then one, until
    there are so many; at most three queries. `Hit.score` is in thousandths (1,000: the very same words);
    numbers weigh most; `Hit.shared` names the words as the text writes them. Who shares none is left out.
    """
    catching_up.before_search()
    ours = weighed(text)
    found = sought(ours, kinds_asked(kinds), face, at or timezone.now(), candidates)
    hits = [compared(ours, candidate) for candidate in found]
    return [hit for _order, hit in sorted(hits, key=lambda pair: pair[0]) if hit.shared][:limit]


def sought(
    ours: Sequence[Word], kinds: Sequence[str], face: Face, at: datetime.datetime, most: int
) -> list[Candidate]:
    """The candidates, at most so many."""
    words, found = heaviest(ours), {}
    for together in TOGETHER:
        query = seeking(words, together)
        if query and len(found) < most:
            for candidate in newest(query, kinds, face, at, most, body=False):
                found.setdefault(candidate.place, candidate)
    return list(found.values())[:most]


def compared(ours: Sequence[Word], candidate: Candidate) -> tuple[tuple[int, int], Hit]:
    """The hit and where it stands in order."""
    name, rest = (keys_of(candidate.fields[FIELDS.index(field)]) for field in ("headline", "summary"))
    score, shared = likeness(ours, name, rest)
    one = Hit(
        candidate.kind, candidate.pk, score, day_of(candidate.place), number_of_place(candidate.place), shared
    )
    return (-score, -without_face(candidate.place)), one


def keys_of(field: str) -> frozenset[str]:
    """The words of a field that weigh."""
    return frozenset(key for key in field.split() if not key.startswith("=") and key not in EMPTY_KEYS)
