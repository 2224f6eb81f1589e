"""What a form of a correction begins with: the sentences in which two versions differ, where they do so once."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.changed_words import changed_once, changed_sentences, sentences

TEXT = st.text(alphabet="ab .!”؟۔", max_size=40)


def of(body: str, headline: str = "Bases", standfirst: str = "") -> dict[str, str]:
    return {"headline": headline, "standfirst": standfirst, "body": body}


class ChangedWordsTests(SimpleTestCase):
    def test_the_sentences_that_differ_stand_without_those_around_them(self):
        for old, new, found in (
            ("One. Two of them. Three.", "One. Two or more. Three.", ("Two of them.", "Two or more.")),
            ("One. Two.", "One. Two. Three.", ("", "Three.")),
            ("One. Two. Three.", "One. Three.", ("Two.", "")),
            (
                "He said “No.” Then he left.",
                "He said “Yes.” Then he left.",
                ("He said “No.”", "He said “Yes.”"),
            ),
            ("چھ اڈے۔ سات دن۔", "چھ اڈے۔ آٹھ دن۔", ("سات دن۔", "آٹھ دن۔")),
            ("No end", "Another end", ("No end", "Another end")),
        ):
            with self.subTest(old=old):
                self.assertEqual(changed_sentences(old, new), found)

    def test_one_paragraph_or_the_headline(self):
        old = of("First.\n\nSix bases. Quiet.\n\nLast.")
        self.assertEqual(
            changed_once(old, of("First.\n\nFive bases. Quiet.\n\nLast.")), ("Six bases.", "Five bases.")
        )
        self.assertEqual(changed_once(of("Text."), of("Text.", headline="No bases")), ("Bases", "No bases"))

    def test_nothing_where_more_than_one_place_differs_or_paragraphs_come_and_go(self):
        old = of("First.\n\nSix bases.\n\nLast.")
        for new in (
            of("One.\n\nSix bases.\n\nEnd."),
            of("First.\n\nFive bases.\n\nLast.", headline="Five"),
            of("First.\n\nSix bases.\n\nMore.\n\nLast."),
            of("First.\n\nLast."),
            old,
        ):
            with self.subTest(new=new):
                self.assertEqual(changed_once(old, new), ("", ""))

    @given(TEXT, TEXT)
    def test_what_is_found_stands_in_its_text(self, old, new):
        was, now = changed_sentences(old, new)
        self.assertIn(was, old)
        self.assertIn(now, new)

    @given(TEXT)
    def test_sentences_lose_nothing_but_the_space_between_them(self, text):
        told = "".join(text[start:end] for start, end in sentences(text))
        self.assertEqual(told.replace(" ", ""), text.replace(" ", ""))
