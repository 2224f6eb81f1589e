"""Importing into the archive: what is entered, what a second run does, what is refused, and what the report says."""

import os
import tempfile
import unittest
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, TestCase

from articles.importing.credits import printed_date, signers
from articles.models import Article, ArticleLink, ArticleVersion, Byline, Contributor, Outlet
from newsroom.core.models import LedgerEntry
from tests.factories import make_article, make_outlet, revise

FILES = Path(__file__).parent / "files"
RECEIVED = Path(__file__).resolve().parents[2].parent / "shared/seeds/nawaiwaqt-2020-04.txt"

PIER = "Harbour opens its fourth pier"
TEXT = "The harbour opened its fourth pier this morning."
MARKET = "Fish market moves to the new hall"


def article(headline: str, *paragraphs: str) -> str:
    """One article of a file."""
    return "\n\n".join([headline, *paragraphs]) + "\n\n"


class ImportCase(TestCase):
    """Files are written into a folder of the test's own."""

    def setUp(self) -> None:
        super().setUp()
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.folder = Path(keeper.name)

    def file(self, text: str | bytes, name: str = "page.txt") -> str:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def run_import(self, *arguments: str, **options) -> str:
        """What the command prints. CommandError for an exit status other than 0."""
        self.out = StringIO()
        call_command("import_articles", *arguments, stdout=self.out, **options)
        return self.out.getvalue()

    def status(self, *arguments: str, **options) -> int:
        """The exit status the command ends with."""
        try:
            self.run_import(*arguments, **options)
        except CommandError as error:
            self.message = str(error)
            return error.returncode
        return 0

    def counts(self) -> tuple[int, ...]:
        """How many rows there are that importing may make."""
        models = (Article, ArticleVersion, ArticleLink, Byline, Contributor, Outlet, LedgerEntry)
        return tuple(model.objects.count() for model in models)


class Entering(ImportCase):
    def test_articles_are_entered_as_drafts_with_file_hash_and_furniture(self):
        make_outlet("The Amreli Mail")
        told = self.run_import(str(FILES / "two-articles.txt"))
        first, second = Article.objects.order_by("pk")
        self.assertEqual((first.state, first.outlet.name), ("draft", "The Amreli Mail"))
        self.assertEqual(second.latest_version.furniture, "ePaper - The Amreli Mail")
        self.assertEqual(second.latest_version.origin_name, "two-articles.txt")
        self.assertEqual(len(second.latest_version.origin_sha256), 64)
        self.assertIsNotNone(first.imported_at)
        self.assertIn("2 created, 0 unchanged, 0 refused", told)
        self.assertIn("named on line 22", told)

    def test_published_makes_them_public(self):
        self.run_import(str(FILES / "two-articles.txt"), published=True)
        self.assertEqual(Article.objects.public().count(), 2)

    def test_a_second_run_changes_nothing(self):
        for file in sorted(FILES.glob("*.txt")):
            if file.name == "none.txt":
                continue
            with self.subTest(file.name):
                self.run_import(str(file), published=True)
                before = self.counts()
                self.assertIn(" 0 refused", self.run_import(str(file), published=True))
                self.assertEqual(self.counts(), before)

    def test_no_printed_date_is_invented(self):
        self.run_import(self.file(article(PIER, "It opened on Jan. 3.")))
        entered = Article.objects.get()
        self.assertEqual((entered.printed_date, entered.printed_precision), (None, "unknown"))
        self.assertIn("Printed date: not known", self.out.getvalue())

    def test_a_date_line_gives_the_date_as_far_as_it_is_printed(self):
        self.run_import(str(FILES / "bylines.txt"))
        without_year, whole = Article.objects.order_by("pk")
        self.assertEqual((without_year.printed_as, without_year.printed_date), ("March 9", None))
        self.assertEqual((whole.printed_as, whole.printed_date.isoformat()), ("March 12, 2020", "2020-03-12"))
        self.assertEqual((whole.printed_precision, whole.printed_obtained), ("day", "extracted"))
        self.assertEqual(without_year.latest_version.dateline, "Gilgit, March 9")

    def test_bylines_become_contributors_known_by_name(self):
        self.run_import(str(FILES / "question.txt"))
        printed = list(Byline.objects.order_by("article_id", "order").values_list("printed_as", flat=True))
        self.assertEqual(printed, ["By Asma Rind", "By Asma Rind", "Bilal Shah"])
        self.assertEqual(Contributor.objects.count(), 2)

    def test_every_article_has_its_ledger_line_by_the_machine(self):
        self.run_import(str(FILES / "two-articles.txt"))
        entries = LedgerEntry.objects.filter(verb="article.create")
        self.assertEqual([entry.actor for entry in entries], ["machine", "machine"])

    def test_the_language_is_the_outlets_unless_given(self):
        make_outlet("Jang", slug="jang", language="ur")
        self.run_import(str(FILES / "urdu.txt"), outlet="jang")
        self.run_import(self.file(article(PIER, TEXT)), outlet="jang", language="EN-gb")
        languages = Article.objects.order_by("pk").values_list("language", flat=True)
        self.assertEqual(list(languages), ["ur", "ur", "en-GB"])

    def test_letters_that_do_not_fit_the_language_are_told(self):
        told = self.run_import(str(FILES / "urdu.txt"))
        self.assertIn("line 1: unsure. The letters do not fit the language it was entered in (en)", told)
        self.assertNotIn("do not fit", self.run_import(self.file(article(PIER, TEXT))))

    def test_an_outlet_nobody_names_is_not_guessed(self):
        make_outlet("Nawaiwaqt")
        told = self.run_import(self.file(article(PIER, TEXT)))
        self.assertEqual(Article.objects.get().outlet.name, "Outlet not known")
        self.assertIn("give --outlet", told)

    def test_a_dry_run_reports_the_same_and_writes_nothing(self):
        make_outlet("The Amreli Mail")
        before = self.counts()
        told = self.run_import(str(FILES / "two-articles.txt"), dry_run=True, published=True)
        self.assertEqual(self.counts(), before)
        self.assertIn("2 created, 0 unchanged, 0 refused. Dry run: nothing was written.", told)
        self.assertIn("READ MORE leads to article", told)

    def test_the_report_names_every_line_it_was_unsure_of(self):
        told = self.run_import(str(FILES / "subheads.txt"))
        for line in (9, 13, 17, 21, 25):
            self.assertIn(f"line {line}: unsure.", told)
            self.assertIn(f"--split-at {line}", told)

    def test_split_at_cuts_where_it_says(self):
        self.run_import(str(FILES / "subheads.txt"), split_at=[17])
        headlines = Article.objects.order_by("pk").values_list("headline", flat=True)
        self.assertEqual(headlines[1], "How the council came to its decision")


class Links(ImportCase):
    def test_a_read_more_line_leads_to_an_article_of_the_same_file(self):
        self.run_import(str(FILES / "two-articles.txt"))
        link = ArticleLink.objects.get()
        self.assertEqual(link.target.headline, link.text)

    def test_a_line_that_waits_is_joined_when_its_target_arrives(self):
        told = self.run_import(self.file(article(MARKET, TEXT, f"READ MORE: {PIER}")))
        self.assertIn(f"waits for an article headed “{PIER}”", told)
        told = self.run_import(self.file(article(PIER, TEXT), "later.txt"))
        self.assertIn("waited for this article and now lead here: 1", told)
        self.assertEqual(ArticleLink.objects.get().target.headline, PIER)

    def test_between_two_targets_the_desk_is_asked_and_nothing_is_linked(self):
        for outlet in ("Nawaiwaqt", "The Monitor"):
            make_article(PIER, [TEXT, outlet], outlet=outlet)
        told = self.run_import(self.file(article(MARKET, TEXT, f"READ MORE: {PIER}")))
        self.assertIn("READ MORE leads nowhere yet: More than one article", told)
        self.assertIsNone(ArticleLink.objects.get().target)


class HereAlready(ImportCase):
    def test_the_same_words_of_another_outlet_are_another_article(self):
        for slug in ("nawaiwaqt", "monitor"):
            make_outlet(slug.title(), slug=slug)
            self.run_import(self.file(article(PIER, TEXT)), outlet=slug)
        self.assertEqual(Article.objects.count(), 2)

    def test_words_that_were_revised_here_are_known_and_not_entered_again(self):
        self.run_import(self.file(article(PIER, TEXT)))
        revise(Article.objects.get(), headline="Harbour opens pier four", live=False)
        told = self.run_import(self.file(article(PIER, TEXT)))
        self.assertIn("It was revised since", told)
        self.assertEqual(Article.objects.count(), 1)

    def test_other_words_under_the_same_headline_are_refused_with_the_article_named(self):
        self.run_import(self.file(article(PIER, TEXT)))
        status = self.status(self.file(article(PIER, "It opened at noon, not in the morning.")))
        self.assertEqual(status, 2)
        told = self.out.getvalue()
        self.assertIn(f"article {Article.objects.get().number}", told)
        self.assertIn("Nothing was overwritten", told)
        self.assertEqual(ArticleVersion.objects.count(), 1)

    def test_a_draft_that_is_here_is_not_published_by_a_second_run(self):
        self.run_import(self.file(article(PIER, TEXT)))
        told = self.run_import(self.file(article(PIER, TEXT)), published=True)
        self.assertIn("publish it at the desk", told)
        self.assertEqual(Article.objects.get().state, "draft")


class Refusals(ImportCase):
    def test_a_good_article_is_kept_beside_a_broken_one_and_the_status_says_so(self):
        good = article(PIER, TEXT, "ENDS")
        cases = {
            "control character": article("Bell rings in the tower", "It \x07 rang all day long."),
            "headline too long": article("very " * 80 + "long", "It rang all day long."),
        }
        for name, broken in cases.items():
            with self.subTest(name):
                self.assertEqual(self.status(self.file(good + broken)), 1)
                self.assertIn("refused", self.out.getvalue())
                self.assertEqual(Article.objects.get().headline, PIER)

    def test_files_that_hold_nothing_usable_end_with_status_2_and_a_reason(self):
        cases = {
            "empty": (b"", "no words"),
            "binary": (b"\x00\x01", "no plain text"),
            "Latin-1": ("Café".encode("latin-1"), "Byte 3 (0xE9, line 1) is not UTF-8"),
            "a line of 5 MB": (article(PIER, "word " * 1_000_000).encode(), "bytes; 1000000 is the most"),
            "no article": ((FILES / "none.txt").read_bytes(), "No headline was found"),
        }
        for name, (data, words) in cases.items():
            with self.subTest(name):
                self.assertEqual(self.status(self.file(data)), 2)
                self.assertIn(words, self.out.getvalue())
        self.assertEqual(self.counts(), (0,) * 7)

    def test_one_bad_file_among_good_ones_ends_with_status_1(self):
        good = self.file(article(PIER, TEXT))
        self.assertEqual(self.status(good, str(self.folder / "nowhere.txt")), 1)
        self.assertIn("cannot be read: No such file or directory", self.out.getvalue())
        self.assertEqual(self.status(str(self.folder)), 2)

    def test_wrong_arguments_end_with_status_2_before_anything_is_read(self):
        make_outlet("Nawaiwaqt")
        file = self.file(article(PIER, TEXT))
        cases = {
            "There are: nawaiwaqt": {"outlet": "nawaiwakt"},
            "is no language tag": {"language": "English, please"},
            "import that file alone": {"split_at": [1]},
        }
        for words, options in cases.items():
            with self.subTest(words):
                files = [file, file] if "split_at" in options else [file]
                self.assertEqual(self.status(*files, **options), 2)
                self.assertIn(words, self.message)
        self.assertFalse(Article.objects.exists())

    def test_a_file_beyond_the_limit_is_not_read_whole(self):
        path = self.folder / "huge.txt"
        with path.open("wb") as file:
            os.truncate(file.fileno(), 65 * 1024 * 1024)
        self.assertEqual(self.status(str(path)), 2)
        self.assertIn("Cut it into several files", self.out.getvalue())


@unittest.skipUnless(RECEIVED.exists(), "../shared/seeds is absent: the received document is not imported.")
class ReceivedDocument(ImportCase):
    def test_it_becomes_two_articles_the_second_linked_to_the_first_and_once_only(self):
        make_outlet("Nawaiwaqt")
        self.run_import(str(RECEIVED), published=True)
        first, second = Article.objects.order_by("pk")
        self.assertEqual(second.links.get().target, first)
        self.assertEqual((first.printed_date, first.outlet.name), (None, "Nawaiwaqt"))
        before = self.counts()
        self.assertIn("0 created, 2 unchanged, 0 refused", self.run_import(str(RECEIVED), published=True))
        self.assertEqual(self.counts(), before)


class Credits(SimpleTestCase):
    def test_a_day_is_taken_only_where_day_month_and_year_are_printed(self):
        cases = {
            "7 April 2020": ("7 April 2020", "2020-04-07"),
            "Baghdad, Tuesday, April 7th, 2020": ("April 7th, 2020", "2020-04-07"),
            "Published: 7 Apr. 2020, 10:30": ("7 Apr. 2020", "2020-04-07"),
            "7 اپریل 2020": ("7 اپریل 2020", "2020-04-07"),
            "Jan. 3": ("Jan. 3", None),
            "Monday 7 April 2020": ("7 April 2020", None),
            "31 April 2020": ("31 April 2020", None),
        }
        for line, (words, day) in cases.items():
            with self.subTest(line):
                found = printed_date(line)
                self.assertEqual((found.words, found.day and found.day.isoformat()), (words, day))

    def test_a_byline_is_parted_only_where_every_part_is_a_name(self):
        cases = {
            "By Asma Rind": ["Asma Rind"],
            "BY ASMA RIND AND BILAL SHAH": ["ASMA RIND AND BILAL SHAH"],
            "By Asma Rind, Bilal Shah and Sana ul Haq": ["Asma Rind", "Bilal Shah", "Sana ul Haq"],
            "By Asma Rind and agencies": ["Asma Rind and agencies"],
            "Web Desk": ["Web Desk"],
        }
        for line, names in cases.items():
            with self.subTest(line):
                self.assertEqual([name for name, _ in signers(line)], names)
