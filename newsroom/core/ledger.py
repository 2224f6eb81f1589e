"""The ledger: one line for every act, written inside the transaction of the act."""

import hashlib
import uuid

import rfc8785
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone, translation

from .models import LedgerEntry
from .moments import moment


class OutsideTransaction(RuntimeError):
    """An act was recorded outside a transaction, so that one could survive without the other."""


def canonical(value: dict) -> str:
    """The RFC 8785 form of a payload: the same data always gives the same bytes. Raise rfc8785's error otherwise."""
    return rfc8785.dumps(value).decode()


def entry_hash(entry: LedgerEntry) -> str:
    """SHA-256, in hexadecimal, over the canonical form of everything the entry says."""
    said = {
        "uid": str(entry.uid),
        "at": entry.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "actor_uid": str(entry.actor_uid) if entry.actor_uid else None,
        "verb": entry.verb,
        "object_kind": entry.object_kind,
        "object_uid": str(entry.object_uid),
        "payload": entry.payload,
    }
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def record(verb: str, obj: models.Model, *, by, using: str = "default", **payload) -> LedgerEntry:
    """Write what `by` (a person, or None for the machine) did to the object, which has a uid.

    The payload holds hashes, uids and short words, never article text. Raise OutsideTransaction where no
    transaction is open: the act and its line stand or fall together.
    """
    if not transaction.get_connection(using).in_atomic_block:
        raise OutsideTransaction(f"{verb} was recorded outside transaction.atomic().")
    entry = LedgerEntry(
        uid=uuid.uuid4(),
        at=moment(),
        actor_uid=by.uid if by is not None else None,
        actor=by.get_username() if by is not None else "machine",
        verb=verb,
        object_kind=obj._meta.label_lower,
        object_uid=obj.uid,
        payload=canonical(payload),
    )
    entry.hash = entry_hash(entry)
    entry.save(using=using, force_insert=True)
    return entry


def for_the_record() -> translation.override:
    """A block in which gettext speaks the site's language: what an act stores is read by everybody."""
    return translation.override(settings.LANGUAGE_CODE)
