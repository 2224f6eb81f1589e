"""The lock files: everything pinned with hashes, in step with pyproject.toml, and no address of an index in them."""

import re
import tomllib
from pathlib import Path

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text, re.MULTILINE))


def project_name(requirement: str) -> str:
    return re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower().replace("_", "-")


class LockFileTests(SimpleTestCase):
    def test_every_package_has_a_version_and_hashes(self):
        for path in LOCKS:
            entries = re.split(r"\n(?=[a-z])", path.read_text())[1:]
            self.assertTrue(entries)
            for entry in entries:
                with self.subTest(file=path.name, package=entry.split()[0]):
                    self.assertRegex(entry, r"^[a-z0-9-]+==[^ ]+ \\\n    --hash=sha256:[0-9a-f]{64}")

    def test_no_lock_file_names_an_index_or_a_place_on_a_machine(self):
        for path in LOCKS:
            with self.subTest(file=path.name):
                self.assertNotRegex(
                    path.read_text(), r"https?:|file:|--(extra-)?index|--find-links|--trusted-host| /"
                )

    def test_what_the_project_asks_for_is_locked(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        asked = {
            "runtime.txt": project["dependencies"],
            "test.txt": project["dependencies"] + project["optional-dependencies"]["test"],
        }
        for name, requirements in asked.items():
            with self.subTest(file=name):
                self.assertEqual([r for r in requirements if project_name(r) not in pins(name)], [])

    def test_tests_run_with_the_versions_that_the_site_runs_with(self):
        self.assertLessEqual(pins("runtime.txt").items(), pins("test.txt").items())
