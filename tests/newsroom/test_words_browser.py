"""Words selected in Chromium are the stored words: over a thousand generated articles; by mouse, finger and keys."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.test import override_settings

from articles.text import block_at, body_text
from newsroom.core.hygiene import cuts_character
from tests.browser import BrowserTestCase
from tests.desk import LiveCast
from tests.factories import make_article, make_claim

from .words_texts import Text, one_article, texts

PROBE = Path(__file__).with_name("words_probe.js").read_text()
PROBE = PROBE[PROBE.index("(seed") :].rstrip().rstrip(";")
SEED, COUNT, BATCH, TIMES = 20200407, 1000, 50, 6
WITHOUT_SEGMENTER = "delete Intl.Segmenter"


class WordsCase(BrowserTestCase):
    """Selections made at random on the sheets of a page are what the server holds."""

    def selections(self, page: Any, seed: int, times: int) -> list[list[dict]]:
        """So many selections on each sheet: what words.js read, beside what was selected."""
        return page.evaluate(f"([seed, times]) => ({PROBE})(seed, times)", [seed, times])

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


@override_settings(ROOT_URLCONF="tests.newsroom.words_page")
class GeneratedWordsTests(WordsCase):
    def probe(self, count: int, *, before: str = "") -> Iterator[tuple[Text, dict]]:
        """Every selection made on so many generated articles."""
        page = self.page()
        if before:
            page.add_init_script(before)
        for first in range(0, count, BATCH):
            page.goto(f"/admin/words/?seed={SEED}&first={first}&count={min(BATCH, count - first)}")
            told = self.selections(page, SEED + first, TIMES)
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


class FlagPageTests(LiveCast, WordsCase):
    """The same on the page for flagging itself, with the marks, margins and references that it draws."""

    def test_the_stored_words_are_the_selected_words_there_too(self):
        for language in ("en", "ur"):
            text = one_article(texts(SEED, 2000 if language == "en" else 3000, 12))
            article = make_article(text.headline, text.body["blocks"], language=language)
            self.assertEqual(article.latest_version.body, text.body)
            for number, stretch in enumerate(text.stretches[::4]):
                words = "".join(stretch.pieces[:4]).strip()
                make_claim(f"Claim {number} in {language}.", article=article, words=words)
            page = self.page(user=self.sana)
            page.goto(f"/admin/articles/article/{article.pk}/flag/")
            (made,) = self.selections(page, SEED, 300)
            for selection in made:
                with self.subTest(language=language, selection=selection):
                    self.assert_right(text, selection)
