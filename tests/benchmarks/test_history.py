"""The benchmark of the public past still runs."""

import os
import subprocess
import sys
from pathlib import Path
from unittest import skipUnless

from django.conf import settings
from django.test import SimpleTestCase

from .test_article_page import empty_database


@skipUnless(Path("/proc/self/schedstat").exists(), "processor time is read from /proc, which Linux has")
class TheBenchmarkTests(SimpleTestCase):
    def test_a_quick_run_ends_with_its_figures(self):
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        with empty_database() as arguments:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.history", "--quick", *arguments],
                cwd=settings.BASE_DIR,
                env=environment,
                capture_output=True,
                text=True,
                timeout=240,
            )
        self.assertEqual(done.returncode, 0, done.stderr)
        for said in ("20 versions", "history, first and last", "difflib", "50 articles"):
            with self.subTest(said=said):
                self.assertIn(said, done.stdout)
