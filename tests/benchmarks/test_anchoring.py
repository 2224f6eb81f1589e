"""The benchmark of carrying claims still runs."""

import subprocess
import sys

from django.conf import settings
from django.test import SimpleTestCase


class TheBenchmarkTests(SimpleTestCase):
    def test_a_quick_run_ends_with_its_figures(self):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.anchoring", "--quick"],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=120,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        for said in ("1,000 claims", "difflib", "one line over and over", "carried"):
            with self.subTest(said=said):
                self.assertIn(said, done.stdout)
