"""When words change, placements follow them, or say that they could not."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from claims import workflow
from claims.audit import audit_anchors
from claims.models import Placement
from tests.desk import Cast
from tests.factories import HEADLINE, PARAGRAPHS, make_article, make_claim, place, revise

Anchor = Placement.Anchor


class FollowTests(Cast, TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article()
        cls.claim = make_claim()
        cls.in_headline = place(cls.claim, cls.article, "sixth Iraqi base in one week")
        cls.in_body = place(cls.claim, cls.article, "No group has claimed the attacks")

    def after(self, placement: Placement, **changed) -> Placement:
        version = revise(self.article, live=False, **changed)
        return Placement.objects.get(appearance=placement.appearance, version=version)

    def test_a_change_elsewhere_leaves_the_claim_anchored(self):
        row = self.after(self.in_body, headline="Another headline")
        self.assertEqual(
            (row.anchor, row.exact, row.carried_from), (Anchor.ANCHORED, self.in_body.exact, self.in_body)
        )

    def test_a_paragraph_put_in_front_moves_the_span_with_its_words(self):
        row = self.after(self.in_body, paragraphs=["🕊️ A new first paragraph.", *PARAGRAPHS])
        self.assertEqual(row.anchor, Anchor.ANCHORED)
        self.assertGreater(row.start, self.in_body.start)

    def test_words_that_changed_lose_their_span_and_point_at_the_last_good_place(self):
        row = self.after(self.in_headline, headline=HEADLINE.replace("one week", "three weeks"))
        self.assertEqual((row.anchor, row.start, row.exact), (Anchor.TEXT_CHANGED, None, ""))
        self.assertEqual(row.carried_from, self.in_headline)

    def test_a_negated_headline_keeps_its_words_but_no_longer_counts_as_checked(self):
        row = self.after(self.in_headline, headline=HEADLINE.replace("over sixth", "over no sixth"))
        self.assertEqual((row.anchor, row.exact), (Anchor.CONTEXT_CHANGED, self.in_headline.exact))

    def test_once_the_surroundings_changed_only_an_editor_says_that_the_claim_stands(self):
        self.after(self.in_headline, headline=HEADLINE.replace("over sixth", "over no sixth"))
        row = self.after(self.in_headline, paragraphs=[*PARAGRAPHS, "One more."])
        self.assertEqual(row.anchor, Anchor.CONTEXT_CHANGED)

    def test_lost_words_point_at_the_last_good_place_through_several_versions(self):
        self.after(self.in_headline, headline="Another headline")
        row = self.after(self.in_headline, headline="Yet another headline")
        self.assertEqual((row.anchor, row.carried_from), (Anchor.LOST, self.in_headline))

    def test_a_draft_version_moves_nothing_that_readers_see(self):
        self.after(self.in_headline, headline="Another headline")
        rows = Placement.objects.standing().filter(version=self.article.live_version)
        self.assertEqual({row.anchor for row in rows}, {Anchor.ANCHORED})

    def test_a_claim_placed_while_a_newer_version_waits_stands_in_that_version_too(self):
        waiting = revise(self.article, live=False, paragraphs=["A new first paragraph.", *PARAGRAPHS])
        late = place(make_claim("Six bases were handed over."), self.article, "Six bases")
        row = Placement.objects.get(appearance=late.appearance, version=waiting)
        self.assertEqual((row.anchor, row.exact, row.carried_from), (Anchor.ANCHORED, "Six bases", late))

    def test_a_claim_placed_on_words_that_a_waiting_version_changes_says_so_there(self):
        waiting = revise(self.article, live=False, headline="Another headline")
        late = place(make_claim("The coalition did it."), self.article, "Coalition", field="headline")
        row = Placement.objects.get(appearance=late.appearance, version=waiting)
        self.assertEqual((row.anchor, row.start), (Anchor.LOST, None))

    def test_a_claim_taken_off_is_off_in_the_version_that_waits_as_well(self):
        waiting = revise(self.article, live=False, paragraphs=["A new first paragraph.", *PARAGRAPHS])
        workflow.detach(self.in_body, by=self.sana, why="Other words.")
        self.assertFalse(
            Placement.objects.standing().filter(appearance=self.in_body.appearance, version=waiting).exists()
        )
        self.assertTrue(Placement.objects.standing().filter(appearance=self.in_headline.appearance).exists())

    def test_the_query_count_does_not_grow_with_the_claims(self):
        def queries(headline: str) -> int:
            with CaptureQueriesContext(connection) as captured:
                revise(self.article, live=False, headline=headline)
            return len(captured)

        queries("A change that loses the headline's words")
        few = queries("First change")
        for number in range(30):
            place(make_claim(f"Claim {number}"), self.article, "No group has claimed the attacks")
            place(make_claim(f"Claim {number} in the headline"), self.article, "sixth Iraqi base")
        queries("A change that loses thirty more")
        self.assertEqual(queries("Second change"), few)


SIX, CALM, NEAR = (
    "Six bases were handed over in the past few weeks, an official said.",
    "No group has claimed the attacks.",
    "Guards stood at the gate of the last one until noon.",
)


class SeveralEditsInOneSaveTests(Cast, TestCase):
    """The whole chain: editing.save_version, the signal, the rows, the database's own comparison of the words."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article(
            paragraphs=[SIX, CALM, NEAR], standfirst="The handover went on over the weekend."
        )
        cls.places = {
            words: place(make_claim(f"A claim about {words}."), cls.article, words)
            for words in (
                "sixth Iraqi base",
                "Six bases",
                "an official",
                "No group has claimed",
                "until noon",
            )
        }

    def rows(self, **changed) -> dict[str, Placement]:
        version = revise(self.article, live=False, **changed)
        rows = Placement.objects.filter(version=version).select_related("carried_from")
        of = {each.appearance_id: words for words, each in self.places.items()}
        return {of[row.appearance_id]: row for row in rows}

    def test_claims_that_nobody_touched_are_carried_and_the_touched_ones_are_refused(self):
        rows = self.rows(
            headline=HEADLINE.replace("sixth", "fifth"),
            paragraphs=[
                "A new first paragraph.",
                SIX.replace("an official", "two officials"),
                CALM,
                NEAR.replace("Guards", "Soldiers"),
            ],
        )
        self.assertEqual(
            {words: row.anchor for words, row in rows.items()},
            {
                "sixth Iraqi base": Anchor.TEXT_CHANGED,
                "Six bases": Anchor.CONTEXT_CHANGED,
                "an official": Anchor.LOST,
                "No group has claimed": Anchor.ANCHORED,
                "until noon": Anchor.CONTEXT_CHANGED,
            },
        )
        for words, row in rows.items():
            with self.subTest(words=words):
                self.assertEqual(row.carried_from, self.places[words])
                self.assertTrue(row.why)
                self.assertEqual(row.exact, words if row.start is not None else "")

    def test_why_is_kept_in_the_sites_language_whatever_the_editors_is(self):
        with translation.override("ur"):
            rows = self.rows(paragraphs=[SIX.replace("an official", "two officials"), CALM, NEAR])
        self.assertIn("other words of their paragraph changed", rows["Six bases"].why)

    def test_a_moved_paragraph_waits_for_an_editor(self):
        rows = self.rows(paragraphs=[NEAR, SIX, CALM])
        self.assertEqual(rows["until noon"].anchor, Anchor.CONTEXT_CHANGED)
        self.assertEqual(rows["Six bases"].anchor, Anchor.ANCHORED)

    def test_words_that_are_printed_a_second_time_are_left_to_an_editor(self):
        rows = self.rows(paragraphs=[SIX, CALM, NEAR, "READ MORE: No group has claimed the attacks."])
        self.assertEqual(rows["No group has claimed"].anchor, Anchor.TEXT_CHANGED)
        self.assertIn("cannot be told", rows["No group has claimed"].why)
        self.assertEqual(rows["until noon"].anchor, Anchor.ANCHORED)

    def test_a_standfirst_is_part_of_what_surrounds_a_headline(self):
        rows = self.rows(standfirst="The handover did not take place.")
        self.assertEqual(rows["sixth Iraqi base"].anchor, Anchor.CONTEXT_CHANGED)
        self.assertEqual(rows["Six bases"].anchor, Anchor.ANCHORED)

    def test_words_that_changed_do_not_come_back_by_themselves(self):
        self.rows(headline=HEADLINE.replace("sixth", "fifth"))
        row = self.rows(headline=HEADLINE)["sixth Iraqi base"]
        self.assertEqual((row.anchor, row.start), (Anchor.TEXT_CHANGED, None))
        self.assertEqual(row.carried_from, self.places["sixth Iraqi base"])
        self.assertIn("only an editor", row.why)

    def test_the_audit_finds_nothing_to_say(self):
        self.rows(headline=HEADLINE.replace("sixth", "fifth"), paragraphs=["🕊️ First.", SIX, NEAR])
        self.assertEqual(list(audit_anchors()), [])
