"""Both engines find the same: 2,000 generated queries over a generated archive, held against a search without an index.

The suite runs on SQLite and on PostgreSQL, and each must agree with the same oracle: hits, order, points and counts.
"""

from random import Random
from unittest import mock

from django.db.models import F
from django.test import TestCase

from articles.models import Article
from benchmarks.archive import Plan
from benchmarks.rows import ArticleWriter
from claims.models import Claim
from newsroom.core.search import QueryRefused, catch_up, find, parse
from newsroom.core.search.analyse import tokens
from tests.factories import make_article, make_claim, make_source, make_verdict, time_at

from .search_oracle import Thing, for_readers, found_by

QUERIES = 2000
ARTICLES = 60
CAP = 30  # so that many queries find more than is ranked
NOW = time_at("2022-06-01 12:00")
LATER = time_at("2099-01-01")
FIELDS = ("headline", "by", "source", "tag", "outlet")
ODD = (
    (
        "Coalition hands over K-1, its sixth U.S. base",
        ["It cost 1,000 or 1,00,000 rupees at 12:30, O’Brien said.", "K1 again."],
    ),
    (
        "عراق میں چھٹا اڈا خالی",
        ["اتحادی افواج نے K-1 اڈّا خالی کر دیا۔ ۱٬۰۰۰ فوجی می\u200cروند۔", "كِتابٌ جديد في بغداد"],
    ),
    (
        "Café in Łódź reopens as the coalition’s base",
        ["Don't say ½ or m² or ﷺ; the bases’ cafés did. 北京市 too."],
    ),
    ("Base base base", ["base " * 300 + "sixth base", "the sixth", "base alone"]),
    ("Six bases, six weeks", ["Handing over bases was what the coalition handed over. " * 40]),
)


def odd_ones() -> None:
    """Articles and claims in which spelling matters."""
    khan = make_source("the Khan commission", "organisation", aliases="KC; Khan's six")
    for headline, paragraphs in ODD:
        article = make_article(headline, paragraphs, tags=["Iraq", "Military bases"], outlet="Nawaiwaqt")
        claim = make_claim(f"{headline}, it is said", article=article, words=headline, claimant=khan)
        make_verdict(claim, "false", finding=f"Not so: {paragraphs[0][:80]}")


def hide_some(chance: Random) -> None:
    """Take back, schedule, unpublish and lock away, as SQL would: the index hears of it by its triggers alone."""
    pks = list(Article.objects.order_by("number").values_list("pk", flat=True))
    chance.shuffle(pks)
    articles = Article.objects.all()
    articles.filter(pk__in=pks[:6]).update(
        state="withdrawn", withdrawn_at=NOW, withdrawn_reason="It was wrong."
    )
    articles.filter(pk__in=pks[6:12]).update(public_from=LATER)
    articles.filter(pk__in=pks[12:18]).update(state="draft")
    articles.filter(pk__in=pks[18:24]).update(rights="quotes")
    articles.filter(pk__in=pks[24:30]).update(sort_date=F("first_published_at__date"))


class Asker:
    """Makes up queries from the words of the archive."""

    def __init__(self, things: list[Thing], chance: Random):
        self.chance = chance
        self.texts = [
            value for thing in things for values in thing.values.values() for value in values if value.strip()
        ]

    def query(self) -> str:
        parts = [self.part() for _ in range(self.chance.choice((1, 1, 1, 2, 2, 3, 4)))]
        return " ".join(parts) + self.dates()

    def part(self) -> str:
        makers = (self.word,) * 6 + (self.phrase,) * 3 + (self.start, self.start, self.named, self.named)
        words = self.chance.choice(makers)()
        turn = self.chance.random()
        if turn < 0.15:
            return f"{words} -{self.chance.choice(makers)()}"
        if turn < 0.3:
            return f"{words} OR {self.chance.choice(makers)()}"
        return f"({words} -{self.word()}) OR {self.word()}" if turn < 0.35 else words

    def stretch(self, most: int) -> str:
        """Some words that stand next to each other somewhere, as they are printed there."""
        text = self.chance.choice(self.texts)
        found = list(tokens(text[:3000]))
        if not found:
            return "base"
        first = self.chance.randrange(len(found))
        last = min(len(found) - 1, first + self.chance.randrange(most))
        return text[found[first].start : found[last].end]

    def word(self) -> str:
        if self.chance.random() < 0.4:
            return self.chance.choice(
                ("the", "said", "water", "in", "K-1", "base", "1,000", "January", "اڈا", "US")
            )
        return plain(self.stretch(1))

    def phrase(self) -> str:
        return f'"{plain(self.stretch(4))}"'

    def start(self) -> str:
        word = next(tokens(self.stretch(1))).form
        return word[: self.chance.randint(2, max(2, len(word)))] + "*"

    def named(self) -> str:
        return f"{self.chance.choice(FIELDS)}:{self.chance.choice((self.word, self.phrase))()}"

    def dates(self) -> str:
        if self.chance.random() < 0.8:
            return ""
        name = self.chance.choice(("after", "before", "on"))
        return f" {name}:{self.chance.randint(2003, 2023)}{self.chance.choice(('', '-06', '-01-01'))}"


def plain(words: str) -> str:
    """Words without the signs that mean something in a query."""
    return " ".join("".join(c if c not in '"“”«»()*' else " " for c in words).split()) or "base"


class ParityTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        plan = Plan(ARTICLES, seed=11)
        ArticleWriter(plan).write(list(plan.articles()))
        odd_ones()
        hide_some(Random(3))
        Claim.objects.filter(shown_as_checking=False, verdicts=None).update(
            closing_reason="Not to be checked."
        )
        catch_up()

    def test_each_engine_finds_what_a_search_without_an_index_finds(self):
        things = for_readers(NOW)
        asker = Asker(things, Random(17))
        asked = empty = capped = 0
        with mock.patch("newsroom.core.search.finding.CAP", CAP):
            while asked < QUERIES:
                text = asker.query()
                try:
                    query = parse(text)
                except QueryRefused:
                    continue
                asked += 1
                found = find(query, at=NOW, limit=CAP)
                expected, total, more = found_by(query, things, CAP, NOW.date())
                hits = [(hit.kind, hit.pk, hit.score) for hit in found.hits]
                self.assertEqual((hits, found.total, found.capped), (expected, total, more), text)
                empty, capped = empty + (not hits), capped + more
        # The queries are worth asking: most find something, and many more than is ranked.
        self.assertLess(empty, QUERIES * 0.5)
        self.assertGreater(capped, QUERIES * 0.1)
