"""Finding pasted words: every place that can be meant, and no more work than that takes."""

from unittest import mock

from django.test import SimpleTestCase

from articles import finding
from articles.finding import MOST_FOUND, as_body, find


class FindTests(SimpleTestCase):
    def test_words_typed_otherwise_are_found_as_they_stand(self):
        text = "“Six bases” were handed over – said the ministry…"
        for typed, there in (
            ('"SIX bases"', "“Six bases”"),
            ("over - said", "over – said"),
            ("the ministry...", "the ministry…"),
        ):
            with self.subTest(typed=typed):
                ((start, end),) = find(text, typed, as_body(text))
                self.assertEqual(text[start:end], there)

    def test_a_word_that_stands_everywhere_is_looked_at_no_more_often_than_anybody_chooses_from(self):
        text = "The base. " * 5000
        for words in ("base", "THE"):
            with self.subTest(words=words):
                with mock.patch.object(finding, "why_unmarkable", wraps=finding.why_unmarkable) as asked:
                    self.assertEqual(len(find(text, words, as_body(text))), MOST_FOUND)
                self.assertEqual(asked.call_count, MOST_FOUND)
