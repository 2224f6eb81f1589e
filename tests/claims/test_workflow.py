"""The acts of checking: who may do what, from which step, and what is written down."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import translation

from articles.models import Byline, Contributor
from claims import access, workflow
from claims.models import Appearance, Claim, Evidence, Placement, Rating, Verdict
from newsroom.core.models import LedgerEntry
from tests.desk import Cast
from tests.factories import (
    HEADLINE,
    PRINTED,
    make_article,
    make_claim,
    make_evidence,
    make_outlet,
    make_verdict,
    place,
    show_checking,
)

WORDS = "sixth Iraqi base in one week"
Work, Publication = Claim.Work, Verdict.Publication


def verbs_of(thing) -> list[str]:
    return list(LedgerEntry.objects.about(thing).order_by("id").values_list("verb", flat=True))


class MovesTests(Cast, TestCase):
    def test_every_move_of_the_table_is_made_and_every_other_refused(self):
        for before in Work:
            for after in Work:
                claim = make_claim(f"From {before} to {after}")
                merged = make_claim(f"Other of {before} {after}") if Work.MERGED in (before, after) else None
                Claim.objects.filter(pk=claim.pk).update(
                    work_state=before, merged_into=merged if before == Work.MERGED else None
                )
                claim.refresh_from_db()
                columns = {"merged_into": merged} if after == Work.MERGED else {}
                with self.subTest(before=before, after=after):
                    if after in workflow.MOVES[before]:
                        workflow.move(claim, after, by=self.sana, reason="As agreed.", **columns)
                        claim.refresh_from_db()
                        self.assertEqual(claim.work_state, after)
                        self.assertEqual(verbs_of(claim)[-1], "claim.move")
                    else:
                        with self.assertRaises(workflow.WorkflowRefused):
                            workflow.move(claim, after, by=self.sana, reason="As agreed.", **columns)
                        claim.refresh_from_db()
                        self.assertEqual(claim.work_state, before)

    def test_no_step_is_the_last(self):
        self.assertTrue(all(workflow.MOVES[step] for step in Work))

    def test_whoever_comes_second_is_told(self):
        claim = make_claim()
        stale = Claim.objects.get(pk=claim.pk)
        workflow.move(claim, Work.RESEARCHING, by=self.sana)
        with self.assertRaises(workflow.SomebodyWasFaster):
            workflow.move(stale, Work.ASSIGNED, by=self.bilal)

    def test_a_claim_is_not_declined_without_a_reason(self):
        claim = make_claim()
        with self.assertRaisesMessage(workflow.WorkflowRefused, "Say why"):
            workflow.move(claim, Work.DECLINED, by=self.sana, reason=" ")

    def test_merging_keeps_a_pointer_and_refuses_a_claim_that_is_merged_or_ruled(self):
        claim, into, ruled = make_claim("One"), make_claim("Two"), make_claim("Three")
        make_verdict(ruled)
        workflow.merge(claim, into, by=self.sana, reason="The same proposition.")
        self.assertEqual(Claim.objects.get(pk=claim.pk).merged_into, into)
        for wrong, target in ((into, into), (into, claim), (ruled, into)):
            with self.subTest(claim=str(wrong)), self.assertRaises(workflow.WorkflowRefused):
                workflow.merge(wrong, target, by=self.sana, reason="The same.")


class ShownAsCheckingTests(Cast, TestCase):
    def test_a_flag_alone_is_never_shown(self):
        claim = make_claim()
        with self.assertRaisesMessage(workflow.WorkflowRefused, "Assign the claim first"):
            workflow.show_as_checking(claim, by=self.sana)
        self.assertFalse(Claim.objects.public().exists())

    def test_an_editor_shows_and_hides_that_a_claim_is_being_checked(self):
        claim = show_checking(make_claim(), note="We count the attacks.")
        self.assertEqual(list(Claim.objects.being_checked()), [claim])
        workflow.hide_checking(claim, by=self.sana)
        self.assertFalse(Claim.objects.public().exists())
        self.assertEqual(verbs_of(claim)[-2:], ["claim.show-checking", "claim.hide-checking"])

    def test_a_declined_claim_is_no_longer_shown(self):
        claim = show_checking(make_claim())
        workflow.move(claim, Work.DECLINED, by=self.sana, reason="An opinion.")
        self.assertFalse(Claim.objects.public().exists())


class PlacingTests(Cast, TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article(paragraphs=["Six bases. Six bases.", "A🏳️‍🌈 family q\u0301."])
        cls.version = cls.article.live_version
        cls.claim = make_claim()

    def test_words_are_stored_with_what_stands_around_them(self):
        placement = place(self.claim, self.article, WORDS)
        self.assertEqual((placement.exact, placement.field), (WORDS, "headline"))
        self.assertEqual(HEADLINE[placement.start : placement.end], WORDS)
        self.assertEqual(placement.prefix, "Coalition hands over ")
        self.assertEqual(placement.appearance.match, Appearance.Match.SAME)
        self.assertEqual(verbs_of(placement.appearance), ["appearance.place"])

    def test_every_place_of_repeated_words_is_found(self):
        self.assertEqual(workflow.occurrences(self.version, "body", "Six bases"), [(0, 9), (11, 20)])
        self.assertEqual(workflow.occurrences(self.version, "body", "seven"), [])
        self.assertEqual(workflow.occurrences(self.version, "body", ""), [])

    def test_passages_that_cannot_carry_a_mark_are_refused(self):
        text = self.version.body_text
        for field, start, end in (
            ("body", 0, 0),
            ("body", -1, 4),
            ("body", 5, len(text) + 1),
            ("body", 11, 30),
            ("body", text.index("q\u0301"), text.index("q\u0301") + 1),
            ("headline", 0, 500),
            ("standfirst", 0, 1),
        ):
            with self.subTest(field=field, span=(start, end)), self.assertRaises(workflow.WorkflowRefused):
                workflow.place(self.claim, self.version, field, start, end, by=self.sana, role="asserts")
        self.assertEqual(Appearance.objects.count(), 0)

    def test_the_database_refuses_words_that_do_not_stand_there(self):
        placement = place(self.claim, self.article, WORDS)
        with self.assertRaisesMessage(IntegrityError, "do not stand"), transaction.atomic():
            Placement(
                appearance=Appearance.objects.create(article=self.article, claim=self.claim),
                version=self.version,
                field="headline",
                start=placement.start + 1,
                end=placement.end + 1,
                exact=WORDS,
            ).save()

    def test_the_database_refuses_the_version_of_another_article(self):
        other = make_article(outlet="The Monitor")
        with self.assertRaisesMessage(IntegrityError, "another article"), transaction.atomic():
            Placement(
                appearance=Appearance.objects.create(article=self.article, claim=self.claim),
                version=other.live_version,
                field="headline",
                start=0,
                end=9,
                exact="Coalition",
            ).save()

    def test_exempting_and_detaching_need_a_reason(self):
        placement = place(self.claim, self.article, WORDS)
        with self.assertRaises(workflow.WorkflowRefused):
            workflow.exempt(placement.appearance, by=self.rashid, reason="")
        with self.assertRaises(workflow.WorkflowRefused):
            workflow.detach(placement, by=self.rashid, why=" ")
        workflow.exempt(placement.appearance, by=self.rashid, reason="A quotation under dispute.")
        self.assertFalse(Appearance.objects.public().exists())
        workflow.end_exemption(placement.appearance, by=self.rashid)
        self.assertTrue(Appearance.objects.public().exists())
        workflow.detach(placement, by=self.rashid, why="Other words.")
        self.assertFalse(Placement.objects.standing().exists())


class VerdictTests(Cast, TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article()
        cls.claim = make_claim(article=cls.article, words=WORDS)
        make_evidence(cls.claim)

    def draft(self, by=None, **columns) -> Verdict:
        columns = {"finding": "It took three weeks.", "as_of": PRINTED, **columns}
        return workflow.draft_verdict(
            self.claim, by=by or self.sana, rating=Rating.objects.get(slug="false"), **columns
        )

    def proposed(self, **columns) -> Verdict:
        verdict = self.draft(**columns)
        workflow.propose(verdict, by=verdict.proposed_by)
        return verdict

    def test_a_verdict_is_public_once_a_second_person_approved_it(self):
        verdict = self.proposed()
        self.assertFalse(Claim.objects.public().exists())
        workflow.approve(verdict, by=self.rashid)
        self.claim.refresh_from_db()
        self.assertEqual(list(Claim.objects.ruled()), [self.claim])
        self.assertEqual((verdict.approved_by, self.claim.work_state), (self.rashid, Work.PUBLISHED))
        self.assertEqual(self.claim.ruled_at, verdict.published_at)
        self.assertEqual(verbs_of(verdict), ["verdict.draft", "verdict.propose", "verdict.publish"])

    def test_nobody_approves_their_own_proposal_not_even_a_superuser(self):
        for proposer in (self.rashid, self.admin):
            verdict = self.proposed(by=proposer)
            with self.subTest(proposer=str(proposer)):
                with self.assertRaises(access.Barred):
                    workflow.approve(verdict, by=proposer)
                verdict.refresh_from_db()
                self.assertEqual(verdict.publication_state, Publication.PROPOSED)
            workflow.send_back(
                verdict, by=self.admin if proposer == self.rashid else self.rashid, note="More."
            )

    def test_the_database_refuses_one_person_in_both_parts(self):
        verdict = self.proposed(by=self.rashid)
        with self.assertRaises(IntegrityError), transaction.atomic():
            Verdict.objects.filter(pk=verdict.pk).update(approved_by=self.rashid)
        with self.assertRaisesMessage(IntegrityError, "other than the proposer"), transaction.atomic():
            verdict.approvals.create(user=self.rashid, decision="approved")

    def test_roles_decide_who_proposes_and_who_approves(self):
        for who, proposes in (
            (self.bilal, False),
            (self.noor, False),
            (self.yusra, False),
            (self.sana, True),
            (self.rashid, True),
        ):
            with self.subTest(who=who.username):
                self.assertEqual(not access.why_not_propose(who, self.claim), proposes)
        verdict = self.proposed()
        for who in (self.bilal, self.noor, self.yusra, self.sana):
            with self.subTest(who=who.username), self.assertRaises(PermissionDenied):
                workflow.approve(verdict, by=who)
        self.assertFalse(verdict.approvals.exists())

    def test_whoever_wrote_the_claim_in_our_own_paper_does_not_judge_it(self):
        ours = make_outlet("Our Paper", is_ours=True)
        signed = make_article("We say sixth Iraqi base in one week", outlet=ours)
        Byline.objects.create(
            article=signed, contributor=Contributor.objects.create(name="R. Mahmood", user=self.rashid)
        )
        place(self.claim, signed, WORDS)
        verdict = self.proposed()
        with self.assertRaisesMessage(access.Barred, "You wrote"):
            workflow.approve(verdict, by=self.rashid)
        workflow.approve(verdict, by=self.admin)

    def test_nor_do_they_say_where_the_verdict_stands(self):
        ours = make_outlet("Our Paper", is_ours=True)
        placement = place(self.claim, make_article(f"We say {WORDS}", outlet=ours, by=self.rashid), WORDS)
        appearance = placement.appearance
        for act in (
            lambda: workflow.judge_match(appearance, "different", by=self.rashid),
            lambda: workflow.exempt(appearance, by=self.rashid, reason="Ours."),
            lambda: workflow.end_exemption(appearance, by=self.rashid),
            lambda: workflow.detach(placement, by=self.rashid, why="Ours."),
            lambda: workflow.move(self.claim, Work.DECLINED, by=self.rashid, reason="Ours."),
            lambda: workflow.merge(self.claim, make_claim("Another"), by=self.rashid, reason="Ours."),
        ):
            with self.assertRaisesMessage(access.Barred, "You wrote"):
                act()
        appearance.refresh_from_db()
        self.claim.refresh_from_db()
        self.assertEqual(
            (appearance.match, appearance.exempt, self.claim.work_state), ("same", False, "flagged")
        )

    def test_in_another_paper_entering_the_text_bars_nobody(self):
        entered = make_article("They say sixth Iraqi base in one week", by=self.rashid)
        place(self.claim, entered, WORDS)
        workflow.approve(self.proposed(), by=self.rashid)

    def test_denying_a_claim_in_our_own_paper_bars_nobody(self):
        ours = make_outlet("Our Paper", is_ours=True)
        denial = make_article("No sixth Iraqi base in one week", outlet=ours, by=self.rashid)
        place(self.claim, denial, WORDS, role=Appearance.Role.DENIES)
        workflow.approve(self.proposed(), by=self.rashid)

    def test_a_verdict_without_evidence_is_not_proposed(self):
        bare = make_claim("Nobody looked into this.")
        verdict = workflow.draft_verdict(
            bare, by=self.sana, rating=Rating.objects.get(slug="true"), finding="So it is.", as_of=PRINTED
        )
        with self.assertRaisesMessage(workflow.WorkflowRefused, "evidence"):
            workflow.propose(verdict, by=self.sana)
        verdict.refresh_from_db()
        self.assertEqual(verdict.publication_state, Publication.DRAFT)

    def test_a_clash_with_words_that_do_not_stand_there_is_not_proposed(self):
        clash = {"clash_words": "in one week", "clash_version": self.article.live_version}
        verdict = self.draft(**clash, clash_against="over many months")
        with self.assertRaisesMessage(workflow.WorkflowRefused, "over many months"):
            workflow.propose(verdict, by=self.sana)
        Verdict.objects.filter(pk=verdict.pk).update(clash_against="in the past few weeks")
        verdict.refresh_from_db()
        workflow.propose(verdict, by=self.sana)

    def test_a_proposed_verdict_and_its_evidence_are_frozen(self):
        verdict = self.proposed()
        for change in ({"finding": "Other."}, {"rating": Rating.objects.get(slug="true")}, {"known": "x"}):
            with self.subTest(change=change), self.assertRaises(IntegrityError), transaction.atomic():
                Verdict.objects.filter(pk=verdict.pk).update(**change)
        with self.assertRaisesMessage(IntegrityError, "rests on"), transaction.atomic():
            Evidence.objects.filter(claim=self.claim).update(quote="in one week")
        with self.assertRaises(IntegrityError), transaction.atomic():
            verdict.rests_on.all()._raw_delete("default")

    def test_evidence_found_later_does_not_join_a_verdict_that_was_proposed(self):
        verdict = self.proposed()
        make_evidence(self.claim, "Found the day after")
        workflow.approve(verdict, by=self.rashid)
        self.assertEqual(verdict.evidence.count(), 1)

    def test_a_second_verdict_replaces_the_first_and_the_first_stays_in_the_history(self):
        first = self.proposed()
        workflow.approve(first, by=self.rashid)
        self.claim.refresh_from_db()
        workflow.reopen(self.claim, by=self.sana, reason="New dates came in.", shown=True)
        second = self.proposed()
        workflow.approve(second, by=self.rashid)
        first.refresh_from_db()
        self.claim.refresh_from_db()
        self.assertEqual((first.publication_state, second.number), (Publication.SUPERSEDED, 2))
        self.assertEqual(list(self.claim.verdicts.published()), [second])
        self.assertEqual(self.claim.verdicts.ever_public().count(), 2)
        self.assertFalse(self.claim.shown_as_checking)

    def test_what_is_stored_is_in_the_sites_language_whatever_the_editors_is(self):
        first = self.proposed()
        workflow.approve(first, by=self.rashid)
        self.claim.refresh_from_db()
        workflow.reopen(self.claim, by=self.sana, reason="New dates came in.", shown=True)
        with translation.override("ur"):
            workflow.approve(self.proposed(), by=self.rashid)
        first.refresh_from_db()
        self.assertEqual(first.end_reason, "Replaced by verdict 2.")

    def test_a_verdict_sent_back_goes_to_research_and_a_new_one_is_drafted(self):
        verdict = self.proposed()
        with self.assertRaises(workflow.WorkflowRefused):
            workflow.send_back(verdict, by=self.rashid, note="")
        workflow.send_back(verdict, by=self.rashid, note="The date of the third handover is missing.")
        self.claim.refresh_from_db()
        self.assertEqual(self.claim.work_state, Work.RESEARCHING)
        self.assertEqual(self.proposed().number, 2)

    def test_a_verdict_taken_back_leaves_the_claim_reopened_and_unruled(self):
        verdict = self.proposed()
        workflow.approve(verdict, by=self.rashid)
        with self.assertRaises(access.Barred):
            workflow.retract(verdict, by=self.sana, reason="Wrong.")
        workflow.retract(verdict, by=self.rashid, reason="A source was mistaken.")
        self.claim.refresh_from_db()
        self.assertEqual((self.claim.work_state, self.claim.ruled_at), (Work.REOPENED, None))
        self.assertFalse(Claim.objects.public().exists())

    def test_two_verdicts_are_never_in_the_making_at_once(self):
        self.draft()
        with self.assertRaises(IntegrityError), transaction.atomic():
            self.draft()

    def test_a_verdict_approved_twice_is_published_once(self):
        verdict = self.proposed()
        stale = Verdict.objects.get(pk=verdict.pk)
        workflow.approve(verdict, by=self.rashid)
        with self.assertRaises((workflow.WorkflowRefused, IntegrityError)), transaction.atomic():
            workflow.approve(stale, by=self.admin)
        self.assertEqual(Verdict.objects.published().count(), 1)

    def test_a_verdict_never_goes_back_to_an_earlier_step(self):
        verdict = self.proposed()
        workflow.approve(verdict, by=self.rashid)
        for state in (Publication.DRAFT, Publication.PROPOSED, Publication.RETURNED):
            with self.subTest(state=state), self.assertRaises(IntegrityError), transaction.atomic():
                Verdict.objects.filter(pk=verdict.pk).update(publication_state=state)
