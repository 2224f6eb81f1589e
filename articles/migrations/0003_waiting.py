"""Indexes for what waits among articles: measured in docs/decisions/0213-the-desk-in-our-looks.md."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_grants"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("imported_at__isnull", False)),
                fields=["-imported_at"],
                name="articles_newest_import",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("imported_at__isnull", False), ("state", "draft")),
                fields=["-imported_at", "state"],
                name="articles_imported_drafts",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(
                    ("state", "published"),
                    models.Q(("live_version", models.F("latest_version")), _negated=True),
                ),
                fields=["state"],
                name="articles_waiting_to_go_live",
            ),
        ),
    ]
