"""The order of hits, and the words shown around them: both from the hit's own words alone."""

import unicodedata
from datetime import date
from itertools import pairwise
from random import Random
from string import ascii_lowercase
from unittest import mock

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.search import parse, snippet, snippets
from newsroom.core.search.places import bounds, day_of, number_of_place, place_of, without_face
from newsroom.core.search.ranking import Candidate, needs_body, rank
from newsroom.core.search.rows import MOST_TOKENS, Budget, field_of
from newsroom.core.search.terms import FIELDS
from tests.articles.strategies import texts

TODAY = date(2020, 4, 12)
OLD = date(2012, 1, 1)
NUMBER = 1_000_000_001


def candidate(day: date | None = OLD, number: int = NUMBER, **fields: str) -> Candidate:
    """A hit with these words in its fields."""
    written = tuple(field_of([fields.get(name, "")], Budget()) for name in FIELDS)
    return Candidate(place_of("readers", day, number, 1), "article", number, written)


class OrderTests(SimpleTestCase):
    def assertBefore(self, query: str, better: Candidate, worse: Candidate) -> None:
        for given_order in ([better, worse], [worse, better]):
            ranked = rank(parse(query), given_order, TODAY)
            self.assertEqual(
                [one.candidate for one in ranked], [better, worse], [one.score for one in ranked]
            )

    def test_the_field_decides_first(self):
        order = ("headline", "summary", "tag", "source", "outlet")
        for better, worse in pairwise(order):
            with self.subTest(better=better, worse=worse):
                self.assertBefore(
                    "base", candidate(**{better: "base x"}), candidate(number=NUMBER + 1, **{worse: "base x"})
                )

    def test_a_word_in_the_body_weighs_less_than_in_a_tag(self):
        self.assertBefore(
            "base camp", candidate(tag="base camp"), candidate(number=NUMBER + 1, body="camp x base")
        )

    def test_a_headline_that_is_the_query_comes_first(self):
        longer = candidate(number=NUMBER + 1, headline="Bases and camps")
        self.assertBefore("bases", candidate(headline="Bases"), longer)

    def test_words_next_to_each_other_come_before_words_apart(self):
        apart = candidate(number=NUMBER + 1, headline="base for the sixth")
        self.assertBefore("sixth base", candidate(headline="a sixth base for us"), apart)

    def test_words_near_each_other_come_before_words_far_apart(self):
        near, far = "sixth big base", f"sixth {'word ' * 50} base"
        self.assertBefore("sixth base", candidate(body=near), candidate(number=NUMBER + 1, body=far))

    def test_all_words_come_before_some(self):
        self.assertBefore(
            "sixth OR base", candidate(body="base x sixth"), candidate(number=NUMBER + 1, body="base x")
        )

    def test_the_newer_comes_first_among_equals_and_then_the_higher_number(self):
        new, higher = (
            candidate(date(2020, 4, 10), headline="base"),
            candidate(number=NUMBER + 1, headline="base"),
        )
        self.assertBefore("base", new, candidate(number=NUMBER + 2, headline="base"))
        self.assertBefore("base", higher, candidate(headline="base"))

    def test_what_is_excluded_gives_no_points(self):
        scores = {
            rank(parse(query), [candidate(headline="base")], TODAY)[0].score for query in ("base", "base -x")
        }
        self.assertEqual(len(scores), 1)

    def test_a_beginning_is_found_in_the_words_as_printed(self):
        self.assertBefore(
            "coalition*", candidate(headline="A coalition met"), candidate(number=NUMBER + 1, tag="coalition")
        )

    def test_the_body_is_read_only_where_several_words_are_asked_for(self):
        self.assertEqual(
            [needs_body(parse(query)) for query in ("base", '"sixth base"', "sixth base")],
            [False, False, True],
        )

    def test_the_order_is_the_same_however_the_hits_come(self):
        chance = Random(5)
        words = ["base", "sixth", "camp", "week"]
        hits = [
            candidate(
                date(2010 + number % 11, 1, 1),
                NUMBER + number,
                **{name: " ".join(chance.choices(words, k=3)) for name in chance.sample(FIELDS, 3)},
            )
            for number in range(60)
        ]
        expected = rank(parse("sixth base"), hits, TODAY)
        for _ in range(5):
            chance.shuffle(hits)
            self.assertEqual(rank(parse("sixth base"), hits, TODAY), expected)


class PlaceTests(SimpleTestCase):
    @given(
        st.sampled_from(["readers", "desk"]),
        st.none() | st.dates(),
        st.integers(1_000_000_000, 9_999_999_999),
        st.integers(0, 7),
    )
    def test_a_place_says_day_and_number_and_fits_a_whole_number_of_a_database(self, face, day, number, code):
        place = place_of(face, day, number, code)
        self.assertEqual((day_of(place), number_of_place(place)), (day, number))
        self.assertTrue(0 <= place < 2**63)
        first, last = bounds(face, None, None)
        self.assertTrue(first <= place <= last)
        self.assertEqual(without_face(place), without_face(place_of("readers", day, number, code)))

    @given(st.dates(), st.dates(min_value=date(1000, 1, 1), max_value=date(9000, 1, 1)))
    def test_a_span_of_days_is_a_span_of_places(self, day, edge):
        place = place_of("readers", day, NUMBER, 1)
        first, last = bounds("readers", edge, None)
        self.assertEqual(first <= place <= last, day >= edge)
        first, last = bounds("readers", None, edge)
        self.assertEqual(first <= place <= last, day < edge)

    def test_what_has_no_date_is_outside_every_span(self):
        place = place_of("desk", None, NUMBER, 3)
        for span in ((OLD, None), (None, TODAY)):
            first, last = bounds("desk", *span)
            self.assertFalse(first <= place <= last)


class FieldTests(SimpleTestCase):
    def test_values_are_parted_so_that_no_phrase_runs_over(self):
        self.assertEqual(
            field_of(["Iraq", "Military bases"], Budget()), " iraq = militari base =bases =military "
        )

    def test_a_long_text_is_cut_and_says_so(self):
        budget = Budget()
        self.assertEqual(len(field_of(["x " * (MOST_TOKENS + 1)], budget).split()), MOST_TOKENS)
        self.assertTrue(budget.cut)
        budget = Budget()
        field_of(["x " * MOST_TOKENS], budget)
        self.assertFalse(budget.cut)

    def test_words_without_end_are_cut_before_postgresql_refuses_them(self):
        budget = Budget()
        written = field_of([" ".join(f"{chr(0x4E01)}x{'𝒳' * 60}{n}" for n in range(9000))], budget)
        self.assertLess(len(written.encode()), 1_000_000)


class SnippetTests(SimpleTestCase):
    def shown(self, text: str, query: str, length: int | None = None, **more: str) -> str:
        return "".join(
            f"[{words}]" if hit else words for words, hit in snippet(text, parse(query), length, **more)
        )

    def test_a_long_text_costs_no_more_for_many_words(self):
        query = parse(" OR ".join(f"zz{letter}" for letter in ascii_lowercase) + " OR over*")
        text = "handed over " * 400
        with mock.patch.object(snippets, "stands", wraps=snippets.stands) as compared:
            self.assertIn(("over", True), snippet(text, query))
        self.assertEqual(compared.call_count, 400)

    def test_words_are_marked_as_they_are_printed(self):
        for text, query, shown in (
            ("The Coalition’s sixth base.", "coalition base", "The [Coalition’s] sixth [base]."),
            ("a sixth base, a base", '"sixth base"', "a [sixth base], a base"),
            ("Handed over, hand over", "handing", "[Handed] over, [hand] over"),
            ("A coalition of coalitions", "coali*", "A [coalition] of [coalitions]"),
            ("صدر كِتابٌ جديد", "کتاب", "صدر [كِتابٌ] جديد"),
            ("يہ می\u200cرود ہے", "میرود", "يہ [می\u200cرود] ہے"),
            ("cafe\u0301s here", "cafés", "[cafe\u0301s] here"),
            ("U.S.-led", "US", "[U.S].-led"),
            ("K-1 base", "K1", "[K-1] base"),
            ("base", "camp -base", "base"),
        ):
            with self.subTest(text=text, query=query):
                self.assertEqual(self.shown(text, query), shown)

    def test_a_term_of_another_field_is_not_marked_where_the_field_is_named(self):
        self.assertEqual(self.shown("Khan said", "by:khan", field="headline"), "Khan said")
        self.assertEqual(self.shown("Khan said", "by:khan", field="signed"), "[Khan] said")

    def test_the_part_is_shown_that_holds_the_most(self):
        text = f"A base. {'word ' * 100}Here the sixth base stands. {'word ' * 100}"
        shown = self.shown(text, "sixth base", 60)
        self.assertIn("[sixth] [base]", shown)
        self.assertTrue(shown.startswith("… ") and shown.endswith(" …"), shown)

    def test_a_text_that_fits_is_shown_whole(self):
        self.assertEqual(self.shown("One base.", "camp", 240), "One base.")

    @given(texts() | st.text(), st.sampled_from(["base", '"six bases"', "si*", "اڈا OR کتاب", "K-1 A"]))
    def test_the_whole_text_comes_back_in_runs(self, text: str, query: str):
        runs = snippet(text, parse(query), None)
        self.assertEqual("".join(words for words, _ in runs), text)
        self.assertTrue(all(words for words, _ in runs))

    @given(
        st.lists(texts() | st.sampled_from(["base", "six bases", "کتاب"]), min_size=1, max_size=30),
        st.integers(5, 80),
    )
    def test_a_part_is_words_of_the_text_and_cuts_no_character_in_two(self, pieces: list[str], length: int):
        text = " ".join(pieces)
        shown = "".join(words for words, _ in snippet(text, parse("base OR کتاب"), length))
        part = shown.removeprefix("… ").removesuffix(" …")
        self.assertIn(part, text)
        if part:
            after = text[text.index(part) + len(part) :][:1]
            self.assertFalse(
                after and unicodedata.combining(after) and part not in text[text.index(part) + 1 :]
            )
