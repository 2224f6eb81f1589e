"""The look's promises: weight, voices, marks, logical properties, nothing inline, error pages that stand alone."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.test import SimpleTestCase
from django.utils import translation

from newsroom.templatetags.marks import MARKS, OTHER_MARKS, RATING_MARKS, draw

STATIC = settings.BASE_DIR / "newsroom" / "static" / "newsroom"
TEMPLATES = settings.BASE_DIR / "templates"
FONTS = STATIC / "fonts"
# What a reader's page loads, in its order.
SHEETS = [(STATIC / name).read_text() for name in ("ink.css", "newsroom.css")]
CSS = "\n".join(SHEETS)
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
BUDGET = 150_000
# What a long article's HTML weighs after gzip; tests/articles/test_article_page.py holds the real page to it.
HTML_ALLOWANCE = 8_000


def public_templates() -> list[Path]:
    return [path for path in sorted(TEMPLATES.rglob("*.html")) if "admin" not in path.parts]


def weight(*fonts: str) -> int:
    css = sum(len(gzip.compress(sheet.encode(), 6)) for sheet in SHEETS)
    return HTML_ALLOWANCE + css + sum((FONTS / font).stat().st_size for font in fonts)


class WeightTests(SimpleTestCase):
    def test_a_first_load_stays_within_the_budget_in_every_pair_of_languages(self):
        table = {
            "English desk, English print": ("archivo.woff2", "stix.woff2"),
            "with italics": ("archivo.woff2", "stix.woff2", "stix-italic.woff2"),
            "with names in other Latin letters": (
                "archivo.woff2",
                "stix.woff2",
                "stix-more.woff2",
                "archivo-more.woff2",
            ),
            "English desk, Urdu print": ("archivo.woff2", "nastaliq.woff2"),
            "Urdu desk, English print": ("naskh.woff2", "stix.woff2"),
            "Urdu desk, Urdu print": ("naskh.woff2", "nastaliq.woff2"),
        }
        for name, fonts in table.items():
            with self.subTest(name):
                self.assertLessEqual(weight(*fonts), BUDGET)

    def test_every_typeface_comes_with_its_licence(self):
        for face in ("stix-two-text", "archivo", "noto-nastaliq-urdu", "noto-naskh-arabic"):
            with self.subTest(face):
                self.assertIn("SIL OPEN FONT LICENSE", (FONTS / f"OFL-{face}.txt").read_text().upper())

    def test_every_font_file_is_used_and_every_used_file_is_there(self):
        named = set(re.findall(r'url\("fonts/([^"]+)"\)', CSS))
        self.assertEqual(named, {path.name for path in FONTS.glob("*.woff2")})


class StylesheetTests(SimpleTestCase):
    PHYSICAL = re.compile(
        r"(?:^|[;{]\s*)((?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
        r"|(?:min-|max-)?(?:width|height)|left|right|top|bottom)\s*:|(?:float|clear|text-align)\s*:\s*(?:left|right)",
        re.MULTILINE,
    )

    def test_the_detector_of_physical_properties_finds_them(self):
        for rule in (
            "a { margin-left: 0 }",
            "a { color: red; width: 1px }",
            "a { float: left }",
            "a {top:0}",
        ):
            with self.subTest(rule):
                self.assertRegex(rule, self.PHYSICAL)
        self.assertNotRegex(
            "@media (min-width: 1rem) { a { inline-size: 1px; float: inline-start } }", self.PHYSICAL
        )

    def test_only_logical_properties_are_used(self):
        self.assertEqual(self.PHYSICAL.findall(RULES), [])

    def test_the_desk_too_is_laid_out_by_logical_properties_in_colours_of_the_tokens(self):
        sheets = [STATIC / name for name in ("admin.css", "admin-rtl.css")]
        rules = "".join(re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL) for sheet in sheets)
        self.assertEqual(self.PHYSICAL.findall(rules), [])
        self.assertNotIn("url(", rules)
        # The header is of ink in both schemes: its colours, and no others, are fixed.
        fixed = re.findall(r"([^{}]*)\{[^}]*#[0-9a-f]{3,6}[^}]*\}", rules)
        self.assertEqual(
            [each.strip() for each in fixed if not re.search("header|desk-|html:root|site-name", each)], []
        )

    def test_nothing_is_fetched_from_elsewhere_and_nothing_is_embedded(self):
        addresses = re.findall(r"url\(([^)]*)\)", RULES)
        self.assertTrue(addresses)
        for address in addresses:
            with self.subTest(address):
                self.assertRegex(address, r'^"fonts/[a-z-]+\.woff2"$')
        self.assertNotIn("@import", RULES)

    def test_dark_is_the_same_by_the_system_and_by_the_desks_switch(self):
        _light, by_system, by_switch, *_paper = (
            re.findall(r"--[a-z0-9-]+: [^;]+;", block) for block in root_blocks()
        )
        self.assertEqual(by_system, by_switch)

    def test_text_has_a_contrast_of_seven_to_one_and_marks_of_three_and_more_in_light_and_dark(self):
        for scheme, tokens in tokens_by_scheme().items():
            for ink in ("ink", "ink-2", "pencil"):
                for ground in ("board", "sheet", "board-2"):
                    least = 7 if ground != "board-2" else 4.5
                    with self.subTest(scheme=scheme, ink=ink, ground=ground):
                        self.assertGreaterEqual(contrast(tokens[ink], tokens[ground]), least)
            for colour in ("no", "part", "yes", "open", "rule"):
                for ground in ("board", "sheet"):
                    with self.subTest(scheme=scheme, colour=colour, ground=ground):
                        self.assertGreaterEqual(contrast(tokens[colour], tokens[ground]), 3)
            for wash in ("no", "part", "yes", "open", "pencil"):
                with self.subTest(scheme=scheme, wash=wash):
                    self.assertGreaterEqual(contrast(tokens["ink"], tokens[f"{wash}-wash"]), 7)


class MarkTests(SimpleTestCase):
    def test_every_mark_has_a_symbol_a_class_and_a_line(self):
        symbols = set(re.findall(r'<symbol id="m-([a-z-]+)"', (TEMPLATES / "_marks.html").read_text()))
        self.assertEqual(symbols, MARKS)
        for name in RATING_MARKS + OTHER_MARKS:
            with self.subTest(name):
                rule = re.search(rf"(?:^|, )\.{name}(?:, [^{{]*)? \{{([^}}]*)\}}", RULES, re.MULTILINE)
                self.assertIsNotNone(rule)
                for part in ("--c:", "--w:", "--ls:", "--lw:"):
                    self.assertIn(part, rule.group(1))

    def test_every_mark_but_words_changed_can_share_words_with_a_graver_one(self):
        for name in MARKS - {"words-changed"}:
            with self.subTest(name):
                self.assertRegex(RULES, rf"\.also-{name}[ ,]")

    def test_the_sprite_holds_the_marks_the_page_used_and_no_other(self):
        page = Template(
            '{% load marks %}{% mark "false" %}{% include "_status.html" with name="true" word="True" only %}'
            "{% uses_marks more %}{% sprite %}"
        )
        html = page.render(Context({"more": ["outdated"]}))
        self.assertEqual(set(re.findall(r'<symbol id="m-([a-z-]+)"', html)), {"false", "true", "outdated"})

    def test_one_page_does_not_inherit_the_marks_of_another(self):
        page = Template("{% load marks %}{% if name %}{% mark name %}{% endif %}{% sprite %}")
        self.assertIn("m-false", page.render(Context({"name": "false"})))
        self.assertEqual(page.render(Context()).strip(), "")

    def test_an_unknown_mark_draws_nothing_and_an_unknown_size_is_refused(self):
        self.assertEqual(draw('false"><script>'), "")
        self.assertIn("mk-72", draw("false", 72))
        with self.assertRaisesMessage(ValueError, "not 17"):
            draw("false", 17)


class TemplateTests(SimpleTestCase):
    INLINE = re.compile(r"<style|<script|\sstyle\s*=|\son[a-z]+\s*=|javascript:|[\"'(]data:", re.IGNORECASE)

    def test_nothing_inline_stands_in_any_template(self):
        self.assertRegex('<p style="x">', self.INLINE)
        for path in public_templates():
            with self.subTest(path.name):
                html = re.sub(r"{%.*?%}", "", path.read_text())
                self.assertNotRegex(html, self.INLINE)


class ErrorPageTests(SimpleTestCase):
    def test_every_error_page_renders_without_a_request_and_without_context(self):
        for code in ("400", "403", "404", "410", "500"):
            with self.subTest(code):
                html = get_template(f"{code}.html").render()
                self.assertIn(f'<p class="code">{code}</p>', html)
                self.assertRegex(html, r"<title>[^<|]+ \| Newsroom</title>")
                self.assertIn('content="noindex"', html)

    def test_a_fault_of_ours_names_no_hashed_file_and_no_address_of_the_table(self):
        html = get_template("500.html").render()
        self.assertEqual(
            set(re.findall(r'href="([^"]*)"', html)),
            {"#main", "/", *(f"{settings.STATIC_URL}newsroom/{name}.css" for name in ("ink", "newsroom"))},
        )

    def test_a_withdrawn_article_gives_date_and_reason_and_the_law_its_own_number(self):
        from datetime import date

        html = get_template("410.html").render(
            {"withdrawn_on": date(2020, 5, 3), "reason": "Asked for by a person named in it.", "law": True}
        )
        for words in ("451", "3 May 2020", "Asked for by a person named in it."):
            self.assertIn(words, html)

    def test_a_refused_question_says_what_was_wrong_and_leads_back(self):
        html = get_template("400.html").render(
            {"problems": ["“colour” is no filter."], "back": "/articles/", "back_words": "All articles"}
        )
        self.assertIn("<li>“colour” is no filter.</li>", html)
        self.assertIn('<a href="/articles/">All articles</a>', html)

    def test_the_page_turns_with_the_language_of_the_interface(self):
        with translation.override("ur"):
            html = get_template("404.html").render()
        self.assertIn('<html lang="ur" dir="rtl">', html)
        self.assertIn("naskh", html)
        self.assertNotIn("archivo", html)
        self.assertNotIn("nastaliq", html)


def tokens_by_scheme() -> dict[str, dict[str, str]]:
    """The colours of :root, light and dark; dark takes from light what it does not set."""
    light, dark = (
        dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", block)) for block in root_blocks()[:2]
    )
    return {"light": light, "dark": light | dark}


def root_blocks() -> list[str]:
    return re.findall(r":root(?::where\([^{]*\))? \{([^}]*--board:[^}]*)\}", RULES)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #rrggbb colours."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
