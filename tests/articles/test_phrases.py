"""Words are found in every form in which a program may have written them, and where they are a part of others."""

import json
import unicodedata
from urllib.parse import quote

from django.test import SimpleTestCase

from articles.editing import slug_for
from articles.phrases import Phrases

NAMES = ("Karim Aziz", "José Núñez", "کریم عزیز")


class PhrasesTests(SimpleTestCase):
    def found(self, phrase: str, text: str) -> list[str]:
        return [text[hit.start : hit.end] for hit in Phrases([phrase]).hits(text)]

    def test_in_any_case_with_any_white_space_and_letters_in_parts(self):
        for name in NAMES:
            first, last = name.split()
            parts = unicodedata.normalize("NFD", name)
            for written in (
                name,
                name.upper(),
                name.lower(),
                f"{first}\n{last}",
                f"{first}\u00a0 {last}",
                parts,
            ):
                with self.subTest(written=written):
                    self.assertEqual(self.found(name, f"Then {written} left."), [written])

    def test_as_json_and_as_addresses_write_them(self):
        for name in NAMES:
            for written in (json.dumps(name)[1:-1], quote(name)):
                with self.subTest(written=written):
                    self.assertEqual(self.found(name, f"x {written} y"), [written])
            address = f"https://example.org/{slug_for(f'{name} left')}"
            self.assertTrue(Phrases([name]).address_hits(address))

    def test_a_part_of_longer_words_is_found_and_told_apart(self):
        hits = Phrases(["Ann"]).hits("Ann’s annual visit to Joann, Ann.")
        self.assertEqual([hit.whole for hit in hits], [True, False, False, True])

    def test_the_longer_of_two_phrases_is_found_whole(self):
        text = "Karim Aziz and Karim"
        hits = Phrases(["Karim", "Karim Aziz"]).hits(text)
        self.assertEqual([text[hit.start : hit.end] for hit in hits], ["Karim Aziz", "Karim"])

    def test_of_no_words_nothing_is_found(self):
        for phrases in ([], [" "]):
            self.assertEqual(Phrases(phrases).hits("Anything at all."), [])
            self.assertEqual(Phrases(phrases).address_hits("anything-at-all"), [])

    def test_signs_of_patterns_are_signs(self):
        self.assertEqual(self.found("(a+b)*", "so (a+b)* is"), ["(a+b)*"])
        self.assertEqual(self.found("a.b", "axb a.b"), ["a.b"])
