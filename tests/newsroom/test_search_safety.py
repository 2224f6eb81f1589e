"""Nothing leaks through the search: what readers may not see is not found, and moves nothing that they find."""

from unittest import mock

from django.db import transaction
from django.test import TestCase

from articles import editing
from articles.models import Article, Byline, Contributor
from claims import workflow
from claims.models import Claim
from newsroom.core.pages import BadCursor
from newsroom.core.search import catch_up, catching_up, find, parse, similar
from newsroom.core.search.models import SearchRow
from tests.desk import person
from tests.factories import make_article, make_claim, make_source, make_verdict, revise, time_at

from . import archive

NOW = time_at("2020-04-13 12:00")
QUERIES = (
    "base",
    "base OR bases OR convoy OR troops",
    "“sixth iraqi base” -syria",
    "tag:iraq",
    "source:military",
    "by:noor OR outlet:nawaiwaqt",
    "zan* OR text OR again OR base",
    "headline:convoy OR claim OR source",
    "on:2020-04",
    "after:2019 -zanzibar",
    "before:2099",
    "عراق",
)


class Rollback(Exception):
    """Ends a block of work so that nothing of it remains."""


def everything_found(between) -> dict:
    """What every query finds for readers: all pages of it, and what is most alike, but for database ids."""
    answers: dict = {}
    try:
        with transaction.atomic():
            archive.build(between)
            catch_up()
            for text in QUERIES:
                answers[text] = pages_of(text)
            answers["alike"] = [
                (hit.kind, hit.number, hit.score, hit.shared)
                for hit in similar(f"{archive.SIXTH} {archive.CANARY} in the text, base", at=NOW)
            ]
            raise Rollback
    except Rollback:
        return answers


def pages_of(text: str) -> list:
    pages, cursor = [], None
    while not pages or cursor:
        found = find(parse(text), at=NOW, limit=3, after=cursor)
        hits = [(hit.kind, hit.number, hit.score, hit.date) for hit in found.hits]
        pages.append((hits, found.total, found.capped, found.more, found.kinds, found.next))
        cursor = found.next
    return pages


class NonInterferenceTests(TestCase):
    def test_hidden_rows_change_nothing_that_readers_find(self):
        plain = everything_found(archive.nothing)
        self.assertTrue(all(plain[text][0][0] for text in QUERIES), "every query finds something")
        with mock.patch("newsroom.core.search.finding.CAP", 5):
            plain_cut = everything_found(archive.nothing)
        self.assertEqual(everything_found(archive.HiddenThings()), plain)
        with mock.patch("newsroom.core.search.finding.CAP", 5):
            self.assertEqual(everything_found(archive.HiddenThings()), plain_cut)


class HiddenTests(TestCase):
    def found(self, words: str, face: str = "readers", at=NOW) -> set[str]:
        return {hit.kind for hit in find(parse(words), face=face, at=at).hits}

    def assertHidden(self, words: str) -> None:
        """For readers; the desk finds it."""
        self.assertEqual(self.found(words), set())
        self.assertNotEqual(self.found(words, "desk"), set())

    def test_drafts_and_what_was_taken_back_are_the_desks_alone(self):
        make_article("Zebra in a draft", published=False)
        self.assertHidden("zebra")
        article = make_article("Giraffe is gone")
        editing.withdraw(article, by=person("noor"), reason="It was wrong.")
        self.assertHidden("giraffe")

    def test_a_scheduled_article_is_found_from_its_hour_on_without_a_write(self):
        make_article("Zebra tomorrow", public_from=time_at("2020-04-14 06:00"))
        catch_up()
        self.assertHidden("zebra")
        self.assertEqual(self.found("zebra", at=time_at("2020-04-14 05:59:59")), set())
        self.assertEqual(self.found("zebra", at=time_at("2020-04-14 06:00")), {"article"})

    def test_publicness_is_asked_and_not_remembered(self):
        article = make_article("Zebra")
        catch_up()
        Article.objects.filter(pk=article.pk).update(
            state="withdrawn", withdrawn_at=NOW, withdrawn_reason="It was wrong."
        )
        # As if nothing had been noted: the row still stands, and is not shown.
        catching_up.SearchPending.objects.all().delete()
        self.assertTrue(SearchRow.objects.filter(object_id=article.pk, face="readers").exists())
        self.assertEqual(self.found("zebra"), set())

    def test_a_text_without_the_rights_to_it_is_found_by_its_headline_alone(self):
        for rights in ("quotes", "none"):
            with self.subTest(rights=rights):
                make_article(
                    f"Zebra {rights}", [f"Giraffe {rights}."], standfirst=f"Okapi {rights}", rights=rights
                )
                self.assertHidden(f"giraffe {rights}")
                self.assertHidden(f"okapi {rights}")
                self.assertEqual(self.found(f"zebra {rights}"), {"article"})

    def test_a_name_behind_a_printed_one_is_the_desks_alone(self):
        article = make_article()
        hidden = Contributor.objects.create(name="Zahra Khan")
        Byline.objects.create(article=article, contributor=hidden, printed_as="Our correspondent")
        self.assertHidden("by:zahra")
        self.assertEqual(self.found("by:correspondent"), {"article"})

    def test_older_words_and_words_not_yet_live_are_not_found(self):
        article = make_article("Zebra in the first version")
        revise(article, headline="Giraffe in the second")
        revise(article, live=False, headline="Okapi in the third")
        self.assertEqual(
            [self.found(words) for words in ("zebra", "giraffe", "okapi")], [set(), {"article"}, set()]
        )
        self.assertEqual(self.found("okapi", "desk"), {"article"})

    def test_flags_and_verdicts_nobody_approved_are_the_desks_alone(self):
        claim = make_claim("Zebras are flagged.", claimant=make_source("Zahra", "person"))
        self.assertHidden("zebras")
        self.assertHidden("zahra")
        make_verdict(claim, "false", published=False, finding="Giraffe is the finding.")
        self.assertHidden("zebras OR giraffe")
        workflow.show_as_checking(claim, by=person("sana"), note="")
        self.assertEqual(self.found("zebras"), {"claim"})
        self.assertHidden("giraffe")
        self.assertEqual(self.found("headline:zahra"), {"source"})

    def test_a_second_verdict_in_the_making_is_not_found(self):
        claim = make_claim("Zebras were counted.")
        make_verdict(claim, "true", finding="Okapi in the finding.")
        workflow.reopen(claim, by=person("sana"), reason="A new count came in.", shown=True)
        make_verdict(claim, "false", published=False, finding="Giraffe in the finding.")
        self.assertEqual(self.found("okapi"), {"claim"})
        self.assertHidden("giraffe")

    def test_a_merged_claim_is_not_found(self):
        claim, other = make_claim("Zebras were counted.", checking=True), make_claim("Okapis were counted.")
        Claim.objects.filter(pk=claim.pk).update(work_state="merged", merged_into=other)
        self.assertHidden("zebras")

    def test_hidden_rows_take_no_place_among_the_newest(self):
        public = make_article("Zebra in public")
        for number in range(6):
            make_article(f"Zebra in draft {number}", published=False)
        for number in range(6):
            make_article(f"Zebra tomorrow {number}", public_from=time_at("2099-01-01"))
        with mock.patch("newsroom.core.search.finding.CAP", 2):
            found = find(parse("zebra"), at=NOW)
        self.assertEqual([hit.pk for hit in found.hits], [public.pk])
        self.assertEqual((found.total, found.capped, found.kinds), (1, False, {"article": 1}))

    def test_what_is_alike_is_public_too(self):
        make_claim("Zebras were counted in Karachi.")
        make_claim("Zebras were counted in Lahore.", checking=True)
        text = "Zebras were counted in Karachi"
        self.assertEqual([hit.shared for hit in similar(text, at=NOW)], [("Zebras", "counted")])
        self.assertEqual(len(similar(text, face="desk", at=NOW)), 2)


class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for number in range(7):
            make_article(f"Zebra number {number}")
        catch_up()

    def test_pages_follow_each_other_without_a_gap(self):
        numbers, cursor = [], None
        while cursor or not numbers:
            found = find(parse("zebra"), at=NOW, limit=3, after=cursor)
            self.assertEqual((found.total, found.more), (7, found.next is not None))
            numbers += [hit.number for hit in found.hits]
            cursor = found.next
        self.assertEqual(numbers, sorted(numbers, reverse=True))
        self.assertEqual(len(set(numbers)), 7)

    def test_a_page_goes_on_where_the_last_ended_though_rows_came_and_went(self):
        first = find(parse("zebra"), at=NOW, limit=3)
        rest = [hit.number for hit in find(parse("zebra"), at=NOW, limit=9, after=first.next).hits]
        make_article("Zebra", printed_date=time_at("2020-04-12").date())
        Article.objects.filter(pk=first.hits[-1].pk).update(state="draft", live_version=None)
        again = find(parse("zebra"), at=NOW, limit=9, after=first.next)
        self.assertEqual([hit.number for hit in again.hits], rest)

    def test_more_than_is_ranked_is_said(self):
        with mock.patch("newsroom.core.search.finding.CAP", 5):
            found = find(parse("zebra"), at=NOW)
        self.assertEqual((len(found.hits), found.total, found.capped), (5, 5, True))

    def test_a_cursor_that_cannot_be_is_refused(self):
        for cursor in ("", "x", "1", "1-2-3", "-1-2", "01-2", "1-02", "9" * 30, "۱-۲", "1-2\n"):
            with self.subTest(cursor=cursor), self.assertRaises(BadCursor):
                find(parse("zebra"), after=cursor)

    def test_an_unknown_kind_is_refused(self):
        with self.assertRaises(ValueError):
            find(parse("zebra"), kinds=("people",))

    def test_kinds_that_are_named_are_found_alone(self):
        make_claim("Zebras were counted.", checking=True)
        for kinds, total in (
            (None, 8),
            (("claim",), 1),
            (("article",), 7),
            (("source", "claim"), 1),
            ((), 0),
        ):
            with self.subTest(kinds=kinds):
                self.assertEqual(find(parse("zebra"), kinds, at=NOW).total, total)
