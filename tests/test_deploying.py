"""docs/deploying.md tells every variable that the settings read, with the default that they have."""

import re
from pathlib import Path

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parent.parent
READ = re.compile(r'environment\.(?:text|flag|words|whole_number)\(\s*"(\w+)"')


class DeployingTests(SimpleTestCase):
    def test_every_variable_of_the_settings_is_explained_and_no_other(self):
        settings = (ROOT / "newsroom" / "settings.py").read_text()
        read = {*READ.findall(settings), "SECRET_KEY"}
        told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "deploying.md").read_text(), re.MULTILINE))
        self.assertEqual(told, read)
