"""Every public page type is valid HTML and shuts nobody out: vnu and axe find nothing."""

from django.test import Client, TestCase

from tests.browser import BrowserTestCase
from tests.html_checks.axe import axe_violations
from tests.html_checks.vnu import assert_valid_html

from . import archive
from .page_types import pages

# Width, and how the reader's own device is set.
VIEWS = [
    {"width": 1280},
    {"width": 1280, "dark": True},
    {"width": 360},
    {"width": 360, "dark": True},
    {"width": 1280, "forced_colors": True},
]


def html_pages() -> list:
    return [page for page in pages() if page.html and not 300 <= page.status < 400]


class HtmlTests(TestCase):
    def test_every_page_type_is_valid_html(self):
        archive.build()
        assert_valid_html((page.name, Client().get(page.url).content.decode()) for page in html_pages())


class AxeTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        archive.build()

    def test_axe_finds_nothing_on_any_page_type_on_desk_or_phone_light_dark_or_forced_colours(self):
        for view in VIEWS:
            browser = self.page(**view)
            for page in html_pages():
                with self.subTest(page=page.name, **view):
                    browser.goto(page.url)
                    self.assertEqual(axe_violations(browser), [])

    def test_no_page_type_scrolls_sideways_even_at_320(self):
        for width in (320, 360, 768, 1280, 1920):
            browser = self.page(width=width)
            for page in html_pages():
                with self.subTest(page=page.name, width=width):
                    browser.goto(page.url)
                    wide = browser.evaluate(
                        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                    )
                    self.assertLessEqual(wide, 0)
