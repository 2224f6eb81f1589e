"""The desk's page of what became of the marks: what it shows, in which order, and what its forms do and refuse."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import queues, workflow
from claims.models import Appearance, Placement
from newsroom.core.models import LedgerEntry
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_claim, make_outlet, make_verdict, place, revise

from .test_moved import TEXT, ThreeClaims, anchor_in, shown
from .test_reading import part, words_of

Anchor = Placement.Anchor


class MarksPage(ThreeClaims):
    """Version 2 is live, with the surroundings of two claims and the words of one changed."""

    def setUp(self):
        super().setUp()
        self.version = revise(
            self.article,
            headline="No group claims the attacks, say two",
            paragraphs=[TEXT[0].replace("A source", "Nobody"), TEXT[1].replace("Six", "Five")],
        )
        self.url = reverse("admin:articles_article_marks", args=[self.article.pk])
        # Kept sure by hand, however much of a paragraph the carrying trusts.
        rows = Placement.objects.filter(version=self.version)
        self.assertEqual({row.anchor for row in rows} & {Anchor.ANCHORED}, set())

    def page(self, somebody=None) -> str:
        return signed_in(somebody or self.sana).get(self.url).content.decode()

    def post(self, act, *shown_places, by=None, **given):
        places = [f"{each.appearance} {each.seen}" for each in shown_places]
        data = {"act": act, "version": self.version.number, "place": places, **given}
        return signed_in(by or self.sana).post(self.url, data)

    def row(self, appearance, html=None) -> str:
        html = html or self.page()
        at = html.index(f'id="mark-{appearance.pk}"')
        return html[at : html.index("</li>", at)]


class ShownTests(MarksPage, TestCase):
    def test_every_claim_is_shown_with_its_words_then_and_now_its_state_and_what_readers_see(self):
        make_verdict(self.third.claim, "false")
        row = words_of(self.row(self.third))
        for words in (
            "Checked, version 1 No group claims the attacks , says source",
            "Now, version 2 No group claims the attacks , say two",
            "Words stand, surroundings changed",
            "Context changed , verdict was False",
        ):
            self.assertIn(words, row)

    def test_words_that_went_come_with_passages_like_them_and_why_differences_first(self):
        row = words_of(self.row(self.second))
        self.assertIn("Five bases were handed over", row)
        self.assertIn("another number: Six bases, now Five bases; both say:", row)

    def test_looking_at_the_page_decides_nothing_and_writes_nothing(self):
        rows = list(Placement.objects.order_by("pk").values())
        lines = LedgerEntry.objects.count()
        self.page()
        self.assertEqual(list(Placement.objects.order_by("pk").values()), rows)
        self.assertEqual(LedgerEntry.objects.count(), lines)

    def test_what_waits_for_a_decision_is_exactly_what_the_first_page_counts(self):
        place(make_claim("Declined."), self.article, "past few weeks", match="different")
        html = self.page()
        section = html[html.index('aria-labelledby="to-decide"') : html.index("</section>")]
        waiting = queues.words_changed(Appearance.objects.order_by(), self.sana)
        self.assertEqual(waiting.count(), section.count('<li class="place"'))
        self.assertEqual(waiting.count(), 3)

    def test_once_decided_it_stands_with_the_others_and_the_queue_is_shorter(self):
        self.post("confirm", shown(self.third))
        html = self.page()
        self.assertGreater(html.index(f'id="mark-{self.third.pk}"'), html.index('id="standing"'))
        self.assertIn("Decided by Sana Haider.", words_of(self.row(self.third, html)))
        self.assertEqual(queues.words_changed(Appearance.objects.order_by(), self.sana).count(), 2)

    def test_a_place_that_was_taken_off_is_kept_with_its_words_and_the_reason(self):
        self.post("detach", shown(self.second), reason="It says five now.")
        html = self.page()
        row = words_of(self.row(self.second, html))
        self.assertGreater(html.index(f'id="mark-{self.second.pk}"'), html.index('id="others"'))
        self.assertIn("Six bases were handed over", row)
        self.assertIn("It says five now.", row)

    def test_a_version_that_waits_is_a_step_of_its_own(self):
        revise(self.article, live=False, standfirst="A line more.")
        row = words_of(self.row(self.second))
        self.assertIn("Version 3, not live yet", row)
        self.assertIn("Now, version 2", row)

    def test_whoever_may_not_decide_sees_everything_and_no_act(self):
        for somebody in (self.bilal, self.noor, self.yusra):
            html = self.page(somebody)
            self.assertIn("Five bases", html)
            self.assertNotIn('name="act"', html)
            self.assertEqual(self.post("confirm", shown(self.third), by=somebody).status_code, 403)
        self.assertEqual(anchor_in(self.third, self.version), Anchor.CONTEXT_CHANGED)

    def test_whoever_wrote_the_article_sees_why_not_and_no_act(self):
        ours = make_outlet("The Lahore Post", is_ours=True)
        article = make_article("Ours", TEXT, outlet=ours, by=self.admin)
        place(make_claim("Ours."), article, "Six bases were handed over")
        revise(article, by=self.noor, paragraphs=[TEXT[0], TEXT[1].replace("Six", "Five")])
        url = reverse("admin:articles_article_marks", args=[article.pk])
        html = signed_in(self.admin).get(url).content.decode()
        self.assertIn("You wrote this article", html)
        self.assertNotIn('name="act"', html)

    def test_ways_lead_here_from_the_article_its_sheet_the_list_and_the_places_of_the_claim(self):
        client = signed_in(self.sana)
        for address in (
            reverse("admin:articles_article_change", args=[self.article.pk]),
            reverse("admin:articles_article_flag", args=[self.article.pk]),
            reverse("admin:claims_appearance_changelist") + "?queue=changed",
            reverse("admin:claims_claim_places", args=[self.second.claim_id]),
        ):
            with self.subTest(address):
                self.assertContains(client.get(address), self.url)

    def test_flagging_other_words_shows_the_old_ones(self):
        url = f"{reverse('admin:articles_article_flag', args=[self.article.pk])}?version=2&was={self.second.uid}"
        self.assertIn(url.replace("&", "&amp;"), self.page())
        answer = signed_in(self.sana).get(url)
        self.assertContains(answer, "The words that were checked, in version 1:")
        self.assertContains(answer, "Six bases were handed over")
        for other in ("nonsense", "", str(self.second.claim.uid)):
            answer = signed_in(self.sana).get(url.partition("&was")[0], {"was": other})
            self.assertNotContains(answer, "The words that were checked")

    def test_an_article_without_claims_says_that_nothing_waits(self):
        url = reverse("admin:articles_article_marks", args=[make_article("Empty", TEXT).pk])
        self.assertContains(signed_in(self.sana).get(url), "Nothing waits")

    def test_no_article_no_page(self):
        client = signed_in(self.sana)
        self.assertEqual(client.get(reverse("admin:articles_article_marks", args=[10**9])).status_code, 404)
        self.assertEqual(client.put(self.url).status_code, 405)


class ActsTests(MarksPage, TestCase):
    def test_all_that_are_ticked_are_confirmed_by_one_press(self):
        html = self.page()
        form = part(html, f'id="confirm-{self.version.number}"')
        self.assertIn("2 claims changed", form)
        self.assertEqual(html.count(f'form="confirm-{self.version.number}" checked'), 2)
        answer = self.post("confirm", shown(self.first), shown(self.third))
        self.assertRedirects(answer, self.url)
        self.assertContains(signed_in(self.sana).get(self.url), "Stand as checked")
        for appearance in (self.first, self.third):
            self.assertEqual(anchor_in(appearance, self.version), Anchor.ANCHORED)

    def test_what_changed_meanwhile_is_left_out_and_said(self):
        both = [shown(self.first), shown(self.third)]
        workflow.judge_match(self.third, "unsure", by=self.rashid)
        client = signed_in(self.sana)
        places = [f"{each.appearance} {each.seen}" for each in both]
        answer = client.post(self.url, {"act": "confirm", "version": 2, "place": places}, follow=True)
        self.assertContains(answer, "1 claim is confirmed in version 2")
        self.assertContains(answer, "1 was left out: Somebody else moved this on just now")

    def test_alone_and_changed_meanwhile_it_answers_409_with_the_place_as_it_stands(self):
        given = shown(self.third)
        workflow.judge_match(self.third, "unsure", by=self.rashid)
        for act, more in (("confirm", {}), ("detach", {"reason": "Mine."})):
            answer = self.post(act, given, **more)
            self.assertContains(answer, "nothing of yours was written", status_code=409)
        self.assertEqual(anchor_in(self.third, self.version), Anchor.CONTEXT_CHANGED)

    def test_a_claim_is_placed_on_the_passage_that_was_pressed(self):
        html = self.row(self.second)
        value = html[html.index('name="candidate" hidden>') :].partition(">")[2].partition("<")[0].strip()
        self.assertTrue(value.startswith("body:"))
        answer = self.post("place", shown(self.second), candidate=value)
        self.assertRedirects(answer, f"{self.url}#mark-{self.second.pk}", fetch_redirect_response=False)
        row = Placement.objects.standing().get(appearance=self.second, version=self.version)
        self.assertEqual((row.exact, row.decided_by), ("Five bases were handed over", self.sana))

    def test_taking_off_asks_for_a_reason_and_keeps_what_was_typed(self):
        answer = self.post("detach", shown(self.second), reason="  ")
        self.assertContains(answer, "Say why the claim is taken off these words.", status_code=400)
        self.assertEqual(anchor_in(self.second, self.version), Anchor.TEXT_CHANGED)

    def test_what_is_no_act_is_refused_with_a_sentence_and_nothing_is_written(self):
        good = shown(self.second)
        table = [
            ({"act": "accept"}, 400),
            ({"act": "place", "candidate": "body:1:2"}, 400),
            ({"act": "place", "candidate": "body:0:4:Elsewhere"}, 400),
            ({"act": "place"}, 400),
            ({"act": "confirm", "version": "x"}, 400),
            ({"act": "confirm", "version": 77}, 404),
            ({"act": "confirm", "place": []}, 400),
            ({"act": "confirm", "place": ["nothing", "9" * 40]}, 400),
            ({"act": "detach", "reason": "No.", "place": []}, 400),
        ]
        for given, status in table:
            with self.subTest(given):
                data = {"version": 2, "place": [f"{good.appearance} {good.seen}"], **given}
                answer = signed_in(self.sana).post(self.url, data)
                self.assertEqual(answer.status_code, status)
        self.assertEqual(anchor_in(self.second, self.version), Anchor.TEXT_CHANGED)


class QueryTests(Cast, TestCase):
    def queries(self, count: int) -> int:
        text = " ".join(f"Sentence {n} stands here. And part {n} goes." for n in range(count))
        article = make_article(f"Article with {count}", ["A beginning.", text, "An end."])
        for n in range(count):
            words = f"Sentence {n} stands" if n % 2 else f"part {n} goes"
            place(make_claim(f"Claim {n} of {count}"), article, words)
        revise(article, paragraphs=["A beginning.", text.replace("goes", "went"), "An end."])
        revise(article, live=False, headline=f"Article of {count}")
        client, url = signed_in(self.sana), reverse("admin:articles_article_marks", args=[article.pk])
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            html = client.get(url).content.decode()
        self.assertEqual(html.count('<li class="place"'), count)
        return len(caught)

    def test_as_many_queries_for_a_hundred_claims_as_for_one(self):
        few = self.queries(1)
        self.assertEqual(self.queries(100), few)
        self.assertLessEqual(few, 16)
