"""Every test is found: a test folder without __init__.py, or a module that does not import, would never run."""

import importlib
from pathlib import Path

from django.test import SimpleTestCase

TESTS = Path(__file__).resolve().parent


def test_modules() -> list[Path]:
    return sorted(TESTS.rglob("test_*.py"))


class DiscoveryTests(SimpleTestCase):
    def test_every_folder_with_tests_is_a_package(self):
        folders = {
            parent for path in test_modules() for parent in path.parents if TESTS in [parent, *parent.parents]
        }
        self.assertIn(TESTS, folders)
        missing = [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()]
        self.assertEqual(missing, [], "these folders need an __init__.py")

    def test_every_test_module_imports(self):
        for path in test_modules():
            name = ".".join(path.relative_to(TESTS.parent).with_suffix("").parts)
            with self.subTest(module=name):
                importlib.import_module(name)

    def test_no_test_lies_outside_the_tests_folder(self):
        root = TESTS.parent
        strays = [
            str(path.relative_to(root))
            for room in ("newsroom", "articles", "claims", "scripts", "benchmarks")
            for path in (root / room).rglob("test_*.py")
        ]
        self.assertEqual(strays, [])
