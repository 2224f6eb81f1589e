"""The list of withdrawn articles finds its rows by an index of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_correction_grants")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["-withdrawn_at", "-number"],
                condition=models.Q(state="withdrawn"),
                name="articles_withdrawn_last",
            ),
        ),
    ]
