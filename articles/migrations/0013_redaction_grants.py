"""Who may remove printed words by order, and who sees that it was done."""

from django.db import migrations

from newsroom.core.grants import all_of, grant

SEES = all_of(["redaction", "redactionplace", "redactedversion"], "view")
GRANTS = {
    "Archivist": [*SEES, "redact_articleversion"],
    "Auditor": SEES,
    "Administrator": [*SEES, "redact_articleversion"],
}


def give(apps, schema_editor):
    grant(apps, "articles", GRANTS, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_redactions"), ("core", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
