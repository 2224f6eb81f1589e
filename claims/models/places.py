"""Where a claim was printed: the appearance in an article, and its placement in one version of the words."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from newsroom.core.identity import UidModel
from newsroom.core.moments import moment

from ..querysets import AppearanceQuerySet, PlacementQuerySet


class Appearance(UidModel):
    """“This claim was printed in this article.” It never moves; its placements say where it stands."""

    class Role(models.TextChoices):
        ASSERTS = "asserts", _("Asserts it")
        ATTRIBUTES = "attributes", _("Attributes it to somebody")
        QUOTES = "quotes", _("Quotes it")
        QUESTIONS = "questions", _("Questions it")
        DENIES = "denies", _("Denies it")
        TEASER = "teaser", _("Repeats it in a line to another article")

    class Match(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        SAME = "same", _("The same claim")
        DIFFERENT = "different", _("A different claim")
        UNSURE = "unsure", _("Unsure")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="+", verbose_name=_("article")
    )
    claim = models.ForeignKey(
        "claims.Claim", on_delete=models.PROTECT, related_name="appearances", verbose_name=_("claim")
    )
    role = models.CharField(
        _("what the article does"),
        max_length=10,
        choices=Role,
        default=Role.ASSERTS,
        help_text=_("A denial of a false claim is never marked false."),
    )
    match = models.CharField(
        _("match"),
        max_length=9,
        choices=Match,
        default=Match.SUGGESTED,
        help_text=_("Readers see the verdict here only where an editor says that it is the same claim."),
    )
    flagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("flagged by"),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    exempt = models.BooleanField(
        _("exempt"), default=False, help_text=_("The verdict is not shown in this place.")
    )
    exempt_reason = models.CharField(_("why exempt"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("flagged"), default=moment, editable=False)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(exempt=False) | ~models.Q(exempt_reason=""),
                name="claims_appearance_exempt_for_a_reason",
                violation_error_message=_("Say why the verdict is not shown here."),
            ),
        ]
        indexes = [
            # Every claim in one article: the reading page's marks.
            models.Index(fields=["article", "claim"], name="claims_appearance_in_article"),
            # The desk's queue of suggested places.
            models.Index(
                fields=["claim"],
                condition=models.Q(match="suggested"),
                name="claims_appearance_suggested",
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(claim)s, in %(article)s") % {"claim": self.claim, "article": self.article})


class Placement(UidModel):
    """Where an appearance stands in one version: `[start, end)` in code points of one field.

    A placement whose words changed or went has no span and points at the last good one.
    """

    class Field(models.TextChoices):
        HEADLINE = "headline", _("Headline")
        STANDFIRST = "standfirst", _("Standfirst")
        BODY = "body", _("Text")

    class Anchor(models.TextChoices):
        ANCHORED = "anchored", _("Stands as checked")
        CONTEXT_CHANGED = "context-changed", _("Words stand, surroundings changed")
        TEXT_CHANGED = "text-changed", _("Words changed")
        LOST = "lost", _("Words gone")
        DETACHED = "detached", _("Taken off by an editor")

    appearance = models.ForeignKey(
        Appearance, on_delete=models.PROTECT, related_name="placements", verbose_name=_("appearance")
    )
    version = models.ForeignKey(
        "articles.ArticleVersion", on_delete=models.PROTECT, related_name="+", verbose_name=_("version")
    )
    field = models.CharField(_("stands in"), max_length=10, choices=Field)
    start = models.PositiveIntegerField(_("from"), null=True, blank=True)
    end = models.PositiveIntegerField(_("to"), null=True, blank=True)
    exact = models.TextField(_("the words"), blank=True)
    prefix = models.CharField(_("words before"), max_length=64, blank=True)
    suffix = models.CharField(_("words after"), max_length=64, blank=True)
    anchor = models.CharField(_("anchor"), max_length=15, choices=Anchor, default=Anchor.ANCHORED)
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("carried from"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    why = models.CharField(_("why"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("placed"), default=moment, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["version", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["appearance", "version"],
                condition=models.Q(ended_at__isnull=True),
                name="claims_placement_one_in_a_version",
                violation_error_message=_("This appearance has a place in that version already."),
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(
                        anchor__in=["anchored", "context-changed"], start__isnull=False, end__isnull=False
                    )
                    & models.Q(end__gt=models.F("start"))
                )
                | (
                    models.Q(anchor__in=["text-changed", "lost"], start__isnull=True, end__isnull=True)
                    & models.Q(carried_from__isnull=False)
                )
                | models.Q(anchor="detached"),
                name="claims_placement_span_fits_anchor",
                violation_error_message=_("A passage ends after it starts; changed words have no passage."),
            ),
            models.CheckConstraint(
                condition=(models.Q(start__isnull=True) & models.Q(end__isnull=True))
                | (
                    models.Q(start__isnull=False)
                    & models.Q(end__isnull=False)
                    & Exact(Length("exact"), models.F("end") - models.F("start"))
                ),
                name="claims_placement_words_are_as_long_as_span",
                violation_error_message=_("The words are not as long as the passage."),
            ),
        ]
        indexes = [
            # The reading page reads the placements of the version it shows, nothing else.
            models.Index(
                fields=["version"],
                condition=models.Q(ended_at__isnull=True),
                name="claims_placement_of_version",
            ),
            # The desk's queue of places whose words or surroundings changed.
            models.Index(
                fields=["anchor", "version"],
                condition=models.Q(ended_at__isnull=True),
                name="claims_placement_by_anchor",
            ),
        ]

    def __str__(self) -> str:
        return self.exact or str(self.get_anchor_display())
