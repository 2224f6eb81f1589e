"""The planted faults keep up with the code: their text stands where they say, their tests exist."""

import ast
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from django.test import SimpleTestCase

from .__main__ import CAUGHT, ONLY_BROKE, SURVIVED, judge
from .fault import Fault, TextGone
from .faults import FAULTS
from .runs import copy_checkout, read_outcome

ROOT = Path(__file__).resolve().parent.parent.parent
PROMISES = {"leak", "permission", "anchor", "immutability", "limits"}


class EveryFaultTests(SimpleTestCase):
    def test_its_text_stands_exactly_once_in_its_file(self):
        for fault in FAULTS:
            with self.subTest(fault=fault.name):
                self.assertEqual((ROOT / fault.file).read_text().count(fault.old), 1)

    def test_the_file_can_still_be_read_with_it(self):
        for fault in FAULTS:
            with self.subTest(fault=fault.name):
                broken = fault.sabotaged(ROOT)
                self.assertNotEqual(broken, (ROOT / fault.file).read_text())
                if fault.file.endswith(".py"):
                    compile(broken, fault.file, "exec")

    def test_its_tests_exist(self):
        for fault in FAULTS:
            for label in fault.tests:
                with self.subTest(fault=fault.name, label=label):
                    self.assertTrue(exists(label), f"There is no {label}")

    def test_every_name_is_given_once(self):
        counted = Counter(fault.name for fault in FAULTS)
        self.assertEqual([name for name, count in counted.items() if count > 1], [])

    def test_every_promise_has_a_fault(self):
        self.assertEqual(PROMISES - {fault.promise for fault in FAULTS}, set())


def exists(label: str) -> bool:
    """Whether the label names a test module, a class in it or a test of that class. Nothing is imported."""
    parts = label.split(".")
    for count in range(len(parts), 0, -1):
        module = ROOT.joinpath(*parts[:count]).with_suffix(".py")
        if module.exists():
            return named(ast.parse(module.read_text()).body, parts[count:])
    return False


def named(body: list[ast.stmt], names: list[str]) -> bool:
    """Whether classes and functions of those names stand in each other."""
    if not names:
        return True
    found = [node for node in body if getattr(node, "name", None) == names[0]]
    return bool(found) and named(getattr(found[0], "body", []), names[1:])


class PlantingTests(SimpleTestCase):
    fault = Fault("x", "leak", "Somebody reads it.", "a.py", "old = 1\n", "old = 2\n", ("tests.x",))

    def setUp(self):
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.root = Path(keeper.name)
        self.file = self.root / "a.py"

    def test_it_stands_inside_the_block_and_is_taken_out_however_that_ends(self):
        self.file.write_text("# above\nold = 1\n")
        with self.assertRaises(KeyError), self.fault.planted(self.root):
            self.assertEqual(self.file.read_text(), "# above\nold = 2\n")
            raise KeyError
        self.assertEqual(self.file.read_text(), "# above\nold = 1\n")

    def test_text_that_is_gone_or_stands_twice_is_told(self):
        for text in ("old = 3\n", "old = 1\nold = 1\n"):
            self.file.write_text(text)
            with self.subTest(text=text), self.assertRaises(TextGone), self.fault.planted(self.root):
                self.fail("It was planted.")

    def test_the_copy_leaves_out_what_is_built_or_stored(self):
        (self.root / "from" / "var").mkdir(parents=True)
        (self.root / "from" / "var" / "secret-key").write_text("s")
        (self.root / "from" / "manage.py").write_text("m")
        copy_checkout(self.root / "from", self.root / "to")
        self.assertEqual([path.name for path in (self.root / "to").iterdir()], ["manage.py"])


class JudgingTests(SimpleTestCase):
    ran = "Ran 3 tests in 0.1s\n"

    def judged(self, output: str, speaks_up: str = "") -> tuple[str, str]:
        return judge(read_outcome(output), speaks_up)

    def test_a_failed_assertion_catches_it(self):
        output = f"FAIL: test_a (tests.x.ATests.test_a) (line=3)\n{self.ran}"
        self.assertEqual(self.judged(output), (CAUGHT, "tests.x.ATests.test_a"))

    def test_a_test_that_cannot_run_has_noticed_nothing(self):
        for output in (
            f"ERROR: test_a (tests.x.ATests.test_a)\n{self.ran}",
            f"ERROR: tests.x (unittest.loader._FailedTest.tests.x)\n{self.ran}",
            f"ERROR: setUpClass (tests.x.ATests)\n{self.ran}",
            "django.core.exceptions.ImproperlyConfigured\n",
            "Ran 0 tests in 0.0s\n",
        ):
            with self.subTest(output=output):
                self.assertEqual(self.judged(output)[0], ONLY_BROKE)

    def test_a_second_line_of_defence_counts_where_it_says_what_it_must(self):
        output = f"ERROR: test_a (tests.x.ATests.test_a)\nIntegrityError: Not you.\n{self.ran}"
        self.assertEqual(self.judged(output, "IntegrityError: Not you.")[0], CAUGHT)
        self.assertEqual(self.judged(output, "IntegrityError: Not he.")[0], ONLY_BROKE)
        self.assertEqual(self.judged(f"Not you.\n{self.ran}\nOK\n", "Not you.")[0], SURVIVED)

    def test_tests_that_all_pass_let_it_survive(self):
        self.assertEqual(self.judged(f"{self.ran}\nOK\n"), (SURVIVED, "3 tests passed"))

    def test_the_words_are_those_that_unittest_prints(self):
        sample = type("Sample", (unittest.TestCase,), {"test_fails": lambda test: test.fail()})
        result = unittest.TextTestResult(_Silent(), False, 0)
        sample("test_fails").run(result)
        head = f"FAIL: {result.getDescription(result.failures[0][0])}"
        self.assertEqual(len(read_outcome(head).failed), 1)


class _Silent:
    """A stream that nobody reads."""

    def write(self, words: str) -> None: ...

    def flush(self) -> None: ...
