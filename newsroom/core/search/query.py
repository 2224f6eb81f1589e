"""A query as people type it, read into terms; pure. What cannot be read is refused with what and where.

sixth base                 both words, wherever they stand
“sixth base”               next to each other; any quotation marks
base OR camp               either; OR joins its two neighbours, so `Iraq base OR camp` is Iraq and one of the two
-Syria                     without it
hand*                      words that begin so
headline:base by:"Sara Khan" source: tag: outlet:
after:2020-03-01           on that day or later; a month or a year begins on its first day
before:2020-05             earlier than that
on:2020-04                 that day, month or year
(base OR camp) -Syria      brackets
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from .analyse import LONGEST_WORD, tokens
from .terms import FIELD_PREFIXES, And, Node, Not, Or, Query, QueryRefused, Term

LONGEST_QUERY = 500
MOST_WORDS = 32
DEEPEST = 8
SHORTEST_PREFIX = 2
QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u2033\u301d\u301e\u301f'
MINUS = "-\u2212\ufe63\uff0d"
DATES = ("after", "before", "on")
NAMED = re.compile(rf"({'|'.join([*FIELD_PREFIXES, *DATES])})[:\uff1a]", re.IGNORECASE)
ENDS_A_WORD = re.compile(rf"[\s(){QUOTES}]")
DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1000, 9998

MESSAGES = {
    "too_long": _(
        "This query has %(length)d characters; at most %(most)d are read. Leave out the rarer words."
    ),
    "too_many": _("This query has more than %(most)d words. Leave some out."),
    "too_deep": _(
        "The bracket at character %(place)d is inside %(most)d others already. Write it more simply."
    ),
    "empty": _("Write at least one word to look for."),
    "no_words": _("There is no letter or digit to look for in “%(words)s”."),
    "quote": _(
        "The quotation mark at character %(place)d is not closed. Add one after the last word of the phrase."
    ),
    "bracket": _("The bracket at character %(place)d is not closed. Add “)” where the group ends."),
    "stray_bracket": _(
        "The bracket at character %(place)d closes nothing. Take it out, or open one before it."
    ),
    "empty_bracket": _("There is nothing to look for in the brackets at character %(place)d."),
    "or": _("OR at character %(place)d needs a word on each side. To look for the word itself, write “or”."),
    "or_not": _(
        "OR at character %(place)d cannot join something that is excluded. Say what to look for on both sides."
    ),
    "only_not": _("This query only excludes. Add a word or a date to look for, then what to leave out."),
    "only_not_here": _(
        "The brackets at character %(place)d only exclude. Add a word to look for, or take the brackets away."
    ),
    "star": _("“*” at character %(place)d can only stand at the end of a word, as in hand*."),
    "short_prefix": _("“%(words)s” at character %(place)d: write at least two letters before “*”."),
    "no_value": _(
        "Nothing follows “%(field)s:” at character %(place)d. Write a word directly after the colon."
    ),
    "date": _(
        "“%(words)s” at character %(place)d is no date. Write 2020, 2020-04 or 2020-04-07 after “%(field)s:”."
    ),
    "date_here": _(
        "The date at character %(place)d can neither be excluded nor stand beside OR or in brackets. "
        "Write it by itself."
    ),
    "no_days": _("No day lies between the dates of this query. Check which of them comes first."),
}


def refused(code: str, at: int = 0, **params: object) -> QueryRefused:
    return QueryRefused(MESSAGES[code], code=code, at=at, **params)


def parse(text: str) -> Query:
    """The query that the text is. Raise QueryRefused, and nothing else, for a text that is none."""
    if len(text) > LONGEST_QUERY:
        raise refused("too_long", LONGEST_QUERY, length=len(text), most=LONGEST_QUERY)
    if not text.strip():
        raise refused("empty")
    return Reader(text).query()


@dataclass(frozen=True)
class Span:
    """Dates of a query, half-open; None where there is no bound."""

    since: date | None
    until: date | None


@dataclass(frozen=True)
class Part:
    """A piece of the query as it was read: a node, dates, the word OR, or nothing that can be looked for."""

    at: int
    node: Node | None = None
    span: Span | None = None
    is_or: bool = False


class Reader:
    """Reads one query from left to right."""

    def __init__(self, text: str):
        self.text, self.at = text, 0
        self.words = 0
        self.spans: list[Span] = []

    def query(self) -> Query:
        node = self.group(depth=0)
        if self.at < len(self.text):
            raise refused("stray_bracket", self.at)
        since = max((span.since for span in self.spans if span.since), default=None)
        until = min((span.until for span in self.spans if span.until), default=None)
        if since and until and since >= until:
            raise refused("no_days")
        if node is None and not self.spans:
            raise refused("no_words", words=shown(self.text.strip()))
        if only_excludes(node) and not self.spans:
            raise refused("only_not")
        return Query(self.text, node, since, until)

    def group(self, depth: int) -> Node | None:
        """What stands up to the end of the brackets, or of the text."""
        parts: list[Part] = []
        while self.skip_space() and self.peek() != ")":
            parts.append(self.part(depth))
        return together(self.joined(parts))

    def joined(self, parts: list[Part]) -> list[Node]:
        """The parts with each OR joined to its neighbours; signs without words are passed over."""
        parts = [part for part in parts if part.node or part.span or part.is_or]
        nodes: list[Node] = []
        joins = False
        for place, part in enumerate(parts):
            if part.is_or:
                sides = [
                    parts[place - 1] if place else None,
                    parts[place + 1] if place + 1 < len(parts) else None,
                ]
                check_sides(part.at, sides)
                joins = True
            elif part.span:
                self.spans.append(part.span)
            elif joins:
                nodes[-1], joins = either(nodes[-1], part.node), False
            else:
                nodes.append(part.node)
        return nodes

    def part(self, depth: int) -> Part:
        """The next piece. Always moves on."""
        begin = self.at
        if self.peek() in MINUS:
            return self.excluded(depth)
        if self.peek() == "(":
            return Part(begin, self.bracket(depth))
        if self.peek() in QUOTES:
            return Part(begin, self.term(self.quoted(), quoted=True, at=begin))
        if named := NAMED.match(self.text, self.at):
            self.at = named.end()
            return self.named(named[1].lower(), begin, depth)
        words = self.bare()
        return Part(begin, is_or=True) if words == "OR" else Part(begin, self.term(words, at=begin))

    def excluded(self, depth: int) -> Part:
        begin = self.at
        self.at += 1
        if self.at == len(self.text) or self.peek().isspace() or self.peek() in MINUS + ")":
            return Part(begin)  # a dash between words
        part = self.part(depth)
        if part.span:
            raise refused("date_here", begin)
        if isinstance(part.node, Not):
            raise refused("only_not_here", begin)
        return Part(begin, Not(part.node) if part.node else None)

    def bracket(self, depth: int) -> Node:
        begin, spans = self.at, len(self.spans)
        if depth == DEEPEST:
            raise refused("too_deep", begin, most=DEEPEST)
        self.at += 1
        node = self.group(depth + 1)
        if self.at == len(self.text):
            raise refused("bracket", begin)
        self.at += 1
        if len(self.spans) > spans:
            raise refused("date_here", begin)
        if node is None:
            raise refused("empty_bracket", begin)
        if only_excludes(node):
            raise refused("only_not_here", begin)
        return node

    def named(self, name: str, begin: int, depth: int) -> Part:
        """What follows `headline:` or `after:`."""
        if self.at == len(self.text) or self.peek().isspace() or self.peek() in "()":
            raise refused("no_value", begin, field=name)
        start = self.at
        quoted = self.peek() in QUOTES
        words = self.quoted() if quoted else self.bare()
        if name in DATES:
            return Part(begin, span=span_of(name, words, start))
        node = self.term(words, field=FIELD_PREFIXES[name], quoted=quoted, at=start)
        if node is None:
            raise refused("no_value", begin, field=name)
        return Part(begin, node)

    def quoted(self) -> str:
        """The words up to the next quotation mark of any kind."""
        begin = self.at
        for end in range(begin + 1, len(self.text)):
            if self.text[end] in QUOTES:
                self.at = end + 1
                return self.text[begin + 1 : end]
        raise refused("quote", begin)

    def bare(self) -> str:
        """The characters up to white space, a bracket or a quotation mark."""
        begin = self.at
        found = ENDS_A_WORD.search(self.text, begin)
        self.at = found.start() if found else len(self.text)
        return self.text[begin : self.at]

    def term(self, words: str, *, at: int, field: str = "", quoted: bool = False) -> Term | None:
        """The words as one term; None where nothing in them can be looked for."""
        prefix = not quoted and words.endswith("*")
        if not quoted and "*" in words.rstrip("*"):
            raise refused("star", at + words.index("*"))
        found = list(tokens(words))
        if prefix and (not found or len(found[-1].form) < SHORTEST_PREFIX):
            raise refused("short_prefix", at, words=shown(words))
        if not found:
            return None
        self.words += len(found)
        if self.words > MOST_WORDS:
            raise refused("too_many", at, most=MOST_WORDS)
        stems = [token.key for token in found]
        if prefix:
            stems[-1] = found[-1].form[:LONGEST_WORD]
        return Term(tuple(stems), field, prefix, words.strip())

    def skip_space(self) -> bool:
        """Whether anything is left after the white space."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text)

    def peek(self) -> str:
        return self.text[self.at]


def check_sides(at: int, sides: list[Part | None]) -> None:
    """Raise QueryRefused unless OR stands between two things that are looked for."""
    for side in sides:
        if side is None or side.is_or:
            raise refused("or", at)
        if side.span:
            raise refused("date_here", side.at)
        if isinstance(side.node, Not):
            raise refused("or_not", at)


def either(one: Node, other: Node) -> Or:
    """One or the other, flat."""
    before = one.parts if isinstance(one, Or) else (one,)
    return Or((*before, other))


def together(nodes: list[Node]) -> Node | None:
    if len(nodes) > 1:
        return And(tuple(nodes))
    return nodes[0] if nodes else None


def only_excludes(node: Node | None) -> bool:
    """Whether the node looks for nothing."""
    return isinstance(node, Not) or (
        isinstance(node, And) and all(isinstance(part, Not) for part in node.parts)
    )


def span_of(name: str, words: str, at: int) -> Span:
    """The days that `after:`, `before:` or `on:` means. Digits of any script are read."""
    first, following = days_of(name, words, at)
    if name == "after":
        return Span(first, None)
    return Span(None, first) if name == "before" else Span(first, following)


def days_of(name: str, words: str, at: int) -> tuple[date, date]:
    """The first day of the year, month or day, and the first day that follows it."""
    digits = "".join(str(unicodedata.decimal(character, character)) for character in words)
    found = DAY.fullmatch(digits)
    try:
        year, month, day = (int(part) if part else None for part in found.groups())
        first = date(year, month or 1, day or 1)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(year)
    except (AttributeError, ValueError) as error:
        raise refused("date", at, words=shown(words), field=name) from error
    if day:
        return first, first + timedelta(days=1)
    return first, date(year, month + 1, 1) if month and month < 12 else date(year + 1, 1, 1)


def shown(words: str) -> str:
    """Words as a message quotes them: printable, and not too many."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in words[:40])
