"""The acts of flagging, success beside refusal: who may, on which words, what it leaves behind, how it is undone."""

import json
from datetime import timedelta
from unittest.mock import patch

from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.utils import timezone, translation

from articles.models import Byline, Contributor
from claims import flagging, workflow
from claims.flag_finding import Spot
from claims.models import Appearance, Claim, Placement, Source
from newsroom.core.models import LedgerEntry
from tests.desk import Cast, signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_evidence,
    make_outlet,
    make_verdict,
    place,
    revise,
)

BODY = [
    "The coalition handed the base over on Tuesday, a source said.",
    "Six bases 👩‍👩‍👧‍👦 were handed over in the past few weeks.",
]


class FlaggingTestCase(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(paragraphs=BODY)
        self.version = self.article.live_version

    def spot(self, words, version=None):
        text = (version or self.version).body_text
        start = text.index(words)
        return Spot("body", start, start + len(words), words)

    def flag(self, words="on Tuesday", *, by=None, statement="It was on Tuesday.", **more):
        spots = [self.spot(words)] if isinstance(words, str) else words
        return flagging.flag_words(
            self.version, spots, by=by or self.sana, role="asserts", statement=statement, **more
        )

    def attach(self, claim, words="on Tuesday", *, by=None):
        return flagging.attach_words(
            claim, self.version, [self.spot(words)], by=by or self.sana, role="asserts"
        )

    def rows(self):
        return [kind.objects.count() for kind in (Claim, Appearance, Placement, Source, LedgerEntry)]

    def verbs(self):
        return list(LedgerEntry.objects.order_by("id").values_list("verb", flat=True))


class FlagTests(FlaggingTestCase):
    def test_a_flag_is_one_claim_with_its_place_its_source_and_its_lines(self):
        before = self.verbs()
        done = self.flag(
            claimant=flagging.NewSource("a military source", "anonymous", "He would not be named."),
            tags=["Iraq", "iraq"],
            chosen_because="The headline counts otherwise.",
        )
        placement = done.placements[0]
        self.assertTrue(done.entered and done.confirmed)
        self.assertEqual((placement.exact, placement.appearance.confirmed_by), ("on Tuesday", self.sana))
        self.assertEqual(done.claim.claimant.name, "a military source")
        self.assertEqual(done.claim.tags.count(), 1)
        self.assertEqual(done.claim.work_state, "flagged")
        self.assertFalse(done.claim.shown_as_checking)
        self.assertEqual(
            self.verbs()[len(before) :], ["source.add", "claim.flag", "appearance.place", "flag.words"]
        )

    def test_several_parts_are_places_of_one_claim(self):
        done = self.flag([self.spot("a source said"), self.spot("Six bases 👩‍👩‍👧‍👦")])
        self.assertEqual([each.exact for each in done.placements], ["a source said", "Six bases 👩‍👩‍👧‍👦"])
        self.assertEqual(Claim.objects.count(), 1)

    def test_who_flags_and_who_only_suggests(self):
        table = [("bilal", "suggested"), ("sana", "same"), ("rashid", "same"), ("admin", "same")]
        for name, match in table:
            with self.subTest(name=name):
                done = self.flag(by=getattr(self, name), statement=f"By {name}.")
                self.assertEqual(done.placements[0].appearance.match, match)
        for name in ("noor", "yusra"):
            before = self.rows()
            with self.subTest(name=name), self.assertRaises(PermissionDenied):
                self.flag(by=getattr(self, name), statement=f"By {name}.")
            self.assertEqual(self.rows(), before)

    def test_words_that_do_not_stand_there_or_cannot_carry_a_mark_are_refused_and_nothing_is_written(self):
        family = self.version.body_text.index("👩")
        end = len(self.version.body_text)
        table = {
            "other words": Spot("body", 0, 3, "One"),
            "shifted": Spot("body", 1, 11, "on Tuesday"),
            "another field": Spot("standfirst", 0, 3, "The"),
            "beyond the end": Spot("body", end - 2, end + 40, self.version.body_text[-2:]),
            "across paragraphs": Spot("body", 0, end, self.version.body_text),
            "half a family": Spot("body", family, family + 1, "👩"),
            "nothing": Spot("body", 4, 4, ""),
        }
        before = self.rows()
        for name, spot in table.items():
            with self.subTest(spot=name), self.assertRaises(workflow.WorkflowRefused):
                self.flag([spot])
        with self.assertRaises(workflow.WorkflowRefused):
            self.flag([self.spot("on Tuesday"), table["half a family"]])
        with self.assertRaises(workflow.WorkflowRefused):
            self.flag([])
        self.assertEqual(self.rows(), before)

    def test_an_anonymous_source_needs_its_reason(self):
        before = self.rows()
        with self.assertRaisesMessage(flagging.FlagRefused, "Say why the source is not named"):
            self.flag(claimant=flagging.NewSource("a source", "anonymous"))
        self.assertEqual(self.rows(), before)

    def test_the_same_sentence_on_the_same_words_is_entered_once(self):
        self.flag()
        with self.assertRaisesMessage(flagging.StandsAlready, "stands on “on Tuesday” already"):
            self.flag(by=self.rashid)
        self.flag(statement="Another claim on the same words.")
        self.assertEqual(Claim.objects.count(), 2)

    def test_nobody_flags_in_a_version_that_is_past(self):
        revise(self.article, paragraphs=[*BODY, "More."])
        with self.assertRaises(flagging.Overtaken):
            self.flag()
        self.assertEqual(Claim.objects.count(), 0)


class AttachTests(FlaggingTestCase):
    def setUp(self):
        super().setUp()
        self.claim = make_claim("The base was handed over on a Tuesday.")

    def test_a_known_claim_gets_a_place(self):
        done = self.attach(self.claim)
        self.assertFalse(done.entered)
        self.assertEqual(self.claim.appearances.get().match, "same")

    def test_attaching_twice_changes_nothing(self):
        self.attach(self.claim)
        before = self.rows()
        with self.assertRaisesMessage(flagging.StandsAlready, "Nothing was changed."):
            self.attach(self.claim, by=self.rashid)
        self.assertEqual(self.rows(), before)
        self.attach(self.claim, "a source said")

    def test_a_merged_claim_leads_to_the_end_of_its_chain(self):
        middle, last = make_claim("It was on a Tuesday."), make_claim("On Tuesday, that is.")
        workflow.merge(self.claim, middle, by=self.sana, reason="The same.")
        workflow.merge(middle, last, by=self.sana, reason="The same.")
        self.claim.refresh_from_db()
        self.assertEqual(self.attach(self.claim).claim, last)

    def test_a_reporter_never_makes_a_public_verdict_appear(self):
        make_verdict(self.claim, "false")
        self.attach(self.claim, by=self.bilal)
        self.assertEqual(self.claim.appearances.get().match, "suggested")
        self.assertNotContains(self.amna.get(self.article.get_absolute_url()), "<mark")
        self.attach(self.claim, "a source said", by=self.sana)
        self.assertContains(self.amna.get(self.article.get_absolute_url()), '<mark class="false"')

    def test_nobody_makes_one_appear_in_their_own_article(self):
        ours = make_outlet("Our Paper", is_ours=True)
        article = make_article("Ours", paragraphs=BODY, outlet=ours)
        contributor = Contributor.objects.create(name="Sana Haider", user=self.sana)
        Byline.objects.create(article=article, contributor=contributor)
        make_verdict(self.claim, "false", by=self.rashid, approver=self.admin)
        self.version = article.live_version
        self.attach(self.claim, by=self.sana)
        self.assertEqual(self.claim.appearances.get().match, "suggested")
        self.assertNotContains(self.amna.get(article.get_absolute_url()), "<mark")
        self.attach(self.claim, "a source said", by=self.admin)
        self.assertEqual(self.claim.appearances.filter(match="same").count(), 1)


class UndoTests(FlaggingTestCase):
    def undo(self, done, by=None):
        return flagging.undo_flag([each.appearance for each in done.placements], by=by or self.sana)

    def refused(self, done, message, by=None):
        before = self.rows()
        with self.assertRaisesMessage(flagging.FlagRefused, message):
            self.undo(done, by)
        self.assertEqual(self.rows(), before)
        self.assertTrue(
            Placement.objects.standing().filter(appearance__in=[p.appearance for p in done.placements])
        )

    def test_nothing_is_deleted_and_the_claim_is_declined(self):
        done = self.flag()
        # The reason is kept in the site's language, whatever the editor's is.
        with translation.override("ur"):
            self.undo(done)
        placement = Placement.objects.get()
        self.assertEqual((placement.anchor, placement.why), ("detached", "Undone by whoever flagged it"))
        self.assertIsNotNone(placement.ended_at)
        done.claim.refresh_from_db()
        self.assertEqual(done.claim.work_state, "declined")
        self.assertEqual(done.claim.closing_reason, "Undone by whoever flagged it")
        self.assertEqual(self.verbs()[-3:], ["appearance.undo", "flag.undo", "claim.move"])
        said = json.loads(LedgerEntry.objects.get(verb="flag.undo").payload)
        self.assertEqual(said, {"places": [str(placement.appearance.uid)], "declined": True})

    def test_a_known_claim_stays_as_it_was(self):
        claim = make_claim("The base was handed over on a Tuesday.")
        self.undo(self.attach(claim))
        claim.refresh_from_db()
        self.assertEqual(claim.work_state, "flagged")
        self.attach(claim)

    def test_a_place_in_a_draft_goes_too(self):
        revise(self.article, live=False, headline="Another headline")
        self.undo(self.flag())
        self.assertEqual(Placement.objects.count(), 2)
        self.assertFalse(Placement.objects.standing().exists())

    def test_a_reporter_takes_a_suggestion_back_even_in_their_own_article(self):
        article = make_article(
            "Ours",
            paragraphs=BODY,
            outlet=make_outlet("Our Paper", is_ours=True),
            by=self.bilal,
            published=False,
        )
        self.version = article.latest_version
        self.undo(self.flag(by=self.bilal), by=self.bilal)
        self.assertFalse(Placement.objects.standing().exists())

    def test_only_whoever_flagged_it(self):
        done = self.flag()
        for other in (self.rashid, self.bilal, self.admin):
            with self.subTest(other=other):
                self.refused(done, "Only whoever flagged these words", by=other)

    def test_only_for_a_moment(self):
        done = self.flag()
        for seconds, allowed in ((61, False), (59, True)):
            later = timezone.now() + timedelta(seconds=seconds)
            with self.subTest(seconds=seconds), patch("django.utils.timezone.now", return_value=later):
                if allowed:
                    self.undo(done)
                else:
                    self.refused(done, "for more than a moment")

    def test_only_while_nothing_came_of_it(self):
        def confirmed(done):
            workflow.judge_match(done.placements[0].appearance, "same", by=self.rashid)

        def exempt(done):
            workflow.exempt(done.placements[0].appearance, by=self.rashid, reason="A rumour.")

        def given_a_role(done):
            workflow.set_role(done.placements[0].appearance, "quotes", by=self.rashid)

        def assigned(done):
            workflow.move(done.claim, "assigned", by=self.rashid, assigned_to=self.rashid)

        def placed_elsewhere(done):
            place(done.claim, self.article, "a source said")

        came_of_it = {
            "judged": confirmed,
            "exempt": exempt,
            "role": given_a_role,
            "assigned": assigned,
            "evidence": lambda done: make_evidence(done.claim),
            "verdict": lambda done: make_verdict(done.claim, published=False, proposed=False),
            "another place": placed_elsewhere,
        }
        for name, act in came_of_it.items():
            with self.subTest(what=name):
                done = self.flag(statement=f"Claim {name}.")
                act(done)
                message = (
                    "Somebody has judged" if name in ("judged", "exempt", "role") else "Others have gone on"
                )
                self.refused(done, message)

    def test_a_place_that_readers_see_is_taken_off_by_those_who_may(self):
        claim = make_claim("The base was handed over on a Tuesday.")
        make_verdict(claim, "false")
        done = self.attach(claim, by=self.rashid)
        self.undo(done, by=self.rashid)
        self.assertNotContains(self.amna.get(self.article.get_absolute_url()), "<mark")

    def test_twice_is_once(self):
        done = self.flag()
        self.undo(done)
        with self.assertRaises(flagging.FlagRefused):
            self.undo(done)

    def test_places_of_two_claims_are_not_one_flag(self):
        one, other = self.flag(), self.flag("a source said", statement="Another.")
        with self.assertRaises(flagging.FlagRefused):
            flagging.undo_flag([one.placements[0].appearance, other.placements[0].appearance], by=self.sana)


class AddressTests(FlaggingTestCase):
    """What the page's script posts, honest and forged."""

    def setUp(self):
        super().setUp()
        self.address = f"/admin/articles/article/{self.article.pk}/flag/"

    def post(self, who=None, **changed):
        given = {
            "version": str(self.version.uid),
            "place": self.spot("on Tuesday").value,
            "statement": "It was on Tuesday.",
            "role": "asserts",
            "save": "1",
            **changed,
        }
        given = {name: value for name, value in given.items() if value is not None}
        client = signed_in(who or self.sana)
        return client.post(self.address, given, headers={"Accept": "application/json"})

    def test_a_flag_is_answered_with_the_words_drawn_anew(self):
        answer = self.post().json()
        self.assertTrue(answer["ok"])
        placement = Placement.objects.get()
        self.assertEqual(answer["marks"], [f"m{placement.pk}"])
        self.assertEqual(answer["undo"], str(placement.appearance.uid))
        self.assertIn(f'<mark class="flagged" id="m{placement.pk}">on Tuesday</mark>', answer["sheet"])
        self.assertIn("It was on Tuesday.", answer["list"])
        self.assertNotIn("It was on Tuesday.", answer["panel"])

    def test_looking_writes_nothing_and_proposes_a_sentence(self):
        answer = self.post(save=None, look="words", statement="").json()
        self.assertIn("On Tuesday.</textarea>", answer["panel"])
        self.assertIn("Paragraph 1", answer["panel"])
        self.assertEqual(Claim.objects.count(), 0)

    def test_the_next_flag_keeps_who_said_it_and_why(self):
        answer = self.post(
            save=None, save_next="1", chosen_because="Because of its count.", tags="Iraq"
        ).json()
        self.assertTrue(answer["next"])
        self.assertIn('value="Because of its count."', answer["panel"])
        self.assertIn('value="Iraq"', answer["panel"])

    def test_each_of_the_cast(self):
        for name, allowed in (
            ("bilal", True), ("sana", True), ("rashid", True), ("admin", True), ("noor", False), ("yusra", False),
        ):  # fmt: skip
            with self.subTest(name=name):
                before = self.rows()
                person = getattr(self, name)
                answer = self.post(person, statement=f"By {name}.")
                self.assertEqual(answer.status_code, 200 if allowed else 403)
                if not allowed:
                    self.assertEqual(self.rows(), before)
                page = signed_in(person).get(self.address)
                self.assertEqual(page.status_code, 200)
                self.assertEqual('id="flag-form"' in page.content.decode(), allowed)
                undo = signed_in(person).post(self.address + "undo/", {"flagged": ""})
                self.assertEqual(undo.status_code, 302 if allowed else 403)

    def test_readers_are_sent_to_sign_in(self):
        for client_answer in (self.amna.get(self.address), self.amna.post(self.address, {"save": "1"})):
            self.assertEqual(client_answer.status_code, 302)
            self.assertIn("/admin/login/", client_answer.url)

    def test_what_is_forged_gets_a_message_and_writes_nothing(self):
        other = make_article("Another article", paragraphs=["on Tuesday"])
        text = self.version.body_text
        half = text.index("👩")
        table = {
            "other words": ({"place": "body:0:10:on Tuesday"}, "does not stand at this place"),
            "out of bounds": ({"place": f"body:5:{len(text) + 9}:{text[5:]}"}, "inside the text"),
            "backwards": ({"place": "body:9:3:x"}, "at least one character"),
            "huge": ({"place": f"body:{'9' * 30}:{'9' * 31}:x"}, "Select words in the article"),
            "no field": ({"place": "claimant:0:3:The"}, "Select words in the article"),
            "no place": ({"place": None}, "Select words in the article"),
            "half a family": ({"place": f"body:{half}:{half + 1}:👩"}, "Mark it whole"),
            "another article's version": ({"version": str(other.live_version.uid)}, "another article"),
            "no version": ({"version": "1"}, "valid UUID"),
            "a foreign claim": ({"claim": "424242"}, "This claim is not kept here"),
            "no role": ({"role": "proves"}, "Select a valid choice"),
            "too long": ({"statement": "x" * 1001}, "at most 1000 characters"),
            "a control": ({"statement": "It was\x07 Tuesday."}, "the control character U+0007"),
            "a null": ({"statement": "It was\x00 Tuesday."}, "Null characters are not allowed"),
            "an override": ({"claimant": "a\u202e source"}, "U+202E"),
            "a long tag": ({"tags": "x" * 101}, "is no tag"),
        }  # fmt: skip
        before = self.rows()
        for name, (changed, said) in table.items():
            with self.subTest(forged=name):
                answer = self.post(**changed)
                self.assertEqual(answer.status_code, 200)
                self.assertFalse(answer.json()["ok"])
                self.assertIn(said, answer.json()["said"])
                self.assertEqual(self.rows(), before)

    def test_words_that_stand_elsewhere_are_offered_where_they_stand_and_never_taken(self):
        answer = self.post(place="body:0:10:on Tuesday", save=None, look="words", statement="").json()
        self.assertIn("does not stand at this place", answer["said"])
        self.assertNotIn(" checked", answer["panel"].split("flag-known")[0])
        self.assertIn(self.spot("on Tuesday").value, answer["panel"])

    def test_half_a_character_of_utf_16_is_no_word(self):
        body = f"version={self.version.uid}&save=1&statement=%ED%A0%80&words=%ED%A0%80&place="
        answer = signed_in(self.sana).post(
            self.address,
            body,
            content_type="application/x-www-form-urlencoded",
            headers={"Accept": "application/json"},
        )
        self.assertFalse(answer.json()["ok"])
        self.assertEqual(Claim.objects.count(), 0)

    def test_a_span_over_two_paragraphs_is_offered_in_parts(self):
        answer = self.post(
            place=Spot("body", 0, len(self.version.body_text), self.version.body_text).value
        ).json()
        self.assertFalse(answer["ok"])
        self.assertIn("your words run over 2", answer["said"])
        self.assertEqual(answer["panel"].count('name="place"'), 2)
        self.assertEqual(Claim.objects.count(), 0)

    def test_a_stale_page_gets_the_new_text_and_the_flag_offered_again(self):
        old = self.version
        revise(self.article, paragraphs=["Before all: it was on Tuesday."])
        answer = self.post(version=str(old.uid)).json()
        self.assertTrue(answer["stale"])
        self.assertIn("Before all", answer["sheet"])
        self.assertIn("press once more", answer["said"])
        self.assertIn("It was on Tuesday.</textarea>", answer["panel"])
        self.assertEqual(Claim.objects.count(), 0)

    def test_whoever_changes_the_article_at_the_very_moment_loses_nothing_either(self):
        real = flagging.flag_words

        def overtaken(*args, **more):
            revise(self.article, paragraphs=["It was on Tuesday, they say."])
            return real(*args, **more)

        with patch("claims.flagging.flag_words", overtaken):
            answer = self.post().json()
        self.assertTrue(answer["stale"])
        self.assertIn("they say", answer["sheet"])
        self.assertEqual(Claim.objects.count(), 0)

    def test_undo_of_places_elsewhere_or_of_none_is_refused(self):
        other = make_article("Another article", paragraphs=BODY)
        theirs = make_claim("Elsewhere.", article=other, words="on Tuesday")
        client = signed_in(self.sana)
        for flagged in ("", "x", str(theirs.appearances.get().uid), ",".join(["x"] * 500)):
            with self.subTest(flagged=flagged[:20]):
                answer = client.post(
                    self.address + "undo/", {"flagged": flagged}, headers={"Accept": "application/json"}
                )
                self.assertEqual(answer.status_code, 409)
        self.assertEqual(client.get(self.address + "undo/").status_code, 405)
        self.assertTrue(Placement.objects.standing().exists())

    def test_names_of_sources_are_offered_to_those_who_see_sources(self):
        Source.objects.create(name="the defence ministry", slug="ministry", kind="government")
        for asked in ("the def", "DEFENCE", "minist"):
            with self.subTest(asked=asked):
                answer = signed_in(self.bilal).get(self.address + "sources/", {"q": asked}).json()
                self.assertEqual([each["name"] for each in answer["sources"]], ["the defence ministry"])
        self.assertEqual(self.amna.get(self.address + "sources/?q=the").status_code, 302)
