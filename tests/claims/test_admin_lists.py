"""The desk's lists of claims: what they say in words, how they are searched, and what thirty rows cost."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article
from claims import workflow
from claims.models import Claim, Source, Verdict
from tests.claims.test_admin_claims import LIST, change
from tests.desk import Cast, signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_evidence,
    make_source,
    make_verdict,
    place,
    show_checking,
)


def queries(client, address: str) -> list[str]:
    """The statements one page takes, once what Django keeps for the process is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")
    return [query["sql"] for query in caught]


class ConstantQueriesTests(Cast, TestCase):
    LISTS = ("source", "claim", "appearance", "placement", "evidence", "verdict", "approval", "rating")

    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.client = signed_in(self.rashid)

    def fill(self, numbers):
        for number in numbers:
            source = make_source(f"Source {number}", parent=Source.objects.first())
            claim = make_claim(
                f"Claim {number}.",
                article=self.article,
                words="sixth Iraqi base in one week",
                claimant=source,
                tags=[f"tag {number}"],
            )
            make_evidence(claim, f"Record {number}", source=source, version=self.article.live_version)
            make_verdict(claim, "contradicted" if number % 2 else "true")

    def test_lists_take_as_many_queries_for_thirty_rows_as_for_one(self):
        self.fill([0])
        lists = [f"/admin/claims/{name}/" for name in self.LISTS] + ["/admin/articles/article/"]
        before = {address: queries(self.client, address) for address in lists}
        self.fill(range(1, 31))
        for address in lists:
            with self.subTest(list=address):
                after = queries(self.client, address)
                self.assertEqual(len(after), len(before[address]), "\n".join(after))
                self.assertLessEqual(len(after), 12, "\n".join(after))
                self.assertNotIn("body_text", " ".join(after))

    def test_pages_take_as_many_queries_with_a_hundred_claims_and_stay_small(self):
        self.fill([0])
        first = Claim.objects.get()
        self.hang_on(first, [0])
        pages = [
            reverse("admin:articles_article_change", args=[self.article.pk]),
            change(first),
            change(first.appearances.first()),
            change(first.evidence.first()),
            change(first.verdicts.get()),
        ]
        before = {address: queries(self.client, address) for address in pages}
        self.hang_on(first, range(1, 31))
        self.fill(range(1, 101))
        for address in pages:
            with self.subTest(page=address):
                after = queries(self.client, address)
                self.assertEqual(len(after), len(before[address]), "\n".join(after))
                self.assertLessEqual(len(after), 20, "\n".join(after))
                self.assertLess(len(self.client.get(address).content), 60_000)

    def hang_on(self, claim, numbers):
        """More places and evidence on one claim."""
        for number in numbers:
            make_evidence(claim, f"More {number}")
            place(claim, make_article(f"Sixth base, report {number}"), "Sixth base")


class PlacesInTheListTests(Cast, TestCase):
    def test_places_that_wait_to_be_confirmed_are_counted_beside_those_that_are(self):
        claim = make_claim("Six bases.", article=make_article(), words="sixth Iraqi base in one week")
        waits = '>0 <span class="small quiet">1 to confirm</span></a>'
        for match, told in (("same", ">1</a>"), ("suggested", waits), ("different", ">0</a>")):
            claim.appearances.update(match=match)
            with self.subTest(match=match):
                self.assertContains(signed_in(self.rashid).get(LIST), told)


class ListTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.client = signed_in(self.yusra)
        self.false = make_claim("Six bases fell in one week.", claimant=make_source("Al-Masdar", "outlet"))
        make_verdict(self.false, "false")
        self.checked = show_checking(make_claim("The convoy crossed."))
        self.flagged = make_claim("Nobody was hurt.")
        make_verdict(self.flagged, "true", published=False)

    def rows(self, **query) -> list:
        return list(self.client.get(LIST, query).context["cl"].result_list)

    def test_the_list_says_in_words_what_readers_see_and_what_is_in_the_making(self):
        page = self.client.get(LIST).content.decode()
        for words in ("False", "Being checked", "nothing", "Proposed", "Verdict published", "Assigned"):
            with self.subTest(words=words):
                self.assertIn(words, page)

    def test_claims_are_found_by_words_claimant_number_and_uid(self):
        for term in ("six bases", "masdar", str(self.false.number), str(self.false.uid)):
            with self.subTest(term=term):
                self.assertEqual(self.rows(q=term), [self.false])

    def test_claims_are_filtered_by_what_readers_see_and_by_whose_they_are(self):
        workflow.move(self.checked, "researching", by=self.sana, assigned_to=self.yusra)
        table = [
            ({"readers": "verdict"}, [self.false]),
            ({"readers": "checking"}, [self.checked]),
            ({"readers": "nothing"}, [self.flagged]),
            ({"desk": "mine"}, [self.checked]),
            ({"work_state__exact": "published"}, [self.false]),
        ]
        for query, expected in table:
            with self.subTest(query=query):
                self.assertEqual(self.rows(**query), expected)

    def test_verdicts_that_wait_for_a_second_person_are_found(self):
        page = self.client.get("/admin/claims/verdict/", {"waits": "me"})
        self.assertEqual([verdict.claim for verdict in page.context["cl"].result_list], [self.flagged])

    def test_the_link_to_the_site_is_there_for_what_readers_see_and_for_nothing_else(self):
        for claim, shown in ((self.false, True), (self.checked, True), (self.flagged, False)):
            with self.subTest(claim=claim):
                page = self.client.get(change(claim)).content.decode()
                self.assertEqual(f'href="{claim.get_absolute_url()}"' in page, shown)

    def test_history_comes_from_the_ledger(self):
        verdict = Verdict.objects.get(claim=self.false)
        page = self.client.get(reverse("admin:claims_verdict_history", args=[verdict.pk]))
        for words in ("Drafted", "Proposed", "Approved and published", "rashid"):
            with self.subTest(words=words):
                self.assertContains(page, words)

    def test_every_page_that_names_a_person_names_them_as_readers_do(self):
        page = self.client.get(change(Verdict.objects.get(claim=self.false)))
        self.assertContains(page, "Sana Haider")

    def test_autocompletes_serve_whoever_needs_them_and_nobody_without_the_right(self):
        make_article("Convoy crosses at dawn")
        given = {"app_label": "claims", "model_name": "appearance", "field_name": "article", "term": "convoy"}
        for name, status in (("bilal", 200), ("sana", 200)):
            with self.subTest(person=name):
                answer = signed_in(getattr(self, name)).get("/admin/autocomplete/", given)
                self.assertEqual(answer.status_code, status)
        self.assertEqual(len(answer.json()["results"]), Article.objects.count())
        people = {**given, "model_name": "claim", "field_name": "assigned_to"}
        self.assertEqual(signed_in(self.bilal).get("/admin/autocomplete/", people).status_code, 403)
        self.assertEqual(self.amna.get("/admin/autocomplete/", given).status_code, 302)
