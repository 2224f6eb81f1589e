"""The desk of checking: each file registers its own."""

from . import admin_articles, admin_claims, admin_corrections, admin_evidence, admin_places, admin_verdicts

__all__ = [
    "admin_articles",
    "admin_claims",
    "admin_corrections",
    "admin_evidence",
    "admin_places",
    "admin_verdicts",
]
