"""The roles of the newsroom, as groups. Their rights follow in each app's own migration."""

from django.db import migrations

ROLES = ("Reporter", "Fact-checker", "Verdict editor", "Archivist", "Auditor", "Administrator")


def make_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    # Backwards the groups stay: an administrator may have put people in them.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
