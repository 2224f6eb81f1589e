"""The conditions that the form beside the results shows and writes: nothing a person typed is lost."""

from datetime import date

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.search import QueryRefused, parse
from newsroom.search_conditions import Conditions, apart, with_conditions

OUTLETS = {"nawaiwaqt": "Nawaiwaqt", "the-ravi-courier": "The Ravi Courier", "k-1": 'The "K-1" Times'}
PIECES = st.sampled_from(
    [
        "base",
        '"sixth base"',
        "-Syria",
        "outlet:nawaiwaqt",
        'outlet:"The Ravi Courier"',
        "outlet:unknown",
        "after:2020-04-07",
        "after:2020",
        "before:2020-05",
        "on:2020-04",
        "OR",
        "(",
        '"left after:2020 and"',
        ")",
        '"',
        "headline:after:2020",
        "after:yesterday",
    ]
)


class ApartTests(SimpleTestCase):
    def test_what_the_form_can_show_is_taken_out_of_the_words(self):
        table = [
            ("base", "base", Conditions()),
            ("base outlet:nawaiwaqt", "base", Conditions("nawaiwaqt")),
            ('outlet:"the ravi courier" base', "base", Conditions("the-ravi-courier")),
            ("base after:2020-04-07", "base", Conditions("", date(2020, 4, 7))),
            ("base after:2020-04", "base", Conditions("", date(2020, 4, 1))),
            ("base outlet:“The Ravi Courier”", "base", Conditions("the-ravi-courier")),
            ("base before:2020-05-01", "base", Conditions("", None, date(2020, 4, 30))),
            ("after:2020 before:2021", "", Conditions("", date(2020, 1, 1), date(2020, 12, 31))),
        ]
        for asked, words, conditions in table:
            with self.subTest(asked=asked):
                self.assertEqual(apart(asked, OUTLETS), (words, conditions))

    def test_what_it_cannot_show_stays_in_the_words(self):
        for asked in (
            "base outlet:unknown",
            "base outlet:nawai*",
            "base -outlet:nawaiwaqt",
            "base OR outlet:nawaiwaqt",
            "(base outlet:nawaiwaqt)",
            "base after:yesterday",
            "base after:2020-13",
            "base on:2020-04",
            '"base after:2020" "x',
            '"the base after:2020 closed"',
            "“the base after:2020 closed”",
            "base before:0001-01-01",
            "headline:after:2020",
        ):
            with self.subTest(asked=asked):
                self.assertEqual(apart(asked, OUTLETS), (asked, Conditions()))

    def test_two_of_a_kind_both_stay(self):
        words, conditions = apart("after:2019 base after:2020 outlet:nawaiwaqt", OUTLETS)
        self.assertEqual((words, conditions), ("after:2019 base after:2020", Conditions("nawaiwaqt")))


class WithConditionsTests(SimpleTestCase):
    def test_the_query_reads_as_a_person_would_type_it(self):
        conditions = Conditions("the-ravi-courier", date(2020, 4, 1), date(2020, 4, 30))
        self.assertEqual(
            with_conditions("base", conditions, OUTLETS),
            'base outlet:"The Ravi Courier" after:2020-04-01 before:2020-05-01',
        )

    def test_every_paper_can_be_asked_for_whatever_stands_in_its_name(self):
        for slug in OUTLETS:
            with self.subTest(slug=slug):
                parse(with_conditions("base", Conditions(slug), OUTLETS))

    @given(st.lists(PIECES, max_size=6).map(" ".join))
    def test_taken_apart_and_put_together_a_query_means_the_same(self, asked):
        def meant(text: str):
            try:
                query = parse(text)
            except QueryRefused as refusal:
                return refusal.code
            return frozenset(query.terms), query.since, query.until

        words, conditions = apart(asked, OUTLETS)
        again = with_conditions(words, conditions, OUTLETS)
        if words != asked:
            self.assertEqual(meant(again.casefold()), meant(asked.casefold()))
            self.assertEqual(apart(again, OUTLETS)[1], conditions)
        else:
            self.assertEqual(again, asked.strip())
