"""What people decide where words changed under a claim: only what was shown, only by who may, and never by itself."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from claims import moved, placing, workflow
from claims.access import Barred
from claims.audit import audit_anchors
from claims.flag_finding import Spot
from claims.models import Appearance, Placement
from newsroom.core.models import LedgerEntry
from tests.desk import Cast
from tests.factories import make_article, make_claim, make_outlet, place, revise

Anchor = Placement.Anchor
HEADLINE, HEADLINE_NOW = "No group claims the attacks, says source", "No group claims the attacks, say two"
TEXT = [
    "The base west of the capital was handed over on Tuesday. A source said so.",
    "Six bases were handed over in the past few weeks.",
]
AROUND = [TEXT[0].replace("A source", "Nobody"), TEXT[1]]


def shown(appearance: Appearance) -> moved.Shown:
    """The place as a page would show it now."""
    fresh = Appearance.objects.get(pk=appearance.pk)
    return moved.Shown(fresh.pk, placing.seen(fresh, placing.standing_places([fresh.pk])[fresh.pk]))


def anchor_in(appearance: Appearance, version) -> str:
    return Placement.objects.standing().get(appearance=appearance, version=version).anchor


def verbs(thing) -> list[str]:
    return list(LedgerEntry.objects.about(thing).order_by("id").values_list("verb", flat=True))


class ThreeClaims(Cast):
    """The first and the third claim have their surroundings changed in version 2, the second its words."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article(HEADLINE, TEXT)
        cls.first = cls.claim("The base was handed over.", "was handed over on Tuesday")
        cls.second = cls.claim("Six bases were handed over.", "Six bases were handed over")
        cls.third = cls.claim("Nobody claimed it.", "No group claims the attacks")

    @classmethod
    def claim(cls, statement, words):
        return place(make_claim(statement), cls.article, words).appearance

    def around(self, *, live=True):
        return revise(self.article, live=live, headline=HEADLINE_NOW, paragraphs=AROUND)

    def words(self, *, live=True):
        changed = [TEXT[0], TEXT[1].replace("Six", "Five")]
        return revise(self.article, live=live, paragraphs=changed)

    def spot(self, version, words="Five bases were handed over") -> Spot:
        (start, end) = workflow.occurrences(version, "body", words)[0]
        return Spot("body", start, end, words)


class ConfirmTests(ThreeClaims, TestCase):
    def test_all_that_were_shown_are_confirmed_in_one_act_with_a_line_for_each(self):
        version = self.around()
        done = moved.confirm(version, [shown(self.first), shown(self.third)], by=self.sana)
        self.assertEqual((len(done.placements), done.left_out), (2, []))
        for appearance in (self.first, self.third):
            row = Placement.objects.get(appearance=appearance, version=version)
            self.assertEqual((row.anchor, row.decided_by), (Anchor.ANCHORED, self.sana))
            self.assertEqual(verbs(row), ["placement.confirm"])

    def test_what_was_not_shown_stays_as_it_is(self):
        version = self.around()
        moved.confirm(version, [shown(self.first)], by=self.sana)
        self.assertEqual(anchor_in(self.third, version), Anchor.CONTEXT_CHANGED)

    def test_what_changed_since_it_was_shown_is_left_out_and_said(self):
        version = self.around()
        both = [shown(self.first), shown(self.third)]
        workflow.judge_match(self.third, "unsure", by=self.rashid)
        done = moved.confirm(version, both, by=self.sana)
        self.assertEqual([row.appearance_id for row in done.placements], [self.first.pk])
        self.assertEqual([key for key, _why in done.left_out], [self.third.pk])
        self.assertEqual(anchor_in(self.third, version), Anchor.CONTEXT_CHANGED)

    def test_a_newer_version_saved_meanwhile_makes_what_was_shown_old(self):
        version = self.around()
        given = shown(self.first)
        revise(self.article, live=False, paragraphs=[*AROUND, "One more."])
        self.assertEqual(moved.confirm(version, [given], by=self.sana).placements, [])

    def test_words_that_changed_are_never_confirmed_as_if_they_stood(self):
        version = self.words()
        self.assertEqual(moved.confirm(version, [shown(self.second)], by=self.sana).placements, [])
        self.assertEqual(anchor_in(self.second, version), Anchor.TEXT_CHANGED)

    def test_a_place_of_another_article_or_of_none_is_left_out(self):
        version = self.around()
        other = place(make_claim("Elsewhere."), make_article("Other", TEXT), "A source said so").appearance
        given = [shown(other), moved.Shown(10**9, "same.asserts.shown.nowhere"), shown(self.first)]
        done = moved.confirm(version, given, by=self.sana)
        self.assertEqual((len(done.placements), len(done.left_out)), (1, 2))

    def test_shown_twice_it_is_confirmed_once(self):
        version = self.around()
        given = shown(self.first)
        self.assertEqual(len(moved.confirm(version, [given, given], by=self.sana).placements), 1)

    def test_nobody_confirms_in_an_article_of_their_own(self):
        ours = make_outlet("The Lahore Post", is_ours=True)
        article = make_article("Ours", TEXT, outlet=ours, by=self.admin)
        appearance = place(make_claim("Ours."), article, "A source said so").appearance
        changed = [TEXT[0].replace("capital", "town"), *TEXT[1:]]
        version = revise(article, by=self.noor, paragraphs=changed)
        with self.assertRaises(Barred):
            moved.confirm(version, [shown(appearance)], by=self.admin)
        self.assertEqual(len(moved.confirm(version, [shown(appearance)], by=self.sana).placements), 1)

    def test_a_claim_that_the_persons_own_article_asserts_is_left_out_and_said(self):
        version = self.around()
        ours = make_outlet("The Lahore Post", is_ours=True)
        place(self.first.claim, make_article("Ours", TEXT, outlet=ours, by=self.admin), "Six bases")
        done = moved.confirm(version, [shown(self.first), shown(self.third)], by=self.admin)
        self.assertEqual([row.appearance_id for row in done.placements], [self.third.pk])
        self.assertIn("You wrote an article", done.left_out[0][1])


class QueryTests(Cast, TestCase):
    def queries(self, count: int) -> int:
        article = make_article(f"{count} of them", ["A beginning.", f"{TEXT[0]} They left.", "An end."])
        places = [
            place(make_claim(f"{n} of {count}"), article, "was handed over on Tuesday") for n in range(count)
        ]
        version = revise(article, paragraphs=["A beginning.", f"{TEXT[0]} They stayed.", "An end."])
        revise(article, live=False, standfirst="A line more.")
        given = [shown(each.appearance) for each in places]
        with CaptureQueriesContext(connection) as caught:
            done = moved.confirm(version, given, by=self.sana)
        self.assertEqual(len(done.placements), count)
        return len(caught)

    def test_a_hundred_are_confirmed_with_one_query_more_for_each_its_line_in_the_ledger(self):
        self.assertEqual(self.queries(100) - self.queries(1), 99)


class LaterVersionsTests(ThreeClaims, TestCase):
    def test_what_is_confirmed_in_the_live_version_holds_in_the_one_that_waits(self):
        live = self.around()
        waiting = revise(self.article, live=False, paragraphs=[*AROUND, "One more."])
        self.assertEqual(anchor_in(self.first, waiting), Anchor.CONTEXT_CHANGED)
        moved.confirm(live, [shown(self.first)], by=self.sana)
        self.assertEqual(anchor_in(self.first, waiting), Anchor.ANCHORED)
        self.assertEqual(anchor_in(self.third, waiting), Anchor.CONTEXT_CHANGED)

    def test_it_holds_through_several_that_wait(self):
        live = self.around()
        revise(self.article, live=False, paragraphs=[*AROUND, "One more."])
        newest = revise(self.article, live=False, paragraphs=[*AROUND, "One more.", "And one more."])
        moved.confirm(live, [shown(self.first)], by=self.sana)
        self.assertEqual(anchor_in(self.first, newest), Anchor.ANCHORED)

    def test_other_surroundings_in_the_version_that_waits_are_still_to_be_read(self):
        live = self.around()
        waiting = revise(
            self.article, live=False, paragraphs=[AROUND[0].replace("capital", "town"), *AROUND[1:]]
        )
        moved.confirm(live, [shown(self.first), shown(self.third)], by=self.sana)
        self.assertEqual(anchor_in(self.first, waiting), Anchor.CONTEXT_CHANGED)
        self.assertEqual(anchor_in(self.third, waiting), Anchor.ANCHORED)

    def test_what_is_confirmed_in_the_version_that_waits_is_not_in_the_live_one(self):
        live = self.around()
        waiting = revise(self.article, live=False, paragraphs=[*AROUND, "One more."])
        moved.confirm(waiting, [shown(self.first)], by=self.sana)
        self.assertEqual(anchor_in(self.first, waiting), Anchor.ANCHORED)
        self.assertEqual(anchor_in(self.first, live), Anchor.CONTEXT_CHANGED)

    def test_words_placed_again_hold_in_the_version_that_waits_and_never_the_other_way_round(self):
        live = self.words()
        waiting = revise(self.article, live=False, standfirst="A line more.")
        moved.place_again(shown(self.second), waiting, self.spot(waiting), by=self.sana)
        self.assertEqual(anchor_in(self.second, waiting), Anchor.ANCHORED)
        self.assertEqual(anchor_in(self.second, live), Anchor.TEXT_CHANGED)

    def test_placed_in_the_live_version_it_stands_in_the_waiting_one_unless_somebody_decided_there(self):
        live = self.words()
        waiting = revise(self.article, live=False, standfirst="A line more.")
        moved.place_again(shown(self.second), live, self.spot(live), by=self.sana)
        row = Placement.objects.standing().get(appearance=self.second, version=waiting)
        self.assertEqual((row.anchor, row.exact), (Anchor.ANCHORED, "Five bases were handed over"))

    def test_a_decision_on_the_waiting_version_outlives_a_later_one_on_the_live_version(self):
        live = self.words()
        waiting = revise(self.article, live=False, standfirst="A line more.")
        mine = moved.place_again(shown(self.second), waiting, self.spot(waiting, "Five bases"), by=self.sana)
        moved.place_again(shown(self.second), live, self.spot(live), by=self.rashid)
        row = Placement.objects.standing().get(appearance=self.second, version=waiting)
        self.assertEqual(row, mine)


class PlaceAgainTests(ThreeClaims, TestCase):
    def test_it_is_a_new_placement_of_the_same_place_decided_by_a_person(self):
        version = self.words()
        gone = Placement.objects.get(appearance=self.second, version=version)
        row = moved.place_again(shown(self.second), version, self.spot(version), by=self.sana)
        self.assertEqual(
            (row.anchor, row.exact, row.decided_by, row.carried_from),
            (Anchor.ANCHORED, "Five bases were handed over", self.sana, gone.carried_from),
        )
        gone.refresh_from_db()
        self.assertIsNotNone(gone.ended_at)
        self.assertEqual(gone.anchor, Anchor.TEXT_CHANGED)
        self.assertEqual(verbs(row), ["placement.place-again"])
        self.assertEqual(list(audit_anchors()), [])

    def test_nothing_is_placed_on_a_candidate_by_itself(self):
        version = self.words()
        self.assertEqual(anchor_in(self.second, version), Anchor.TEXT_CHANGED)
        revise(self.article, paragraphs=TEXT)
        newest = self.article.latest_version
        self.assertNotEqual(
            Placement.objects.standing().get(appearance=self.second, version=newest).decided_by, self.sana
        )

    def test_what_it_refuses(self):
        version = self.words()
        good = self.spot(version)
        table = {
            "words that are not there": Spot("body", good.start + 1, good.end + 1, good.exact),
            "across paragraphs": Spot("body", 0, good.end, version.body_text[: good.end]),
            "no words": Spot("body", 4, 4, ""),
        }
        for what, spot in table.items():
            with self.subTest(what), self.assertRaises(workflow.WorkflowRefused):
                moved.place_again(shown(self.second), version, spot, by=self.sana)
        self.assertEqual(anchor_in(self.second, version), Anchor.TEXT_CHANGED)

    def test_a_claim_that_stands_on_words_is_taken_off_them_first(self):
        version = self.around()
        spot = self.spot(version, "Six bases")
        with self.assertRaisesMessage(workflow.WorkflowRefused, "stands on words here"):
            moved.place_again(shown(self.first), version, spot, by=self.sana)

    def test_the_same_claim_is_not_put_on_the_same_words_twice(self):
        version = self.words()
        spot = self.spot(version)
        workflow.place(self.second.claim, version, "body", spot.start, spot.end, by=self.sana, role="asserts")
        with self.assertRaisesMessage(workflow.WorkflowRefused, "already"):
            moved.place_again(shown(self.second), version, spot, by=self.sana)

    def test_whoever_comes_second_writes_nothing(self):
        version = self.words()
        given, spot = shown(self.second), self.spot(version)
        moved.place_again(given, version, spot, by=self.sana)
        lines = LedgerEntry.objects.count()
        with self.assertRaises(workflow.SomebodyWasFaster):
            moved.place_again(given, version, spot, by=self.rashid)
        with self.assertRaises(workflow.SomebodyWasFaster):
            moved.detach(given, version, by=self.rashid, reason="Mine.")
        self.assertEqual(LedgerEntry.objects.count(), lines)

    def test_nobody_places_in_an_article_of_their_own(self):
        ours = make_outlet("The Lahore Post", is_ours=True)
        article = make_article("Ours", TEXT, outlet=ours, by=self.admin)
        appearance = place(make_claim("Ours."), article, "Six bases were handed over").appearance
        version = revise(article, by=self.noor, paragraphs=[TEXT[0], TEXT[1].replace("Six", "Five")])
        with self.assertRaises(Barred):
            moved.place_again(shown(appearance), version, self.spot(version), by=self.admin)
        with self.assertRaises(Barred):
            moved.detach(shown(appearance), version, by=self.admin, reason="Mine.")


class DetachTests(ThreeClaims, TestCase):
    def test_it_asks_for_a_reason_and_ends_in_this_version_and_the_later_ones(self):
        live = self.words()
        waiting = revise(self.article, live=False, standfirst="A line more.")
        with self.assertRaises(workflow.WorkflowRefused):
            moved.detach(shown(self.second), live, by=self.sana, reason=" ")
        moved.detach(shown(self.second), live, by=self.sana, reason="It says five now.")
        rows = Placement.objects.standing().filter(appearance=self.second, version__in=[live, waiting])
        self.assertFalse(rows.exists())

    def test_taken_off_in_the_version_that_waits_it_stays_in_the_live_one(self):
        live = self.words()
        waiting = revise(self.article, live=False, standfirst="A line more.")
        moved.detach(shown(self.second), waiting, by=self.sana, reason="It says five now.")
        self.assertEqual(anchor_in(self.second, live), Anchor.TEXT_CHANGED)
