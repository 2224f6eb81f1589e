"""Carrying passages: only what certainly did not change is carried."""

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring import (
    Span,
    carry,
    certain_ends,
    common_head,
    common_tail,
    paragraph_around,
    surroundings,
)

HEADLINE = "Coalition hands over sixth Iraqi base in one week, troops bound for Syria"
CLAIM = "sixth Iraqi base in one week"

# A small alphabet repeats itself, which is where look-alikes are; the rest is what papers print.
letters = st.one_of(
    st.text(alphabet="ab \n", max_size=30),
    st.text(alphabet="آبپ ک\u200cی", max_size=30),
    st.text(alphabet="e\u0301👩\u200d👧 ", max_size=30),
)


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


class CarryTests(TestCase):
    def carried(self, new: str, old: str = HEADLINE, words: str = CLAIM) -> str | None:
        (span,) = carry(old, new, [span_of(old, words)])
        return None if span is None else new[span.start : span.end]

    def test_words_before_and_after_a_change_are_carried(self):
        for new in (
            HEADLINE,
            "BAGHDAD: " + HEADLINE,
            HEADLINE + " and Turkey",
            HEADLINE.replace("Coalition", "The coalition"),
            HEADLINE.replace("Syria", "north-eastern Syria"),
        ):
            with self.subTest(new=new):
                self.assertEqual(self.carried(new), CLAIM)

    def test_corrected_words_are_never_carried(self):
        for old, new in (
            ("one week", "three weeks"),
            ("sixth", "fifth"),
            (CLAIM, ""),
            ("base in", "base taken in"),
        ):
            with self.subTest(new=new):
                self.assertIsNone(self.carried(HEADLINE.replace(old, new)))

    def test_a_negation_before_the_words_leaves_them_but_changes_their_paragraph(self):
        negated = HEADLINE.replace("sixth", "no sixth")
        (span,) = carry(HEADLINE, negated, [span_of(HEADLINE, CLAIM)])
        self.assertNotEqual(
            paragraph_around(negated, span.start, span.end),
            paragraph_around(HEADLINE, *vars(span_of(HEADLINE, CLAIM)).values()),
        )

    def test_a_removed_sentence_is_not_found_again_in_its_look_alike(self):
        old = "Six bases were left.\n\nTroops went home.\n\nSix bases were left."
        new = "Six bases were left.\n\nTroops went home."
        self.assertEqual(
            carry(old, new, [Span(0, 20), Span(len(old) - 20, len(old))]),
            [Span(0, 20), None],
        )

    def test_where_nobody_can_say_which_copy_went_neither_is_carried(self):
        self.assertEqual(carry("base base ", "base ", [Span(0, 4), Span(5, 9)]), [None, None])

    @given(head=letters, old=letters, new=letters, tail=letters)
    def test_a_carried_span_covers_the_characters_it_had(self, head, old, new, tail):
        """One change in numbered characters: what is carried must keep its numbers under this reading of the change."""
        before, after = head + old + tail, head + new + tail
        numbers = [("head", i) for i in range(len(head))] + [("new", i) for i in range(len(new))]
        numbers += [("tail", i) for i in range(len(tail))]
        old_numbers = [("head", i) for i in range(len(head))] + [("old", i) for i in range(len(old))]
        old_numbers += [("tail", i) for i in range(len(tail))]
        for start in range(len(before)):
            (span,) = carry(before, after, [Span(start, start + 1)])
            if span is not None and before != after:
                self.assertEqual(after[span.start], before[start])
                if old_numbers[start][0] != "old" and numbers[span.start][0] != "new":
                    self.assertEqual(numbers[span.start], old_numbers[start])

    @given(a=letters, b=letters)
    def test_head_and_tail_never_overlap_in_either_text(self, a, b):
        head, tail = certain_ends(a, b)
        self.assertLessEqual(head + tail, min(len(a), len(b)) if a != b else len(a))
        self.assertEqual(a[:head], b[:head])
        self.assertEqual(a[len(a) - tail :], b[len(b) - tail :])

    @given(a=letters, b=letters)
    def test_common_ends_are_as_long_as_they_can_be(self, a, b):
        head, tail = common_head(a, b), common_tail(a, b)
        self.assertNotEqual(a[head : head + 1] or "end of a", b[head : head + 1] or "end of b")
        self.assertEqual(a[len(a) - tail :], b[len(b) - tail :])


class SurroundingsTests(TestCase):
    def test_words_around_are_cut_to_width_and_at_the_ends(self):
        self.assertEqual(surroundings("abcdef", 2, 4, width=1), ("b", "e"))
        self.assertEqual(surroundings("abcdef", 0, 6, width=9), ("", ""))

    def test_the_paragraph_ends_at_blank_lines(self):
        text = "First.\n\nSecond line\nand more.\n\nThird."
        span = span_of(text, "more")
        self.assertEqual(paragraph_around(text, span.start, span.end), "Second line\nand more.")
