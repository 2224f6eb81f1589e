"""Removing printed words: by order, by two people, at every place that was shown, and nowhere else."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from articles import redacting, reporting
from articles.access import Barred
from articles.audit import audit_archive
from articles.editing import EditingRefused
from articles.models import Article, ArticleVersion, RedactedVersion, Redaction, RedactionPlace, Tag
from articles.passages import field_text
from articles.text import text_sha256
from newsroom.core.hygiene import TextRefused
from newsroom.core.models import LedgerEntry, SearchRow
from newsroom.core.search import find, parse
from tests.desk import Cast, person
from tests.factories import (
    make_article,
    make_correction,
    make_redaction,
    make_report,
    make_words,
    revise,
    teaser,
)
from tests.guards import lifted

NAME = "Karim Aziz"
PARAGRAPHS = [
    "The driver, Karim Aziz, left the base on Tuesday.",
    "Nobody else was in the car. Karim Aziz drove alone.",
    "Six bases were handed over.",
]
NOTICE = "[removed: court order, "


def verbs_of(row) -> list[str]:
    return list(LedgerEntry.objects.about(row).order_by("id").values_list("verb", flat=True))


class Redacted(Cast, TestCase):
    """An article in two versions that names somebody, whom an order protects."""

    def setUp(self):
        super().setUp()
        self.article = make_article(f"{NAME} left the base", PARAGRAPHS, standfirst=f"{NAME} drove.")
        self.first = self.article.live_version
        self.second = revise(self.article, paragraphs=[*PARAGRAPHS, f"{NAME} came back."])
        self.article.refresh_from_db()

    def version(self, number: int) -> ArticleVersion:
        return ArticleVersion.objects.get(article=self.article, number=number)

    def refused(self, kind: type[Exception], act, *args, **given) -> str:
        with self.assertRaises(kind) as caught, transaction.atomic():
            act(*args, **given)
        return str(caught.exception)

    def begin(self, spans, **given) -> Redaction:
        words = {"order": "High Court, CR 12/2026", "reason": "court order", "by": self.noor, **given}
        return redacting.begin(self.second, spans, **words)


class WayTests(Redacted):
    def test_the_words_go_from_every_version_and_the_notice_stands_there(self):
        make_redaction(self.second, NAME)
        for number in (1, 2):
            version = self.version(number)
            with self.subTest(version=number):
                self.assertNotIn(NAME, version.headline + version.standfirst + version.body_text)
                self.assertTrue(version.headline.startswith(NOTICE))
                self.assertTrue(version.body_text.startswith(f"The driver, {NOTICE}"))
                self.assertIn("Six bases were handed over.", version.body_text)
        self.assertEqual(list(audit_archive()), [])

    def test_the_article_is_copied_anew_and_its_address_holds_the_name_no_more(self):
        self.assertEqual(self.article.slug, "karim-aziz-left-the-base")
        make_redaction(self.second, NAME)
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, self.version(2).headline)
        self.assertEqual(self.article.slug, "left-the-base")

    def test_the_hash_of_what_was_printed_stays_beside_that_of_what_stands_there(self):
        printed = {version.pk: version.text_sha256 for version in (self.first, self.second)}
        redaction = make_redaction(self.second, NAME)
        for row in redaction.versions.all():
            self.assertEqual(row.was_text_sha256, printed[row.version_id])
            version = row.version
            now = text_sha256(version.headline, version.standfirst, version.body)
            self.assertEqual((row.now_text_sha256, version.text_sha256), (now, now))
        self.assertEqual(redaction.versions.count(), 2)

    def test_each_step_has_its_line_in_the_ledger_and_none_holds_the_words(self):
        redaction = make_redaction(self.second, NAME)
        self.assertEqual(verbs_of(redaction), ["redaction.begin", "redaction.propose", "redaction.carry-out"])
        self.assertEqual(verbs_of(self.article)[-1], "article.redact")
        for entry in LedgerEntry.objects.all():
            self.assertNotIn("Karim", entry.payload)
        self.assertIn(self.first.text_sha256, LedgerEntry.objects.about(redaction).earliest("-id").payload)

    def test_what_was_measured_is_forgotten_and_no_row_of_the_record_holds_the_words(self):
        redaction = make_redaction(self.second, NAME)
        self.assertEqual(set(redaction.places.values_list("measured_sha256", flat=True)), {""})
        for model in (Redaction, RedactionPlace, RedactedVersion):
            self.assertNotIn("Karim", str(list(model.objects.values())))

    def test_lines_to_it_in_other_articles_stay_unless_somebody_ticks_them(self):
        other = make_article("Elsewhere", ["Something.", teaser(f"{NAME} left the base")])
        draft = make_redaction(self.second, NAME, step="draft")
        elsewhere = draft.places.filter(row_uid=other.live_version.uid)
        self.assertEqual([place.removed for place in elsewhere], [False])
        make_redaction(self.second, NAME, ticked=())
        other.live_version.refresh_from_db()
        self.assertIn(NAME, other.live_version.body_text)

    def test_a_line_in_another_article_goes_where_it_is_ticked_with_its_link(self):
        other = make_article("Elsewhere", ["Something.", teaser(f"{NAME} left the base")])
        redaction = make_redaction(self.second, NAME, step="draft")
        every = set(redaction.places.values_list("pk", flat=True))
        redacting.propose(redaction, every, by=self.noor)
        redacting.approve(redaction, redaction.places_sha256, by=self.admin)
        other.refresh_from_db()
        self.assertIn(NOTICE, ArticleVersion.objects.get(article=other).body_text)
        self.assertIn(NOTICE, other.links.get().text)
        self.assertEqual(list(audit_archive()), [])

    def test_all_of_a_version_goes(self):
        make_redaction(self.second)
        version = self.version(2)
        self.assertTrue(version.headline.startswith(NOTICE))
        self.assertEqual(version.body_text, version.headline)
        self.assertEqual(list(audit_archive()), [])

    def test_corrections_quote_what_stands_there_now(self):
        make_correction(self.article, f"Nobody else was in the car. {NAME} drove", why="Two did.")
        behind = make_correction(self.article, "Six bases", why="Seven.")
        make_redaction(self.second, NAME)
        behind.refresh_from_db()
        version = self.version(2)
        self.assertEqual(version.body_text[behind.was_start : behind.was_end], "Six bases")
        self.assertEqual(list(audit_archive()), [])

    def test_readers_reports_quote_what_stands_there_now_and_what_they_typed_goes_with_it(self):
        given = {"wrong": f"{NAME} was at home.", "name": f"A friend of {NAME}"}
        on_words = make_report(self.article, f"Nobody else was in the car. {NAME} drove", **given)
        behind = make_report(self.article, "Six bases", "Seven.")
        answer = {"outcome": "otherwise", "words": f"{NAME} was there, says the record."}
        reporting.answer(on_words, by=person("rashid"), **answer)
        notice = make_redaction(self.second, NAME).notice
        for report in (on_words, behind):
            report.refresh_from_db()
        version = self.version(2)
        self.assertEqual(on_words.exact, f"Nobody else was in the car. {notice} drove")
        self.assertEqual(behind.exact, "Six bases")
        for report in (on_words, behind):
            stands = field_text(version, report.field)[report.start : report.end]
            self.assertEqual(stands, report.exact)
        self.assertEqual(on_words.answer, f"{notice} was there, says the record.")
        typed = on_words.reader
        self.assertEqual(typed.wrong, f"{notice} was at home.")
        self.assertEqual(typed.name, f"A friend of {notice}")

    def test_the_search_finds_the_article_by_the_name_no_more(self):
        self.assertEqual(find(parse("Karim"), face="desk", limit=9).total, 1)
        make_redaction(self.second, NAME)
        # Not left to the next who searches: until then the words would stand in the index.
        for row in SearchRow.objects.all():
            self.assertNotIn("karim", f"{row.headline} {row.summary} {row.body}")
        self.assertEqual(find(parse("Karim"), face="desk", limit=9).total, 0)
        self.assertEqual(find(parse("handed"), face="desk", limit=9).total, 1)

    def test_the_admins_own_log_and_words_that_json_wrote_in_ascii_are_found(self):
        entry = LogEntry.objects.create(
            user=self.noor,
            content_type=ContentType.objects.get_for_model(Article),
            object_id="1",
            object_repr=f"{NAME} left the base",
            action_flag=2,
            change_message='[{"changed": {"name": "Karim Aziz"}}]',
        )
        make_redaction(self.second, NAME)
        entry.refresh_from_db()
        self.assertNotIn("Karim", entry.object_repr + entry.change_message)

    def test_words_are_removed_beside_an_earlier_removal_but_not_through_it(self):
        make_redaction(self.second, NAME)
        self.second.refresh_from_db()
        text = self.second.body_text
        at = text.index(NOTICE)
        said = self.refused(EditingRefused, self.begin, [("body", at + 3, at + 12)])
        self.assertIn("removed here already", said)
        make_redaction(self.second, "Six bases")
        self.second.refresh_from_db()
        self.assertNotIn("Six bases", self.second.body_text)
        self.assertIn("The driver, [removed", self.second.body_text)
        chain = list(RedactedVersion.objects.filter(version=self.second).order_by("pk"))
        self.assertEqual(chain[0].now_text_sha256, chain[1].was_text_sha256)
        self.assertEqual(list(audit_archive()), [])

    def test_an_address_elsewhere_keeps_its_site_and_two_tags_of_the_name_stay_two(self):
        Article.objects.filter(pk=self.article.pk).update(original_url="https://example.org/karim-aziz-left")
        tags = [Tag.objects.create(name=name) for name in (NAME, f"{NAME}?")]
        redaction = make_redaction(self.second, NAME, step="draft")
        redacting.propose(redaction, set(redaction.places.values_list("pk", flat=True)), by=self.noor)
        redacting.approve(redaction, redaction.places_sha256, by=self.admin)
        self.article.refresh_from_db()
        self.assertEqual(self.article.original_url, "https://example.org/")
        for tag in tags:
            tag.refresh_from_db()
            self.assertNotIn("karim", f"{tag.name} {tag.key} {tag.slug}".lower())
        self.assertEqual(list(audit_archive()), [])

    def test_what_could_not_be_cleaned_is_said_by_the_command_and_kept(self):
        redaction = make_redaction(self.second, NAME)
        with self.assertRaisesMessage(CommandError, "a transaction is open"):
            call_command("wipe_removed")
        redaction.refresh_from_db()
        self.assertIn("a transaction is open", redaction.trouble)
        self.assertIsNone(redaction.wiped_at)

    def test_the_audit_finds_words_that_were_changed_after_a_removal(self):
        make_redaction(self.second, NAME)
        self.assertEqual(list(audit_archive()), [])
        with lifted():
            ArticleVersion.objects.filter(pk=self.second.pk).update(**make_words("Other").columns())
        found = [finding for finding in audit_archive() if "redactedversion" in finding.row]
        self.assertEqual([finding.field for finding in found], ["now_content_sha256"])

    def test_redact_is_all_of_it_in_one_call(self):
        at = self.second.body_text.index(NAME)
        redaction = redacting.redact(
            self.second,
            [("body", at, at + len(NAME))],
            order="High Court",
            reason="court order",
            by=self.noor,
            approved_by=self.admin,
        )
        redaction.refresh_from_db()
        self.assertEqual((redaction.state, redaction.unfinished_id), ("carried-out", None))


class SecondPersonTests(Redacted):
    def test_nobody_approves_a_removal_of_their_own_superusers_included(self):
        for by in (self.noor, self.admin):
            with self.subTest(by=by):
                redaction = self.begin([("headline", 0, len(NAME))], by=by)
                redacting.propose(redaction, (), by=by)
                seen = redaction.places_sha256
                self.assertIn("You proposed", self.refused(Barred, redacting.approve, redaction, seen, by=by))
                self.assertEqual(self.version(2).headline, f"{NAME} left the base")

    def test_the_right_is_asked_of_whoever_begins_proposes_approves_and_declines(self):
        span = [("headline", 0, len(NAME))]
        draft = self.begin(span)
        proposed = self.begin(span)
        redacting.propose(proposed, (), by=self.noor)
        for by in (self.bilal, self.sana, self.rashid, self.yusra):
            with self.subTest(by=by):
                self.refused(Barred, self.begin, span, by=by)
                self.refused(Barred, redacting.propose, draft, (), by=by)
                self.refused(Barred, redacting.approve, proposed, proposed.places_sha256, by=by)
                self.refused(Barred, redacting.decline, draft, by=by, reason="No.")
        self.assertEqual(self.version(2).headline, f"{NAME} left the base")

    def test_the_database_refuses_one_person_as_both(self):
        redaction = make_redaction(self.second, NAME, step="proposed")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Redaction.objects.filter(pk=redaction.pk).update(approved_by=redaction.proposed_by)


class RefusedTests(Redacted):
    def test_spans_that_are_no_words_of_the_version(self):
        long = len(self.second.body_text)
        for spans, said in (
            ([], "Choose the words"),
            ([("body", 3, 3)], "inside the text"),
            ([("body", 5, 3)], "inside the text"),
            ([("body", 0, long + 1)], "inside the text"),
            ([("title", 0, 3)], "no such field"),
            ([("body", 0, 9), ("body", 4, 12)], "lie across each other"),
            ([("body", 0, 1)], "One letter"),
        ):
            with self.subTest(spans=spans):
                self.assertIn(said, self.refused(EditingRefused, self.begin, spans))
        self.assertFalse(Redaction.objects.exists())

    def test_no_reason_no_order_or_such_as_nobody_sees_or_that_repeat_the_words(self):
        span = [("headline", 0, len(NAME))]
        for given, said in (
            ({"reason": ""}, "Give the reason"),
            ({"reason": "\u200b \u00ad"}, "Give the reason"),
            ({"order": " "}, "Say who orders"),
            ({"reason": 'a "quoted" one'}, "without brackets"),
            ({"reason": "it names karim  aziz"}, "Do not repeat"),
            ({"order": f"Order for {NAME}"}, "Do not repeat"),
        ):
            with self.subTest(**given):
                self.assertIn(said, self.refused(EditingRefused, self.begin, span, **given))
        self.refused(TextRefused, self.begin, span, reason="x" * 81)

    def test_words_that_changed_or_came_to_stand_elsewhere_since_it_was_proposed(self):
        redaction = make_redaction(self.second, NAME, step="proposed")
        revise(self.article, live=False, paragraphs=[f"{NAME} again."])
        said = self.refused(
            EditingRefused, redacting.approve, redaction, redaction.places_sha256, by=self.admin
        )
        self.assertIn("changed since", said)
        self.assertIn(NAME, self.version(1).headline)

    def test_another_list_of_places_than_the_approver_saw(self):
        redaction = make_redaction(self.second, NAME, step="proposed")
        for seen in ("", "0" * 64):
            with self.subTest(seen=seen):
                self.assertIn(
                    "another than you saw",
                    self.refused(EditingRefused, redacting.approve, redaction, seen, by=self.admin),
                )
        place = redaction.places.first()
        RedactionPlace.objects.create(
            redaction=redaction, table=place.table, row_uid=place.row_uid, column="dateline", removed=True
        )
        self.refused(EditingRefused, redacting.approve, redaction, redaction.places_sha256, by=self.admin)

    def test_a_removal_that_is_carried_out_or_declined_already(self):
        done = make_redaction(self.second, NAME)
        self.refused(
            EditingRefused, redacting.approve, done, done.places_sha256, by=self.rashid_as_archivist()
        )
        self.refused(EditingRefused, redacting.decline, done, by=self.admin, reason="No.")
        declined = make_redaction(self.version(2), "Six bases", step="proposed")
        self.assertIn(
            "Say why", self.refused(EditingRefused, redacting.decline, declined, by=self.admin, reason=" ")
        )
        redacting.decline(declined, by=self.admin, reason="The order was lifted.")
        self.refused(EditingRefused, redacting.approve, declined, declined.places_sha256, by=self.admin)
        self.assertIn("Six bases", self.version(2).body_text)

    def rashid_as_archivist(self):
        self.rashid.groups.set(person("noor").groups.all())
        return type(self.rashid).objects.get(pk=self.rashid.pk)

    def test_a_headline_that_would_be_too_long_is_removed_whole_or_not_at_all(self):
        article = make_article(" ".join(["Ab cd"] * 40), ["Words."])
        spans = [("headline", at, at + 2) for at in range(0, 200, 6)]
        self.second = article.live_version
        redaction = self.begin(spans, reason="by order of the high court of the province of Sindh at Karachi")
        redacting.propose(redaction, (), by=self.noor)
        said = self.refused(
            EditingRefused, redacting.approve, redaction, redaction.places_sha256, by=self.admin
        )
        self.assertIn("whole field", said)


class GuardTests(Redacted):
    """A hand at the SQL prompt, without a removal that is being carried out."""

    def change(self, **columns):
        return lambda: ArticleVersion.objects.filter(pk=self.second.pk).update(**columns)

    def open(self, redaction, state="carrying-out", **columns):
        given = {"state": state, "approved_by": self.admin, "notice": "[x]", "unfinished_id": 0, **columns}
        Redaction.objects.filter(pk=redaction.pk).update(carried_out_at=redaction.created_at, **given)

    def test_a_version_changes_before_no_removal_is_carried_out_nor_after(self):
        self.assertIn("never changed", self.refused(IntegrityError, self.change(headline="Other")))
        make_redaction(self.first, NAME, step="proposed")
        self.assertIn("never changed", self.refused(IntegrityError, self.change(headline="Other")))
        make_redaction(self.second, "Six bases")
        self.assertIn("never changed", self.refused(IntegrityError, self.change(headline="Other")))

    def test_only_the_rows_that_it_names_are_open_and_only_their_words(self):
        other = make_article("Another", ["Words."])
        redaction = make_redaction(self.second, NAME, step="proposed")
        with self.assertRaisesMessage(ZeroDivisionError, "undone"), transaction.atomic():
            self.open(redaction)
            self.change(headline="Other")()
            rows = ArticleVersion.objects.filter(article=other)
            self.assertIn(
                "never changed", self.refused(IntegrityError, lambda: rows.update(headline="Other"))
            )
            for columns in ({"number": 9}, {"author": None}, {"minor": True}):
                self.assertIn("never changed", self.refused(IntegrityError, self.change(**columns)))
            gone = ArticleVersion.objects.filter(pk=self.second.pk)
            self.assertIn("never deleted", self.refused(IntegrityError, lambda: gone._raw_delete("default")))
            raise ZeroDivisionError("undone")

    def test_a_place_that_is_not_ticked_opens_nothing(self):
        redaction = make_redaction(self.second, NAME, step="draft")
        first = redaction.places.filter(row_uid=self.first.uid).values_list("pk", flat=True)
        others = set(redaction.places.values_list("pk", flat=True)) - set(first)
        redacting.propose(redaction, others, by=self.noor)
        with self.assertRaisesMessage(ZeroDivisionError, "undone"), transaction.atomic():
            self.open(redaction)
            rows = ArticleVersion.objects.filter(pk=self.first.pk)
            self.assertIn(
                "never changed", self.refused(IntegrityError, lambda: rows.update(headline="Other"))
            )
            raise ZeroDivisionError("undone")

    def test_no_transaction_ends_while_one_is_being_carried_out(self):
        redaction = make_redaction(self.second, NAME, step="proposed")
        with self.assertRaises(IntegrityError), transaction.atomic():
            self.open(redaction)
            connection.check_constraints()
        self.refused(IntegrityError, self.open, redaction, unfinished_id=None)
        self.refused(IntegrityError, self.open, redaction, unfinished_id=redaction.pk)

    def test_it_is_never_begun_half_way_nor_taken_back(self):
        redaction = make_redaction(self.second, NAME, step="draft")
        self.refused(IntegrityError, self.open, redaction)
        done = make_redaction(self.second, NAME)
        for state in ("draft", "proposed", "carrying-out"):
            with self.subTest(state=state):
                rows = Redaction.objects.filter(pk=done.pk)
                self.refused(IntegrityError, lambda rows=rows, state=state: rows.update(state=state))
