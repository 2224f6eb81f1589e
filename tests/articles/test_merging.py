"""Two editors' words as one: nothing that one side alone changed is lost, and no clash is decided unseen."""

import time
from types import SimpleNamespace
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from articles.comparing import rows_of
from articles.markdown import from_markdown, to_markdown
from articles.merging import Became, merge, merge_words
from articles.text import canonical_body
from newsroom.core.hygiene import is_blank
from tests.articles.strategies import bodies
from tests.articles.test_text import block, body

BLOCKS = st.lists(st.sampled_from("aabbcdefgh"), max_size=8)


def merged(*sides: str) -> str:
    return "".join("".join(part.merged) for part in merge(*map(list, sides)))


def became(*sides: str) -> list[str]:
    return [part.became.value for part in merge(*map(list, sides)) if part.became != Became.SAME]


class MergeTests(TestCase):
    def test_what_each_side_changed_alone_stands_in_the_merged_text(self):
        table = [
            ("a changed block", "abcd", "Abcd", "abcd", "Abcd"),
            ("blocks far apart", "abcd", "Abcd", "abcD", "AbcD"),
            ("neighbours", "abcd", "aBcd", "abCd", "aBCd"),
            ("every other one", "abcdef", "AbCdEf", "aBcDeF", "ABCDEF"),
            ("one adds, one changes after it", "abcd", "axbcd", "aBcd", "axBcd"),
            ("one adds, one changes before it", "abcd", "abxcd", "aBcd", "aBxcd"),
            ("one deletes, one changes beside it", "abcd", "acd", "abCd", "aCd"),
            ("one moves, one changes another", "abcd", "bcda", "abCd", "bCda"),
            ("all deleted by one alone", "abcd", "", "abcd", ""),
            ("one of blocks that stand twice", "a-b-c", "A-b-c", "a-b-C", "A-b-C"),
            ("into an empty text", "", "", "xy", "xy"),
        ]
        for name, base, theirs, yours, expected in table:
            with self.subTest(name):
                self.assertEqual(merged(base, theirs, yours), expected)
                self.assertEqual(merged(base, yours, theirs), expected)
                self.assertNotIn("clash", became(base, theirs, yours))

    def test_where_both_changed_a_block_yours_stands_and_theirs_is_in_the_part(self):
        table = [
            ("abc", "aBc", "aXc", "aXc"),
            ("abc", "ac", "aXc", "aXc"),
            ("abc", "aXc", "ac", "ac"),
            ("abcd", "axyd", "aXcd", "aXyd"),
            ("abcd", "awxyd", "aXcd", "aXcd"),
        ]
        for base, theirs, yours, expected in table:
            with self.subTest(base=base, theirs=theirs, yours=yours):
                self.assertEqual(merged(base, theirs, yours), expected)
                clashes = [
                    part for part in merge(*map(list, (base, theirs, yours))) if part.became == Became.CLASH
                ]
                self.assertEqual(len(clashes), 1)
                self.assertLessEqual(set(clashes[0].theirs), set(theirs))

    def test_what_both_added_at_one_place_stands_twice_over_and_is_told(self):
        self.assertEqual((merged("ab", "axb", "ayb"), became("ab", "axb", "ayb")), ("axyb", ["added"]))
        self.assertEqual((merged("ab", "axb", "axb"), became("ab", "axb", "axb")), ("axb", ["agreed"]))

    def test_the_lines_of_a_text_are_merged_one_by_one(self):
        def words(headline, standfirst, dateline):
            return SimpleNamespace(
                headline=headline, standfirst=standfirst, dateline=dateline, body=body(block(text="Words."))
            )

        result = merge_words(words("h", "s", "d"), words("H", "s", "D"), words("h", "S", "x"))
        self.assertEqual(
            [result.line(name) for name in ("headline", "standfirst", "dateline")], ["H", "S", "x"]
        )
        self.assertEqual([row.became for row in rows_of(result)], ["theirs", "yours", "clash", "same"])
        self.assertEqual(result.clashes(), 0)


class PropertyTests(TestCase):
    @given(BLOCKS, BLOCKS)
    def test_where_one_side_changed_nothing_the_other_side_stands(self, base, changed):
        for sides in ((base, changed, base), (base, base, changed), (base, changed, changed)):
            parts = merge(*sides)
            self.assertEqual([each for part in parts for each in part.merged], changed)
            self.assertFalse([part for part in parts if part.became in (Became.CLASH, Became.ADDED)])

    @given(BLOCKS, BLOCKS, BLOCKS)
    def test_the_parts_joined_give_each_of_the_three_texts_whole(self, base, theirs, yours):
        parts = merge(base, theirs, yours)
        for name, side in (("base", base), ("theirs", theirs), ("yours", yours)):
            self.assertEqual([each for part in parts for each in getattr(part, name)], side)
        self.assertEqual(parts, merge(base, theirs, yours))

    @given(BLOCKS, BLOCKS, BLOCKS)
    def test_only_a_clash_leaves_words_out_and_it_holds_them(self, base, theirs, yours):
        for part in merge(base, theirs, yours):
            kept = {
                Became.SAME: part.base,
                Became.THEIRS: part.theirs,
                Became.YOURS: part.yours,
                Became.AGREED: part.theirs,
                Became.ADDED: (*part.theirs, *part.yours),
                Became.CLASH: part.yours,
            }[part.became]
            self.assertEqual(part.merged, kept)
            if part.became == Became.THEIRS:
                self.assertEqual(part.yours, part.base)
            if part.became == Became.YOURS:
                self.assertEqual(part.theirs, part.base)

    @given(st.integers(0, 12), st.data())
    def test_no_block_that_exactly_one_side_changed_is_lost(self, length, data):
        base = [f"block {number}" for number in range(length)]
        whose = data.draw(
            st.lists(st.sampled_from(["", "theirs", "yours"]), min_size=length, max_size=length)
        )
        does = data.draw(st.lists(st.sampled_from(["change", "delete"]), min_size=length, max_size=length))
        sides = {"theirs": [], "yours": [], "expected": []}
        for number, (who, act) in enumerate(zip(whose, does, strict=True)):
            new = [f"{who} {number}"] if act == "change" else []
            for side, blocks in sides.items():
                blocks += new if who and side in (who, "expected") else [base[number]]
        parts = merge(base, sides["theirs"], sides["yours"])
        result = [each for part in parts for each in part.merged]
        if "delete" not in does:
            self.assertEqual(result, sides["expected"])
        shown = {each for part in parts if part.became == Became.CLASH for each in part.theirs}
        for number, who in enumerate(whose):
            if who and does[number] == "change":
                self.assertIn(f"{who} {number}", {*result, *shown})
            if who == "yours" and does[number] == "change":
                self.assertIn(f"yours {number}", result)

    @given(bodies(), bodies(), bodies())
    def test_the_merged_source_reads_as_the_merged_blocks(self, base, theirs, yours):
        sides = [
            SimpleNamespace(headline="A", standfirst="", dateline="", body=each)
            for each in (base, theirs, yours)
        ]
        whole = merge_words(*sides)
        known = [*map(repr, theirs["blocks"])]
        if all(repr(each) in known or _can_be_written(each) for each in whole.body["blocks"]):
            source = to_markdown(whole.body, previous=theirs)
            read = from_markdown(source, theirs)["blocks"]
            self.assertEqual([*map(_outermost, read)], [*map(_outermost, whole.body["blocks"])])

    def test_hostile_texts_are_merged_in_time_that_grows_with_their_length(self):
        few = ["a", "b"] * 20_000
        many = [str(number) for number in range(40_000)]
        began = time.process_time()
        for base, theirs, yours in (
            (few, few[1:], few[:-1]),
            (few, ["c", *few], [*few, "d"]),
            (many, many[::-1], many[1:]),
            (many, [f"t{each}" for each in many], ["x"]),
            (["a"] * 40_000, ["a"] * 39_999, ["b"] * 40_000),
        ):
            parts = merge(base, theirs, yours)
            self.assertEqual(sum(len(part.base) for part in parts), 40_000)
        self.assertLess(time.process_time() - began, 30)


def _can_be_written(stored: dict) -> bool:
    """Whether an editor can have written the block: no protected line stands for it, and a picture is described."""
    source = to_markdown(canonical_body({"schema": 1, "blocks": [_outermost(stored)]}))
    return not source.startswith("{{") and (
        stored["kind"] != "figure" or not is_blank(stored["attrs"]["alt"])
    )


def _outermost(stored: dict) -> dict:
    return {**stored, "attrs": {**stored["attrs"], "depth": 0}} if stored["kind"] == "item" else stored
