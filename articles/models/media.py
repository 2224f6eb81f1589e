"""Pictures, served from our own address."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from newsroom.core.identity import UidModel

from ..images import image_type


def media_path(media: "Media", filename: str) -> str:
    """Files are kept under their uid: the name somebody gave on upload says nothing here."""
    return f"{media.uid}.{media.extension or 'bin'}"


class Media(UidModel):
    """A picture with the words that stand for it."""

    class Rights(models.TextChoices):
        FULL = "full", _("May be shown")
        NONE = "none", _("Kept, not shown")

    file = models.FileField(
        _("file"), upload_to=media_path, help_text=_("JPEG, PNG, GIF or WebP, at most 10 MB.")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    extension = models.CharField(_("type"), max_length=4, editable=False)
    alt = models.CharField(
        _("what it shows"),
        max_length=500,
        help_text=_("Read aloud to people who cannot see the picture. Required."),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    rights = models.CharField(_("rights"), max_length=8, choices=Rights, default=Rights.FULL)
    released = models.BooleanField(
        _("released"),
        default=False,
        help_text=_(
            "Until you tick this, nobody outside the desk can open the picture, even with its address."
        ),
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 64),
                name="articles_media_sha256_is_whole",
                violation_error_message=_("The file's SHA-256 is missing."),
            ),
            models.CheckConstraint(
                condition=~models.Q(alt=""),
                name="articles_media_has_alt",
                violation_error_message=_("Say what the picture shows."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt[:80]

    def clean(self) -> None:
        super().clean()
        if self.file and not self.file._committed:
            self.read_file()

    def read_file(self) -> None:
        """Take type and hash from the file's own bytes. Raise ValidationError for anything but a picture."""
        data = self.file.read()
        self.file.seek(0)
        self.extension = image_type(data)
        if not self.extension:
            raise ValidationError(
                {"file": _("This is no JPEG, PNG, GIF or WebP picture. Convert it and try again.")}
            )
        if len(data) > 10 * 1024 * 1024:
            raise ValidationError({"file": _("The picture is over 10 MB. Make it smaller and try again.")})
        self.sha256 = hashlib.sha256(data).hexdigest()
