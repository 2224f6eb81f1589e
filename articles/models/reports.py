"""What readers report as an error, what became of it, and, for a stated time, what they typed."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.core.hygiene import visible
from newsroom.core.identity import UidModel
from newsroom.core.moments import moment

from .article import Article, ArticleVersion
from .corrections import Correction

# Easy to read out over the telephone, and no words in it: without vowels, and without 0, 1 and l.
RECEIPT_SIGNS = "23456789bcdfghjkmnpqrstvwxyz"
RECEIPT = rf"(?:[{RECEIPT_SIGNS}]{{4}}-){{3}}[{RECEIPT_SIGNS}]{{4}}"
MAX_WRONG, MAX_NAME, MAX_ANSWER = 3000, 120, 1000  # code points


def new_receipt() -> str:
    """A receipt number, such as “7k3m-q9xd-bf4t-22vw”: one of 28 to the power of 16, which nobody guesses."""
    signs = [secrets.choice(RECEIPT_SIGNS) for _turn in range(16)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, 16, 4))


class Report(UidModel):
    """That a reader says something is wrong: where, and what the desk answered. It holds no word that the reader typed.

    Whoever knows the receipt number reads the answer; it is the only key, so it is never shown to anybody else.
    `group` is shared by reports of one and the same thing.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        LOOKING = "looking", _("Being looked at")
        ANSWERED = "answered", _("Answered")
        SPAM = "spam", _("Spam")

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", _("It was wrong and is corrected")
        NOT_AN_ERROR = "not-an-error", _("It is not an error")
        OTHERWISE = "otherwise", _("Something else came of it")

    receipt = models.CharField(_("receipt"), max_length=19, unique=True, default=new_receipt, editable=False)
    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        related_name="reports",
        db_index=False,
        verbose_name=_("article"),
    )
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("version the reader saw")
    )
    field = models.CharField(_("where"), max_length=10, choices=Correction.Field, blank=True)
    start = models.PositiveIntegerField(_("from"), null=True, blank=True)
    end = models.PositiveIntegerField(_("to"), null=True, blank=True)
    exact = models.TextField(_("printed words"), blank=True)
    received_at = models.DateTimeField(_("received"), default=moment, editable=False)
    group = models.UUIDField(_("group"), default=uuid.uuid4, editable=False)

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RECEIVED, editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("taken by"),
    )
    correction = models.ForeignKey(
        Correction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="reports",
        verbose_name=_("led to the correction"),
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True, editable=False)
    answer = models.TextField(
        _("answer"), blank=True, editable=False, help_text=_("Whoever has the receipt reads it.")
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")
        ordering = ["-id"]
        permissions = [("answer_report", _("Can answer readers’ reports and see who sent them"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["received", "looking", "answered", "spam"]),
                name="articles_report_state_is_known",
                violation_error_message=_("A report is received, being looked at, answered or spam."),
            ),
            models.CheckConstraint(
                condition=Exact(Length("receipt"), 19),
                name="articles_report_receipt_is_long",
                violation_error_message=_("A receipt number has four groups of four signs."),
            ),
            models.CheckConstraint(
                condition=models.Q(field="", start__isnull=True, end__isnull=True, exact="")
                | (
                    models.Q(
                        field__in=["headline", "standfirst", "body"],
                        start__isnull=False,
                        end__gt=models.F("start"),
                    )
                    & Exact(Length("exact"), models.F("end") - models.F("start"))
                ),
                name="articles_report_place_is_whole",
                violation_error_message=_("A place needs its field and its words, or is left out."),
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(state="answered", closed_by__isnull=False, closed_at__isnull=False)
                    & models.Q(outcome__in=["corrected", "not-an-error", "otherwise"])
                    & ~models.Q(answer="")
                )
                | models.Q(
                    state="spam", closed_by__isnull=False, closed_at__isnull=False, outcome="", answer=""
                )
                | models.Q(
                    state__in=["received", "looking"],
                    closed_by__isnull=True,
                    closed_at__isnull=True,
                    outcome="",
                    answer="",
                ),
                name="articles_report_answered_whole",
                violation_error_message=_("An answer says what came of the report, and in words."),
            ),
        ]
        indexes = [
            # What waits at the desk, and its list by state, newest first.
            models.Index(fields=["state", "-id"], name="articles_report_by_state"),
            # The reports of one article, newest first: where the same is reported again, and on the desk's page.
            models.Index(fields=["article", "-id"], name="articles_report_of_article"),
            # Reports of the same thing.
            models.Index(fields=["group"], name="articles_report_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt}: {self.article}"

    def get_absolute_url(self) -> str:
        return reverse("articles:receipt", kwargs={"receipt": self.receipt})

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer it."""
        return self.state in OPEN

    @property
    def quoted(self) -> str:
        """The words that are meant, for a line of a list; empty for the whole article."""
        return visible(self.exact)


OPEN = (Report.State.RECEIVED, Report.State.LOOKING)


class ReportReader(UidModel):
    """What a reader typed: what is wrong, and who they are if they said so. The row is deleted at `kept_until`."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="reader", verbose_name=_("report")
    )
    wrong = models.TextField(_("what is wrong"))
    name = models.CharField(_("name"), max_length=MAX_NAME, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    kept_until = models.DateTimeField(_("kept until"))

    class Meta:
        verbose_name = _("reader’s words")
        verbose_name_plural = _("readers’ words")
        indexes = [
            # What is due to be forgotten.
            models.Index(fields=["kept_until"], name="articles_reportreader_due"),
        ]

    def __str__(self) -> str:
        return str(self.report_id)


class ReportRate(models.Model):
    """How many reports one sender sent within an hour. `key` tells no address; the row is deleted within a day."""

    key = models.CharField(max_length=64, unique=True)
    hour = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.key
