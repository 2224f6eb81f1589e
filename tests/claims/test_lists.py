"""The list of claims, the page of a source and the scale: only what is public, in the same number of queries."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from claims import workflow
from claims.models import Claim, Rating, Source
from tests.desk import Cast
from tests.factories import (
    clock,
    make_article,
    make_claim,
    make_evidence,
    make_outlet,
    make_source,
    make_verdict,
    place,
    show_checking,
)

LIST = "/claims/"


class ListCase(Cast, TestCase):
    def page(self, url: str = LIST, **parameters):
        response = self.amna.get(url, parameters)
        self.assertEqual(response.status_code, 200)
        return response

    def statements(self, **parameters) -> list[str]:
        return [entry.claim.statement for entry in self.page(**parameters).context["entries"]]

    def count(self, url: str, parameters: dict | None = None) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.assertEqual(self.amna.get(url, parameters or {}).status_code, 200)
        return len(captured)


def rule(statement: str, rating: str, day: str, **details) -> Claim:
    """A claim with a published verdict of that day."""
    claim = make_claim(statement, **details)
    with clock(f"{day} 09:00"):
        make_verdict(claim, rating)
    return claim


class WhatIsListedTests(ListCase):
    def test_ruled_claims_by_their_rulings_with_what_is_checked_above(self):
        rule("Ruled first.", "true", "2020-04-10")
        rule("Ruled last.", "false", "2020-04-12")
        make_claim("Looked at.", checking=True)
        response = self.page()
        self.assertEqual(
            [entry.claim.statement for entry in response.context["entries"]], ["Ruled last.", "Ruled first."]
        )
        self.assertEqual([entry.claim.statement for entry in response.context["checking"]], ["Looked at."])

    def test_nothing_hidden_is_listed(self):
        make_claim("Flagged only.")
        make_verdict(make_claim("Proposed only."), "false", published=False)
        taken_back = make_verdict(make_claim("Taken back."), "false")
        workflow.retract(taken_back, by=self.rashid, reason="The date was misread.")
        merged = make_claim("Merged.", checking=True)
        workflow.merge(merged, rule("Ruled.", "true", "2020-04-10"), by=self.sana, reason="The same.")
        response = self.page()
        self.assertEqual(self.statements(), ["Ruled."])
        self.assertEqual(response.context["checking"], [])

    def test_a_line_says_mark_word_finding_claimant_and_places(self):
        article = make_article()
        claim = make_claim(
            article=article, words="in one week", claimant=make_source("a spokesman", "person")
        )
        denying = make_article("The ministry denies it", ["It was not in one week."])
        place(claim, denying, "in one week", role="denies")
        make_verdict(claim, "contradicted", qualifier="by its own text", finding="It took three weeks.")
        response = self.page()
        self.assertContains(
            response, "<strong>Contradicted</strong> <bdi>by its own text</bdi>: <bdi>It took three"
        )
        self.assertContains(response, "<bdi>a spokesman</bdi>")
        self.assertContains(response, "Printed in 2 places in the archive.")

    def test_under_review_names_the_verdict_and_stands_in_both_lists(self):
        claim = rule("Looked at again.", "unproven", "2020-04-10")
        workflow.reopen(claim, by=self.sana, reason="New dates came in.", shown=True)
        self.assertContains(self.page(), "<strong>Under review</strong> <bdi>(verdict was Unproven)</bdi>")
        self.assertEqual(self.statements(), ["Looked at again."])
        self.assertEqual(self.statements(checking="yes"), ["Looked at again."])

    def test_an_empty_list_says_so(self):
        self.assertContains(
            self.page(), "No verdict has been published, and nothing is shown as being checked."
        )


class NarrowedTests(ListCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.spokesman = make_source("the spokesman", "person")
        rule("False of him.", "false", "2020-04-10", claimant=cls.spokesman, tags=["Iraq"])
        rule("True of nobody.", "true", "2020-04-12")
        make_claim("Looked at, his.", claimant=cls.spokesman, checking=True)
        make_claim("Looked at, on Iraq.", tags=["Iraq"], checking=True)

    def test_each_filter_alone(self):
        for parameters, expected in [
            ({"rating": "false"}, ["False of him."]),
            ({"rating": ["false", "true"]}, ["True of nobody.", "False of him."]),
            ({"tag": "iraq"}, ["False of him."]),
            ({"claimant": str(self.spokesman.number)}, ["False of him."]),
            ({"ruled_from": "2020-04-11"}, ["True of nobody."]),
            ({"ruled_from": "2020-04-10", "ruled_to": "2020-04-10"}, ["False of him."]),
            ({"checking": "yes"}, ["Looked at, on Iraq.", "Looked at, his."]),
            ({"checking": "yes", "tag": "iraq"}, ["Looked at, on Iraq."]),
            ({"checking": "yes", "rating": "false"}, []),
            ({"rating": "half-true"}, []),
        ]:
            with self.subTest(parameters=parameters):
                self.assertCountEqual(self.statements(**parameters), expected)

    def test_what_is_checked_stands_above_only_where_it_can_fit(self):
        for parameters, expected in [
            ({}, 2),
            ({"tag": "iraq"}, 1),
            ({"claimant": str(self.spokesman.number)}, 1),
            ({"rating": "false"}, 0),
            ({"ruled_from": "2020-04-10"}, 0),
            ({"checking": "yes"}, 0),
        ]:
            with self.subTest(parameters=parameters):
                self.assertEqual(len(self.page(**parameters).context["checking"]), expected)

    def test_the_claimant_is_kept_by_the_form_and_can_be_taken_off(self):
        response = self.page(claimant=str(self.spokesman.number))
        self.assertContains(response, f'<input type="hidden" name="claimant" value="{self.spokesman.number}"')
        self.assertContains(response, "Claimed by: <strong><bdi>the spokesman</bdi></strong>")

    def test_what_it_does_not_understand_is_named(self):
        hidden = make_source("a hidden witness", "person")
        for parameters, said in [
            ({"claimant": "12"}, "No source has the number “12”."),
            ({"claimant": str(hidden.number)}, f"No source has the number “{hidden.number}”."),
            ({"claimant": "١٢٣٤٥٦٧٨٩٠"}, "No source has the number"),
            ({"rating": "nonsense"}, "The scale has no “nonsense”."),
            ({"tag": "nothing"}, "Nothing public carries the tag “nothing”."),
            ({"ruled_from": "12/04/2020"}, "such as 2020-04-07"),
            ({"outlet": "nawaiwaqt"}, "It knows: rating, checking, tag, claimant, ruled_from, ruled_to."),
            ({"checking": "yes", "after": "2020-04-07.1234567890"}, "is no place in this list."),
        ]:
            with self.subTest(parameters=parameters):
                response = self.amna.get(LIST, parameters)
                self.assertContains(response, said, status_code=400)
                self.assertContains(response, '<form action="/claims/"', status_code=400)


class PagedTests(ListCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        make_article()
        for number in range(60):
            rule(f"Claim {number:02}.", "true", f"2020-{4 + number // 20:02}-{1 + number % 20:02}")

    def test_every_claim_is_met_once_and_what_is_checked_on_the_first_page_alone(self):
        for number in range(8):
            make_claim(f"Looked at {number}.", checking=True)
        met, shown, url = [], [], LIST
        while url:
            response = self.amna.get(url)
            met += [entry.claim.statement for entry in response.context["entries"]]
            shown.append(len(response.context["checking"]))
            url = response.context["older"] and LIST + response.context["older"]
        self.assertEqual(met, [f"Claim {number:02}." for number in range(59, -1, -1)])
        self.assertEqual(shown, [6, 0, 0])
        self.assertContains(self.page(), '<a href="?checking=yes">Everything that is being checked</a>')


class QueryTests(ListCase):
    def test_one_claim_and_sixty_take_the_same_number_of_queries(self):
        speaker = make_source("the spokesman", "person")
        everything = {
            "rating": ["true", "false"],
            "tag": "iraq",
            "claimant": str(speaker.number),
            "ruled_from": "2020-01-01",
        }
        subject = {"tag": "iraq", "claimant": str(speaker.number)}
        for number in (1, 60):
            for index in range(number):
                article = make_article(f"Notice {number} {index} of one week")
                claim = make_claim(
                    f"{number} {index}", article=article, words="one week", claimant=speaker, tags=["Iraq"]
                )
                make_verdict(claim, "true")
            for index in range(min(number, 8)):
                make_claim(f"Open {number} {index}", claimant=speaker, tags=["Iraq"], checking=True)
            for url, parameters, expected in [
                (LIST, {}, 4),
                (LIST, subject, 6),
                (LIST, everything, 5),
                (LIST, {"checking": "yes"}, 3),
                (speaker.get_absolute_url(), {}, 5),
                (make_source("Rudaw").get_absolute_url(), {}, 5),
                ("/about/ratings/", {}, 1),
            ]:
                with self.subTest(claims=number, url=url, parameters=parameters):
                    self.assertEqual(self.count(url, parameters), expected)


class SourcePageTests(ListCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.ministry = make_source(
            "the ministry", "government", interests="It wants to be seen as in control."
        )
        cls.spokesman = make_source(
            "a spokesman",
            "anonymous",
            parent=cls.ministry,
            why_anonymous="Not allowed to speak to the press.",
            aliases="the official; a person close to the talks",
        )

    def source_page(self, source: Source):
        return self.amna.get(source.get_absolute_url())

    def test_who_it_is_through_whom_it_speaks_and_what_it_claimed(self):
        rule("His claim.", "false", "2020-04-10", claimant=self.spokesman)
        make_claim("His other claim.", claimant=self.spokesman, checking=True)
        make_claim("A flag on him.", claimant=self.spokesman)
        response = self.source_page(self.spokesman)
        for words in (
            "Source not named",
            "Not allowed to speak to the press.",
            "the official; a person close to the talks",
            "Speaks through",
            "His claim.",
            "His other claim.",
        ):
            self.assertContains(response, words)
        self.assertNotContains(response, "A flag on him.")

    def test_a_parent_is_linked_only_where_it_has_a_page(self):
        rule("His claim.", "false", "2020-04-10", claimant=self.spokesman)
        link = f'<a href="{self.ministry.get_absolute_url()}">'
        response = self.source_page(self.spokesman)
        self.assertContains(response, "the ministry")
        self.assertNotContains(response, link)
        rule("Its claim.", "true", "2020-04-11", claimant=self.ministry)
        self.assertContains(self.source_page(self.spokesman), link)

    def test_what_it_relays_is_named_only_where_it_is_public(self):
        rule("Its claim.", "true", "2020-04-11", claimant=self.ministry)
        self.assertNotContains(self.source_page(self.ministry), "a spokesman")
        rule("His claim.", "false", "2020-04-10", claimant=self.spokesman)
        self.assertContains(self.source_page(self.ministry), "a spokesman")

    def test_sources_that_speak_through_each_other_end_somewhere(self):
        Source.objects.filter(pk=self.ministry.pk).update(parent=self.spokesman)
        rule("His claim.", "false", "2020-04-10", claimant=self.spokesman)
        self.assertEqual(self.source_page(self.spokesman).status_code, 200)

    def test_evidence_is_shown_as_far_as_a_published_verdict_rests_on_it(self):
        claim = make_claim("Checked.")
        make_evidence(claim, "The ministry's register", source=self.ministry, quote="Entered on 7 April.")
        make_verdict(claim, "true")
        make_evidence(claim, "Found later", source=self.ministry)
        response = self.source_page(self.ministry)
        self.assertContains(response, "The ministry&#x27;s register")
        self.assertContains(response, "Entered on 7 April.")
        self.assertContains(response, "Checked.")
        self.assertNotContains(response, "Found later")

    def test_an_unsafe_address_of_evidence_is_no_link(self):
        claim = make_claim("Checked.")
        make_evidence(claim, "A trap", source=self.ministry, url="javascript:alert(1)")
        make_verdict(claim, "true")
        self.assertNotContains(self.source_page(self.ministry), "javascript")

    def test_a_paper_leads_to_its_articles_where_there_are_any(self):
        paper = make_source("Nawaiwaqt", "outlet", outlet=make_outlet("Nawaiwaqt"))
        rule("The paper's claim.", "true", "2020-04-10", claimant=paper)
        self.assertNotContains(self.source_page(paper), "?outlet=nawaiwaqt")
        make_article()
        self.assertContains(self.source_page(paper), "/articles/?outlet=nawaiwaqt")

    def test_the_number_decides_and_other_words_lead_to_the_right_ones(self):
        rule("His claim.", "false", "2020-04-10", claimant=self.spokesman)
        right = self.spokesman.get_absolute_url()
        wrong = f"/sources/{self.spokesman.number}-somebody/"
        self.assertRedirects(self.amna.get(wrong), right, status_code=301)
        self.assertRedirects(self.amna.get("/ur" + wrong), "/ur" + right, status_code=301)

    def test_a_source_that_nothing_public_names_does_not_exist(self):
        make_claim("A flag on him.", claimant=self.spokesman)
        make_verdict(make_claim("Proposed.", claimant=self.ministry), "false", published=False)
        make_evidence(make_claim("Checked."), source=make_source("a hidden witness", "person"))
        for source in Source.objects.exclude(name="Rudaw"):
            with self.subTest(source=source.name):
                self.assertEqual(self.source_page(source).status_code, 404)
        self.assertEqual(self.amna.get(f"/sources/{self.spokesman.number}-other/").status_code, 404)


class RatingsPageTests(ListCase):
    def test_every_rating_has_its_mark_meaning_number_and_count(self):
        rule("One.", "contradicted", "2020-04-10")
        make_verdict(make_claim("Proposed."), "contradicted", published=False)
        response = self.page("/about/ratings/")
        for rating in Rating.objects.all():
            with self.subTest(rating=rating.slug):
                self.assertContains(response, rating.meaning)
                self.assertContains(response, f'href="#m-{rating.mark}"')
        self.assertContains(response, "As a number: 1 of 5.", count=2)
        self.assertContains(response, "No number: nothing is determined.", count=3)
        self.assertContains(response, ">1 verdict<", count=1)

    def test_they_stand_in_the_order_of_the_scale(self):
        shown = [rating.slug for rating in self.page("/about/ratings/").context["ratings"]]
        self.assertEqual(shown, list(Rating.objects.order_by("order").values_list("slug", flat=True)))

    def test_a_retired_rating_stays_only_while_a_published_verdict_has_it(self):
        Rating.objects.filter(slug="half-true").update(retired=True)
        make_verdict(make_claim("Proposed."), "half-true", published=False)
        self.assertNotContains(self.page("/about/ratings/"), "Half true")
        self.assertNotContains(self.page(LIST), "Half true")
        rule("Ruled.", "half-true", "2020-04-10")
        self.assertContains(self.page("/about/ratings/"), "(no longer given)")
        self.assertEqual(self.statements(rating="half-true"), ["Ruled."])

    def test_it_says_how_we_check(self):
        response = self.page("/about/ratings/")
        for words in ("A flag alone is no finding", "A second person", "Being checked", "Words changed"):
            self.assertContains(response, words)


class ShownAsCheckingTests(ListCase):
    def test_hiding_the_check_takes_the_claim_off_every_list(self):
        claim = show_checking(make_claim("Looked at.", tags=["Iraq"]))
        self.assertContains(self.page(), "Looked at.")
        workflow.hide_checking(claim, by=self.sana)
        self.assertNotContains(self.page(), "Looked at.")
        self.assertEqual(self.statements(checking="yes"), [])
