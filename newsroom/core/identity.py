"""Who a row is to the outside: a uid that travels with it, and ten digits for its address."""

import hashlib
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST_NUMBER = 1_000_000_000
LAST_NUMBER = 9_999_999_999
_SPAN = LAST_NUMBER - FIRST_NUMBER + 1


def number_of(uid: uuid.UUID) -> int:
    """The ten-digit number that the uid itself gives, before any clash is stepped over."""
    digest = hashlib.sha256(uid.bytes).digest()
    return FIRST_NUMBER + int.from_bytes(digest[:8]) % _SPAN


def next_number(number: int) -> int:
    """The number after this one, beginning anew after the last."""
    return FIRST_NUMBER + (number - FIRST_NUMBER + 1) % _SPAN


class UidQuerySet(models.QuerySet):
    """Rows that fixtures name by their uid."""

    def get_by_natural_key(self, uid: str):
        return self.get(uid=uid)


class UidModel(models.Model):
    """A row with a uid: its natural key in fixtures, its id in feeds and exports. Given once, never edited."""

    uid = models.UUIDField(_("uid"), default=uuid.uuid4, unique=True, editable=False)

    objects = UidQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)


class NumberedModel(UidModel):
    """A row with an address of its own: the number is derived from the uid, next free on a clash."""

    number = models.BigIntegerField(
        _("number"),
        unique=True,
        editable=False,
        help_text=_("Ten digits that readers see in the address. They count nothing."),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.number is None:
            self.number = self.free_number()
        super().save(*args, **kwargs)

    def free_number(self) -> int:
        """The uid's own number, or the next that no row of this kind holds."""
        number = number_of(self.uid)
        while type(self)._base_manager.filter(number=number).exclude(uid=self.uid).exists():
            number = next_number(number)
        return number


def number_in_range(name: str) -> models.CheckConstraint:
    """The constraint that a number has ten digits, under the given name."""
    return models.CheckConstraint(
        condition=models.Q(number__gte=FIRST_NUMBER, number__lte=LAST_NUMBER),
        name=name,
        violation_error_message=_("The number has ten digits."),
    )
