"""Bad input at every way in: refused with field and place, or stored in one form that cleaning keeps."""

import tempfile
from contextlib import suppress
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, TestCase
from hypothesis import given
from hypothesis import strategies as st

from articles import editing
from articles.markdown import from_markdown, to_markdown
from articles.models import Article, ArticleVersion
from articles.text import BodyError
from articles.words import Words, clean_dateline, clean_reason
from newsroom.core.hygiene import TextRefused
from tests.articles.strategies import bodies
from tests.articles.test_admin_editor import ask
from tests.articles.test_text import ANY_JSON, block, body, link
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_outlet, make_words
from tests.forms import errors_of, fill_in

# Characters that no way in stores: a name, and the character.
UNSTORABLE = [
    ("a null", "\x00"),
    ("a bell", "\x07"),
    ("an escape", "\x1b"),
    ("a C1 control", "\x9f"),
    ("a noncharacter", "\ufdd0"),
    ("a noncharacter of a high plane", "\U0010ffff"),
    ("an override", "\u202e"),
    ("an isolate", "\u2066"),
    ("a tag letter", "\U000e0041"),
    ("two selectors in a row", "\ufe0f\ufe0f"),
]
# What is given, and what is stored of it on one line.
NORMALISED = [
    ("Six\r\nbases", "Six bases"),
    ("Six\rbases", "Six bases"),
    ("Six\u2028bases", "Six bases"),
    ("Six\tbases", "Six bases"),
    ("\ufeffSix bases", "Six bases"),
    ("  Six bases\u3000", "Six bases"),
    ("e\u0301migre\u0301", "\u00e9migr\u00e9"),
]
LINES = ("headline", "standfirst", "dateline")


def words(**given) -> Words:
    whole = {
        "headline": "Bases",
        "standfirst": "",
        "body": body(block(text="Words.")),
        "dateline": "",
        **given,
    }
    return Words.clean(**whole)


class WordsTests(SimpleTestCase):
    """`Words.clean`, through which everything goes."""

    def test_what_cannot_be_stored_is_refused_in_every_line_with_its_place(self):
        for name, character in [*UNSTORABLE, ("half a character", "\ud800")]:
            for field in LINES:
                with self.subTest(character=name, field=field):
                    with self.assertRaises(TextRefused) as caught:
                        words(**{field: f"Six {character}bases"})
                    self.assertIn("Line 1, column ", str(caught.exception))

    def test_what_cannot_be_stored_is_refused_in_a_block_which_is_named(self):
        for name, character in [*UNSTORABLE, ("half a character", "\ud800")]:
            with self.subTest(character=name):
                with self.assertRaises(BodyError) as caught:
                    words(body=body(block(text="Fine."), block(text=f"Six {character}bases")))
                self.assertEqual((caught.exception.block, caught.exception.field), (2, "text"))

    def test_blocks_that_are_no_blocks_and_spans_that_are_no_spans_are_refused_with_their_block(self):
        bad = [
            None,
            "text",
            {},
            block("video"),
            {**block(), "html": "<b>"},
            block(text=7),
            block(text="Six", spans=[link(0, 4)]),
            block(text="Six", spans=[link(-1, 2)]),
            block(text="Six", spans=[link(2, 1)]),
            block(text="Six", spans=[{"start": 0.0, "end": 1.0, "kind": "strong"}]),
            block(text="Six bases", spans=[link(0, 5), {**link(3, 9), "href": "https://example.org/b"}]),
            block(text="Six", spans=[{**link(0, 3), "href": "javascript:alert(1)"}]),
        ]
        for each in bad:
            with self.subTest(block=each):
                with self.assertRaises(BodyError) as caught:
                    words(body=body(block(text="Fine."), each))
                self.assertIn("Block 2", str(caught.exception))

    def test_what_is_too_long_is_refused_with_both_numbers(self):
        for field, length in (("headline", 301), ("standfirst", 1001), ("dateline", 121)):
            with self.subTest(field=field), self.assertRaisesMessage(TextRefused, str(length)):
                words(**{field: "x" * length})
        with self.assertRaisesMessage(BodyError, "1000001"):
            words(body=body(block(text="x" * 1_000_001)))

    def test_what_can_be_put_right_is_stored_in_one_form(self):
        for raw, stored in NORMALISED:
            for field in LINES:
                with self.subTest(raw=raw, field=field):
                    self.assertEqual(getattr(words(**{field: raw}), field), stored)

    def test_a_line_of_invisible_letters_is_no_line(self):
        self.assertEqual(words(dateline="\u200b\u2060").dateline, "")
        self.assertEqual(words(standfirst="\u200d").standfirst, "")
        self.assertEqual(clean_reason(" \u200b"), "")


class FixedPointTests(SimpleTestCase):
    """Whatever is stored is stored again as it is."""

    @given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), bodies())
    def test_cleaning_what_was_cleaned_changes_nothing(self, headline, standfirst, dateline, stored):
        with suppress(TextRefused, BodyError):
            once = Words.clean(headline, standfirst, stored, dateline)
            again = Words.clean(once.headline, once.standfirst, once.body, once.dateline)
            self.assertEqual(again, once)

    @given(st.text(), st.sampled_from([clean_dateline, clean_reason]))
    def test_cleaning_a_cleaned_line_changes_nothing(self, raw, clean):
        with suppress(TextRefused):
            self.assertEqual(clean(clean(raw)), clean(raw))

    @given(ANY_JSON)
    def test_whatever_stands_for_a_body_is_stored_in_its_form_or_refused(self, data):
        with suppress(BodyError):
            once = words(body=data)
            self.assertEqual(words(body=once.body), once)

    @given(st.text())
    def test_what_an_editor_types_is_stored_in_a_form_that_is_kept(self, source):
        with suppress(TextRefused, BodyError, ValueError):
            once = from_markdown(source)
            self.assertEqual(words(body=once).body, once)
            self.assertIs(from_markdown(to_markdown(once), once), once)


class DeskTests(Cast, TestCase):
    """The form of the desk and the editor's drawing."""

    def test_the_form_and_the_drawing_refuse_at_the_field_and_name_the_place(self):
        article = make_article(published=False)
        client, address = signed_in(self.bilal), f"/admin/articles/article/{article.pk}/change/"
        before = ArticleVersion.objects.count()
        for name, character in UNSTORABLE:
            for field in (*LINES, "body"):
                with self.subTest(character=name, field=field):
                    typed = {field: f"Six {character}bases"}
                    said = errors_of(fill_in(client, address, typed))[field][0]
                    self.assertIn("Line 1", said)
                    given = {"headline": "Bases", "body": "Words.", **typed}
                    problem = ask(client, "draw", given, article).json()["problems"][0]
                    self.assertEqual(problem["field"], field)
                    self.assertIn("Line 1", problem["message"])
        self.assertEqual(ArticleVersion.objects.count(), before)

    def test_line_ends_of_a_browser_make_no_version(self):
        article = make_article(published=False)
        address = f"/admin/articles/article/{article.pk}/change/"
        self.assertEqual(fill_in(signed_in(self.bilal), address).status_code, 302)
        self.assertEqual(article.versions.count(), 1)

    def test_a_reason_that_nobody_can_read_is_none(self):
        article = make_article()
        address = f"/admin/articles/article/{article.pk}/change/"
        answer = fill_in(signed_in(self.bilal), address, headline="Other", reason="\u200b")
        self.assertIn("Say why", errors_of(answer)["reason"][0])
        with self.assertRaisesMessage(editing.EditingRefused, "Say why"):
            editing.save_version(article, make_words("Other"), by=self.bilal, base=1, reason="\u200b")
        with self.assertRaisesMessage(editing.EditingRefused, "Say why"):
            editing.withdraw(article, by=self.noor, reason="\u2060")
        for reason in ("Bad\x00", "x" * 301):
            with self.subTest(reason=reason[:5]), self.assertRaises(TextRefused):
                editing.save_version(article, make_words("Other"), by=self.bilal, base=1, reason=reason)


class ImportTests(Cast, TestCase):
    """A file goes on where a character cannot be stored, and what is stored is in its form."""

    def test_whatever_an_imported_file_holds_is_stored_in_its_form(self):
        make_outlet("Nawaiwaqt")
        for number, (name, character) in enumerate(UNSTORABLE):
            with self.subTest(character=name), tempfile.TemporaryDirectory() as folder:
                page = Path(folder) / "page.txt"
                lines = [
                    f"Convoy number {number} crosses{character} at dawn",
                    "",
                    f"A {character}convoy crossed.",
                ]
                page.write_bytes("\r\n".join(lines).encode())
                with suppress(CommandError):
                    call_command("import_articles", str(page), outlet="nawaiwaqt", stdout=StringIO())
        self.assertGreater(Article.objects.count(), 0)
        for version in ArticleVersion.objects.all():
            with self.subTest(version=version.headline):
                stored = Words.clean(version.headline, version.standfirst, version.body, version.dateline)
                self.assertEqual(
                    {name: getattr(version, name) for name in stored.columns()}, stored.columns()
                )
