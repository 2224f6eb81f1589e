"""Every act on a reader's report, from its arrival to the day on which what the reader typed is forgotten."""

import math
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from newsroom.core import ledger
from newsroom.core.hygiene import fold_key, is_blank
from newsroom.core.moments import moment

from . import access, correcting
from .editing import EditingRefused
from .models import Article, ArticleVersion, Correction, Report, ReportRate, ReportReader
from .models.reports import OPEN
from .passages import Passage

State, Outcome = Report.State, Report.Outcome

# How long what a reader typed is kept: after the answer, and at most. The form and docs/corrections.md say so.
KEPT_AFTER_ANSWER, KEPT_AT_MOST = timedelta(days=90), timedelta(days=365)
# Whole villages share one address of their telephone company, so there is room for more than one reader.
MOST_AN_HOUR = 20
RATES_KEPT = timedelta(hours=24)
# How many open reports of the article are compared with a new one, the newest first.
COMPARED = 50
# How many readers are forgotten in one go: no reader who reports waits for a year's worth of them.
FORGOTTEN_AT_ONCE = 200


class TooMany(Exception):
    """One sender sent as many reports as are taken within an hour. `seconds`: when there is room again."""

    def __init__(self, seconds: int):
        self.seconds = seconds
        super().__init__(seconds)


# Arrival


def receive(
    article: Article,
    version: ArticleVersion,
    *,
    wrong: str,
    passage: Passage | None = None,
    name: str = "",
    email: str = "",
    uid: uuid.UUID | None = None,
    sender: str = "",
    **columns,
) -> Report:
    """Take in what a reader reports. A report of that `uid` that is here already is the answer, as it is.

    `sender` is counted, see `core.public_forms.sender_key`. Raise TooMany.
    """
    uid = uid or uuid.uuid4()
    try:
        with transaction.atomic():
            _count(sender)
            report = Report(uid=uid, article=article, version=version, **columns, **place_of(passage))
            typed = ReportReader(report=report, wrong=wrong, name=name, email=email)
            _store(report, typed)
    except IntegrityError:
        # The same form was sent twice, and the other one was faster.
        if known := made_by(uid):
            return known
        raise
    forget_readers()
    return report


def made_by(uid: uuid.UUID) -> Report | None:
    """The report that a showing of the form has made already."""
    return Report.objects.filter(uid=uid).first()


def place_of(passage: Passage | None) -> dict:
    """The passage as columns of a report; the whole article without one."""
    if passage is None:
        return {"field": "", "start": None, "end": None, "exact": ""}
    names = ("field", "start", "end", "exact")
    return {name: getattr(passage, name) for name in names}


def passage_of(report: Report) -> Passage:
    """The words that a report is about, where it is about words."""
    return Passage(report.version, report.field, report.start, report.end)


def hour_of(at: datetime) -> datetime:
    """The hour within which reports are counted."""
    return at.replace(minute=0, second=0, microsecond=0)


def _count(sender: str) -> None:
    """Count one more report of that sender. Raise TooMany where they sent enough within this hour."""
    if not sender:
        return
    now = moment()
    hour = hour_of(now)
    rates = ReportRate.objects.select_for_update()
    rate, _made = rates.get_or_create(key=sender, defaults={"hour": hour})
    if rate.count >= MOST_AN_HOUR:
        raise TooMany(math.ceil((hour + timedelta(hours=1) - now).total_seconds()))
    rate.count += 1
    rate.save(update_fields=["count"])


def _store(report: Report, typed: ReportReader) -> None:
    if same := _same_thing(report, typed.wrong):
        report.group = same.group
    report.save(force_insert=True)
    typed.report, typed.kept_until = report, report.received_at + KEPT_AT_MOST
    typed.save(force_insert=True)
    ledger.record("report.receive", report, by=None, **_said_of(report))


def _same_thing(report: Report, wrong: str) -> Report | None:
    """The newest open report of the same thing: the same or overlapping words, or the same said of the article."""
    waiting = Report.objects.filter(article=report.article, state__in=OPEN).select_related("reader")
    said = fold_key(wrong)
    for other in waiting.order_by("-id")[:COMPARED]:
        typed = getattr(other, "reader", None)
        if overlap(report, other) or (typed and fold_key(typed.wrong) == said):
            return other
    return None


def overlap(one: Report, other: Report) -> bool:
    """Whether two reports mean words in common, or equal words of two versions."""
    if not one.field or one.field != other.field:
        return False
    if one.version_id != other.version_id:
        return one.exact == other.exact
    return one.start < other.end and other.start < one.end


# The desk


@transaction.atomic
def take(report: Report, *, by) -> None:
    """Say that somebody looks at it: the reader's page says so too."""
    access.demand(access.why_not_answer(by, report))
    _move(report, [State.RECEIVED], state=State.LOOKING, taken_by=by)
    ledger.record("report.take", report, by=by)


@transaction.atomic
def answer(
    report: Report,
    *,
    by,
    outcome: str,
    words: str,
    correction: Correction | None = None,
    others: Sequence[Report] = (),
) -> None:
    """Answer a report, and with the same words others of its group. An answer is never changed.

    `correction` is what came of it, where the report does not lead to one already.
    """
    access.demand(access.why_not_answer(by, report))
    if outcome not in Outcome.values:
        raise EditingRefused(_("Say what came of it."))
    if is_blank(words):
        raise EditingRefused(_("Write what the reader is told."))
    correction = report.correction or correction
    if any(other.group != report.group for other in others):
        raise EditingRefused(_("Only reports of the same thing are answered together."))
    said = {"state": State.ANSWERED, "outcome": outcome, "answer": words.strip()}
    for each in (report, *others):
        led_to = correction or each.correction
        _check_corrected(led_to, outcome)
        _close(each, by, **said, correction=led_to)
        ledger.record("report.answer", each, by=by, outcome=outcome)


def _check_corrected(correction: Correction | None, outcome: str) -> None:
    """Nobody is told that it is corrected while the correction still waits for its second person."""
    if outcome == Outcome.CORRECTED and correction and correction.state != Correction.State.PUBLISHED:
        raise EditingRefused(
            _("The correction that came of it is not public. Answer when it is, or say what else came of it.")
        )


@transaction.atomic
def mark_spam(report: Report, *, by) -> None:
    """Close what is no report of an error, without an answer."""
    access.demand(access.why_not_answer(by, report))
    _close(report, by, state=State.SPAM)
    ledger.record("report.spam", report, by=by)


@transaction.atomic
def not_spam(report: Report, *, by) -> None:
    """Put what was taken for spam back among those that wait. What the reader typed stays no longer for it."""
    access.demand(access.why_not_answer(by, report))
    _move(report, [State.SPAM], state=State.RECEIVED, closed_by=None, closed_at=None)
    ledger.record("report.not-spam", report, by=by)


@transaction.atomic
def put_together(report: Report, other: Report, *, by) -> None:
    """Say that a report is about the same thing as another of its article."""
    access.demand(access.why_not_answer(by, report))
    if report.article_id != other.article_id:
        raise EditingRefused(_("Reports of two articles are not about the same thing."))
    _regroup(report, other.group, by=by)


@transaction.atomic
def take_apart(report: Report, *, by) -> None:
    """Say that a report is about something else than those it was put with."""
    access.demand(access.why_not_answer(by, report))
    _regroup(report, uuid.uuid4(), by=by)


@transaction.atomic
def begin_correction(report: Report, *, by) -> Correction:
    """Begin a correction with the words that the reader means; they and others of its group lead to it."""
    access.demand(access.why_not_propose(by))
    free = [each for each in _open_group(report) if leads_nowhere(each)]
    if report not in free:
        raise EditingRefused(_("This report is closed, or led to a correction already."))
    was = passage_of(report).columns("was") if report.field else {}
    begun = correcting.begin(report.article, by=by, requested_by=Correction.Asked.READER, **was)
    for each in free:
        _move(each, OPEN, correction=begun)
        ledger.record("report.correct", each, by=by, correction=str(begun.uid))
    report.correction = begun
    return begun


def leads_nowhere(report: Report) -> bool:
    """Whether no correction came of it, or only one that was declined."""
    return report.correction is None or report.correction.state == Correction.State.DECLINED


def _open_group(report: Report) -> list[Report]:
    """The open reports of its group as they are now, locked until the act ends."""
    same = Report.objects.select_for_update(of=("self",)).select_related("correction")
    return list(same.filter(group=report.group, state__in=OPEN).order_by("id"))


def _regroup(report: Report, group: uuid.UUID, *, by) -> None:
    Report.objects.filter(pk=report.pk).update(group=group)
    report.group = group
    ledger.record("report.group", report, by=by, group=str(group))


def _close(report: Report, by, **columns) -> None:
    now = moment()
    _move(report, OPEN, closed_by=by, closed_at=now, **columns)
    soon = now + KEPT_AFTER_ANSWER
    ReportReader.objects.filter(report=report, kept_until__gt=soon).update(kept_until=soon)


def _move(report: Report, begins_from: Iterable[str], **columns) -> None:
    """Change the row only where it is still in a state that the act begins from."""
    if not Report.objects.filter(pk=report.pk, state__in=begins_from).update(**columns):
        raise EditingRefused(
            _("Somebody else moved this on just now. Load the page again to see where it stands.")
        )
    for name, value in columns.items():
        setattr(report, name, value)


def _said_of(report: Report) -> dict:
    return {"article": str(report.article.uid), "version": str(report.version.uid)}


# Forgetting


def forget_readers(at: datetime | None = None, most: int = FORGOTTEN_AT_ONCE) -> int:
    """Delete what readers typed whose time is over, the longest due first. Return how many were forgotten.

    No clock calls it: it is asked whenever a report comes in and whenever the desk lists them; and by
    `manage.py forget_readers`. Which sender sent how many is forgotten with it.
    """
    at = at or moment()
    counts = ReportRate.objects.filter(hour__lt=at - RATES_KEPT)
    if counts.exists():
        counts.delete()
    due = ReportReader.objects.filter(kept_until__lte=at).order_by("kept_until")
    with transaction.atomic():
        found = (
            list(due.select_for_update(of=("self",)).select_related("report")[:most]) if due.exists() else []
        )
        for typed in found:
            typed.delete()
            ledger.record("report.forget", typed.report, by=None)
        if found:
            transaction.on_commit(_clear_log)
    return len(found)


def _clear_log() -> None:
    """What was deleted stands in SQLite's write-ahead log until that is written back and emptied."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
