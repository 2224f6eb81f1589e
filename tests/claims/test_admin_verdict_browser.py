"""A verdict in Chromium: written with its note beside it, proposed, approved by a second person, seen by a reader."""

from claims.models import Claim, Evidence, Verdict
from tests.browser import BrowserTestCase
from tests.desk import LiveCast
from tests.factories import make_article, make_claim, make_evidence, make_verdict
from tests.html_checks.axe import axe_violations

from .test_admin_verdict_desk import page_of

FINDING = "The sixth handover in three weeks, not in one."


class VerdictInChromiumTests(LiveCast, BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.claim = make_claim(article=self.article, words="sixth Iraqi base in one week")

    def open(self, person, **more):
        page = self.page(user=person, **more)
        page.goto(page_of(self.claim))
        return page

    def choose(self, page, rating: str) -> None:
        page.check(f".rating.{rating} input")

    def test_from_the_evidence_to_the_reader_without_leaving_the_page(self):
        page = self.open(self.sana)
        page.click("text=Assign to me")
        self.assertIn("“Assigned”", page.inner_text(".messagelist"))
        self.add_evidence(page)
        self.choose(page, "contradicted")
        page.fill("#id_verdict-finding", FINDING)
        self.assertEqual(page.inner_text(".count"), "16 words left")
        page.wait_for_selector(f"#as-read .finding:has-text('{FINDING}')")
        self.take_the_clash_from_print(page)
        page.wait_for_selector("#as-read .pair q:has-text('in the past few weeks')")
        drawn = page.inner_text("#as-read .clash")
        page.click("button[value=propose]")
        self.assertIn("Somebody else must approve it now.", page.inner_text(".messagelist"))
        self.approve(drawn)

    def add_evidence(self, page) -> None:
        page.click(".add > summary")
        page.check("text=Speaks against the claim")
        page.fill("#id_evidence-title", "Rudaw, 7 April 2020")
        page.fill("#id_evidence-source_name", "Rudaw")
        page.select_option("#id_evidence-source_kind", "outlet")
        page.fill("#id_evidence-url", "https://example.org/sixth")
        page.check("text=Primary")
        page.click(".evidence-form button[type=submit]")
        self.assertEqual(Evidence.objects.get().source.name, "Rudaw")

    def take_the_clash_from_print(self, page) -> None:
        """The second phrase is selected where it was printed; the first is part of the claim's own words."""
        page.click("text=Two printings clash")
        page.fill("#id_verdict-clash_words", "in one week")
        page.click("[data-version]")
        line = page.locator(".printed-text p", has_text="Six bases")
        line.evaluate(
            """(line) => {
              const words = "in the past few weeks", at = line.textContent.indexOf(words);
              document.getSelection().setBaseAndExtent(line.firstChild, at, line.firstChild, at + words.length);
            }"""
        )
        page.click("[data-take=id_verdict-clash_against]")
        self.assertEqual(page.input_value("#id_verdict-clash_against"), "in the past few weeks")

    def approve(self, drawn: str) -> None:
        second = self.open(self.rashid)
        self.assertEqual(second.inner_text("#as-read .clash"), drawn)
        second.fill("#id_decision-note", "The dates are right.")
        second.click("button[value=approve]")
        self.assertIn("The verdict is public.", second.inner_text(".messagelist"))
        reader = self.page()
        reader.goto(self.article.get_absolute_url())
        self.assertEqual(reader.inner_text(".clash").split(), drawn.split())

    def test_evidence_added_meanwhile_costs_no_typed_word(self):
        page = self.open(self.sana)
        self.choose(page, "contradicted")
        page.fill("#id_verdict-finding", FINDING)
        page.click("text=Two printings clash")
        page.fill("#id_verdict-clash_words", "in one week")
        page.fill("#id_verdict-clash_against", "in the past few weeks")
        page.click("[data-version]")
        clash = page.input_value("#id_verdict-clash_version")
        page.click("button[value=propose]")
        self.assertIn("Add the evidence first", page.inner_text("#verdict-form"))
        self.add_evidence(page)
        page.wait_for_selector(".put-back")
        self.assertTrue(page.is_checked(".rating.contradicted input"))
        self.assertEqual(page.input_value("#id_verdict-finding"), FINDING)
        self.assertEqual(page.input_value("#id_verdict-clash_version"), clash)
        page.wait_for_selector(f"#as-read .finding:has-text('{FINDING}')")
        page.click("button[value=save]")
        self.assertEqual(Verdict.objects.get().finding, FINDING)
        page.reload()
        self.assertFalse(page.is_visible(".put-back"))

    def test_the_marks_of_other_claims_in_the_paragraph_have_their_symbols(self):
        other = make_claim("Another.", article=self.article, words="Iraqi base")
        make_verdict(other, "true")
        make_verdict(self.claim, "false")
        page = self.open(self.rashid)
        for link in page.locator("#as-read .cell use").all():
            self.assertEqual(page.locator(f"symbol{link.get_attribute('href')}").count(), 1)
        self.assertEqual(page.locator("#as-read .cell use").count(), 2)

    def test_the_same_without_a_script(self):
        make_evidence(self.claim)
        page = self.open(self.sana, javascript=False)
        self.choose(page, "false")
        page.fill("#id_verdict-finding", FINDING)
        page.click("text=Preview")
        self.assertIn(FINDING, page.inner_text("#as-read"))
        self.assertEqual(page.input_value("#id_verdict-finding"), FINDING)
        self.assertFalse(Verdict.objects.exists())
        page.click("button[value=propose]")
        second = self.open(self.rashid, javascript=False)
        second.click("button[value='send-back']")
        self.assertIn("Say what is missing", second.inner_text(".decide"))
        second.click("button[value=approve]")
        self.assertEqual(Claim.objects.get().work_state, "published")
        reader = self.page(javascript=False)
        reader.goto(self.article.get_absolute_url())
        self.assertIn(FINDING, reader.inner_text("main"))

    def test_whoever_proposed_reads_why_they_do_not_approve(self):
        make_evidence(self.claim)
        page = self.open(self.rashid)
        self.choose(page, "true")
        page.fill("#id_verdict-finding", FINDING)
        page.click("button[value=propose]")
        self.assertIn(
            "You proposed this verdict, so somebody else must approve it.", page.inner_text(".second")
        )
        self.assertEqual(page.locator("button[value=approve]").count(), 0)

    def test_when_the_note_cannot_be_drawn_the_words_stay(self):
        page = self.open(self.sana)
        page.fill("#id_verdict-finding", FINDING)
        page.context.clear_cookies()
        self.choose(page, "true")
        page.wait_for_selector("#as-read .failed")
        self.complaints.clear()  # the browser names the refused question, as it should
        self.assertEqual(page.input_value("#id_verdict-finding"), FINDING)

    def test_the_page_is_sound_for_everybody_at_every_width(self):
        make_evidence(self.claim)
        for width, dark in ((1280, False), (360, False), (1280, True)):
            with self.subTest(width=width, dark=dark):
                page = self.open(self.sana, width=width, dark=dark)
                page.evaluate(
                    "document.querySelectorAll('.claim-desk details').forEach((each) => { each.open = true; })"
                )
                self.choose(page, "contradicted")
                page.wait_for_selector("#as-read .clash, #as-read .note")
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                self.assertLessEqual(wide, 0)
                self.assertEqual(axe_violations(page, preload=False), [])
