"""Acts on places at the desk: each begins from what the editor saw, says what came of it, and knows the way back."""

from django.test import TestCase
from django.urls import reverse

from claims import placing, workflow
from claims.access import Barred
from claims.models import Appearance, Claim, Placement
from newsroom.core.models import LedgerEntry
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_claim, make_outlet, place, revise

WORDS = "sixth Iraqi base in one week"
JSON = {"HTTP_ACCEPT": "application/json"}
MAY_NOT = ("bilal", "noor", "yusra")


def verbs_of(thing) -> list[str]:
    return list(LedgerEntry.objects.about(thing).order_by("id").values_list("verb", flat=True))


def seen(appearance: Appearance) -> str:
    """The state in which the place stands now, as a page would show it."""
    fresh = Appearance.objects.get(pk=appearance.pk)
    return placing.seen(fresh, placing.standing_places([fresh.pk])[fresh.pk])


class OnePlace(Cast):
    """A claim suggested by Bilal in one article."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article()
        cls.claim = make_claim()
        cls.spot = place(cls.claim, cls.article, WORDS, match="suggested")
        cls.appearance = cls.spot.appearance

    def act(self, name, *, by=None, begins=None, reason=""):
        begins = seen(self.appearance) if begins is None else begins
        done = placing.act_on(self.appearance, name, by=by or self.sana, begins=begins, reason=reason)
        self.appearance.refresh_from_db()
        return done


class ActsTests(OnePlace, TestCase):
    def test_every_judgement_is_written_with_its_ledger_line_and_its_way_back(self):
        for name, confirmed in (("same", self.sana), ("different", None), ("unsure", None)):
            with self.subTest(act=name):
                before, lines = self.appearance.match, len(verbs_of(self.appearance))
                done = self.act(name)
                self.assertEqual((self.appearance.match, self.appearance.confirmed_by), (name, confirmed))
                self.assertEqual(done.undo, placing.Reverse(before))
                self.assertEqual(verbs_of(self.appearance)[lines:], ["appearance.match"])

    def test_undoing_a_judgement_is_an_act_of_its_own_and_the_ledger_tells_both(self):
        undo = self.act("same").undo
        self.act(undo.act)
        self.assertEqual((self.appearance.match, self.appearance.confirmed_by), ("suggested", None))
        self.assertEqual(verbs_of(self.appearance)[-2:], ["appearance.match", "appearance.match"])

    def test_every_role_is_set_and_put_back(self):
        for role in Appearance.Role.values[1:]:
            with self.subTest(role=role):
                before = self.appearance.role
                done = self.act(f"role-{role}")
                self.assertEqual(self.appearance.role, role)
                self.assertEqual(done.undo, placing.Reverse(f"role-{before}"))
                entry = LedgerEntry.objects.about(self.appearance).latest("id")
                self.assertEqual(entry.verb, "appearance.role")
                self.assertIn(f'"after":"{role}","before":"{before}"', entry.payload)

    def test_an_exemption_asks_for_its_reason_and_is_taken_back_with_it(self):
        with self.assertRaises(workflow.WorkflowRefused):
            self.act("exempt", reason="  ")
        self.assertFalse(self.appearance.exempt)
        self.assertEqual(
            self.act("exempt", reason="Marked as a rumour.").undo, placing.Reverse("end-exemption")
        )
        back = self.act("end-exemption").undo
        self.assertEqual(back, placing.Reverse("exempt", "Marked as a rumour."))
        self.act(back.act, reason=back.reason)
        self.assertEqual(self.appearance.exempt_reason, "Marked as a rumour.")

    def test_taking_a_claim_off_ends_it_in_what_readers_see_and_in_what_waits(self):
        revise(self.article, live=False, standfirst="A line more.")
        self.assertIsNone(self.act("detach", reason="Another base is meant.").undo)
        self.assertFalse(Placement.objects.standing().filter(appearance=self.appearance).exists())
        with self.assertRaisesMessage(workflow.WorkflowRefused, "no words"):
            self.act("detach", reason="Once more.")

    def test_what_is_so_already_writes_nothing(self):
        before = LedgerEntry.objects.count()
        for name in ("suggested", "role-asserts"):
            self.assertIsNone(self.act(name).undo)
        self.assertEqual(LedgerEntry.objects.count(), before)

    def test_whoever_comes_second_writes_nothing_whatever_the_first_one_did(self):
        firsts = {
            "judged": lambda: self.act("unsure"),
            "another role": lambda: self.act("role-denies"),
            "exempt": lambda: self.act("exempt", reason="A rumour."),
            "words changed": lambda: revise(self.article, headline="Another headline", live=False),
            "taken off": lambda: self.act("detach", reason="Another base."),
        }
        for what, first in firsts.items():
            with self.subTest(first=what):
                begins = seen(self.appearance)
                first()
                lines = LedgerEntry.objects.count()
                for name in ("same", "role-quotes", "exempt", "end-exemption", "detach"):
                    with self.assertRaises(workflow.SomebodyWasFaster):
                        self.act(name, by=self.rashid, begins=begins, reason="Mine.")
                self.assertEqual(LedgerEntry.objects.count(), lines)

    def test_no_role_but_those_of_the_list(self):
        with self.assertRaises(workflow.WorkflowRefused):
            workflow.set_role(self.appearance, "applauds", by=self.sana)


class OwnArticleTests(Cast, TestCase):
    """Nobody says what becomes of the words of their own article, not even before anybody confirmed them."""

    def test_every_act_is_barred_for_whoever_wrote_the_article_and_open_to_others(self):
        ours = make_outlet("The Lahore Post", is_ours=True)
        article = make_article(outlet=ours, by=self.admin)
        appearance = place(make_claim(), article, WORDS, match="suggested").appearance
        for name in ("same", "different", "unsure", "role-denies", "exempt", "detach"):
            with self.subTest(act=name), self.assertRaises(Barred):
                placing.act_on(appearance, name, by=self.admin, begins=seen(appearance), reason="Mine.")
        placing.act_on(appearance, "different", by=self.sana, begins=seen(appearance))
        appearance.refresh_from_db()
        self.assertEqual(appearance.match, "different")

    def test_a_page_with_somebodys_own_article_offers_the_acts_on_the_others_alone(self):
        ours = make_outlet("The Lahore Post", is_ours=True)
        claim = make_claim()
        own = place(claim, make_article(outlet=ours, by=self.admin), WORDS, match="suggested").appearance
        other = place(claim, make_article("Other"), "Six bases", match="suggested").appearance
        page = signed_in(self.admin).get(reverse("admin:claims_claim_places", args=[claim.pk]))
        self.assertContains(page, "You wrote this article")
        self.assertNotContains(page, reverse("admin:claims_claim_place", args=[claim.pk, own.pk]))
        self.assertContains(page, reverse("admin:claims_claim_place", args=[claim.pk, other.pk]))


class EndpointTests(OnePlace, TestCase):
    def address(self, claim=None, appearance=None) -> str:
        keys = [(claim or self.claim).pk, (appearance or self.appearance).pk]
        return reverse("admin:claims_claim_place", args=keys)

    def post(self, name, *, by=None, address=None, headers=JSON, **given):
        given = {"act": name, "seen": seen(self.appearance), **given}
        return signed_in(by or self.sana).post(address or self.address(), given, **headers)

    def assert_nothing_written(self, before):
        self.assertEqual(LedgerEntry.objects.count(), before)

    def test_an_act_is_answered_with_the_place_as_it_stands_and_the_way_back(self):
        answer = self.post("same")
        self.assertEqual(answer.status_code, 200)
        given = answer.json()
        self.assertEqual(given["undo"], {"act": "suggested", "reason": ""})
        self.assertIn("<strong>The same claim</strong>", given["row"])
        self.assertIn('data-match="same"', given["row"])
        self.assertIn("Confirmed <b>1</b>", given["tabs"])
        self.assertEqual(answer["Cache-Control"].count("no-store"), 1)

    def test_without_a_script_the_act_leads_back_to_the_same_page_of_the_list(self):
        answer = self.post("different", headers={}, address=f"{self.address()}?show=waiting")
        self.assertRedirects(
            answer,
            f"{reverse('admin:claims_claim_places', args=[self.claim.pk])}?show=waiting#place-{self.appearance.pk}",
            fetch_redirect_response=False,
        )

    def test_who_may_judge_and_who_is_refused(self):
        for name in ("sana", "rashid"):
            with self.subTest(person=name):
                self.assertEqual(self.post("same", by=getattr(self, name)).status_code, 200)
        before = LedgerEntry.objects.count()
        for name in MAY_NOT:
            for act in ("different", "role-denies", "exempt", "detach"):
                for headers in (JSON, {}):
                    with self.subTest(person=name, act=act, json=bool(headers)):
                        by = getattr(self, name)
                        self.assertEqual(
                            self.post(act, by=by, reason="Mine.", headers=headers).status_code, 403
                        )
        self.assert_nothing_written(before)
        self.assertEqual(self.client.post(self.address(), {"act": "same"}).status_code, 302)

    def test_forged_acts_states_and_places_are_refused_with_nothing_written(self):
        other = make_claim("Another claim.")
        foreign = place(other, make_article("Elsewhere"), "Six bases", match="suggested").appearance
        before = LedgerEntry.objects.count()
        self.assertEqual(self.post("approve").status_code, 400)
        self.assertEqual(self.post("role-applauds").status_code, 400)
        self.assertEqual(self.post("same", seen="").status_code, 400)
        self.assertEqual(self.post("same", seen="same.asserts.shown.1-anchored").status_code, 409)
        self.assertEqual(self.post("same", address=self.address(appearance=foreign)).status_code, 404)
        self.assertEqual(self.post("same", address=self.address(claim=other)).status_code, 404)
        huge = self.address().replace(f"/{self.appearance.pk}/", "/99999999999999999999999/")
        self.assertEqual(self.post("same", address=huge).status_code, 404)
        self.assertEqual(self.post("exempt", reason="x" * 301).status_code, 400)
        self.assertEqual(self.post("exempt", reason="a\x07bell").status_code, 400)
        self.assertEqual(self.post("same", address=f"{self.address()}?show=nothing").status_code, 400)
        self.assertEqual(
            self.post("same", address=f"{self.address()}?show=nothing", headers={}).status_code, 400
        )
        self.assert_nothing_written(before)

    def test_a_missing_reason_is_asked_for_at_its_field_and_what_was_typed_stays(self):
        answer = self.post("exempt", reason=" ")
        self.assertEqual((answer.status_code, answer.json()["said"][:7]), (400, "Say why"))
        page = self.post("detach", reason="", headers={})
        self.assertContains(page, "Say why the claim is taken off these words.", status_code=400)
        page = self.post("exempt", reason="x" * 301, headers={})
        self.assertContains(page, "x" * 301, status_code=400)

    def test_two_at_once_the_second_reads_how_it_stands_now_and_keeps_the_typed_reason(self):
        begins = seen(self.appearance)
        self.post("same", by=self.rashid)
        answer = self.post("exempt", seen=begins, reason="Marked as a rumour.")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("<strong>The same claim</strong>", answer.json()["row"])
        self.assertIn('value="Marked as a rumour."', answer.json()["row"])
        page = self.post("exempt", seen=begins, reason="Marked as a rumour.", headers={})
        self.assertContains(page, "Somebody else changed this place", status_code=409)
        self.assertContains(page, 'value="Marked as a rumour."', status_code=409)
        self.assertEqual(verbs_of(self.appearance).count("appearance.exempt"), 0)

    def test_a_get_on_an_act_only_leads_to_the_place(self):
        answer = signed_in(self.sana).get(self.address())
        self.assertEqual(answer.status_code, 302)
        self.assertTrue(answer["Location"].endswith(f"#place-{self.appearance.pk}"))

    def test_without_the_token_of_the_page_nothing_is_done(self):
        client = signed_in(self.sana)
        client.handler.enforce_csrf_checks = True
        answer = client.post(self.address(), {"act": "same", "seen": seen(self.appearance)}, **JSON)
        self.assertEqual(answer.status_code, 403)


class SameWordsTests(Cast, TestCase):
    """Places that print exactly the words of a confirmed one are looked through, then confirmed together."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.claim = make_claim(article=make_article(), words=WORDS)
        cls.alike = [
            place(cls.claim, make_article(f"{WORDS}, paper {at}"), WORDS, match="suggested").appearance
            for at in range(3)
        ]
        cls.other = place(cls.claim, make_article("More"), "Six bases", match="suggested").appearance
        cls.url = reverse("admin:claims_claim_same_words", args=[cls.claim.pk])

    def ticked(self, appearances):
        return {"place": [f"{each.pk} {seen(each)}" for each in appearances]}

    def matches(self):
        return list(
            Appearance.objects.filter(pk__in=[e.pk for e in self.alike]).values_list("match", flat=True)
        )

    def test_looking_at_the_list_writes_nothing_and_leaves_other_words_out(self):
        before = LedgerEntry.objects.count()
        page = signed_in(self.sana).get(self.url)
        self.assertContains(page, 'name="place"', count=3)
        self.assertNotContains(page, f'value="{self.other.pk} ')
        self.assertEqual(LedgerEntry.objects.count(), before)
        listing = signed_in(self.sana).get(reverse("admin:claims_claim_places", args=[self.claim.pk]))
        self.assertContains(listing, "3 waiting places print exactly the words of a confirmed one.")

    def test_only_what_stays_ticked_is_confirmed_each_with_its_line(self):
        signed_in(self.sana).post(self.url, self.ticked(self.alike[:2]))
        self.assertEqual(sorted(self.matches()), ["same", "same", "suggested"])
        for each in self.alike[:2]:
            self.assertEqual(verbs_of(each)[-1], "appearance.match")

    def test_what_changed_meanwhile_or_was_never_offered_is_left_alone_and_said(self):
        ticked = self.ticked([*self.alike, self.other])
        workflow.set_role(self.alike[0], "denies", by=self.rashid)
        answer = signed_in(self.sana).post(self.url, ticked, follow=True)
        self.assertContains(answer, "2 places are confirmed.")
        self.assertContains(answer, "Somebody else moved this on")
        self.assertContains(answer, "does not wait here any more")
        self.assertEqual(Appearance.objects.get(pk=self.other.pk).match, "suggested")
        self.assertEqual(Appearance.objects.get(pk=self.alike[0].pk).match, "suggested")

    def test_forged_ticks_and_other_roles_write_nothing(self):
        before = LedgerEntry.objects.count()
        signed_in(self.sana).post(self.url, {"place": ["", "x y", f"{self.alike[0].pk}", "9" * 40, "٣ same"]})
        for name in MAY_NOT:
            with self.subTest(person=name):
                answer = signed_in(getattr(self, name)).post(self.url, self.ticked(self.alike))
                self.assertEqual(answer.status_code, 403)
        self.assertEqual(LedgerEntry.objects.count(), before)


class ElsewhereTests(Cast, TestCase):
    """Articles with the exact words of a confirmed place are offered, and placed by one press."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.claim = make_claim(article=make_article(), words=WORDS)
        cls.there = make_article("Also printed", [f"They left the {WORDS}, a report said."], published=False)
        cls.not_quite = make_article("Not quite", ["They left the sixth Iraqi bases in one week."])
        cls.url = reverse("admin:claims_claim_elsewhere", args=[cls.claim.pk])

    def given(self, **changed):
        version = self.there.latest_version
        start, end = workflow.occurrences(version, "body", WORDS)[0]
        given = {"version": version.pk, "field": "body", "start": start, "end": end, "exact": WORDS}
        return {**given, "role": "attributes", **changed}

    def test_only_articles_with_the_very_words_and_without_the_claim_are_offered(self):
        page = signed_in(self.sana).get(self.url)
        self.assertEqual([place.article for place in page.context["found"]], [self.there])
        self.assertContains(page, "Place it here")
        self.assertContains(signed_in(self.bilal).get(self.url), "Suggest it here")

    def test_a_press_places_it_as_the_role_allows_and_it_is_offered_no_more(self):
        for name, match in (("bilal", "suggested"), ("sana", "same")):
            with self.subTest(person=name):
                claim = make_claim(
                    f"As {name} has it.", article=make_article(f"By {name}"), words="Six bases"
                )
                article = make_article(f"Elsewhere, {name}", ["Six bases, it said."])
                url = reverse("admin:claims_claim_elsewhere", args=[claim.pk])
                client = signed_in(getattr(self, name))
                given = {"version": article.latest_version.pk, "field": "body", "start": 0, "end": 9}
                client.post(url, {**given, "exact": "Six bases", "role": "quotes"})
                made = Appearance.objects.get(claim=claim, article=article)
                self.assertEqual((made.match, made.role), (match, "quotes"))
                self.assertNotIn(article, [place.article for place in client.get(url).context["found"]])

    def test_words_with_any_quotation_mark_or_line_end_are_found_and_placed(self):
        for words in (
            "the »sixth« base",
            "a 6″ gun was left",
            "He said: „six bases",
            "Six bases\nin one week",
        ):
            with self.subTest(words=words):
                claim = make_claim(words, article=make_article(f"First {words}", [words]), words=words)
                article = make_article(f"Then {words}", [f"Again: {words}, it said."])
                client = signed_in(self.sana)
                url = reverse("admin:claims_claim_elsewhere", args=[claim.pk])
                (found,) = client.get(url).context["found"]
                self.assertEqual((found.article, found.spot.exact), (article, words))
                given = {"version": found.version.pk, "field": found.spot.field, "start": found.spot.start}
                # As a browser sends it: every line end in two characters.
                given |= {"end": found.spot.end, "exact": words.replace("\n", "\r\n"), "role": "quotes"}
                client.post(url, given)
                self.assertTrue(Appearance.objects.filter(claim=claim, article=article).exists())

    def test_forged_places_and_people_without_the_right_write_nothing(self):
        before = LedgerEntry.objects.count()
        for changed, status in (
            ({"start": 0}, 302),
            ({"exact": "other words"}, 302),
            ({"version": 10**30}, 404),
            ({"field": "footnote"}, 404),
            ({"role": "applauds"}, 404),
            ({"start": "x"}, 404),
        ):
            with self.subTest(**changed):
                answer = signed_in(self.sana).post(self.url, self.given(**changed))
                self.assertEqual(answer.status_code, status)
        for name in ("noor", "yusra"):
            self.assertEqual(signed_in(getattr(self, name)).post(self.url, self.given()).status_code, 403)
        self.assertEqual(LedgerEntry.objects.count(), before)
        self.assertEqual(Claim.objects.count(), 1)

    def test_a_claim_without_a_confirmed_place_has_no_words_to_look_for(self):
        claim = make_claim("Nobody confirmed this.")
        page = signed_in(self.sana).get(reverse("admin:claims_claim_elsewhere", args=[claim.pk]))
        self.assertContains(page, "No place of this claim is confirmed yet")
