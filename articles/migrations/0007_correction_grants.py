"""Who proposes a correction, who approves it, and who sees the rows."""

from django.db import migrations

from newsroom.core.grants import grant

SEES, PROPOSES, APPROVES = "view_correction", "propose_correction", "approve_correction"
GRANTS = {
    "Reporter": [SEES, PROPOSES],
    "Fact-checker": [SEES, PROPOSES],
    "Verdict editor": [SEES, PROPOSES, APPROVES],
    "Archivist": [SEES, PROPOSES, APPROVES],
    "Auditor": [SEES],
    "Administrator": [SEES],
}


def give(apps, schema_editor):
    grant(apps, "articles", GRANTS, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_corrections"), ("core", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
