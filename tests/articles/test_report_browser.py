"""A reader reports an error in Chromium without scripts; the desk corrects and answers; the receipt shows both."""

from articles.models import Correction, Report
from tests.browser import BrowserTestCase
from tests.desk import LiveCast
from tests.factories import make_article

TYPED = "It took three weeks. My sister counted them."
LONG_ENOUGH = 2100  # milliseconds: nobody types faster


class StoryTests(LiveCast, BrowserTestCase):
    def test_from_the_article_to_the_receipt_to_the_answer_with_its_correction(self):
        article = make_article()
        reader = self.page(360, javascript=False)
        reader.goto(article.get_absolute_url())
        reader.click("text=Report an error in this article")
        self.fill_in(reader, words="past few weeks", wrong=TYPED, email="amna@example.org")
        reader.wait_for_url("**/reports/**")
        self.assertEqual(reader.context.cookies(), [])
        self.assertIn("Received", reader.inner_text("main"))
        self.assertNotIn("amna", reader.content())
        self.correct(self.page(user=self.bilal, javascript=False))
        self.approve(self.page(user=self.noor, javascript=False))
        self.answer(self.page(user=self.rashid, javascript=False))
        reader.reload()
        told = reader.inner_text("main")
        for words in ("Answered", "It was wrong and is corrected", "It was three weeks.", "“past few weeks”"):
            self.assertIn(words, told)
        reader.click("text=Read what was corrected")
        self.assertIn("A reader", reader.inner_text("main"))

    def test_words_that_stand_twice_are_chosen_on_a_phone_and_nothing_typed_is_lost(self):
        article = make_article(paragraphs=["Six bases.", "Six bases again.", "No group."])
        reader = self.page(360, javascript=False)
        reader.goto(f"{article.get_absolute_url()}report/")
        self.fill_in(reader, words="Six bases", wrong=TYPED, name="Amna")
        self.assertEqual(reader.input_value("[name=wrong]"), TYPED)
        reader.check("input[type=radio] >> nth=1")
        reader.click("text=Send the report")
        reader.wait_for_url("**/reports/**")
        self.assertEqual(Report.objects.get().start, 12)

    def fill_in(self, page, **typed) -> None:
        for name, words in typed.items():
            page.fill(f"[name={name}]", words)
        page.wait_for_timeout(LONG_ENOUGH)
        page.click("text=Send the report")

    def correct(self, page) -> None:
        """The desk's first page leads to the report, and the report to a correction."""
        page.goto("/admin/articles/report/")
        page.click("#result_list tbody th a")
        self.assertIn(TYPED, page.inner_text("#content"))
        self.assertNotIn("amna@example.org", page.content())
        page.click("text=Make a correction of it")
        page.click("input[type=submit].default")
        page.fill("[name=why]", "It was three weeks.")
        page.select_option("[name=cause]", "editing")
        page.click("input[type=submit].default")
        self.assertEqual(Correction.objects.get().state, "proposed")

    def approve(self, page) -> None:
        page.goto("/admin/")
        page.click("text=Corrections to approve")
        page.click("#result_list tbody th a")
        page.click("text=Approve and publish")
        page.click("input[type=submit].default")

    def answer(self, page) -> None:
        page.goto("/admin/")
        page.click("text=Readers report an error")
        page.click("#result_list tbody th a")
        self.assertIn("amna@example.org", page.inner_text("#content"))
        page.click(".object-tools >> text=Answer")
        page.click("input[type=submit].default")
