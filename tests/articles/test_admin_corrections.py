"""Corrections at the desk: words are pasted and found, a second person decides, the first page says what waits."""

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import correcting, editing
from articles.models import Article, Correction
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_correction, revise, time_at
from tests.forms import errors_of, fill_in, messages_of, send

WORDED = {"kind": "correction", "why": "It was three weeks.", "cause": "editing"}
WAS, NOW = "past few weeks", "past three weeks"


def act(row, name: str) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_act", args=[row.pk, name])


def page_of(row) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


class Desk(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(paragraphs=[f"Six in the {WAS}.", "Six bases. Six bases.", "No group."])
        self.client = signed_in(self.bilal)

    def change(self) -> None:
        self.new = revise(
            self.article, live=False, paragraphs=[f"Six in the {NOW}.", "Six bases. Six bases.", "No group."]
        )

    def propose(self, **given):
        return fill_in(self.client, act(self.article, "correct"), **{**WORDED, "was": WAS, **given})


class ProposingTests(Desk):
    def test_pasted_words_are_found_in_what_readers_see_and_in_the_version_that_waits(self):
        self.change()
        answer = self.propose(now=NOW)
        made = Correction.objects.get()
        self.assertRedirects(answer, page_of(made))
        self.assertEqual(
            (made.state, made.was_version.number, made.was_exact, made.now_version.number, made.now_exact),
            ("proposed", 1, WAS, 2, NOW),
        )
        self.assertEqual((made.version, made.proposed_by), (self.new, self.bilal))
        self.assertEqual(Article.objects.get(pk=self.article.pk).live_version.number, 1)

    def test_the_page_shows_both_versions_to_copy_from_and_says_which_goes_live(self):
        self.change()
        page = self.client.get(act(self.article, "correct"))
        for words in (
            "Version 2, which waits",
            "Version 1, which readers see",
            "Version 2 goes live with it",
            NOW,
        ):
            self.assertContains(page, words)

    def test_where_one_place_changed_its_sentences_are_filled_in(self):
        self.change()
        fill_in(self.client, act(self.article, "correct"), **WORDED)
        made = Correction.objects.get()
        self.assertEqual((made.was_exact, made.now_exact), (f"Six in the {WAS}.", f"Six in the {NOW}."))

    def test_a_version_that_waits_for_something_else_is_left_waiting(self):
        self.change()
        self.propose(goes_live="", now="")
        self.assertIsNone(Correction.objects.get().version)

    def test_words_typed_with_other_quotes_and_spaces_are_found_as_they_were_printed(self):
        article = make_article("Said the ministry", ["“Six bases” – and no more."])
        fill_in(self.client, act(article, "correct"), **WORDED, was='"six  bases" - and')
        self.assertEqual(Correction.objects.get().was_exact, "“Six bases” – and")

    def test_words_that_stand_twice_are_asked_about_and_the_chosen_place_is_kept(self):
        answer = self.propose(was="Six bases")
        self.assertIn("2 times", errors_of(answer)["was_place"][0])
        places = answer.context["form"].fields["was_place"].choices
        send(self.client, act(self.article, "correct"), answer, was_place=places[1][0])
        made = Correction.objects.get()
        self.assertEqual(made.was_start, self.article.live_version.body_text.rindex("Six bases"))

    def test_words_that_changed_since_are_found_in_the_version_that_had_them(self):
        revise(self.article, paragraphs=["Six in three weeks."])
        self.propose()
        self.assertEqual(Correction.objects.get().was_version.number, 1)

    def test_words_that_readers_never_saw_and_words_of_the_wrong_version_are_refused(self):
        self.change()
        for given, field in (
            ({"was": NOW}, "was"),
            ({"was": "nothing of the kind"}, "was"),
            ({"was": f"{WAS}.\n\nSix bases"}, "was"),
            ({"now": WAS}, "now"),
            ({"now": NOW, "goes_live": ""}, "now"),
        ):
            with self.subTest(**given):
                self.assertIn("Copy them from", errors_of(self.propose(**given))[field][0])
        self.assertFalse(Correction.objects.exists())

    def test_what_readers_would_need_is_asked_for(self):
        for name, said in (("was", "Give the words"), ("why", "Say why"), ("cause", "caused")):
            with self.subTest(name):
                self.assertIn(said, errors_of(self.propose(**{name: ""}))[name][0])

    def test_letters_that_nobody_sees_tell_readers_nothing(self):
        self.assertIn("Say why", errors_of(self.propose(why="\u200b\u200d"))["why"][0])
        self.change()
        client = signed_in(self.rashid)
        answer = fill_in(client, act(self.article, "go-live"), note="\u200b\u200d")
        self.assertIn("Say what is new", errors_of(answer)["note"][0])

    def test_a_draft_is_kept_without_all_that_and_somebody_else_goes_on_with_it(self):
        self.propose(was="", why="", cause="", keep="1")
        draft = Correction.objects.get()
        self.assertEqual(draft.state, "draft")
        answer = fill_in(signed_in(self.sana), act(draft, "propose"), **WORDED, was=WAS)
        self.assertIn("Proposed", messages_of(answer)[-1])
        draft.refresh_from_db()
        self.assertEqual((draft.state, draft.proposed_by, draft.was_exact), ("proposed", self.sana, WAS))

    def test_words_saved_while_the_page_stood_open_do_not_go_live_unseen(self):
        self.change()
        page = self.client.get(act(self.article, "correct"))
        revise(self.article, live=False, paragraphs=[f"Six in the {NOW}.", "Nobody saw this."])
        answer = send(self.client, act(self.article, "correct"), page, **WORDED, was=WAS)
        self.assertIn("after you loaded this page", str(errors_of(answer)))
        self.assertFalse(Correction.objects.exists())

    def test_what_nobody_reads_is_not_corrected(self):
        gone = make_article("Gone")
        editing.withdraw(gone, by=self.noor, reason="Wrong.")
        for article in (
            make_article("A draft", published=False),
            make_article("Tomorrow", public_from=time_at("2099-01-01")),
            gone,
        ):
            with self.subTest(article=article):
                self.assertNotContains(self.client.get(act(article, "correct")), "submit-row")
                answer = self.client.post(act(article, "correct"), {**WORDED, "was": WAS})
                self.assertEqual(answer.status_code, 200)
        self.assertFalse(Correction.objects.exists())


class DecidingTests(Desk):
    def setUp(self):
        super().setUp()
        self.change()
        self.correction = make_correction(self.article, WAS, NOW, goes_live=True, published=False)
        self.client = signed_in(self.rashid)

    def test_the_second_person_sees_what_readers_will_see_and_publishes_both(self):
        page = self.client.get(act(self.correction, "approve"))
        for words in (
            f"“{WAS}”",
            f"“{NOW}”",
            "The count was wrong.",
            "Version 2 goes live with this correction.",
        ):
            self.assertContains(page, words)
        answer = fill_in(self.client, act(self.correction, "approve"))
        self.assertIn("The correction is public, and version 2 with it.", messages_of(answer))
        self.assertEqual(Article.objects.get(pk=self.article.pk).live_version.number, 2)

    def test_the_second_person_reads_every_word_that_goes_live_with_it(self):
        revise(self.article, live=False, paragraphs=[f"Six in the {NOW}.", "Slipped in as well."])
        self.correction = make_correction(
            self.article, WAS, NOW, why="Both.", goes_live=True, published=False
        )
        page = self.client.get(act(self.correction, "approve"))
        self.assertContains(page, "compared.css")
        self.assertContains(page, "Version 1 and version 3")
        self.assertContains(page, "Slipped in as well.")

    def test_one_that_changes_no_words_compares_nothing(self):
        note = make_correction(self.article, WAS, why="It stands.", published=False)
        self.assertNotContains(self.client.get(act(note, "approve")), "compared.css")

    def test_going_live_shows_every_word_that_changes_for_readers_too(self):
        revise(self.article, live=False, paragraphs=[f"Six in the {NOW}.", "Slipped in as well."])
        page = self.client.get(act(self.article, "go-live"))
        self.assertContains(page, "Version 1 and version 3")
        self.assertContains(page, "Slipped in as well.")

    def test_what_the_paper_does_not_let_readers_see_is_compared_for_the_desk(self):
        Article.objects.filter(pk=self.article.pk).update(rights="quotes")
        page = self.client.get(act(self.article, "go-live"))
        self.assertContains(page, "<ins>")
        self.assertNotContains(page, "What changed in it is not shown here")

    def test_a_declined_one_says_why_and_is_proposed_anew(self):
        refused = fill_in(self.client, act(self.correction, "decline"))
        self.assertIn("required", errors_of(refused)["reason"][0])
        fill_in(self.client, act(self.correction, "decline"), reason="Name the ministry.")
        self.assertContains(self.client.get(page_of(self.correction)), "Name the ministry.")
        answer = fill_in(
            signed_in(self.bilal), act(self.correction, "again"), why="The ministry counts three."
        )
        anew = Correction.objects.latest("id")
        self.assertRedirects(answer, page_of(anew), fetch_redirect_response=False)
        self.assertEqual(
            (anew.state, anew.was_exact, anew.now_exact, anew.why),
            ("proposed", WAS, NOW, "The ministry counts three."),
        )

    def test_whoever_proposed_it_is_told_that_somebody_else_decides(self):
        own = make_correction(self.article, WAS, why="Own.", published=False, by=self.rashid)
        self.assertContains(self.client.get(page_of(own)), "so somebody else must decide on it")
        self.assertEqual(self.client.post(act(own, "approve")).status_code, 403)

    def test_each_step_offers_what_can_follow(self):
        offers = {"propose", "approve", "decline", "again"}
        declined = make_correction(self.article, WAS, why="Declined.", published=False)
        correcting.decline(declined, by=self.noor, reason="No.")
        draft = make_correction(self.article, WAS, why="Begun.", proposed=False, published=False)
        public = make_correction(self.article, WAS, why="Public.")
        for correction, offered in (
            (draft, {"propose", "decline"}),
            (self.correction, {"approve", "decline"}),
            (declined, {"again"}),
            (public, set()),
        ):
            with self.subTest(correction.why):
                page = self.client.get(page_of(correction)).content.decode()
                self.assertEqual({name for name in offers if act(correction, name) in page}, offered)

    def test_going_live_says_that_a_correction_waits(self):
        page = self.client.get(act(self.article, "go-live"))
        self.assertContains(page, page_of(self.correction))

    def test_the_articles_page_lists_its_corrections(self):
        page = self.client.get(page_of(self.article))
        self.assertContains(page, page_of(self.correction))
        self.assertContains(page, act(self.article, "correct"))

    def test_the_list_asks_no_more_for_sixty_than_for_one(self):
        listing = reverse("admin:articles_correction_changelist")
        with CaptureQueriesContext(connection) as queries:
            self.client.get(listing)
        for number in range(59):
            make_correction(self.article, why=f"Note {number}.", kind="editors-note", published=False)
        # Rows of more than one page are counted as far as one pages.
        with self.assertNumQueries(len(queries)):
            self.client.get(listing)


class OneWayTests(SimpleTestCase):
    def test_nothing_but_corrections_moves_what_readers_see(self):
        """A new way to a live version must ask what readers are told: articles.correcting.make_live does."""
        callers = [
            str(path.relative_to(settings.BASE_DIR))
            for app in ("newsroom", "articles", "claims")
            for path in sorted(Path(settings.BASE_DIR, app).rglob("*.py"))
            if "editing.go_live(" in path.read_text()
        ]
        self.assertEqual(callers, ["articles/correcting.py"])
