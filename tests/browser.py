"""Tests in Chromium: the real pages from a live server, and no page may complain, break its policy or call elsewhere.

Playwright's Python package drives the Chromium the system has (CHROMIUM names another); it never downloads one.
"""

import atexit
import functools
import os
import shutil
import time
import unittest
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test import Client, tag

from tests.guards import GuardedLiveServerTestCase

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PAUSE = 50  # milliseconds between two looks at a page
LOOKS = 600


def find_chromium() -> str | None:
    """The path of an installed Chromium or Chrome: CHROMIUM, PATH, a Mac's applications; or None."""
    if given := os.environ.get("CHROMIUM"):
        return given
    on_path = (shutil.which(name) for name in NAMES)
    on_mac = (place for place in MAC_PLACES if Path(place).exists())
    return next(filter(None, [*on_path, *on_mac]), None)


@functools.cache
def chromium() -> Any:
    """This process's one Chromium, started at the first call. Raise SkipTest where there is none."""
    path = find_chromium()
    if path is None:
        raise unittest.SkipTest("Chromium is not installed: no page was opened in a browser")
    if find_spec("playwright") is None:
        raise unittest.SkipTest("the playwright package is not installed: run `make setup`")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread. By it Django takes every query here for an asynchronous one, and
    # looks for the connections of that loop: give it ours, which know what to put back after a flush.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    ours = {alias: connections[alias] for alias in connections}
    driver = sync_playwright().start()
    atexit.register(driver.stop)
    for alias, connection in ours.items():
        connections[alias] = connection
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return driver.chromium.launch(executable_path=path, headless=True, args=[*FLAGS, *as_root])


class AnsweringHandler(StaticFilesHandler):
    """The live server's application; `answering` holds a mark for each request that is not answered yet."""

    answering: ClassVar[set[object]] = set()

    def __call__(self, environ, start_response):
        mark = object()
        self.answering.add(mark)
        try:
            return super().__call__(environ, start_response)
        finally:
            self.answering.discard(mark)


@tag("browser")
class BrowserTestCase(GuardedLiveServerTestCase):
    """A test with pages in Chromium; fails when one logs an error, breaks its policy or asks another host.

    `complaints` holds what the browser said so far; a test that expects one takes it out of the list.
    """

    static_handler = AnsweringHandler

    @classmethod
    def setUpClass(cls) -> None:
        chromium()
        super().setUpClass()

    def run(self, result: unittest.TestResult | None = None) -> unittest.TestResult | None:
        self.complaints: list[str] = []
        return super().run(result)

    def page(
        self,
        width: int = 1280,
        *,
        dark: bool = False,
        javascript: bool = True,
        forced_colors: bool = False,
        user: Any = None,
    ) -> Any:
        """A new page in a context of its own, signed in as the user if one is given; `goto` takes paths."""
        context = chromium().new_context(
            base_url=self.live_server_url,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            forced_colors="active" if forced_colors else "none",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        if user:
            context.add_cookies([self._session_cookie(user)])
        page = context.new_page()
        self._watch(page)
        self.addCleanup(self.judge)
        self.addCleanup(self.leave, context)
        return page

    def leave(self, context: Any) -> None:
        """Close a browser and wait until the server has answered it: what it still writes would meet the flush."""
        said = list(self.complaints)
        # A page that closes may tell the server so; nobody waits for that, and no test asks it.
        if context.pages:
            context.set_offline(True)
        context.close()
        self.complaints[:] = said
        for _look in range(LOOKS):
            if not AnsweringHandler.answering:
                return
            time.sleep(PAUSE / 1000)

    def until(self, page: Any, expression: str, given: Any = None) -> None:
        """Wait until the expression, or the function called with what is given, is true on the page; fail after 30 s.

        Playwright's own `wait_for_function` evaluates a text inside the page, which our policy refuses unless the first
        look already finds it true.
        """
        for _look in range(LOOKS):
            if page.evaluate(expression, given):
                return
            page.wait_for_timeout(PAUSE)
        self.fail(f"this never came true: {expression} ({given})")

    def judge(self) -> None:
        """Fail with everything the browser complained of. Called after every test that opened a page."""
        if self.complaints:
            self.fail("the browser complained:\n" + "\n".join(self.complaints))

    def _session_cookie(self, user: Any) -> dict:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        # The address of the whole desk: Playwright takes the cookie's path from it.
        return {"name": cookie.key, "value": cookie.value, "url": f"{self.live_server_url}/admin/"}

    def _watch(self, page: Any) -> None:
        documents: set[str] = set()

        def see(request: Any) -> None:
            if request.is_navigation_request():
                documents.add(request.url)
            if not request.url.startswith((self.live_server_url, "data:", "blob:", "about:")):
                self.complaints.append(f"{page.url}: asked another host: {request.url}")

        def hear(message: Any) -> None:
            place = message.location.get("url")
            # A page that is meant to be a 404 is no fault; a missing file on a page is.
            is_status = message.text.startswith("Failed to load resource") and place in documents
            if message.type == "error" and not is_status:
                self.complaints.append(f"{page.url}: {message.text} ({place})")

        page.on("request", see)
        page.on("console", hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
