"""Where words stand anywhere in the database: every column of every table that can hold text, and the files it names.

It reads all of it, row by row. That is slow, and meant to be: it is asked once for a removal, and once before it.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from newsroom.core import guards
from newsroom.core.guards_compile import fields_of

from .canonical import stored_blocks
from .models import Article, ArticleVersion, RedactionPlace
from .phrases import Hit, Phrases
from .removed_words import pieces

ROWS_AT_ONCE = 200
VERSION = ArticleVersion._meta.label_lower
# Derived from what is swept, or holding nobody's words: the search, sessions (which end), what Django keeps of itself.
NOT_SWEPT = {
    "core.searchrow",
    "core.searchpending",
    "sessions.session",
    "articles.redactionplace",
    "articles.redactedversion",
    "contenttypes.contenttype",
    "auth.permission",
}
# Columns that follow the version whose words they repeat, or another column of the row, and are written with it.
FOLLOWS: dict[str, set[str]] = {
    "articles.article": {"headline"},
    "articles.articleversion": {"body"},
    "articles.correction": {"was_exact", "now_exact"},
    "articles.report": {"exact"},
    "articles.tag": {"key"},
}
ADDRESSES = (models.SlugField, models.URLField)
DIGESTS = ("sha256", "hash", "password")
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def follows(table: str, *columns: str) -> None:
    """Columns of another app that `signals.words_removed` brings in line with their version."""
    FOLLOWS[table] = FOLLOWS.get(table, set()) | set(columns)


@dataclass(frozen=True)
class Place:
    """One place where the words stand. Without a span it is the whole column, as far as the words stand there."""

    table: str
    row: str
    column: str
    start: int | None = None
    end: int | None = None
    removable: bool = field(default=True, compare=False)
    usual: bool = field(default=False, compare=False)
    measured: str = field(default="", compare=False)


def sweep(phrases: Phrases, article: Article) -> Iterator[Place]:
    """Every place where the words stand. `usual` are those of the article itself, and lines of the desk's logs."""
    own = Own(article)
    for model in tables():
        columns = text_columns(model)
        if columns:
            for row in model._base_manager.order_by("pk").iterator(chunk_size=ROWS_AT_ONCE):
                for column in columns:
                    yield from places_in(row, column, phrases, own)


def tables() -> Iterator[type[models.Model]]:
    """Every table of the database that may hold somebody's words, in an order that stays."""
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.label):
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in NOT_SWEPT:
            yield model


def text_columns(model: type[models.Model]) -> list[models.Field]:
    """The columns of the table in which words may stand by themselves."""
    left_out = FOLLOWS.get(model._meta.label_lower, ())
    return [
        column
        for column in model._meta.local_concrete_fields
        if isinstance(column, TEXTS)
        and not column.choices
        and column.name not in left_out
        # Digests hold every short word and nobody's.
        and not column.name.endswith(DIGESTS)
    ]


class Own:
    """Whether a row belongs to the article."""

    def __init__(self, article: Article):
        self.article = article.pk
        self.versions = set(article.versions.values_list("pk", flat=True))

    def holds(self, row: models.Model) -> bool:
        label = row._meta.label_lower
        if label == "articles.article":
            return row.pk == self.article
        if label == "admin.logentry":
            return True
        if label == "articles.reportreader":
            return row.report.article_id == self.article
        keys = [key for key in row._meta.concrete_fields if isinstance(key, models.ForeignKey)]
        return any(
            (key.related_model is Article and getattr(row, key.attname) == self.article)
            or (key.related_model is ArticleVersion and getattr(row, key.attname) in self.versions)
            for key in keys
        )


def places_in(row: models.Model, column: models.Field, phrases: Phrases, own: Own) -> Iterator[Place]:
    """The places in one column of one row."""
    found = spans_in(row, column, phrases)
    if not found:
        return
    name = "body" if (row._meta.label_lower, column.name) == (VERSION, "body_text") else column.name
    known = {
        "table": row._meta.label_lower,
        "row": key_of(row),
        "column": name,
        "removable": can_go(type(row), column),
        "measured": measured(row, name),
    }
    mine = own.holds(row) and known["removable"]
    for start, end, whole in found:
        # Where nothing can be written (the ledger), a part of a longer word tells nobody anything.
        if whole or known["removable"]:
            yield Place(**known, start=start, end=end, usual=mine and whole)


def spans_in(row: models.Model, column: models.Field, phrases: Phrases) -> list[tuple]:
    """`(start, end, whole word)` for each place; without a span for what is no plain text."""
    value = getattr(row, column.attname)
    if not value:
        return []
    if isinstance(column, models.FileField):
        return [(None, None, True)] if phrases.stand_in(file_text(value)) else []
    if isinstance(column, models.JSONField):
        return [(None, None, True)] if phrases.stand_in(json.dumps(value, ensure_ascii=False)) else []
    if isinstance(column, models.BinaryField):
        return [(None, None, True)] if phrases.stand_in(bytes(value).decode(errors="replace")) else []
    if isinstance(column, ADDRESSES):
        hits = phrases.address_hits(value)
        return [(None, None, all(hit.whole for hit in hits))] if hits else []
    hits = phrases.hits(value)
    if isinstance(row, ArticleVersion) and column.name == "body_text":
        return body_spans(row, phrases, hits)
    return [(hit.start, hit.end, hit.whole) for hit in hits]


def body_spans(version: ArticleVersion, phrases: Phrases, hits: list[Hit]) -> list[tuple]:
    """The places in the text, each in one block; and whether the words stand in what the blocks carry beside it."""
    found = [
        (start, end, hit.whole) for hit in hits for start, end in pieces(version.body, hit.start, hit.end)
    ]
    beside = any(phrases.address_hits(words) for words in beside_the_text(version.body))
    return [*found, *([(None, None, True)] if beside else [])]


def beside_the_text(body: Any) -> Iterator[str]:
    """Addresses, alternative texts, names: every string of the blocks but their texts."""
    for block in stored_blocks(body):
        yield from (value for value in block.attrs.values() if isinstance(value, str))
        for span in block.spans:
            yield from (value for value in span.values() if isinstance(value, str))


def file_text(value: Any) -> str:
    """What a kept file says, as far as its bytes are plain text; nothing where it cannot be opened."""
    try:
        with value.open("rb") as file:
            return file.read().decode(errors="replace")
    except (OSError, ValueError):
        return ""


def key_of(row: models.Model) -> str:
    """What names a row in a place: its uid, or its key where it has none."""
    return str(getattr(row, "uid", None) or row.pk)


def measured(row: models.Model, column: str) -> str:
    """SHA-256 of the column's value: while it is the same, offsets measured on it hold."""
    if isinstance(row, ArticleVersion) and column == "body":
        return row.content_sha256
    value = getattr(row, row._meta.get_field(column).attname)
    return hashlib.sha256(str(value).encode("utf-8", "surrogatepass")).hexdigest()


def can_go(model: type[models.Model], column: models.Field) -> bool:
    """Whether a removal may write the column: the guards do not freeze it, or open it for one."""
    if isinstance(column, models.FileField):
        return sha_column(model, column) is not None and changes(model, column)
    if isinstance(column, models.JSONField | models.BinaryField):
        return model is ArticleVersion
    return changes(model, column)


def changes(model: type[models.Model], column: models.Field) -> bool:
    guard = next((one for one in guards.registered() if one.model_class() is model), None)
    if guard is None or (guard.opened and column.name in guard.opened.fields):
        return True
    return not any(column in fields_of(model, freeze.fields) for freeze in guard.freezes())


def sha_column(model: type[models.Model], column: models.Field) -> models.Field | None:
    """The column beside a file that holds the hash of its bytes."""
    names = {one.name: one for one in model._meta.local_concrete_fields}
    return names.get(f"{column.name}_sha256")


def row_of(place: RedactionPlace | Place, *, lock: bool = False) -> models.Model | None:
    """The row that a place names, or None where it is gone."""
    model = apps.get_model(place.table)
    rows = model._base_manager.select_for_update(of=("self",)) if lock else model._base_manager.all()
    key = str(place.row_uid or place.row_key) if isinstance(place, RedactionPlace) else place.row
    named = "uid" if any(one.name == "uid" for one in model._meta.local_concrete_fields) else "pk"
    return rows.filter(**{named: key}).first()
