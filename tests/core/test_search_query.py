"""Queries: what people type is understood, and what cannot be read is answered with what and where."""

from datetime import date

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.search import Query, QueryRefused, parse
from newsroom.core.search.query import LONGEST_QUERY, MOST_WORDS
from newsroom.core.search.terms import And, Not, Or, Term

SIXTH, BASE, SYRIA = (
    Term(("sixth",), shown="sixth"),
    Term(("base",), shown="base"),
    Term(("syria",), shown="Syria"),
)


def node(text: str):
    return parse(text).node


class UnderstoodTests(SimpleTestCase):
    def test_words_are_all_looked_for(self):
        self.assertEqual(node("sixth base"), And((SIXTH, BASE)))

    def test_a_phrase_is_read_in_any_quotation_marks(self):
        for open_mark, close_mark in ('""', "“”", "„“", "«»", "»«", "””", "＂＂"):
            with self.subTest(marks=open_mark + close_mark):
                self.assertEqual(node(f"{open_mark}sixth base{close_mark}").words, ("sixth", "base"))

    def test_what_is_typed_together_is_looked_for_together(self):
        for text, words in (
            ("K-1", ("k", "1")),
            ("http://x.org", ("http", "x", "org")),
            ("12:30", ("12", "30")),
        ):
            with self.subTest(text=text):
                self.assertEqual(node(text).words, words)

    def test_a_minus_excludes_a_word_a_phrase_a_field_or_a_group(self):
        for text, excluded in (
            ("sixth -Syria", SYRIA),
            ("sixth −Syria", SYRIA),
            ('sixth -"K 1"', Term(("k", "1"), shown="K 1")),
            ("sixth -tag:Syria", Term(("syria",), "tag", shown="Syria")),
            ("sixth -(base OR Syria)", Or((BASE, SYRIA))),
        ):
            with self.subTest(text=text):
                self.assertEqual(node(text), And((SIXTH, Not(excluded))))

    def test_a_dash_between_words_is_a_dash(self):
        self.assertEqual(node("sixth - base"), And((SIXTH, BASE)))

    def test_or_joins_its_two_neighbours(self):
        self.assertEqual(node("sixth base OR Syria"), And((SIXTH, Or((BASE, SYRIA)))))
        self.assertEqual(node("(sixth base) OR Syria"), Or((And((SIXTH, BASE)), SYRIA)))
        self.assertEqual(node("sixth OR base OR Syria"), Or((SIXTH, BASE, SYRIA)))

    def test_a_small_or_is_a_word(self):
        self.assertEqual(len(node("sixth or base").parts), 3)

    def test_a_star_looks_for_beginnings_as_they_are_typed(self):
        self.assertEqual(node("Coalition*"), Term(("coalition",), prefix=True, shown="Coalition*"))
        self.assertEqual(node("كتا*").words, ("کتا",))

    def test_fields_are_named_in_any_case(self):
        fields = {
            "headline": "headline",
            "by": "signed",
            "source": "source",
            "tag": "tag",
            "outlet": "outlet",
        }
        for name, field in fields.items():
            for typed in (f"{name}:base", f"{name.upper()}:base", f"{name}：base"):
                with self.subTest(typed=typed):
                    self.assertEqual(node(typed), Term(("base",), field, shown="base"))
        self.assertEqual(node('by:"Sara Khan"').words, ("sara", "khan"))

    def test_dates_are_a_day_a_month_or_a_year_in_digits_of_any_script(self):
        for text, since, until in (
            ("after:2020-03-01", date(2020, 3, 1), None),
            ("after:2020", date(2020, 1, 1), None),
            ("before:2020-05", None, date(2020, 5, 1)),
            ("on:2020-04-07", date(2020, 4, 7), date(2020, 4, 8)),
            ("on:2020-12", date(2020, 12, 1), date(2021, 1, 1)),
            ("on:۲۰۲۰-۴", date(2020, 4, 1), date(2020, 5, 1)),
            ("after:٢٠٢٠/٣/١", date(2020, 3, 1), None),
            ("after:2020-03 before:2020-05 after:2020-04", date(2020, 4, 1), date(2020, 5, 1)),
        ):
            with self.subTest(text=text):
                self.assertEqual(parse(f"base {text}"), Query(f"base {text}", BASE, since, until))
                self.assertIsNone(parse(text).node)

    def test_a_date_is_enough_to_leave_something_out_of(self):
        self.assertEqual(node("on:2020 -Syria"), Not(SYRIA))

    def test_terms_are_what_is_looked_for_each_once(self):
        self.assertEqual(parse("sixth (base OR sixth) -Syria").terms, (SIXTH, BASE))

    def test_signs_between_words_are_passed_over(self):
        self.assertEqual(node("sixth … & base !"), And((SIXTH, BASE)))


class RefusedTests(SimpleTestCase):
    def refusal(self, text: str) -> QueryRefused:
        with self.assertRaises(QueryRefused) as caught:
            parse(text)
        return caught.exception

    def test_what_cannot_be_read_is_named_with_its_place(self):
        for text, at, words in (
            ("", 0, "at least one word"),
            (" ", 0, "at least one word"),
            ("!! …", 0, "no letter or digit to look for in “!! …”"),
            ('sixth "base', 6, "quotation mark at character 7 is not closed"),
            ("sixth (base", 6, "bracket at character 7 is not closed"),
            ("sixth) base", 5, "bracket at character 6 closes nothing"),
            ("sixth ()", 6, "nothing to look for in the brackets at character 7"),
            ("OR base", 0, "OR at character 1 needs a word on each side"),
            ("sixth OR", 6, "OR at character 7 needs a word on each side"),
            ("sixth OR OR base", 6, "OR at character 7 needs"),
            ("sixth OR -base", 6, "OR at character 7 cannot join something that is excluded"),
            ("-Syria", 0, "only excludes. Add a word or a date"),
            ("-Syria -tag:Iraq", 0, "only excludes"),
            ("base (-Syria)", 5, "brackets at character 6 only exclude"),
            ("base -(-Syria)", 6, "brackets at character 7 only exclude"),
            ("ba*se", 2, "“*” at character 3"),
            ("b*", 0, "at least two letters"),
            ("*", 0, "at least two letters"),
            ("base by:", 5, "Nothing follows “by:” at character 6"),
            ("by: base", 0, "Nothing follows “by:” at character 1"),
            ("base by:…", 5, "Nothing follows “by:” at character 6"),
            ("after:2020-13", 6, "“2020-13” at character 7 is no date"),
            ("after:yesterday", 6, "is no date"),
            ("on:99999", 3, "is no date"),
            ("base -on:2020", 5, "date at character 6 can neither be excluded"),
            ("base OR on:2020", 8, "date at character 9"),
            ("(base on:2020)", 0, "can neither be excluded"),
            ("base after:2021 before:2020", 0, "No day lies between"),
            ("(" * 20 + "base" + ")" * 20, 8, "inside 8 others"),
        ):
            with self.subTest(text=text):
                refusal = self.refusal(text)
                self.assertIn(words, str(refusal))
                self.assertEqual(refusal.at, at)

    def test_a_query_has_bounds_and_says_them(self):
        self.assertIn(f"at most {LONGEST_QUERY}", str(self.refusal("a" * (LONGEST_QUERY + 1))))
        self.assertIn(f"more than {MOST_WORDS} words", str(self.refusal("a " * (MOST_WORDS + 1))))
        self.assertEqual(len(parse("ab " * MOST_WORDS).node.parts), MOST_WORDS)

    @given(
        st.text()
        | st.lists(
            st.sampled_from(
                [*'()"“»-−*: ', "OR", "by:", "tag:", "after:", "on:2020", "base", "K-1", "ab*", "چھٹا"]
            ),
        ).map("".join)
        | st.lists(st.sampled_from(["(", ")", " -", " OR ", "base", " on:2020 ", " tag:x ", '"a b"'])).map(
            "".join
        )
    )
    def test_any_text_is_read_or_refused_with_a_place_in_it(self, text: str):
        try:
            self.assertIsInstance(parse(text), Query)
        except QueryRefused as refusal:
            self.assertTrue(str(refusal))
            self.assertLessEqual(refusal.at, len(text))
