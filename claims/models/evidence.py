"""What speaks for and against a claim."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.core.identity import UidModel
from newsroom.core.moments import moment


def capture_path(evidence: "Evidence", filename: str) -> str:
    """Captured copies are kept apart from what the site serves."""
    return f"captures/{evidence.uid}"


class Evidence(UidModel):
    """One piece of evidence. Frozen once a proposed verdict rests on it."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("Supports the claim")
        REFUTES = "refutes", _("Speaks against the claim")
        CONTEXT = "context", _("Gives context")

    class Level(models.TextChoices):
        PRIMARY = "primary", _("Primary")
        SECONDARY = "secondary", _("Secondary")

    claim = models.ForeignKey(
        "claims.Claim", on_delete=models.PROTECT, related_name="evidence", verbose_name=_("claim")
    )
    source = models.ForeignKey(
        "claims.Source", on_delete=models.PROTECT, related_name="evidence", verbose_name=_("source")
    )
    stance = models.CharField(_("stance"), max_length=8, choices=Stance)
    level = models.CharField(
        _("level"),
        max_length=9,
        choices=Level,
        help_text=_("Primary: a record, a witness, the speaker's own words."),
    )
    level_reason = models.CharField(
        _("why secondary"),
        max_length=200,
        blank=True,
        help_text=_("Such as “quotes the coalition's spokesman”."),
    )
    title = models.CharField(_("title"), max_length=300, help_text=_("Such as “Rudaw, 7 April 2020”."))
    quote = models.TextField(
        _("quote"), blank=True, help_text=_("Word for word. Readers see it in quotation marks.")
    )
    summary = models.CharField(_("what it shows"), max_length=500, blank=True)
    locator = models.CharField(
        _("where in it"), max_length=120, blank=True, help_text=_("Page, paragraph or minute.")
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    version = models.ForeignKey(
        "articles.ArticleVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version in this archive"),
        help_text=_("Where the archive's own words are the evidence."),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    accessed_on = models.DateField(_("read on"), null=True, blank=True)
    event_on = models.DateField(
        _("dates an event of"),
        null=True,
        blank=True,
        help_text=_("Two and more dated events draw a strip of days."),
    )
    event = models.CharField(_("the event"), max_length=120, blank=True, help_text=_("Such as al-Qaim."))
    captured = models.FileField(_("kept copy"), upload_to=capture_path, blank=True)
    captured_sha256 = models.CharField(
        _("SHA-256 of the kept copy"), max_length=64, blank=True, editable=False
    )
    origin = models.CharField(
        _("origin"),
        max_length=120,
        blank=True,
        help_text=_("Whose report it goes back to. Copies of one wire story count once."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    created_at = models.DateTimeField(_("added"), default=moment, editable=False)

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(level="secondary") | ~models.Q(level_reason=""),
                name="claims_evidence_secondary_for_a_reason",
                violation_error_message=_("Say why this is secondary evidence."),
            ),
            models.CheckConstraint(
                condition=~models.Q(url="") | models.Q(version__isnull=False) | ~models.Q(locator=""),
                name="claims_evidence_can_be_found",
                violation_error_message=_("Give an address, a version in this archive, or where to find it."),
            ),
            models.CheckConstraint(
                condition=models.Q(event_on__isnull=True, event="")
                | (models.Q(event_on__isnull=False) & ~models.Q(event="")),
                name="claims_evidence_event_and_date_agree",
                violation_error_message=_("Give the event and its date, or neither."),
            ),
        ]
        indexes = [
            # The claim page: everything found on one claim, in order.
            models.Index(fields=["claim", "order"], name="claims_evidence_of_claim"),
        ]

    def __str__(self) -> str:
        return self.title
