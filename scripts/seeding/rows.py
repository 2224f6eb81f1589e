"""Rows of a fixture, with every column named: what loaddata reads is exactly what stands there."""

import uuid
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps

from newsroom.core.identity import number_of

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NAMESPACE = uuid.UUID("0c0a4c3e-7b1b-5d0c-9d39-6f3f3b4a2a7e")


class SeedError(Exception):
    """The descriptions in seeds/ cannot become a fixture; the message says which one and why."""


def uid_of(kind: str, key: str) -> str:
    """The uid of a seed, which follows from its kind and key."""
    return str(uuid.uuid5(NAMESPACE, f"{kind} {key}"))


def plain(value: Any) -> Any:
    """A value as JSON and Django's deserializer take it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value


def row(label: str, uid: str | None = None, **given: Any) -> dict:
    """One object of the fixture with every column named, so that loading never falls back on a default."""
    if uid:
        given["uid"] = uid
    fields = {}
    for field in apps.get_model(label)._meta.concrete_fields:
        if field.name == "number" and field.name not in given and uid:
            given["number"] = number_of(uuid.UUID(uid))
        if not field.primary_key:
            fields[field.name] = plain(
                given.pop(field.name) if field.name in given else _default(label, field)
            )
    if given:
        raise SeedError(f"{label} has no field {', '.join(given)}.")
    return {"model": label, "fields": fields}


def _default(label: str, field: Any) -> Any:
    if field.has_default() and not callable(field.default):
        return field.default
    if field.null:
        return None
    if field.blank and field.empty_strings_allowed:
        return ""
    raise SeedError(f"{label}.{field.name} has to be given.")
