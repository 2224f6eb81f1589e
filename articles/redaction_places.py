"""The places of a removal as the desk reads them: of what, where in it, the words among their neighbours."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from .models import ArticleVersion, Redaction, RedactionPlace
from .passages import AROUND
from .sweeping import can_go

SHOWN = 60  # characters of what a row is called


@dataclass
class PlaceShown:
    """One place with its row, which is None where it is gone."""

    place: RedactionPlace
    row: models.Model | None

    @cached_property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.place.table)

    @property
    def column(self) -> models.Field:
        return self.model._meta.get_field(self.place.column)

    @property
    def removable(self) -> bool:
        return can_go(self.model, self.column)

    @property
    def what(self) -> str:
        """Such as “Version 2 of Coalition hands over base: headline”."""
        return f"{self.called}: {self.column.verbose_name}"

    @property
    def called(self) -> str:
        kind = capfirst(self.model._meta.verbose_name)
        if self.row is None:
            return kind
        if isinstance(self.row, ArticleVersion):
            of = {"number": self.row.number, "article": Truncator(self.row.article).chars(SHOWN)}
            return _("Version %(number)d of %(article)s") % of
        return f"{kind} “{Truncator(self.row).chars(SHOWN)}”"

    @property
    def parts(self) -> tuple[str, str, str]:
        """The words before, the words, the words behind; the whole column where the place has no span."""
        if self.row is None:
            return "", "", ""
        if self.place.start is None:
            return "", self.whole(), ""
        text = self.text
        before = text[: self.place.start].rsplit("\n\n", 1)[-1]
        after = text[self.place.end :].split("\n\n", 1)[0]
        return (
            before if len(before) <= AROUND else f"…{before[-AROUND:]}",
            Truncator(text[self.place.start : self.place.end]).chars(400),
            after if len(after) <= AROUND else f"{after[:AROUND]}…",
        )

    @property
    def text(self) -> str:
        body = isinstance(self.row, ArticleVersion) and self.place.column == "body"
        return self.row.body_text if body else str(getattr(self.row, self.column.attname))

    def whole(self) -> str:
        if isinstance(self.row, ArticleVersion):
            return _("an address, a name or the description of a picture in the text")
        if isinstance(self.column, models.FileField):
            return _("the kept copy, whole")
        return Truncator(self.text).chars(120)

    @property
    def label(self) -> str:
        """The place in one line, to be ticked."""
        before, words, after = self.parts
        return format_html("<span>{}. <bdi>{}<b>{}</b>{}</bdi></span>", self.what, before, words, after)


@dataclass(frozen=True)
class PlacesShown:
    """The places of one removal: a query for each table that has any."""

    redaction: Redaction
    chosen: list[PlaceShown]
    found: list[PlaceShown]
    stuck: list[PlaceShown]

    @property
    def going(self) -> list[PlaceShown]:
        return [shown for shown in (*self.chosen, *self.found) if shown.place.removed]

    @property
    def staying(self) -> list[PlaceShown]:
        return [shown for shown in (*self.found, *self.stuck) if not shown.place.removed]


def places_of(redaction: Redaction) -> PlacesShown:
    """Every place: chosen by hand, found and removable, found where nothing can be written."""
    shown = with_rows(redaction.places.order_by("-chosen", "table", "pk"))
    return PlacesShown(
        redaction,
        chosen=[one for one in shown if one.place.chosen],
        found=[one for one in shown if not one.place.chosen and one.removable],
        stuck=[one for one in shown if not one.place.chosen and not one.removable],
    )


def with_rows(places: Iterable[RedactionPlace]) -> list[PlaceShown]:
    keys: dict[str, set] = defaultdict(set)
    places = list(places)
    for place in places:
        keys[place.table].add(str(place.row_uid or place.row_key))
    rows = {table: rows_of(table, wanted) for table, wanted in keys.items()}
    return [PlaceShown(place, rows[place.table].get(str(place.row_uid or place.row_key))) for place in places]


def rows_of(table: str, keys: set[str]) -> dict[str, models.Model]:
    model = apps.get_model(table)
    by_uid = any(field.name == "uid" for field in model._meta.local_concrete_fields)
    rows = model._base_manager.filter(**{f"{'uid' if by_uid else 'pk'}__in": keys})
    # What a row is called may be what it belongs to.
    related = [field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return {str(row.uid if by_uid else row.pk): row for row in rows.select_related(*related)}
