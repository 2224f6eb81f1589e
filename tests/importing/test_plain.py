"""Plain-text files: what is found in them, what is left alone, and that no word is lost or invented."""

import codecs
import unittest
from pathlib import Path

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.plain import read_articles
from articles.importing.report import outline
from articles.text import canonical_body
from articles.words import Words

FILES = Path(__file__).parent / "files"
RECEIVED = Path(__file__).resolve().parents[2].parent / "shared/seeds/nawaiwaqt-2020-04.txt"

HEADLINE = "Harbour opens its fourth pier\n\n"
TEXT = "The harbour opened its fourth pier this morning.\n"


def parse(text: str, **options):
    return read_articles(text.encode(), **options)


def codes(text: str, **options) -> list[tuple[int, str]]:
    """(line, code) of everything refused."""
    return [(refusal.line, refusal.code) for refusal in parse(text, **options).refusals]


def starts(text: str, **options) -> list[int]:
    """The lines at which articles were found to begin."""
    return [article.first for article in parse(text, **options).articles]


class ComposedFiles(SimpleTestCase):
    def test_every_composed_file_gives_the_list_beside_it(self):
        files = sorted(FILES.glob("*.txt"))
        self.assertGreaterEqual(len(files), 10)
        for file in files:
            with self.subTest(file.name):
                expected = file.with_suffix(".expected").read_text().splitlines()
                self.assertEqual(outline(read_articles(file.read_bytes())), expected)

    def test_line_ends_and_byte_order_marks_of_other_systems_change_nothing(self):
        for file in sorted(FILES.glob("*.txt")):
            text = file.read_text()
            expected = outline(parse(text))
            for name, data in {
                "CRLF": text.replace("\n", "\r\n").encode(),
                "CR": text.replace("\n", "\r").encode(),
                "UTF-8 with mark": codecs.BOM_UTF8 + text.encode(),
                "UTF-16": text.encode("utf-16"),
                "UTF-16 big-endian": codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
                "blank line at the end": (text + "\n \n").encode(),
            }.items():
                with self.subTest(file=file.name, form=name):
                    self.assertEqual(outline(read_articles(data)), expected)

    def test_what_is_found_can_be_stored(self):
        for file in sorted(FILES.glob("*.txt")):
            for article in read_articles(file.read_bytes()).articles:
                with self.subTest(file.name, line=article.first):
                    standfirst = article.standfirst.text if article.standfirst else ""
                    words = Words.clean(article.headline.text, standfirst, article.body())
                    self.assertEqual(len(words.body["blocks"]), len(article.blocks))


@unittest.skipUnless(RECEIVED.exists(), "../shared/seeds is absent: the received document is not read.")
class ReceivedDocument(SimpleTestCase):
    def test_it_holds_exactly_two_articles_and_the_second_names_the_first(self):
        first, second = read_articles(RECEIVED.read_bytes()).articles
        self.assertEqual([teaser.text for teaser in second.teasers], [first.headline.text])
        self.assertEqual((len(first.blocks), len(second.blocks)), (8, 7))
        self.assertEqual([printed.text for printed in second.furniture], ["ePaper - Nawaiwaqt"])
        self.assertEqual(first.doubts + second.doubts, ())

    def test_no_date_and_no_byline_is_invented(self):
        for article in read_articles(RECEIVED.read_bytes()).articles:
            self.assertEqual((article.dateline, article.bylines, article.standfirst), (None, (), None))


class WhereAnArticleBegins(SimpleTestCase):
    second = "Three cranes arrive at northern pier of Port Amreli\n\n"

    def test_a_line_is_no_headline_without_evidence_and_the_reader_is_told_its_line(self):
        text = HEADLINE + TEXT + "\n" + self.second + "They came by sea.\n"
        (article,) = parse(text).articles
        self.assertEqual([(doubt.line, doubt.code) for doubt in article.doubts], [(5, "headline-or-subhead")])
        self.assertIn("--split-at 5", article.doubts[0].text)

    def test_each_kind_of_evidence_splits(self):
        lead = "The harbour took in three cranes.\n"
        restated = (
            "Three new cranes arrived at the northern pier of Port Amreli on Monday, the harbour said.\n"
        )
        cases = {
            "a byline": self.second + "By Sana Mir\n\n" + lead,
            "a dateline": self.second + "PORT AMRELI, March 3 (Staff) - " + lead,
            "an end mark above": "ENDS\n\n" + self.second + lead,
            "page furniture above": "ePaper - The Amreli Mail\n\n" + self.second + lead,
            "a READ MORE line": self.second + lead + "\nREAD MORE: " + self.second,
            "the headline said again, and a day": self.second + restated,
            "the headline said again under a divider": "* * *\n\n"
            + self.second
            + restated.replace(" on Monday", ""),
        }
        for name, rest in cases.items():
            with self.subTest(name):
                self.assertEqual(len(starts(HEADLINE + TEXT + "\n" + rest)), 2)

    def test_what_looks_like_one_and_is_none_does_not_split(self):
        cases = {
            "a subhead said again": "New cranes\n\nNew cranes came on Monday.\n",
            "a paragraph above that is not finished": "and then\n\n" + self.second + "They came on Monday.\n",
            "a sentence": "Three cranes arrive at the northern pier.\n\nThey arrived on Monday at the pier.\n",
            "a line that announces a list": "Three cranes arrive at the pier:\n\n- one\n- two\n\nMore.\n",
            "a line without text under it": self.second + "\n",
            "other capitals": self.second.upper() + "Three cranes arrived at the northern pier on Monday.\n",
        }
        for name, rest in cases.items():
            with self.subTest(name):
                self.assertEqual(starts(HEADLINE + TEXT + "\n" + rest), [1])

    def test_split_at_cuts_there_and_nowhere_else(self):
        text = (FILES / "three.txt").read_text()
        self.assertEqual(starts(text), [1, 11, 19])
        self.assertEqual(starts(text, split_at=[11]), [1, 11])
        self.assertEqual(starts(text, split_at=[3]), [3])
        self.assertEqual(codes(text, split_at=[3]), [(1, "no-headline")])

    def test_split_at_takes_any_line_for_a_headline(self):
        (article,) = parse("It rained.\nAll day long the rain fell on us.\n", split_at=[1]).articles
        self.assertEqual(article.headline.text, "It rained.")

    def test_split_at_a_line_without_words_is_refused(self):
        self.assertEqual(codes(HEADLINE + TEXT, split_at=[2, 9]), [(2, "split-at"), (9, "split-at")])


class ReadMoreLines(SimpleTestCase):
    def test_the_line_alone_is_the_teaser_and_the_text_tight_under_it_is_not(self):
        (article,) = parse(HEADLINE + TEXT + "READ MORE:\u00a0 Pier closes\nThe pier is closed.\n").articles
        self.assertEqual([(t.label, t.text) for t in article.teasers], [("READ MORE:", "Pier closes")])
        self.assertEqual(article.blocks[-1].text, "The pier is closed.")

    def test_a_label_without_a_headline_is_kept_and_told(self):
        (article,) = parse(HEADLINE + TEXT + "\nREAD MORE:\n\n" + TEXT).articles
        self.assertEqual(article.teasers, ())
        self.assertEqual([doubt.code for doubt in article.doubts], ["empty-teaser"])


class Furniture(SimpleTestCase):
    def test_trailing_furniture_leaves_the_body_and_is_kept_beside_it(self):
        (article,) = parse(HEADLINE + TEXT + "\nePaper - The Amreli Mail\n\n7").articles
        self.assertEqual([f.text for f in article.furniture], ["ePaper - The Amreli Mail", "7"])
        self.assertEqual(len(article.blocks), 1)

    def test_a_short_last_line_that_may_be_furniture_stays_and_is_told(self):
        (article,) = parse(HEADLINE + TEXT + "\nThe Amreli Mail").articles
        self.assertEqual([doubt.code for doubt in article.doubts], ["last-line"])
        self.assertEqual(article.blocks[-1].text, "The Amreli Mail")


class BadFiles(SimpleTestCase):
    def test_bytes_that_are_no_text_are_refused_with_the_place(self):
        cases = {
            "empty": (b"", "empty", "no words"),
            "blank": (b" \r\n\t\n", "empty", "no words"),
            "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", "binary", "Byte 8"),
            "UTF-16 without its mark": (TEXT.encode("utf-16-le"), "binary", "UTF-16 without its mark"),
            "Latin-1": (
                (HEADLINE + "Caf\u00e9 open.").encode("latin-1"),
                "encoding",
                "Byte 34 (0xE9, line 3)",
            ),
            "cut in a character": ("caf\u00e9".encode()[:-1], "encoding", "Byte 3 (0xC3, line 1)"),
            "after a mark": (codecs.BOM_UTF8 + b"caf\xe9", "encoding", "Byte 6 (0xE9, line 1)"),
        }
        for name, (data, code, words) in cases.items():
            with self.subTest(name):
                (refusal,) = read_articles(data).refusals
                self.assertEqual(refusal.code, code)
                self.assertIn(words, refusal.reason)

    def test_a_line_of_five_megabytes_is_refused_in_words(self):
        for name, text in {
            "no spaces": HEADLINE + "a" * 5_000_000,
            "words": HEADLINE + "word " * 1_000_000,
            "the headline": "a" * 5_000_000 + "\n\n" + TEXT,
        }.items():
            with self.subTest(name):
                (refusal,) = parse(text).refusals
                self.assertRegex(refusal.reason, r"\b(4999999|5000000)\b.* is the most")

    def test_a_broken_article_does_not_take_a_good_one_with_it(self):
        good = HEADLINE + TEXT + "\nENDS\n\n"
        cases = {
            "control character": (
                "Bell rings in the tower\n\nIt \x07 rang all day long.\n",
                (9, "character"),
            ),
            "over-long headline": ("very " * 80 + "long\n\n" + TEXT, (7, "headline-too-long")),
            "too much text": ("Bell rings in the tower\n\n" + "word " * 300_000 + ".\n", (9, "body")),
        }
        for name, (broken, refusal) in cases.items():
            with self.subTest(name):
                self.assertEqual(codes(good + broken), [refusal])
                self.assertEqual([a.headline.text for a in parse(good + broken).articles], [HEADLINE.strip()])

    def test_a_file_without_an_article_is_refused_with_what_to_do(self):
        for name, text in {
            "a letter": "Dear editor,\n\nI bought bread.\n",
            "prose": TEXT * 3,
            "furniture": "ePaper - The Amreli Mail\n\nPage 3\n",
        }.items():
            with self.subTest(name):
                (refusal,) = parse(text).refusals
                self.assertEqual((refusal.line, refusal.code), (1, "no-headline"))
                self.assertIn("--split-at", refusal.remedy)
        self.assertEqual(
            codes("Harbour opens its fourth pier\n\nShips return to the bay\n"), [(1, "no-text")]
        )

    def test_invisible_characters_that_reorder_words_go_and_are_told(self):
        (article,) = parse(HEADLINE + "The \u202eharbour\u202c opened its pier.\n").articles
        self.assertEqual(article.blocks[0].text, "The harbour opened its pier.")
        self.assertEqual([(doubt.line, doubt.code) for doubt in article.doubts], [(3, "invisible")])


LINE = st.sampled_from(
    [
        "",
        "",
        "Harbour opens its fourth pier",
        "What the harbour will do now?",
        "By Sana Mir",
        "March 9, 2020",
        "ePaper - The Amreli Mail",
        "ENDS",
        "* * *",
        "READ MORE: Harbour opens its fourth pier",
        "READ MORE:",
        "The harbour opened its fourth pier on Monday, the harbour master said.",
        "AMRELI (Staff) - The harbour opened its pier.",
        "  one almond I planted",
        "> They trusted it.",
        "- a list",
        "1. first",
        "2. second",
        "Short words",
        "یہ بندرگاہ کا گھاٹ ہے۔",
    ]
)
FILE = st.lists(LINE, max_size=25).map("\n".join)


class Properties(SimpleTestCase):
    @given(st.binary(max_size=200))
    def test_no_bytes_make_the_reader_raise(self, data):
        read_articles(data)

    @given(st.text(max_size=200))
    def test_no_text_makes_the_reader_raise(self, text):
        read_articles(text.encode("utf-8", "surrogatepass"))

    @given(FILE)
    def test_articles_follow_one_another_and_leave_out_only_what_is_refused(self, text):
        parsed, reached = parse(text), 0
        for article in parsed.articles:
            self.assertTrue(reached < article.first <= article.headline.line <= article.last)
            reached = article.last
        printed = {number for number, line in enumerate(text.split("\n"), start=1) if line.strip()}
        taken = {number for article in parsed.articles for number in range(article.first, article.last + 1)}
        self.assertTrue(parsed.refusals or printed <= taken)

    @given(FILE)
    def test_no_word_of_an_article_is_lost_or_invented(self, text):
        lines = text.split("\n")
        for article in parse(text).articles:
            given_words = sorted("\n".join(lines[article.first - 1 : article.last]).split())
            found = [
                article.headline,
                article.standfirst,
                article.dateline,
                *article.bylines,
                *article.furniture,
            ]
            kept = " ".join(printed.text for printed in found if printed)
            kept += " " + " ".join(block.text for block in article.blocks)
            # A list item gives up its dash or number to the list, a quote its ">", a divider its stars.
            signs = {"-", "1.", "2.", ">", "*"}
            self.assertEqual(
                [w for w in given_words if w not in signs], sorted(w for w in kept.split() if w not in signs)
            )

    @given(FILE)
    def test_every_body_is_storable_and_reading_twice_gives_the_same(self, text):
        parsed = parse(text)
        self.assertEqual(parsed, parse(text))
        for article in parsed.articles:
            canonical_body(article.body())
