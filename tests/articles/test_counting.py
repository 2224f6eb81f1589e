"""Words and characters as an editor counts them, in English and in Urdu, in text and in Markdown."""

from django.test import SimpleTestCase

from articles.counting import length_of, words_in

# What tests/articles/test_admin_editor_browser.py asks the script too.
WORDS = [
    ("", 0),
    ("Six bases were handed over.", 5),
    ("  Six\n\nbases\u00a0were\u3000handed\tover ", 5),
    ("اتحادی افواج نے ایک ہفتے میں چھٹا اڈہ چھوڑ دیا۔", 10),
    ("می\u200cروم ۱۲ 12", 3),
    ("## What is left\n\n> A quote\n\n---\n\n* * *", 5),
    ('**Six** *bases* [the report](https://example.org/a_(b) "x") [nd]{sup} [words]{lang=ur}', 6),
    ("{{block 3: embed “a film of it” #1a2b3c4d}}\n\nWords.", 1),
    ('![A gate](media:6a3fd1a2-0c37-5b0e-9d3c-2f4f0a5f7b11 "AP")\nThe gate.', 2),
    ("| Day | Base |\n| --- | --- |\n| Monday | K1 |", 4),
    ("one — two – 3 … ! 👍🏽 👩‍👩‍👧‍👦", 3),
    ("word\u2028word\x85word\r\nword\ufeff", 4),
    ("𝒳 क्षि e\u0301 ½ Ⅷ", 5),
    ("<https://example.org/a> and a < b", 3),
]
LENGTHS = [
    ("", 0),
    ("  Six bases \n", 9),
    ("Six\n bases", 9),
    ("چھٹا اڈہ", 8),
    ("e\u0301", 1),
    ("👩‍👩‍👧‍👦", 7),
    ("\ufeffab\r\ncd", 5),
]


class CountingTests(SimpleTestCase):
    def test_words(self):
        for source, count in WORDS:
            with self.subTest(source=source):
                self.assertEqual(words_in(source), count)

    def test_characters_of_a_headline(self):
        for line, length in LENGTHS:
            with self.subTest(line=line):
                self.assertEqual(length_of(line), length)
