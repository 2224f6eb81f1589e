"""The claim: one proposition, apart from every place where it was printed."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.tags import FoldingTaggableManager, TaggedThing
from newsroom.core.identity import NumberedModel, number_in_range
from newsroom.core.moments import Precision, moment

from ..querysets import ClaimQuerySet


class ClaimTag(TaggedThing):
    """A topic of a claim."""

    tag = models.ForeignKey(
        "articles.Tag", on_delete=models.PROTECT, related_name="claim_tags", verbose_name=_("tag")
    )
    content_object = models.ForeignKey(
        "claims.Claim", on_delete=models.PROTECT, related_name="claim_tags", verbose_name=_("claim")
    )

    class Meta:
        verbose_name = _("tag on a claim")
        verbose_name_plural = _("tags on claims")
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="claims_claimtag_once"),
        ]


class Claim(NumberedModel):
    """What is asserted, in one sentence of ours. `work_state` is moved by claims.workflow alone."""

    class Work(models.TextChoices):
        FLAGGED = "flagged", _("Flagged")
        ASSIGNED = "assigned", _("Assigned")
        RESEARCHING = "researching", _("Researching")
        AWAITING_REPLY = "awaiting-reply", _("Awaiting reply")
        PROPOSED = "proposed", _("Verdict proposed")
        IN_REVIEW = "in-review", _("In review")
        PUBLISHED = "published", _("Verdict published")
        DECLINED = "declined", _("Not to be checked")
        MERGED = "merged", _("Merged into another")
        REOPENED = "reopened", _("Reopened")

    Precision = Precision

    statement = models.CharField(
        _("statement"),
        max_length=1000,
        help_text=_("The claim in one sentence of our own. Readers see it as the title."),
    )
    slug = models.SlugField(_("words in the address"), max_length=90, allow_unicode=True, default="claim")
    language = models.CharField(_("language"), max_length=35, default="en")
    claimant = models.ForeignKey(
        "claims.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("claimed by"),
        help_text=_("Leave empty where nobody is named, as in a headline."),
    )
    said_on = models.DateField(_("said on"), null=True, blank=True)
    said_precision = models.CharField(
        _("precise to"), max_length=8, choices=Precision, default=Precision.UNKNOWN
    )
    said_as = models.CharField(
        _("date as printed"), max_length=80, blank=True, help_text=_("Word for word, such as “on Jan. 3”.")
    )
    said_inferred = models.BooleanField(
        _("part of the date is inferred"), default=False, help_text=_("Such as a year that was not printed.")
    )
    context = models.TextField(
        _("context"), blank=True, help_text=_("What a reader must know to follow the claim.")
    )
    chosen_because = models.CharField(
        _("why we check it"),
        max_length=300,
        blank=True,
        help_text=_("Readers see this once the claim is public."),
    )
    work_state = models.CharField(
        _("work"), max_length=14, choices=Work, default=Work.FLAGGED, editable=False
    )
    shown_as_checking = models.BooleanField(
        _("readers see “Being checked”"),
        default=False,
        editable=False,
        help_text=_(
            "A flag alone is an accusation: without this, readers see nothing until a verdict is published."
        ),
    )
    checking_note = models.CharField(
        _("what we are looking into"),
        max_length=300,
        blank=True,
        help_text=_("Readers see this beside “Being checked”."),
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_claims",
        verbose_name=_("assigned to"),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    closing_reason = models.CharField(_("why declined or merged"), max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("flagged by"),
    )
    created_at = models.DateTimeField(_("flagged"), default=moment, editable=False)
    checking_since = models.DateTimeField(_("being checked since"), null=True, blank=True, editable=False)
    ruled_at = models.DateTimeField(
        _("last ruled"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Copied from the published verdict."),
    )
    tags = TaggableManager(
        through=ClaimTag,
        manager=FoldingTaggableManager,
        blank=True,
        verbose_name=_("topics"),
        help_text=_("Subjects, split by commas."),
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-created_at", "-number"]
        constraints = [
            number_in_range("claims_claim_number_has_ten_digits"),
            models.CheckConstraint(
                condition=~models.Q(statement=""),
                name="claims_claim_states_something",
                violation_error_message=_("Write the claim in one sentence."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    work_state__in=[
                        "flagged",
                        "assigned",
                        "researching",
                        "awaiting-reply",
                        "proposed",
                        "in-review",
                        "published",
                        "declined",
                        "merged",
                        "reopened",
                    ]
                ),
                name="claims_claim_work_is_known",
                violation_error_message=_("This is no step of the work on a claim."),
            ),
            models.CheckConstraint(
                condition=(~models.Q(work_state="merged") & models.Q(merged_into__isnull=True))
                | (
                    models.Q(work_state="merged", merged_into__isnull=False)
                    & ~models.Q(merged_into=models.F("id"))
                ),
                name="claims_claim_merged_into_another",
                violation_error_message=_(
                    "A merged claim points at the other claim, and only a merged one does."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(said_on__isnull=True, said_precision="unknown")
                | (models.Q(said_on__isnull=False) & ~models.Q(said_precision="unknown")),
                name="claims_claim_date_and_precision_agree",
                violation_error_message=_("Give the date and its precision, or neither."),
            ),
        ]
        indexes = [
            # The public list of claims, newest ruling first, by keyset.
            models.Index(fields=["-ruled_at", "-number"], name="claims_newest_ruling"),
            # What is being checked: front page and list.
            models.Index(
                fields=["-checking_since", "-number"],
                condition=models.Q(shown_as_checking=True),
                name="claims_being_checked",
            ),
            # The desk's queues.
            models.Index(fields=["work_state", "-created_at"], name="claims_by_work"),
            # The claims on one person's desk.
            models.Index(fields=["assigned_to", "work_state"], name="claims_on_a_desk"),
        ]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("claims:detail", kwargs={"number": self.number, "slug": self.slug})
