"""The splitting rule on thousands of real reports, read from ../shared where that is at hand.

The twin that always runs is tests/importing/test_plain.py with the composed files.
"""

import json
import random
import unittest
from pathlib import Path

from django.test import SimpleTestCase

from articles.importing.plain import read_articles

REPORTS = Path(__file__).resolve().parents[2].parent / "shared/data/claims/articles"


def reports(name: str) -> list[list[str]]:
    """Each report as its lines: headline, then paragraphs."""
    rows = map(json.loads, (REPORTS / name).read_text().splitlines())
    return [
        [row["title"], *(line.strip() for line in row["body"].split("\n") if line.strip())]
        for row in rows
        if row.get("title") and len(row["body"]) > 400
    ]


def starts(*reports: list[str]) -> list[int]:
    """Where articles were found to begin in a file of these reports, blank lines between all lines."""
    text = "\n\n".join(line for report in reports for line in report)
    return [article.first for article in read_articles(text.encode()).articles]


@unittest.skipUnless(
    REPORTS.exists(), "../shared/data is absent: the splitting rule is not tried on corpora."
)
class Corpora(SimpleTestCase):
    def test_one_report_is_never_split(self):
        for name in ("bbc.jsonl", "reuters21578.jsonl"):
            for report in reports(name)[::4]:
                with self.subTest(report[0]):
                    self.assertLessEqual(len(starts(report)), 1)

    def test_two_reports_are_split_between_them_or_not_at_all(self):
        chance = random.Random(20200407)
        pool = reports("bbc.jsonl")
        right = 0
        for _ in range(200):
            first, second = chance.sample(pool, 2)
            found = starts(first, second)
            self.assertIn(found, ([1], [1, 2 * len(first) + 1]))
            right += len(found) == 2
        self.assertGreater(right, 0)
