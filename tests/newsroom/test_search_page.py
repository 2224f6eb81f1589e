"""The search page: what readers find, what stands beside it, how it is narrowed, and what is refused."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import editing
from articles.models import Outlet
from claims import workflow
from newsroom.core.search import Hit, catch_up, parse
from newsroom.search_lines import articles_found, claims_found, sources_found
from newsroom.search_page import SIZE
from tests.desk import Cast
from tests.factories import (
    HEADLINE,
    make_article,
    make_claim,
    make_evidence,
    make_source,
    make_verdict,
    time_at,
)

SEARCH = "/search/"


class SearchCase(Cast, TestCase):
    def ask(self, q: str = "", *, status: int = 200, **parameters):
        response = self.amna.get(SEARCH, {"q": q, **parameters})
        self.assertEqual(response.status_code, status)
        return response

    def found(self, q: str, kind: str = "", **parameters) -> list[str]:
        """Headlines, statements or names, in the order of the page."""
        page = self.ask(q, kind=kind, **parameters).content.decode()
        lines = re.findall(r'<a class="hl"[^>]*>(.*?)</a>', page, re.DOTALL)
        return [unescape(re.sub(r"<[^>]*>", "", line)) for line in lines]


class WhatIsFoundTests(SearchCase):
    def test_articles_claims_and_sources_each_with_their_honest_count(self):
        article = make_article()
        rudaw = make_source("Rudaw", "outlet", aliases="Rudaw base desk")
        make_verdict(
            make_claim(
                "The coalition left its sixth base.",
                article=article,
                words="sixth Iraqi base",
                claimant=rudaw,
            ),
            "false",
        )
        page = self.ask("base").content.decode()
        for words in (
            '<a href="?q=base" aria-current="page">Everything</a>',
            '<a href="?q=base&amp;kind=article">Articles <span class="num">1</span></a>',
            '<a href="?q=base&amp;kind=claim">Claims <span class="num">1</span></a>',
            '<a href="?q=base&amp;kind=source">Sources <span class="num">1</span></a>',
        ):
            self.assertInHTML(words, page)
        self.assertEqual(self.found("base"), ["The coalition left its sixth base.", "Rudaw", HEADLINE])

    def test_the_status_stands_beside_the_headline_with_mark_word_and_words(self):
        article = make_article()
        make_verdict(make_claim(article=article, words="in one week"), "contradicted")
        make_article("Another base closed", ["No one looked at it."])
        page = self.ask("base", kind="article").content.decode()
        self.assertInHTML("<strong>Contradicted</strong>", page)
        self.assertInHTML('<q lang="en" dir="ltr">in one week</q>', page)
        self.assertInHTML('<p class="says quiet">Not checked</p>', page)
        self.assertIn('<symbol id="m-contradicted"', page)

    def test_words_that_were_looked_for_are_marked_and_every_other_word_is_as_printed(self):
        make_article("Troops & <base> close", ["The bases <b>closed</b> on Tuesday & Friday."])
        page = self.ask("base").content.decode()
        self.assertIn('Troops &amp; &lt;<strong class="sought">base</strong>&gt; close</a>', page)
        self.assertIn('The <strong class="sought">bases</strong> &lt;b&gt;closed&lt;/b&gt; on', page)

    def test_a_text_that_is_not_ours_to_show_is_neither_shown_nor_found(self):
        make_article(
            "Only quotes of the base", ["Penguins marched."], rights="quotes", standfirst="Walruses."
        )
        make_article("Only the record of the base", ["Penguins swam."], rights="none")
        page = self.ask("base", kind="article").content.decode()
        self.assertEqual(page.count("Its text is not ours to show."), 2)
        for word in ("Penguins", "Walruses"):
            self.assertNotIn(word, page)
            self.assertEqual(self.found(word), [])

    def test_an_urdu_headline_is_found_in_any_spelling_and_keeps_its_direction(self):
        make_article("عراق میں چھٹا اڈا خالی", ["كوئی خبر نہیں۔"], language="ur")
        for query in ("اڈا", "عراق ميں", "کوئی"):
            with self.subTest(query=query):
                self.assertContains(self.ask(query), '<h3 lang="ur" dir="rtl">')

    def test_a_source_says_how_many_claims_are_its_own(self):
        ministry = make_source("the defence ministry")
        for statement in ("It was quiet.", "It was loud."):
            make_verdict(make_claim(statement, claimant=ministry), "true")
        make_claim("It was flagged alone.", claimant=ministry)
        witness = make_source("the ministry's witness", "person")
        claim = make_claim("A witness saw it.")
        make_evidence(claim, source=witness)
        make_verdict(claim, "true")
        page = self.ask("ministry", kind="source").content.decode()
        self.assertIn("2 claims of its own that we looked at.", page)
        self.assertIn("It gave evidence on which a verdict rests.", page)

    def test_nothing_found_has_one_way_out(self):
        make_article()
        page = self.ask("penguins").content.decode()
        self.assertIn("Nothing found", page)
        self.assertEqual(page.partition('class="empty"')[2].partition("</section>")[0].count("<a "), 1)

    def test_without_words_the_page_tells_how_to_ask(self):
        for query in ("", "   "):
            page = self.ask(query).content.decode()
            self.assertIn('<details class="asking" open>', page)
            self.assertNotIn('class="results"', page)
            self.assertNotIn("noindex", page)

    def test_every_example_of_the_help_can_be_asked(self):
        for example in re.findall(r'<code dir="ltr">(.*?)</code>', self.ask().content.decode()):
            with self.subTest(example=example):
                self.ask(unescape(example))


class HiddenHitsTests(SearchCase):
    """Whatever an index may hold: a line is printed only of what readers may see at that moment."""

    def lines(self, make, kind: str, *things) -> list:
        hits = [Hit(kind, thing.pk) for thing in things]
        return make(hits, parse("base"), timezone.now())

    def test_articles(self):
        public, draft = make_article("A base closed"), make_article("A secret base", published=False)
        tomorrow = make_article("The base tomorrow", public_from=time_at("2099-01-01"))
        gone = make_article("The base was wrong")
        editing.withdraw(gone, by=self.noor, reason="It was a copy.")
        found = self.lines(articles_found, "article", draft, tomorrow, public, gone)
        self.assertEqual([line.article for line in found], [public])

    def test_claims(self):
        ruled, flagged = make_claim("A base closed."), make_claim("A secret base.")
        proposed, merged = make_claim("A base fell."), make_claim("A base shut.")
        make_verdict(ruled, "true")
        make_verdict(proposed, "false", published=False)
        workflow.merge(merged, ruled, by=self.sana, reason="The same.")
        found = self.lines(claims_found, "claim", flagged, merged, ruled, proposed)
        self.assertEqual([line.entry.claim for line in found], [ruled])

    def test_sources(self):
        named, secret = make_source("Base watch", "person"), make_source("Secret base watch", "person")
        make_verdict(make_claim("It closed.", claimant=named), "true")
        make_claim("It was only flagged.", claimant=secret)
        found = self.lines(sources_found, "source", secret, named)
        self.assertEqual([(line.source, line.claims) for line in found], [(named, 1)])


class EveryPageTests(SearchCase):
    def test_the_box_stands_on_every_page_and_once(self):
        article = make_article()
        for url in ("/", "/articles/", article.get_absolute_url(), "/claims/", "/nothing-here/", SEARCH):
            with self.subTest(url=url):
                page = self.amna.get(url).content.decode()
                self.assertEqual(page.count('<form class="seek" action="/search/" method="get"'), 1)

    def test_the_box_keeps_to_the_language_of_the_page(self):
        self.assertContains(self.amna.get("/ur/articles/"), '<form class="seek" action="/ur/search/"')


class PagesTests(SearchCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for number in range(SIZE + 5):
            make_article(f"Base {number} closed", ["It closed."], printed_date=date(2020, 1, 1 + number))
        for number in range(5):
            make_verdict(make_claim(f"Base {number} closed early."), "true")

    def follow(self, page: str, words: str) -> str:
        link = re.search(rf'href="(\?[^"]*)"[^>]*>{words}', page)
        self.assertIsNotNone(link, words)
        return self.amna.get(SEARCH + unescape(link[1])).content.decode()

    def test_every_article_stands_on_one_page_and_the_claims_above_the_first_alone(self):
        first = self.ask("base").content.decode()
        second = self.follow(first, "More results")
        printed = [re.findall(r"/articles/(\d{10})-", page) for page in (first, second)]
        self.assertEqual([len(each) for each in printed], [SIZE, 5])
        self.assertEqual(len({*printed[0], *printed[1]}), SIZE + 5)
        self.assertIn("All claims that fit: 5", first)
        self.assertNotIn("/claims/1", second.partition("<main")[2].partition('class="results"')[2])
        self.assertNotIn("More results", second)
        self.assertEqual(self.follow(second, "Back to the first page"), first)

    def test_claims_alone_are_listed_in_full(self):
        self.assertEqual(len(self.found("base", "claim")), 5)
        self.assertEqual(len(self.found("base")), 3 + SIZE)

    def test_beyond_the_end_leads_back(self):
        page = self.ask("base", after="0-0").content.decode()
        self.assertIn("The list ends here", page)
        self.assertIn('<a href="?q=base">Back to its beginning</a>', page)


class NarrowedTests(SearchCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        make_article("A base in March", outlet="Nawaiwaqt", printed_date=date(2020, 3, 15))
        make_article("A base in April", outlet="The Ravi Courier", printed_date=date(2020, 4, 15))
        make_article("A hidden base", outlet="Zanzibar Times", published=False)

    def narrowed(self, **fields) -> str:
        response = self.ask(status=302, **{"outlet": "", "printed_from": "", "printed_to": "", **fields})
        return parse_qs(urlsplit(response["Location"]).query)["q"][0]

    def test_the_fields_are_written_into_the_words(self):
        self.assertEqual(self.narrowed(q="base", outlet="nawaiwaqt"), "base outlet:Nawaiwaqt")
        asked = self.narrowed(
            q="base", outlet="the-ravi-courier", printed_from="2020-04-01", printed_to="2020-04-30"
        )
        self.assertEqual(asked, 'base outlet:"The Ravi Courier" after:2020-04-01 before:2020-05-01')
        self.assertEqual(self.found(asked, "article"), ["A base in April"])

    def test_they_show_what_the_words_say_and_change_it(self):
        page = self.ask('base outlet:"The Ravi Courier" before:2020-05-01').content.decode()
        self.assertInHTML('<option value="the-ravi-courier" selected>The Ravi Courier</option>', page)
        self.assertIn('value="2020-04-30"', page)
        self.assertInHTML('<input type="hidden" name="q" value="base">', page)
        self.assertEqual(
            self.narrowed(q='base outlet:"The Ravi Courier"', outlet="nawaiwaqt"), "base outlet:Nawaiwaqt"
        )

    def test_papers_that_readers_cannot_meet_are_not_offered(self):
        page = self.ask("base").content.decode()
        self.assertIn("Nawaiwaqt", page)
        self.assertNotIn("Zanzibar", page)
        slug = Outlet.objects.get(name="Zanzibar Times").slug
        self.assertContains(
            self.ask("base", outlet=slug, status=400), "We know nothing called", status_code=400
        )


class RefusedTests(SearchCase):
    def test_a_query_that_cannot_be_read_is_explained_at_the_field_with_the_words_kept(self):
        for query, said in (
            ('"base', "The quotation mark at character 1 is not closed."),
            ("(base", "The bracket at character 1 is not closed."),
            ("-base", "This query only excludes."),
            ("after:yesterday", "is no date"),
            ("b*", "write at least two letters"),
            ("x" * 501, "at most 500 are read"),
            ("؟ !", "There is no letter or digit to look for"),
        ):
            with self.subTest(query=query):
                page = self.ask(query, status=400).content.decode()
                self.assertIn(said, unescape(page))
                self.assertIn('aria-invalid="true" aria-describedby="q_error"', page)
                self.assertNotIn('class="results"', page)
                self.assertNotIn('rel="canonical"', page)
                self.assertIn("noindex", page)

    def test_an_address_that_asks_for_something_unknown_is_told_what_is_known(self):
        for parameters, said in (
            ({"colour": "red"}, "The search knows no such thing. It knows: q, kind"),
            ({"kind": "penguin"}, "Write article, claim or source"),
            ({"after": "nowhere"}, "is no place in this list"),
            ({"q": ["base", "camp"]}, "It stands in the address 2 times. Write it once."),
            ({"printed_from": "yesterday"}, "Write the day as year-month-day"),
        ):
            with self.subTest(parameters=parameters):
                page = self.amna.get(SEARCH, {"q": "base", **parameters})
                self.assertEqual(page.status_code, 400)
                self.assertIn(said, unescape(page.content.decode()))

    def test_hostile_words_are_text_and_nothing_else(self):
        make_article("Base closed")
        for query in (
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "base' OR 1=1 --",
            "base\x00camp",
            "{{ 7|add:7 }} {% now %}",
            "base \u202e reversed \ud800",
            "%s %(q)s %% base",
            "NEAR(base camp) body:base ^base",
        ):
            with self.subTest(query=query):
                response = self.amna.get(SEARCH, {"q": query.encode("utf-8", "surrogatepass")})
                self.assertIn(response.status_code, (200, 400))
                page = response.content.decode()
                for raw in ("<script", "<img", "\u202e", "\x00"):
                    self.assertNotIn(raw, page)


class AddressTests(SearchCase):
    def test_results_are_for_people_and_name_their_one_address(self):
        make_article()
        page = self.amna.get("/ur/search/?q=base&kind=article").content.decode()
        self.assertIn('<meta name="robots" content="noindex">', page)
        self.assertIn('<link rel="canonical" href="http://testserver/search/?q=base&amp;kind=article">', page)

    def test_the_same_search_is_a_link_away_in_the_other_language(self):
        self.assertContains(self.ask("base"), 'href="/ur/search/?q=base"')

    def test_it_costs_the_same_for_one_line_and_for_many(self):
        make_article("One base closed")
        make_verdict(make_claim("One base closed."), "true", finding="It did.")
        make_verdict(make_claim("It fell.", claimant=make_source("Base watchers", "person")), "true")
        few = self.queries("base")
        for number in range(60):
            article = make_article(f"Base {number} closed", ["The base closed."], outlet=f"Paper {number}")
            source = make_source(f"Base watcher {number}", "person")
            claim = make_claim(
                f"Base {number} closed.", article=article, words="base closed", claimant=source
            )
            make_verdict(claim, "true")
        self.assertEqual(self.queries("base"), few)
        self.assertLessEqual(few, 14)

    def queries(self, asked: str) -> int:
        catch_up()
        with CaptureQueriesContext(connection) as ran:
            self.ask(asked)
        return len(ran)
