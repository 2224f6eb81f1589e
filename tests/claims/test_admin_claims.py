"""Claims at the desk: flagged, placed on printed words, moved on, shown to readers or not."""

from unittest.mock import patch

from django.test import TestCase
from django.urls import reverse

from articles.models import Article
from claims import workflow
from claims.admin_claims import ClaimAdmin
from claims.models import Appearance, Claim, Placement
from newsroom.core.models import LedgerEntry
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_claim, make_outlet, make_source, make_verdict, place, revise
from tests.forms import errors_of, fields_of, fill_in, messages_of, send

ADD = "/admin/claims/claim/add/"
LIST = "/admin/claims/claim/"


def change(row) -> str:
    return reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])


def act(row, name: str) -> str:
    return reverse(f"admin:claims_{row._meta.model_name}_act", args=[row.pk, name])


class FlaggingTests(Cast, TestCase):
    def test_a_reporter_flags_a_claim_and_goes_on_to_its_words(self):
        source = make_source()
        article = make_article()
        answer = fill_in(
            signed_in(self.bilal),
            f"{ADD}?article={article.pk}",
            statement="The coalition handed over its sixth base within one week.",
            claimant=source.pk,
            said_as="on Jan. 3",
            tags="bases, Iraq",
        )
        claim = Claim.objects.get()
        self.assertRedirects(answer, f"{act(claim, 'place')}?article={article.pk}")
        self.assertEqual(
            (claim.work_state, claim.created_by, claim.claimant), ("flagged", self.bilal, source)
        )
        self.assertEqual(sorted(tag.name for tag in claim.tags.all()), ["Iraq", "bases"])
        self.assertTrue(claim.slug.startswith("the-coalition-handed-over"))
        verbs = [entry.verb for entry in LedgerEntry.objects.about(claim)]
        self.assertEqual(verbs, ["claim.flag"])

    def test_a_claim_that_states_nothing_is_refused(self):
        answer = fill_in(signed_in(self.bilal), ADD, statement=" ")
        self.assertIn("required", errors_of(answer)["statement"][0])
        self.assertFalse(Claim.objects.exists())

    def test_a_date_needs_its_precision(self):
        answer = fill_in(signed_in(self.bilal), ADD, statement="Six bases.", said_on="2020-01-03")
        self.assertIn("Give the date and its precision, or neither.", str(errors_of(answer)))

    def test_details_of_two_people_are_both_kept(self):
        claim = make_claim()
        client = signed_in(self.sana)
        page = client.get(change(claim))
        Claim.objects.filter(pk=claim.pk).update(context="Five bases were counted before.")
        answer = send(client, change(claim), page, chosen_because="It stands in a headline.")
        claim.refresh_from_db()
        self.assertEqual(
            (claim.context, claim.chosen_because),
            ("Five bases were counted before.", "It stands in a headline."),
        )
        self.assertIn("Somebody else changed Context meanwhile.", " ".join(messages_of(answer)))

    def test_opening_and_saving_a_context_of_several_lines_changes_nothing(self):
        claim = make_claim(context="First line.\n\nSecond line.")
        before = LedgerEntry.objects.count()
        fill_in(signed_in(self.sana), change(claim))
        claim.refresh_from_db()
        self.assertEqual(claim.context, "First line.\n\nSecond line.")
        self.assertEqual(LedgerEntry.objects.count(), before)

    def test_lines_that_a_browser_sends_back_otherwise_are_nobody_s_change(self):
        claim = make_claim(context="First line.\n\nSecond line.")
        answer = fill_in(signed_in(self.sana), change(claim), chosen_because="It stands in a headline.")
        self.assertNotIn("Somebody else", " ".join(messages_of(answer)))
        entry = LedgerEntry.objects.about(claim).latest("id")
        self.assertEqual((entry.verb, entry.payload), ("claim.details", '{"fields":["chosen_because"]}'))

    def test_a_verdict_proposed_at_the_last_moment_fixes_the_sentence_too(self):
        claim = make_claim()
        page = signed_in(self.sana).get(change(claim))
        make_verdict(claim, published=False)
        with patch.object(ClaimAdmin, "get_readonly_fields", return_value=ClaimAdmin.readonly_fields):
            answer = send(signed_in(self.sana), change(claim), page, statement="Something else altogether.")
        self.assertIn("proposed meanwhile", str(errors_of(answer)))
        self.assertContains(answer, "Something else altogether.")
        claim.refresh_from_db()
        self.assertEqual(claim.statement, "The coalition handed over its sixth base within one week.")

    def test_the_sentence_is_fixed_once_a_verdict_was_proposed_on_it(self):
        claim = make_claim()
        page = signed_in(self.sana).get(change(claim))
        make_verdict(claim, published=False)
        locked = signed_in(self.sana).get(change(claim))
        self.assertNotIn("statement", fields_of(locked))
        self.assertContains(locked, "A verdict was given on this sentence")
        send(signed_in(self.sana), change(claim), page, statement="Something else altogether.")
        claim.refresh_from_db()
        self.assertEqual(claim.statement, "The coalition handed over its sixth base within one week.")

    def test_a_reporter_does_not_reword_what_readers_see_of_a_public_claim(self):
        for claim, public in (
            (make_claim("Only flagged."), False),
            (make_claim("Shown.", checking=True), True),
        ):
            with self.subTest(public=public):
                status = 403 if public else 302
                client = signed_in(self.bilal)
                given = {**fields_of(signed_in(self.sana).get(change(claim))), "context": "Reworded."}
                self.assertEqual(client.post(change(claim), given).status_code, status)
                claim.refresh_from_db()
                self.assertEqual(claim.context, "" if public else "Reworded.")

    def test_whoever_is_barred_reads_why(self):
        claim = make_claim()
        article = make_article("Ours says it", outlet=make_outlet("Our Paper", is_ours=True), by=self.rashid)
        place(claim, article, "Ours says it")
        answer = signed_in(self.rashid).get(f"/admin/claims/verdict/add/?claim={claim.pk}")
        self.assertContains(answer, "You wrote an article that asserts this claim", status_code=403)


class PlacingTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(
            paragraphs=["Six bases fell. Six bases were “handed over” in the past few weeks.", "Six bases."]
        )
        self.claim = make_claim()
        self.client = signed_in(self.sana)

    def ask(self, **given):
        given = {"article": self.article.pk, "field": "body", "role": "asserts", **given}
        return fill_in(self.client, act(self.claim, "place"), given)

    def test_words_that_stand_once_are_found_and_marked(self):
        answer = self.ask(field="headline", words="sixth Iraqi base in one week")
        self.assertRedirects(answer, change(self.claim))
        placement = Placement.objects.get()
        self.assertEqual(placement.exact, "sixth Iraqi base in one week")
        self.assertEqual(placement.version, self.article.live_version)
        appearance = placement.appearance
        self.assertEqual((appearance.match, appearance.confirmed_by), ("same", self.sana))

    def test_words_that_stand_more_than_once_are_asked_about(self):
        answer = self.ask(words="Six bases")
        self.assertIn("stand there 3 times", errors_of(answer)["which"][0])
        self.assertContains(answer, "<b>Six bases</b>", count=3)
        self.assertFalse(Placement.objects.exists())
        third = answer.context["form"].fields["which"].choices[2][0]
        answer = send(self.client, act(self.claim, "place"), answer, which=third)
        self.assertEqual(answer.status_code, 302)
        placement = Placement.objects.get()
        text = self.article.live_version.body_text
        self.assertEqual((placement.start, placement.end), (text.rindex("Six bases"), len(text) - 1))

    def test_a_choice_that_no_longer_holds_is_asked_again(self):
        answer = self.ask(words="Six bases", which="9.0.9")
        self.assertIn("stand there 3 times", errors_of(answer)["which"][0])
        self.assertFalse(Placement.objects.exists())

    def test_words_that_do_not_stand_there_are_refused_with_advice(self):
        table = [
            ("headline", "Six bases fell", "These words stand in another part: choose “Text”."),
            ("body", 'were "handed over" in', "Printed there (Text): “were “handed over” in”."),
            ("body", "SIX BASES FELL", "Printed there (Text): “Six bases fell”."),
            ("body", "seven bases", "do not stand in version 1 of this article"),
            ("body", "past few weeks.\n\nSix bases", "paragraph"),
        ]
        for field, words, said in table:
            with self.subTest(words=words):
                answer = self.ask(field=field, words=words)
                self.assertIn(said, str(errors_of(answer)))
                self.assertContains(answer, "seven" if "seven" in words else "")
        self.assertFalse(Appearance.objects.exists())

    def test_the_same_claim_does_not_stand_twice_on_the_same_words(self):
        self.ask(words="Six bases fell")
        answer = self.ask(words="Six bases fell")
        self.assertIn("stands on these words already", errors_of(answer)["words"][0])
        self.assertEqual(Placement.objects.count(), 1)

    def test_a_reporter_suggests_and_readers_see_nothing_of_it(self):
        self.client = signed_in(self.bilal)
        self.ask(words="Six bases fell")
        appearance = Appearance.objects.get()
        self.assertEqual((appearance.match, appearance.confirmed_by), ("suggested", None))

    def test_a_place_is_judged_exempted_and_taken_off(self):
        self.ask(words="Six bases fell")
        appearance = Appearance.objects.get()
        fill_in(self.client, act(appearance, "match"), match="unsure")
        appearance.refresh_from_db()
        self.assertEqual((appearance.match, appearance.confirmed_by), ("unsure", None))
        fill_in(self.client, act(appearance, "match"), match="same")
        refused = fill_in(self.client, act(appearance, "exempt"))
        self.assertIn("required", errors_of(refused)["reason"][0])
        fill_in(self.client, act(appearance, "exempt"), reason="The article reports it as a rumour.")
        appearance.refresh_from_db()
        self.assertTrue(appearance.exempt)
        fill_in(self.client, act(appearance, "end-exemption"))
        appearance.refresh_from_db()
        self.assertFalse(appearance.exempt)
        placement = Placement.objects.get()
        fill_in(self.client, act(placement, "detach"), reason="It says something else.")
        placement.refresh_from_db()
        self.assertEqual((placement.anchor, placement.why), ("detached", "It says something else."))

    def test_places_are_never_edited(self):
        self.ask(words="Six bases fell")
        for row in (Appearance.objects.get(), Placement.objects.get()):
            with self.subTest(row=row._meta.label):
                for client in (self.client, signed_in(self.admin)):
                    answer = client.post(change(row), {"match": "same", "start": "0", "exact": "x"})
                    self.assertEqual(answer.status_code, 403)
                    self.assertEqual(
                        client.get(f"/admin/claims/{row._meta.model_name}/add/").status_code, 403
                    )


class MovingTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.claim = make_claim(article=make_article(), words="sixth Iraqi base in one week")
        self.client = signed_in(self.sana)

    def work(self) -> str:
        return Claim.objects.get(pk=self.claim.pk).work_state

    def test_work_is_assigned_and_moved_on(self):
        refused = fill_in(self.client, act(self.claim, "move"), to="assigned")
        self.assertIn("Say who checks the claim.", errors_of(refused)["assigned_to"][0])
        fill_in(self.client, act(self.claim, "move"), to="assigned", assigned_to=self.rashid.pk)
        claim = Claim.objects.get()
        self.assertEqual((claim.work_state, claim.assigned_to), ("assigned", self.rashid))
        fill_in(self.client, act(self.claim, "move"), to="researching")
        self.assertEqual(self.work(), "researching")

    def test_a_claim_that_is_not_checked_needs_a_reason(self):
        refused = fill_in(self.client, act(self.claim, "move"), to="declined")
        self.assertIn("Say why", errors_of(refused)["reason"][0])
        fill_in(self.client, act(self.claim, "move"), to="declined", reason="An opinion.")
        claim = Claim.objects.get()
        self.assertEqual((claim.work_state, claim.closing_reason), ("declined", "An opinion."))

    def test_steps_that_belong_to_verdicts_are_not_taken_by_hand(self):
        for step in ("published", "proposed", "merged", "reopened", "no such step"):
            with self.subTest(step=step):
                answer = self.client.post(act(self.claim, "move"), {"to": step})
                self.assertIn("to", errors_of(answer))
                self.assertEqual(self.work(), "flagged")

    def test_being_checked_is_shown_and_hidden(self):
        page = self.client.get(act(self.claim, "show-checking"))
        self.assertContains(page, "Assign the claim first")
        workflow.move(self.claim, "assigned", by=self.sana, assigned_to=self.sana)
        fill_in(self.client, act(self.claim, "show-checking"), note="We ask the ministry.")
        claim = Claim.objects.get()
        self.assertEqual((claim.shown_as_checking, claim.checking_note), (True, "We ask the ministry."))
        self.assertContains(self.client.get(LIST), "Being checked")
        fill_in(self.client, act(self.claim, "hide-checking"))
        self.assertFalse(Claim.objects.get().shown_as_checking)

    def test_claims_are_merged_with_a_reason(self):
        other = make_claim("Six bases were handed over within one week.")
        fill_in(self.client, act(self.claim, "merge"), into=other.pk, reason="The same count.")
        claim = Claim.objects.get(pk=self.claim.pk)
        self.assertEqual((claim.work_state, claim.merged_into), ("merged", other))

    def test_a_claim_is_not_merged_into_itself(self):
        answer = fill_in(self.client, act(self.claim, "merge"), into=self.claim.pk, reason="The same.")
        self.assertIn("Merge into another claim", str(errors_of(answer)))
        self.assertEqual(self.work(), "flagged")

    def test_a_published_claim_is_reopened_and_readers_are_told_if_the_editor_says_so(self):
        make_verdict(self.claim)
        fill_in(self.client, act(self.claim, "reopen"), reason="New figures.", shown="on")
        claim = Claim.objects.get()
        self.assertEqual((claim.work_state, claim.shown_as_checking), ("reopened", True))
        self.assertContains(self.client.get(LIST), "False, under review")

    def test_a_reopened_claim_goes_back_when_its_verdict_holds(self):
        make_verdict(self.claim)
        workflow.reopen(self.claim, by=self.sana, reason="New figures.", shown=True)
        fill_in(self.client, act(self.claim, "move"), to="published")
        claim = Claim.objects.get()
        self.assertEqual((claim.work_state, claim.shown_as_checking), ("published", False))

    def test_actions_on_the_list_tell_what_was_refused(self):
        other = make_claim("Another claim.")
        workflow.move(other, "declined", by=self.sana, reason="An opinion.")
        chosen = {"action": "assign_to_me", "_selected_action": [self.claim.pk, other.pk]}
        answer = self.client.post(LIST, chosen)
        self.assertEqual(self.work(), "assigned")
        said = messages_of(answer)
        self.assertIn("Another claim.: From “Not to be checked” a claim does not go to “Assigned”.", said)
        self.client.post(LIST, {"action": "show_checking", "_selected_action": [self.claim.pk]})
        self.assertTrue(Claim.objects.get(pk=self.claim.pk).shown_as_checking)
        self.client.post(LIST, {"action": "hide_checking", "_selected_action": [self.claim.pk]})
        self.assertFalse(Claim.objects.get(pk=self.claim.pk).shown_as_checking)


class OwnWordsTests(Cast, TestCase):
    """Whoever wrote an article of ours keeps their hands off what is said of it, superusers too."""

    def test_an_author_does_not_exempt_judge_or_take_off_a_claim_in_their_own_article(self):
        ours = make_outlet("The Lahore Post", is_ours=True)
        article = make_article(outlet=ours, by=self.admin)
        claim = make_claim(article=article, words="sixth Iraqi base in one week")
        appearance, placement = Appearance.objects.get(), Placement.objects.get()
        client = signed_in(self.admin)
        attempts = [
            (appearance, "exempt", {"reason": "Mine."}),
            (appearance, "match", {"match": "different"}),
            (placement, "detach", {"reason": "Mine."}),
            (claim, "merge", {"into": make_claim("Another.").pk, "reason": "Mine."}),
            (claim, "move", {"to": "declined", "reason": "Mine."}),
        ]
        before = LedgerEntry.objects.count()
        for row, name, given in attempts:
            with self.subTest(act=name):
                self.assertEqual(client.post(act(row, name), given).status_code, 403)
        self.assertEqual(LedgerEntry.objects.count(), before)
        self.assertContains(client.get(change(appearance)), "You wrote an article that asserts this claim")
        self.assertEqual(Article.objects.count(), 1)


class PlaceOnArticlePageTests(Cast, TestCase):
    def test_the_article_shows_its_claims_and_leads_to_flagging(self):
        article = make_article()
        claim = make_claim(article=article, words="Six bases were handed over in the past few weeks.")
        make_verdict(claim, "contradicted")
        address = reverse("admin:articles_article_change", args=[article.pk])
        page = signed_in(self.bilal).get(address)
        self.assertContains(page, claim.statement)
        self.assertContains(page, f"/admin/articles/article/{article.pk}/flag/")
        listing = signed_in(self.bilal).get("/admin/articles/article/")
        self.assertContains(listing, "1 flagged</a>. Readers see: Contradicted")

    def test_a_place_in_words_that_changed_says_so(self):
        article = make_article()
        claim = make_claim()
        place(claim, article, "Six bases were handed over in the past few weeks.")
        revise(article, paragraphs=["Seven bases were handed over."])
        page = signed_in(self.sana).get(change(claim))
        self.assertContains(page, "Words changed")
