"""Typed reading of the process environment: the only door through which settings come in."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable's words, or the default where it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """The variable as a yes or no. Raise ImproperlyConfigured for anything but 1, 0, true, false."""
    value = text(name).lower()
    if not value:
        return default
    if value not in {"1", "0", "true", "false"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")
    return value in {"1", "true"}


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list, split at commas, blanks left out."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, *, default: int) -> int:
    """The variable as a whole number, not below 0. Raise ImproperlyConfigured for anything else."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.")
    return int(value)


def secret_key(folder: Path) -> str:
    """SECRET_KEY, or a key made once and kept in the folder, readable by its owner alone."""
    if given := text("SECRET_KEY"):
        return given
    path = folder / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(60))
    return path.read_text()
