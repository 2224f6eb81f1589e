"""The one opening in the guards: a removal of words, while it is carried out, lets the rows change that it names."""
# ruff: noqa: S608 (every name comes from the guards; nothing a person typed comes near)

from newsroom.core.guards import Opening

# Which places of the removal that is being carried out name a row; `{}` is the row's uid in SQL.
NAMED = (
    "EXISTS (SELECT 1 FROM {{articles.RedactionPlace}} place"
    " JOIN {{articles.Redaction}} removal ON removal.id = place.{{articles.RedactionPlace.redaction}}"
    " WHERE removal.{{articles.Redaction.state}} = 'carrying-out' AND place.{{articles.RedactionPlace.removed}}"
    " AND place.{{articles.RedactionPlace.table}} = '{table}' AND place.{{articles.RedactionPlace.row_uid}} {uid})"
)
VERSION = "articles.articleversion"


def while_removed(table: str, *fields: str, follows: tuple[str, ...] = ()) -> Opening:
    """These fields of a row may change while the removal names the row; or one of the versions it `follows`.

    `table` is the model's label in small letters, as places name it; `follows` are foreign keys to versions.
    """
    named = [NAMED.format(table=table, uid="= OLD.{uid}")]
    if follows:
        versions = ", ".join(f"OLD.{{{name}}}" for name in follows)
        of_rows = f"IN (SELECT version.uid FROM {{articles.ArticleVersion}} version WHERE version.id IN ({versions}))"
        named.append(NAMED.format(table=VERSION, uid=of_rows))
    return Opening(fields, when=" OR ".join(named))
