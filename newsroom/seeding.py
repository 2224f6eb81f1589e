"""Seeds into a living archive: only what is not there is loaded, and nothing that the desk did is undone."""

from dataclasses import dataclass
from pathlib import Path

from django.core import serializers
from django.core.serializers.base import DeserializedObject
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

# What a row belongs to. A row is loaded only with its owner: where the owner was here already, the desk may have taken
# the row away on purpose (a tag, a byline), so it stays away.
OWNER = {
    "articles.articleversion": "article",
    "articles.publication": "version",
    "articles.byline": "article",
    "articles.correction": "article",
    "articles.redaction": "article",
    "articles.redactionplace": "redaction",
    "articles.redactedversion": "redaction",
    "articles.articlelink": "article",
    "articles.articletag": "content_object",
    "claims.claimtag": "content_object",
    "claims.evidence": "claim",
    "claims.appearance": "claim",
    "claims.placement": "appearance",
    "claims.verdict": "claim",
    "claims.verdictevidence": "verdict",
    "claims.approval": "verdict",
    "claims.verdictcorrection": "verdict",
}


class SeedClash(Exception):
    """A seed cannot stand beside what is here; the message names the row and the rule."""


@dataclass(frozen=True)
class Count:
    """How many rows were loaded, and how many were left as they are."""

    loaded: int
    left: int


@transaction.atomic
def load_absent(fixture: Path) -> Count:
    """Load the fixture's rows whose uid is not here, all or none. Raise SeedClash."""
    loaded: set[tuple[str, int]] = set()
    deferred, left = [], 0
    with fixture.open(encoding="utf-8") as stream:
        for seed in serializers.deserialize("json", stream, handle_forward_references=True):
            if not _is_wanted(seed.object, loaded):
                left += 1
                continue
            _save(seed)
            loaded.add((seed.object._meta.label_lower, seed.object.pk))
            if seed.deferred_fields:
                deferred.append(seed)
    for seed in deferred:
        seed.save_deferred_fields()
    connection.check_constraints()
    return Count(len(loaded), left)


def _is_wanted(row: models.Model, loaded: set[tuple[str, int]]) -> bool:
    if row.pk is not None:  # the natural key was found: it is here
        _refuse_namesake(row)
        return False
    label = row._meta.label_lower
    if label not in OWNER:
        return not type(row)._base_manager.filter(uid=row.uid).exists()
    owner = row._meta.get_field(OWNER[label])
    return (owner.related_model._meta.label_lower, getattr(row, owner.attname)) in loaded


def _refuse_namesake(row: models.Model) -> None:
    """Raise SeedClash where somebody else has the seed's natural key, such as a person of the same user name."""
    if hasattr(row, "uid") and not type(row)._base_manager.filter(pk=row.pk, uid=row.uid).exists():
        told = _(
            "“%(row)s” is here already and is not the seed of that name. Nothing was loaded: rename it first."
        )
        raise SeedClash(told % {"row": row})


def _save(seed: DeserializedObject) -> None:
    try:
        with transaction.atomic():
            seed.save()
    except IntegrityError as error:
        raise SeedClash(
            _(
                "The seed %(kind)s “%(row)s” cannot be entered beside what is here (%(why)s). Nothing was loaded. "
                "Seed an empty archive, or rename what is in the way."
            )
            % {"kind": seed.object._meta.verbose_name, "row": seed.object, "why": error}
        ) from error
