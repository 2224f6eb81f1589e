"""Who has an article open at the desk, for the moment: rows come and go, and are part of no archive."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.core.moments import moment

from .article import Article


class Presence(models.Model):
    """One person on one page of one article, until a time that whoever asks compares. articles.presence writes it."""

    class Page(models.TextChoices):
        EDIT = "edit", _("Editing")
        FLAG = "flag", _("Read and flag")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, verbose_name=_("article"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    page = models.CharField(_("page"), max_length=4, choices=Page)
    writing = models.BooleanField(_("has changed something that is not saved"), default=False)
    since = models.DateTimeField(_("since"), default=moment)
    until = models.DateTimeField(_("counts until"))

    class Meta:
        default_permissions = ()  # no page of its own: whoever may open the article is told
        verbose_name = _("open article")
        verbose_name_plural = _("open articles")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user", "page"],
                name="articles_presence_once",
                violation_error_message=_("A person has a page open once."),
            ),
        ]
        indexes = [models.Index(fields=["until"], name="articles_presence_until")]

    def __str__(self) -> str:
        return f"{self.user}: {self.article}"
