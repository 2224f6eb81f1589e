"""The archive's list and the tag pages: what stands in them, how they are narrowed, and what they refuse."""

from datetime import date

from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import editing
from articles.models import Article, Tag
from tests.desk import Cast
from tests.factories import make_article, make_claim, make_verdict, place, show_checking, time_at

LIST = "/articles/"


class ListCase(Cast, TestCase):
    def headlines(self, **parameters) -> list[str]:
        response = self.amna.get(LIST, parameters)
        self.assertEqual(response.status_code, 200, response.context and response.context.get("problems"))
        return [story.article.headline for story in response.context["stories"]]

    def assert_refused(self, parameters: dict | str, *said: str) -> None:
        url = LIST + parameters if isinstance(parameters, str) else LIST
        response = self.amna.get(url, {} if isinstance(parameters, str) else parameters)
        self.assertEqual(response.status_code, 400)
        self.assertTemplateUsed(response, "newsroom/list_error.html")
        for words in said:
            self.assertContains(response, words, status_code=400)
        self.assertContains(response, '<form action="/articles/"', status_code=400)
        self.assertNotContains(response, 'class="results"', status_code=400)


class WhatIsListedTests(ListCase):
    def test_public_articles_newest_first_and_nothing_else(self):
        make_article("Older", printed_date=date(2020, 3, 1))
        make_article("Newer", printed_date=date(2020, 3, 2))
        make_article("A draft", published=False)
        make_article("Tomorrow's", public_from=time_at("2099-01-01 00:00"))
        withdrawn = make_article("Withdrawn")
        editing.withdraw(withdrawn, by=self.noor, reason="It was a copy.")
        self.assertEqual(self.headlines(), ["Newer", "Older"])

    def test_an_article_whose_rights_are_not_ours_is_listed_by_its_headline(self):
        make_article("Only quotes", rights="quotes")
        make_article("Only the record", rights="none")
        self.assertCountEqual(self.headlines(), ["Only quotes", "Only the record"])

    def test_the_status_stands_beside_every_headline(self):
        article = make_article()
        make_verdict(make_claim(article=article, words="in one week"), "contradicted")
        make_article("Nobody looked at this")
        page = self.amna.get(LIST).content.decode()
        self.assertInHTML("<strong>Contradicted</strong>", page)
        self.assertInHTML("<q lang='en' dir='ltr'>in one week</q>", page)
        self.assertInHTML('<p class="says quiet">Not checked</p>', page)
        self.assertIn("1 claim checked", page)

    def test_an_urdu_headline_keeps_its_language_and_direction(self):
        make_article("عراق میں چھٹا اڈا خالی", language="ur")
        self.assertContains(self.amna.get(LIST), '<h3 lang="ur" dir="rtl">')
        self.assertNotContains(self.amna.get("/ur" + LIST), '<h3 lang="ur"')

    def test_an_empty_archive_says_so_and_offers_one_way_out(self):
        response = self.amna.get(LIST)
        self.assertContains(response, 'class="empty"')
        self.assertContains(response, "No article has been published in this archive.")


class NarrowedTests(ListCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.false = make_article("Falsely headlined", outlet="Nawaiwaqt", section="World", tags=["Iraq"])
        make_verdict(make_claim("It is false.", article=cls.false, words="Falsely headlined"), "false")
        cls.checking = make_article(
            "Looked at now", outlet="dpa", tags=["عراق"], printed_date=date(2020, 3, 1)
        )
        make_claim("It is looked at.", article=cls.checking, words="Looked at now", checking=True)
        cls.month = make_article(
            "Some day in March", printed_date=date(2020, 3, 1), printed_precision="month", section="Opinion"
        )
        cls.undated = make_article("Undated", printed_date=None)

    def test_each_filter_alone(self):
        for parameters, expected in [
            ({"outlet": "dpa"}, ["Looked at now"]),
            ({"section": "world"}, ["Falsely headlined"]),
            ({"tag": "iraq"}, ["Falsely headlined"]),
            ({"tag": "IRAQ"}, ["Falsely headlined"]),
            ({"tag": "عراق"}, ["Looked at now"]),
            ({"rating": "false"}, ["Falsely headlined"]),
            ({"rating": ["true", "false"]}, ["Falsely headlined"]),
            ({"rating": "true"}, []),
            ({"checking": "yes"}, ["Looked at now"]),
            ({"rating": "false", "checking": "yes"}, []),
            (
                {"printed_from": "2020-03-15", "printed_to": "2020-04-30"},
                ["Falsely headlined", "Some day in March"],
            ),
            ({"printed_to": "2020-03-01"}, ["Looked at now", "Some day in March"]),
            ({"outlet": "", "section": "", "tag": "", "printed_from": "", "rating": ""}, None),
        ]:
            with self.subTest(parameters=parameters):
                found = self.headlines(**parameters)
                self.assertCountEqual(found, expected if expected is not None else self.headlines())

    def test_a_month_counts_from_the_month_that_the_first_day_lies_in(self):
        self.assertIn("Some day in March", self.headlines(printed_from="2020-03-20"))
        self.assertNotIn("Some day in March", self.headlines(printed_from="2020-04-01"))

    def test_a_denial_does_not_bring_an_article_under_the_rating(self):
        denying = make_article("The ministry denies it", ["Not every base is empty."])
        claim = make_claim(
            "Every base is empty.", article=denying, words="every base is empty", role="denies"
        )
        make_verdict(claim, "contradicted")
        self.assertEqual(self.headlines(rating="contradicted"), [])

    def test_another_name_of_a_tag_narrows_like_the_tag(self):
        Tag.objects.create(name="Irak", alias_of=Tag.objects.get(name="Iraq"))
        self.assertEqual(self.headlines(tag="irak"), ["Falsely headlined"])

    def test_the_page_says_what_is_active_and_how_to_take_it_off(self):
        response = self.amna.get(LIST, {"rating": ["false", "true"], "outlet": "nawaiwaqt", "tag": ""})
        active = response.context["filter"].active
        self.assertEqual(
            [(one.label, one.words) for one in active],
            [("What was found", "False"), ("What was found", "True"), ("Paper", "Nawaiwaqt")],
        )
        self.assertEqual(active[0].without, "?rating=true&outlet=nawaiwaqt")
        self.assertContains(response, '<a class="btn plain" href="/articles/">Clear all</a>')
        self.assertContains(response, 'value="false" checked')
        self.assertContains(response, '<option value="nawaiwaqt" selected>')

    def test_nothing_found_says_so_and_offers_one_way_out(self):
        response = self.amna.get(LIST, {"rating": "half-true"})
        self.assertContains(response, "No article fits")
        self.assertContains(response, '<a href="/articles/">All articles</a>')


class RefusedTests(ListCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        make_article(outlet="Nawaiwaqt", tags=["Iraq"])
        make_article("A draft", published=False, outlet="Hidden Times", section="Hidden", tags=["Hidden"])

    def test_every_parameter_it_does_not_understand_is_named(self):
        for parameters, *said in [
            ({"colour": "red"}, "colour", "It knows: rating, checking, outlet, section, tag"),
            ({"outlet": "x"}, "outlet: “x”", "Choose one from the list."),
            ({"outlet": "hidden-times"}, "We know nothing called “hidden-times” here."),
            ({"section": "hidden"}, "We know nothing called “hidden” here."),
            ({"tag": "hidden"}, "Nothing public carries the tag “hidden”."),
            ({"tag": "a\0b"}, "tag"),
            ({"rating": "nonsense"}, "The scale has no “nonsense”."),
            ({"rating": ["false", "nonsense"]}, "The scale has no “nonsense”."),
            ({"checking": "no"}, "Write “yes”, or leave it out."),
            ({"printed_from": "yesterday"}, "printed_from: “yesterday”", "such as 2020-04-07"),
            ({"printed_to": "2020-02-30"}, "such as 2020-04-07"),
            ({"printed_to": "0001-01-01"}, "1600-01-01"),
            ({"outlet": ["nawaiwaqt", "nawaiwaqt"]}, "It stands in the address 2 times."),
            ({"after": "x"}, "after", "“x” is no place in this list."),
            ({"before": "2020-13-07.1234567890"}, "is no place in this list."),
            ("?after=2020-04-07.1234567890&before=2020-04-07.1234567890", "after &amp; before"),
        ]:
            with self.subTest(parameters=parameters):
                self.assert_refused(parameters, *said)

    def test_what_the_address_says_is_read_back_short_and_harmless(self):
        response = self.amna.get(LIST, {"<script>" + "x" * 300: "1", "tag": "\u202e<b>"})
        self.assertEqual(response.status_code, 400)
        self.assertNotContains(response, "<script>", status_code=400)
        self.assertNotContains(response, "x" * 100, status_code=400)
        self.assertNotIn("\u202e", str(response.context["problems"]))

    def test_a_day_the_browser_cannot_hold_is_not_put_into_its_control(self):
        self.assertNotContains(
            self.amna.get(LIST, {"printed_from": "yesterday"}), 'value="yesterday"', status_code=400
        )

    def test_hidden_outlets_and_sections_are_no_choices(self):
        page = self.amna.get(LIST).content.decode()
        self.assertNotIn("Hidden", page)

    def test_only_reading_is_answered(self):
        self.assertEqual(self.amna.post(LIST).status_code, 405)


class PagedTests(ListCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        for number in range(60):
            make_article(f"Notice {number:02}", ["It was handed over."], tags=["Iraq"])

    def test_every_article_is_met_once_on_the_way_on_and_the_same_pages_on_the_way_back(self):
        there, url = [], LIST
        while url:
            response = self.amna.get(url)
            there.append([story.article.number for story in response.context["stories"]])
            older, last = response.context["older"], response
            url = older and LIST + older
        numbers = [number for page in there for number in page]
        self.assertEqual([len(page) for page in there], [24, 24, 12])
        self.assertEqual(sorted(numbers), sorted(Article.objects.values_list("number", flat=True)))
        back = self.amna.get(LIST + last.context["newer"])
        self.assertEqual([story.article.number for story in back.context["stories"]], there[1])

    def test_links_to_other_pages_keep_the_conditions_and_drop_what_is_empty(self):
        response = self.amna.get(LIST, {"tag": "iraq", "outlet": ""})
        self.assertRegex(response.context["older"], r"^\?tag=iraq&after=2020-04-07\.\d{10}$")
        self.assertContains(response, 'rel="next"')

    def test_beyond_the_end_the_list_says_so(self):
        response = self.amna.get(LIST, {"after": "1600-01-01.1000000000"})
        self.assertContains(response, "The list ends here")


class QueryTests(ListCase):
    """At most six queries, however many rows and whatever is asked."""

    FULL = {
        "outlet": "nawaiwaqt",
        "section": "world",
        "tag": "iraq",
        "rating": ["contradicted", "false"],
        "checking": "yes",
        "printed_from": "2020-01-01",
        "printed_to": "2020-12-31",
    }

    def count(self, url: str, parameters: dict | None = None) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.assertEqual(Client().get(url, parameters or {}).status_code, 200)
        return len(captured)

    def fill(self, number: int) -> None:
        ruled, open_claim = make_claim(), make_claim("No group claimed it.")
        for index in range(number):
            article = make_article(f"Notice {index} of one week", tags=["Iraq"], section="World")
            place(ruled, article, "one week")
            place(open_claim, article, "No group has claimed")
        show_checking(open_claim)
        make_verdict(ruled, "contradicted")

    def test_one_article_and_sixty_take_the_same_number_of_queries(self):
        for number in (1, 60):
            with self.subTest(articles=number):
                self.fill(number)
                for url, parameters, expected in [
                    (LIST, {}, 5),
                    (LIST, self.FULL, 6),
                    (reverse("articles:tag", args=["iraq"]), {}, 4),
                ]:
                    self.assertEqual(self.count(url, parameters), expected, url)


class TagPageTests(Cast, TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.article = make_article(tags=["Military bases", "عراق"])
        cls.tag = Tag.objects.get(name="Military bases")

    def test_it_lists_the_public_articles_and_claims_under_the_tag(self):
        claim = make_claim(article=self.article, words="in one week", tags=["Military bases"])
        make_verdict(claim, "contradicted")
        make_article("A draft", published=False, tags=["Military bases"])
        make_claim("Flagged only.", tags=["Military bases"])
        response = self.amna.get("/tags/military-bases/")
        self.assertEqual([story.article for story in response.context["stories"]], [self.article])
        self.assertEqual([entry.claim for entry in response.context["claims"]], [claim])
        self.assertContains(response, "Contradicted")
        self.assertNotContains(response, "draft")
        self.assertNotContains(response, "Flagged")

    def test_its_address_keeps_letters_of_every_script(self):
        response = self.amna.get(Tag.objects.get(name="عراق").get_absolute_url())
        self.assertContains(response, "<h1><bdi>عراق</bdi></h1>")

    def test_other_names_and_other_spellings_lead_to_it_for_good(self):
        Tag.objects.create(name="Army camps", alias_of=self.tag)
        for slug in ("army-camps", "Military-Bases", "MILITARY-BASES"):
            with self.subTest(slug=slug):
                response = self.amna.get(f"/tags/{slug}/?after=2020-04-07.1234567890")
                self.assertRedirects(
                    response,
                    "/tags/military-bases/?after=2020-04-07.1234567890",
                    status_code=301,
                    fetch_redirect_response=False,
                )
        response = self.amna.get("/ur/tags/army-camps/")
        self.assertRedirects(response, "/ur/tags/military-bases/", status_code=301)

    def test_articles_filed_under_another_name_stand_on_the_tags_page(self):
        camps = Tag.objects.create(name="Army camps")
        other = make_article("Camp closed", tags=[camps])
        Tag.objects.filter(pk=camps.pk).update(alias_of=self.tag)
        stories = self.amna.get("/tags/military-bases/").context["stories"]
        self.assertCountEqual([story.article for story in stories], [self.article, other])

    def test_a_retired_tag_keeps_its_page(self):
        Tag.objects.filter(pk=self.tag.pk).update(retired=True)
        self.assertEqual(self.amna.get("/tags/military-bases/").status_code, 200)

    def test_a_tag_that_only_claims_carry_has_its_page(self):
        make_claim("On a topic of its own.", tags=["Convoys"], checking=True)
        response = self.amna.get("/tags/convoys/")
        self.assertContains(response, "On a topic of its own.")
        self.assertContains(response, "Being checked")

    def test_tags_that_nobody_or_nothing_public_carries_do_not_exist(self):
        make_article("A draft", published=False, tags=["Hidden"])
        make_claim("Flagged only.", tags=["Flagged"])
        Tag.objects.create(name="Unused")
        Tag.objects.create(name="Concealed", alias_of=Tag.objects.get(name="Hidden"))
        for slug in ("hidden", "flagged", "unused", "concealed", "nothing"):
            with self.subTest(slug=slug):
                self.assertEqual(self.amna.get(f"/tags/{slug}/").status_code, 404)

    def test_unknown_parameters_are_refused_without_a_form(self):
        response = self.amna.get("/tags/military-bases/?colour=red")
        self.assertContains(response, "It knows: none.", status_code=400)
        self.assertNotContains(response, 'class="narrow"', status_code=400)
