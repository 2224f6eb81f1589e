"""The article page in Chromium: where notes stand beside their words, wide, on a phone, and from right to left."""

from itertools import pairwise

from tests.browser import BrowserTestCase
from tests.claims.test_reading import CLAIM, HEADLINE, PARAGRAPHS
from tests.desk import LiveCast
from tests.factories import make_article, make_claim, make_verdict, place, teaser

URDU = ["امریکی قیادت میں قائم اتحاد نے ایک اور اڈا عراقی فوج کے سپرد کر دیا۔", "چھ اڈے چھوڑے جا چکے ہیں۔"]
LONG = (
    "A finding that says a good deal about the claim, so that its note is longer than the paragraph beside it. "
    * 2
)

# For every row: the box of its words and the boxes of its notes, as [left, top, right, bottom].
BOXES = """() => {
    const box = (element) => {
        const {left, top, right, bottom} = element.getBoundingClientRect();
        return [left, top, right, bottom].map((edge) => Math.round(edge));
    };
    return [...document.querySelectorAll('.row.numbered')].map((row) => ({
        words: box(row.querySelector('.cell')),
        notes: [...row.querySelectorAll('.note')].map(box),
    }));
}"""
TARGETS = """() => [...document.querySelectorAll('.ref')]
    .map((ref) => ref.getClientRects()[0])
    .filter((box) => box.width < 28 || box.height < 28).length"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class LayoutTests(LiveCast, BrowserTestCase):
    def article(self, **details):
        article = make_article(HEADLINE, [*PARAGRAPHS, teaser("Convoy crosses into Syria")], **details)
        table = [
            (CLAIM, "contradicted"),
            ("left six bases", "mostly-true"),
            ("No group has said", "unproven"),
            ("They grew more frequent", "false"),
            ("the outbreak", "missing-context"),
            ("Convoy crosses", "true"),
        ]
        for words, rating in table:
            make_verdict(make_claim(f"About {words}", article=article, words=words), rating, finding=LONG)
        return article

    def open(self, article, width, **more):
        page = self.page(width, **more)
        page.goto(article.get_absolute_url())
        return page

    def test_wide_a_note_stands_beside_its_words_never_above_them_nor_over_another(self):
        article = self.article()
        for width in (1920, 1280, 1000):
            rows = self.open(article, width).evaluate(BOXES)
            with self.subTest(width):
                self.assertEqual(sum(len(row["notes"]) for row in rows), 5)
                notes = [note for row in rows for note in row["notes"]]
                for row in rows:
                    for left, top, _right, _bottom in row["notes"]:
                        self.assertGreaterEqual(top, row["words"][1])
                        self.assertGreaterEqual(left, row["words"][2])
                for upper, lower in pairwise(notes):
                    self.assertLessEqual(upper[3], lower[1])

    def test_on_a_phone_a_note_follows_straight_after_its_words(self):
        rows = self.open(self.article(), 360).evaluate(BOXES)
        for row, following in pairwise(rows):
            for note in row["notes"]:
                self.assertGreaterEqual(note[1], row["words"][3])
                self.assertLessEqual(note[3], following["words"][1])

    def test_nothing_scrolls_sideways_and_every_reference_can_be_touched(self):
        article = self.article()
        for width in (1280, 1000, 700, 360, 320):
            page = self.open(article, width)
            with self.subTest(width):
                self.assertEqual(page.evaluate(SIDEWAYS), 0)
                self.assertEqual(page.evaluate(TARGETS), 0)

    def test_from_right_to_left_the_notes_stand_on_the_left(self):
        article = self.article()
        page = self.page(1280)
        page.goto("/ur" + article.get_absolute_url())
        for row in page.evaluate(BOXES):
            for note in row["notes"]:
                self.assertLessEqual(note[2], row["words"][0])
        self.assertEqual(page.evaluate(SIDEWAYS), 0)

    def test_a_sheet_of_urdu_keeps_its_place_on_an_english_page(self):
        article = make_article("اتحادی فوج نے چھٹا اڈا خالی کر دیا", URDU, language="ur")
        claim = make_claim("Six bases.")
        place(claim, article, "چھ اڈے")
        make_verdict(claim, "true", finding=LONG)
        page = self.open(article, 1280)
        (first, second) = page.evaluate(BOXES)
        self.assertEqual(first["words"][0], second["words"][0])
        self.assertGreaterEqual(second["notes"][0][0], second["words"][2])
        self.assertEqual(page.evaluate("getComputedStyle(document.querySelector('.cell')).direction"), "rtl")

    def test_only_the_two_faces_of_the_page_are_fetched(self):
        page = self.page(1280)
        fetched = []
        page.on("request", lambda request: fetched.append(request.url) if ".woff2" in request.url else None)
        page.goto(self.article().get_absolute_url())
        page.evaluate("document.fonts.ready.then(() => 0)")
        names = sorted(url.rsplit("/", 1)[-1].split(".")[0] for url in fetched)
        self.assertEqual(names, ["archivo", "stix"])

    def test_a_reference_leads_to_its_note_and_the_note_back_without_any_script(self):
        page = self.page(360, javascript=False)
        page.goto(self.article().get_absolute_url())
        page.click(".row.numbered .ref >> nth=0")
        self.assertTrue(page.url.endswith("#n2"))
        page.click("#n2 >> text=Back")
        self.assertIn("#claim-", page.url)
