"""What a stored body may be: its canonical form, its limits, its refusals, and where each block stands in the text."""

import copy
import hashlib
import json
import unicodedata
from itertools import pairwise
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from articles.text import (
    MAX_BLOCKS,
    MAX_HEADLINE,
    MAX_SPANS,
    MAX_STANDFIRST,
    MAX_TEXT_BYTES,
    BodyError,
    SpanRefused,
    block_at,
    block_ranges,
    body_text,
    canonical_body,
    canonical_text,
    clean_headline,
    clean_standfirst,
    content_sha256,
    paragraph_body,
    paragraph_numbers,
    table_text,
    text_sha256,
    tidy_text,
)
from newsroom.core.hygiene import TextRefused
from tests.articles.strategies import bodies

UID = "0b7d3c9e-3f5d-4a53-9f5c-0c6f8a0e7a11"


def body(*blocks):
    return {"schema": 1, "blocks": list(blocks)}


def block(kind="paragraph", text="Six bases in three weeks.", spans=(), **attrs):
    return {"kind": kind, "text": text, "spans": list(spans), "attrs": attrs}


def span(start, end, kind="strong", **more):
    return {"start": start, "end": end, "kind": kind, **more}


def link(start, end, href="https://example.com/"):
    return span(start, end, "link", href=href)


ARTICLE = body(
    block(text="Coalition troops left six bases."),
    block("heading", "What the ministry says", level=2),
    block("quote", "“They were out by Tuesday.”", by="A military source"),
    block("item", "Qayyarah", ordered=False, depth=0),
    block("item", "26 March", ordered=True, depth=1),
    block("divider", ""),
    block("verse", "ہم دیکھیں گے\n  لازم ہے"),
    block("table", "Base\tDay\nK1\t29 March", header=True),
    block("figure", "A gate at K1.", media=UID, alt="A gate", credit="AP"),
    block("figure", "", media=UID, alt="", credit=""),
    block("embed", "", url="https://example.com/v", title="A film"),
    block("teaser", "READ MORE: Convoy enters Syria", [span(11, 30, "emphasis")], label="READ MORE:"),
)


class CanonicalFormTests(TestCase):
    maxDiff = None

    def test_every_kind_of_block_is_stored_as_it_is_written_here(self):
        self.assertEqual(canonical_body(ARTICLE), ARTICLE)

    def test_what_is_left_out_gets_its_one_form(self):
        cases = [
            ({"kind": "paragraph", "text": "a"}, block(text="a")),
            ({"kind": "heading", "text": "a"}, block("heading", "a", level=2)),
            ({"kind": "item", "text": "a"}, block("item", "a", ordered=False, depth=0)),
            ({"kind": "quote", "text": "a", "attrs": {"by": " "}}, block("quote", "a")),
            ({"kind": "table", "text": "a"}, block("table", "a", header=False)),
            ({"kind": "divider"}, block("divider", "")),
            (
                {"kind": "figure", "attrs": {"media": UID.upper()}},
                block("figure", "", media=UID, alt="", credit=""),
            ),
        ]
        for given_block, stored in cases:
            with self.subTest(kind=given_block["kind"]):
                self.assertEqual(canonical_body(body(given_block)), body(stored))

    def test_text_is_cleaned_and_its_lines_trimmed(self):
        cases = [
            ("paragraph", " six \r\n bases ", "six\nbases"),
            ("paragraph", "cafe\u0301", "café"),
            ("heading", "What\nit says", "What it says"),
            ("verse", "  a  \n\tb ", "  a\n\tb"),
            ("table", " a \t b\nc\t ", "a\tb\nc\t"),
        ]
        for kind, raw, stored in cases:
            with self.subTest(kind=kind, raw=raw):
                self.assertEqual(
                    canonical_body(body({"kind": kind, "text": raw}))["blocks"][0]["text"], stored
                )
                self.assertEqual(tidy_text(kind, raw), stored)

    def test_spans_are_merged_and_sorted(self):
        spans = [span(6, 9), span(2, 6), span(8, 12), link(0, 3), link(3, 5), span(0, 2, "sub")]
        stored = canonical_body(body(block(spans=spans)))["blocks"][0]["spans"]
        self.assertEqual(stored, [span(0, 2, "sub"), link(0, 5), span(2, 12)])

    def test_links_that_touch_but_lead_elsewhere_stay_two(self):
        spans = [link(0, 3), link(3, 5, "https://example.com/b")]
        self.assertEqual(canonical_body(body(block(spans=spans)))["blocks"][0]["spans"], spans)

    def test_addresses_and_languages_get_their_usual_letters(self):
        spans = [link(0, 3, "HTTPS://Example.com/A"), span(4, 9, "lang", lang="UR-arab-pk")]
        stored = canonical_body(body(block(spans=spans)))["blocks"][0]["spans"]
        self.assertEqual([stored[0]["href"], stored[1]["lang"]], ["https://Example.com/A", "ur-Arab-PK"])

    def test_the_given_data_is_never_changed(self):
        data = body(block(text=" a ", spans=[]), block(spans=[span(3, 5), span(1, 3)]))
        before = copy.deepcopy(data)
        canonical_body(data)
        self.assertEqual(data, before)

    @given(bodies())
    def test_the_canonical_form_is_a_fixed_point(self, stored):
        self.assertEqual(canonical_body(stored), stored)
        self.assertEqual(canonical_body(json.loads(json.dumps(stored))), stored)
        for part in stored["blocks"]:
            self.assertEqual(set(part), {"kind", "text", "spans", "attrs"})
            self.assertNotIn("\n\n", part["text"])
            self.assertTrue(unicodedata.is_normalized("NFC", part["text"]))
            for one, other in pairwise(sorted(part["spans"], key=lambda s: (s["kind"], s["start"]))):
                same = {**one, "start": 0, "end": 0} == {**other, "start": 0, "end": 0}
                if one["kind"] == other["kind"]:
                    self.assertLess(one["end"], other["start"] + (not same))


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(codec=None, exclude_categories=())),
)
KEYS = st.sampled_from(
    [
        "schema",
        "blocks",
        "kind",
        "text",
        "spans",
        "attrs",
        "start",
        "end",
        "href",
        "lang",
        "level",
        "by",
        "depth",
    ]
)
VALUES = st.sampled_from(
    [1, 0, -1, 10**30, "paragraph", "table", "item", "figure", "teaser", "link", "lang", "a\tb", "ur"]
)
ANY_JSON = st.recursive(
    st.one_of(SCALARS, VALUES),
    lambda children: st.one_of(
        st.lists(children, max_size=4),
        st.dictionaries(st.one_of(KEYS, KEYS, st.text(max_size=3)), children, max_size=5),
    ),
    max_leaves=20,
)
NEARLY_A_BLOCK = st.fixed_dictionaries(
    {"kind": st.one_of(VALUES, ANY_JSON), "text": st.one_of(SCALARS, st.just("a\tb"))},
    optional={"spans": st.one_of(ANY_JSON, st.lists(ANY_JSON, max_size=3)), "attrs": ANY_JSON},
)


class RefusalTests(TestCase):
    def assertRefused(self, data, *words):
        with self.assertRaises(BodyError) as caught:
            canonical_body(data)
        for word in words:
            self.assertIn(word, str(caught.exception))
        return caught.exception

    @given(
        st.one_of(ANY_JSON, st.fixed_dictionaries({"schema": st.just(1), "blocks": st.lists(NEARLY_A_BLOCK)}))
    )
    def test_whatever_json_comes_in_it_is_stored_or_refused_in_words(self, data):
        try:
            stored = canonical_body(data)
        except BodyError as error:
            self.assertTrue(str(error).strip())
            return
        self.assertEqual(canonical_body(stored), stored)

    def test_what_is_no_body_is_refused(self):
        for data in (None, [], "text", 1, {}, {"schema": 1}, {"blocks": []}, {"schema": True, "blocks": []}):
            with self.subTest(data=data):
                self.assertRefused(data)
        self.assertRefused({"schema": 2, "blocks": []}, "schema must be the number 1")
        self.assertRefused({"schema": 1.0, "blocks": []}, "schema must be the number 1")
        self.assertRefused({**body(), "author": "x"}, "unknown key 'author'")

    def test_the_message_names_the_block_as_readers_count_and_the_field(self):
        error = self.assertRefused(
            body(block(), block(), block("heading", level=1)), "Block 3, level:", "from 2 to 4"
        )
        self.assertEqual((error.block, error.field), (3, "level"))

    def test_each_fault_of_a_block_is_named(self):
        cases = [
            ("no object", "paragraph", "Block 1, block:"),
            ("unknown kind", block("video"), "'video' is not a kind of block"),
            ("unknown key", {**block(), "html": "<p>"}, "unknown key 'html'"),
            ("no words", block(text=""), "there are no words"),
            ("white space only", block(text=" \u00a0"), "there are no words"),
            ("invisible words", block(text="\u200b"), "there are no words"),
            ("words in a divider", block("divider", "x"), "a divider has no text"),
            ("an empty line", block(text="a\n\nb"), "an empty line"),
            ("a line end at the end", block(text="a\n"), "an empty line"),
            ("a control character", block(text="a\x00"), "Block 1, text: Line 1, column 2"),
            ("text that is a number", block(text=6), "A text was expected"),
            ("a level of true", block("heading", level=True), "Block 1, level:"),
            ("a broken level", block("heading", level=2.0), "Block 1, level:"),
            ("a huge level", block("heading", level=10**5000), "Block 1, level:"),
            ("a flag that is a number", block("item", ordered=1), "Block 1, ordered:"),
            ("an unknown attribute", block(color="red"), "unknown key 'color'"),
            ("attributes of another kind", block("item", level=2), "unknown key 'level'"),
            ("a picture without a file", block("figure", ""), "uid of an uploaded file"),
            ("a file name as uid", block("figure", "", media="../a.jpg"), "uid of an uploaded file"),
            ("an embed of a script", block("embed", "", url="javascript:alert(1)"), "Block 1, url:"),
            ("a teaser without a label", block("teaser", "READ MORE: x"), "Block 1, label: is missing"),
            (
                "a label that was not printed",
                block("teaser", "See: x", label="READ MORE:"),
                "begin with its label",
            ),
            ("a name with a control", block("quote", by="A\x00"), "Block 1, by:"),
            ("a name that is too long", block("quote", by="A" * 301), "301 characters; 300 is the most"),
            ("rows of different length", block("table", "a\tb\nc"), "row 2 has 1 cells, the first row 2"),
            ("too many columns", block("table", "\t".join("a" * 51)), "at most 50 columns"),
        ]
        for name, faulty, words in cases:
            with self.subTest(name):
                self.assertRefused(body(faulty), words)

    def test_each_fault_of_a_span_is_named(self):
        cases = [
            ("no object", "strong", "a span is an object"),
            ("unknown kind", span(0, 1, "underline"), "unknown kind of span"),
            ("no end", {"start": 0, "kind": "strong"}, "whole numbers"),
            ("true as a number", span(True, 2), "whole numbers"),
            ("a fraction", span(0, 1.5), "whole numbers"),
            ("nothing inside", span(3, 3), "must start before it ends"),
            ("backwards", span(3, 1), "must start before it ends"),
            ("before the text", span(-1, 1), "must start before it ends"),
            ("past the text", span(0, 10**30), "the 25 characters of the text"),
            (
                "a key too many",
                span(0, 1, "strong", href="https://example.com"),
                "a key that it does not know",
            ),
            ("no address", span(0, 1, "link"), "a link must be a plain address"),
            ("no language", span(0, 1, "lang", lang="Urdu!"), "a language must be a tag"),
        ]
        for name, faulty, words in cases:
            with self.subTest(name):
                self.assertRefused(body(block(spans=[faulty])), "Block 1, spans:", words)

    def test_spans_that_contradict_each_other_are_refused(self):
        for one, other in (
            (link(0, 5), link(4, 8, "https://example.com/b")),
            (span(0, 5, "lang", lang="ur"), span(4, 8, "lang", lang="ar")),
        ):
            with self.subTest(kind=one["kind"]):
                self.assertRefused(body(block(spans=[one, other])), "overlap and differ")

    def test_a_span_stays_in_its_cell(self):
        table = block("table", "Base\tDay\nK1\t29 March", [span(0, 4)], header=True)
        self.assertEqual(canonical_body(body(table)), body(table))
        for faulty in (span(0, 6), span(5, 10)):
            with self.subTest(span=faulty):
                self.assertRefused(body({**table, "spans": [faulty]}), "inside one cell")

    def test_spans_over_text_that_tidying_would_move_are_refused(self):
        for text in (" six bases", "cafe\u0301s", "a\r\nb"):
            with self.subTest(text=text):
                self.assertRefused(body(block(text=text, spans=[span(0, 2)])), "Send it tidied")

    def test_unsafe_addresses_are_refused(self):
        unsafe = """javascript:alert(1)|JaVaScRiPt:alert(1)|data:text/html,x|vbscript:x|//example.com|/path|example.com|
            https:|https://|http:///x|https://user@example.com|https://good.example\\@evil.example|https://a b|file:///etc|
            https://[::1|https://example.com:99999|mailto:|mailto:desk|https://exa\u202emple.com|https://a\u200b.example|
            https://example.com/"onclick|https://example.com/<b>|ftp://example.com|blob:https://example.com/1"""
        for href in unsafe.split("|"):
            with self.subTest(href=href.strip()):
                self.assertRefused(
                    body(block(spans=[link(0, 3, href.strip())])), "a link must be a plain address"
                )
        for href in (
            None,
            1,
            ["https://example.com"],
            "https://example.com/" + "a" * 2000,
            "https://a\ud800.example",
        ):
            with self.subTest(href=href):
                self.assertRefused(body(block(spans=[link(0, 3, href)])), "a link must be a plain address")

    def test_safe_addresses_are_stored_as_they_are(self):
        for href in (
            "http://example.com",
            "https://example.com:8443/a_(b)?c=d&e#f",
            "https://example.com/پاکستان",
            "https://[2001:db8::1]/",
            "mailto:desk@example.com?subject=Base",
        ):
            with self.subTest(href=href):
                self.assertEqual(
                    canonical_body(body(block(spans=[link(0, 3, href)])))["blocks"][0]["spans"][0]["href"],
                    href,
                )

    def test_a_list_goes_one_level_deeper_at_a_time(self):
        def items(*depths):
            return body(*(block("item", "x", ordered=False, depth=depth) for depth in depths))

        self.assertEqual(canonical_body(items(0, 1, 2, 3, 4, 5, 0)), items(0, 1, 2, 3, 4, 5, 0))
        self.assertRefused(items(1), "Block 1, depth:", "the deepest this item may stand is 0")
        self.assertRefused(items(0, 2), "Block 2, depth:", "is 1")
        self.assertRefused(items(0, 1, 2, 3, 4, 5, 6), "Block 7, depth:", "from 0 to 5")
        broken = body(*items(0, 1)["blocks"], block(), *items(1)["blocks"])
        self.assertRefused(broken, "Block 4, depth:")


class LimitTests(TestCase):
    def test_a_body_holds_a_million_bytes_and_no_more(self):
        paragraph = "ا" * 499
        whole = body(*(block(text=paragraph) for _ in range(1000)))
        self.assertEqual(len(body_text(canonical_body(whole)).encode()), MAX_TEXT_BYTES - 2)
        whole["blocks"][0]["text"] += "ab"
        canonical_body(whole)
        whole["blocks"][0]["text"] += "c"
        with self.assertRaisesRegex(BodyError, "has 1000001 bytes; 1000000 is the most"):
            canonical_body(whole)

    def test_blocks_and_spans_are_counted(self):
        canonical_body(body(*[block()] * MAX_BLOCKS))
        with self.assertRaisesRegex(BodyError, "5001 blocks; 5000 is the most"):
            canonical_body(body(*[block()] * (MAX_BLOCKS + 1)))
        with self.assertRaisesRegex(BodyError, "501 spans; 500 is the most"):
            canonical_body(body(block(spans=[span(0, 1)] * (MAX_SPANS + 1))))

    def test_a_headline_is_one_line_of_300_characters(self):
        self.assertEqual(clean_headline(" Sixth base\r\n in one week "), "Sixth base in one week")
        self.assertEqual(clean_headline("ا" * MAX_HEADLINE), "ا" * MAX_HEADLINE)
        with self.assertRaisesRegex(TextRefused, "has 301 characters; 300 is the most"):
            clean_headline("ا" * (MAX_HEADLINE + 1))
        for empty in ("", " ", "\u200b"):
            with self.subTest(empty=ascii(empty)), self.assertRaisesRegex(TextRefused, "needs a headline"):
                clean_headline(empty)

    def test_a_standfirst_may_be_empty(self):
        self.assertEqual(clean_standfirst(" \n"), "")
        self.assertEqual(clean_standfirst("a" * MAX_STANDFIRST), "a" * MAX_STANDFIRST)
        with self.assertRaisesRegex(TextRefused, "has 1001 characters; 1000 is the most"):
            clean_standfirst("a" * (MAX_STANDFIRST + 1))

    def test_a_refused_headline_names_the_character(self):
        with self.assertRaisesRegex(TextRefused, r"U\+202E RIGHT-TO-LEFT OVERRIDE"):
            clean_headline("Sixth base \u202ein one week")


class HelperTests(TestCase):
    def test_paragraphs_become_a_body_and_empty_ones_are_left_out(self):
        made = paragraph_body(["Six bases. ", "", " \n", "The\n\nsecond\nparagraph."])
        self.assertEqual(made, body(block(text="Six bases."), block(text="The\nsecond\nparagraph.")))

    def test_rows_become_the_text_of_a_table_with_every_row_as_long(self):
        text = table_text([["Base", "Day"], ["K1"], [" a\tb\n", "", ""]])
        self.assertEqual(text, "Base\tDay\t\nK1\t\t\na b\t\t")
        self.assertEqual(canonical_body(body(block("table", text, header=True)))["blocks"][0]["text"], text)


class CanonicalTextTests(TestCase):
    def test_fields_and_blocks_are_joined_by_a_blank_line(self):
        stored = body(block(text="One."), block("divider", ""), block(text="Two."))
        self.assertEqual(body_text(stored), "One.\n\nTwo.")
        self.assertEqual(canonical_text("Head", "Stand", stored), "Head\n\nStand\n\nOne.\n\nTwo.")
        self.assertEqual(canonical_text("Head", "", stored), "Head\n\nOne.\n\nTwo.")
        self.assertEqual(canonical_text("Head", "", body()), "Head")

    def test_the_hash_of_the_text_is_sha256_of_its_utf_8(self):
        stored = body(block(text="چھٹا اڈہ"))
        expected = hashlib.sha256("سرخی\n\nچھٹا اڈہ".encode()).hexdigest()
        self.assertEqual(text_sha256("سرخی", "", stored), expected)

    def test_the_hash_of_the_content_is_over_the_canonical_json(self):
        stored = body(block(text="é", spans=[span(0, 1)]))
        written = (
            '{"body":{"blocks":[{"attrs":{},"kind":"paragraph","spans":[{"end":1,"kind":"strong","start":0}],'
            '"text":"é"}],"schema":1},"headline":"H","standfirst":""}'
        )
        self.assertEqual(content_sha256("H", "", stored), hashlib.sha256(written.encode()).hexdigest())

    def test_formatting_changes_the_content_and_not_the_text(self):
        plain, bold = body(block()), body(block(spans=[span(0, 3)]))
        self.assertEqual(text_sha256("H", "", plain), text_sha256("H", "", bold))
        self.assertNotEqual(content_sha256("H", "", plain), content_sha256("H", "", bold))

    def test_a_body_that_has_no_canonical_json_is_refused(self):
        for value in (float("nan"), 2**60, "\ud800"):
            with self.subTest(value=value), self.assertRaisesRegex(BodyError, "cannot be hashed"):
                content_sha256("H", "", {"schema": 1, "blocks": [value]})

    @given(ANY_JSON)
    def test_reading_a_stored_body_never_fails(self, stored):
        for data in (stored, {"schema": 1, "blocks": stored}, {"blocks": [stored, block()]}):
            self.assertEqual(len(text_sha256("H", "", data)), 64)
            self.assertEqual(len(block_ranges(data)), len(paragraph_numbers(data)))


class PlaceTests(TestCase):
    def test_each_block_has_its_range_and_one_without_words_an_empty_one(self):
        stored = body(block("divider", ""), block(text="One."), block("divider", ""), block(text="Two."))
        self.assertEqual(block_ranges(stored), [(0, 0), (0, 4), (4, 4), (6, 10)])

    @given(bodies())
    def test_the_text_at_a_blocks_range_is_the_blocks_text(self, stored):
        text = body_text(stored)
        for (start, end), part in zip(block_ranges(stored), stored["blocks"], strict=True):
            self.assertEqual(text[start:end], part["text"])
            if part["text"] and part["kind"] != "table":
                index = block_at(stored, start, end)
                self.assertEqual(stored["blocks"][index], part)

    def test_words_are_found_in_the_one_block_that_holds_them(self):
        stored = canonical_body(ARTICLE)
        text = body_text(stored)
        for words, index in (("six bases", 0), ("26 March", 4), ("29 March", 7), ("K1.", 8), ("Convoy", 11)):
            with self.subTest(words=words):
                start = text.index(words)
                self.assertEqual(block_at(stored, start, start + len(words)), index)

    def test_words_that_cannot_carry_a_mark_are_refused_with_the_reason(self):
        stored = body(
            block(text="One."),
            block("divider", ""),
            block("table", "a\tb\nc\td", header=True),
            block(text="cafég\u0308"),
        )
        cases = [
            ("nothing", 1, 1, "bounds"),
            ("backwards", 2, 1, "bounds"),
            ("before the text", -1, 2, "bounds"),
            ("past the text", 0, 1000, "bounds"),
            ("no number", 0, True, "bounds"),
            ("the blank line", 4, 6, "blocks"),
            ("from a blank line on", 5, 7, "blocks"),
            ("two blocks", 0, 7, "blocks"),
            ("two cells", 6, 9, "cells"),
            ("two rows", 8, 11, "cells"),
            ("half a letter", 19, 20, "character"),
        ]
        for name, start, end, code in cases:
            with self.subTest(name), self.assertRaises(SpanRefused) as caught:
                block_at(stored, start, end)
            with self.subTest(name, part="code"):
                self.assertEqual(caught.exception.code, code)
                self.assertTrue(str(caught.exception))

    def test_an_empty_body_holds_nothing(self):
        for stored in (body(), None, body(block("divider", ""))):
            with self.subTest(stored=stored), self.assertRaises(SpanRefused):
                block_at(stored, 0, 1)

    def test_readers_count_paragraphs_and_a_list_is_one(self):
        self.assertEqual(paragraph_numbers(ARTICLE), [1, None, 2, 3, 3, None, 4, 5, None, None, None, 6])
