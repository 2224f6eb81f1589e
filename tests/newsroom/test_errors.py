"""What the site says when something is wrong, and what it tells machines."""

from unittest.mock import patch

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory, SimpleTestCase, TestCase

from newsroom import views
from tests.desk import Cast, signed_in

NOTHING = "/nothing-here/"


class RobotsTests(SimpleTestCase):
    def test_machines_may_read_everything_but_the_desk(self):
        response = Client().get("/robots.txt")
        self.assertEqual(response["Content-Type"], "text/plain; charset=utf-8")
        self.assertEqual(response.content, b"User-agent: *\nDisallow: /admin/\n")

    def test_it_is_only_read(self):
        self.assertEqual(Client().post("/robots.txt").status_code, 405)


class NotFoundTests(Cast, TestCase):
    def test_what_is_not_there_answers_404_in_the_sites_look_and_language(self):
        for url, language in ((NOTHING, "en"), ("/ur" + NOTHING, "ur")):
            with self.subTest(url=url):
                response = self.amna.get(url)
                self.assertEqual(response.status_code, 404)
                self.assertTemplateUsed(response, "404.html")
                self.assertContains(response, f'<html lang="{language}"', status_code=404)

    def test_it_is_the_same_for_somebody_who_is_signed_in(self):
        # Public pages know nobody: not even who could look at the desk.
        self.assertEqual(self.amna.get(NOTHING).content, signed_in(self.admin).get(NOTHING).content)


class RefusedAtTheDeskTests(Cast, TestCase):
    def test_the_desk_refuses_with_403_what_a_role_does_not_allow(self):
        response = signed_in(self.bilal).get("/admin/core/user/")
        self.assertEqual(response.status_code, 403)
        self.assertTemplateUsed(response, "admin/403.html")
        self.assertContains(response, "It takes the role of Auditor or Administrator.", status_code=403)


class HandlerTests(SimpleTestCase):
    """The handlers by themselves: each answers with its status, whatever state the rest is in."""

    def setUp(self) -> None:
        self.request = RequestFactory().get("/")

    def test_each_handler_answers_with_its_status(self):
        for response, status, words in [
            (views.bad_request(self.request, SuspiciousOperation()), 400, "This address asks for something"),
            (views.permission_denied(self.request, PermissionDenied()), 403, "Not yours to do"),
            (views.page_not_found(self.request, Exception()), 404, "Nothing stands at this address"),
            (views.server_error(self.request), 500, "Something broke on our side"),
        ]:
            with self.subTest(status=status):
                self.assertContains(response, words, status_code=status)

    def test_a_request_to_no_host_of_ours_answers_400(self):
        with self.assertLogs("django.security.DisallowedHost", "ERROR"):
            response = Client().get("/", headers={"host": "not a host"})
        self.assertContains(response, "This address asks for something", status_code=400)


class ServerErrorTests(SimpleTestCase):
    """The page of a fault asks nothing of what may be broken: SimpleTestCase forbids it the database."""

    def test_it_stands_without_request_context_or_database(self):
        broken = Client(raise_request_exception=False)
        fault = patch.object(views.FrontView, "get_context_data", side_effect=RuntimeError("broken"))
        with fault, self.assertLogs("django.request", "ERROR"):
            response = broken.get("/")
        self.assertEqual(response.status_code, 500)
        self.assertContains(response, "Something broke on our side", status_code=500)
        self.assertNotContains(response, "RuntimeError", status_code=500)

    def test_it_stands_when_the_context_processors_are_what_broke(self):
        broken = Client(raise_request_exception=False)
        fault = patch("newsroom.context.unprefixed", side_effect=RuntimeError("broken"))
        with fault, self.assertLogs("django.request", "ERROR"):
            self.assertEqual(broken.get("/robots-not-there/").status_code, 500)
