"""The one boundary for text: what is stored, what is refused with its place, and how keys are folded."""

import json
import unicodedata
from pathlib import Path
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.hygiene import (
    TextRefused,
    clean_text,
    cuts_character,
    fold_key,
    is_blank,
    line_and_column,
    replace_unstorable,
    visible,
)

HOSTILE = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data" / "hostile"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
UNSTORABLE = {
    "NUL": ("six\x00bases", 3, "U+0000"),
    "a C0 control": ("six\x07bases", 3, "U+0007"),
    "a form feed": ("six\x0cbases", 3, "U+000C"),
    "delete": ("six\x7fbases", 3, "U+007F"),
    "a C1 control": ("six\x93bases", 3, "U+0093"),
    "half an emoji": ("six \ud83d bases", 4, "U+D83D"),
    "a noncharacter": ("six\ufffebases", 3, "U+FFFE"),
    "a noncharacter of an upper plane": ("\U0010ffff", 0, "U+10FFFF"),
    "a right-to-left override": ("pay \u202e001\u202c", 4, "U+202E RIGHT-TO-LEFT OVERRIDE"),
    "an embedding": ("\u202bاڈہ", 0, "U+202B RIGHT-TO-LEFT EMBEDDING"),
    "an isolate": ("a\u2067b", 1, "U+2067 RIGHT-TO-LEFT ISOLATE"),
    "tag letters": ("six\U000e0041", 3, "U+E0041 TAG LATIN CAPITAL LETTER A"),
    "a flag without its end": (ENGLAND[:-1], 1, "U+E0067 TAG LATIN SMALL LETTER G"),
    "a selector after a selector": ("❤\ufe0f\ufe0f", 2, "U+FE0F VARIATION SELECTOR-16"),
    "an ideographic selector after a Latin letter": ("a\U000e0100", 1, "U+E0100 VARIATION SELECTOR-17"),
    "an interlinear annotation": ("a\ufff9b", 1, "U+FFF9 INTERLINEAR ANNOTATION ANCHOR"),
}
KEPT = {
    "Urdu with a zero-width non-joiner": "می\u200cروم اور کِتاب",
    "Urdu with direction marks": "\u200fفوج\u200e (U.S.)\u061c",
    "a family joined by zero-width joiners": "👩‍👩‍👧‍👦",
    "a skin tone and a heart": "👍🏽 ❤️",
    "the flag of England": f"{ENGLAND} v {ENGLAND}",
    "a Han character with its variant": "葛\U000e0100",
    "a soft hyphen and a word joiner": "co\u00adalition\u2060s",
    "a replacement character": "six \ufffd bases",
    "a private-use character": "\ue000",
    "markup, which is only words": "<script>alert(1)</script> & {{ x }} %(y)s",
}


def hostile_texts(name):
    """The strings of one collection of hostile inputs."""
    with (HOSTILE / name).open(encoding="utf-8") as lines:
        return [record["s"] for line in lines if "s" in (record := json.loads(line))]


class CleaningTests(TestCase):
    def test_every_kind_of_line_end_becomes_one(self):
        self.assertEqual(clean_text("a\r\nb\rc\u2028d\u2029e\x85f\ng"), "a\nb\nc\nd\ne\nf\ng")

    def test_letters_in_parts_are_composed_once(self):
        self.assertEqual(clean_text("cafe\u0301"), "café")
        self.assertEqual(clean_text("ﬁve ²"), "ﬁve ²", "compatibility characters are what was printed")

    def test_tabs_stay_in_text_of_several_lines_only(self):
        self.assertEqual(clean_text("a\tb"), "a\tb")
        self.assertEqual(clean_text("a\tb", multiline=False), "a b")

    def test_on_a_single_line_a_line_end_is_a_space(self):
        self.assertEqual(
            clean_text("sixth base \r\n  in one week", multiline=False), "sixth base in one week"
        )

    def test_byte_order_marks_are_dropped(self):
        self.assertEqual(clean_text("\ufeffe\ufeff\u0301"), "é")

    def test_what_cannot_be_stored_is_refused_with_its_name_and_place(self):
        for name, (raw, position, shown) in UNSTORABLE.items():
            with self.subTest(name), self.assertRaises(TextRefused) as caught:
                clean_text(raw)
            with self.subTest(name, part="message"):
                self.assertEqual(caught.exception.position, position)
                self.assertIn(shown, str(caught.exception))

    def test_the_message_says_line_column_and_the_words_before(self):
        with self.assertRaises(TextRefused) as caught:
            clean_text("First line\r\nthe sixth base\u202e in one week")
        message = str(caught.exception)
        self.assertIn("Line 2, column 15 (after “the sixth base”)", message)
        self.assertIn("retype the words around it", message)

    def test_a_byte_order_mark_does_not_move_the_place_that_is_named(self):
        with self.assertRaises(TextRefused) as caught:
            clean_text("\ufeffa\u202eb")
        self.assertEqual(caught.exception.position, 2)

    def test_what_languages_and_emoji_need_is_kept(self):
        for name, text in KEPT.items():
            with self.subTest(name):
                self.assertEqual(clean_text(text), unicodedata.normalize("NFC", text))

    def test_what_is_no_text_is_refused(self):
        for raw in (None, 6, b"six", ["six"]):
            with self.subTest(raw=raw), self.assertRaisesMessage("A text was expected"):
                clean_text(raw)

    def assertRaisesMessage(self, message):
        return self.assertRaisesRegex(TextRefused, message)

    @given(st.text(st.characters(codec=None, exclude_categories=())), st.booleans())
    def test_cleaning_twice_changes_nothing(self, raw, multiline):
        try:
            text = clean_text(raw, multiline=multiline)
        except TextRefused as refusal:
            self.assertLess(refusal.position, len(raw))
            self.assertTrue(str(refusal))
            return
        self.assertEqual(clean_text(text, multiline=multiline), text)
        self.assertTrue(unicodedata.is_normalized("NFC", text))
        self.assertEqual(text.encode().decode(), text)
        self.assertEqual(visible(text), text)


class ReplacingTests(TestCase):
    def test_an_importer_goes_on_and_says_what_it_replaced(self):
        text, warnings = replace_unstorable("six\x00 bases\nin \u202eone\u202c week\x00\u202e")
        self.assertEqual(text, "six\ufffd bases\nin one week\ufffd")
        self.assertEqual(
            warnings,
            [
                "U+0000 was replaced by U+FFFD (2 in all, the first on line 1).",
                "U+202E RIGHT-TO-LEFT OVERRIDE was left out (2 in all, the first on line 2).",
                "U+202C POP DIRECTIONAL FORMATTING was left out (1 in all, the first on line 2).",
            ],
        )

    def test_text_that_can_be_stored_brings_no_warning(self):
        for name, text in KEPT.items():
            with self.subTest(name):
                self.assertEqual(replace_unstorable(text), (clean_text(text), []))

    def test_page_breaks_become_line_ends(self):
        self.assertEqual(replace_unstorable("page one\x0cpage two\x0bline"), ("page one\npage two\nline", []))

    def test_what_dropping_brings_together_is_looked_at_again(self):
        self.assertEqual(replace_unstorable("❤\ufe0f\u202e\ufe0f")[0], "❤\ufe0f")

    def test_many_kinds_of_character_make_a_short_list(self):
        _text, warnings = replace_unstorable("".join(map(chr, range(0xFDD0, 0xFDF0))))
        self.assertEqual(len(warnings), 21)
        self.assertEqual(warnings[-1], "12 more kinds of character could not be stored either.")

    @given(st.text(st.characters(codec=None, exclude_categories=())), st.booleans())
    def test_whatever_comes_in_what_comes_out_is_clean(self, raw, multiline):
        text, warnings = replace_unstorable(raw, multiline=multiline)
        self.assertEqual(clean_text(text, multiline=multiline), text)
        self.assertEqual(replace_unstorable(text, multiline=multiline), (text, []))
        self.assertTrue(warnings or "\ufffd" in raw or text == clean_text(text))

    def test_hostile_text_from_others_comes_out_clean(self):
        if not HOSTILE.exists():
            self.skipTest("../shared has no hostile texts here; the cases above are their twins")
        for name in ("text.jsonl", "html.jsonl", "bytes.jsonl"):
            for raw in hostile_texts(name):
                text, _warnings = replace_unstorable(raw)
                self.assertEqual(clean_text(text), text)
                self.assertEqual(text.encode().decode(), text)


class ShowingTests(TestCase):
    def test_damaged_text_is_shown_with_every_offset_in_its_place(self):
        for name, (raw, position, _shown) in UNSTORABLE.items():
            with self.subTest(name):
                self.assertEqual(len(visible(raw)), len(raw))
                self.assertEqual(visible(raw)[position], "\ufffd")

    def test_sound_text_is_shown_as_it_is(self):
        for name, text in KEPT.items():
            with self.subTest(name):
                self.assertEqual(visible(text), text)

    def test_blank_is_what_a_reader_cannot_see(self):
        for text in ("", " \n\t", "\u00a0\u3000", "\u200b\u200d\u2060", "\u00ad", "\ufe0f", "\u3164"):
            with self.subTest(text=ascii(text)):
                self.assertTrue(is_blank(text))
        for text in ("a", "۔", "\u0301", "👩‍👩‍👧‍👦", "\ue000", "\ufffd", "-"):
            with self.subTest(text=ascii(text)):
                self.assertFalse(is_blank(text))

    def test_lines_and_columns_count_from_one_over_any_line_end(self):
        for position, place in ((0, (1, 1)), (2, (1, 3)), (4, (2, 1)), (5, (2, 2))):
            with self.subTest(position=position):
                self.assertEqual(line_and_column("ab\r\ncd", position), place)


class CharacterTests(TestCase):
    def test_a_cut_inside_what_readers_see_as_one_character_is_known(self):
        cases = [
            ("g\u0308", 1),
            ("کِ", 1),
            ("👍🏽", 1),
            ("👩‍👧", 1),
            ("👩‍👧", 2),
            ("❤️", 1),
            (ENGLAND, 3),
            ("कि", 1),
        ]
        for text, position in cases:
            with self.subTest(text=text, position=position):
                self.assertTrue(cuts_character(text, position))

    def test_a_cut_between_characters_is_none(self):
        for text, position in (
            ("ab", 1),
            ("کت", 1),
            ("👍👍", 1),
            ("می\u200cروم", 3),
            ("a", 0),
            ("a", 1),
            ("", 0),
        ):
            with self.subTest(text=text, position=position):
                self.assertFalse(cuts_character(text, position))


class KeyTests(TestCase):
    def test_spellings_of_one_name_share_a_key(self):
        cases = [
            ("Iraq", "IRAQ", "  iraq "),
            ("كتاب", "کتاب", "کِتاب", "کتـاب"),
            ("علي", "علی", "على"),
            ("ه", "ہ"),
            ("۱۲ مارچ", "١٢ مارچ", "12 مارچ"),
            ("جرأت", "جرات"),
            ("Straße", "STRASSE", "strasse"),
            ("ﬁnance", "finance", "Ｆｉｎａｎｃｅ"),
            ("cafe\u0301", "CAFÉ"),
            ("می\u200cروم", "میروم"),
            ("West\u00a0Bank", "west  bank", "West\nBank"),
            ("عمليہ\u0654", "عملیۂ"),
        ]
        for spellings in cases:
            with self.subTest(spellings=spellings):
                self.assertEqual(len({fold_key(spelling) for spelling in spellings}), 1)

    def test_different_names_keep_different_keys(self):
        for one, other in (
            ("بھائی", "بہائی"),
            ("آم", "ام"),
            ("Iran", "Iraq"),
            ("کل", "گل"),
            ("cafe", "café"),
        ):
            with self.subTest(one=one, other=other):
                self.assertNotEqual(fold_key(one), fold_key(other))

    @given(st.text(st.characters(codec=None, exclude_categories=())))
    def test_folding_takes_anything_and_folding_twice_changes_nothing(self, text):
        key = fold_key(text)
        self.assertEqual(fold_key(key), key)
        self.assertEqual(key.encode().decode(), key)
