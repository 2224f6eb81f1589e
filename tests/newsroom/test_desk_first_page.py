"""The first page of the desk: what waits for whom, each number leading to exactly those rows, few queries."""

import re

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles import correcting, editing, reporting
from articles.models import Article, ArticleLink
from claims import workflow
from claims.models import Appearance, Claim
from newsroom.core.queues import MOST, Queue
from tests.desk import Cast, signed_in
from tests.factories import (
    HEADLINE,
    PARAGRAPHS,
    make_article,
    make_claim,
    make_correction,
    make_outlet,
    make_report,
    make_source,
    make_verdict,
    place,
    revise,
)

INDEX = "/admin/"
# What a first page asks for at most: who it is and what they may, the queues, the claims, the records opened lately.
QUERIES = 24


def tiles(client) -> dict[str, tuple[str, str]]:
    """What the page shows: number and kind (now, none or neither) by label."""
    html = client.get(INDEX).content.decode()
    found = re.findall(r'<li class="(now|none|)"><a href="[^"]*"><b>([^<]*)</b> <span>([^<]*)</span>', html)
    return {label: (number, kind) for kind, number, label in found}


class EverythingWaits(Cast):
    """One of everything that can wait."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.article = make_article()
        cls.flagged = workflow.flag("Nobody was hurt.", by=cls.bilal)
        place(cls.flagged, cls.article, "Coalition", match=Appearance.Match.SUGGESTED)
        lost = make_claim("The base lies west.", article=cls.article, words="west of the capital")
        cls.taken_up(lost)
        cls.proposed = make_claim("Six bases were left.", article=cls.article, words="Six bases")
        make_verdict(cls.proposed, "true", published=False)
        revise(cls.article, live=False, paragraphs=["The base lies elsewhere.", *PARAGRAPHS[1:]])
        cls.imported = make_article("Imported words", ["Text."], published=False)
        Article.objects.filter(pk=cls.imported.pk).update(imported_at="2020-04-13T08:00:00Z")
        wrong = make_article("Wrong twice", ["Five bases, six gates."])
        cls.correction = make_correction(wrong, "Five bases", published=False)
        cls.draft = make_correction(wrong, "six gates", why="Seven.", proposed=False, published=False)
        cls.report = make_report(wrong, "six gates", "It was seven.")
        asking = make_article("Which of the two", ["Text."])
        ArticleLink.objects.create(article=asking, text=HEADLINE, question="Two articles have this headline.")

    @classmethod
    def taken_up(cls, claim: Claim) -> None:
        workflow.move(claim, Claim.Work.ASSIGNED, by=cls.sana, assigned_to=cls.sana)


class WhatWaitsTests(EverythingWaits, TestCase):
    def test_a_verdict_editor_sees_what_is_theirs_first(self):
        self.assertEqual(
            tiles(signed_in(self.rashid)),
            {
                "Verdicts for you to approve": ("1", "now"),
                "Words changed under a claim": ("1", "now"),
                "Places suggested": ("1", "now"),
                "Claims flagged, not taken up": ("1", "now"),
                "Corrections to approve": ("1", "now"),
                "Corrections drafted": ("1", "now"),
                "Readers report an error": ("1", "now"),
                "Versions waiting to go live": ("1", "now"),
                "Imported, not published": ("1", "now"),
                "“Read more” lines with a question": ("1", "now"),
                "Verdicts proposed": ("0", "none"),
            },
        )

    def test_whoever_proposed_it_is_not_asked_to_approve_it(self):
        shown = tiles(signed_in(self.sana))
        self.assertNotIn("Verdicts for you to approve", shown)
        self.assertEqual(shown["Verdicts proposed"], ("1", ""))

    def test_a_verdict_editor_who_proposed_or_wrote_the_words_leaves_it_to_others(self):
        own = make_claim("A convoy crossed.")
        make_verdict(own, "true", published=False, by=self.rashid)
        ours = make_article(
            "Our own story", ["We say so."], outlet=make_outlet("Ours", is_ours=True), by=self.rashid
        )
        make_verdict(make_claim("They say so.", article=ours, words="We say so"), "true", published=False)
        shown = tiles(signed_in(self.rashid))
        self.assertEqual(shown["Verdicts for you to approve"], ("1", "now"))
        self.assertEqual(shown["Verdicts proposed"], ("2", ""))
        self.assertEqual(tiles(signed_in(self.admin))["Verdicts for you to approve"], ("3", "now"))

    def test_the_edge_of_ink_says_whose_work_it_is(self):
        table = {
            self.bilal: {"“Read more” lines with a question", "Corrections drafted"},
            self.sana: {
                "Words changed under a claim",
                "Places suggested",
                "Claims flagged, not taken up",
                "Corrections drafted",
            },
            self.noor: {
                "Corrections to approve",
                "Corrections drafted",
                "Readers report an error",
                "Versions waiting to go live",
                "Imported, not published",
                "“Read more” lines with a question",
            },
            self.yusra: set(),
        }
        for somebody, labels in table.items():
            with self.subTest(somebody.username):
                shown = tiles(signed_in(somebody))
                self.assertEqual({label for label, (_n, kind) in shown.items() if kind == "now"}, labels)

    def test_somebody_without_a_role_sees_no_queue(self):
        self.bilal.groups.clear()
        answer = signed_in(self.bilal).get(INDEX)
        self.assertEqual(answer.context["dashboard"].tiles, [])
        self.assertContains(answer, "Your account has no role yet.")

    def test_each_number_leads_to_a_list_of_exactly_those_rows(self):
        for somebody in (self.bilal, self.sana, self.rashid, self.noor, self.yusra, self.admin):
            client = signed_in(somebody)
            for tile in client.get(INDEX).context["dashboard"].tiles:
                with self.subTest(somebody=somebody.username, queue=tile.label):
                    answer = client.get(tile.address)
                    self.assertEqual(answer.status_code, 200)
                    self.assertEqual(len(answer.context["cl"].result_list), tile.number)

    def test_what_is_done_waits_no_longer(self):
        self.article.refresh_from_db()
        # The line that asked finds its article by the same act.
        editing.go_live(self.article.latest_version, by=self.noor)
        editing.publish(self.imported, by=self.noor)
        workflow.judge_match(Appearance.objects.get(match="suggested"), "same", by=self.sana)
        self.taken_up(self.flagged)
        workflow.approve(self.proposed.verdicts.get(), by=self.rashid)
        correcting.approve(self.correction, by=self.rashid)
        correcting.decline(self.draft, by=self.rashid, reason="It was right.")
        reporting.answer(self.report, by=self.rashid, outcome="not-an-error", words="It was right.")
        left = {
            label: number for label, (number, _kind) in tiles(signed_in(self.rashid)).items() if number != "0"
        }
        self.assertEqual(left, {"Words changed under a claim": "1"})

    def test_a_queue_that_does_not_exist_is_no_list_of_everything(self):
        client = signed_in(self.sana)
        for query in ("queue=nothing", "queue=approve", "queue=live"):
            with self.subTest(query):
                self.assertRedirects(client.get(f"/admin/claims/claim/?{query}"), "/admin/claims/claim/?e=1")

    def test_a_queue_of_others_is_no_way_to_their_rows(self):
        answer = signed_in(self.sana).get("/admin/claims/verdict/?queue=approve")
        self.assertRedirects(answer, "/admin/claims/verdict/?e=1")

    def test_counting_stops_at_ninety_nine(self):
        Claim.objects.bulk_create(
            Claim(number=2_000_000_000 + number, statement=f"Claim {number}.") for number in range(MOST + 20)
        )
        self.assertEqual(tiles(signed_in(self.sana))["Claims flagged, not taken up"], ("99+", "now"))

    def test_a_queue_counts_no_further_than_it_says(self):
        queue = Queue(slug="all", model=Claim, label="All", rows=lambda rows, user: rows)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            queue.count(self.sana)
        self.assertIn(f"LIMIT {MOST + 1}", caught[0]["sql"])


class ClaimsOnTheDeskTests(EverythingWaits, TestCase):
    def lines(self, somebody) -> dict[str, object]:
        table = signed_in(somebody).get(INDEX).context["dashboard"].claims
        return {line.statement: line for line in table.lines}

    def test_the_checker_sees_their_claims_with_words_work_verdict_and_places(self):
        workflow.move(self.flagged, Claim.Work.ASSIGNED, by=self.sana, assigned_to=self.sana)
        shown = self.lines(self.sana)
        self.assertEqual(set(shown), {"The base lies west.", "Nobody was hurt."})
        line = shown["The base lies west."]
        self.assertEqual((line.words, line.words_lang, line.places), ("west of the capital", "en", 1))
        self.assertEqual((line.work, line.rating), ("Assigned", ""))
        answer = signed_in(self.sana).get(INDEX)
        self.assertContains(answer, '<q class="printed" lang="en" dir="ltr">west of the capital</q>')

    def test_a_verdict_in_the_making_stands_before_the_published_one(self):
        claim = make_claim("Two bases were left.")
        make_verdict(claim, "false")
        workflow.reopen(claim, by=self.sana, reason="New figures.", shown=False)
        Claim.objects.filter(pk=claim.pk).update(assigned_to=self.sana)
        make_verdict(claim, "true", published=False, proposed=False)
        line = self.lines(self.sana)["Two bases were left."]
        self.assertEqual((line.mark, line.rating, line.verdict), ("true", "True", "Draft"))

    def test_what_is_finished_or_somebody_elses_is_not_on_the_desk(self):
        self.assertNotIn("Nobody was hurt.", self.lines(self.sana))
        self.assertEqual(self.lines(self.rashid), {})

    def test_a_reporter_sees_what_they_flagged_and_an_auditor_no_table(self):
        self.assertEqual(set(self.lines(self.bilal)), {"Nobody was hurt."})
        self.assertIsNone(signed_in(self.yusra).get(INDEX).context["dashboard"].claims)

    def test_an_empty_desk_says_what_to_do(self):
        self.assertContains(signed_in(self.rashid).get(INDEX), "No claim is on your desk.")


class OpenedLatelyTests(EverythingWaits, TestCase):
    def opened(self, client) -> list[str]:
        return [each.name for each in client.get(INDEX).context["dashboard"].opened]

    def test_what_was_opened_stands_there_newest_first_once_each(self):
        client, source = signed_in(self.sana), make_source("Rudaw", "outlet")
        for path in (
            f"articles/article/{self.article.pk}",
            f"claims/claim/{self.flagged.pk}",
            f"claims/source/{source.pk}",
            f"articles/article/{self.article.pk}",
        ):
            self.assertEqual(client.get(f"/admin/{path}/change/").status_code, 200)
        self.assertEqual(self.opened(client), [HEADLINE, "Rudaw", "Nobody was hurt."])

    def test_no_page_writes_a_row_or_asks_a_question_for_it(self):
        client = signed_in(self.sana)
        path = f"/admin/claims/claim/{self.flagged.pk}/change/"
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        written = [query for query in caught if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        self.assertEqual(written, [])

    def test_the_cookie_holds_keys_alone_and_belongs_to_the_desk(self):
        client = signed_in(self.sana)
        client.get(f"/admin/claims/claim/{self.flagged.pk}/change/")
        cookie = client.cookies["desk_recent"]
        self.assertEqual(cookie.value, f"{self.sana.pk}:claim-{self.flagged.pk}")
        self.assertEqual((cookie["path"], cookie["httponly"], cookie["samesite"]), ("/admin/", True, "Lax"))

    def test_nobody_sees_what_another_opened_at_the_same_computer(self):
        client = signed_in(self.sana)
        client.get(f"/admin/claims/claim/{self.flagged.pk}/change/")
        client.force_login(self.rashid)
        self.assertEqual(self.opened(client), [])

    def test_what_the_person_may_not_see_is_not_named(self):
        client = signed_in(self.sana)
        client.get(f"/admin/claims/claim/{self.flagged.pk}/change/")
        self.sana.groups.clear()
        self.assertEqual(self.opened(client), [])

    def test_a_forged_cookie_names_nothing(self):
        client = signed_in(self.sana)
        for value in (
            "",
            "x",
            f"{self.sana.pk}:user-1",
            f"{self.sana.pk}:claim-x",
            f"{self.sana.pk}:claim-" + "9" * 30,
            f"{self.sana.pk}:claim-999999",
        ):
            with self.subTest(value):
                client.cookies["desk_recent"] = value
                self.assertEqual(self.opened(client), [])

    def test_eight_are_kept(self):
        client = signed_in(self.sana)
        for number in range(10):
            claim = make_claim(f"Claim number {number}.")
            client.get(f"/admin/claims/claim/{claim.pk}/change/")
        self.assertEqual(self.opened(client), [f"Claim number {number}." for number in range(9, 1, -1)])


class LastImportTests(EverythingWaits, TestCase):
    def test_the_newest_file_is_named_with_what_became_of_it(self):
        last = signed_in(self.noor).get(INDEX).context["dashboard"].last_import
        self.assertEqual((last.articles, last.drafts), (1, 1))

    def test_where_nothing_was_imported_nothing_is_said(self):
        Article.objects.update(imported_at=None)
        answer = signed_in(self.noor).get(INDEX)
        self.assertIsNone(answer.context["dashboard"].last_import)
        self.assertNotContains(answer, "Last import")


class ConstantQueriesTests(EverythingWaits, TestCase):
    def queries(self, client) -> int:
        with CaptureQueriesContext(connection) as caught:
            self.assertEqual(client.get(INDEX).status_code, 200)
        return len(caught)

    def test_the_first_page_asks_the_same_however_much_waits(self):
        client = signed_in(self.sana)
        for path in (f"articles/article/{self.article.pk}", f"claims/claim/{self.flagged.pk}"):
            client.get(f"/admin/{path}/change/")
        few = self.queries(client)
        for number in range(15):
            claim = make_claim(f"Claim number {number}.", article=self.article, words="Coalition")
            self.taken_up(claim)
            make_verdict(make_claim(f"Other {number}."), published=False)
        self.assertEqual(self.queries(client), few)
        self.assertLessEqual(few, QUERIES)
