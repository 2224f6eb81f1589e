"""Indexes for what waits among claims: measured in docs/decisions/0213-the-desk-in-our-looks.md."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_waiting"),
        ("claims", "0003_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="appearance",
            index=models.Index(
                condition=models.Q(("match", "suggested")),
                fields=["claim"],
                name="claims_appearance_suggested",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["assigned_to", "work_state"], name="claims_on_a_desk"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True), ("start__isnull", True)),
                fields=["version"],
                name="claims_placement_words_gone",
            ),
        ),
    ]
