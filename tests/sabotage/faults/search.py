"""Search: readers find what they may not, or do not find what is there."""

from ..fault import Fault

SAFETY = "tests.newsroom.test_search_safety"
FRESHNESS = "tests.newsroom.test_search_freshness"
FINDING = "newsroom/core/search/finding.py"
NEWEST = """\
        f"SELECT r.place, r.kind, r.object_id, {', '.join(fields)} FROM {engine.source()} "  # noqa: S608
        f"WHERE ({words}) AND {engine.PLACE} BETWEEN %s AND %s{shown} ORDER BY {engine.PLACE} DESC LIMIT %s"
    )
    first, last = bounds(face, query.since, query.until)
    with connection.cursor() as asked:
        asked.execute(sql, [*params, first, last, *more, most])
"""

FAULTS = (
    Fault(
        name="draft-found",
        promise="leak",
        breaks="A reader's search shows what is scheduled, or was taken back a moment ago.",
        file=FINDING,
        old='    shown, more = visible(kinds, at) if face == "readers" else ("", [])\n',
        new='    shown, more = ("", [])\n',
        tests=(f"{SAFETY}.HiddenTests",),
    ),
    Fault(
        name="stale-words-found",
        promise="leak",
        breaks="Words that were taken out of an article are still found.",
        file=FINDING,
        old='    return f" AND CASE WHEN {WAITS} THEN FALSE ELSE CASE',
        new='    return f" AND CASE WHEN FALSE THEN FALSE ELSE CASE',
        tests=(f"{FRESHNESS}.WaitingTests",),
    ),
    Fault(
        name="hidden-take-places",
        promise="leak",
        breaks="Drafts take places among the newest hits, so that what readers find depends on them.",
        file=FINDING,
        old=NEWEST,
        new=NEWEST.replace("SELECT r.place", "SELECT * FROM (SELECT r.place")
        .replace("%s AND %s{shown} ORDER", "%s AND %s ORDER")
        .replace('LIMIT %s"', 'LIMIT %s) AS r WHERE TRUE{shown}"')
        .replace("[*params, first, last, *more, most]", "[*params, first, last, most, *more]"),
        tests=(f"{SAFETY}.HiddenTests", f"{SAFETY}.NonInterferenceTests"),
    ),
    Fault(
        name="text-without-rights-found",
        promise="leak",
        breaks="The text of another paper can be found out word by word.",
        file="articles/searching.py",
        old="    return live if article.rights == Article.Rights.FULL else",
        new="    return live if article.rights != Article.Rights.NONE else",
        tests=(f"{SAFETY}.HiddenTests",),
    ),
    Fault(
        name="unapproved-finding-found",
        promise="leak",
        breaks="The finding of a verdict that nobody approved can be found out word by word.",
        file="claims/searching.py",
        old="one.publication_state == Verdict.Publication.PUBLISHED]",
        new="one.publication_state not in ENDED]",
        tests=(f"{SAFETY}.HiddenTests",),
    ),
    Fault(
        name="letters-not-folded",
        promise="found",
        breaks="What was typed on an Arabic keyboard does not find what was printed in Urdu.",
        file="newsroom/core/search/analyse.py",
        old='    "\\u0643": "\\u06a9",  # Arabic kaf\n',
        new="",
        tests=("tests.core.test_search_analyse.WhatMeetsTests",),
    ),
    Fault(
        name="new-name-unnoticed",
        promise="found",
        breaks="A renamed outlet is never found under its new name.",
        file="articles/searching.py",
        old='            "articles.Outlet",\n            of=("name",),\n',
        new='            "articles.Outlet",\n            of=("country",),\n',
        tests=(f"{FRESHNESS}.WhateverWroteItTests",),
    ),
)
