"""The index of what waits because words changed knows changed surroundings too: docs/decisions/0321-marks-that-moved.md."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_publications_kept"), ("claims", "0004_waiting")]

    operations = [
        migrations.RemoveIndex(model_name="placement", name="claims_placement_words_gone"),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["anchor", "version"],
                name="claims_placement_by_anchor",
            ),
        ),
    ]
