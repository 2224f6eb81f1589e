"""What we found: ratings as data, verdicts that freeze once proposed, approvals by a second person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.core.identity import UidModel
from newsroom.core.moments import moment

from ..querysets import RatingQuerySet, VerdictQuerySet


class Rating(models.Model):
    """One step of the scale. Undetermined ratings have no number."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=60, unique=True, help_text=_("Readers see this word."))
    value = models.PositiveSmallIntegerField(
        _("value"),
        null=True,
        blank=True,
        help_text=_("5 true to 1 false. Empty where nothing is determined."),
    )
    meaning = models.CharField(
        _("meaning"), max_length=300, help_text=_("Stands on the page about the scale.")
    )
    mark = models.SlugField(
        _("mark"),
        max_length=40,
        help_text=_("Which of the drawn marks stands for it: templates/_marks.html."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    gravity = models.PositiveSmallIntegerField(
        _("gravity"),
        default=50,
        help_text=_("Where two claims share words, the graver one keeps the underline."),
    )
    exported = models.BooleanField(
        _("exported"), default=True, help_text=_("Given to machines as a ClaimReview.")
    )
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("No longer offered; old verdicts keep it.")
    )

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["order", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__gte=1, value__lte=5),
                name="claims_rating_value_from_one_to_five",
                violation_error_message=_("A value is 1 to 5, or empty."),
            ),
            models.CheckConstraint(
                condition=~models.Q(label__startswith="Correct"),
                name="claims_rating_is_not_a_correction",
                violation_error_message=_(
                    "“Correct...” is read as true by machines. Articles are corrected, claims rated."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Verdict(UidModel):
    """One ruling on a claim. From proposing on only `publication_state` and the acts of publishing move."""

    class Publication(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        RETURNED = "returned", _("Sent back")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Replaced by a later verdict")
        RETRACTED = "retracted", _("Taken back")

    claim = models.ForeignKey(
        "claims.Claim", on_delete=models.PROTECT, related_name="verdicts", verbose_name=_("claim")
    )
    number = models.PositiveSmallIntegerField(_("verdict"), editable=False)
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, related_name="verdicts", verbose_name=_("rating")
    )
    qualifier = models.CharField(
        _("by what"), max_length=80, blank=True, help_text=_("Follows the rating, such as “by its own text”.")
    )
    finding = models.CharField(
        _("finding"), max_length=300, help_text=_("One sentence of at most 25 words. Stands beside the text.")
    )
    explanation = models.TextField(_("explanation"), blank=True, help_text=_("Stands on the claim's page."))
    as_of = models.DateField(_("as of"), help_text=_("The day up to which we looked."))
    known = models.TextField(_("what is known"), blank=True)
    unknown = models.TextField(_("what is not known"), blank=True)
    would_settle = models.TextField(_("what would settle it"), blank=True)
    clash_words = models.CharField(
        _("printed words that clash"),
        max_length=160,
        blank=True,
        help_text=_("Part of the claim, such as “in one week”."),
    )
    clash_against = models.CharField(
        _("with these words"), max_length=160, blank=True, help_text=_("Such as “over the past few weeks”.")
    )
    clash_version = models.ForeignKey(
        "articles.ArticleVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("which stand in"),
    )
    publication_state = models.CharField(
        _("publication"), max_length=10, choices=Publication, default=Publication.DRAFT, editable=False
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
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
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    end_reason = models.CharField(
        _("why it ended"),
        max_length=300,
        blank=True,
        editable=False,
        help_text=_("Readers see this in the history."),
    )
    created_at = models.DateTimeField(_("begun"), default=moment, editable=False)
    evidence = models.ManyToManyField(
        "claims.Evidence",
        through="claims.VerdictEvidence",
        related_name="verdicts",
        verbose_name=_("rests on"),
    )

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["claim", "-number"]
        permissions = [
            ("propose_verdict", _("Can propose a verdict")),
            ("approve_verdict", _("Can approve a verdict, send it back or take it back")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "number"],
                name="claims_verdict_number_once",
                violation_error_message=_(
                    "Somebody began a verdict on this claim just now. Load the page again."
                ),
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=models.Q(publication_state="published"),
                name="claims_verdict_one_live_on_a_claim",
                violation_error_message=_("Another verdict on this claim is public already."),
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=models.Q(publication_state__in=["draft", "proposed"]),
                name="claims_verdict_one_in_the_making",
                violation_error_message=_(
                    "A verdict on this claim is in the making already. Go on with that one."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")),
                name="claims_verdict_second_person_approves",
                violation_error_message=_("Somebody other than the proposer must approve a verdict."),
            ),
            models.CheckConstraint(
                condition=~models.Q(publication_state__in=["published", "superseded", "retracted"])
                | models.Q(approved_by__isnull=False, published_at__isnull=False, proposed_at__isnull=False),
                name="claims_verdict_public_only_when_approved",
                violation_error_message=_("A public verdict names its approver and its day of publication."),
            ),
            models.CheckConstraint(
                condition=models.Q(publication_state="draft") | models.Q(proposed_at__isnull=False),
                name="claims_verdict_proposed_at_a_time",
                violation_error_message=_("A proposed verdict has the time of its proposal."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    publication_state__in=[
                        "draft",
                        "proposed",
                        "returned",
                        "published",
                        "superseded",
                        "retracted",
                    ]
                ),
                name="claims_verdict_publication_is_known",
                violation_error_message=_("This is no step of publishing a verdict."),
            ),
            models.CheckConstraint(
                condition=~models.Q(finding=""),
                name="claims_verdict_has_a_finding",
                violation_error_message=_("Write the finding in one sentence."),
            ),
            models.CheckConstraint(
                condition=models.Q(clash_words="", clash_against="", clash_version__isnull=True)
                | (
                    ~models.Q(clash_words="")
                    & ~models.Q(clash_against="")
                    & models.Q(clash_version__isnull=False)
                ),
                name="claims_verdict_clash_is_whole",
                violation_error_message=_(
                    "A clash needs both phrases and the version in which the second stands."
                ),
            ),
        ]
        indexes = [
            # Front page and feed: newest published verdicts.
            models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(publication_state="published"),
                name="claims_verdict_newest",
            ),
            # The desk's queue of proposals.
            models.Index(
                fields=["proposed_at"],
                condition=models.Q(publication_state="proposed"),
                name="claims_verdict_waiting",
            ),
            # How many published verdicts each rating has: front page and page of the scale.
            models.Index(
                fields=["rating"],
                condition=models.Q(publication_state="published"),
                name="claims_verdict_by_rating",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating}: {self.finding}"


class VerdictEvidence(models.Model):
    """A verdict rests on a piece of evidence. Set while the verdict is a draft, frozen with it."""

    verdict = models.ForeignKey(
        Verdict, on_delete=models.PROTECT, related_name="rests_on", verbose_name=_("verdict")
    )
    evidence = models.ForeignKey(
        "claims.Evidence", on_delete=models.PROTECT, related_name="carries", verbose_name=_("evidence")
    )

    class RestsOnQuerySet(models.QuerySet):
        def get_by_natural_key(self, verdict_uid: str, evidence_uid: str):
            return self.get(verdict__uid=verdict_uid, evidence__uid=evidence_uid)

    objects = RestsOnQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a verdict")
        verbose_name_plural = _("evidence of verdicts")
        constraints = [
            models.UniqueConstraint(fields=["verdict", "evidence"], name="claims_verdictevidence_once"),
        ]

    def __str__(self) -> str:
        return str(self.evidence)

    def natural_key(self) -> tuple[str, str]:
        return (str(self.verdict.uid), str(self.evidence.uid))


class Approval(UidModel):
    """One person's word on a proposed verdict."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back")

    verdict = models.ForeignKey(
        Verdict, on_delete=models.PROTECT, related_name="approvals", verbose_name=_("verdict")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"), default=moment)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "user"],
                name="claims_approval_once_a_person",
                violation_error_message=_("This person has decided on the verdict already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_decision_display()}"
