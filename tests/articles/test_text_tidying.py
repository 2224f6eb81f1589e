"""Tidying a text together with its spans: the words are those `tidy_text` makes, the spans lie over the same words."""

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from articles.blocks import ONE_LINE, tidy_text
from articles.tidying import tidied
from newsroom.core.hygiene import TextRefused, replace_unstorable
from tests.articles.strategies import RAW
from tests.articles.test_text import span


class TidyingTests(TestCase):
    def test_spans_move_with_their_words(self):
        cases = [
            ("  six bases", [(2, 5)], "six bases", [(0, 3)]),
            ("six \n bases ", [(0, 12)], "six\nbases", [(0, 9)]),
            ("six\n\n\nbases", [(3, 6), (6, 11)], "six\nbases", [(3, 4), (4, 9)]),
            ("cafe\u0301s", [(0, 4), (4, 6)], "cafés", [(0, 4), (3, 5)]),
            ("\ufeffsix", [(0, 4)], "six", [(0, 3)]),
            ("a\r\nb", [(2, 4)], "a\nb", [(1, 3)]),
            (" \u00a0", [(0, 2)], "", []),
        ]
        for text, places, tidy, moved in cases:
            with self.subTest(text=ascii(text)):
                spans = [span(start, end) for start, end in places]
                self.assertEqual(tidied("paragraph", text, spans), (tidy, [span(*place) for place in moved]))

    def test_verse_keeps_what_begins_a_line(self):
        self.assertEqual(tidied("verse", "  six \n\tbases", [span(2, 5)]), ("  six\n\tbases", [span(2, 5)]))

    def test_a_cell_stays_one_cell(self):
        self.assertEqual(tidied("cell", "six\tbases\nleft ", [span(4, 9)]), ("six bases left", [span(4, 9)]))

    def test_what_cannot_be_stored_is_refused(self):
        with self.assertRaisesRegex(TextRefused, r"U\+202E"):
            tidied("paragraph", "six \u202e", [])

    @given(RAW, st.sampled_from(["paragraph", "heading", "verse", "item"]), st.data())
    def test_the_words_are_those_of_tidy_text_and_spans_stay_inside(self, raw, kind, data):
        text = raw if data.draw(st.booleans()) else replace_unstorable(raw)[0]
        start = data.draw(st.integers(0, max(0, len(text) - 1)))
        given_spans = [span(start, data.draw(st.integers(start + 1, len(text))))] if text else []
        try:
            tidy, spans = tidied(kind, text, given_spans)
        except TextRefused:
            return
        if kind not in ONE_LINE:
            self.assertEqual(tidy, tidy_text(kind, text))
        for moved in spans:
            self.assertTrue(0 <= moved["start"] < moved["end"] <= len(tidy))
        whole = tidied(kind, text, [span(0, len(text))])[1] if text else []
        self.assertEqual([(s["start"], s["end"]) for s in whole], [(0, len(tidy))] if tidy else [])
