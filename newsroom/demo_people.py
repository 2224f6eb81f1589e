"""People to sign in as on a demonstration site: one for each role, with passwords made on the spot."""

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify

from newsroom.core import ledger, roles
from newsroom.core.models import User

FILE = "demo-people.json"
# Without letters and digits that are read for one another; 14 of them are 68 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Seat:
    """One person of the demonstration. `password` is empty where it was changed, or was never made here."""

    username: str
    role: str
    password: str
    is_open: bool


def seat_everybody(folder: Path) -> list[Seat]:
    """Make sure that each role has its person, and say how each signs in. Passwords are kept in the folder."""
    kept = read_passwords(folder / FILE)
    groups = list(Group.objects.order_by("pk"))
    missing = {slugify(group.name) for group in groups} - set(kept)
    if missing:
        kept |= {username: "".join(secrets.choice(LETTERS) for _ in range(14)) for username in missing}
        # Kept first: a person whose password is nowhere could never sign in.
        write_passwords(folder / FILE, kept)
    with transaction.atomic():
        return list(_seats(groups, kept))


def _seats(groups: list[Group], kept: dict[str, str]) -> Iterator[Seat]:
    for group in groups:
        username = slugify(group.name)
        password = kept[username]
        user = User.objects.filter(username=username).first() or _seat(username, group, password)
        known = user.has_usable_password() and user.check_password(password)
        yield Seat(username, group.name, password if known else "", user.is_active and user.is_staff)


def _seat(username: str, group: Group, password: str) -> User:
    user = User(
        username=username,
        display_name=f"Demo {group.name.lower()}",
        is_staff=True,
        is_superuser=group.name == roles.ADMINISTRATOR,
    )
    user.set_password(password)
    user.save(force_insert=True)
    user.groups.add(group)
    ledger.record("person.seat", user, by=None, role=group.name)
    return user


def read_passwords(path: Path) -> dict[str, str]:
    """The passwords made in earlier runs, by user name."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_passwords(path: Path, passwords: dict[str, str]) -> None:
    """Keep the passwords where their owner alone can read them; the old file stays whole until the new one is."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(passwords, file, indent=1, sort_keys=True)
    fresh.replace(path)
