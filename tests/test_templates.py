"""Every template compiles and keeps to what the content security policy and the one escaping rule rest on."""

import re
from pathlib import Path

from django.template import engines
from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parent.parent
COMMENT = re.compile(r"{#.*?#}|{% comment.*?{% endcomment %}|<!--.*?-->", re.DOTALL)
FORBIDDEN = {
    "an inline style": r"<style\b|<[a-z][^>{]*\sstyle\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)[^>]*>|<[a-z][^>]*\son[a-z]+\s*=|javascript:",
    "a way round escaping": r"\|\s*(safe|safeseq)\b|{%\s*autoescape\s+off|{%\s*debug\b",
    "a file from another host": r"<(?:script|img|link|iframe|source)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//",
}


def templates() -> list[Path]:
    folders = [ROOT / "templates", *ROOT.glob("*/templates"), *ROOT.glob("newsroom/*/templates")]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def faults(source: str) -> list[str]:
    text = COMMENT.sub("", source)
    return [name for name, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)]


class TemplateTests(SimpleTestCase):
    def test_every_template_compiles(self):
        self.assertTrue(templates())
        for path in templates():
            with self.subTest(template=str(path.relative_to(ROOT))):
                engines["django"].from_string(path.read_text())

    def test_no_template_breaks_the_rules(self):
        for path in templates():
            with self.subTest(template=str(path.relative_to(ROOT))):
                self.assertEqual(faults(path.read_text()), [])

    def test_the_rules_find_what_they_forbid(self):
        table = [
            ('<p style="color: red">', ["an inline style"]),
            ("<style>p {}</style>", ["an inline style"]),
            ("<script>alert()</script>", ["an inline script"]),
            ('<a onclick="go()">', ["an inline script"]),
            ('<a href="javascript:go()">', ["an inline script"]),
            ("{{ headline|safe }}", ["a way round escaping"]),
            ("{% autoescape off %}", ["a way round escaping"]),
            ('<img alt="" src="//example.org/a.png">', ["a file from another host"]),
            ('<script src="{% static "admin.js" %}" defer></script>', []),
            ('<a href="https://example.org/">the source</a>', []),
            ("{# never |safe here #}<p>Safe and sound, online = always.</p>", []),
        ]
        for source, expected in table:
            with self.subTest(source=source):
                self.assertEqual(faults(source), expected)
