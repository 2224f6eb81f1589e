"""Text into words: what readers type finds what papers printed, and every word is known by its place in the text."""

import unicodedata
from itertools import pairwise
from unittest import mock

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.search import analyse
from newsroom.core.search.analyse import LONGEST_WORD, keys, tokens
from tests.articles.strategies import texts

ANY_TEXT = st.text(st.characters()) | texts()
# What different people type for the same.
ALIKE = (
    ("U.S. forces", "US forces", "u.s forces"),
    ("K-1", "K1", "K 1", "k–1"),
    ("1,000 men", "1000 men", "١٬٠٠٠ men", "۱۰۰۰ men", "１０００ men"),
    ("1,00,000", "100,000", "100000"),
    ("don't", "dont", "don’t", "DON´T"),
    ("the coalition's base", "the coalition bases", "The COALITION’S base"),
    ("O'Brien", "OBrien", "O’Briens"),
    ("café", "cafe", "cafe\u0301", "CAFÉ"),
    ("Łódź", "Lodz", "łodz"),
    ("Straße", "STRASSE"),
    ("İstanbul", "istanbul", "ISTANBUL"),
    ("ﬁnal", "final"),
    ("كتاب", "کتاب", "كِتَاب", "كـتـاب", "ﻛﺘﺎﺏ"),
    ("قطعة", "قطعه", "قطعہ"),
    ("آباد", "اباد", "ا\u0653باد"),
    ("می\u200cرود", "میرود"),
    ("اڈّا", "اڈا"),
    ("news\u00adpaper", "newspaper"),
    ("handed over", "hands over", "handing over"),
    ("Qur'an", "Quran", "Qur‘an"),
)
APART = (
    ("بھائی", "بہائی"),
    ("K-1", "K-2"),
    ("1,2", "12"),
    ("3.5", "35"),
    ("a\u200bb", "ab"),
    ("हिन्दी", "हनद"),
    ("پاکستان", "باکستان"),
)


class WhatMeetsTests(SimpleTestCase):
    def test_spellings_of_one_thing_are_found_by_the_same_words(self):
        for first, *others in ALIKE:
            for other in others:
                with self.subTest(first=first, other=other):
                    self.assertEqual(keys(first), keys(other))

    def test_what_is_not_the_same_stays_apart(self):
        for one, other in APART:
            with self.subTest(one=one, other=other):
                self.assertNotEqual(keys(one), keys(other))

    def test_what_is_written_without_spaces_is_found_by_each_character(self):
        self.assertEqual(keys("北京市"), ["北", "京", "市"])

    def test_signs_and_pictures_are_no_words(self):
        self.assertEqual(keys("— “…” % 👩‍👩‍👧‍👦 ❤️ ۔ ، _ ="), [])

    def test_words_in_other_letters_than_latin_are_not_stemmed(self):
        self.assertEqual(keys("книги بیسز"), ["книги", "بیسز"])


class PlacesTests(SimpleTestCase):
    def words(self, text: str) -> list[str]:
        return [text[token.start : token.end] for token in tokens(text)]

    def test_words_are_where_they_stand_in_the_text_as_printed(self):
        self.assertEqual(
            self.words("The “coalition’s” U.S.-led K-1, مُحَمَّد 1,000!"),
            ["The", "coalition’s", "U.S", "led", "K", "1", "مُحَمَّد", "1,000"],
        )

    def test_marks_and_joiners_belong_to_their_word(self):
        for word in ("e\u0301te\u0301", "می\u200cرود", "क्षि", "بـــــس"):
            with self.subTest(word=word):
                self.assertEqual(self.words(f"x {word} x"), ["x", word, "x"])

    def test_several_words_in_one_character_share_its_place(self):
        self.assertEqual(self.words("a ﷺ"), ["a", *["ﷺ"] * 4])

    @given(ANY_TEXT)
    def test_words_stand_in_order_inside_the_text(self, text: str):
        found = list(tokens(text))
        for token in found:
            self.assertTrue(0 <= token.start < token.end <= len(text))
        for one, following in pairwise(found):
            # One character that stands for several words is the end of one and the beginning of the next.
            self.assertLessEqual(one.start, following.start)
            self.assertLessEqual(one.end, following.end)
            self.assertLessEqual(one.end - 1, following.start)

    @given(ANY_TEXT)
    def test_a_word_is_letters_and_digits_that_both_engines_keep_as_they_are(self, text: str):
        for token in tokens(text):
            for word in (token.key, token.form):
                self.assertTrue(word)
                self.assertLessEqual(len(word), LONGEST_WORD)
                self.assertTrue(all(c.isalnum() or unicodedata.category(c)[0] == "M" for c in word), word)
                word.encode()

    @given(ANY_TEXT)
    def test_case_and_composition_change_nothing(self, text: str):
        composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
        self.assertEqual(keys(composed), keys(decomposed))
        self.assertEqual(keys(text), keys(text.casefold()))

    @given(ANY_TEXT, ANY_TEXT)
    def test_the_words_of_two_lines_are_the_words_of_each(self, one: str, other: str):
        self.assertEqual(keys(f"{one}\n{other}"), keys(one) + keys(other))

    @given(ANY_TEXT)
    def test_what_was_folded_folds_to_itself(self, text: str):
        forms = [token.form for token in tokens(text)]
        again = [token.form for token in tokens(" ".join(forms))]
        self.assertEqual(again, forms)


class LongestTests(SimpleTestCase):
    def test_what_has_no_end_is_looked_at_no_further_than_a_word_goes(self):
        for endless in ("a" * 1000, "1" * 1000, "a'" * 1000, "a" + "\u0e3a\u0e38" * 1000):
            with self.subTest(endless=endless[:4]):
                with mock.patch.object(analyse, "made", wraps=analyse.made) as made:
                    self.assertTrue(keys(endless))
                longest = max(len(call.args[0]) for call in made.call_args_list)
                self.assertLessEqual(longest, analyse.LONGEST_RUN)
                (only,) = tokens(endless)
                self.assertGreaterEqual(only.end, len(endless) - 1)
