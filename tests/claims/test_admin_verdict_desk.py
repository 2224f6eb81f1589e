"""The claim's page at the desk: a verdict is written, looked at, proposed and decided on beside its evidence."""

from django.test import TestCase
from django.urls import reverse

from claims import workflow
from claims.models import Approval, Claim, Evidence, Rating, Source, Verdict
from newsroom.core.models import LedgerEntry
from tests.desk import Cast, signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_evidence,
    make_outlet,
    make_source,
    make_verdict,
    place,
    revise,
)
from tests.forms import fields_of, messages_of

FINDING = "The text itself says “over the past few weeks”."


def page_of(claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])


def address(claim, name: str) -> str:
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk])


def typed(claim=None, **given) -> dict:
    """What a browser posts of a verdict."""
    words = {
        "rating": Rating.objects.get(slug="contradicted").pk,
        "finding": FINDING,
        "as_of": "2020-04-12",
        "qualifier": "by its own text",
        **given,
    }
    return {f"verdict-{name}": value for name, value in words.items() if value is not None}


class OnTheDesk(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.claim = make_claim(article=self.article, words="sixth Iraqi base in one week")
        make_evidence(self.claim)
        self.client = signed_in(self.sana)

    def post(self, name: str, data: dict, client=None):
        return (client or self.client).post(address(self.claim, name), data)


class WritingTests(OnTheDesk):
    def test_a_draft_is_saved_and_changed_in_the_claims_page(self):
        answer = self.post("verdict", {**typed(), "do": "save"})
        self.assertRedirects(answer, f"{page_of(self.claim)}#verdict", fetch_redirect_response=False)
        verdict = Verdict.objects.get()
        self.assertEqual((verdict.publication_state, verdict.finding), ("draft", FINDING))
        page = self.client.get(page_of(self.claim))
        given = {name: values for name, values in fields_of(page).items() if name.startswith("verdict")}
        self.post("verdict", {**given, "verdict-finding": "Six in three weeks.", "do": "save"})
        verdict.refresh_from_db()
        self.assertEqual(verdict.finding, "Six in three weeks.")
        verbs = [entry.verb for entry in LedgerEntry.objects.about(verdict).order_by("id")]
        self.assertEqual(verbs, ["verdict.draft", "verdict.change"])

    def test_saving_and_proposing_is_one_act(self):
        answer = self.post("verdict", {**typed(), "do": "propose"})
        self.assertIn("Somebody else must approve it now.", messages_of(answer)[0])
        verdict = Verdict.objects.get()
        self.assertEqual((verdict.publication_state, verdict.rests_on.count()), ("proposed", 1))

    def test_without_evidence_neither_is_done_and_the_words_are_kept(self):
        claim = make_claim("A claim without evidence.")
        answer = self.client.post(address(claim, "verdict"), {**typed(), "do": "propose"})
        self.assertContains(answer, "Add the evidence first")
        self.assertContains(answer, "over the past few weeks”.</textarea>")
        self.assertFalse(Verdict.objects.exists())

    def test_a_finding_that_is_too_long_is_shown_again_with_its_note(self):
        long = " ".join(["word"] * 26) + "."
        answer = self.post("verdict", {**typed(finding=long), "do": "save"})
        self.assertContains(answer, "26 words; 25 is the most")
        self.assertContains(answer, f"{long}</textarea>")
        self.assertContains(answer, f'<p class="finding">{long}</p>')
        self.assertFalse(Verdict.objects.exists())

    def test_words_of_a_clash_stand_in_print(self):
        version = self.article.live_version
        table = [
            ("in two weeks", "in the past few weeks", "is no part of the words"),
            ("in one week", "in the past year", "does not stand in that version word for word"),
        ]
        for words, against, said in table:
            with self.subTest(said=said):
                given = typed(clash_words=words, clash_against=against, clash_version=version.pk)
                self.assertContains(self.post("verdict", {**given, "do": "save"}), said)
        self.assertFalse(Verdict.objects.exists())

    def test_somebody_who_began_a_verdict_meanwhile_is_named_and_the_words_are_kept(self):
        make_verdict(self.claim, published=False, by=self.rashid)
        answer = self.post("verdict", {**typed(), "do": "save"})
        self.assertContains(answer, "Rashid Mahmood began verdict 1 on this claim meanwhile")
        self.assertContains(answer, "This is what you had typed")
        self.assertContains(answer, FINDING)
        self.assertEqual(Verdict.objects.count(), 1)

    def test_a_draft_proposed_in_another_window_is_not_changed_and_the_words_are_kept(self):
        self.post("verdict", {**typed(), "do": "save"})
        verdict = Verdict.objects.get()
        workflow.propose(verdict, by=self.sana)
        for does in ("save", "propose"):
            with self.subTest(does=does):
                given = typed(finding="Typed in the other window.")
                answer = self.post("verdict", {**given, "verdict": verdict.pk, "do": does})
                self.assertContains(answer, "Somebody else moved this on just now")
                self.assertContains(answer, "Typed in the other window.")
        verdict.refresh_from_db()
        self.assertEqual(verdict.finding, FINDING)

    def test_ratings_are_chosen_by_their_marks_and_retired_ones_are_not_offered(self):
        Rating.objects.filter(slug="outdated").update(retired=True)
        page = self.client.get(page_of(self.claim))
        self.assertContains(page, 'href="#m-half-true"')
        self.assertContains(page, "One part holds and another, just as weighty, does not.")
        self.assertNotContains(page, 'href="#m-outdated"')

    def test_whoever_wrote_the_words_reads_why_they_judge_nothing(self):
        ours = make_outlet("The Lahore Post", is_ours=True)
        place(self.claim, make_article("Our sixth base", outlet=ours, by=self.admin), "Our sixth base")
        client = signed_in(self.admin)
        self.assertContains(client.get(page_of(self.claim)), "You wrote an article that asserts this claim")
        answer = self.post("verdict", {**typed(), "do": "save"}, client)
        self.assertContains(answer, "somebody else must judge it", status_code=403)
        self.assertFalse(Verdict.objects.exists())


class PreviewTests(OnTheDesk):
    def clash(self) -> dict:
        version = self.article.live_version
        return typed(
            clash_words="in one week", clash_against="in the past few weeks", clash_version=version.pk
        )

    def test_the_note_is_the_very_one_that_readers_see_once_it_is_published(self):
        also = make_claim(
            "No group said so.", article=self.article, words="No group has claimed", checking=True
        )
        second = make_article("Troops go", ["It was the sixth Iraqi base in one week, he said."])
        place(self.claim, second, "sixth Iraqi base in one week")
        drawn = self.post("note", self.clash()).content.decode()
        note = drawn[drawn.index("<aside") : drawn.index("</aside>")]
        self.assertIn("in the past few weeks", note)
        self.assertIn("Also printed in 1 other place", note)
        headline = drawn[drawn.index('<p class="hed">') + 15 :].split("</p>")[0]
        self.post("verdict", {**self.clash(), "do": "propose"})
        workflow.approve(Verdict.objects.get(), by=self.rashid)
        seen = self.amna.get(self.article.get_absolute_url()).content.decode()
        self.assertIn(note, seen)
        self.assertIn(f'<h1 class="hed">{headline}</h1>', seen)
        self.assertTrue(Claim.objects.get(pk=also.pk).shown_as_checking)

    def test_looking_writes_nothing_and_keeps_what_was_typed(self):
        before = LedgerEntry.objects.count()
        for name, more in (("note", {}), ("verdict", {"do": "preview"})):
            with self.subTest(address=name):
                answer = self.post(name, {**self.clash(), **more})
                self.assertContains(answer, f'<p class="finding">{FINDING}</p>')
        self.assertContains(answer, f"{FINDING}</textarea>")
        self.assertNotContains(answer, "Nothing was saved yet")
        self.assertEqual((LedgerEntry.objects.count(), Verdict.objects.count()), (before, 0))

    def test_readers_see_nothing_of_a_draft_or_a_proposal(self):
        self.post("verdict", {**typed(), "do": "propose"})
        for path in (self.article.get_absolute_url(), "/", "/claims/", self.claim.get_absolute_url()):
            with self.subTest(path=path):
                answer = self.amna.get(path)
                self.assertNotIn(FINDING, answer.content.decode())

    def test_every_confirmed_place_is_named_with_what_it_will_show(self):
        exempted = make_article("A rumour of a base", ["They hand over the sixth base, it is rumoured."])
        off = place(self.claim, exempted, "the sixth base")
        workflow.exempt(off.appearance, by=self.sana, reason="It reports a rumour.")
        denial = make_article("Ministry denies", ["There was no sixth base, the ministry said."])
        place(self.claim, denial, "no sixth base", role="denies")
        waiting = make_article("Not printed yet", ["A sixth base went."], published=False)
        place(self.claim, waiting, "A sixth base went")
        changed = make_article("It was changed", ["Five bases and a sixth went."])
        place(self.claim, changed, "a sixth went")
        revise(changed, paragraphs=["Six bases went."])
        answer = self.post("note", typed())
        for said in (
            "Exempt, shows nothing: It reports a rumour.",
            "Denies a claim rated Contradicted",
            "Waits until the article is public.",
            "Words changed",
            "verdict was Contradicted",
        ):
            with self.subTest(said=said):
                self.assertContains(answer, said)
        self.assertContains(answer, "<li", count=5)

    def test_a_suggested_place_is_not_among_them(self):
        other = make_article("Somebody suggests", ["Is this the sixth base?"])
        place(self.claim, other, "the sixth base", match="suggested")
        self.assertNotContains(self.post("note", typed()), "Somebody suggests")
        self.assertContains(self.client.get(page_of(self.claim)), "1 to confirm")

    def test_a_claim_in_the_text_shows_its_paragraph_and_note(self):
        claim = make_claim("Six in weeks.", article=self.article, words="in the past few weeks")
        answer = self.client.post(address(claim, "note"), typed(rating=Rating.objects.get(slug="true").pk))
        self.assertContains(answer, '<mark class="true"')
        self.assertContains(answer, 'class="note true"')

    def test_without_a_rating_or_a_place_it_says_what_is_missing(self):
        self.assertContains(self.post("note", typed(rating=None)), "Choose a rating")
        nowhere = make_claim("Printed nowhere.")
        answer = self.client.post(address(nowhere, "note"), typed())
        self.assertContains(answer, "on the claim's page alone")


class DecidingTests(OnTheDesk):
    def setUp(self):
        super().setUp()
        self.verdict = make_verdict(self.claim, published=False, finding=FINDING)
        self.client = signed_in(self.rashid)

    def decide(self, does: str, note: str = "", client=None):
        given = {"verdict": self.verdict.pk, "do": does, "decision-note": note}
        return self.post("decide", given, client)

    def test_a_second_person_reads_everything_and_approves(self):
        page = self.client.get(page_of(self.claim))
        for words in (FINDING, "the sixth base handover in just three weeks", "Rudaw, 7 April 2020"):
            self.assertContains(page, words)
        self.assertNotIn("verdict-finding", fields_of(page))
        self.assertEqual(self.decide("approve", "Checked the dates.").status_code, 302)
        self.verdict.refresh_from_db()
        self.assertEqual(self.verdict.publication_state, "published")
        approval = Approval.objects.get()
        self.assertEqual((approval.user, approval.note), (self.rashid, "Checked the dates."))
        self.assertContains(self.amna.get(self.article.get_absolute_url()), FINDING)

    def test_sent_back_with_what_is_missing_which_the_page_then_shows(self):
        refused = self.decide("send-back")
        self.assertContains(refused, "Say what is missing")
        self.decide("send-back", "The second source.")
        self.verdict.refresh_from_db()
        self.assertEqual(self.verdict.publication_state, "returned")
        self.assertContains(signed_in(self.sana).get(page_of(self.claim)), "The second source.")

    def test_why_somebody_may_not_decide_is_said_in_words(self):
        own = make_verdict(make_claim("Another."), published=False, by=self.rashid)
        table = [
            (self.sana, self.claim, "Approving a verdict takes the role of verdict editor."),
            (self.rashid, own.claim, "You proposed this verdict, so somebody else must approve it."),
            (self.yusra, self.claim, "Approving a verdict takes the role of verdict editor."),
        ]
        for person, claim, said in table:
            with self.subTest(person=person.username):
                page = signed_in(person).get(page_of(claim))
                self.assertContains(page, said)
                self.assertNotContains(page, 'value="approve"')

    def test_nobody_approves_their_own_not_even_a_superuser(self):
        claim = make_claim("Theirs.")
        verdict = make_verdict(claim, published=False, by=self.admin)
        client = signed_in(self.admin)
        for does in ("approve", "send-back"):
            with self.subTest(does=does):
                given = {"verdict": verdict.pk, "do": does, "decision-note": "Mine."}
                answer = client.post(address(claim, "decide"), given)
                self.assertContains(answer, "somebody else must approve it", status_code=403)
        verdict.refresh_from_db()
        self.assertEqual((verdict.publication_state, Approval.objects.count()), ("proposed", 0))

    def test_whoever_comes_second_reads_what_happened_and_keeps_their_note(self):
        workflow.approve(self.verdict, by=self.admin)
        answer = self.decide("send-back", "The second source is missing.")
        self.assertContains(answer, "Somebody else moved this on just now")
        self.assertContains(answer, "The second source is missing.")
        self.assertEqual(Approval.objects.count(), 1)

    def test_evidence_found_after_the_proposal_is_not_part_of_it(self):
        make_evidence(self.claim, "Found too late")
        self.assertEqual(self.verdict.rests_on.count(), 1)
        page = self.client.get(page_of(self.claim))
        self.assertContains(page, "found since")


class EvidenceTests(OnTheDesk):
    def add(self, client=None, **given):
        words = {
            "stance": "refutes",
            "level": "primary",
            "title": "The Hill, 17 March 2020",
            "url": "https://example.org/qaim",
            **given,
        }
        return self.post("evidence", {f"evidence-{name}": value for name, value in words.items()}, client)

    def test_evidence_is_added_with_a_source_that_is_known(self):
        answer = self.add(source=make_source("The Hill", "outlet").pk)
        self.assertRedirects(answer, f"{page_of(self.claim)}#evidence", fetch_redirect_response=False)
        piece = Evidence.objects.latest("id")
        self.assertEqual((piece.source.name, piece.added_by), ("The Hill", self.sana))
        self.assertEqual(LedgerEntry.objects.about(piece).get().verb, "evidence.add")

    def test_a_new_source_is_entered_on_the_spot_with_its_own_line(self):
        self.add(source_name="The Hill", source_kind="outlet")
        source = Source.objects.get(name="The Hill")
        self.assertEqual(Evidence.objects.latest("id").source, source)
        self.assertEqual(LedgerEntry.objects.about(source).get().verb, "source.add")

    def test_what_is_wrong_is_said_at_the_field_and_nothing_is_written(self):
        hill = make_source("The Hill", "outlet").pk
        table = [
            ({}, "Say whose words or record this is."),
            ({"source": hill, "source_name": "AP", "source_kind": "agency"}, "not both"),
            ({"source_name": "the hill", "source_kind": "outlet"}, "is known already"),
            ({"source_name": "AP"}, "Say what kind of source this is."),
            ({"source": hill, "url": "javascript:alert(1)"}, "Enter a valid URL."),
            ({"source": hill, "url": "ftp://example.org/x"}, "begins with https:// or http://"),
            ({"source": hill, "url": ""}, "Give an address"),
            ({"source": hill, "level": "secondary"}, "Say why this is secondary evidence."),
            ({"source": hill, "stance": "maybe"}, "not one of the available choices"),
            ({"source": "99999999"}, "not one of the available choices"),
            ({"source": hill, "published_on": "2020-02-31"}, "Enter a valid date."),
        ]
        before = (Evidence.objects.count(), Source.objects.count(), LedgerEntry.objects.count())
        for given, said in table:
            with self.subTest(said=said):
                answer = self.add(**{"quote": "kept words", **given})
                self.assertContains(answer, said)
                self.assertContains(answer, "kept words</textarea>")
        after = (Evidence.objects.count(), Source.objects.count(), LedgerEntry.objects.count())
        self.assertEqual(after, before)


class BigClaimTests(Cast, TestCase):
    """A hundred places, fifty pieces of evidence: the page stays small, and asks no more than a small one."""

    def setUp(self):
        super().setUp()
        self.claim = make_claim(claimant=make_source())
        lines = [f"The sixth base of day {day} was handed over in one week." for day in range(10)]
        for number in range(10):
            article = make_article(f"Printing number {number} of the sixth base", lines)
            for day in range(10):
                place(self.claim, article, f"The sixth base of day {day}")
        for number in range(50):
            words = f"“the {number}. base handover in just three weeks, the spokesman said on Tuesday”"
            make_evidence(self.claim, f"Rudaw, report number {number}", quote=words * 3)

    def check(self, client):
        client.get(page_of(self.claim))
        with self.assertNumQueries(FewerThan(16)):
            page = client.get(page_of(self.claim))
        self.assertLess(len(page.content), 60_000)
        self.assertContains(page, "Printed in 100 places")
        return page

    def test_while_it_is_written_proposed_and_public(self):
        self.check(signed_in(self.sana))
        verdict = make_verdict(self.claim, published=False, finding=FINDING)
        self.check(signed_in(self.rashid))
        self.check(signed_in(self.admin))
        workflow.approve(verdict, by=self.rashid)
        self.check(signed_in(self.sana))


class FewerThan(int):
    """Equal to every smaller number of queries."""

    def __eq__(self, other):
        return other < int(self)

    __hash__ = int.__hash__
