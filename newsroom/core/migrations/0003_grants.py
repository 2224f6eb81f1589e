"""What each role may do with people and the ledger."""

from django.db import migrations

from newsroom.core.grants import all_of, grant

GRANTS = {
    "Auditor": all_of(["ledgerentry", "user"], "view"),
    "Verdict editor": all_of(["ledgerentry"], "view"),
    "Administrator": [*all_of(["user"], "view", "add", "change"), *all_of(["ledgerentry"], "view")],
}


def give(apps, schema_editor):
    grant(apps, "core", GRANTS, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_roles"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
