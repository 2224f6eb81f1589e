"""Where everything stands after words went, over texts whose characters are numbered: none is moved to another."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.removed_words import Cuts, RemovalRefused, body_without, cuts_of, pieces
from articles.text import body_text, canonical_body

NOTICE = "[removed]"


@st.composite
def texts_and_ranges(draw):
    """A text of characters that are all different, ranges of it apart from each other, and a range to follow."""
    text = "".join(chr(0x4E00 + number) for number in range(draw(st.integers(1, 60))))
    marks = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    ranges = [
        (start, end)
        for start, end in zip(marks[::2], marks[1::2], strict=False)
        if start < end and draw(st.booleans())
    ]
    start = draw(st.integers(0, len(text) - 1))
    return text, ranges, (start, draw(st.integers(start + 1, len(text))))


class CutsTests(SimpleTestCase):
    @given(texts_and_ranges())
    def test_the_text_keeps_every_other_character_in_its_order(self, given_):
        text, ranges, _span = given_
        gone = {at for start, end in ranges for at in range(start, end)}
        after = cuts_of(ranges, NOTICE).applied(text)
        self.assertEqual(after.replace(NOTICE, ""), "".join(c for at, c in enumerate(text) if at not in gone))
        self.assertEqual(after.count(NOTICE), len(ranges))

    @given(texts_and_ranges())
    def test_a_range_stands_on_its_very_characters_or_takes_the_notice_in(self, given_):
        text, ranges, (start, end) = given_
        cuts = cuts_of(ranges, NOTICE)
        after = cuts.applied(text)
        first, last = cuts.moved(start, end)
        gone = {at for begins, ends in ranges for at in range(begins, ends)}
        kept = "".join(text[at] for at in range(start, end) if at not in gone)
        self.assertEqual(after[first:last].replace(NOTICE, ""), kept)
        self.assertEqual(NOTICE in after[first:last], cuts.touches(start, end))

    @given(texts_and_ranges())
    def test_what_remains_of_a_range_holds_no_notice_and_loses_no_character(self, given_):
        text, ranges, (start, end) = given_
        cuts = cuts_of(ranges, NOTICE)
        after = cuts.applied(text)
        gone = {at for begins, ends in ranges for at in range(begins, ends)}
        parts = [after[first:last] for first, last in cuts.remains(start, end)]
        self.assertEqual("".join(parts), "".join(text[at] for at in range(start, end) if at not in gone))
        self.assertNotIn("", parts)

    def test_ranges_that_are_empty_across_each_other_or_outside_are_refused(self):
        for ranges in ([(2, 2)], [(0, 3), (2, 4)], [(3, 1)]):
            with self.subTest(ranges=ranges), self.assertRaises(RemovalRefused):
                cuts_of(ranges, NOTICE)
        with self.assertRaises(RemovalRefused):
            Cuts(((0, 9),), NOTICE).applied("short")

    def test_ranges_that_touch_leave_a_notice_each(self):
        self.assertEqual(cuts_of([(0, 2), (2, 3)], "[x]").applied("abcd"), "[x][x]d")


class BodyTests(SimpleTestCase):
    BODY = canonical_body(
        {
            "schema": 1,
            "blocks": [
                {
                    "kind": "paragraph",
                    "text": "Karim Aziz was seen in Basra.",
                    "spans": [
                        {"start": 0, "end": 14, "kind": "strong"},
                        {"start": 23, "end": 28, "kind": "link", "href": "https://example.org/"},
                    ],
                },
                {"kind": "table", "text": "Name\tAge\nKarim Aziz\t40"},
                {"kind": "teaser", "text": "READ MORE: Karim Aziz", "attrs": {"label": "READ MORE:"}},
                {"kind": "divider"},
            ],
        }
    )

    def test_a_choice_across_paragraphs_and_cells_is_one_piece_for_each(self):
        text = body_text(self.BODY)
        found = [text[start:end] for start, end in pieces(self.BODY, 23, len(text))]
        self.assertEqual(found, ["Basra.", "Name", "Age", "Karim Aziz", "40", "READ MORE: Karim Aziz"])

    def test_formatting_stays_on_the_words_that_stay(self):
        after = canonical_body(body_without(self.BODY, Cuts(((0, 10),), NOTICE)))
        block = after["blocks"][0]
        self.assertEqual(block["text"], "[removed] was seen in Basra.")
        self.assertEqual(
            [(block["text"][span["start"] : span["end"]], span["kind"]) for span in block["spans"]],
            [(" was", "strong"), ("Basra", "link")],
        )

    def test_every_block_keeps_its_number_and_the_text_is_the_one_that_the_arithmetic_says(self):
        text = body_text(self.BODY)
        cuts = cuts_of(pieces(self.BODY, 4, len(text) - 3), NOTICE)
        after = canonical_body(body_without(self.BODY, cuts))
        self.assertEqual(body_text(after), cuts.applied(text))
        self.assertEqual(
            [block["kind"] for block in after["blocks"]], ["paragraph", "table", "paragraph", "divider"]
        )

    def test_the_whole_text_becomes_one_paragraph(self):
        cuts = Cuts(((0, len(body_text(self.BODY))),), NOTICE)
        after = canonical_body(body_without(self.BODY, cuts))
        self.assertEqual([block["text"] for block in after["blocks"]], [NOTICE])
