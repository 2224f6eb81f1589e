"""Printed words that an order takes out of the archive: who asked, who agreed, and every place at which they stood.

Nothing here holds the words themselves.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.core.identity import NumberedModel, UidModel, number_in_range
from newsroom.core.moments import moment

from .article import Article, ArticleVersion


def somebody(label) -> models.ForeignKey:
    """A person who took part in it, or nobody yet."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )


class Redaction(NumberedModel):
    """One removal. Frozen once proposed; while it is carried out, and only then, the guards let its places change."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        CARRYING_OUT = "carrying-out", _("Being carried out")
        CARRIED_OUT = "carried-out", _("Carried out")
        DECLINED = "declined", _("Declined")

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="redactions", verbose_name=_("article")
    )
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("chosen in version")
    )
    order = models.CharField(
        _("ordered by"),
        max_length=300,
        help_text=_("Who asks, and the reference, such as a court and its number. Readers never see this."),
    )
    reason = models.CharField(
        _("reason"), max_length=80, help_text=_("Readers see it wherever words were removed.")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(_("begun"), default=moment, editable=False)
    proposed_by = somebody(_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True, editable=False)
    places_sha256 = models.CharField(
        _("SHA-256 of the list of places"), max_length=64, blank=True, editable=False
    )
    approved_by = somebody(_("approved by"))
    carried_out_at = models.DateTimeField(_("carried out"), null=True, blank=True, editable=False)
    notice = models.CharField(_("stands there now"), max_length=160, blank=True, editable=False)
    declined_by = somebody(_("declined by"))
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True, editable=False)
    declined_reason = models.CharField(_("why declined"), max_length=300, blank=True, editable=False)
    wiped_at = models.DateTimeField(_("files cleaned"), null=True, blank=True, editable=False)
    trouble = models.CharField(_("what could not be cleaned"), max_length=500, blank=True, editable=False)
    # No commit leaves a removal half way: meanwhile this names a row that never exists, and foreign keys are asked
    # at the end of the transaction.
    unfinished = models.ForeignKey(
        "self", on_delete=models.DO_NOTHING, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("removal of words")
        verbose_name_plural = _("removals of words")
        ordering = ["-id"]
        constraints = [
            number_in_range("articles_redaction_number_has_ten_digits"),
            models.CheckConstraint(
                condition=models.Q(id__gte=1), name="articles_redaction_none_is_called_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["draft", "proposed", "carrying-out", "carried-out", "declined"]
                ),
                name="articles_redaction_state_is_known",
                violation_error_message=_("This is no step of removing words."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="carrying-out", unfinished__isnull=False, unfinished=0)
                | (~models.Q(state="carrying-out") & models.Q(unfinished__isnull=True)),
                name="articles_redaction_ends_with_its_transaction",
                violation_error_message=_("Words are removed at once or not at all."),
            ),
            models.CheckConstraint(
                condition=~models.Q(order="") & ~models.Q(reason=""),
                name="articles_redaction_is_ordered_for_a_reason",
                violation_error_message=_("Say who orders the removal, and the reason that readers see."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "declined"])
                | (
                    models.Q(proposed_by__isnull=False, proposed_at__isnull=False)
                    & ~models.Q(places_sha256="")
                ),
                name="articles_redaction_proposed_by_somebody",
                violation_error_message=_("A proposal names its proposer, the time and its places."),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")),
                name="articles_redaction_second_person_approves",
                violation_error_message=_("Somebody other than the proposer must approve a removal."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["carrying-out", "carried-out"])
                | (models.Q(approved_by__isnull=False, carried_out_at__isnull=False) & ~models.Q(notice="")),
                name="articles_redaction_carried_out_when_approved",
                violation_error_message=_("A removal names who approved it, and when."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined")
                | (models.Q(declined_at__isnull=False) & ~models.Q(declined_reason="")),
                name="articles_redaction_declined_for_a_reason",
                violation_error_message=_("A declined removal has a date and a reason."),
            ),
        ]
        indexes = [
            # The desk's queues, and the guards' question whether one is being carried out.
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["draft", "proposed", "carrying-out"]),
                name="articles_redaction_waiting",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Removal from “%(article)s”") % {"article": self.article})


class RedactionPlace(UidModel):
    """One place at which the words stand: of which row and column, and whether they go there.

    Without `start` and `end` it is every place in the column where the words stand, or the file that it names.
    """

    redaction = models.ForeignKey(
        Redaction, on_delete=models.PROTECT, related_name="places", verbose_name=_("removal")
    )
    table = models.CharField(_("table"), max_length=100)
    row_uid = models.UUIDField(_("row's uid"), null=True, blank=True)
    row_key = models.CharField(
        _("row's key"), max_length=100, blank=True, help_text=_("Where it has no uid.")
    )
    column = models.CharField(_("column"), max_length=100)
    start = models.PositiveIntegerField(_("from"), null=True, blank=True)
    end = models.PositiveIntegerField(_("to"), null=True, blank=True)
    chosen = models.BooleanField(_("chosen by hand"), default=False)
    removed = models.BooleanField(_("removed"), default=False)
    measured_sha256 = models.CharField(
        _("SHA-256 of the column as it was measured"),
        max_length=64,
        blank=True,
        help_text=_("Forgotten once the words are gone: a short text can be guessed from it."),
    )

    class Meta:
        verbose_name = _("place of a removal")
        verbose_name_plural = _("places of removals")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__isnull=True, end__isnull=True)
                | models.Q(start__isnull=False, end__gt=models.F("start")),
                name="articles_redactionplace_ends_after_it_starts",
                violation_error_message=_("A passage ends after it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(row_uid__isnull=False, row_key="")
                | (models.Q(row_uid__isnull=True) & ~models.Q(row_key="")),
                name="articles_redactionplace_names_one_row",
                violation_error_message=_("A place names one row."),
            ),
        ]
        indexes = [
            # The guards' question: is this row named?
            models.Index(fields=["row_uid"], name="articles_redactionplace_of_row"),
        ]

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


class RedactedVersion(UidModel):
    """What a removal did to one version: the hashes of its words before and after. Never changed."""

    redaction = models.ForeignKey(
        Redaction, on_delete=models.PROTECT, related_name="versions", verbose_name=_("removal")
    )
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="redactions", verbose_name=_("version")
    )
    was_text_sha256 = models.CharField(_("SHA-256 of the text before"), max_length=64)
    was_content_sha256 = models.CharField(_("SHA-256 of the content before"), max_length=64)
    now_text_sha256 = models.CharField(_("SHA-256 of the text since"), max_length=64)
    now_content_sha256 = models.CharField(_("SHA-256 of the content since"), max_length=64)

    class Meta:
        verbose_name = _("version with words removed")
        verbose_name_plural = _("versions with words removed")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["redaction", "version"], name="articles_redactedversion_once_a_removal"
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)
