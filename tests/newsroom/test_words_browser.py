"""Words selected in Chromium are the stored words: over a thousand generated articles; by mouse, finger and keys."""

from collections.abc import Iterator
from pathlib import Path

from django.test import override_settings

from articles.text import block_at, body_text
from newsroom.core.hygiene import cuts_character
from tests.browser import BrowserTestCase

from .words_texts import Text, texts

PROBE = Path(__file__).with_name("words_probe.js").read_text()
PROBE = PROBE[PROBE.index("(seed") :].rstrip().rstrip(";")
SEED, COUNT, BATCH, TIMES = 20200407, 1000, 50, 8
WITHOUT_SEGMENTER = "delete Intl.Segmenter"


@override_settings(ROOT_URLCONF="tests.newsroom.words_page")
class GeneratedWordsTests(BrowserTestCase):
    def probe(self, count: int, *, before: str = "") -> Iterator[tuple[Text, dict]]:
        """Every selection made on so many generated articles."""
        page = self.page()
        if before:
            page.add_init_script(before)
        for first in range(0, count, BATCH):
            page.goto(f"/admin/words/?seed={SEED}&first={first}&count={min(BATCH, count - first)}")
            told = page.evaluate(f"([seed, times]) => ({PROBE})(seed, times)", [SEED + first, TIMES])
            for text, selections in zip(texts(SEED, first, len(told)), told, strict=True):
                yield from ((text, selection) for selection in selections)

    def test_the_stored_words_are_the_selected_words(self):
        made = words = parts = 0
        for text, selection in self.probe(COUNT):
            self.assert_right(text, selection)
            made += 1
            words += selection["found"]["ok"]
            parts += len(selection["found"].get("parts", ()))
        self.assertEqual(made, COUNT * TIMES)
        # It would prove little if most selections were empty, or in several blocks.
        self.assertGreater(words, COUNT * TIMES / 2)
        self.assertGreater(parts, COUNT)

    def test_they_are_in_a_browser_that_cannot_tell_characters_apart_itself(self):
        for text, selection in self.probe(150, before=WITHOUT_SEGMENTER):
            self.assert_right(text, selection)

    def assert_right(self, text: Text, selection: dict) -> None:
        found = selection["found"]
        parts = [found] if found["ok"] else found["parts"]
        expected = []
        for seen in selection["seen"]:
            stretch = text.stretches[seen["index"]]
            if chosen := stretch.chosen(seen["before"], seen["taken"]):
                expected.append((stretch.field, *chosen))
        got = [(part["field"], part["start"], part["end"]) for part in parts]
        self.assertEqual(got, expected, (text.number, selection))
        self.assertEqual(found["ok"], len(expected) == 1)
        if not expected:
            self.assertIn(found["why"], ("empty", "outside"))
        elif len(expected) > 1:
            self.assertEqual(found["why"], "blocks")
        for part in parts:
            self.assert_stored(text, part)
        for part, again in zip(parts, selection["again"], strict=True):
            self.assertEqual(again, {"ok": True, **part}, (text.number, part))

    def assert_stored(self, text: Text, part: dict) -> None:
        """The server takes these words, and they are those it holds."""
        stored = text.headline if part["field"] == "headline" else body_text(text.body)
        start, end = part["start"], part["end"]
        self.assertEqual(part["exact"], stored[start:end])
        self.assertEqual(part["exact"], part["exact"].strip())
        if part["field"] == "body":
            block_at(text.body, start, end)
        self.assertFalse(cuts_character(stored, start) or cuts_character(stored, end))
