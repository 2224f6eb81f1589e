"""How two sentences are alike: what they share, and the figures, dates, quantities and denials that differ."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from claims.likeness import differences, likeness, words

SENTENCES = st.lists(
    st.sampled_from(
        [
            "The",
            "coalition",
            "handed",
            "over",
            "its",
            "sixth",
            "6",
            "six",
            "base",
            "bases",
            "in",
            "one",
            "three",
            "weeks",
            "week",
            "not",
            "no",
            "never",
            "all",
            "some",
            "few",
            "April",
            "7",
            "12",
            "2020",
            "May",
            "may",
            "Tuesday",
            "1,200",
            "troops",
            "didn't",
            "چھٹا",
            "اڈا",
            "ایک",
            "ہفتے",
            "نہیں",
            "تین",
        ]
    ),
    max_size=14,
).map(" ".join)


def said(here: str, there: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.here, one.there) for one in differences(words(here), words(there))]


class DifferenceTests(SimpleTestCase):
    def test_figures_of_one_thing_stand_face_to_face(self):
        table = [
            (
                "sixth base in one week",
                "its sixth base in three weeks",
                [("number", "one week", "three weeks")],
            ),
            ("six bases", "the sixth base", []),
            ("1,200 troops", "1200 troops", []),
            ("twelve soldiers died", "a dozen soldiers died", []),
            ("the 3rd base", "the third base", []),
            ("the sixth base", "the sixth Iraqi base", []),
            ("five Iraqi bases", "six Iraqi bases", [("number", "five Iraqi", "six Iraqi")]),
            ("six bases", "many bases", [("number", "six bases", ""), ("quantity", "", "many")]),
            ("چھٹا اڈا ایک ہفتے میں", "چھٹا اڈا تین ہفتے میں", [("number", "ایک ہفتے", "تین ہفتے")]),
            ("۱۲ فوجی", "12 فوجی", []),
        ]
        for here, there, expected in table:
            with self.subTest(here=here, there=there):
                self.assertEqual(said(here, there), expected)

    def test_dates_differ_in_what_both_write(self):
        table = [
            ("left on 7 April 2020", "left on April 7, 2020", []),
            ("left on April 7", "left on 7 April 2020", []),
            ("left on April 12", "left on April 7", [("date", "April 12", "April 7")]),
            ("left in 2019", "left in 2020", [("date", "2019", "2020")]),
            ("left on Tuesday", "left on Monday", [("date", "Tuesday", "Monday")]),
            ("they may leave", "they leave", []),
            ("in May 2020", "in June 2020", [("date", "May 2020", "June 2020")]),
            ("left in April", "left", [("date", "April", "")]),
        ]
        for here, there, expected in table:
            with self.subTest(here=here, there=there):
                self.assertEqual(said(here, there), expected)

    def test_a_denial_on_one_side_alone_is_said(self):
        table = [
            ("Troops were not there", "Troops were there", [("denial", "not", "")]),
            ("Troops were there", "Troops weren't there", [("denial", "", "weren't")]),
            ("Troops weren’t there", "Troops were never there", []),
            ("فوج وہاں نہیں تھی", "فوج وہاں تھی", [("denial", "نہیں", "")]),
        ]
        for here, there, expected in table:
            with self.subTest(here=here, there=there):
                self.assertEqual(said(here, there), expected)

    def test_what_both_cannot_mean_is_a_conflict_and_what_one_leaves_out_is_none(self):
        self.assertTrue(likeness("in one week", "in three weeks").conflicts)
        self.assertTrue(likeness("No group claimed it", "A group claimed it").conflicts)
        self.assertFalse(likeness("The base closed in April", "The base closed").conflicts)


class LikenessTests(SimpleTestCase):
    def test_shared_words_are_told_as_the_other_sentence_writes_them(self):
        self.assertEqual(
            likeness("sixth Iraqi base in one week", "The bases: a sixth in two weeks").shared,
            ("bases", "sixth", "weeks"),
        )

    def test_nothing_in_common_is_no_likeness(self):
        for here, there in (
            ("", ""),
            ("", "Bases closed"),
            ("The of and", "the of and"),
            ("bases", "convoys"),
        ):
            with self.subTest(here=here, there=there):
                self.assertEqual(likeness(here, there).score, 0)

    @given(SENTENCES, SENTENCES)
    def test_it_is_the_same_every_time_and_as_much_the_one_way_as_the_other(self, here, there):
        found = likeness(here, there)
        self.assertEqual(found, likeness(here, there))
        self.assertAlmostEqual(found.score, likeness(there, here).score)
        self.assertTrue(0 <= found.score <= 1.0000001)

    @given(SENTENCES)
    def test_a_sentence_differs_in_nothing_from_itself(self, sentence):
        self.assertEqual(likeness(sentence, sentence).differs, ())

    @given(st.text(max_size=80), st.text(max_size=80))
    def test_any_text_can_be_compared(self, here, there):
        likeness(here, there)
