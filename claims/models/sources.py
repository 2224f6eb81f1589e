"""Who says things: people, organisations, papers, documents, and sources that were not named."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.core.identity import NumberedModel, number_in_range

from ..querysets import SourceQuerySet


class Source(NumberedModel):
    """Whoever made a claim or gave evidence. A confidential identity has no place here."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")
        GOVERNMENT = "government", _("Government body")
        AGENCY = "agency", _("News agency")
        OUTLET = "outlet", _("Paper or site")
        DOCUMENT = "document", _("Document")
        DATASET = "dataset", _("Dataset")
        ANONYMOUS = "anonymous", _("Source not named")

    name = models.CharField(
        _("name"),
        max_length=200,
        help_text=_("Readers see this, so for an unnamed source write “a military source”."),
    )
    slug = models.SlugField(_("words in the address"), max_length=90, allow_unicode=True, default="source")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    outlet = models.ForeignKey(
        "articles.Outlet",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("is this outlet"),
        help_text=_("Where the source is a paper whose articles are in the archive."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relays",
        verbose_name=_("speaks through"),
        help_text=_(
            "Who relays this source: a spokesman's ministry, the paper that quotes a source in the area."
        ),
    )
    aliases = models.CharField(
        _("other names"),
        max_length=400,
        blank=True,
        help_text=_("Split by semicolons, such as CJTF-OIR; the Coalition."),
    )
    interests = models.TextField(
        _("interests"), blank=True, help_text=_("What the source stands to gain. Readers see this.")
    )
    why_anonymous = models.CharField(
        _("why not named"),
        max_length=300,
        blank=True,
        help_text=_("The reason given in print. Readers see this. Never the identity itself."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            number_in_range("claims_source_number_has_ten_digits"),
            models.CheckConstraint(
                condition=~models.Q(kind="anonymous") | ~models.Q(why_anonymous=""),
                name="claims_source_anonymous_for_a_reason",
                violation_error_message=_("Say why the source is not named, as far as it was printed."),
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="claims_source_does_not_relay_itself",
                violation_error_message=_("A source does not speak through itself."),
            ),
        ]
        indexes = [
            # The list of sources in the admin, and its search by first letters.
            models.Index(fields=["name"], name="claims_source_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("claims:source", kwargs={"number": self.number, "slug": self.slug})
