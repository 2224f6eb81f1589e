"""What readers see of corrections: above the article, in the list, on a page of its own, in two feeds."""

import xml.etree.ElementTree as ET

from django.test import TestCase
from django.urls import reverse
from django.utils import translation

from articles import correcting, editing
from articles.models import Article, Correction
from tests.desk import Cast
from tests.factories import clock, make_article, make_correction, make_outlet, revise, time_at

LIST = "/corrections/"
ATOM, RSS = "/corrections/atom.xml", "/corrections/rss.xml"
ENTRY = "{http://www.w3.org/2005/Atom}"
WAS, NOW = "past few weeks", "past three weeks"


def corrected(headline: str = "Six bases", at: str = "2020-04-12 09:00", **details) -> Correction:
    """A correction with the change that belongs to it."""
    columns = {name: details.pop(name) for name in ("why", "kind", "spot") if name in details}
    article = make_article(headline, [f"They left over the {WAS}.", "Nobody was hurt."], **details)
    with clock(at):
        revise(article, live=False, paragraphs=[f"They left over the {NOW}.", "Nobody was hurt."])
        return make_correction(article, WAS, NOW, goes_live=True, **columns)


class Pages(Cast, TestCase):
    def page(self, address: str, status: int = 200) -> str:
        answer = self.amna.get(address)
        self.assertEqual(answer.status_code, status, address)
        return answer.content.decode()

    def everywhere(self, correction: Correction) -> list[str]:
        """Every page that could speak of the correction."""
        pages = [self.page(address) for address in (LIST, ATOM, RSS, "/", "/articles/")]
        return [*pages, self.amna.get(correction.article.get_absolute_url()).content.decode()]


class SlipTests(Pages):
    def test_above_the_article_stand_date_kind_was_now_why_and_the_ways_on(self):
        correction = corrected()
        page = self.page(correction.article.get_absolute_url())
        slip = page[page.index('<aside class="notice"') : page.index("</aside>")]
        for words in ("Correction", "12 April 2020", f"“{WAS}”", f"“{NOW}”", "The count was wrong."):
            self.assertIn(words, slip)
        self.assertIn(f'href="{correction.get_absolute_url()}"', slip)
        self.assertLess(page.index("</aside>"), page.index("<h1"))

    def test_beside_the_words_that_stand_now_where_an_editor_chose_that_until_they_change_again(self):
        correction = corrected(spot="inline")
        page = self.page(correction.article.get_absolute_url())
        self.assertNotIn('class="notice"', page)
        self.assertLess(page.index(NOW), page.index('<aside class="beside ours"'))
        self.assertLess(page.index('<aside class="beside ours"'), page.index("Nobody was hurt."))
        revise(correction.article, paragraphs=["They left."])
        self.assertIn('<aside class="notice"', self.page(correction.article.get_absolute_url()))

    def test_the_newest_two_stand_open_and_the_rest_is_folded(self):
        article = make_article()
        for number in range(1, 5):
            with clock(f"2020-04-1{number} 09:00"):
                make_correction(article, why=f"Note {number}.", kind="editors-note")
        page = self.page(article.get_absolute_url())
        folded = page[page.index("<details") : page.index("</details>")]
        self.assertIn("Note 2.", folded)
        self.assertNotIn("Note 3.", folded)

    def test_updates_do_not_push_a_correction_out_of_sight(self):
        correction = corrected()
        for number in range(3):
            with clock(f"2020-04-1{number + 3} 09:00"):
                make_correction(correction.article, why=f"Update {number}.", kind="update")
        page = self.page(correction.article.get_absolute_url())
        self.assertLess(page.index(f"“{WAS}”"), page.index("Update 2."))
        self.assertLess(page.index("Update 2."), page.index("<details"))

    def test_words_are_escaped_and_stand_in_their_own_language(self):
        article = make_article("عنوان", ["<b>چھ</b> اڈے"], language="ur")
        correction = make_correction(article, "<b>چھ</b>", why="<script>")
        for address in (article.get_absolute_url(), LIST, correction.get_absolute_url()):
            page = self.page(address)
            self.assertIn('<dd lang="ur" dir="rtl">“&lt;b&gt;چھ&lt;/b&gt;”</dd>', page)
            self.assertIn("&lt;script&gt;", page)
            self.assertNotIn("<script>", page)

    def test_an_article_without_corrections_says_nothing_of_any(self):
        self.assertNotIn('class="notice"', self.page(make_article().get_absolute_url()))

    def test_one_query_with_one_and_with_sixty(self):
        one, many = make_article("One"), make_article("Many")
        make_correction(one, why="One.", kind="editors-note")
        for number in range(60):
            make_correction(many, why=f"Note {number}.", kind="editors-note")
        for article in (one, many):
            with self.subTest(article=article), self.assertNumQueries(6):
                self.amna.get(article.get_absolute_url())


class OwnPageTests(Pages):
    def test_it_says_where_the_words_stood_what_caused_it_who_asked_and_who_approved(self):
        page = self.page(corrected().get_absolute_url())
        for words in (
            "Text, version 1",
            "Text, version 2",
            "Editing, or the headline",
            "The desk",
            "Rashid Mahmood",
        ):
            self.assertIn(words, page)

    def test_an_update_note_names_whoever_wrote_it(self):
        article = make_article()
        correcting.make_live(
            revise(article, live=False, headline="More"), by=self.noor, note="More is known."
        )
        page = self.page(Correction.objects.get().get_absolute_url())
        self.assertIn("Noor Jahan", page)
        self.assertNotIn("Approved by", page)

    def test_a_number_of_nothing_is_not_found(self):
        self.page("/corrections/1000000000/", 404)

    def test_in_urdu(self):
        correction = corrected()
        with translation.override("ur"):
            address = correction.get_absolute_url()
        self.assertIn('dir="rtl"', self.page(address))


class HiddenTests(Pages):
    def assert_hidden(self, correction: Correction, status: int = 404) -> None:
        for page in self.everywhere(correction):
            self.assertNotIn("Secretly wrong", page)
        self.assertNotIn("Secretly wrong", self.page(correction.get_absolute_url(), status))

    def test_a_draft_a_proposal_and_a_declined_one(self):
        article = make_article()
        for how in ("draft", "proposed", "declined"):
            with self.subTest(how):
                correction = make_correction(
                    article, WAS, why=f"Secretly wrong, {how}.", proposed=how != "draft", published=False
                )
                if how == "declined":
                    correcting.decline(correction, by=self.rashid, reason="It was right.")
                self.assert_hidden(correction)

    def test_one_of_an_embargoed_article_and_one_of_a_draft(self):
        for how in ("draft", "embargoed"):
            with self.subTest(how):
                correction = make_correction(make_article(f"For {how}"), WAS, why=f"Secretly wrong, {how}.")
                columns = {"state": "draft"} if how == "draft" else {"public_from": time_at("2099-01-01")}
                Article.objects.filter(pk=correction.article_id).update(**columns)
                self.assert_hidden(correction)

    def test_one_of_a_withdrawn_article_answers_as_the_article_does(self):
        for by_law, status in ((False, 410), (True, 451)):
            with self.subTest(by_law=by_law):
                correction = make_correction(
                    make_article(f"By law: {by_law}"), WAS, why=f"Secretly wrong {by_law}."
                )
                editing.withdraw(correction.article, by=self.noor, reason="A forgery.", by_law=by_law)
                self.assert_hidden(correction, status)
                self.assertIn("A forgery.", self.page(correction.get_absolute_url(), status))

    def test_one_that_is_published_later(self):
        with clock("2099-01-01 09:00"):
            correction = make_correction(make_article(), WAS, why="Secretly wrong.")
        self.assert_hidden(correction)

    def test_the_words_of_a_text_that_is_not_ours_are_quoted_as_far_as_its_rights_go(self):
        for rights, quoted in (("full", True), ("quotes", True), ("none", False)):
            with self.subTest(rights=rights):
                correction = corrected(f"With rights {rights}", rights=rights)
                pages = [
                    self.page(correction.get_absolute_url()),
                    self.page(correction.article.get_absolute_url()),
                ]
                for page in pages:
                    self.assertEqual(f"“{WAS}”" in page, quoted)
                    self.assertIn("The count was wrong.", page)

    def test_of_a_record_alone_the_headline_is_quoted(self):
        article = make_article("Seven bases left", rights="none")
        correction = make_correction(article, "Seven bases", why="Six.")
        self.assertIn("“Seven bases”", self.page(correction.get_absolute_url()))


class ListTests(Pages):
    def test_newest_first_with_before_and_after(self):
        corrected("The first", "2020-04-12 09:00", why="First.")
        corrected("The second", "2020-04-13 09:00", why="Second.")
        page = self.page(LIST)
        self.assertLess(page.index("Second."), page.index("First."))
        self.assertEqual((page.count(f"“{WAS}”"), page.count(f"“{NOW}”")), (2, 2))

    def test_by_kind_paper_and_year(self):
        corrected("The first", "2020-04-12 09:00", why="First.", outlet=make_outlet("Dawn"))
        corrected("The second", "2021-04-13 09:00", why="Second.", kind="clarification")
        for query, shown in (
            ("kind=correction", {"First."}),
            ("kind=clarification", {"Second."}),
            ("kind=retraction", set()),
            ("outlet=dawn", {"First."}),
            ("year=2021", {"Second."}),
            ("year=2021&kind=correction", set()),
            ("kind=&outlet=&year=", {"First.", "Second."}),
        ):
            with self.subTest(query):
                page = self.page(f"{LIST}?{query}")
                self.assertEqual({words for words in ("First.", "Second.") if words in page}, shown)

    def test_what_the_address_asks_for_and_nobody_knows_is_refused(self):
        corrected()
        for query in (
            "kind=error",
            "outlet=nothing",
            "year=20",
            "year=0001",
            "year=٢٠٢٠",
            "year=2020.0",
            "colour=red",
            "kind=correction&kind=update",
            "after=x",
            "after=2020-04-12T09-00-00-000000Z",
        ):
            with self.subTest(query):
                self.page(f"{LIST}?{query}", 400)

    def test_a_paper_without_a_public_correction_is_no_choice(self):
        make_correction(make_article(outlet=make_outlet("Dawn")), WAS, published=False)
        self.page(f"{LIST}?outlet=dawn", 400)

    def test_pages_of_a_long_list_meet_without_a_gap(self):
        article = make_article()
        for number in range(30):
            with clock("2020-04-12 09:00"):
                make_correction(article, why=f"Note {number:02}.", kind="editors-note")
        first = self.amna.get(LIST)
        second = self.amna.get(LIST + first.context["older"])
        seen = [slip.correction.why for page in (first, second) for slip in page.context["slips"]]
        self.assertEqual((len(seen), len(set(seen))), (30, 30))

    def test_two_queries_with_one_and_with_sixty(self):
        article = make_article()
        for count in (1, 59):
            for number in range(count):
                make_correction(article, why=f"Note {count} {number}.", kind="editors-note")
            with self.subTest(count), self.assertNumQueries(2):
                self.amna.get(LIST)

    def test_nothing_yet(self):
        self.assertIn("Nothing that was printed here has been corrected.", self.page(LIST))

    def test_every_page_leads_there(self):
        page = self.page("/")
        self.assertIn(f'<a href="{LIST}">', page)
        self.assertIn(f'type="application/atom+xml" title="Corrections (Atom)" href="{ATOM}"', page)


class FeedTests(Pages):
    def entries(self, address: str, name: str) -> list[ET.Element]:
        return list(ET.fromstring(self.page(address)).iter(name))  # noqa: S314 - it is our own

    def test_an_entry_is_known_by_its_uid_and_says_what_the_page_says(self):
        correction = corrected()
        (entry,) = self.entries(ATOM, f"{ENTRY}entry")
        self.assertEqual(entry.findtext(f"{ENTRY}id"), correction.uid.urn)
        self.assertEqual(entry.findtext(f"{ENTRY}title"), "Correction: Six bases")
        self.assertEqual(entry.findtext(f"{ENTRY}updated"), "2020-04-12T09:00:00+00:00")
        self.assertEqual(
            entry.find(f"{ENTRY}link").get("href"), f"http://testserver{correction.get_absolute_url()}"
        )
        told = entry.findtext(f"{ENTRY}summary")
        for words in (WAS, NOW, "The count was wrong."):
            self.assertIn(words, told)
        (item,) = self.entries(RSS, "item")
        self.assertEqual(
            (item.findtext("guid"), item.find("guid").get("isPermaLink")), (correction.uid.urn, "false")
        )

    def test_printed_words_are_no_markup_in_a_reader_of_feeds(self):
        article = make_article("A & B <i>", ["<img src=x> was hit."])
        make_correction(article, "<img src=x>", why="<b>")
        (entry,) = self.entries(ATOM, f"{ENTRY}entry")
        self.assertEqual(entry.findtext(f"{ENTRY}title"), "Correction: A & B <i>")
        self.assertIn("&lt;img src=x&gt;", entry.findtext(f"{ENTRY}summary"))
        self.assertIn("&lt;b&gt;", entry.findtext(f"{ENTRY}summary"))
        (item,) = self.entries(RSS, "item")
        self.assertEqual(item.findtext("title"), "Correction: A &amp; B &lt;i&gt;")

    def test_an_empty_feed_is_a_feed(self):
        for address, kind in ((ATOM, "application/atom+xml"), (RSS, "application/rss+xml")):
            answer = self.amna.get(address)
            self.assertEqual(answer.headers["Content-Type"], f"{kind}; charset=utf-8")
            self.assertNotIn("Cookie", answer.headers.get("Vary", ""))

    def test_one_query_with_one_and_with_sixty(self):
        article = make_article()
        for count in (1, 59):
            for number in range(count):
                make_correction(article, why=f"Note {count} {number}.", kind="editors-note")
            for address in (ATOM, RSS):
                with self.subTest(address, count=count), self.assertNumQueries(1):
                    self.amna.get(address)

    def test_it_is_read_and_nothing_else(self):
        for address in (ATOM, RSS, LIST):
            self.assertIn(self.amna.post(address).status_code, (403, 405))

    def test_the_addresses_have_names(self):
        self.assertEqual(reverse("articles:corrections-atom"), ATOM)
