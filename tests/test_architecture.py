"""Which way things point: newsroom (the site) -> claims -> articles -> newsroom.core -> Django. Never upwards."""

import ast
from pathlib import Path
from unittest import TestCase

ROOT = Path(__file__).resolve().parent.parent
LAYERS = {"newsroom.core": 0, "articles": 1, "claims": 2, "newsroom": 3}
PURE = [
    "articles/attrs.py",
    "articles/blocks.py",
    "articles/canonical.py",
    "articles/changed_words.py",
    "articles/differences.py",
    "articles/finding.py",
    "articles/images.py",
    "articles/markdown.py",
    "articles/markdown_inline.py",
    "articles/markdown_read.py",
    "articles/markdown_write.py",
    "articles/merging.py",
    "articles/minor.py",
    "articles/runs.py",
    "articles/spans.py",
    "articles/text.py",
    "articles/tidying.py",
    "articles/importing/plain.py",
    "claims/anchoring.py",
    "claims/figures.py",
    "claims/likeness.py",
    "claims/look_alikes.py",
    "claims/unchanged.py",
    "claims/unchanged_words.py",
    "newsroom/core/hygiene.py",
    "newsroom/core/languages.py",
    "newsroom/core/search/analyse.py",
    "newsroom/core/search/likeness.py",
    "newsroom/core/search/places.py",
    "newsroom/core/search/query.py",
    "newsroom/core/search/ranking.py",
    "newsroom/core/search/snippets.py",
    "newsroom/core/search/terms.py",
    "newsroom/search_conditions.py",
]
IMPURE = {"models", "views", "admin", "forms", "settings"}


def layer_of(module: str) -> int | None:
    """The layer a dotted name belongs to; None for anything not ours."""
    for name in ("newsroom.core", "newsroom", "articles", "claims"):
        if module == name or module.startswith(name + "."):
            return LAYERS[name]
    return None


def imports_of(source: str, package: str) -> list[tuple[int, str]]:
    """Line and full dotted name of every import, relative ones resolved against the package."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found += [(node.lineno, f"{module}.{alias.name}") for alias in node.names]
    return found


def upward_imports(path: Path, source: str) -> list[str]:
    """`file:line imports name` for every import of a higher layer."""
    relative = path.relative_to(ROOT)
    package = ".".join(relative.parent.parts)
    own = layer_of(package)
    return [
        f"{relative}:{line} imports {name}"
        for line, name in imports_of(source, package)
        if (layer_of(name) or 0) > own
    ]


def modules() -> list[Path]:
    return sorted(path for top in ("newsroom", "articles", "claims") for path in (ROOT / top).rglob("*.py"))


class DirectionTests(TestCase):
    def test_no_module_imports_a_layer_above_its_own(self):
        wrong = [line for path in modules() for line in upward_imports(path, path.read_text())]
        self.assertEqual(wrong, [])

    def test_an_upward_import_is_found_with_file_and_line(self):
        source = "from django.db import models\nfrom claims.models import Claim\n"
        self.assertEqual(
            upward_imports(ROOT / "articles" / "views.py", source),
            ["articles/views.py:2 imports claims.models.Claim"],
        )

    def test_a_relative_import_is_resolved_before_it_is_judged(self):
        wrong = upward_imports(ROOT / "newsroom" / "core" / "pages.py", "from .. import urls\n")
        self.assertEqual(wrong, ["newsroom/core/pages.py:1 imports newsroom.urls"])


class PureModuleTests(TestCase):
    def test_pure_modules_import_no_models_views_or_settings(self):
        for name in PURE:
            with self.subTest(module=name):
                path = ROOT / name
                imported = imports_of(path.read_text(), ".".join(Path(name).parent.parts))
                wrong = [f"{line}: {module}" for line, module in imported if IMPURE & set(module.split("."))]
                self.assertEqual(wrong, [])

    def test_html_is_called_safe_in_one_place_only(self):
        users = [
            str(path.relative_to(ROOT))
            for path in modules()
            if any(name.endswith("mark_safe") for _, name in imports_of(path.read_text(), "x"))
        ]
        self.assertEqual(users, ["articles/text.py"])

    def test_templates_never_call_a_value_safe(self):
        for path in sorted((ROOT / "templates").rglob("*.html")):
            with self.subTest(template=str(path.relative_to(ROOT))):
                source = path.read_text()
                self.assertNotIn("|safe", source)
                self.assertNotIn("autoescape off", source)
