"""What we told readers about words of an article that changed, or that should have been others."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.core.identity import NumberedModel, number_in_range
from newsroom.core.moments import moment

from ..querysets import CorrectionQuerySet
from .article import Article, ArticleVersion

# Before anybody stands for it, and after it was declined, a correction may lack what readers would need.
UNSAID = models.Q(state__in=["draft", "declined"])


def no_words(which: str) -> models.Q:
    """The condition that the correction quotes no words there: `which` is was or now."""
    return models.Q(
        **{
            f"{which}_version__isnull": True,
            f"{which}_field": "",
            f"{which}_start__isnull": True,
            f"{which}_end__isnull": True,
            f"{which}_exact": "",
        }
    )


def whole_or_none(which: str) -> models.Q:
    """The condition that a passage is given with version, field and words, or not at all."""
    start, end = f"{which}_start", f"{which}_end"
    given = models.Q(
        **{
            f"{which}_version__isnull": False,
            f"{which}_field__in": ["headline", "standfirst", "body"],
            f"{start}__isnull": False,
            f"{end}__gt": models.F(start),
        }
    )
    return no_words(which) | (given & Exact(Length(f"{which}_exact"), models.F(end) - models.F(start)))


class Correction(NumberedModel):
    """One thing set right in an article: what was printed, what stands now, and why. Frozen once proposed.

    `version` is the one that goes live as the correction is published; it is empty where no words change.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        NOTE = "editors-note", _("Editor’s note")
        RETRACTION = "retraction", _("Retraction")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        PUBLISHED = "published", _("Published")
        DECLINED = "declined", _("Declined")

    class Cause(models.TextChoices):
        REPORTING = "reporting", _("Our reporting")
        SOURCE = "source", _("A source")
        COPY = "copy", _("Another paper’s or an agency’s copy")
        EDITING = "editing", _("Editing, or the headline")
        TRANSLATION = "translation", _("Translation")
        TYPING = "typing", _("Typing or layout")
        EVENTS = "events", _("Events moved on")

    class Asked(models.TextChoices):
        READER = "reader", _("A reader")
        SOURCE = "source", _("A source, or somebody named")
        DESK = "desk", _("The desk")
        VERDICT = "verdict", _("A verdict")

    class Spot(models.TextChoices):
        TOP = "top", _("Above the article")
        INLINE = "inline", _("Beside the words that stand now")

    class Field(models.TextChoices):
        HEADLINE = "headline", _("Headline")
        STANDFIRST = "standfirst", _("Standfirst")
        BODY = "body", _("Text")

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=13, choices=Kind, default=Kind.CORRECTION)
    was_version = models.ForeignKey(
        ArticleVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("it was printed in"),
    )
    was_field = models.CharField(_("it was printed in the"), max_length=10, choices=Field, blank=True)
    was_start = models.PositiveIntegerField(_("from"), null=True, blank=True)
    was_end = models.PositiveIntegerField(_("to"), null=True, blank=True)
    was_exact = models.TextField(_("was"), blank=True)
    now_version = models.ForeignKey(
        ArticleVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("it stands in"),
    )
    now_field = models.CharField(_("it stands in the"), max_length=10, choices=Field, blank=True)
    now_start = models.PositiveIntegerField(_("from"), null=True, blank=True)
    now_end = models.PositiveIntegerField(_("to"), null=True, blank=True)
    now_exact = models.TextField(_("now"), blank=True)
    version = models.ForeignKey(
        ArticleVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("goes live with it"),
    )
    why = models.CharField(_("why"), max_length=500, blank=True, help_text=_("Readers see this."))
    cause = models.CharField(_("what caused the error"), max_length=11, choices=Cause, blank=True)
    requested_by = models.CharField(_("asked for by"), max_length=7, choices=Asked, default=Asked.DESK)
    spot = models.CharField(_("shown"), max_length=6, choices=Spot, default=Spot.TOP)

    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(_("begun"), default=moment, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("worded by"),
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("declined by"),
    )
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True, editable=False)
    declined_reason = models.CharField(
        _("why declined"), max_length=300, blank=True, editable=False, help_text=_("Readers never see it.")
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-id"]
        permissions = [
            ("propose_correction", _("Can propose a correction")),
            ("approve_correction", _("Can approve a correction or decline it")),
        ]
        constraints = [
            number_in_range("articles_correction_number_has_ten_digits"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "proposed", "published", "declined"]),
                name="articles_correction_state_is_known",
                violation_error_message=_("A correction is a draft, proposed, published or declined."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["correction", "clarification", "update", "editors-note", "retraction"]
                ),
                name="articles_correction_kind_is_known",
                violation_error_message=_("This is no kind of correction."),
            ),
            models.CheckConstraint(
                condition=whole_or_none("was"),
                name="articles_correction_was_is_whole",
                violation_error_message=_("What was printed needs its version, its place and its words."),
            ),
            models.CheckConstraint(
                condition=whole_or_none("now"),
                name="articles_correction_now_is_whole",
                violation_error_message=_("What stands now needs its version, its place and its words."),
            ),
            models.CheckConstraint(
                condition=UNSAID | (~models.Q(why="") & ~models.Q(cause="")),
                name="articles_correction_says_why",
                violation_error_message=_("Say why, and what caused the error."),
            ),
            models.CheckConstraint(
                condition=UNSAID
                | ~models.Q(kind__in=["correction", "clarification"])
                | models.Q(was_version__isnull=False),
                name="articles_correction_names_the_words",
                violation_error_message=_("Give the words that were printed."),
            ),
            models.CheckConstraint(
                condition=UNSAID | models.Q(proposed_by__isnull=False, proposed_at__isnull=False),
                name="articles_correction_proposed_by_somebody",
                violation_error_message=_("A proposed correction names its proposer and the time."),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (
                    ~models.Q(approved_by=models.F("proposed_by"))
                    & (models.Q(written_by__isnull=True) | ~models.Q(approved_by=models.F("written_by")))
                ),
                name="articles_correction_second_person_approves",
                violation_error_message=_("Somebody other than the proposer must approve a correction."),
            ),
            # What is new is told by whoever puts it live; what was wrong takes a second person.
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | models.Q(published_at__isnull=False, approved_by__isnull=False)
                | (models.Q(published_at__isnull=False, kind="update") & no_words("was")),
                name="articles_correction_public_only_when_approved",
                violation_error_message=_(
                    "A public correction names its approver and its day of publication."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined")
                | (models.Q(declined_at__isnull=False) & ~models.Q(declined_reason="")),
                name="articles_correction_declined_for_a_reason",
                violation_error_message=_("A declined correction has a date and a reason."),
            ),
        ]
        indexes = [
            # The page and the feeds of corrections, newest first, by keyset.
            models.Index(
                fields=["-published_at", "-number"],
                condition=models.Q(state="published"),
                name="articles_correction_newest",
            ),
            # What readers of one article are told above it.
            models.Index(
                fields=["article", "-published_at"],
                condition=models.Q(state="published"),
                name="articles_correction_of_article",
            ),
            # The desk's queues of drafts and proposals.
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["draft", "proposed"]),
                name="articles_correction_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.article}"

    def get_absolute_url(self) -> str:
        return reverse("articles:correction", kwargs={"number": self.number})

    @property
    def changes_words(self) -> bool:
        """Whether a version goes live with it."""
        return self.version_id is not None
