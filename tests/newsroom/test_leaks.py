"""Nothing leaks: every public page is byte for byte the same with and without what readers may not see.

The archive is built twice. The second time, drafts, embargoed articles, flags, unpublished verdicts, unconfirmed
matches and evidence nobody approved are put between its steps, so that every database id, every count and every order
that depends on hidden rows would differ.
"""

import re
from html import unescape
from unittest.mock import patch
from urllib.parse import quote_plus, urldefrag, urlencode

from django.db import connection, transaction
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver

from articles.models import Article, Tag
from claims.models import Claim, Source
from newsroom.core.search.analyse import keys
from newsroom.core.search.catching_up import catch_up

from . import archive
from .page_types import pages

LINK = re.compile(r'(?:href|action|src)="(/[^"]*)"')


class Rollback(Exception):
    """Ends a block of work so that nothing of it remains."""


def answer(client: Client, url: str) -> tuple[int, dict, bytes]:
    response = client.get(url)
    headers = {name: value for name, value in response.items() if name != "Date"}
    return response.status_code, headers, b"".join(response) if response.streaming else response.content


def crawl(client: Client, start: list[str]) -> dict[str, tuple]:
    """Every answer of the site reached from these addresses through its own links, the desk's left out."""
    answers, waiting = {}, list(dict.fromkeys(start))
    while waiting:
        url = waiting.pop()
        answers[url] = answer(client, url)
        found = {urldefrag(unescape(link))[0] for link in LINK.findall(answers[url][2].decode())}
        waiting += sorted(
            link
            for link in found
            if link and link not in answers and link not in waiting and not is_elsewhere(link)
        )
    return answers


def is_elsewhere(link: str) -> bool:
    return link.startswith(("//", "/admin/", "/static/"))


def same_ticket():
    """Every showing of a form has a ticket of its own, drawn by lot; for comparing pages all of them have one."""
    return patch("newsroom.core.public_forms.issue", return_value="ticket")


def public_answers(between=archive.nothing) -> dict[str, tuple]:
    """Everything the archive says to a reader, and nothing of it left in the database."""
    answers = {}
    try:
        with transaction.atomic():
            archive.build(between)
            catch_up()  # a search indexes only as much as takes a moment
            with archive.clock("2020-04-13 12:00"), same_ticket():
                answers = crawl(Client(), [page.url for page in pages()])
            raise Rollback
    except Rollback:
        return answers


class NonInterferenceTests(TestCase):
    def test_hidden_things_between_public_ones_change_no_byte_of_any_public_page(self):
        plain = public_answers()
        hidden = public_answers(archive.HiddenThings())
        self.assertGreater(len(plain), 60)
        self.assertEqual(sorted(plain), sorted(hidden))
        for url, answered in plain.items():
            with self.subTest(url=url):
                self.assertEqual(answered[0], hidden[url][0])
                self.assertEqual(answered[1], hidden[url][1])
                self.assertEqual(answered[2].decode(), hidden[url][2].decode())


class HiddenAddressTests(TestCase):
    """The addresses of hidden things answer like addresses of nothing."""

    @classmethod
    def setUpTestData(cls):
        archive.build(archive.HiddenThings())

    def assert_like_nothing(self, things, nothing: str) -> None:
        client = Client()
        status, headers, _body = answer(client, nothing)
        self.assertEqual(status, 404)
        self.assertTrue(things)
        for thing in things:
            with self.subTest(thing=str(thing)):
                found = answer(client, thing.get_absolute_url())
                self.assertEqual((found[0], found[1].keys()), (404, headers.keys()))
                self.assertNotIn(archive.CANARY, found[2].decode())

    def test_hidden_articles(self):
        public = Article.objects.public() | Article.objects.withdrawn()
        self.assert_like_nothing(
            Article.objects.exclude(pk__in=public.values("pk")), "/articles/1000000000-nothing/"
        )

    def test_hidden_claims(self):
        self.assert_like_nothing(
            Claim.objects.filter(statement__contains=archive.CANARY), "/claims/1000000000-nothing/"
        )

    def test_hidden_sources(self):
        self.assert_like_nothing(
            Source.objects.filter(name__contains=archive.CANARY), "/sources/1000000000-nothing/"
        )

    def test_hidden_tags(self):
        self.assert_like_nothing(Tag.objects.filter(name__contains=archive.CANARY), "/tags/nothing/")

    def test_filters_by_hidden_things_answer_like_filters_by_nothing(self):
        for query, nothing in (
            ("/articles/?outlet=zanzibar-outlet-1", "/articles/?outlet=nothing"),
            ("/articles/?section=zanzibar-section-1", "/articles/?section=nothing"),
            ("/articles/?tag=zanzibar-tag-1", "/articles/?tag=nothing"),
            ("/claims/?tag=zanzibar-topic-1", "/claims/?tag=nothing"),
        ):
            with self.subTest(query=query):
                found, missing = answer(Client(), query), answer(Client(), nothing)
                self.assertEqual(found[0], missing[0])
                self.assertEqual(
                    found[2].decode().replace(query.partition("=")[2], "nothing"), missing[2].decode()
                )


class SearchTests(TestCase):
    """Whoever searches for words that only hidden rows hold reads what a search for nonsense says."""

    NONSENSE = "qqqzx"
    # How a hidden word may be put into a question, and what else stands in the question.
    SHAPES = (
        "{}",
        "{}*",
        '"{}"',
        "base {}",
        "base -{}",
        "base OR {}",
        "headline:{}",
        "tag:{}",
        "outlet:{}",
        "by:{}",
        "source:{}",
    )

    @classmethod
    def setUpTestData(cls):
        archive.build(archive.HiddenThings())
        with archive.clock("2020-04-13 12:00"):
            shown = crawl(Client(), [page.url for page in pages() if page.status < 300])
        # The search page repeats what it was asked, so it proves nothing to be public.
        told = [found[2].decode() for url, found in shown.items() if "/search/" not in url]
        cls.public = {key for page in told for key in keys(words_of_page(page))}

    def said(self, query: str, kind: str = "") -> tuple[int, dict, str]:
        with archive.clock("2020-04-13 12:00"):
            status, headers, body = answer(Client(), f"/search/?{urlencode({'q': query, 'kind': kind})}")
        headers.pop("Content-Length", None)
        return status, headers, body.decode()

    def assert_says_nothing(self, word: str, shape: str = "{}", kind: str = "") -> None:
        """The answer is the one to nonsense, but for the word itself wherever the page repeats the question."""
        status, headers, page = self.said(shape.format(self.NONSENSE), kind)
        echoed = page.replace(self.NONSENSE, quote_plus(word))
        self.assertEqual(self.said(shape.format(word), kind), (status, headers, echoed))

    def hidden_words(self) -> list[str]:
        """Every word that stands in something the desk finds, and on no public page."""
        with connection.cursor() as asked:
            asked.execute(
                "SELECT headline, summary, signed, source, tag, outlet, body FROM core_searchrow "
                "WHERE face = 'desk'"
            )
            known = {key for row in asked.fetchall() for field in row for key in keys(field)}
        return sorted(known - self.public)

    def test_each_hidden_word_finds_what_nonsense_finds(self):
        self.said("base")  # brings the index up to date
        hidden = self.hidden_words()
        self.assertGreater(len(hidden), 8)
        self.assertIn(archive.CANARY.lower(), hidden)
        for kind in ("", "article", "claim", "source"):
            for word in hidden:
                with self.subTest(word=word, kind=kind):
                    self.assert_says_nothing(word, kind=kind)

    def test_a_hidden_word_in_any_part_of_a_question_changes_no_byte(self):
        for shape in self.SHAPES:
            with self.subTest(shape=shape):
                self.assert_says_nothing(archive.CANARY.lower(), shape)

    def test_what_was_taken_back_is_not_found(self):
        for query in ("agency took", "court", "closed", "asad"):
            with self.subTest(query=query):
                self.assertIn("Nothing found", self.said(query)[2])


def words_of_page(html: str) -> str:
    """What a page says, without its marks."""
    return unescape(re.sub(r"<[^>]*>", " ", html))


class EveryAddressTests(TestCase):
    """A new public address is unknown to the leak test until somebody lists it."""

    def test_every_named_public_address_stands_in_the_list_of_page_types(self):
        archive.build()
        self.assertEqual(named_addresses() - {page.url_name for page in pages()}, set())

    def test_every_page_type_answers_with_its_status_and_without_a_cookie(self):
        archive.build()
        for page in pages():
            with self.subTest(page=page.name, url=page.url):
                response = Client().get(page.url)
                self.assertEqual(response.status_code, page.status)
                self.assertFalse(response.cookies)
                self.assertNotIn("Cookie", response.get("Vary", ""))
                self.assertIn("default-src 'none'", response["Content-Security-Policy"])
                self.assertNotIn("unsafe-inline", response["Content-Security-Policy"])


def named_addresses() -> set[str]:
    """The full name of every address outside the desk."""
    return set(_names(get_resolver(), ""))


def _names(resolver: URLResolver, namespace: str):
    for pattern in resolver.url_patterns:
        if str(pattern.pattern).startswith("admin/"):
            continue
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern))
        else:
            yield from _names(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
