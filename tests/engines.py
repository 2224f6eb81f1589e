"""Tests of what one database engine alone has: they do not exist on the other, so nothing is skipped there."""

from collections.abc import Callable
from typing import Any

from django.db import connection


def only_on(vendor: str) -> Callable[[Any], Any]:
    """Keep the decorated test class or test method where the tests run on this engine, else leave it out."""
    return lambda tests: tests if connection.vendor == vendor else None
