"""Which verdict asked for which correction."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.core.identity import UidModel


class VerdictCorrection(UidModel):
    """A verdict on words of our own outlet, and the correction that was drafted of it: one for each article."""

    verdict = models.ForeignKey(
        "claims.Verdict", on_delete=models.PROTECT, related_name="corrections", verbose_name=_("verdict")
    )
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="+", verbose_name=_("article")
    )
    correction = models.OneToOneField(
        "articles.Correction",
        on_delete=models.PROTECT,
        related_name="asked_by_verdict",
        verbose_name=_("correction"),
    )

    class Meta:
        verbose_name = _("correction of a verdict")
        verbose_name_plural = _("corrections of verdicts")
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "article"],
                name="claims_verdictcorrection_once",
                violation_error_message=_("A correction is drafted once for a verdict and an article."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.correction)
