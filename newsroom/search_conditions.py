"""The conditions of a query that the form beside the results shows and writes: a paper, two days. Pure."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

# As the query is read: any quotation mark closes any other.
QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u2033\u301d\u301e\u301f'
CONDITION = re.compile(
    rf"(?<!\S)(?P<name>outlet|after|before):(?:[{QUOTES}](?P<quoted>[^{QUOTES}]*)[{QUOTES}]|(?P<bare>[^\s{QUOTES}()]+))"
    rf"(?!\S)|[{QUOTES}][^{QUOTES}]*[{QUOTES}]",
    re.IGNORECASE,
)
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
FIRST_YEAR = 1000
ONE_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Conditions:
    """What the form holds: the slug of a paper, the first day and the last, each None or empty where it is not set."""

    outlet: str = ""
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.outlet or self.since or self.until)


def apart(asked: str, outlets: Mapping[str, str]) -> tuple[str, Conditions]:
    """The query without the conditions that the form can show, and those conditions.

    `outlets` gives the name of each paper by its slug. What the form cannot show (a paper it does not know, two
    conditions of one name, anything in brackets or beside OR) stays in the words: nothing typed is dropped unseen.
    """
    if re.search(r"[()]|(?<!\S)OR(?!\S)", asked) or sum(asked.count(mark) for mark in QUOTES) % 2:
        return asked, Conditions()
    slugs = {name.casefold(): slug for slug, name in outlets.items()} | {slug: slug for slug in outlets}
    names = Counter((found["name"] or "").lower() for found in CONDITION.finditer(asked))
    taken: dict[str, str | date] = {}

    def take(found: re.Match[str]) -> str:
        if not found["name"]:
            return found[0]  # a phrase, whatever stands in it
        name, words = found["name"].lower(), found["quoted"] or found["bare"] or ""
        value = slugs.get(words.casefold()) if name == "outlet" else first_day(words)
        if value is None or names[name] > 1:
            return found[0]
        taken[name] = value
        return ""

    rest = CONDITION.sub(take, asked)
    before = taken.get("before")
    conditions = Conditions(
        taken.get("outlet", ""), taken.get("after"), before and before - timedelta(days=1)
    )
    return " ".join(rest.split()) if conditions else asked, conditions


def with_conditions(words: str, conditions: Conditions, outlets: Mapping[str, str]) -> str:
    """The query that asks for the words under the conditions, as a person would type it."""
    parts = [words.strip()]
    if conditions.outlet:
        parts.append(f"outlet:{as_value(outlets[conditions.outlet])}")
    if conditions.since:
        parts.append(f"after:{conditions.since.isoformat()}")
    if conditions.until:
        parts.append(f"before:{(conditions.until + timedelta(days=1)).isoformat()}")
    return " ".join(part for part in parts if part)


def as_value(name: str) -> str:
    """A name as it stands after a colon: in quotation marks unless it is one word."""
    plain = re.sub(f"[{QUOTES}]", " ", name)
    return plain if ONE_WORD.fullmatch(plain) else f'"{plain}"'


def first_day(words: str) -> date | None:
    """The day, or the first of the month or year; None for anything else."""
    found = DAY.fullmatch(words)
    if not found or int(found[1]) < FIRST_YEAR:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
