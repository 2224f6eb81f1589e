"""What differs between two texts: nothing is lost or made up, what reads well, and what a hostile text costs."""

import time
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from articles.differences import FORM, SAME, WORDS, Block, Run, compare_blocks, compare_words, tokens

LETTERS = st.sampled_from(
    ["a", "b", "the ", "base ", "چھٹا ", "اڈا", "اُ", "👩🏽‍🌾", "é", "\n", " ", ".", "1,000"]
)
TEXTS = st.lists(LETTERS, max_size=30).map("".join)
BLOCKS = st.lists(st.builds(Block, TEXTS, st.sampled_from(["", "link", "heading"])), max_size=8)


def marked(run: Run) -> str:
    return f"[{run.text}]" if run.changed else run.text


def told(old: str, new: str) -> tuple[str, str]:
    """Both sides with their changed words in brackets."""
    return tuple(
        "".join(f"[{run.text}]" if run.changed else run.text for run in side)
        for side in compare_words(old, new)
    )


class WordTests(TestCase):
    @given(TEXTS, TEXTS)
    def test_kept_and_removed_give_the_old_text_kept_and_added_the_new(self, old, new):
        left, right = compare_words(old, new)
        self.assertEqual("".join(run.text for run in left), old)
        self.assertEqual("".join(run.text for run in right), new)
        kept = ["".join(run.text for run in side if not run.changed) for side in (left, right)]
        self.assertEqual(kept[0], kept[1])
        if old == new:
            self.assertFalse(any(run.changed for run in left))

    @given(TEXTS)
    def test_words_are_cut_between_characters_and_give_the_text(self, text):
        self.assertEqual("".join(tokens(text)), text)

    def test_it_reads_as_an_editor_would_mark_it(self):
        table = [
            (
                "Every base was left.",
                "Several bases were left.",
                "[Every base was] left.",
                "[Several bases were] left.",
            ),
            (
                "Six bases were left.",
                "Six bases were not left.",
                "Six bases were left.",
                "Six bases were [not ]left.",
            ),
            (
                "It cost 1,000 rupees.",
                "It cost 1,500 rupees.",
                "It cost [1,000] rupees.",
                "It cost [1,500] rupees.",
            ),
            ("چھٹا اڈا خالی", "پانچواں اڈا خالی", "[چھٹا] اڈا خالی", "[پانچواں] اڈا خالی"),
            ("One thing.", "Quite another matter", "[One thing.]", "[Quite another matter]"),
            ("", "New.", "", "[New.]"),
        ]
        for old, new, left, right in table:
            with self.subTest(new):
                self.assertEqual(told(old, new), (left, right))


class BlockTests(TestCase):
    @given(BLOCKS, BLOCKS)
    def test_every_block_stands_once_in_its_order_with_all_its_words(self, old, new):
        rows = compare_blocks(old, new)
        self.assertEqual([row.old for row in rows if row.old is not None], list(range(len(old))))
        self.assertEqual([row.new for row in rows if row.new is not None], list(range(len(new))))
        for row in rows:
            if row.old is not None:
                self.assertEqual("".join(run.text for run in row.left), old[row.old].text)
            if row.new is not None:
                self.assertEqual("".join(run.text for run in row.right), new[row.new].text)
            if row.state != WORDS:
                self.assertEqual(old[row.old].text, new[row.new].text)
            if row.state == SAME:
                self.assertEqual(old[row.old], new[row.new])

    def states(self, old: list[str], new: list[str]) -> list[tuple]:
        rows = compare_blocks([Block(text) for text in old], [Block(text) for text in new])
        return [(row.old, row.new, row.state) for row in rows]

    def test_a_changed_paragraph_stands_beside_what_it_became_though_others_came_and_went(self):
        old = ["First.", "Six bases were left in one week by the coalition.", "Gone for good.", "Last."]
        new = ["First.", "Brand new here.", "Six bases were left in three weeks by the coalition.", "Last."]
        self.assertEqual(
            self.states(old, new),
            [(0, 0, SAME), (None, 1, WORDS), (1, 2, WORDS), (2, None, WORDS), (3, 3, SAME)],
        )

    def test_a_change_of_form_alone_is_told_apart(self):
        (row,) = compare_blocks([Block("A line.", "paragraph")], [Block("A line.", "heading")])
        self.assertEqual(row.state, FORM)


class HostileTests(TestCase):
    """A text made to be slow to compare costs seconds at most; the limits are ones for a hang."""

    LIMIT = 20

    def test_a_long_repetitive_text_is_compared_within_bounds(self):
        old, new = "a b " * 250_000, "b a a " * 160_000
        begun = time.perf_counter()
        left, right = compare_words(old, new)
        self.assertLess(time.perf_counter() - begun, self.LIMIT)
        self.assertEqual("".join(run.text for run in left), old)
        self.assertEqual("".join(run.text for run in right), new)

    def test_thousands_of_blocks_that_all_changed_a_little_are_compared_within_bounds(self):
        old = [Block(f"{number} " + "the same words again " * 5) for number in range(5000)]
        new = [Block(f"{number} " + "the same word again " * 5) for number in range(5000, 0, -1)]
        begun = time.perf_counter()
        rows = compare_blocks(old, new)
        self.assertLess(time.perf_counter() - begun, self.LIMIT)
        self.assertGreaterEqual(len(rows), 5000)
