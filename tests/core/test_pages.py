"""Keyset pages: every row once and in order, both ways; an index that bounds the scan; no address but our own."""

from datetime import UTC, date, datetime, timedelta, timezone

from django.apps.registry import Apps
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import connection, models
from django.http import QueryDict
from django.test import SimpleTestCase, TestCase
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from newsroom.core.pages import BadCursor, KeysetPage, KeysetPager, link

SQLITE = connection.vendor == "sqlite"
APRIL = date(2020, 4, 7)


class Note(models.Model):
    day = models.DateField(default=APRIL)
    at = models.DateTimeField(default=datetime(2020, 4, 7, 6, 5, 4, 3, tzinfo=UTC))
    name = models.CharField(max_length=40, default="base")
    count = models.IntegerField(default=0)
    number = models.BigIntegerField(unique=True)
    seen = models.DateField(null=True)
    share = models.FloatField(default=0)

    class Meta:
        apps = Apps()
        app_label = "core"
        db_table = "pages_test_note"
        indexes = [
            models.Index(fields=["-day", "-number"], name="pages_test_newest"),
            models.Index(fields=["name", "-number"], name="pages_test_by_name"),
        ]


class Noted:
    """The table for one class of tests."""

    @classmethod
    def setUpClass(cls) -> None:
        with connection.schema_editor() as editor:
            editor.create_model(Note)
        super().setUpClass()

    @classmethod
    def tearDownClass(cls) -> None:
        super().tearDownClass()
        with connection.schema_editor() as editor:
            editor.delete_model(Note)


ORDERS = (
    ("-day", "-number"),
    ("day", "number"),
    ("-at", "number"),
    ("name", "-count", "-number"),
    ("-count", "name", "day", "number"),
    ("-number",),
)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
ROWS = st.lists(
    st.builds(
        dict,
        day=st.sampled_from([APRIL, date(2020, 4, 6), date.min, date.max]),
        at=st.sampled_from([datetime(2020, 4, 7, 1, 2, 3, micro, tzinfo=UTC) for micro in (0, 1, 500_000)]),
        name=st.sampled_from(["", ".", "~", "~2E", "al-Asad", "چھٹا اڈہ", "Zed", "a.b", "🏠"]) | WORDS,
        count=st.integers(-2, 2) | st.sampled_from([-(2**31), 2**31 - 1]),
        number=st.integers(-5, 30) | st.sampled_from([-(2**63) + 1, 2**63 - 1]),
    ),
    max_size=12,
    unique_by=lambda row: row["number"],
)


class WalkTest(Noted, HypothesisTestCase):
    @given(ROWS, st.sampled_from(ORDERS), st.integers(1, 5))
    def test_a_walk_meets_every_row_once_in_order_and_finds_the_same_pages_back(
        self, rows: list[dict], order: tuple[str, ...], size: int
    ) -> None:
        Note.objects.bulk_create(Note(**row) for row in rows)
        pager = KeysetPager(Note.objects.all(), order, size)
        pages = self.forward(pager)
        self.assertEqual([note for page in pages for note in page.items], list(Note.objects.order_by(*order)))
        self.assertTrue(all(len(page.items) == size for page in pages[:-1]))
        self.assertEqual(self.backward(pager, pages[-1]), [page.items for page in pages[:-1]][::-1])

    def forward(self, pager: KeysetPager) -> list[KeysetPage]:
        pages = [pager.page()]
        self.assertIsNone(pages[0].previous_cursor)
        while pages[-1].next_cursor:
            pages.append(pager.page(after=pages[-1].next_cursor))
        return pages

    def backward(self, pager: KeysetPager, page: KeysetPage) -> list[list[Note]]:
        met = []
        while page.previous_cursor:
            page = pager.page(before=page.previous_cursor)
            met.append(page.items)
        return met


class OnePageTest(Noted, TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        Note.objects.bulk_create(Note(day=APRIL - timedelta(days=n // 3), number=100 - n) for n in range(10))

    def numbers(self, page: KeysetPage) -> list[int]:
        return [note.number for note in page.items]

    def pager(self, **given: object) -> KeysetPager:
        return KeysetPager(
            **{"queryset": Note.objects.all(), "order": ("-day", "-number"), "size": 4, **given}
        )

    def test_cursors_can_be_read_by_people(self) -> None:
        page = self.pager().page()
        self.assertEqual(self.numbers(page), [100, 99, 98, 97])
        self.assertEqual((page.previous_cursor, page.next_cursor), (None, "2020-04-06.97"))
        page = self.pager().page(after="2020-04-06.97")
        self.assertEqual(self.numbers(page), [96, 95, 94, 93])
        self.assertEqual((page.previous_cursor, page.next_cursor), ("2020-04-06.96", "2020-04-05.93"))
        page = self.pager().page(after="2020-04-05.93")
        self.assertEqual((self.numbers(page), page.next_cursor), ([92, 91], None))
        cursor = self.pager(order=("at", "number")).page().next_cursor
        self.assertEqual(cursor, "2020-04-07T06-05-04-000003Z.94")

    def test_every_page_is_one_query(self) -> None:
        pager = self.pager()
        for place in ({}, {"after": "2020-04-06.97"}, {"before": "2020-04-06.97"}):
            with self.subTest(place=place), self.assertNumQueries(1):
                pager.page(**place)

    def test_rows_that_come_and_go_move_no_other_row(self) -> None:
        cursor = self.pager().page().next_cursor
        Note.objects.filter(number=97).delete()
        Note.objects.create(day=APRIL, number=500)
        Note.objects.create(day=APRIL - timedelta(days=1), number=1)
        page = self.pager().page(after=cursor)
        self.assertEqual(self.numbers(page), [96, 95, 1, 94])
        self.assertEqual(self.numbers(self.pager().page(before=page.previous_cursor)), [500, 100, 99, 98])

    def test_a_page_past_either_end_is_empty_and_leads_nowhere(self) -> None:
        for place in ({"after": "0001-01-01.5"}, {"before": "9999-12-31.5"}):
            with self.subTest(place=place):
                self.assertEqual(self.pager().page(**place), KeysetPage([], None, None))

    def test_links_keep_the_other_parameters(self) -> None:
        parameters = QueryDict("outlet=nawa&tag=چھٹا&tag=b&after=2020-04-06.97")
        page = self.pager().page_of(parameters)
        self.assertEqual(
            page.next_link(parameters), "?outlet=nawa&tag=%DA%86%DA%BE%D9%B9%D8%A7&tag=b&after=2020-04-05.93"
        )
        self.assertEqual(
            page.previous_link(parameters),
            "?outlet=nawa&tag=%DA%86%DA%BE%D9%B9%D8%A7&tag=b&before=2020-04-06.96",
        )
        self.assertIsNone(self.pager(size=20).page().next_link(parameters))
        self.assertIsNone(self.pager().page().previous_link(parameters))
        self.assertEqual(link(QueryDict("before=x"), "after", "a&b"), "?after=a%26b")

    def test_parameters_name_the_page(self) -> None:
        for query, numbers in (
            ("", [100, 99, 98, 97]),
            ("tag=x", [100, 99, 98, 97]),
            ("after=2020-04-06.97", [96, 95, 94, 93]),
            ("before=2020-04-06.97", [100, 99, 98]),
        ):
            with self.subTest(query):
                self.assertEqual(self.numbers(self.pager().page_of(QueryDict(query))), numbers)
        place = "after=2020-04-06.97"
        for query in (f"{place}&before=2020-04-06.97", f"{place}&{place}", "after=", "before"):
            with self.subTest(query), self.assertRaises(BadCursor):
                self.pager().page_of(QueryDict(query))

    def test_filters_of_the_queryset_hold_on_every_page(self) -> None:
        pager = self.pager(queryset=Note.objects.exclude(number__in=[99, 96]), size=3)
        self.assertEqual(self.numbers(pager.page(after=pager.page().next_cursor)), [95, 94, 93])

    def test_a_row_without_a_value_is_refused_loudly(self) -> None:
        pager = self.pager(order=("seen", "number"), size=2)
        with self.assertRaisesMessage(ValueError, "has no seen: leave such rows out of the list."):
            pager.page()


class BadCursorTest(Noted, TestCase):
    """Whatever an address says: an answer for people, never an error of the database."""

    def pager(self, *order: str) -> KeysetPager:
        return KeysetPager(Note.objects.all(), order)

    def assertRefused(self, order: tuple[str, ...], cursors: tuple[str, ...]) -> None:
        for cursor in cursors:
            for name in ("after", "before"):
                with self.subTest(cursor=cursor[:60], name=name), self.assertRaises(BadCursor):
                    self.pager(*order).page(**{name: cursor})

    def test_a_place_has_as_many_values_as_the_order(self) -> None:
        places = (
            "",
            ".",
            "..",
            "2020-04-06",
            "2020-04-06.",
            ".5",
            "2020-04-06.5.5",
            "2020-04-06,5",
            "5.2020-04-06",
        )
        self.assertRefused(("-day", "-number"), places)

    def test_a_date_has_one_spelling_and_stands_in_the_calendar(self) -> None:
        never = ("0000-01-01", "10000-01-01", "2020-02-30", "2020-13-01", "-020-04-06")
        otherwise = (
            "2020-4-6",
            "20200406",
            "2020-W15-1",
            "٢٠٢٠-٠٤-٠٦",
            " 2020-04-06",
            "2020-04-06\n",
            "2020-04-06\0",
        )
        self.assertRefused(("-day", "-number"), tuple(f"{day}.5" for day in never + otherwise))

    def test_a_number_has_one_spelling_and_fits_the_database(self) -> None:
        otherwise = ("+5", "05", "-0", "5e3", "0x5", "٥", "5\n", " 5", "None", "\ud800", "5; DROP TABLE", "")
        too_big = ("9223372036854775808", "-9223372036854775808", "9" * 20, "9" * 5000)
        self.assertRefused(("number",), otherwise + too_big)

    def test_a_time_has_one_spelling_in_utc(self) -> None:
        moments = (
            *("2020-04-07T06-05-04Z", "2020-04-07T24-00-00-000000Z", "2020-04-07T06-05-60-000000Z"),
            *("2020-04-07T06-05-04-000003", "2020-04-07T06-05-04-000003+05", "2020-04-07 06-05-04-000003Z"),
            *("0000-01-01T00-00-00-000000Z", "2020-02-30T00-00-00-000000Z", "2020-04-07"),
        )
        self.assertRefused(("at", "number"), tuple(f"{moment}.5" for moment in moments))

    def test_words_have_one_spelling_that_the_database_can_hold(self) -> None:
        words = ("a\0b", "a\ud800", "a~2e", "a~", "~7e", "a" * 1000)
        self.assertRefused(("name", "number"), tuple(f"{word}.5" for word in words))

    def test_the_outermost_cursors_are_answered(self) -> None:
        Note.objects.create(number=5)
        for order, cursors in (
            (("-day", "-number"), ("0001-01-01.-9223372036854775807", "9999-12-31.9223372036854775807")),
            (("at", "number"), ("0001-01-01T00-00-00-000000Z.0", "9999-12-31T23-59-59-999999Z.0")),
            (("count", "number"), ("9223372036854775807.0", "-9223372036854775807.0", "0.0")),
            (("name", "number"), (".0", "a~2Eb~7E.0", "چھٹا\u200fاڈہ.0", "🏠\n%_'\".0", "a" * 900 + ".0")),
        ):
            for cursor in cursors:
                with self.subTest(cursor=cursor[:60]):
                    self.assertLessEqual(len(self.pager(*order).page(after=cursor).items), 1)
                    self.assertLessEqual(len(self.pager(*order).page(before=cursor).items), 1)

    def test_the_message_is_for_a_reader_and_shows_what_was_given(self) -> None:
        with self.assertRaisesMessage(BadCursor, "“2020-99-99.5” is no place in this list. Begin again"):
            self.pager("-day", "-number").page(after="2020-99-99.5")
        with self.assertRaises(BadCursor) as caught:
            self.pager("-day", "-number").page(after="\u202e\0<b>" + "x" * 5000)
        self.assertEqual(str(caught.exception)[:10], "“��<b>xxxx")
        self.assertLess(len(str(caught.exception)), 120)


EAST = timezone(timedelta(hours=5))


class CursorPropertyTest(SimpleTestCase):
    pager = KeysetPager(Note.objects.all(), ("name", "-at", "day", "-number"))

    @given(
        st.builds(
            Note,
            name=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200),
            at=st.datetimes(timezones=st.sampled_from([UTC, EAST])).filter(lambda moment: moment.year > 1),
            day=st.dates(),
            number=st.integers(-(2**63) + 1, 2**63 - 1),
        )
    )
    def test_a_cursor_gives_back_the_values_it_was_written_from(self, note: Note) -> None:
        cursor = self.pager.cursor(note)
        self.assertEqual(self.pager.read(cursor), [note.name, note.at, note.day, note.number])
        self.assertEqual(QueryDict(link(QueryDict(), "after", cursor)[1:])["after"], cursor)

    @given(st.text(max_size=60) | st.from_regex(r"\A[a~2E7]*\.[-\dTZ]*\.\d{4}-\d\d-\d\d\.-?\d{1,20}\Z"))
    def test_any_other_text_is_refused_or_is_the_one_spelling_of_its_place(self, text: str) -> None:
        try:
            values = self.pager.read(text)
        except BadCursor:
            return
        names = ("name", "at", "day", "number")
        self.assertEqual(self.pager.cursor(Note(**dict(zip(names, values, strict=True)))), text)


class OrderTest(SimpleTestCase):
    def test_an_order_that_cannot_be_kept_is_refused_when_the_pager_is_made(self) -> None:
        for order, complaint in (
            (("-day",), "ends on day, which is not unique"),
            (("number", "day"), "ends on day, which is not unique"),
            (("share", "number"), "sort by a date, a time, a number or text"),
        ):
            with self.subTest(order=order), self.assertRaisesMessage(ImproperlyConfigured, complaint):
                KeysetPager(Note.objects.all(), order)
        with self.assertRaises(FieldDoesNotExist):
            KeysetPager(Note.objects.all(), ("-colour", "number"))


class IndexTest(Noted, TestCase):
    """The plan of the engine at hand: the index is entered at the cursor, and nothing is sorted."""

    @classmethod
    def setUpTestData(cls) -> None:
        Note.objects.bulk_create(
            (Note(day=APRIL - timedelta(days=n % 700), name=f"n{n % 50}", number=n) for n in range(5000)),
            batch_size=1000,
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE pages_test_note")

    def plan(self, order: tuple[str, ...], **place: str) -> str:
        """The plan of the very query that the page ran."""
        with self.assertNumQueries(1) as queries:
            KeysetPager(Note.objects.all(), order).page(**place)
        with connection.cursor() as cursor:
            cursor.execute(("EXPLAIN QUERY PLAN " if SQLITE else "EXPLAIN ") + queries[0]["sql"])
            return "\n".join(str(row[-1]) for row in cursor.fetchall())

    def assertEnters(self, plan: str, index: str, column: str, sign: str) -> None:
        """The scan of the index is bounded by its first column, and nothing is sorted afterwards."""
        bound = (
            rf"{index} \({column}{sign}\?\)" if SQLITE else rf"Index Cond: \(\(?{column}\)?(::text)? {sign}= "
        )
        self.assertIn(index, plan)
        self.assertRegex(plan, bound)
        self.assertNotIn("TEMP B-TREE" if SQLITE else "Sort", plan)

    def test_a_page_enters_the_index_at_its_cursor(self) -> None:
        newest, by_name = ("-day", "-number"), ("name", "-number")
        for order, place, index, column, sign in (
            (newest, {"after": "2019-01-01.77"}, "pages_test_newest", "day", "<"),
            (newest, {"before": "2019-01-01.77"}, "pages_test_newest", "day", ">"),
            (by_name, {"after": "n3.77"}, "pages_test_by_name", "name", ">"),
            (by_name, {"before": "n3.77"}, "pages_test_by_name", "name", "<"),
        ):
            with self.subTest(order=order, place=place):
                self.assertEnters(self.plan(order, **place), index, column, sign)

    def test_the_first_page_reads_the_index_from_its_end(self) -> None:
        plan = self.plan(("-day", "-number"))
        self.assertIn("pages_test_newest", plan)
        self.assertNotIn("TEMP B-TREE" if SQLITE else "Sort", plan)
