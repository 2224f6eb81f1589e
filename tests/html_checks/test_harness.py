"""The checkers can fail: each finds the fault in a bad page and none in a good one."""

import os
from unittest import SkipTest, mock

from django.contrib.auth.models import Group
from django.test import SimpleTestCase

from tests import browser
from tests.browser import BrowserTestCase
from tests.html_checks import axe, vnu

GOOD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Convoy crosses at dusk</title></head>'
    '<body><main><h1>Convoy crosses at dusk</h1><img src="data:," alt="Lorries on a bridge"></main></body></html>'
)
BAD = GOOD.replace("<h1>", "<p><h1>").replace("</main>", "</p></main>")
WITHOUT_ALT = GOOD.replace(' alt="Lorries on a bridge"', "")
WARNED = GOOD.replace("<main>", '<main role="main">')


class HtmlCheckerTests(SimpleTestCase):
    def test_bad_pages_are_found_beside_a_good_one_and_named(self):
        pages = [("a good page", GOOD), ("a stray tag", BAD), ("a needless role", WARNED)]
        with self.assertRaises(AssertionError) as caught:
            vnu.assert_valid_html(pages)
        words = str(caught.exception)
        self.assertRegex(words, r"a stray tag, line 1: .*end tag")
        self.assertRegex(words, r"a needless role, line 1: .*unnecessary")
        self.assertNotIn("a good page", words)

    def test_no_page_at_all_is_an_error_and_no_success(self):
        with self.assertRaises(ValueError):
            vnu.assert_valid_html([])

    def test_missing_java_skips_and_says_so(self):
        with (
            mock.patch.object(vnu, "find_java", return_value=None),
            self.assertRaisesRegex(SkipTest, "Java is not"),
        ):
            vnu.assert_valid_html([("good", GOOD)])


class AxeTests(BrowserTestCase):
    def test_good_page_has_no_violation(self):
        page = self.page()
        page.set_content(GOOD)
        self.assertEqual(axe.axe_violations(page), [])

    def test_image_without_words_for_it_is_found(self):
        page = self.page()
        page.set_content(WITHOUT_ALT)
        [violation] = axe.axe_violations(page)
        self.assertTrue(violation.startswith("image-alt (critical)"), violation)

    def test_page_without_scripts_is_refused_instead_of_waited_for(self):
        page = self.page(javascript=False)
        page.set_content(GOOD)
        with self.assertRaisesRegex(ValueError, "javascript=True"):
            axe.axe_violations(page)


class MissingBrowserTests(SimpleTestCase):
    def test_missing_chromium_skips_and_says_so(self):
        with (
            mock.patch.object(browser, "find_chromium", return_value=None),
            self.assertRaisesRegex(SkipTest, "Chromium is not installed"),
        ):
            browser.chromium.__wrapped__()

    def test_browser_may_be_named(self):
        with mock.patch.dict(os.environ, {"CHROMIUM": "/opt/chrome/chrome"}):
            self.assertEqual(browser.find_chromium(), "/opt/chrome/chrome")


class BrowserTests(BrowserTestCase):
    def setUp(self):
        # Every test but the first comes after a flush.
        self.assertTrue(Group.objects.exists(), "what migrations put in was not brought back")

    def test_script_error_fails_the_test(self):
        self.page().set_content(GOOD.replace("<h1>", "<script>throw new Error('torn page')</script><h1>"))
        self.assert_judged_for("torn page")

    def test_picture_from_another_host_fails_the_test(self):
        self.page().set_content(GOOD.replace("data:,", "http://192.0.2.1/lorries.png"))
        self.assert_judged_for("asked another host: http://192.0.2.1/lorries.png")

    def test_missing_file_on_a_page_fails_the_test(self):
        page = self.page()
        page.goto("/robots.txt")
        page.set_content(GOOD.replace("data:,", "/static/no-such-picture.png"))
        page.wait_for_load_state("networkidle")
        self.assert_judged_for("404")

    def test_missing_page_is_an_answer_and_no_complaint(self):
        answer = self.page().goto("/no-such-page/")
        self.assertEqual((answer.status, self.complaints), (404, []))

    def assert_judged_for(self, words: str) -> None:
        with self.assertRaisesRegex(AssertionError, words):
            self.judge()
        self.complaints.clear()
