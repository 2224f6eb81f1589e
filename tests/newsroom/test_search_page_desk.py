"""The desk's search: the page over everything, and the boxes of its lists and autocompletes."""

import re
from html import unescape

from django.contrib import admin
from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Tag
from claims.models import Appearance, Claim, Source
from newsroom.core.admin_search import so_far
from newsroom.core.search import catch_up, parse
from newsroom.core.search.models import SearchRow
from tests.desk import Cast, seat, signed_in
from tests.factories import (
    HEADLINE,
    make_article,
    make_claim,
    make_evidence,
    make_source,
    make_verdict,
    revise,
    time_at,
)

SEARCH = "/admin/search/"


def listed(page) -> list[str]:
    """The names of what the search page shows."""
    found = re.findall(r"<h3[^>]*><a [^>]*>(.*?)</a></h3>", page.content.decode(), re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", name)).strip() for name in found]


class DeskSearchTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.desk = signed_in(self.sana)

    def test_drafts_and_flags_are_found_with_where_they_stand_and_the_ways_on(self):
        draft = make_article("A base is to close", published=False)
        waits = make_article("A base closes tomorrow", public_from=time_at("2099-01-01"))
        claim = make_claim("The base closes.", article=draft, words="base is to close")
        page = self.desk.get(SEARCH, {"q": "base"})
        self.assertCountEqual(listed(page), ["The base closes.", waits.headline, draft.headline])
        for address in (
            reverse("admin:articles_article_change", args=[draft.pk]),
            reverse("admin:articles_article_flag", args=[draft.pk]),
            reverse("admin:articles_article_preview", args=[draft.pk]),
            reverse("admin:claims_claim_change", args=[claim.pk]),
            reverse("admin:claims_claim_places", args=[claim.pk]),
        ):
            self.assertContains(page, f'href="{address}"')
        for words in ("Draft", "Published from a later time", "Flagged", "Readers see nothing of it"):
            self.assertContains(page, words)
        self.assertNotContains(page, draft.get_absolute_url())

    def test_what_readers_see_stands_beside_it_and_what_waits_is_said(self):
        article = make_article()
        make_verdict(make_claim(article=article, words="in one week"), "contradicted")
        revise(article, live=False, headline="Coalition hands over sixth Iraqi base in three weeks")
        page = self.desk.get(SEARCH, {"q": "three weeks", "kind": "article"})
        self.assertEqual(listed(page), ["Coalition hands over sixth Iraqi base in three weeks"])
        self.assertContains(page, "Published; a newer version waits")
        self.assertInHTML("<strong>Contradicted</strong>", page.content.decode())
        self.assertContains(page, article.get_absolute_url())

    def test_a_verdict_that_nobody_approved_is_not_told(self):
        claim = make_claim("The base closed.")
        make_verdict(claim, "false", published=False)
        page = self.desk.get(SEARCH, {"q": "base"})
        self.assertContains(page, "Verdict proposed")
        self.assertNotContains(page, "<strong>False</strong>")

    def test_a_text_that_is_indexed_in_part_says_so(self):
        article = make_article()
        catch_up()
        self.assertNotContains(self.desk.get(SEARCH, {"q": "base"}), "Only its beginning is searched")
        SearchRow.objects.filter(object_id=article.pk, kind="article", face="desk").update(cut=True)
        self.assertContains(self.desk.get(SEARCH, {"q": "base"}), "Only its beginning is searched")

    def test_a_query_that_cannot_be_read_is_explained_at_the_field(self):
        for query in ({"q": '"base'}, {"q": "base", "after": "x"}, {"q": "base", "kind": "penguin"}):
            with self.subTest(query=query):
                page = self.desk.get(SEARCH, query)
                self.assertEqual(page.status_code, 400)
                self.assertContains(page, 'aria-invalid="true"', status_code=400)
                self.assertContains(page, f'value="{query["q"]}"'.replace('""', '"&quot;'), status_code=400)

    def test_everybody_finds_only_what_they_may_see(self):
        make_article("A base closed", published=False)
        nobody = signed_in(seat("zoya", "Zoya"))
        page = nobody.get(SEARCH, {"q": "base"})
        self.assertEqual(listed(page), [])
        self.assertContains(page, "Your role may see none of the records")
        self.assertEqual(self.amna.get(SEARCH, {"q": "base"}).status_code, 302)

    def test_it_costs_the_same_for_one_line_and_for_many(self):
        article = make_article("One base closed")
        claim = make_claim("One base closed.", article=article, words="base closed")
        make_verdict(claim, "true")
        make_source("Base watcher", "person")
        few = self.queries()
        for number in range(60):
            article = make_article(f"Base {number} closed", outlet=f"Paper {number}")
            source = make_source(f"Base watcher {number}", "person")
            make_claim(f"Base {number} closed.", article=article, words="closed", claimant=source)
        self.assertEqual(self.queries(), few)
        self.assertLessEqual(few, 20)

    def queries(self) -> int:
        catch_up()
        with CaptureQueriesContext(connection) as ran:
            self.assertEqual(self.desk.get(SEARCH, {"q": "base"}).status_code, 200)
        return len(ran)


class ListTests(Cast, TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.article = make_article(tags=["Iraq"], published=False)
        cls.claim = make_claim(
            "The coalition handed over its sixth base.",
            article=cls.article,
            words="sixth Iraqi base",
            claimant=make_source("Rudaw", "outlet"),
        )
        cls.evidence = make_evidence(cls.claim)
        make_article("Oil fell", ["A barrel cost less."])
        make_claim("Oil fell by a third.")

    def setUp(self):
        super().setUp()
        self.desk = signed_in(self.admin)

    def rows(self, model: str, query: str) -> list:
        page = self.desk.get(reverse(f"admin:{model}_changelist"), {"q": query})
        self.assertEqual(page.status_code, 200)
        return list(page.context["cl"].queryset)

    def test_texts_are_found_through_the_index_in_every_list_that_hangs_on_them(self):
        appearance = Appearance.objects.get(claim=self.claim)
        table = [
            ("articles_article", "past weeks", [self.article]),
            ("articles_article", "handed -oil tag:iraq", [self.article]),
            ("articles_articleversion", '"past few weeks"', [self.article.latest_version]),
            ("claims_claim", "hand* base", [self.claim]),
            ("claims_claim", "source:rudaw", [self.claim]),
            ("claims_appearance", "sixth", [appearance]),
            ("claims_appearance", "oil", []),
            ("claims_placement", "sixth", list(appearance.placements.all())),
            ("claims_source", "rudaw", [Source.objects.get(name="Rudaw")]),
            ("claims_evidence", "rudaw", [self.evidence]),
        ]
        for model, query, expected in table:
            with self.subTest(model=model, query=query):
                self.assertEqual(self.rows(model, query), expected)

    def test_names_are_found_by_how_they_begin(self):
        table = [
            ("articles_outlet", "nawai", 1),
            ("articles_outlet", "waiwaqt", 0),
            ("articles_tag", "IRA", 1),
            ("core_user", "sana", 1),
            ("articles_outlet", '"nawai', 0),
        ]
        for model, query, count in table:
            with self.subTest(model=model, query=query):
                self.assertEqual(len(self.rows(model, query)), count)

    def test_a_tag_is_found_in_any_spelling(self):
        tag = Tag.objects.create(name="كتاب")
        self.assertEqual(self.rows("articles_tag", "کتا"), [tag])

    def test_a_query_that_cannot_be_read_shows_nothing_and_says_why_once(self):
        for model in ("articles_article", "claims_claim", "claims_appearance"):
            page = self.desk.get(reverse(f"admin:{model}_changelist"), {"q": '"base'})
            with self.subTest(model=model):
                self.assertEqual(list(page.context["cl"].queryset), [])
                self.assertContains(page, "The quotation mark at character 1 is not closed.", count=1)

    def test_a_number_and_a_uid_go_straight_to_their_row(self):
        for query in (str(self.claim.number), str(self.claim.uid)):
            self.assertEqual(self.rows("claims_claim", query), [self.claim])

    def test_more_than_the_index_ranks_is_said(self):
        from unittest.mock import patch

        with patch("newsroom.core.search.finding.CAP", 1):
            make_claim("Another base.")
            page = self.desk.get(reverse("admin:claims_claim_changelist"), {"q": "base"})
        self.assertContains(page, "The newest 1000 are listed")

    def completed(self, model: type, field: str, typed: str) -> list[str]:
        asked = {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": field,
            "term": typed,
        }
        answer = self.desk.get(reverse("admin:autocomplete"), asked)
        self.assertEqual(answer.status_code, 200)
        return [result["text"] for result in answer.json()["results"]]

    def test_an_autocomplete_finds_words_that_are_half_typed(self):
        for typed in ("sixth bas", "coal", "coalition hands o", '"sixth', "(base -", "hands, base:"):
            with self.subTest(typed=typed):
                self.assertEqual(self.completed(Appearance, "article", typed), [HEADLINE])
        self.assertEqual(self.completed(Appearance, "article", "penguin"), [])
        self.assertEqual(self.completed(Article, "outlet", "naw"), ["Nawaiwaqt"])
        self.assertEqual(self.completed(Claim, "claimant", "rud"), ["Rudaw"])

    def test_signs_that_a_database_refuses_find_nothing(self):
        for typed in ("naw\x00ai", "\x00", "؟", "%", "_"):
            with self.subTest(typed=typed):
                self.completed(Article, "outlet", typed)
                self.completed(Claim, "claimant", typed)

    def test_no_list_looks_inside_texts(self):
        for model in admin.site._registry:
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            with self.subTest(model=model._meta.label), CaptureQueriesContext(connection) as ran:
                self.desk.get(address, {"q": "base"})
            for query in ran:
                self.assertNotRegex(query["sql"], r"LIKE (UPPER\()?'%")


class SoFarTests(SimpleTestCase):
    def test_what_is_typed_is_a_query_at_every_letter(self):
        typed = 'Coalition "hands" over -sixth (Iraqi) OR base: in 1 week… after: چھٹا اڈا'
        for end in range(1, len(typed) + 1):
            query = so_far(typed[:end])
            with self.subTest(query=query):
                if query:
                    parse(query)
