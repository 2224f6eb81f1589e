"""Taking words out of the rows that a removal names, inside its transaction: versions first, then what quotes them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import gettext as _

from newsroom.core.hygiene import Refusal, fold_key

from .attrs import Fault
from .blocks import BodyError
from .editing import EditingRefused
from .models import ArticleVersion, Correction, RedactedVersion, Redaction, RedactionPlace, Report, Tag
from .passages import field_text
from .phrases import Phrases, slug
from .removed_words import Cuts, RemovalRefused, block_ranges, body_without, cuts_of, is_whole, paragraph
from .signals import words_removed
from .sweeping import ADDRESSES, VERSION, row_of
from .wiping import bytes_of_notice
from .words import Words

SHORT = "[removed]"
LINES = ("headline", "standfirst", "dateline")
OTHERS = ("furniture", "reason", "origin_name")


class ChangedSince(EditingRefused):
    """A row was changed after its places were measured."""

    def __init__(self):
        super().__init__(
            _("Words were changed since this was proposed. Decline it and propose the removal anew.")
        )


def remove(redaction: Redaction, places: Iterable[RedactionPlace], phrases: Phrases, *, by) -> None:
    """Write every row that the places name. What they were measured on was checked."""
    rows: dict[tuple, list[RedactionPlace]] = defaultdict(list)
    for place in places:
        rows[(place.table, place.row_uid, place.row_key)].append(place)
    versions = {key: of_row for key, of_row in rows.items() if key[0] == VERSION}
    for of_row in versions.values():
        remove_from_version(redaction, row_of(of_row[0], lock=True), of_row, phrases, by=by)
    for key, of_row in rows.items():
        if key not in versions:
            remove_from_row(row_of(of_row[0], lock=True), of_row, phrases, redaction.notice)
    end_sessions(phrases)


# Versions


def remove_from_version(
    redaction: Redaction, old: ArticleVersion, places: list[RedactionPlace], phrases: Phrases, *, by
) -> None:
    """The version without the words, its hashes before and since, and whatever quotes it."""
    if old is None:
        raise ChangedSince
    cuts = cuts_of_places(places, redaction.notice)
    columns = words_without(old, cuts, phrases, beside=any(is_beside(place) for place in places))
    columns |= {name: without(getattr(old, name), cuts.get(name), None) for name in OTHERS}
    columns = fitted(ArticleVersion, columns, old)
    ArticleVersion.objects.filter(pk=old.pk).update(**columns)
    new = ArticleVersion.objects.select_related("article").get(pk=old.pk)
    RedactedVersion(
        redaction=redaction,
        version=new,
        was_text_sha256=old.text_sha256,
        was_content_sha256=old.content_sha256,
        now_text_sha256=new.text_sha256,
        now_content_sha256=new.content_sha256,
    ).save(force_insert=True)
    for which in ("was_", "now_"):
        follow(Correction, which, new, cuts)
    follow(Report, "", new, cuts)
    words_removed.send(
        sender=ArticleVersion,
        old=old,
        new=new,
        cuts=cuts,
        notice=redaction.notice,
        redaction=redaction,
        by=by,
    )


def is_beside(place: RedactionPlace) -> bool:
    """Whether it stands for what the blocks carry beside their text."""
    return place.column == "body" and place.start is None


def cuts_of_places(places: Iterable[RedactionPlace], notice: str) -> dict[str, Cuts]:
    """The cuts of each column that has spans. Raise EditingRefused where they lie across each other."""
    ranges: dict[str, list] = defaultdict(list)
    for place in places:
        if place.start is not None:
            ranges[place.column].append((place.start, place.end))
    try:
        return {column: cuts_of(spans, notice) for column, spans in ranges.items()}
    except RemovalRefused as error:
        raise EditingRefused(_("Two of the places lie across each other. Choose them as one.")) from error


def words_without(
    old: ArticleVersion, cuts: dict[str, Cuts], phrases: Phrases, *, beside: bool
) -> dict[str, Any]:
    """The columns of the version's words, cleaned and hashed anew. Raise EditingRefused where they cannot be stored."""
    lines = {name: without(getattr(old, name), cuts.get(name), None) for name in LINES}
    body = body_without(old.body, cuts["body"]) if "body" in cuts else old.body
    if beside:
        notice = next((one.notice for one in cuts.values()), SHORT)
        body = {**body, "blocks": [clean_beside(block, phrases, notice) for block in body["blocks"]]}
    try:
        words = Words.clean(lines["headline"], lines["standfirst"], body, lines["dateline"])
    except (Refusal, BodyError, Fault) as error:
        said = _(
            "Version %(number)d cannot be stored so: %(why)s Remove the whole field, or give a shorter reason."
        )
        raise EditingRefused(said % {"number": old.number, "why": error}) from error
    if "body" in cuts:
        check_still(cuts["body"], old, words)
    return words.columns()


def check_still(cuts: Cuts, old: ArticleVersion, words: Words) -> None:
    """Raise EditingRefused where cleaning moved more than the arithmetic of the cuts knows."""
    if not is_whole(old.body, cuts.ranges) and cuts.applied(old.body_text) != words.body_text:
        raise EditingRefused(_("These words cannot be removed by themselves. Choose their whole paragraph."))


def clean_beside(block: dict, phrases: Phrases, notice: str) -> dict:
    """A block whose addresses, alternative texts and names hold none of the words."""
    held = [key for key, value in block["attrs"].items() if isinstance(value, str) and stands(phrases, value)]
    spans = [
        span
        for span in block["spans"]
        if not any(stands(phrases, span.get(key, "")) for key in ("href", "lang"))
    ]
    if "url" in held or "media" in held:
        return paragraph(block["text"] or notice)
    return {**block, "spans": spans, "attrs": {**block["attrs"], **dict.fromkeys(held, notice)}}


def stands(phrases: Phrases, value: str) -> bool:
    return bool(phrases.address_hits(value))


def without(text: str, cuts: Cuts | None, limit: int | None) -> str:
    """The text without the words; with a shorter notice, or nothing else, where it would not fit."""
    if cuts is None:
        return text
    try:
        gone = cuts.applied(text)
        if limit is not None and len(gone) > limit:
            gone = Cuts(cuts.ranges, SHORT).applied(text)
    except RemovalRefused as error:
        raise ChangedSince from error
    return gone if limit is None or len(gone) <= limit else SHORT[:limit]


def fitted(model: type[models.Model], columns: dict[str, Any], row: models.Model) -> dict[str, Any]:
    """The columns that changed, each as long as its column allows."""
    found = {}
    for name, value in columns.items():
        limit = getattr(model._meta.get_field(name), "max_length", None)
        if value != getattr(row, name):
            found[name] = SHORT if isinstance(value, str) and limit and len(value) > limit else value
    return found


def follow(
    model: type[Correction | Report], which: str, version: ArticleVersion, cuts: dict[str, Cuts]
) -> None:
    """What rows quote of the version stands where it stood; with the notice, where words of it went.

    `which` begins the names of the columns that quote.
    """
    for row in model.objects.filter(**{f"{which}version": version}).order_by("pk"):
        field, start, end = (getattr(row, f"{which}{name}") for name in ("field", "start", "end"))
        if field not in cuts:
            continue
        first, last = moved_in(version, field, cuts[field], start, end)
        moved = {"start": first, "end": last, "exact": field_text(version, field)[first:last]}
        model.objects.filter(pk=row.pk).update(**{f"{which}{name}": value for name, value in moved.items()})


def moved_in(version: ArticleVersion, field: str, cuts: Cuts, start: int, end: int) -> tuple[int, int]:
    """Where a range of the field stands in the version as it is now."""
    if field == "body" and len(block_ranges(version.body)) == 1 and version.body_text == cuts.notice:
        return 0, len(cuts.notice)
    return cuts.moved(start, end)


# Other rows


def remove_from_row(
    row: models.Model | None, places: list[RedactionPlace], phrases: Phrases, notice: str
) -> None:
    """Any other row without the words. Raise ChangedSince where it is gone."""
    if row is None:
        raise ChangedSince
    cuts, changed = cuts_of_places(places, notice), {}
    for name in {place.column for place in places}:
        column = row._meta.get_field(name)
        if isinstance(column, models.FileField):
            changed |= hash_of_notice(column, notice)
        elif isinstance(column, ADDRESSES):
            changed[name] = address_without(getattr(row, name), column, phrases)
        else:
            changed[name] = without(getattr(row, name), cuts.get(name), column.max_length)
    changed = {name: apart(row, name, value) for name, value in changed.items()}
    if isinstance(row, Tag) and "name" in changed:
        changed["key"] = fold_key(changed["name"])
    type(row)._base_manager.filter(pk=row.pk).update(**changed)


def apart(row: models.Model, name: str, value: str) -> str:
    """The value, with the row's key behind it where the column takes each value once and another row has it."""
    others = type(row)._base_manager.filter(**{name: value}).exclude(pk=row.pk)
    return f"{value}-{row.pk}" if row._meta.get_field(name).unique and others.exists() else value


def address_without(address: str, column: models.Field, phrases: Phrases) -> str:
    """Of another site's address the site alone stays; of the words in ours, the others."""
    if isinstance(column, models.URLField):
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}/"
        return "" if stands(phrases, site) else site
    return slug(phrases.in_addresses.sub(" ", address).replace("-", " ")) or column.get_default() or "removed"


def hash_of_notice(column: models.FileField, notice: str) -> dict[str, str]:
    """The hash that the file has once `wiping` has written the notice over it."""
    return {f"{column.name}_sha256": bytes_of_notice(notice)[1]}


def end_sessions(phrases: Phrases) -> None:
    """Whoever is signed in with a session that holds the words signs in anew."""
    if not apps.is_installed("django.contrib.sessions"):
        return
    held = [
        session.pk
        for session in Session.objects.iterator(chunk_size=200)
        if phrases.stand_in(str(session.get_decoded()))
    ]
    Session.objects.filter(pk__in=held).delete()
