"""The conditions of a query that the form beside the results shows and writes: a paper, two days. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

CONDITION = re.compile(
    r'(?<!\S)(?P<name>outlet|after|before):(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"()]+))(?!\S)', re.I
)
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
ONE_WORD = re.compile(r"[^\W_]+")
QUOTES = re.compile(r'["\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u2033\u301d\u301e\u301f]')


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

    `outlets` gives the name of each paper by its slug. What the form cannot show (a paper it does not know, a second
    date, anything in brackets or beside OR) stays in the words, so that nothing a person typed is dropped unseen.
    """
    if re.search(r"[()]|(?<!\S)OR(?!\S)", asked) or asked.count('"') % 2:
        return asked, Conditions()
    slugs = {name.casefold(): slug for slug, name in outlets.items()} | {slug: slug for slug in outlets}
    taken: dict[str, str | date] = {}

    def take(found: re.Match[str]) -> str:
        name, words = found["name"].lower(), found["quoted"] or found["bare"] or ""
        value = slugs.get(words.casefold()) if name == "outlet" else first_day(words)
        if value is None or name in taken:
            return found[0]
        taken[name] = value
        return ""

    rest = " ".join(CONDITION.sub(take, asked).split()) if taken_any(asked) else asked
    before = taken.get("before")
    return rest, Conditions(
        taken.get("outlet", ""), taken.get("after"), before and before - timedelta(days=1)
    )


def taken_any(asked: str) -> bool:
    return CONDITION.search(asked) is not None


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
    plain = QUOTES.sub(" ", name)
    return plain if ONE_WORD.fullmatch(plain) else f'"{plain}"'


def first_day(words: str) -> date | None:
    """The day, or the first of the month or year; None for anything else."""
    found = DAY.fullmatch(words)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
