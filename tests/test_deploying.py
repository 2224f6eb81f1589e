"""docs/deploying.md tells every variable of the settings; what a silenced check asks for is there all the same."""

import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.middleware.csrf import CsrfViewMiddleware
from django.test import SimpleTestCase
from django.utils.module_loading import import_string

from newsroom import environment

ROOT = Path(__file__).resolve().parent.parent
READ = re.compile(r'environment\.(?:text|flag|words|number)\(\s*"(\w+)"')


class DeployingTests(SimpleTestCase):
    def test_every_variable_of_the_settings_is_explained_and_no_other(self):
        settings = (ROOT / "newsroom" / "settings.py").read_text()
        read = {*READ.findall(settings), "SECRET_KEY"}
        told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "deploying.md").read_text(), re.MULTILINE))
        self.assertEqual(told, read)

    def test_a_number_is_a_whole_number_and_anything_else_is_refused_by_name(self):
        for given, number in (("", 1), ("0", 0), (" 2 ", 2)):
            with self.subTest(given), patch.dict(os.environ, {"PROXIES": given}):
                self.assertEqual(environment.number("PROXIES", default=1), number)
        for given in ("-1", "1.0", "yes", "\u06f1"):
            with self.subTest(given), patch.dict(os.environ, {"PROXIES": given}):
                self.assertRaisesMessage(
                    ImproperlyConfigured, "PROXIES", environment.number, "PROXIES", default=1
                )

    def test_forgeries_are_refused_by_django_s_own_middleware_under_another_name(self):
        self.assertEqual(settings.SILENCED_SYSTEM_CHECKS, ["security.W003"])
        middleware = [import_string(name) for name in settings.MIDDLEWARE]
        ours = [
            each for each in middleware if isinstance(each, type) and issubclass(each, CsrfViewMiddleware)
        ]
        self.assertEqual(len(ours), 1)

    def test_silenced_check_would_ask_for_a_secure_cookie_and_gets_it(self):
        command = "from django.conf import settings; print(settings.CSRF_COOKIE_SECURE)"
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", command],
            cwd=ROOT,
            env={**os.environ, "BEHIND_HTTPS": "1"},
            capture_output=True,
            text=True,
        )
        self.assertEqual(done.stdout.strip(), "True", done.stderr)
