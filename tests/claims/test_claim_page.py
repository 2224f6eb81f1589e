"""The page of one claim: what was found, on what, where it was printed, and what never shows."""

import re
from datetime import date, timedelta

from django.test import TestCase
from django.utils import timezone

from articles.models import Article
from claims import workflow
from claims.claim_page import cut_at_word
from claims.models import Claim, Verdict
from tests.claims.test_reading import CLAIM, HEADLINE, PARAGRAPHS, words_of
from tests.desk import Cast
from tests.factories import (
    clock,
    make_article,
    make_claim,
    make_evidence,
    make_source,
    make_verdict,
    place,
    revise,
    show_checking,
    teaser,
)


class ClaimPageCase(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(HEADLINE, PARAGRAPHS)
        self.claim = make_claim(
            "The coalition left its sixth base within one week.", article=self.article, words=CLAIM
        )

    def page(self, claim=None, prefix=""):
        claim = Claim.objects.get(pk=(claim or self.claim).pk)
        answer = self.amna.get(prefix + claim.get_absolute_url())
        self.assertEqual(answer.status_code, 200)
        return answer.content.decode()

    def section(self, html, name):
        """The words of the section whose heading is `name`."""
        sections = re.findall(r'<section[^>]*class="sec"[^>]*>.*?</section>', html, re.DOTALL)
        return next(words for words in map(words_of, sections) if words.startswith(name))


class AddressTests(ClaimPageCase):
    def test_a_claim_is_public_with_a_published_verdict_or_when_shown_as_being_checked(self):
        self.assertEqual(self.amna.get(self.claim.get_absolute_url()).status_code, 404)
        show_checking(self.claim)
        self.assertEqual(self.amna.get(self.claim.get_absolute_url()).status_code, 200)
        workflow.hide_checking(self.claim, by=self.sana)
        self.assertEqual(self.amna.get(self.claim.get_absolute_url()).status_code, 404)
        verdict = make_verdict(self.claim, "false", published=False)
        self.assertEqual(self.amna.get(self.claim.get_absolute_url()).status_code, 404)
        workflow.approve(verdict, by=self.rashid)
        self.assertEqual(self.amna.get(self.claim.get_absolute_url()).status_code, 200)

    def test_the_number_decides_and_wrong_words_lead_to_the_right_address(self):
        make_verdict(self.claim, "false")
        for prefix in ("", "/ur"):
            for wrong in (f"{prefix}/claims/{self.claim.number}-x/", f"{prefix}/claims/{self.claim.number}/"):
                with self.subTest(wrong):
                    answer = self.amna.get(wrong)
                    self.assertEqual(answer.status_code, 301)
                    self.assertEqual(answer["Location"], prefix + self.claim.get_absolute_url())

    def test_a_claim_that_is_not_public_is_not_found_by_its_number_either(self):
        self.assertEqual(self.amna.get(f"/claims/{self.claim.number}/").status_code, 404)

    def test_a_merged_claim_leads_to_the_other_while_that_is_public(self):
        other = make_claim("Six bases were left in a week.")
        workflow.merge(self.claim, other, by=self.sana, reason="The same.")
        self.assertEqual(self.amna.get(self.claim.get_absolute_url()).status_code, 404)
        make_verdict(other, "false")
        self.assertRedirects(self.amna.get(self.claim.get_absolute_url()), other.get_absolute_url())


class VerdictTests(ClaimPageCase):
    def test_the_band_has_word_finding_day_and_both_names(self):
        make_verdict(
            self.claim,
            "contradicted",
            finding="The six handovers ran for three weeks.",
            qualifier="by its own text",
            explanation="We counted the days.\n\nTwo fell in the last seven.",
            as_of=date(2020, 4, 12),
            known="Day and place of each.",
            unknown="Who wrote the headline.",
            would_settle="A seventh record.",
            clash_words="in one week",
            clash_against="over the past few weeks",
            clash_version=self.article.live_version,
        )
        html = self.page()
        band = re.search(r'<section class="verdict contradicted".*?</section>', html, re.DOTALL).group()
        self.assertIn("mk-72", band)
        for words in (
            "Contradicted by its own text",
            "The six handovers ran for three weeks.",
            "As of 12 April 2020. Researched by Sana Haider, approved by Rashid Mahmood.",
            "Verdict 1 of 1",
        ):
            self.assertIn(words, words_of(band))
        self.assertIn("<p>Two fell in the last seven.</p>", html)
        self.assertIn(
            "Known Day and place of each. Not known Who wrote the headline. What would settle it A seventh record.",
            words_of(html),
        )

    def test_being_checked_has_a_page_without_a_verdict(self):
        show_checking(self.claim, "We are counting the handovers.")
        html = self.page()
        self.assertIn('<section class="verdict being-checked"', html)
        self.assertIn("We are counting the handovers.", html)
        self.assertNotIn("Evidence", html)
        self.assertIn("being checked.", self.section(html, "Cite"))

    def test_a_verdict_under_review_stays_and_says_so(self):
        make_verdict(self.claim, "false", finding="The record shows three weeks.")
        workflow.reopen(self.claim, by=self.rashid, reason="A new statement came.", shown=True)
        html = self.page()
        self.assertIn('<section class="verdict false"', html)
        self.assertIn(
            "Under review. This verdict is being looked at again. A new statement came.", words_of(html)
        )
        self.assertTrue(
            self.section(html, "Verdicts").startswith("Verdicts on this claim Under review Since")
        )

    def test_the_trail_keeps_every_verdict_readers_saw_and_counts_no_other(self):
        with clock("2020-04-08 09:00"):
            make_verdict(self.claim, "misleading", finding="The week is not in the record.")
            workflow.reopen(self.claim, by=self.rashid, reason="More dates.", shown=False)
            returned = make_verdict(
                self.claim, "half-true", finding="Nobody ever read this.", published=False
            )
            workflow.send_back(returned, by=self.rashid, note="Count again.")
        with clock("2020-04-12 09:00"):
            make_verdict(Claim.objects.get(pk=self.claim.pk), "contradicted", finding="Three weeks.")
        html = self.page()
        trail = self.section(html, "Verdicts")
        self.assertEqual(
            trail,
            "Verdicts on this claim Contradicted Verdict 2, 12 April 2020 Three weeks. "
            "Misleading Verdict 1, 8 April 2020 The week is not in the record. Until 12 April 2020.",
        )
        self.assertIn("Verdict 2 of 2", html)
        self.assertNotIn("Nobody ever read this.", html)
        self.assertIn("verdict 2, 12 April 2020.", self.section(html, "Cite"))

    def test_a_verdict_that_was_taken_back_says_why(self):
        verdict = make_verdict(self.claim, "false")
        workflow.retract(verdict, by=self.rashid, reason="The source was forged.")
        show_checking(Claim.objects.get(pk=self.claim.pk))
        html = self.page()
        self.assertIn('<section class="verdict being-checked"', html)
        self.assertIn("Taken back: The source was forged.", self.section(html, "Verdicts"))

    def test_who_said_it_and_when_stands_under_the_claim(self):
        spokesman = make_source("a military source", "anonymous", parent=make_source("Rudaw", "outlet"))
        table = [
            (
                {"claimant": spokesman},
                "Claimed by a military source through Rudaw. Not named: The article gives no reason.",
            ),
            ({"claimant": None}, "No speaker is named."),
            ({"said_on": date(2020, 4, 7), "said_precision": "day"}, "Said on 7 April 2020."),
            (
                {
                    "said_on": date(2020, 1, 3),
                    "said_precision": "day",
                    "said_as": "on Jan. 3",
                    "said_inferred": True,
                },
                "Said on 3 January 2020. Printed as “on Jan. 3”. Part of the date is inferred.",
            ),
            ({"said_on": date(2020, 1, 1), "said_precision": "month"}, "Said in January 2020."),
        ]
        for number, (details, words) in enumerate(table):
            claim = make_claim(f"Claim {number}", **details)
            make_verdict(claim, "true")
            with self.subTest(words):
                self.assertIn(words.replace(" .", "."), words_of(self.page(claim)).replace(" .", "."))


class EvidenceTests(ClaimPageCase):
    def test_for_and_against_stand_apart_and_a_missing_side_is_said(self):
        make_evidence(self.claim, "Rudaw, 7 April 2020", quote="the sixth handover in just three weeks")
        make_verdict(self.claim, "false")
        html = self.page()
        against = self.section(html, "Evidence against")
        for words in (
            "Rudaw, 7 April 2020",
            "“the sixth handover in just three weeks”",
            "Primary. Source: Rudaw",
        ):
            self.assertIn(words, against)
        self.assertIn("We looked for it and found none.", self.section(html, "Evidence for the claim"))
        self.assertIn('href="https://example.org/sixth-handover"', html)

    def test_secondary_evidence_says_why_and_copies_of_one_report_count_once(self):
        for title in ("AP, 20 March", "The Hill, 20 March"):
            make_evidence(
                self.claim, title, level="secondary", level_reason="quotes the coalition", origin="AP"
            )
        make_evidence(self.claim, "The record", locator="page 3")
        make_verdict(self.claim, "false")
        against = self.section(self.page(), "Evidence against")
        self.assertIn("3 pieces from 2 origins. Copies of one report count once.", against)
        self.assertIn("Secondary: quotes the coalition.", against)
        self.assertEqual(against.count("Origin: AP (so is 1 other piece)"), 2)
        self.assertIn("Where in it: page 3.", against)

    def test_the_archives_own_words_are_linked_while_they_are_public(self):
        make_evidence(self.claim, "Its own paragraph 2", version=self.article.live_version, url="")
        make_verdict(self.claim, "contradicted")
        self.assertIn("Read it in this archive", self.page())
        Article.objects.filter(pk=self.article.pk).update(public_from=timezone.now() + timedelta(days=1))
        self.assertNotIn("Read it in this archive", self.page())

    def test_two_dated_events_draw_the_days_and_a_table(self):
        for base, day, title in (
            ("al-Qaim", date(2020, 3, 17), "AP"),
            ("al-Qaim", date(2020, 3, 17), "The Hill"),
            ("Abu Ghraib", date(2020, 4, 7), "Rudaw"),
        ):
            make_evidence(self.claim, title, source=make_source(title, "agency"), event=base, event_on=day)
        make_verdict(self.claim, "contradicted")
        html = self.page()
        days = re.search(r'<ol class="strip".*?</ol>', html, re.DOTALL).group()
        self.assertEqual(days.count("<li"), 22)
        self.assertEqual(
            re.findall(r'class="hit"><small>(\w*)</small>(\d+)', days), [("Mar", "17"), ("", "7")]
        )
        self.assertIn("1 17 March 2020 al-Qaim AP; The Hill 2 7 April 2020 Abu Ghraib Rudaw", words_of(html))

    def test_one_event_draws_nothing_and_years_apart_draw_no_strip(self):
        make_evidence(self.claim, "One", event="al-Qaim", event_on=date(2020, 3, 17))
        make_verdict(self.claim, "contradicted")
        self.assertNotIn("Day by day", self.page())
        other = make_claim("Another")
        make_evidence(other, "One", event="al-Qaim", event_on=date(2018, 3, 17))
        make_evidence(other, "Two", event="K-1", event_on=date(2020, 3, 17))
        make_verdict(other, "true")
        html = self.page(other)
        self.assertIn("Day by day", html)
        self.assertNotIn('class="strip"', html)


class PlacesTests(ClaimPageCase):
    def places(self, claim=None):
        html = self.page(claim)
        found = re.search(r'<ul class="places">(.*?)</ul>', html, re.DOTALL)
        return [words_of(item) for item in found.group(1).split("<li>")[1:]] if found else []

    def test_every_place_is_listed_with_its_words_and_linked_to_them(self):
        convoy = make_article(
            "Convoy crosses", ["It crossed.", teaser(HEADLINE)], printed_date=date(2020, 4, 8)
        )
        place(self.claim, convoy, CLAIM, role="teaser")
        make_verdict(self.claim, "contradicted")
        first, second = self.places()
        self.assertIn("Contradicted : headline, asserted. The words stand as they were checked.", first)
        self.assertIn("Contradicted : a READ MORE line, repeated.", second)
        self.assertIn(CLAIM, second)
        html = self.page()
        for article in (self.article, convoy):
            link = f"{article.get_absolute_url()}#claim-{self.claim.number}"
            self.assertIn(f'href="{link}"', html)
            self.assertIn(
                f'id="claim-{self.claim.number}"', self.amna.get(article.get_absolute_url()).content.decode()
            )

    def test_words_that_changed_after_the_check_say_so(self):
        make_verdict(self.claim, "false")
        revise(self.article, headline="Coalition hands over fifth Iraqi base in one week")
        (only,) = self.places()
        self.assertIn("Coalition hands over fifth Iraqi base in one week", only)
        self.assertIn(
            "Words changed , verdict was False: headline, asserted. The words checked here were changed on",
            only,
        )
        self.assertIn("; see the version that was checked , of 8 April 2020.", only)

    def test_words_that_went_after_the_check_say_so(self):
        make_verdict(self.claim, "false")
        revise(self.article, headline="Coalition hands over another base")
        (only,) = self.places()
        self.assertIn("Coalition hands over another base", only)
        self.assertIn(
            "Words changed , verdict was False: headline, asserted. The words checked here were changed on",
            only,
        )
        self.assertIn("; see the version that was checked , of 8 April 2020.", only)

    def test_a_denial_is_told_without_the_mark_of_the_claim(self):
        place(
            self.claim,
            make_article("Army denies it", ["We did not leave the base."]),
            "We did not leave",
            role="denies",
        )
        make_verdict(self.claim, "false")
        html = self.page()
        item = html[html.index("Army denies it") :]
        item = item[: item.index("</li>")]
        self.assertIn("Denies a claim rated False", item)
        self.assertNotIn("<svg", item)
        self.assertNotIn("<mark", item)
        self.assertIn("<b>We did not leave</b>", item)

    def test_drafts_exempt_places_and_other_matches_are_not_listed(self):
        hidden = make_article("A draft", ["It says " + CLAIM], published=False)
        place(self.claim, hidden, CLAIM)
        exempt = place(self.claim, make_article("Satire", ["Haha " + CLAIM]), CLAIM)
        workflow.exempt(exempt.appearance, by=self.rashid, reason="Satire.")
        place(self.claim, make_article("Unsure", ["Maybe " + CLAIM]), CLAIM, match="unsure")
        make_verdict(self.claim, "false")
        self.assertEqual(len(self.places()), 1)

    def test_the_neighbours_of_a_passage_end_at_whole_words_of_its_paragraph(self):
        whole = "x" * 5 + " was behind the attacks. They gr"
        table = [
            ((whole, whole), {}, "xxxxx was behind the attacks. They …"),
            ((whole, whole), {"first": True}, "… was behind the attacks. They gr"),
            (("begins here ", "begins here "), {"first": True}, "begins here "),
            (("after the break ", whole + "\n\nafter the break "), {"first": True}, "after the break "),
        ]
        for given, more, expected in table:
            with self.subTest(given):
                self.assertEqual(cut_at_word(*given, **more), expected)


class NothingLeaksTests(ClaimPageCase):
    def test_the_page_is_byte_for_byte_the_same_without_what_is_not_public(self):
        make_evidence(self.claim, "Rudaw")
        make_verdict(self.claim, "false")
        before = self.page()

        workflow.reopen(self.claim, by=self.rashid, reason="Quietly.", shown=False)
        make_evidence(self.claim, "Found since, and not weighed yet")
        draft = make_verdict(self.claim, "true", published=False, proposed=False)
        place(self.claim, make_article("A draft", ["It says " + CLAIM], published=False), CLAIM)
        place(self.claim, make_article("Elsewhere", ["It says " + CLAIM]), CLAIM, match="suggested")
        make_claim("Only flagged.", article=self.article, words="military source")

        self.assertEqual(draft.publication_state, Verdict.Publication.DRAFT)
        self.assertEqual(self.page(), before)

    def test_the_number_of_queries_is_constant(self):
        make_verdict(self.claim, "false")
        with self.assertNumQueries(6):
            self.page_once()
        for number in range(20):
            text = f"Paper {number} says {CLAIM}"
            place(self.claim, make_article(f"Article {number}", [text]), CLAIM)
        workflow.reopen(self.claim, by=self.rashid, reason="More.", shown=False)
        for number in range(20):
            make_evidence(self.claim, f"Evidence {number}", source=make_source(f"Source {number}", "agency"))
        make_verdict(Claim.objects.get(pk=self.claim.pk), "contradicted")
        with self.assertNumQueries(6):
            self.page_once()

    def page_once(self):
        return self.amna.get(self.claim.get_absolute_url())
