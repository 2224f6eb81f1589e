"""The page of every place of a claim: what stands there, in which list, and what it costs."""

from django.test import TestCase
from django.urls import reverse
from django.utils.html import strip_tags

from claims import workflow
from claims.models import Appearance, Placement
from tests.desk import Cast, signed_in
from tests.factories import (
    PARAGRAPHS,
    make_article,
    make_claim,
    make_outlet,
    make_verdict,
    place,
    revise,
    show_checking,
)

WORDS = "sixth Iraqi base in one week"


def address(claim, query: str = "") -> str:
    return reverse("admin:claims_claim_places", args=[claim.pk]) + query


def text_of(page) -> str:
    return " ".join(strip_tags(page.content.decode()).split())


class PlacesPageTests(Cast, TestCase):
    def rows(self, claim, query="", by=None):
        page = signed_in(by or self.sana).get(address(claim, query))
        self.assertEqual(page.status_code, 200)
        return page.context["rows"]

    def test_a_place_shows_the_words_in_their_paragraph_and_everything_said_of_it(self):
        article = make_article(outlet="Dawn")
        claim = make_claim()
        place(claim, article, "Six bases", match="suggested", role="attributes")
        page = signed_in(self.sana).get(address(claim))
        for said in (
            "The coalition handed over its sixth base within one week.",
            "Six bases were handed over in the past few weeks.",
            "Dawn, 7 April 2020: Paragraph 2",
            "Suggested, attributes it to somebody",
            "nothing: not confirmed",
            "Flagged by Sana Haider",
        ):
            with self.subTest(said=said):
                self.assertIn(said, text_of(page))
        self.assertContains(page, '<mark class="asked">Six bases</mark> were handed over')
        (row,) = page.context["rows"]
        self.assertEqual((row.words.before, row.words.words), ("", "Six bases"))

    def test_what_readers_see_now_and_what_they_will_see(self):
        draft = make_article("Draft", [WORDS], published=False)
        later = make_article("Later", [WORDS], public_from=None)
        gone = make_article("Gone", [WORDS])
        live = make_article("Live", [WORDS])
        claim = make_claim()
        for article, match in ((draft, "same"), (later, "same"), (gone, "same"), (live, "unsure")):
            place(claim, article, WORDS, match=match)
        denied = place(claim, make_article("Denied", [WORDS]), WORDS, role="denies")
        spared = place(claim, make_article("Spared", [WORDS]), WORDS)
        other = place(claim, make_article("Other", [WORDS]), WORDS, match="different")
        workflow.exempt(spared.appearance, by=self.sana, reason="A rumour.")
        make_verdict(claim, "false", published=False)
        nothing = "nothing: no verdict on the claim is public"
        expected = {
            "Draft": (
                "nothing: the article is a draft",
                ("the article is published and verdict 1 is approved", "False"),
            ),
            "Gone": (nothing, ("verdict 1 is approved", "False")),
            "Live": ("nothing: not confirmed", ("it is confirmed and verdict 1 is approved", "False")),
            "Denied": (nothing, ("verdict 1 is approved", "Denies a claim rated False")),
            "Spared": ("nothing: exempt", None),
            "Other": ("nothing: a different claim", None),
        }
        rows = {row.article.headline: row for row in self.rows(claim)}
        for headline, (now, later_on) in expected.items():
            with self.subTest(headline=headline):
                row = rows[headline]
                said = row.next and (row.next[0], row.next[1].word)
                self.assertEqual((row.now.word, said), (now, later_on))
        self.assertEqual((denied.appearance.role, other.appearance.match), ("denies", "different"))

    def test_a_published_verdict_is_seen_with_its_mark_and_each_role_says_what_it_would_make_of_it(self):
        claim = make_claim(article=make_article(), words=WORDS)
        make_verdict(claim, "contradicted")
        (row,) = self.rows(claim)
        self.assertEqual((row.now.mark, row.now.word, row.next), ("contradicted", "Contradicted", None))
        by_role = {role: told for role, _label, told in row.roles}
        self.assertEqual(by_role["quotes"].mark, "contradicted")
        self.assertEqual(
            (by_role["denies"].mark, by_role["denies"].word), ("", "Denies a claim rated Contradicted")
        )
        page = signed_in(self.sana).get(address(claim))
        self.assertContains(page, "Below each choice stands what they will see at once.")
        self.assertContains(page, "Denies a claim rated Contradicted")

    def test_being_checked_is_seen_where_nothing_is_found_yet(self):
        claim = make_claim(article=make_article(), words=WORDS)
        show_checking(claim)
        (row,) = self.rows(claim)
        self.assertEqual((row.now.mark, row.now.word), ("being-checked", "Being checked"))

    def test_words_that_changed_stand_as_they_were_and_as_it_reads_now(self):
        article = make_article()
        claim = make_claim()
        place(claim, article, "Six bases were handed over")
        make_verdict(claim, "true")
        revise(article, paragraphs=[PARAGRAPHS[0], "Seven bases left.", PARAGRAPHS[2]])
        page = signed_in(self.sana).get(address(claim, "?show=changed"))
        (row,) = page.context["rows"]
        self.assertEqual(row.changed.then.words, "Six bases were handed over")
        self.assertEqual((row.changed.then_version, row.changed.now_version), (1, 2))
        self.assertIn("Seven bases left.", row.changed.now.before + row.changed.now.after)
        self.assertEqual(row.now.word, "Words changed")

    def test_a_change_that_waits_is_told_before_it_goes_live(self):
        article = make_article()
        claim = make_claim(article=article, words=WORDS)
        make_verdict(claim, "false")
        revise(article, headline="Coalition hands over a base", live=False)
        (row,) = self.rows(claim)
        self.assertEqual(
            (row.now.word, row.next[0], row.next[1].word), ("False", "version 2 goes live", "Words changed")
        )
        self.assertTrue(row.changed.waits)
        self.assertEqual(row.changed.now.before, "Coalition hands over a base")

    def test_a_changed_surrounding_shows_the_one_that_was_checked(self):
        article = make_article()
        claim = make_claim()
        place(claim, article, "Six bases")
        for words in ("It is not so that Six bases were handed over.", "Nobody says that Six bases were."):
            revise(article, paragraphs=[PARAGRAPHS[0], PARAGRAPHS[1] + " " + words, PARAGRAPHS[2]])
        (row,) = self.rows(claim)
        self.assertEqual((row.changed.then_version, row.changed.now_version), (1, 3))
        self.assertEqual(row.changed.then.after, " were handed over in the past few weeks.")
        self.assertIn("Nobody says", row.changed.now.after)

    def test_a_place_taken_off_says_why_and_keeps_its_words(self):
        spot = place(claim := make_claim(), make_article(), WORDS)
        workflow.detach(spot, by=self.sana, why="Another base is meant.")
        page = signed_in(self.sana).get(address(claim))
        self.assertContains(page, "On no words now")
        self.assertContains(page, "Another base is meant.")
        self.assertEqual(page.context["rows"][0].words.words, WORDS)

    def test_each_list_holds_its_own_with_the_count_beside_it(self):
        claim = make_claim()
        for at, match in enumerate(["suggested", "unsure", "same", "same", "different"]):
            place(claim, make_article(f"Paper {at}", [WORDS]), WORDS, match=match)
        spared = Appearance.objects.filter(match="same").first()
        workflow.exempt(spared, by=self.sana, reason="A rumour.")
        for show, count in (
            ("", 5),
            ("waiting", 2),
            ("confirmed", 2),
            ("different", 1),
            ("changed", 0),
            ("exempt", 1),
        ):
            with self.subTest(list=show):
                page = signed_in(self.sana).get(address(claim, f"?show={show}"))
                self.assertEqual(len(page.context["rows"]), count)
                current = next(tab for tab in page.context["reading"].tabs if tab.current)
                self.assertEqual((current.key, current.count), (show, count))

    def test_an_unknown_list_or_place_in_it_is_answered_with_400_and_a_hint(self):
        claim = make_claim(article=make_article(), words=WORDS)
        for query in ("?show=everything", "?after=x", "?after=1&before=1", "?after=9" + "9" * 30):
            with self.subTest(query=query):
                page = signed_in(self.sana).get(address(claim, query))
                self.assertContains(page, 'class="error"', status_code=400)
        self.assertEqual(signed_in(self.sana).get("/admin/claims/claim/999999/places/").status_code, 404)
        self.assertEqual(signed_in(self.sana).get("/admin/claims/claim/none/places/").status_code, 404)
        self.assertEqual(signed_in(self.sana).post(address(claim)).status_code, 405)

    def test_whoever_may_not_judge_sees_every_place_and_who_may_and_no_act(self):
        claim = make_claim(article=make_article(), words=WORDS)
        for name in ("bilal", "noor", "yusra"):
            with self.subTest(person=name):
                page = signed_in(getattr(self, name)).get(address(claim))
                self.assertContains(page, "Fact-checkers and verdict editors say")
                self.assertContains(page, WORDS)
                self.assertNotContains(page, 'name="act"')
        self.assertEqual(self.client.get(address(claim)).status_code, 302)

    def test_an_author_barred_from_the_claim_sees_why_and_no_act(self):
        ours = make_outlet("The Lahore Post", is_ours=True)
        claim = make_claim(article=make_article(outlet=ours, by=self.admin), words=WORDS)
        page = signed_in(self.admin).get(address(claim))
        self.assertContains(page, "You wrote an article that asserts this claim")
        self.assertNotContains(page, 'name="act"')

    def test_stored_words_are_escaped_in_print_and_in_reasons(self):
        claim = make_claim(
            "<b>Claim</b>", article=make_article("<i>Head</i>", ["<script>x</script> words"]), words="words"
        )
        page = signed_in(self.sana).get(address(claim))
        for raw in ("<b>Claim</b>", "<i>Head</i>", "<script>x</script>"):
            self.assertNotContains(page, raw)

    def test_the_record_of_a_place_leads_to_the_page(self):
        spot = place(make_claim(), make_article(), WORDS)
        page = signed_in(self.sana).get(reverse("admin:claims_appearance_change", args=[spot.appearance.pk]))
        self.assertContains(page, f"{address(spot.appearance.claim)}#place-{spot.appearance.pk}")
        page = signed_in(self.sana).get(reverse("admin:claims_placement_change", args=[spot.pk]))
        self.assertContains(page, f"{address(spot.appearance.claim)}#place-{spot.appearance.pk}")


class CostTests(Cast, TestCase):
    """A page costs the same for one place, for sixty and for a thousand."""

    QUERIES = 12

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article("Long", [" ".join(["Six bases were handed over."] * 1000)])

    def claim_with(self, count: int):
        claim = make_claim(f"In {count} places.")
        version = self.article.live_version
        spots = workflow.occurrences(version, "body", "Six bases")[:count]
        rows = [Appearance(article=self.article, claim=claim, flagged_by=self.sana) for _spot in spots]
        Appearance.objects.bulk_create(rows)
        Placement.objects.bulk_create(
            Placement(appearance=row, version=version, field="body", start=start, end=end, exact="Six bases")
            for row, (start, end) in zip(rows, spots, strict=True)
        )
        return claim

    def test_the_same_number_of_queries_for_1_60_and_1000_places(self):
        client = signed_in(self.sana)
        client.get("/admin/")
        for count in (1, 60, 1000):
            claim = self.claim_with(count)
            with self.subTest(places=count), self.assertNumQueries(self.QUERIES):
                page = client.get(address(claim))
            self.assertEqual(page.context["reading"].counts["all"], count)
            self.assertEqual(len(page.context["rows"]), min(count, 25))
            if count == 60:
                second = client.get(address(claim) + page.context["next"])
                third = client.get(address(claim) + second.context["next"])
                keys = [row.appearance.pk for each in (page, second, third) for row in each.context["rows"]]
                self.assertEqual(len(set(keys)), 60)
                self.assertIsNone(third.context["next"])
                back = client.get(address(claim) + third.context["previous"])
                self.assertEqual([row.appearance.pk for row in back.context["rows"]], keys[25:50])
