"""The interface in Urdu: every string of pages and desk is translated, compiled, and keeps its placeholders."""

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.test import SimpleTestCase, TestCase
from django.utils.translation import override

from articles.models import ArticleLink
from claims.models import Evidence, Rating, Source
from claims.scale import in_words
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_claim, make_verdict

FOLDER = Path(settings.BASE_DIR) / "newsroom" / "locale" / "ur" / "LC_MESSAGES"
APPS = ("articles", "claims", "newsroom")
# The functions of gettext, and how many of their arguments are a context.
CALLS = {
    "gettext": 0,
    "gettext_lazy": 0,
    "ngettext": 0,
    "ngettext_lazy": 0,
    "pgettext": 1,
    "pgettext_lazy": 1,
}
# Words that a template hands to a tag or a filter, such as `|default:_("nobody")`.
ARGUMENT = re.compile(r'\b_\("([^"]+)"\)')
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CONTEXT_ENDS = "\x04"


def catalogue() -> dict:
    """What is compiled: the string (with its context before it), or the string and its plural form."""
    with (FOLDER / "django.mo").open("rb") as file:
        found = GNUTranslations(file)._catalog
    return {key: words for key, words in found.items() if key}


def written() -> dict:
    """What the .po says, in the same form."""
    entries = {}
    for block in (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n")[1:]:
        parts = {}
        for line in block.splitlines():
            if not line.startswith("#"):
                keyword, _space, quoted = line.partition(" ")
                parts[keyword] = ast.literal_eval(quoted)
        context = f"{parts['msgctxt']}{CONTEXT_ENDS}" if "msgctxt" in parts else ""
        key = context + parts["msgid"]
        if "msgid_plural" in parts:
            entries |= {(key, 0): parts["msgstr[0]"], (key, 1): parts["msgstr[1]"]}
        else:
            entries[key] = parts["msgstr"]
    return entries


def strings_of_templates() -> Iterator[tuple[str, str]]:
    """Each string that a template translates, of the public pages and of the desk, with the template's name."""
    folder = Path(settings.BASE_DIR) / "templates"
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        template = engines["django"].get_template(name).template
        for node in template.nodelist.get_nodes_by_type((TranslateNode, BlockTranslateNode)):
            yield name, key_of_node(node)
        for argument in ARGUMENT.findall(template.source):
            yield name, argument


def key_of_node(node: TranslateNode | BlockTranslateNode) -> str:
    """The catalogue's key for one translating tag; Django doubles the percent signs of what stands in templates."""
    context = node.message_context
    before = f"{context.var}{CONTEXT_ENDS}" if context else ""
    if isinstance(node, BlockTranslateNode):
        return before + node.render_token_list(node.singular)[0]
    return before + str(node.filter_expression.var.literal).replace("%", "%%")


def strings_of_modules() -> Iterator[tuple[str, str]]:
    """Each string that a module of ours translates, with the module's path."""
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = names_of_gettext(tree)
        for call in ast.walk(tree):
            function = names.get(getattr(getattr(call, "func", None), "id", ""), "")
            if isinstance(call, ast.Call) and function in CALLS:
                yield path.relative_to(settings.BASE_DIR).as_posix(), key_of_call(call, CALLS[function])


def modules() -> Iterator[Path]:
    """The modules of our apps; migrations repeat the words of a past day, which nobody is shown."""
    for app in APPS:
        for path in sorted((Path(settings.BASE_DIR) / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def names_of_gettext(tree: ast.Module) -> dict[str, str]:
    """What the functions of gettext are called in a module, such as “_”, with their own names."""
    return {
        name.asname or name.name: name.name
        for statement in ast.walk(tree)
        if isinstance(statement, ast.ImportFrom) and statement.module == "django.utils.translation"
        for name in statement.names
    }


def key_of_call(call: ast.Call, contexts: int) -> str:
    """The catalogue's key for one call; empty where the words are not written out in it."""
    words = [argument.value for argument in call.args[: contexts + 1] if isinstance(argument, ast.Constant)]
    return CONTEXT_ENDS.join(words) if len(words) == contexts + 1 else ""


class CatalogueTests(SimpleTestCase):
    def setUp(self) -> None:
        self.known = {key if isinstance(key, str) else key[0] for key in catalogue()}

    def test_every_string_of_the_templates_is_there(self):
        found = list(strings_of_templates())
        self.assertGreater(len(found), 600)
        self.assertEqual([entry for entry in found if entry[1] not in self.known], [])

    def test_every_string_of_the_modules_is_there(self):
        found = [entry for entry in strings_of_modules() if entry[1]]
        self.assertGreater(len(found), 1000)
        self.assertEqual([entry for entry in found if entry[1] not in self.known], [])

    def test_no_string_is_left_over_that_nothing_says_any_more(self):
        said = {key for _name, key in (*strings_of_templates(), *strings_of_modules())}
        self.assertEqual(self.known - said, set())

    def test_every_label_of_the_models_that_pages_print_is_there(self):
        for choices in (Source.Kind, Evidence.Stance, Evidence.Level, ArticleLink.Kind):
            for choice in choices:
                with self.subTest(choice=choice), override("en"):
                    self.assertIn(str(choice.label), self.known)

    def test_what_is_compiled_is_what_is_written(self):
        self.assertEqual(catalogue(), written())

    def test_translations_have_words_and_the_placeholders_of_the_original(self):
        for key, words in catalogue().items():
            original = key if isinstance(key, str) else key[0]
            with self.subTest(original=original):
                self.assertTrue(words.strip())
                self.assertEqual(set(PLACEHOLDER.findall(words)), set(PLACEHOLDER.findall(original)))


class InUrduTests(Cast, TestCase):
    def test_lists_read_from_right_to_left_and_english_headlines_keep_their_direction(self):
        article = make_article()
        make_verdict(make_claim(article=article, words="in one week"), "contradicted")
        for url in ("/ur/", "/ur/articles/"):
            with self.subTest(url=url):
                response = self.amna.get(url)
                self.assertContains(response, '<html lang="ur" dir="rtl">')
                self.assertContains(response, 'lang="en" dir="ltr"')
                self.assertContains(response, "متصادم")
        self.assertContains(self.amna.get("/ur/articles/"), "7 اپریل 2020")

    def test_the_desk_speaks_urdu_to_whoever_chose_it(self):
        article = make_article()
        verdict = make_verdict(make_claim(article=article, words="in one week"), "contradicted")
        client = signed_in(self.bilal)
        client.cookies["desk_language"] = "ur"
        claim = verdict.claim_id
        for url, words in (
            ("/admin/", "آپ کے منتظر"),
            ("/admin/claims/claim/", "متصادم"),
            (f"/admin/articles/article/{article.pk}/flag/", "پڑھیں اور نشان زد کریں"),
            (f"/admin/claims/claim/{claim}/places/", "تصدیق شدہ"),
            (f"/admin/claims/claim/{claim}/change/", "قارئین کیا دیکھتے ہیں"),
        ):
            with self.subTest(url=url):
                response = client.get(url)
                self.assertContains(response, '<html lang="ur" dir="rtl">')
                self.assertContains(response, words)

    def test_shipped_ratings_have_urdu_words_and_a_newsrooms_own_stay_as_typed(self):
        own = Rating(slug="satire", label="Satire", meaning="Meant as a joke.", mark="not-checkable")
        with override("ur"):
            for rating in Rating.objects.all():
                with self.subTest(rating=rating.slug):
                    self.assertNotEqual(in_words(rating.label), rating.label)
                    self.assertNotEqual(in_words(rating.meaning), rating.meaning)
            self.assertEqual(in_words(own.label), "Satire")

    def test_addresses_in_urdu_pages_stay_in_urdu(self):
        make_article()
        self.assertContains(self.amna.get("/ur/articles/"), 'action="/ur/articles/"')
        self.assertContains(self.amna.get("/ur/search/?q=base"), 'action="/ur/search/"')
        self.assertContains(self.amna.get('/ur/search/?q="base'), "واوین بند نہیں ہوا", status_code=400)
        self.assertContains(self.amna.get("/ur/articles/?colour=red"), "/ur/articles/", status_code=400)
