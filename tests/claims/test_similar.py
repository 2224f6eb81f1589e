"""The claims most like some words: the right one first, with reasons, in a constant number of queries."""

import uuid
from unittest import mock

from django.test import TestCase

from claims import workflow
from claims.likeness import likeness
from claims.models import Claim
from claims.similar import LONGEST, similar_claims
from tests.desk import Cast
from tests.factories import clock, make_claim, make_verdict

SIXTH = "The coalition handed over its sixth base within three weeks."
OTHERS = (
    "A convoy of forty vehicles crossed into Syria.",
    "The price of oil fell by a third in March.",
    "No group has claimed the attacks on the embassy.",
)
FLAGGED = "sixth Iraqi base in one week"


class SimilarClaimsTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        for statement in OTHERS:
            make_claim(statement)
        self.sixth = make_claim(SIXTH)

    def test_the_claim_that_says_nearly_the_same_comes_with_its_reasons(self):
        (found,) = similar_claims(FLAGGED)
        self.assertEqual((found.pk, found.number, found.statement), (self.sixth.pk, self.sixth.number, SIXTH))
        self.assertEqual(found.shared, ("sixth", "base", "weeks"))
        self.assertTrue(found.conflicts)
        self.assertEqual(found.why, "same words: sixth, base, weeks; differs: one week / three weeks")
        self.assertEqual(
            (found.work_state, found.work, found.mark, found.label), ("flagged", "Flagged", None, None)
        )

    def test_of_a_long_passage_the_beginning_is_compared(self):
        with mock.patch("claims.similar.likeness", wraps=likeness) as compared:
            (found,) = similar_claims(f"{FLAGGED}. {'The paper went on. ' * 5000}")
        self.assertEqual(found.pk, self.sixth.pk)
        self.assertLessEqual(max(len(call.args[0]) for call in compared.call_args_list), LONGEST)

    def test_a_published_verdict_is_told_and_one_that_waits_is_not(self):
        make_verdict(self.sixth, "contradicted", published=False)
        self.assertIsNone(similar_claims(FLAGGED)[0].label)
        workflow.approve(self.sixth.verdicts.get(), by=self.rashid)
        found = similar_claims(FLAGGED)[0]
        self.assertEqual((found.mark, found.label), ("contradicted", "Contradicted"))

    def test_declined_and_merged_claims_say_so(self):
        workflow.move(self.sixth, Claim.Work.DECLINED, by=self.sana, reason="It is an opinion.")
        self.assertEqual(similar_claims(FLAGGED)[0].closed, "Not to be checked: It is an opinion.")
        kept = make_claim("The sixth base was handed over in three weeks in all.")
        again = make_claim("The sixth base went within three weeks.")
        workflow.merge(again, kept, by=self.sana, reason="The same.")
        by_pk = {found.pk: found for found in similar_claims(FLAGGED)}
        self.assertEqual(by_pk[again.pk].closed, f"Merged into “{kept.statement}”.")
        self.assertEqual(by_pk[again.pk].merged_into, kept.pk)
        self.assertEqual(by_pk[kept.pk].closed, "")

    def test_nothing_is_offered_for_words_that_no_claim_has(self):
        for text in ("", "the of and", "penguins", "؟ … !"):
            with self.subTest(text=text):
                self.assertEqual(similar_claims(text), [])

    def test_excluded_claims_and_more_than_the_limit_are_left_out(self):
        self.assertEqual(similar_claims(FLAGGED, exclude=[self.sixth.pk]), [])
        for turn in range(7):
            make_claim(f"The sixth base closed, said witness {turn} this week.")
        self.assertEqual(len(similar_claims(FLAGGED)), 5)
        self.assertEqual(len(similar_claims(FLAGGED, limit=2)), 2)

    def test_of_equals_the_newest_comes_first_and_every_time(self):
        for day in ("2020-04-02 09:00", "2020-04-04 09:00", "2020-04-03 09:00"):
            with clock(day):
                make_claim("The ninth base was shelled.")
        found = similar_claims("ninth base shelled")
        times = [Claim.objects.get(pk=one.pk).created_at for one in found[:3]]
        self.assertEqual(times, sorted(times, reverse=True))
        self.assertEqual(found, similar_claims("ninth base shelled"))

    def test_it_costs_no_more_for_many_claims(self):
        similar_claims(FLAGGED)  # brings the index up to date
        with self.assertNumQueries(5):
            similar_claims(FLAGGED)
        for turn in range(60):
            make_claim(f"The sixth base of region {turn} closed within weeks.")
        self.assertEqual(len(similar_claims(FLAGGED, limit=60)), 60)
        with self.assertNumQueries(5):
            self.assertEqual(len(similar_claims(FLAGGED, limit=60)), 60)

    def test_an_old_claim_is_found_behind_many_newer_ones_that_share_less(self):
        with clock("2015-01-01 09:00"):
            old = make_claim("A sixth Iraqi base was left behind in one week.")
        Claim.objects.bulk_create(
            Claim(
                uid=uuid.uuid5(uuid.NAMESPACE_URL, str(turn)),
                number=2_000_000_000 + turn,
                statement=f"A base was named in report {turn}.",
            )
            for turn in range(250)
        )
        self.assertEqual(similar_claims(FLAGGED)[0].pk, old.pk)
