"""What was written is found, however it was written: by acts, in bulk, by fixtures, by SQL, by several at once."""

import io
import tempfile
import threading
from pathlib import Path
from unittest import mock

from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test import TestCase

from articles import editing
from articles.models import Article, ArticleTag, Byline, Contributor, Outlet, Tag
from claims.models import Claim, Source, Verdict
from newsroom.core.search import catch_up, catching_up, find, parse, triggers
from newsroom.core.search.audit import audit_search
from newsroom.core.search.checks import search_is_told
from newsroom.core.search.models import SearchPending, SearchRow
from tests.desk import person
from tests.factories import make_article, make_claim, make_source, make_verdict, revise, time_at
from tests.guards import GuardedTransactionTestCase, lifted

NOW = time_at("2020-04-13 12:00")


def found(words: str, face: str = "readers", **more) -> list[tuple[str, int]]:
    return [(hit.kind, hit.pk) for hit in find(parse(words), face=face, at=NOW, **more).hits]


def run(command: str, *options: str) -> tuple[str, int]:
    """What the command prints, and its exit status."""
    out = io.StringIO()
    try:
        call_command(command, *options, stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


class WhateverWroteItTests(TestCase):
    def setUp(self) -> None:
        self.article = make_article(tags=["Iraq"])
        self.hit = [("article", self.article.pk)]

    def test_an_article_is_found_by_everything_its_page_prints(self):
        contributor = Contributor.objects.create(name="Sara Khan")
        Byline.objects.create(article=self.article, contributor=contributor)
        for words in (
            "“sixth iraqi” hand*",
            "“military source”",
            "headline:iraqi",
            "by:khan",
            "tag:iraq",
            "outlet:nawaiwaqt",
            "on:2020-04-07",
        ):
            with self.subTest(words=words):
                self.assertEqual(found(words), self.hit)

    def test_a_changed_name_is_found_under_the_new_one_alone(self):
        byline = Byline.objects.create(
            article=self.article, contributor=Contributor.objects.create(name="Sara Khan")
        )
        for row, words, new in (
            (Outlet.objects.get(), "outlet:nawaiwaqt", "The Evening Post"),
            (Tag.objects.get(), "tag:iraq", "Baghdad"),
            (byline.contributor, "by:khan", "Omar Farooq"),
        ):
            with self.subTest(words=words):
                self.assertEqual(found(words), self.hit)
                type(row).objects.filter(pk=row.pk).update(name=new)
                self.assertEqual(found(words), [])
                self.assertEqual(found(f"{words.split(':')[0]}:“{new}”"), self.hit)

    def test_what_is_taken_off_is_not_found_by_it(self):
        ArticleTag.objects.all().delete()
        self.assertEqual(found("tag:iraq"), [])

    def test_rows_in_bulk_are_found(self):
        tags = Tag.objects.bulk_create([Tag(name="Bases", slug="bases", key="bases")])
        ArticleTag.objects.bulk_create([ArticleTag(tag=tag, content_object=self.article) for tag in tags])
        self.assertEqual(found("tag:bases"), self.hit)

    def test_a_hand_at_the_sql_prompt_is_noticed(self):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_outlet SET name = 'Harbour News'")
        self.assertEqual(found("harbour"), self.hit)

    def test_readers_find_new_words_once_they_are_live_and_the_desk_before(self):
        version = revise(self.article, live=False, headline="Seventh handover")
        self.assertEqual((found("seventh"), found("seventh", "desk")), ([], self.hit))
        self.assertEqual((found("sixth"), found("sixth", "desk")), (self.hit, []))
        editing.go_live(version, by=person("noor"))
        self.assertEqual((found("seventh"), found("sixth")), (self.hit, []))

    def test_a_claim_is_found_by_what_its_page_prints(self):
        claim = make_claim(
            "The base was the sixth.",
            claimant=make_source("Rudaw", "outlet", aliases="RW; Rudaw TV"),
            context="It was in spring.",
            tags=["Kirkuk"],
        )
        make_verdict(claim, "false", finding="It was the fifth.", explanation="The ministry counted five.")
        hit = [("claim", claim.pk)]
        for words in (
            "“the sixth” spring",
            "source:rudaw",
            "source:“rudaw tv”",
            "fifth",
            "ministry counted",
            "tag:kirkuk",
        ):
            with self.subTest(words=words):
                self.assertEqual([one for one in found(words) if one[0] == "claim"], hit)
        self.assertEqual(found("rw", kinds=("source",)), [("source", Source.objects.get(name="Rudaw").pk)])
        Claim.objects.update(statement="The base was the seventh.")
        self.assertEqual((found("statement OR seventh"), found("“the sixth”", kinds=("claim",))), (hit, []))

    def test_a_finding_that_was_taken_back_is_not_found(self):
        claim = make_claim("The base was the sixth.", checking=True)
        verdict = make_verdict(claim, "false", finding="Kirkuk was the fifth.")
        self.assertEqual(found("kirkuk"), [("claim", claim.pk)])
        Verdict.objects.filter(pk=verdict.pk).update(publication_state="retracted", ended_at=NOW)
        Claim.objects.update(shown_as_checking=True)
        self.assertEqual((found("kirkuk"), found("sixth", kinds=("claim",))), ([], [("claim", claim.pk)]))

    def test_plain_loaddata_is_found(self):
        make_verdict(make_claim(article=self.article, words="sixth Iraqi base in one week"), "false")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "all.json"
            with file.open("w") as out:
                call_command(
                    "dumpdata", "articles.outlet", stdout=out, natural_foreign=True, natural_primary=True
                )
            file.write_text(file.read_text().replace('"Nawaiwaqt"', '"Harbour News"'))
            call_command("loaddata", file, verbosity=0)
        self.assertEqual(found("outlet:harbour"), self.hit)

    def test_a_search_asks_as_many_questions_of_a_large_archive_as_of_a_small_one(self):
        catch_up()
        for words in ("base", "sixth base -syria", "“sixth iraqi” OR tag:iraq"):
            with self.subTest(words=words, articles=1), self.assertNumQueries(2):
                find(parse(words), at=NOW)
        for number in range(20):
            make_article(f"Base {number}", tags=["Iraq"])
        catch_up()
        for words in ("base", "sixth base -syria", "“sixth iraqi” OR tag:iraq"):
            with self.subTest(words=words, articles=21), self.assertNumQueries(2):
                find(parse(words), at=NOW)

    def test_indexing_asks_no_more_for_many_objects_than_for_one(self):
        catch_up()
        make_article("One more")
        with CountedQueries() as one:
            catch_up()
        for number in range(10):
            make_article(f"Base {number}", tags=["Iraq"])
        with CountedQueries() as many:
            catch_up()
        self.assertEqual(one.count, many.count)


class CountedQueries:
    """How many queries the block asked."""

    def __enter__(self):
        self.count = 0
        self.wrapper = connection.execute_wrapper(self.ask)
        self.wrapper.__enter__()
        return self

    def ask(self, execute, *given):
        self.count += 1
        return execute(*given)

    def __exit__(self, *error):
        self.wrapper.__exit__(*error)


class WaitingTests(TestCase):
    """What cannot be indexed in a moment."""

    def setUp(self) -> None:
        self.article = make_article()
        self.hit = [("article", self.article.pk)]
        catch_up()

    def never(self):
        return mock.patch.object(catching_up, "index_next", return_value=0)

    def test_words_that_wait_are_left_out_for_readers_not_shown_as_they_were(self):
        revise(self.article, headline="Seventh handover")
        with self.never():
            self.assertEqual((found("sixth"), found("seventh"), found("coalition")), ([], [], []))
        self.assertEqual(found("seventh"), self.hit)

    def test_a_draft_of_new_words_takes_nothing_from_readers(self):
        revise(self.article, live=False, headline="Seventh handover")
        with self.never():
            self.assertEqual(found("sixth"), self.hit)

    def test_a_renamed_outlet_stalls_no_search_and_takes_nothing_from_readers(self):
        for number in range(30):
            make_article(f"Base {number}")
        catch_up()
        Outlet.objects.update(name="Harbour News")
        self.assertEqual(SearchPending.objects.count(), 31)
        with (
            mock.patch.object(catching_up, "BEFORE_A_SEARCH", 10),
            mock.patch.object(catching_up, "SMALL_BATCH", 5),
        ):
            self.assertEqual(find(parse("base"), at=NOW).total, 31)
            self.assertEqual(SearchPending.objects.count(), 21)
        self.assertEqual(find(parse("harbour"), at=NOW).total, 31)

    def test_what_readers_miss_is_indexed_before_what_is_only_renamed(self):
        for number in range(10):
            make_article(f"Base {number}")
        catch_up()
        Outlet.objects.update(name="Harbour News")
        revise(self.article, headline="Seventh handover")
        catch_up(1)
        with self.never():
            self.assertEqual(found("seventh"), self.hit)


class CommandTests(TestCase):
    def setUp(self) -> None:
        self.article = make_article(tags=["Iraq"])
        make_verdict(make_claim(article=self.article, words="sixth Iraqi base in one week"), "false")

    def test_the_command_indexes_what_waits_and_everything_anew(self):
        self.assertEqual(run("index_search")[1], 0)
        self.assertFalse(SearchPending.objects.exists())
        before = set(SearchRow.objects.values_list("place", "headline", "body"))
        SearchRow.objects.all().delete()
        self.assertIn("3 objects indexed", run("index_search", "--rebuild")[0])
        self.assertEqual(set(SearchRow.objects.values_list("place", "headline", "body")), before)

    def test_the_audit_names_what_differs(self):
        catch_up()
        self.assertEqual(run("audit_search"), ("Nothing was found to be wrong.\n", 0))
        SearchRow.objects.filter(kind="article", face="readers").update(headline=" lie ")
        SearchRow.objects.filter(kind="claim", face="readers").delete()
        SearchRow.objects.filter(kind="source", face="desk").update(object_id=10**9)
        printed, status = run("audit_search")
        self.assertEqual(status, 1)
        for line in ("headline differs", "is not indexed", "the object is gone"):
            with self.subTest(line=line):
                self.assertIn(line, printed)

    def test_the_audit_passes_over_what_waits_and_says_how_much(self):
        self.assertEqual(
            run("audit_search"),
            ("3 objects wait to be indexed: run index_search.\nNothing was found to be wrong.\n", 0),
        )

    def test_an_object_that_went_leaves_no_row(self):
        source = make_source("Nobody", "person")
        catch_up()
        with lifted():
            Source.objects.filter(pk=source.pk).delete()
        catch_up()
        self.assertFalse(SearchRow.objects.filter(kind="source", object_id=source.pk).exists())
        self.assertEqual(list(audit_search()), [])

    def test_a_long_text_is_indexed_as_far_as_its_row_says(self):
        article = make_article("Long", [f"{'word ' * 16_100}zebra"])
        self.assertEqual(found("zebra"), [])
        self.assertEqual(
            list(
                SearchRow.objects.filter(object_id=article.pk, kind="article").values_list("cut", flat=True)
            ),
            [True, True],
        )


class TriggerTests(TestCase):
    def test_a_trigger_that_is_gone_is_found_by_the_check(self):
        self.assertEqual(search_is_told(None, ["default"]), [])
        name = "search_article_1_update"
        with connection.cursor() as cursor:
            on = " ON articles_article" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
        self.assertIn(name, search_is_told(None, ["default"])[0].msg)
        self.assertEqual(search_is_told(None, ["default"])[0].id, "newsroom.core.E006")

    def test_whatever_nobody_watched_is_indexed_anew(self):
        article = make_article()
        catch_up()
        triggers.drop_all()
        Outlet.objects.update(name="Harbour News")
        self.assertFalse(SearchPending.objects.exists())
        triggers.install()
        self.assertEqual(found("harbour"), [("article", article.pk)])

    def test_triggers_that_stand_are_left_alone(self):
        make_article()
        catch_up()
        triggers.install()
        self.assertFalse(SearchPending.objects.exists())


class AtOnceTests(GuardedTransactionTestCase):
    """With real transactions, several at a time."""

    def test_an_act_is_found_as_soon_as_it_is_committed(self):
        article = make_article()
        self.assertFalse(SearchPending.objects.exists())
        with mock.patch.object(catching_up, "index_next", return_value=0):
            self.assertEqual(found("sixth"), [("article", article.pk)])

    def test_an_act_stands_though_its_indexing_fails(self):
        with (
            mock.patch("newsroom.core.search.acts.catch_up", side_effect=RuntimeError("broken")),
            self.assertLogs("django.db.backends.base", "ERROR"),
        ):
            article = make_article()
        self.assertEqual(Article.objects.get().pk, article.pk)
        self.assertEqual(found("sixth"), [("article", article.pk)])

    def test_writers_and_searchers_at_once_leave_an_index_that_is_right(self):
        articles = [make_article(f"Base number {number}") for number in range(4)]
        troubles: list[Exception] = []

        def work(turn: int) -> None:
            try:
                for again in range(4):
                    with transaction.atomic():
                        Article.objects.filter(pk=articles[turn].pk).update(
                            rights=("full", "quotes")[again % 2], sort_date=f"2020-01-0{again + 1}"
                        )
                    find(parse("base"), at=NOW)
                    catch_up(5)
            except Exception as trouble:
                troubles.append(trouble)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=(turn,)) for turn in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(troubles, [])
        catch_up()
        self.assertEqual(list(audit_search()), [])
        self.assertFalse(SearchPending.objects.exists())

    def test_a_flushed_archive_leaves_no_words_behind(self):
        make_article()
        with lifted():
            call_command("flush", interactive=False, verbosity=0)
        self.assertEqual(list(audit_search()), [])
