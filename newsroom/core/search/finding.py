"""Finding: the newest 1,000 hits of one query in one question to the database, ranked and cut into pages."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from newsroom.core.pages import BadCursor

from . import catching_up, words_postgresql, words_sqlite
from .places import bounds, day_of, number_of_place, without_face
from .ranking import Candidate, Ranked, needs_body, rank
from .register import of_kind, registered
from .terms import FIELDS, Face, Found, Hit, Query

CAP = 1000
ENGINES = {"sqlite": words_sqlite, "postgresql": words_postgresql}
# Scalar subqueries, here and below, not EXISTS, which PostgreSQL may answer by listing all that is public first.
WAITS = (
    "(SELECT 1 FROM core_searchpending AS p "
    "WHERE p.kind = r.kind AND p.object_id = r.object_id AND p.hides LIMIT 1) IS NOT NULL"
)
SAMPLE_TIMES = (
    datetime.datetime(2001, 2, 3, 4, 5, 6, tzinfo=datetime.UTC),
    datetime.datetime(2017, 8, 9, 10, 11, 12, tzinfo=datetime.UTC),
)
CURSOR = re.compile(r"(0|[1-9]\d{0,8})-(0|[1-9]\d{0,18})", re.ASCII)


def find(
    query: Query,
    kinds: Sequence[str] | None = None,
    face: Face = "readers",
    at: datetime.datetime | None = None,
    limit: int = 20,
    after: str | None = None,
) -> Found:
    """A page of what the query finds, best first: of all kinds unless some are named.

    For readers, only what is public at that time (now, unless given) is found: the database decides it as it is asked,
    before the newest 1,000 are taken. What changed since it was indexed is indexed first, as far as that takes no
    longer than a moment; what then still waits is left out for readers.

    `after` is `Found.next` of the page before: the page goes on behind that hit, whatever came or went meanwhile.
    Raise newsroom.core.pages.BadCursor for a cursor that cannot have come from here, ValueError for an unknown kind.
    """
    at = at or timezone.now()
    place = read_cursor(after)
    catching_up.before_search()
    candidates = newest(query, kinds_asked(kinds), face, at, CAP + 1, body=needs_body(query))
    capped, candidates = len(candidates) > CAP, candidates[:CAP]
    ranked = rank(query, candidates, timezone.localdate(at))
    rest = [one for one in ranked if place is None or one.order > place]
    shown = rest[:limit]
    more = len(rest) > limit
    return Found(
        hits=[hit(one) for one in shown],
        more=more,
        capped=capped,
        total=len(candidates),
        kinds=dict(Counter(candidate.kind for candidate in candidates)),
        next=cursor(shown[-1]) if more and shown else None,
    )


def kinds_asked(kinds: Sequence[str] | None) -> list[str]:
    """The kinds in the order of their codes. Raise ValueError for an unknown one."""
    if kinds is None:
        return [searchable.kind for searchable in registered()]
    return [one.kind for one in sorted({of_kind(kind) for kind in kinds}, key=lambda one: one.code)]


def hit(ranked: Ranked) -> Hit:
    one = ranked.candidate
    return Hit(one.kind, one.pk, ranked.score, day_of(one.place), number_of_place(one.place))


def cursor(ranked: Ranked) -> str:
    """Where the hit stands: its points and its place, so that the cursor still works when the hit is gone."""
    return f"{ranked.score}-{without_face(ranked.candidate.place)}"


def read_cursor(after: str | None) -> tuple[int, int] | None:
    """The order that a cursor names. Raise BadCursor."""
    if after is None:
        return None
    found = CURSOR.fullmatch(after)
    if not found:
        raise BadCursor(after)
    return -int(found[1]), -int(found[2])


def newest(
    query: Query, kinds: Sequence[str], face: Face, at: datetime.datetime, most: int, *, body: bool
) -> list[Candidate]:
    """The newest rows that the query finds, at most so many, in one query."""
    if not kinds:
        return []
    engine = ENGINES[connection.vendor]
    words, params = engine.condition(query.node, kinds, narrowed=len(kinds) < len(registered()))
    shown, more = visible(kinds, at) if face == "readers" else ("", [])
    fields = [f"r.{name}" for name in FIELDS if name != "body" or body]
    sql = (
        f"SELECT r.place, r.kind, r.object_id, {', '.join(fields)} FROM {engine.source()} "  # noqa: S608
        f"WHERE ({words}) AND {engine.PLACE} BETWEEN %s AND %s{shown} ORDER BY {engine.PLACE} DESC LIMIT %s"
    )
    first, last = bounds(face, query.since, query.until)
    with connection.cursor() as asked:
        asked.execute(sql, [*params, first, last, *more, most])
        missing = () if body else ("",)
        return [Candidate(row[0], row[1], row[2], (*row[3:], *missing)) for row in asked.fetchall()]


def visible(kinds: Sequence[str], at: datetime.datetime) -> tuple[str, list]:
    """SQL that is true of rows that readers may find now: public by the app's own rule, and not waiting."""
    cases, params = [], []
    for kind in kinds:
        sql, given = public(kind, at)
        cases.append(f"WHEN '{kind}' THEN {sql}")
        params += given
    return f" AND CASE WHEN {WAITS} THEN FALSE ELSE CASE r.kind {' '.join(cases)} ELSE FALSE END END", params


def public(kind: str, at: datetime.datetime) -> tuple[str, list]:
    """SQL that is true where the row's object is among what the app calls public at that time."""
    sql, params, whens = written_public(kind, connection.vendor)
    if whens is None:
        sql, params = write_public(kind, at)
        return sql, list(params)
    when = connection.ops.adapt_datetimefield_value(at)
    return sql, [when if place in whens else value for place, value in enumerate(params)]


@lru_cache
def written_public(kind: str, vendor: str) -> tuple[str, tuple, frozenset[int] | None]:
    """The same for any time, because to write it takes longer than to ask it: with the places where the time goes.

    It is written for two times. Where the two differ in anything but the very time, there are no places, and it must be
    written anew for each search.
    """
    first, second = (write_public(kind, when) for when in SAMPLE_TIMES)
    whens = frozenset(
        place for place, (one, two) in enumerate(zip(first[1], second[1], strict=False)) if one != two
    )
    adapted = [connection.ops.adapt_datetimefield_value(when) for when in SAMPLE_TIMES]
    exact = all([first[1][place], second[1][place]] == adapted for place in whens)
    same = first[0] == second[0] and len(first[1]) == len(second[1])
    return *first, whens if exact and same else None


def write_public(kind: str, at: datetime.datetime) -> tuple[str, tuple]:
    rows = of_kind(kind).public(at).order_by().filter(pk=RawSQL("r.object_id", ())).values("pk")[:1]
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return "FALSE", ()
    return f"({sql}) IS NOT NULL", params
