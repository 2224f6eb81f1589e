"""Read and flag without a script: paste the words, choose the place, write the claim, come back to the mark."""

import html
import re

from django.test import TestCase

from articles.models import Article
from claims import workflow
from claims.models import Appearance, Claim, Placement, Source
from newsroom.core.models import LedgerEntry
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_claim, make_source, make_verdict, place, revise, teaser
from tests.forms import fields_of

SIX = "Six bases were handed over"


def address(article) -> str:
    return f"/admin/articles/article/{article.pk}/flag/"


class FormTestCase(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(
            standfirst="A base to the west of the capital.",
            paragraphs=[
                "The coalition handed the base over on Tuesday, a source said.",
                "Six bases were handed over in the past few weeks.",
                "“Six bases were handed over,” the ministry’s spokesman said.",
                teaser("Sixth base handed over"),
            ],
        )
        self.desk = signed_in(self.sana)
        self.address = address(self.article)

    def look(self, words, **more):
        """Paste words and press “Find them”."""
        page = self.desk.get(self.address)
        return self.desk.post(self.address, {**fields_of(page), "words": words, "look": "words", **more})

    def send(self, page, **changed):
        """Press a button of the page that was answered; `changed` are fields and the button."""
        given = {name: value for name, value in {**fields_of(page), **changed}.items() if value is not None}
        return self.desk.post(self.address, given)

    def flag(self, words, **changed):
        return self.send(self.look(words), save="1", **changed)


class PasteTests(FormTestCase):
    def test_words_that_stand_once_are_flagged_as_a_new_claim(self):
        page = self.look("handed the base over on Tuesday")
        self.assertContains(page, "Paragraph 1")
        self.assertContains(page, "Handed the base over on Tuesday.</textarea>")
        answer = self.send(page, save="1")
        placement = Placement.objects.get()
        self.assertRedirects(
            answer,
            f"{self.address}?version=1&flagged={placement.appearance.uid}#m{placement.pk}",
            fetch_redirect_response=False,
        )
        claim = Claim.objects.get()
        self.assertEqual(claim.statement, "Handed the base over on Tuesday.")
        self.assertEqual(placement.exact, "handed the base over on Tuesday")
        self.assertEqual((claim.created_by, placement.appearance.flagged_by), (self.sana, self.sana))
        self.assertEqual(placement.appearance.match, Appearance.Match.SAME)
        back = self.desk.get(answer.url)
        self.assertContains(
            back, f'<mark class="flagged" id="m{placement.pk}">handed the base over on Tuesday</mark>'
        )
        self.assertContains(back, "You flagged these words just now.")

    def test_words_that_stand_twice_are_asked_about(self):
        page = self.look("six bases were HANDED over")
        self.assertContains(page, "These words stand here 2 times.")
        self.assertContains(page, "Quotation, paragraph 3", 0)
        self.assertContains(page, "Paragraph 2")
        self.assertContains(page, "Paragraph 3")
        self.assertContains(page, "in the past few weeks.</span>")
        both = [value for value in place_values(page) if value]
        answer = self.send(page, save="1", place=both, statement="Six bases were handed over.")
        self.assertEqual(answer.status_code, 302)
        self.assertEqual([each.exact for each in Placement.objects.order_by("start")], [SIX, SIX])
        self.assertEqual(Claim.objects.count(), 1)

    def test_quotation_marks_and_white_space_may_differ_and_the_stored_words_are_flagged(self):
        answer = self.flag('"Six  bases were handed\r\nover," the ministry\'s spokesman')
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(
            Placement.objects.get().exact, "“Six bases were handed over,” the ministry’s spokesman"
        )

    def test_words_over_two_paragraphs_are_offered_as_parts(self):
        page = self.look("a source said.\r\n\r\nSix bases were handed over in the past few weeks.")
        self.assertContains(page, "your words run over 2")
        values = place_values(page)
        self.assertEqual(
            [value.split(":", 3)[3] for value in values],
            ["a source said.", "Six bases were handed over in the past few weeks."],
        )
        answer = self.send(page, save="1", place=values[1:], statement="Six bases were handed over.")
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(Placement.objects.get().exact, "Six bases were handed over in the past few weeks.")

    def test_what_is_wrong_is_said_at_the_field_and_everything_typed_is_kept(self):
        table = [
            ("words that were never printed", "do not stand in version 1"),
            ("x" * 2001, "at most 2000 characters"),
            ("Six\x07bases", "the control character U+0007"),
            ("Six \u202ebases", "U+202E"),
            ("   ", "Select words in the article, or paste them here."),
        ]
        typed = {"statement": "My own sentence.", "claimant": "the ministry", "tags": "Iraq, bases"}
        for words, said in table:
            with self.subTest(words=words[:20]):
                page = self.look(words, **typed)
                self.assertContains(page, said)
                kept = fields_of(page)
                self.assertEqual({name: kept[name][0] for name in typed}, typed)
        self.assertEqual(Claim.objects.count(), 0)

    def test_other_words_typed_after_finding_are_looked_for_anew(self):
        page = self.look("handed the base over on Tuesday")
        answer = self.send(page, save="1", words="in the past few weeks")
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(Placement.objects.get().exact, "in the past few weeks")

    def test_a_claim_without_a_sentence_is_refused_at_its_field(self):
        page = self.flag("in the past few weeks", statement=" ")
        self.assertContains(page, "Write the claim in one sentence.")
        self.assertContains(page, "in the past few weeks")
        self.assertEqual(Claim.objects.count(), 0)

    def test_a_teaser_is_a_teaser(self):
        self.assertEqual(fields_of(self.look("Sixth base handed over"))["role"], ["teaser"])
        self.assertEqual(fields_of(self.look("in the past few weeks"))["role"], ["asserts"])


def place_values(page) -> list[str]:
    """Every place the page offers, chosen or not."""
    return [
        html.unescape(each) for each in re.findall(r'name="place" value="([^"]*)"', page.content.decode())
    ]


class DetailsTests(FormTestCase):
    def test_everything_that_is_asked_is_kept_with_the_claim(self):
        make_source("the defence ministry")
        self.flag(
            "in the past few weeks",
            statement="Six bases were left within weeks.",
            role="attributes",
            claimant="The Defence Ministry",
            said_on="2020-04-07",
            said_as="on Tuesday",
            chosen_because="The headline counts otherwise.",
            tags="Iraq, bases",
        )
        claim = Claim.objects.get()
        self.assertEqual(claim.claimant, Source.objects.get())
        self.assertEqual(
            (str(claim.said_on), claim.said_precision, claim.said_as), ("2020-04-07", "day", "on Tuesday")
        )
        self.assertEqual(claim.chosen_because, "The headline counts otherwise.")
        self.assertEqual(sorted(tag.name for tag in claim.tags.all()), ["Iraq", "bases"])
        self.assertEqual(claim.appearances.get().role, "attributes")

    def test_a_source_that_is_new_is_entered_on_the_spot_once_its_kind_is_said(self):
        page = self.flag("in the past few weeks", claimant="a military source")
        self.assertContains(page, "No source of this name is kept yet.")
        page = self.send(page, save="1", claimant_kind="anonymous")
        self.assertContains(page, "Say why the source is not named")
        self.assertEqual(Source.objects.count() + Claim.objects.count(), 0)
        self.send(page, save="1", claimant_why="He would not be named.")
        source = Source.objects.get()
        self.assertEqual((source.name, source.kind), ("a military source", "anonymous"))
        self.assertEqual(source.why_anonymous, "He would not be named.")
        self.assertEqual(Claim.objects.get().claimant, source)
        self.assertEqual(LedgerEntry.objects.about(source).get().verb, "source.add")

    def test_of_two_sources_with_one_name_somebody_chooses(self):
        first = make_source("Ali Khan", "person")
        second = Source.objects.create(name="Ali Khan", slug="ali", kind="person")
        page = self.flag("in the past few weeks", claimant="Ali Khan")
        self.assertContains(page, "Several sources have this name.")
        self.send(page, save="1", source=second.pk)
        self.assertEqual(Claim.objects.get().claimant, second)
        self.assertNotEqual(first, second)

    def test_another_name_of_a_source_finds_it(self):
        source = make_source("Combined Joint Task Force", "organisation", aliases="CJTF; the Coalition")
        self.flag("in the past few weeks", claimant="the coalition")
        self.assertEqual(Claim.objects.get().claimant, source)

    def test_a_precision_without_a_date_and_a_date_that_is_none_are_refused(self):
        for wrong, said in (
            ({"said_precision": "month"}, "Give the date too"),
            ({"said_on": "last week"}, "Enter a valid date"),
        ):
            with self.subTest(wrong=wrong):
                self.assertContains(self.flag("in the past few weeks", **wrong), said)
        self.assertEqual(Claim.objects.count(), 0)


class AttachTests(FormTestCase):
    def setUp(self):
        super().setUp()
        other = make_article("Sixth base is left", paragraphs=["Six bases were left in weeks."])
        self.claim = make_claim(
            "Six bases were handed over in the past few weeks.", article=other, words="Six bases"
        )

    def test_a_known_claim_is_offered_and_attached_by_one_press(self):
        page = self.look("Six bases were handed over in")
        self.assertContains(page, f'name="claim" value="{self.claim.pk}"')
        answer = self.send(page, claim=str(self.claim.pk))
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(Claim.objects.count(), 1)
        self.assertEqual(self.claim.appearances.filter(article=self.article).count(), 1)

    def test_a_merged_claim_leads_to_the_claim_that_stands_for_it(self):
        kept = make_claim("Six bases were left.")
        workflow.merge(self.claim, kept, by=self.sana, reason="The same.")
        self.send(self.look("Six bases were handed over in"), claim=str(self.claim.pk))
        self.assertEqual(kept.appearances.filter(article=self.article).count(), 1)

    def test_attaching_twice_is_answered_kindly(self):
        for _turn in range(2):
            answer = self.send(self.look("Six bases were handed over in"), claim=str(self.claim.pk))
        self.assertContains(answer, "stands on “Six bases were handed over in” already. Nothing was changed.")
        self.assertEqual(self.claim.appearances.filter(article=self.article).count(), 1)

    def test_a_claim_that_is_none_is_refused(self):
        for key in ("999999", "x", "-1", "9" * 40):
            with self.subTest(key=key):
                answer = self.send(self.look("in the past few weeks"), claim=key)
                self.assertContains(answer, "This claim is not kept here.")


class StalePageTests(FormTestCase):
    def test_the_flag_is_offered_again_where_the_words_stand_now(self):
        page = self.look("in the past few weeks", statement="My own sentence.")
        revise(self.article, paragraphs=["An added paragraph.", "Six bases were left in the past few weeks."])
        answer = self.send(page, save="1")
        self.assertContains(
            answer, "The article was changed since you opened this page; version 2 is shown now."
        )
        self.assertContains(answer, "Your words stand in it as before: look, and press once more.")
        self.assertContains(answer, "My own sentence.")
        self.assertEqual(Claim.objects.count(), 0)
        self.assertEqual(self.send(answer, save="1").status_code, 302)
        placement = Placement.objects.get()
        self.assertEqual((placement.version.number, placement.exact), (2, "in the past few weeks"))

    def test_words_that_stand_more_than_once_now_are_chosen(self):
        page = self.look("in the past few weeks")
        revise(self.article, paragraphs=["Left in the past few weeks.", "Six in the past few weeks."])
        answer = self.send(page, save="1")
        self.assertContains(answer, "more than once")
        self.assertEqual(len(place_values(answer)), 2)
        self.assertEqual(self.send(answer, save="1", place=place_values(answer)[1:]).status_code, 302)

    def test_words_that_went_are_kept_to_look_for(self):
        page = self.look("in the past few weeks", tags="Iraq")
        revise(self.article, paragraphs=["Nothing of it stands."])
        answer = self.send(page, save="1", statement="My own sentence.")
        self.assertContains(answer, "does not stand in it any more. What you typed is kept")
        kept = fields_of(answer)
        self.assertEqual(kept["words"], ["in the past few weeks"])
        self.assertEqual((kept["statement"], kept["tags"]), (["My own sentence."], ["Iraq"]))
        self.assertEqual(Claim.objects.count(), 0)

    def test_a_newer_draft_makes_no_page_stale_and_the_place_follows_into_it(self):
        page = self.look("in the past few weeks")
        revise(self.article, live=False, headline="Another headline")
        self.assertEqual(self.send(page, save="1").status_code, 302)
        self.assertEqual(Placement.objects.filter(exact="in the past few weeks").count(), 2)

    def test_both_versions_are_offered_where_one_waits(self):
        revise(self.article, live=False, paragraphs=["A draft of other words."])
        page = self.desk.get(self.address)
        self.assertContains(page, "Version 1, which readers see")
        self.assertContains(page, "handed the base over on Tuesday")
        waits = self.desk.get(self.address + "?version=2")
        self.assertContains(waits, "A draft of other words.")
        self.desk.post(
            self.address,
            {**fields_of(waits), "words": "A draft of other", "statement": "A draft.", "save": "1"},
        )
        self.assertEqual(Placement.objects.get().version.number, 2)


class UndoTests(FormTestCase):
    def undo(self, who=None, **more):
        uids = ",".join(str(each.uid) for each in Appearance.objects.filter(flagged_by=self.sana))
        client = signed_in(who) if who else self.desk
        return client.post(self.address + "undo/", {"flagged": uids, **more}, follow=True)

    def test_the_flag_is_taken_back_and_nothing_is_deleted(self):
        self.flag("in the past few weeks")
        self.assertContains(self.undo(), "The flag is taken back.")
        placement = Placement.objects.get()
        self.assertEqual((placement.anchor, placement.why), ("detached", "Undone by whoever flagged it"))
        claim = Claim.objects.get()
        self.assertEqual(
            (claim.work_state, claim.closing_reason), ("declined", "Undone by whoever flagged it")
        )
        self.assertNotContains(self.desk.get(self.address), "<mark")

    def test_nobody_takes_the_flag_of_somebody_else_back(self):
        self.flag("in the past few weeks")
        answer = self.undo(self.rashid)
        self.assertContains(answer, "Only whoever flagged these words takes the flag back.")
        self.assertEqual(Placement.objects.standing().count(), 1)

    def test_the_page_offers_it_for_a_moment(self):
        answer = self.flag("in the past few weeks")
        self.assertContains(self.desk.get(answer.url), "You flagged these words just now.")
        self.undo()
        self.assertNotContains(self.desk.get(answer.url), "You flagged these words just now.")


class SheetTests(FormTestCase):
    def test_every_state_of_a_place_is_said_in_words(self):
        rated = make_claim("Handed over.", article=self.article, words="handed the base over")
        make_verdict(rated, "false")
        make_claim("The capital.", article=self.article, words="the capital", checking=True)
        place(rated, self.article, "Sixth base handed over", match="suggested")
        proposed = make_claim("Tuesday.", article=self.article, words="on Tuesday")
        make_verdict(proposed, "true", published=False)
        page = self.desk.get(self.address)
        for said in ("False", "Being checked", "Suggested", "Verdict proposed", "the claim is rated False"):
            with self.subTest(said=said):
                self.assertContains(page, said)
        for css in ("false", "being-checked", "suggested", "proposed"):
            with self.subTest(css=css):
                self.assertContains(page, f'<mark class="{css}"')

    def test_words_that_went_stand_beside_where_they_stood(self):
        make_claim("Weeks.", article=self.article, words="in the past few weeks")
        revise(
            self.article,
            paragraphs=[
                "The coalition handed the base over on Tuesday, a source said.",
                "Six bases were handed over this year.",
                "Another paragraph.",
            ],
        )
        page = self.desk.get(self.address).content.decode()
        row = page.split('id="row-2"')[1].split('id="row-3"')[0]
        self.assertIn("Words changed", row)
        self.assertIn("in the past few weeks", row)
        self.assertIn("stood in version 1", row)

    def test_the_page_asks_as_many_queries_for_a_hundred_claims_as_for_one(self):
        words = [f"figure {number}" for number in range(100)]
        long = make_article("Figures", paragraphs=[" ".join([*words, "and more"]) + "."])
        make_claim("Figure 0.", article=long, words="figure 0 ")
        self.desk.get(address(long))
        with self.assertNumQueries(9):
            self.desk.get(address(long))
        for number in range(1, 100):
            make_claim(f"Figure {number}.", article=long, words=f"figure {number} ")
        with self.assertNumQueries(9):
            page = self.desk.get(address(long))
        self.assertEqual(page.content.decode().count("<mark "), 100)
        self.assertLess(len(page.content), 180_000)

    def test_the_article_page_and_the_list_lead_here(self):
        for page in (f"/admin/articles/article/{self.article.pk}/change/", "/admin/articles/article/"):
            with self.subTest(page=page):
                self.assertContains(self.desk.get(page), self.address)

    def test_an_article_that_is_none_is_not_found(self):
        for key in ("999999", "x", "9" * 30):
            with self.subTest(key=key):
                self.assertEqual(self.desk.get(f"/admin/articles/article/{key}/flag/").status_code, 404)
        self.assertTrue(Article.objects.exists())
