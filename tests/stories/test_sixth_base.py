"""The founding example at the desk in four ways: by mouse, by keyboard, by finger on a phone, and without scripts."""

import unittest
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command

from articles.models import Article
from claims.models import Appearance, Claim, Rating, Verdict
from tests.browser import BrowserTestCase
from tests.desk import LiveCast
from tests.factories import make_outlet

from .documents import COMPOSED, REAL
from .hands import Finger, Hand, Keyboard, Mouse, NoScript

FINDING = "The text under the headline speaks of a longer time."


class FourWays(LiveCast, BrowserTestCase):
    """Bilal flags, Sana confirms and proposes, Rashid approves, Amna reads."""

    def tell(self, hand: type[Hand], file: Path, claimed: str, clash: tuple[str, str]) -> None:
        self.hand, self.claimed, self.clash = hand, claimed, clash
        make_outlet("Nawaiwaqt")
        call_command("import_articles", str(file), outlet="nawaiwaqt", published=True, stdout=StringIO())
        self.first, self.second = Article.objects.order_by("latest_version__id")
        self.bilal_flags()
        self.amna_reads_of_nothing()
        sana = hand(self, self.sana)
        self.sana_confirms(sana)
        self.sana_attaches_the_line_that_repeats_it(sana)
        self.sana_finds_evidence(sana)
        self.sana_proposes(sana)
        self.amna_reads_of_nothing()
        self.rashid_approves()
        self.amna_reads()

    def flag_page(self, article: Article) -> str:
        return f"/admin/articles/article/{article.pk}/flag/"

    def bilal_flags(self) -> None:
        bilal = self.hand(self, self.bilal)
        bilal.goto(self.flag_page(self.first))
        bilal.choose_words(self.claimed, "headline")
        self.assertEqual(bilal.page.input_value("[name=statement]"), f"{capital(self.claimed)}.")
        bilal.press("[name=save]")
        bilal.page.wait_for_selector("mark.suggested")
        self.assertLessEqual(bilal.presses, 3)
        appearance = Appearance.objects.get()
        self.assertEqual((appearance.match, appearance.flagged_by), ("suggested", self.bilal))
        self.assertEqual(appearance.placements.get().exact, self.claimed)

    def sana_confirms(self, sana: Hand) -> None:
        sana.goto(f"/admin/claims/claim/{Claim.objects.get().pk}/places/")
        sana.press("[name=act][value=same]")
        sana.page.wait_for_selector("[name=act][value=same][aria-pressed=true]")
        self.assertEqual(Appearance.objects.get().confirmed_by, self.sana)

    def sana_attaches_the_line_that_repeats_it(self, sana: Hand) -> None:
        claim = Claim.objects.get()
        sana.goto(self.flag_page(self.second))
        sana.choose_words(self.claimed, "body")
        sana.press(f"[name=claim][value='{claim.pk}']")
        sana.page.wait_for_selector("mark.flagged")
        appearance = claim.appearances.get(article=self.second)
        self.assertEqual((appearance.match, appearance.role), ("same", "teaser"))

    def sana_finds_evidence(self, sana: Hand) -> None:
        sana.goto(f"/admin/claims/claim/{Claim.objects.get().pk}/change/")
        sana.press("details.add > summary")
        sana.tick("[name=evidence-stance][value=refutes]")
        sana.fill("[name=evidence-title]", "The article's own second paragraph")
        sana.fill("[name=evidence-quote]", self.clash[1])
        sana.fill("[name=evidence-source_name]", "Nawaiwaqt")
        sana.pick("[name=evidence-source_kind]", "outlet")
        sana.fill("[name=evidence-locator]", "paragraph 2")
        sana.tick("[name=evidence-level][value=primary]")
        sana.press_and_leave(".evidence-form button[type=submit]")

    def sana_proposes(self, sana: Hand) -> None:
        contradicted = Rating.objects.get(slug="contradicted")
        if sana.page.locator("details.begin[open] #verdict-form").count() == 0:
            sana.press("details.begin:has(#verdict-form) > summary")
        sana.tick(f"[name=verdict-rating][value='{contradicted.pk}']")
        sana.fill("[name=verdict-finding]", FINDING)
        self.show_preview(sana)
        self.assertIn("Contradicted", sana.page.inner_text("#as-read"))
        self.assertIn(FINDING, sana.page.inner_text("#as-read"))
        sana.press("details.clashing > summary")
        sana.fill("[name=verdict-clash_words]", self.clash[0])
        sana.fill("[name=verdict-clash_against]", self.clash[1])
        self.choose_text_that_clashes(sana)
        sana.press_and_leave("#verdict-form [name=do][value=propose]")
        verdict = Verdict.objects.get()
        self.assertEqual((verdict.publication_state, verdict.proposed_by), ("proposed", self.sana))

    def show_preview(self, sana: Hand) -> None:
        """The note is drawn while she writes."""
        sana.page.wait_for_selector(f"#as-read :text('{FINDING}')")

    def choose_text_that_clashes(self, sana: Hand) -> None:
        sana.press(f"[data-version='{self.first.live_version_id}']")

    def rashid_approves(self) -> None:
        rashid = self.hand(self, self.rashid)
        rashid.goto(f"/admin/claims/claim/{Claim.objects.get().pk}/change/")
        self.assertIn(FINDING, rashid.page.inner_text("#as-read"))
        rashid.press_and_leave("[name=do][value=approve]")
        verdict = Verdict.objects.get()
        self.assertEqual((verdict.publication_state, verdict.approved_by), ("published", self.rashid))

    def amna_reads_of_nothing(self) -> None:
        amna = self.page(width=360, javascript=False)
        for article in (self.first, self.second):
            amna.goto(article.get_absolute_url())
            self.assertEqual(amna.locator("mark").count(), 0)
        amna.context.close()

    def amna_reads(self) -> None:
        """In the headline, in the line that repeats it, in the list: on a phone, without scripts and cookies."""
        amna = self.page(width=360, javascript=False)
        amna.goto(self.first.get_absolute_url())
        self.assertEqual(amna.inner_text("h1 mark"), self.claimed)
        note = amna.inner_text(".clash")
        for said in ("Contradicted", FINDING, *self.clash):
            self.assertIn(said, note)
        amna.goto(self.second.get_absolute_url())
        self.assertEqual(amna.inner_text(".more mark"), self.claimed)
        self.assertIn("Contradicted", amna.inner_text(".more"))
        amna.click(".more a.hl")
        self.assertTrue(amna.url.endswith(self.first.get_absolute_url()))
        amna.click("text=Evidence")
        self.assertIn(self.clash[1], amna.inner_text("main"))
        amna.goto("/articles/")
        self.assertIn("Contradicted", amna.inner_text("main"))
        self.assertEqual(amna.context.cookies(), [])


class WithoutScripts(FourWays):
    """What differs where no script runs: the preview is asked for."""

    def show_preview(self, sana: Hand) -> None:
        sana.press_and_leave("#verdict-form [name=do][value=preview]")

    def choose_text_that_clashes(self, sana: Hand) -> None:
        sana.pick("[name=verdict-clash_version]", str(self.first.live_version_id))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class Real:
    """Told of the real document."""

    def tell_of(self, hand: type[Hand]) -> None:
        if not REAL.exists():
            raise unittest.SkipTest(
                "../shared/seeds is not here: the story was told of the composed file alone"
            )
        self.tell(
            hand,
            REAL,
            "sixth military base in Iraq within single week",
            ("within single week", "past few weeks"),
        )


class Composed:
    """Told of a composed file."""

    def tell_of(self, hand: type[Hand]) -> None:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "paper.txt"
            file.write_text(COMPOSED, encoding="utf-8")
            clash = ("within single month", "over the past few months")
            self.tell(hand, file, "third bridge within single month", clash)


class RealByMouseTests(Real, FourWays):
    def test_the_real_document_goes_from_flag_to_reader_by_mouse(self):
        self.tell_of(Mouse)


class RealByKeyboardTests(Real, FourWays):
    def test_the_real_document_goes_from_flag_to_reader_by_keyboard(self):
        self.tell_of(Keyboard)


class RealByFingerTests(Real, FourWays):
    def test_the_real_document_goes_from_flag_to_reader_by_finger_on_a_phone(self):
        self.tell_of(Finger)


class RealWithoutScriptsTests(Real, WithoutScripts):
    def test_the_real_document_goes_from_flag_to_reader_without_scripts(self):
        self.tell_of(NoScript)


class ComposedByMouseTests(Composed, FourWays):
    def test_a_composed_document_goes_from_flag_to_reader_by_mouse(self):
        self.tell_of(Mouse)


class ComposedWithoutScriptsTests(Composed, WithoutScripts):
    def test_a_composed_document_goes_from_flag_to_reader_without_scripts(self):
        self.tell_of(NoScript)
