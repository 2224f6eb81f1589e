"""Search: what readers and the desk find, the same on both engines. It knows neither articles nor claims.

    query = parse("“sixth base” -Syria by:khan after:2020-03")     # QueryRefused: tell the person str(error)
    found = find(query, face="readers", limit=20)  # of all kinds unless some are named
    found.total, found.capped, found.more, found.next               # find(..., after=found.next): the page after it
    snippet(text, query)                                            # [(words, is_hit), ...] of about 240 code points
    similar(statement, kinds=("claim",), face="desk", limit=8)      # hits with the words they share
    catch_up()                                                      # index what waits; find does so within bounds
    catch_up_now()                                                  # the same inside the transaction that is open

Pure: analyse (text into words), query, ranking, snippets, likeness. Begin with terms.py; what an app registers stands
in register.py, how rows are kept in rows.py and pending.py, how each engine is asked in engine_*.py.
"""

from .catching_up import catch_up, catch_up_now
from .finding import find
from .query import parse
from .similarity import similar
from .snippets import snippet
from .terms import Found, Hit, Query, QueryRefused

__all__ = [
    "Found",
    "Hit",
    "Query",
    "QueryRefused",
    "catch_up",
    "catch_up_now",
    "find",
    "parse",
    "similar",
    "snippet",
]
