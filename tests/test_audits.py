"""The audits find what no save() ever saw, and what they find is harmless on the page."""

from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client, TestCase

from articles.audit import audit_archive
from articles.models import Article, ArticleVersion
from claims.audit import audit_anchors
from claims.models import Claim, Placement

from .factories import make_article, make_claim, make_verdict, revise
from .guards import lifted

FIXTURES = Path(__file__).parent / "fixtures"


def load(name: str) -> None:
    """Load one of the hostile fixtures as anybody may, with plain loaddata."""
    call_command("loaddata", FIXTURES / name, verbosity=0)


def found(audit) -> set[tuple[str, str]]:
    """(kind of row, field) of every finding."""
    return {(finding.row.split()[0], finding.field) for finding in audit()}


def run(command: str) -> tuple[str, int]:
    """What the command prints, and its exit status."""
    out = StringIO()
    try:
        call_command(command, stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


class SoundArchive(TestCase):
    def test_what_the_desk_made_has_no_findings(self):
        article = make_article(standfirst="Six bases in all.", tags=["Iraq", "عراق"])
        claim = make_claim(article=article, words="sixth Iraqi base in one week")
        make_verdict(claim)
        revise(article, headline="Coalition hands over its sixth Iraqi base")
        make_article("A draft", published=False)
        self.assertEqual((found(audit_archive), found(audit_anchors)), (set(), set()))
        for command in ("audit_archive", "audit_anchors"):
            self.assertEqual(run(command), ("Nothing was found to be wrong.\n", 0))

    def test_an_audit_asks_no_more_questions_of_a_bigger_archive(self):
        for audit, queries in ((audit_archive, 8), (audit_anchors, 5)):
            for number in range(3):
                with self.subTest(audit.__name__, articles=number), self.assertNumQueries(queries):
                    list(audit())
                article = make_article(f"Base handed over, report {number}")
                make_verdict(make_claim(f"Claim {number}.", article=article, words="Base handed over"))


class HostileArticle(TestCase):
    """A fixture with unsafe links, spans past the end and wrong hashes goes through loaddata: nothing there asks."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        load("hostile.json")
        cls.article = Article.objects.get()

    def test_every_damaged_field_is_found(self):
        self.assertEqual(
            found(audit_archive),
            {
                ("articles.outlet", "site"),
                ("articles.outlet", "language"),
                ("articles.tag", "key"),
                ("articles.tag", "uri"),
                ("articles.articleversion", "headline"),
                ("articles.articleversion", "standfirst"),
                ("articles.articleversion", "body"),
                ("articles.articleversion", "body_text"),
                ("articles.articleversion", "text_sha256"),
                ("articles.articleversion", "content_sha256"),
                ("articles.article", "number"),
                ("articles.article", "headline"),
                ("articles.article", "sort_date"),
                ("articles.article", "original_url"),
                ("articles.article", "versions"),
                ("articles.article", "publications"),
                ("articles.articlelink", "url"),
            },
        )

    def test_the_command_prints_row_and_field_and_exits_1(self):
        told, status = run("audit_archive")
        self.assertEqual(status, 1)
        self.assertIn(f"articles.articleversion {self.article.live_version.uid}", told)
        self.assertIn(f"text_sha256 is '{'0' * 64}', must be '", told)
        self.assertNotIn("\x07", told)

    def test_it_is_harmless_on_every_page(self):
        pages = (
            "/",
            "/articles/",
            self.article.get_absolute_url(),
            "/tags/hostile/",
            f"/ur{self.article.get_absolute_url()}",
        )
        for address in pages:
            with self.subTest(address):
                assert_harmless(self, address)


class HostilePlaces(TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        call_command("loaddata", "newsroom", verbosity=0)
        load("hostile.json")

    def test_the_database_refuses_them_while_it_is_guarded(self):
        with self.assertRaisesMessage(DatabaseError, "do not stand"), transaction.atomic():
            load("hostile_places.json")
        self.assertFalse(Claim.objects.filter(slug="hostile").exists())

    def test_once_inside_they_are_found_and_harmless_on_the_page(self):
        with lifted():
            load("hostile_places.json")
        self.assertEqual(
            found(audit_anchors),
            {
                ("claims.placement", "version"),
                ("claims.placement", "exact"),
                ("claims.placement", "prefix"),
                ("claims.placement", "suffix"),
                ("claims.placement", "start"),
                ("claims.placement", "end"),
                ("claims.source", "number"),
                ("claims.claim", "number"),
                ("claims.claim", "ruled_at"),
                ("claims.evidence", "url"),
                ("claims.verdict", "evidence"),
                ("claims.verdict", "clash_against"),
            },
        )
        told, status = run("audit_anchors")
        self.assertEqual(status, 1)
        self.assertIn("lies outside the 25 characters of body", told)
        articles = {
            place.version.article for place in Placement.objects.filter(appearance__claim__slug="hostile")
        }
        claim = Claim.objects.get(slug="hostile")
        for address in ["/", "/claims/", claim.get_absolute_url(), claim.claimant.get_absolute_url()] + [
            article.get_absolute_url() for article in articles
        ]:
            with self.subTest(address):
                assert_harmless(self, address)

    def test_a_mark_that_does_not_fit_leaves_the_words_as_printed(self):
        article = Article.objects.get(live_version__origin_name="sixth-base.txt")
        before = words_of(article)
        with lifted():
            load("hostile_places.json")
        self.assertIn("Coalition quits sixth Iraqi base in one week", before)
        for paragraph in article.live_version.body_text.split("\n\n"):
            self.assertEqual(before.count(paragraph[:20]), words_of(article).count(paragraph[:20]))


class TamperedArchive(TestCase):
    """One field at a time, changed by hand in the database with the guards down."""

    def test_each_change_is_found_where_it_was_made(self):
        cases = {
            "headline": "Another  headline\n",
            "body_text": "Other words.",
            "text_sha256": "0" * 64,
            "content_sha256": "0" * 64,
            "number": 7,
        }
        article = make_article()
        version = ArticleVersion.objects.get()
        for field, value in cases.items():
            with self.subTest(field), lifted():
                stored = getattr(version, field)
                ArticleVersion.objects.filter(pk=version.pk).update(**{field: value})
                fields = {field for _kind, field in found(audit_archive)}
                self.assertIn(field if field != "number" else "versions", fields)
                ArticleVersion.objects.filter(pk=version.pk).update(**{field: stored})
        self.assertEqual(found(audit_archive), set())
        self.assertEqual(article.live_version, version)


def words_of(article: Article) -> str:
    return Client().get(article.get_absolute_url()).content.decode()


def assert_harmless(test: TestCase, address: str) -> None:
    """The page is there, links nowhere unsafe, and holds no markup that came with the data."""
    response = Client().get(address)
    page = response.content.decode()
    test.assertEqual(response.status_code, 200)
    test.assertNotRegex(page, r"""(?i)(href|src)\s*=\s*["']?\s*(javascript|data|ftp):""")
    test.assertNotRegex(page, r"(?i)<script>alert|<img src=x")
    test.assertNotRegex(page, r'(?i)"\s+onload=')
    test.assertNotIn("\x07", page)
    test.assertNotIn("\u202e", page)
