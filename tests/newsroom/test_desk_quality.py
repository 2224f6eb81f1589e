"""Every kind of page of the desk shuts nobody out: axe finds nothing, nothing scrolls sideways, nobody complains."""

from django.conf import settings
from django.test import Client

from tests.browser import BrowserTestCase
from tests.desk import LiveCast, person, signed_in
from tests.html_checks.axe import axe_violations

from .desk_pages import Page, build, pages

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Width, and how the person's own device is set.
VIEWS = [
    {"width": 1280},
    {"width": 1280, "dark": True},
    {"width": 360},
    {"width": 1280, "forced_colors": True},
]


class DeskQualityTests(LiveCast, BrowserTestCase):
    def setUp(self):
        super().setUp()
        build()
        self.pages = pages()

    def sit_down(self, browser, who: str, language: str = "") -> None:
        """Change the person at this browser, and the language of the desk."""
        browser.context.clear_cookies()
        desk = f"{self.live_server_url}/admin/"
        cookies = [{"name": "desk_language", "value": language, "url": desk}] if language else []
        if who:
            session = signed_in(person(who)).cookies[settings.SESSION_COOKIE_NAME]
            cookies.append({"name": session.key, "value": session.value, "url": desk})
        browser.context.add_cookies(cookies)

    def judge_page(self, browser, page: Page, language: str = "") -> None:
        self.sit_down(browser, page.person, language)
        self.assertEqual(browser.goto(page.url).status, page.status)
        self.assertEqual(axe_violations(browser, preload=False), [])
        self.assertLessEqual(browser.evaluate(SIDEWAYS), 0)

    def test_axe_finds_nothing_on_any_page_of_the_desk_in_any_view(self):
        for view in VIEWS:
            browser = self.page(**view)
            for page in self.pages:
                with self.subTest(page=page.name, **view):
                    self.judge_page(browser, page)

    def test_axe_finds_nothing_where_the_desk_reads_from_right_to_left(self):
        for width in (1280, 360):
            browser = self.page(width)
            for page in (page for page in self.pages if page.rtl):
                with self.subTest(page=page.name, width=width):
                    self.judge_page(browser, page, "ur")
                    self.assertEqual(browser.get_attribute("html", "dir"), "rtl")

    def test_the_desk_has_no_page_for_strangers_but_the_way_in(self):
        for page in self.pages:
            with self.subTest(page=page.name):
                if page.person and page.status == 200:
                    self.assertIn("/admin/login/", Client().get(page.url)["Location"])
