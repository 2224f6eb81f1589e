"""The index as tables of its own: one narrow row per object and face, and what waits to be indexed.

Beside them stand what Django does not know of (search/words_*.py): FTS5's index on SQLite, a column of lexemes with
its GIN index on PostgreSQL. Nothing here is the only copy of anything.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchRow(models.Model):
    """The words of an object on a face, analysed. See rows.py for how a field is written."""

    # An AutoField, though it is always given: SQLite then keeps the rows by it, and needs no index beside them.
    place = models.BigAutoField(_("place"), primary_key=True, help_text=_("See search/places.py."))
    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.BigIntegerField(_("object"))
    face = models.CharField(_("face"), max_length=7)
    cut = models.BooleanField(_("only its beginning is indexed"), default=False)
    headline = models.TextField(_("headline"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    signed = models.TextField(_("signed by"), blank=True)
    source = models.TextField(_("source"), blank=True)
    tag = models.TextField(_("tags"), blank=True)
    outlet = models.TextField(_("outlet"), blank=True)
    # Last: a row of SQLite is read from its beginning, and most searches do not need it.
    body = models.TextField(_("body"), blank=True)

    class Meta:
        app_label = "core"
        verbose_name = _("search row")
        verbose_name_plural = _("search rows")
        default_permissions = ()
        constraints = [
            # Also finds the rows of an object that is indexed anew.
            models.UniqueConstraint(fields=["kind", "object_id", "face"], name="core_searchrow_once_a_face"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} ({self.face})"


class SearchPending(models.Model):
    """An object to be indexed anew. Written by triggers alone (triggers.py), and only ever added to: two people who
    write about one object never wait for each other here."""

    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.BigIntegerField(_("object"))
    hides = models.BooleanField(_("hidden from readers until then"))

    class Meta:
        app_label = "core"
        verbose_name = _("object to be indexed")
        verbose_name_plural = _("objects to be indexed")
        default_permissions = ()
        indexes = [
            # Asked of every hit: is it to be shown?
            models.Index(fields=["kind", "object_id"], name="core_searchpending_of_object"),
            # What is to be indexed next: first what is hidden until then.
            models.Index(fields=["-hides", "id"], name="core_searchpending_next"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
