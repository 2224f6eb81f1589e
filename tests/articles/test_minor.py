"""Which changes are minor by the rule: form alone, never anything a reader would read otherwise."""

from types import SimpleNamespace
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from articles.minor import fold, is_minor
from articles.text import canonical_body
from tests.articles.strategies import bodies
from tests.articles.test_text import ANY_JSON, block, body, link, span

FORM = [
    ("He  said no", "He said no"),
    ("He said\nno", "He said no"),
    ("“No”, he said", '"No", he said'),
    ("‘No’, he said", "“No”, he said"),
    ("the army's base", "the army’s base"),
    ("bases -- all of them -- are empty", "bases — all of them — are empty"),
    ("bases—all of them—are empty", "bases – all of them – are empty"),
    ("6-8 bases", "6–8 bases"),
    ("bases , all of them", "bases, all of them"),
    ("« non »", "«non»"),
    ("اتحادی  افواج", "اتحادی افواج"),
]
SUBSTANCE = [
    ("six bases", "seven bases"),
    ("a base", "a base."),
    ("no where", "nowhere"),
    ("the hero", "the 'hero'"),
    ("'he' said she", "'he said' she"),
    ("its base", "it's base"),
    ("a man eating shark", "a man-eating shark"),
    ("5 -3", "5-3"),
    ("5' long", '5" long'),
    ("3,500", "3, 500"),
    ("K1", "K 1"),
    ("Base", "base"),
    ("می\u200cروم", "میروم"),
    ("e\u0301", "e"),
]


def words(headline="Bases", text="Six bases.", standfirst="", dateline="", blocks=None):
    stored = body(*blocks) if blocks else body(block(text=text))
    return SimpleNamespace(headline=headline, standfirst=standfirst, body=stored, dateline=dateline)


class RuleTests(TestCase):
    def test_white_space_quotes_and_dashes_are_form_wherever_they_stand(self):
        for old, new in FORM:
            for name in ("headline", "standfirst", "text"):
                with self.subTest(old=old, new=new, field=name):
                    self.assertTrue(is_minor(words(**{name: old}), words(**{name: new})))
                    self.assertTrue(is_minor(words(**{name: new}), words(**{name: old})))

    def test_what_a_reader_would_read_otherwise_is_substance_wherever_it_stands(self):
        for old, new in SUBSTANCE:
            for name in ("headline", "standfirst", "text"):
                with self.subTest(old=old, new=new, field=name):
                    self.assertFalse(is_minor(words(**{name: old}), words(**{name: new})))
                    self.assertFalse(is_minor(words(**{name: new}), words(**{name: old})))

    def test_the_dateline_alone_is_minor_and_excuses_nothing_else(self):
        self.assertTrue(is_minor(words(dateline="BAGHDAD"), words(dateline="ERBIL, Monday")))
        self.assertFalse(is_minor(words(dateline="BAGHDAD"), words("Two bases", dateline="ERBIL")))

    def test_where_paragraphs_are_parted_is_white_space(self):
        one = words(blocks=[block(text="Six bases. All are empty.")])
        two = words(blocks=[block(text="Six bases."), block(text="All are empty.")])
        self.assertTrue(is_minor(one, two))
        self.assertTrue(is_minor(two, one))

    def test_a_subhead_a_link_and_an_emphasis_are_no_white_space(self):
        plain = words(blocks=[block(text="Six bases"), block(text="Words.")])
        for changed in (
            [block("heading", "Six bases", level=2), block(text="Words.")],
            [block(text="Six bases", spans=[link(0, 3)]), block(text="Words.")],
            [block(text="Six bases", spans=[span(0, 3, "strong")]), block(text="Words.")],
            [block(text="Words."), block(text="Six bases")],
        ):
            with self.subTest(changed=changed):
                self.assertFalse(is_minor(plain, words(blocks=changed)))

    def test_a_link_goes_along_where_white_space_before_it_changes(self):
        old = words(blocks=[block(text="Six  bases", spans=[link(5, 10)])])
        new = words(blocks=[block(text="Six bases", spans=[link(4, 9)])])
        other = words(blocks=[block(text="Six bases", spans=[link(3, 9)])])
        self.assertTrue(is_minor(old, new))
        self.assertFalse(is_minor(words(blocks=[block(text="Six bases", spans=[link(0, 3)])]), other))

    def test_lines_of_a_verse_and_cells_of_a_table_are_no_white_space(self):
        for kind, old, new in (
            ("verse", "we shall see\nit must be", "we shall see it must be"),
            ("table", "a\tb\nc\td", "a\tb c\td\t"),
        ):
            with self.subTest(kind=kind):
                stored = [SimpleNamespace(**vars(words())) for _each in range(2)]
                for each, text in zip(stored, (old, new), strict=True):
                    each.body = {"blocks": [{"kind": kind, "text": text}]}
                self.assertFalse(is_minor(*stored))


class PropertyTests(TestCase):
    @given(st.text())
    def test_folding_twice_changes_nothing_and_keeps_where_each_character_stood(self, text):
        folded = fold(text)
        self.assertEqual(fold(folded.text).text, folded.text)
        self.assertEqual(len(folded.places), len(folded.text))
        self.assertEqual(sorted(set(folded.places)), list(folded.places))

    @given(bodies())
    def test_nothing_changed_is_minor(self, stored):
        old = SimpleNamespace(headline="A", standfirst="", body=stored)
        self.assertTrue(is_minor(old, SimpleNamespace(headline="A", standfirst="", body=stored)))

    @given(bodies(min_size=1), st.integers(0), st.sampled_from("aے5"))
    def test_a_letter_or_digit_more_is_never_minor(self, stored, at, letter):
        index = at % len(stored["blocks"])
        blocks = [dict(each) for each in stored["blocks"]]
        blocks[index]["text"] += letter
        old, new = (
            SimpleNamespace(headline="A", standfirst="", body=each) for each in (stored, {"blocks": blocks})
        )
        self.assertFalse(is_minor(old, new))

    @given(ANY_JSON, ANY_JSON)
    def test_whatever_is_stored_is_judged(self, one, other):
        old, new = (SimpleNamespace(headline="A", standfirst="", body=each) for each in (one, other))
        self.assertIn(is_minor(old, new), (True, False))

    def test_a_hostile_text_is_folded_in_time_that_grows_with_its_length(self):
        text = " -'" * 100_000
        stored = canonical_body({"schema": 1, "blocks": [block(text="x " * 1000) for _each in range(300)]})
        old = SimpleNamespace(headline=text, standfirst=text, body=stored)
        self.assertFalse(is_minor(old, SimpleNamespace(headline=text + "a", standfirst=text, body=stored)))
