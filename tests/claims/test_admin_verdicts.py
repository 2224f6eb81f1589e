"""Verdicts at the desk: drafted, proposed, approved by a second person, sent back, taken back. And the evidence."""

import hashlib
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from claims import workflow
from claims.forms import VerdictForm
from claims.models import Approval, Claim, Evidence, Rating, Source, Verdict
from newsroom.core.models import LedgerEntry
from tests.claims.test_admin_claims import act, change
from tests.desk import Cast, signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_evidence,
    make_outlet,
    make_source,
    make_verdict,
    place,
)
from tests.forms import errors_of, fields_of, fill_in, messages_of, send

ADD = "/admin/claims/verdict/add/"


class DraftingTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.claim = make_claim(article=self.article, words="sixth Iraqi base in one week")
        make_evidence(self.claim)
        self.client = signed_in(self.sana)

    def draft(self, **given):
        given = {
            "rating": Rating.objects.get(slug="contradicted").pk,
            "finding": "The text itself says “over the past few weeks”.",
            "as_of": "2020-04-12",
            **given,
        }
        return fill_in(self.client, f"{ADD}?claim={self.claim.pk}", given)

    def test_a_draft_is_begun_changed_and_proposed(self):
        self.assertEqual(self.draft().status_code, 302)
        verdict = Verdict.objects.get()
        self.assertEqual(
            (verdict.publication_state, verdict.proposed_by, verdict.number), ("draft", self.sana, 1)
        )
        fill_in(self.client, change(verdict), finding="The text says “the past few weeks”.")
        verdict.refresh_from_db()
        self.assertEqual(verdict.finding, "The text says “the past few weeks”.")
        page = self.client.get(act(verdict, "propose"))
        self.assertContains(page, "Rudaw, 7 April 2020")
        self.assertContains(page, "sixth Iraqi base in one week")
        self.assertRedirects(fill_in(self.client, act(verdict, "propose")), change(verdict))
        verdict.refresh_from_db()
        self.assertEqual(verdict.publication_state, "proposed")
        self.assertEqual(Claim.objects.get().work_state, "proposed")
        verbs = [entry.verb for entry in LedgerEntry.objects.about(verdict).order_by("id")]
        self.assertEqual(verbs, ["verdict.draft", "verdict.change", "verdict.propose"])

    def test_a_finding_has_at_most_25_words(self):
        answer = self.draft(finding=" ".join(["word"] * 26) + ".")
        self.assertIn("26 words; 25 is the most", errors_of(answer)["finding"][0])
        self.assertFalse(Verdict.objects.exists())
        self.assertEqual(self.draft(finding=" ".join(["word"] * 25) + ".").status_code, 302)

    def test_a_clash_is_whole_and_stands_in_its_version(self):
        version = self.article.live_version
        table = [
            ({"clash_words": "in one week"}, "A clash needs both phrases"),
            (
                {
                    "clash_words": "in one week",
                    "clash_against": "in the past year",
                    "clash_version": version.pk,
                },
                "does not stand in that version word for word",
            ),
        ]
        for given, said in table:
            with self.subTest(said=said):
                self.assertIn(said, str(errors_of(self.draft(**given))))
        whole = {"clash_words": "in one week", "clash_against": "in the past few weeks"}
        self.assertEqual(self.draft(**whole, clash_version=version.pk).status_code, 302)

    def test_one_verdict_on_a_claim_is_in_the_making(self):
        self.draft()
        answer = self.draft()
        self.assertIn("Verdict 1 on this claim is in the making already.", errors_of(answer)["claim"][0])
        self.assertEqual(Verdict.objects.count(), 1)

    def test_somebody_who_was_faster_by_a_moment_is_told_in_a_sentence(self):
        self.draft()
        with patch.object(VerdictForm, "clean_claim", lambda form: form.cleaned_data["claim"]):
            answer = self.draft(finding="Typed at the same time.")
        said = str(errors_of(answer)["__all__"])
        self.assertIn("A verdict on this claim is in the making already.", said)
        self.assertContains(answer, "Typed at the same time.")
        self.assertEqual(Verdict.objects.count(), 1)

    def test_a_verdict_without_evidence_is_not_proposed(self):
        claim = make_claim("A claim without evidence.")
        verdict = workflow.draft_verdict(
            claim, by=self.sana, rating=Rating.objects.get(slug="false"), finding="No.", as_of="2020-04-12"
        )
        answer = self.client.post(act(verdict, "propose"))
        self.assertIn("Add the evidence first", str(errors_of(answer)))
        verdict.refresh_from_db()
        self.assertEqual(verdict.publication_state, "draft")

    def test_a_draft_is_changed_and_proposed_by_its_drafter_alone(self):
        self.draft()
        verdict = Verdict.objects.get()
        given = fields_of(self.client.get(change(verdict)))
        for name in ("rashid", "admin", "yusra", "bilal"):
            with self.subTest(person=name):
                client = signed_in(getattr(self, name))
                self.assertEqual(client.post(change(verdict), {**given, "finding": "Mine."}).status_code, 403)
                self.assertEqual(client.post(act(verdict, "propose")).status_code, 403)
        verdict.refresh_from_db()
        self.assertEqual(verdict.finding, "The text itself says “over the past few weeks”.")

    def test_a_proposed_verdict_is_frozen_for_everybody(self):
        self.draft()
        verdict = Verdict.objects.get()
        page = self.client.get(change(verdict))
        workflow.propose(verdict, by=self.sana)
        answer = send(self.client, change(verdict), page, finding="Something else.")
        self.assertEqual(answer.status_code, 403)
        self.assertNotIn("finding", fields_of(self.client.get(change(verdict))))

    def test_the_author_of_the_words_does_not_draft_a_verdict_on_them(self):
        ours = make_outlet("The Lahore Post", is_ours=True)
        claim = make_claim("Our own claim.")
        place(claim, make_article("Our own headline", outlet=ours, by=self.admin), "Our own headline")
        client = signed_in(self.admin)
        self.assertEqual(client.get(f"{ADD}?claim={claim.pk}").status_code, 403)
        given = fields_of(client.get(ADD))
        given |= {"claim": claim.pk, "rating": Rating.objects.get(slug="true").pk, "finding": "It is."}
        given |= {"as_of": "2020-04-12"}
        self.assertEqual(client.post(ADD, given).status_code, 403)
        self.assertFalse(Verdict.objects.filter(claim=claim).exists())
        self.assertContains(client.get(change(claim)), "somebody else must judge it")


class SecondPersonTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.claim = make_claim(article=make_article(), words="sixth Iraqi base in one week")
        self.verdict = make_verdict(self.claim, published=False)
        self.client = signed_in(self.rashid)

    def state(self) -> str:
        return Verdict.objects.get(pk=self.verdict.pk).publication_state

    def test_a_second_person_publishes(self):
        page = self.client.get(act(self.verdict, "approve"))
        self.assertContains(page, "sixth Iraqi base in one week")
        answer = fill_in(self.client, act(self.verdict, "approve"), note="Checked the dates.")
        self.assertEqual(self.state(), "published")
        self.assertIn("The verdict is public.", messages_of(answer))
        approval = Approval.objects.get()
        self.assertEqual((approval.user, approval.note), (self.rashid, "Checked the dates."))

    def test_nobody_approves_their_own_verdict_not_even_a_superuser(self):
        claim = make_claim("Another claim.")
        own = {
            self.rashid: make_verdict(claim, published=False, by=self.rashid),
            self.admin: make_verdict(make_claim("A third."), published=False, by=self.admin),
        }
        for person, verdict in own.items():
            with self.subTest(person=person):
                client = signed_in(person)
                page = client.get(change(verdict))
                self.assertContains(page, "You proposed this verdict, so somebody else must approve it.")
                self.assertNotContains(page, act(verdict, "approve"))
                for name, given in (("approve", {}), ("send-back", {"note": "More."})):
                    answer = client.post(act(verdict, name), given)
                    self.assertEqual(answer.status_code, 403)
                    self.assertContains(answer, "somebody else must approve it", status_code=403)
                verdict.refresh_from_db()
                self.assertEqual(verdict.publication_state, "proposed")
        self.assertFalse(Approval.objects.exists())

    def test_the_author_of_the_words_does_not_approve(self):
        ours = make_outlet("The Lahore Post", is_ours=True)
        place(self.claim, make_article("Sixth base, says ours", outlet=ours, by=self.rashid), "Sixth base")
        self.assertEqual(self.client.post(act(self.verdict, "approve")).status_code, 403)
        self.assertEqual(self.state(), "proposed")

    def test_a_verdict_is_sent_back_with_what_is_missing(self):
        refused = fill_in(self.client, act(self.verdict, "send-back"))
        self.assertIn("required", errors_of(refused)["note"][0])
        fill_in(self.client, act(self.verdict, "send-back"), note="The second source.")
        self.assertEqual(self.state(), "returned")
        self.assertEqual(Claim.objects.get().work_state, "researching")

    def test_a_published_verdict_is_taken_back_with_a_reason(self):
        fill_in(self.client, act(self.verdict, "approve"))
        fill_in(self.client, act(self.verdict, "retract"), reason="The record was a forgery.")
        self.verdict.refresh_from_db()
        self.assertEqual(
            (self.verdict.publication_state, self.verdict.end_reason),
            ("retracted", "The record was a forgery."),
        )

    def test_acts_come_in_their_order(self):
        for name, given in (("propose", {}), ("retract", {"reason": "No."})):
            with self.subTest(act=name):
                client = signed_in(self.sana) if name == "propose" else self.client
                answer = client.post(act(self.verdict, name), given)
                self.assertIn(answer.status_code, (200, 403))
                self.assertEqual(self.state(), "proposed")
        fill_in(self.client, act(self.verdict, "approve"))
        again = self.client.post(act(self.verdict, "approve"))
        self.assertContains(again, "no longer at the step")
        self.assertEqual(Approval.objects.count(), 1)

    def test_approvals_are_read_and_never_written_by_hand(self):
        fill_in(self.client, act(self.verdict, "approve"))
        approval = Approval.objects.get()
        client = signed_in(self.admin)
        self.assertEqual(client.get(change(approval)).status_code, 200)
        self.assertEqual(client.post(change(approval), {"decision": "returned"}).status_code, 403)
        self.assertEqual(client.get("/admin/claims/approval/add/").status_code, 403)


class EvidenceTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.claim = make_claim()
        self.source = make_source("Rudaw", "outlet")
        self.client = signed_in(self.sana)

    def add(self, **given):
        given = {
            "source": self.source.pk,
            "stance": "refutes",
            "level": "primary",
            "title": "Rudaw, 7 April 2020",
            "url": "https://example.org/sixth",
            **given,
        }
        return fill_in(self.client, f"/admin/claims/evidence/add/?claim={self.claim.pk}", given)

    def test_evidence_is_added_under_the_name_of_whoever_found_it(self):
        copy = SimpleUploadedFile("page.html", b"<p>Sixth base</p>")
        self.assertEqual(self.add(captured=copy).status_code, 302)
        piece = Evidence.objects.get()
        self.assertEqual((piece.claim, piece.added_by), (self.claim, self.sana))
        self.assertEqual(piece.captured_sha256, hashlib.sha256(b"<p>Sixth base</p>").hexdigest())
        self.assertEqual(LedgerEntry.objects.about(piece).get().verb, "evidence.add")

    def test_evidence_can_be_found_and_says_why_it_is_secondary(self):
        table = [
            ({"url": ""}, "Give an address"),
            ({"level": "secondary"}, "Say why this is secondary evidence."),
            ({"event": "al-Qaim"}, "Give the event and its date, or neither."),
        ]
        for given, said in table:
            with self.subTest(said=said):
                self.assertIn(said, str(errors_of(self.add(**given))))
        self.assertFalse(Evidence.objects.exists())

    def test_evidence_of_a_proposed_verdict_is_fixed(self):
        self.add()
        piece = Evidence.objects.get()
        page = self.client.get(change(piece))
        make_verdict(self.claim, published=False)
        self.assertContains(self.client.get(change(piece)), "it stays as it is")
        answer = send(self.client, change(piece), page, title="Another title")
        self.assertEqual(answer.status_code, 403)
        piece.refresh_from_db()
        self.assertEqual(piece.title, "Rudaw, 7 April 2020")

    def test_evidence_stays_with_its_claim(self):
        self.add()
        piece, other = Evidence.objects.get(), make_claim("Another claim.")
        fill_in(self.client, change(piece), claim=other.pk, title="A better title")
        piece.refresh_from_db()
        self.assertEqual((piece.claim, piece.title), (self.claim, "A better title"))


class ScaleTests(Cast, TestCase):
    def test_the_administrator_adds_and_retires_ratings_and_no_short_name_changes(self):
        client = signed_in(self.admin)
        rating = Rating.objects.get(slug="outdated")
        fill_in(client, change(rating), slug="old", retired="on")
        rating.refresh_from_db()
        self.assertEqual((rating.slug, rating.retired), ("outdated", True))
        self.assertEqual(LedgerEntry.objects.latest("id").verb, "rating.change")
        answer = fill_in(
            client, "/admin/claims/rating/add/", label="Correct", slug="correct", meaning="No.", mark="true"
        )
        self.assertIn("Articles are corrected, claims rated.", str(errors_of(answer)))

    def test_a_retired_rating_is_not_offered_to_a_new_verdict(self):
        Rating.objects.filter(slug="outdated").update(retired=True)
        page = signed_in(self.sana).get(ADD)
        self.assertNotContains(page, ">Outdated<")


class SourceTests(Cast, TestCase):
    def test_a_source_that_is_not_named_needs_the_reason(self):
        client = signed_in(self.bilal)
        given = {"name": "a military source", "kind": "anonymous"}
        answer = fill_in(client, "/admin/claims/source/add/", given)
        self.assertIn("Say why the source is not named", str(errors_of(answer)))
        fill_in(client, "/admin/claims/source/add/", {**given, "why_anonymous": "None was given."})
        self.assertEqual(Source.objects.get().slug, "a-military-source")
