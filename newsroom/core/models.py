"""The ground's own tables: people who sign in, and the ledger of what they did."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from .moments import moment


class User(AbstractUser):
    """A person of the newsroom. People are deactivated, never deleted: what they did keeps their name."""

    uid = models.UUIDField(_("uid"), default=uuid.uuid4, unique=True, editable=False)
    display_name = models.CharField(
        _("name readers see"),
        max_length=120,
        blank=True,
        help_text=_("Stands under the verdicts this person proposed or approved, such as “S. Haider”."),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name_for_readers

    @property
    def name_for_readers(self) -> str:
        return self.display_name or self.get_full_name() or self.username


class LedgerQuerySet(models.QuerySet):
    """Entries of the ledger, newest last."""

    def about(self, obj: models.Model) -> "LedgerQuerySet":
        """What was recorded of the object, by its uid."""
        return self.filter(object_uid=obj.uid)

    def get_by_natural_key(self, uid: str):
        return self.get(uid=uid)


class LedgerEntry(models.Model):
    """One act: who did what to which object. Written by core.ledger.record() alone; rows outlive actor and object,
    so neither is a foreign key."""

    uid = models.UUIDField(_("uid"), default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("at"), default=moment)
    actor_uid = models.UUIDField(_("actor's uid"), null=True, blank=True)
    actor = models.CharField(_("actor"), max_length=150)
    verb = models.CharField(_("act"), max_length=60)
    object_kind = models.CharField(_("kind of object"), max_length=60)
    object_uid = models.UUIDField(_("object's uid"))
    payload = models.TextField(
        _("what was recorded"), help_text=_("Canonical JSON of hashes and uids, never article text.")
    )
    hash = models.CharField(_("SHA-256 of the entry"), max_length=64)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length("hash"), 64),
                name="core_ledgerentry_hash_is_sha256",
                violation_error_message=_("The hash is 64 hexadecimal digits."),
            ),
        ]
        indexes = [
            # The history of one object in the admin.
            models.Index(fields=["object_uid", "id"], name="core_ledger_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.verb} {self.object_kind}"


from .search.models import SearchPending, SearchRow  # noqa: E402, F401  tables of the search
