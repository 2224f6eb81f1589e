"""Who printed it and who wrote it: outlets, their sections, contributors."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.core.identity import UidModel


class Outlet(UidModel):
    """A paper, agency or site that published."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("short name for addresses"), max_length=80, unique=True, allow_unicode=True)
    site = models.URLField(_("site"), blank=True, help_text=_("Where readers find the outlet itself."))
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Two letters, such as PK.")
    )
    language = models.CharField(_("language"), max_length=35, default="en", help_text=_("Such as en or ur."))
    is_ours = models.BooleanField(
        _("ours"),
        default=False,
        help_text=_("Verdicts on our own words lead to corrections, and our authors may not judge them."),
    )

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Section(UidModel):
    """A part of the paper, such as World or Opinion."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("short name for addresses"), max_length=80, unique=True, allow_unicode=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Contributor(UidModel):
    """A person or desk that signs articles; may be one of the people who sign in here."""

    name = models.CharField(_("name"), max_length=120)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributor",
        verbose_name=_("signs in as"),
        help_text=_("Whoever signed an article may not judge the claims in it."),
    )

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
