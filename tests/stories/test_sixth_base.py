"""From the file that came in to the verdict a reader sees: the founding example, by people in a browser."""

import unittest
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command

from articles.models import Article
from claims.models import Claim, Source, Verdict
from tests.browser import BrowserTestCase
from tests.desk import PASSWORD, LiveCast
from tests.factories import make_outlet, make_source

REAL = Path(settings.BASE_DIR).parent / "shared" / "seeds" / "nawaiwaqt-2020-04.txt"
COMPOSED = """\
Council opens third bridge within single month to ease traffic

The city council on Friday opened another bridge over the canal, an engineer said.

The council has so far opened three bridges over the past few months.

An engineer, who asked not to be named, said the next one will take longer to build.

Last ferry crosses city canal before cheering crowd

The last ferry crossed the city canal on Saturday before a cheering crowd on both banks.

Passengers will use the new bridges from now on, the operator said in a statement.

READ MORE: Council opens third bridge within single month to ease traffic
The operator has not said what will become of the two boats.
"""


class Story(LiveCast, BrowserTestCase):
    """A reporter flags, a fact-checker proposes, a verdict editor approves, a reader reads."""

    def tell(self, file: Path, claimed: str, clash: tuple[str, str]) -> None:
        make_outlet("Nawaiwaqt")
        make_source("Rudaw", "outlet")
        call_command("import_articles", str(file), outlet="nawaiwaqt", published=True, stdout=StringIO())
        first, second = Article.objects.order_by("latest_version__id")
        self.nothing_is_said_of(first)
        self.flag(first, claimed, "The third or sixth of them within so short a time.")
        self.place_again(second, claimed)
        self.nothing_is_said_of(first)
        self.find_evidence(clash[1], first)
        self.propose(first, clash)
        self.nothing_is_said_of(first)
        self.approve()
        self.read(first, second, claimed, clash)

    def sign_in(self, person):
        desk = self.page()
        desk.goto("/admin/")
        desk.fill("#id_username", person.username)
        desk.fill("#id_password", PASSWORD)
        desk.click("input[type=submit]")
        return desk

    def nothing_is_said_of(self, article: Article) -> None:
        reader = self.page(javascript=False)
        reader.goto(article.get_absolute_url())
        self.assertEqual(reader.locator("mark").count(), 0)
        reader.context.close()

    def flag(self, article: Article, words: str, statement: str) -> None:
        desk = self.sign_in(self.sana)
        desk.goto(f"/admin/articles/article/{article.pk}/change/")
        desk.click("text=Flag a claim")
        desk.fill("[name=statement]", statement)
        desk.click("input[name=_save]")
        self.fill_place(desk, "headline", words, "asserts")
        self.desk = desk

    def fill_place(self, desk, field: str, words: str, role: str) -> None:
        desk.check(f"[name=field][value={field}]")
        desk.fill("[name=words]", words)
        desk.select_option("[name=role]", role)
        desk.click("input[type=submit].default")
        self.assertIn("The claim stands on", desk.inner_text(".messagelist"))

    def place_again(self, article: Article, words: str) -> None:
        claim = Claim.objects.get()
        self.desk.goto(f"/admin/claims/claim/{claim.pk}/act/place/?article={article.pk}")
        self.fill_place(self.desk, "body", words, "teaser")

    def find_evidence(self, quote: str, article: Article) -> None:
        claim, source = Claim.objects.get(), Source.objects.get().pk
        self.desk.goto(f"/admin/claims/evidence/add/?claim={claim.pk}&source={source}")
        self.desk.select_option("[name=stance]", "refutes")
        self.desk.select_option("[name=level]", "primary")
        self.desk.fill("[name=title]", "The article's own second paragraph")
        self.desk.fill("[name=quote]", quote)
        self.desk.fill("[name=locator]", "paragraph 2")
        self.desk.click("input[name=_save]")

    def propose(self, article: Article, clash: tuple[str, str]) -> None:
        claim = Claim.objects.get()
        version = article.live_version_id
        self.desk.goto(f"/admin/claims/verdict/add/?claim={claim.pk}&clash_version={version}")
        self.desk.select_option("[name=rating]", label="Contradicted")
        self.desk.fill("[name=finding]", "The text under the headline speaks of a longer time.")
        self.desk.fill("[name=as_of]", "2020-04-12")
        self.desk.fill("[name=clash_words]", clash[0])
        self.desk.fill("[name=clash_against]", clash[1])
        self.desk.click("input[name=_save]")
        verdict = Verdict.objects.get()
        self.desk.goto(f"/admin/claims/verdict/{verdict.pk}/act/approve/")
        self.assertEqual(self.desk.locator("form.act").count(), 0)
        self.desk.goto(f"/admin/claims/verdict/{verdict.pk}/act/propose/")
        self.desk.click("input[type=submit].default")

    def approve(self) -> None:
        verdict = Verdict.objects.get()
        desk = self.sign_in(self.rashid)
        desk.goto(f"/admin/claims/verdict/{verdict.pk}/change/")
        desk.click(f"a[href$='/{verdict.pk}/act/approve/']")
        desk.click("input[type=submit].default")
        verdict.refresh_from_db()
        self.assertEqual((verdict.publication_state, verdict.approved_by), ("published", self.rashid))

    def read(self, first: Article, second: Article, words: str, clash: tuple[str, str]) -> None:
        reader = self.page(width=360, javascript=False)
        reader.goto(first.get_absolute_url())
        self.assertEqual(reader.inner_text("h1 mark"), words)
        note = reader.inner_text(".clash")
        for said in ("Contradicted", *clash):
            self.assertIn(said, note)
        self.assertEqual(reader.context.cookies(), [])
        reader.goto(second.get_absolute_url())
        self.assertEqual(reader.inner_text(".more mark"), words)
        self.assertIn("Contradicted", reader.inner_text(".more"))
        reader.click(".more a.hl")
        self.assertTrue(reader.url.endswith(first.get_absolute_url()))
        reader.click("text=Evidence")
        self.assertIn(clash[1], reader.inner_text("main"))
        reader.goto("/articles/")
        self.assertIn("Contradicted", reader.inner_text("main"))


class RealSeedTests(Story):
    def test_the_real_document_comes_in_and_its_headline_is_shown_as_contradicted(self):
        if not REAL.exists():
            raise unittest.SkipTest(
                "../shared/seeds is not here: the story was told of the composed file alone"
            )
        self.tell(
            REAL, "sixth military base in Iraq within single week", ("within single week", "past few weeks")
        )


class ComposedTests(Story):
    def test_a_composed_document_comes_in_and_its_headline_is_shown_as_contradicted(self):
        with TemporaryDirectory() as folder:
            file = Path(folder) / "paper.txt"
            file.write_text(COMPOSED, encoding="utf-8")
            self.tell(
                file, "third bridge within single month", ("within single month", "over the past few months")
            )
