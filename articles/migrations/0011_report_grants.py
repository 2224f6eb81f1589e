"""Who sees readers' reports, and who answers them and sees who sent them."""

from django.db import migrations

from newsroom.core.grants import grant

SEES, ANSWERS = "view_report", "answer_report"
GRANTS = {
    "Reporter": [SEES],
    "Fact-checker": [SEES],
    "Verdict editor": [SEES, ANSWERS],
    "Archivist": [SEES, ANSWERS],
    "Auditor": [SEES],
    "Administrator": [SEES],
}


def give(apps, schema_editor):
    grant(apps, "articles", GRANTS, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_reports"), ("core", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
