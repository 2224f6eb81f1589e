"""The generated archive as a plan, pure: which articles, which claims, which words. The same seed plans the same.

Every article and every claim has a source of chance of its own, named after the seed and its place, so that article
17 reads the same in an archive of 50 and of 100,000.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from .prose import CLAIMS, EVIDENCE, FINDINGS, HEADLINES, SENTENCES, WORDS, Pen, listed

FIRST_DAY = date(2004, 1, 1)
DAYS = 7300  # twenty years
CONTRIBUTORS = 200
SOURCES = 300
TAGS = 400
SHARED_CLAIMS = 500
SHARED = 0.25  # of the claims printed
MOST_CLAIMS = 12
MORE_CLAIMS = 0.21  # 1 + 11 chances of this: 3.3 claims an article
BLOCKS = 12
RULED, CHECKING, FLAGGED = "ruled", "checking", "flagged"
RATINGS = listed(
    "true mostly-true half-true missing-context misleading mostly-false false contradicted unproven", " "
)
ROLES = ("asserts", "asserts", "asserts", "attributes", "quotes")


@dataclass(frozen=True)
class PlannedClaim:
    """A proposition, where its work stands, and the ruling on it where there is one. `key` names it in the plan."""

    key: str
    statement: str
    status: str
    rating: str
    finding: str
    explanation: str
    evidence: tuple[str, ...]
    sources: tuple[int, ...]
    tags: tuple[int, ...]


@dataclass(frozen=True)
class PlannedMark:
    """Words of a claim: in the headline, or from `start` on in the text of one block."""

    claim: PlannedClaim
    role: str
    words: str
    block: int | None = None
    start: int = 0


@dataclass
class PlannedArticle:
    """One article. `more` is the place of the earlier article that its READ MORE line leads to."""

    place: int
    headline: str
    standfirst: str
    day: date
    blocks: list[dict]
    marks: list[PlannedMark]
    tags: list[int]
    signed_by: list[int]
    outlet: int
    section: int
    more: int | None = None
    headline_claim: PlannedClaim | None = field(default=None)


class Plan:
    """An archive of `count` articles. `articles()` may be walked once or many times, always alike."""

    def __init__(self, count: int, seed: int):
        self.count = count
        self.seed = seed
        self.shared = [self.claim(f"shared/{rank}") for rank in range(SHARED_CLAIMS)]
        # The commonest stands in about one article of a hundred.
        self.weights = [1 / (rank + 30) for rank in range(1, SHARED_CLAIMS + 1)]

    def chance(self, name: str) -> Random:
        """The source of chance of one thing."""
        return Random(f"newsroom/{self.seed}/{name}")

    def uid(self, name: str) -> uuid.UUID:
        """The uid of one thing."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"newsroom/{self.seed}/{name}")

    def claim(self, key: str, statement: str = "") -> PlannedClaim:
        """The claim of that key, in the given words or in its own."""
        chance = self.chance(f"claim/{key}")
        pen = Pen(chance)
        pieces = chance.randint(1, 3)
        return PlannedClaim(
            key=key,
            statement=statement or pen.sentence(CLAIMS),
            status=chance.choices((RULED, CHECKING, FLAGGED), (75, 15, 10))[0],
            rating=chance.choice(RATINGS),
            finding=pen.sentence(FINDINGS),
            explanation=" ".join(pen.sentence() for _ in range(4)),
            evidence=tuple(pen.sentence(EVIDENCE) for _ in range(pieces)),
            sources=tuple(chance.randrange(SOURCES) for _ in range(pieces + 1)),
            tags=tuple(chance.sample(range(TAGS), chance.randint(0, 2))),
        )

    def articles(self) -> Iterator[PlannedArticle]:
        """Every article, oldest first."""
        printed: set[str] = set()
        recent: list[PlannedArticle] = []
        for place in range(self.count):
            article = self.article(place, recent, printed)
            printed.add(article.headline)
            recent = [*recent[-99:], article]
            yield article

    def article(self, place: int, recent: list[PlannedArticle], printed: set[str]) -> PlannedArticle:
        """The article at that place; its headline differs from all that were printed before."""
        chance = self.chance(f"article/{place}")
        pen = Pen(chance)
        headline = pen.sentence(HEADLINES)
        while headline in printed:
            headline = pen.sentence(HEADLINES)
        article = PlannedArticle(
            place=place,
            headline=headline,
            standfirst=pen.sentence() if chance.random() < 0.6 else "",
            day=FIRST_DAY + timedelta(days=place * DAYS // self.count),
            blocks=[],
            marks=[],
            tags=sorted(chance.sample(range(TAGS), chance.choices((1, 2, 3, 4, 5), (1, 3, 4, 2, 1))[0])),
            signed_by=chance.sample(range(CONTRIBUTORS), chance.choices((1, 2), (4, 1))[0]),
            outlet=chance.choices(range(8), (9, 6, 5, 4, 3, 2, 2, 1))[0],
            section=chance.randrange(len(WORDS["section"])),
        )
        self._write_body(article, chance, pen)
        if recent and chance.random() < 0.5:
            self._add_read_more(article, chance.choice(recent))
        return article

    def _write_body(self, article: PlannedArticle, chance: Random, pen: Pen) -> None:
        claims = self._claims_of(article, chance)
        homes = [chance.randrange(BLOCKS) for _ in claims]
        for number in range(BLOCKS):
            here = [claim for claim, home in zip(claims, homes, strict=True) if home == number]
            text = self._write_block(article, here, chance, pen)
            kind, attrs = ("quote", {"by": pen.person()}) if number == 7 and not here else ("paragraph", {})
            article.blocks.append(
                {"kind": kind, "text": text, "spans": spans_in(text, chance), "attrs": attrs}
            )
            if number == 5 and chance.random() < 0.4:
                article.blocks.append(
                    {"kind": "heading", "text": pen.sentence(HEADLINES), "spans": [], "attrs": {"level": 2}}
                )

    def _claims_of(self, article: PlannedArticle, chance: Random) -> list[PlannedClaim]:
        """The claims of the text; one may stand in the headline instead, which then is the claim's words."""
        count = 1 + sum(chance.random() < MORE_CLAIMS for _ in range(MOST_CLAIMS - 1))
        claims: dict[str, PlannedClaim] = {}
        for turn in range(count):
            if chance.random() < SHARED:
                claim = chance.choices(self.shared, self.weights)[0]
            else:
                claim = self.claim(f"article/{article.place}/{turn}")
            claims[claim.key] = claim
        if chance.random() < 0.15:
            article.headline_claim = self.claim(f"headline/{article.place}", article.headline)
            claims.popitem()
            article.marks.append(PlannedMark(article.headline_claim, "asserts", article.headline))
        return list(claims.values())

    def _write_block(
        self, article: PlannedArticle, claims: list[PlannedClaim], chance: Random, pen: Pen
    ) -> str:
        """A paragraph: sentences of no interest, and those of its claims, whose place is noted."""
        sentences: list[str] = [
            pen.sentence(SENTENCES) for _ in range(max(1, chance.randint(2, 3) - len(claims)))
        ]
        for claim in claims:
            sentences.insert(chance.randint(0, len(sentences)), claim.statement + ".")
        text = " ".join(sentences)
        for claim in claims:
            mark = PlannedMark(
                claim, chance.choice(ROLES), claim.statement, len(article.blocks), text.index(claim.statement)
            )
            article.marks.append(mark)
        return text

    def _add_read_more(self, article: PlannedArticle, target: PlannedArticle) -> None:
        label = "READ MORE:"
        block = {
            "kind": "teaser",
            "text": f"{label} {target.headline}",
            "spans": [],
            "attrs": {"label": label},
        }
        article.more = target.place
        if target.headline_claim:
            place = len(article.blocks)
            article.marks.append(
                PlannedMark(target.headline_claim, "teaser", target.headline, place, len(label) + 1)
            )
        article.blocks.append(block)


def spans_in(text: str, chance: Random) -> list[dict]:
    """Now and then a link or emphasis on a few words, apart from each other."""
    spans, at = [], 0
    words = text.split(" ")
    for number, word in enumerate(words):
        if chance.random() < 0.02 and word:
            span = {"start": at, "end": at + len(word), "kind": chance.choice(("link", "emphasis", "strong"))}
            if span["kind"] == "link":
                span["href"] = f"https://example.org/{number}"
            spans.append(span)
        at += len(word) + 1
    return spans
