"""Which verdict asked for which correction."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_correction_grants"),
        ("claims", "0005_to_decide"),
    ]

    operations = [
        migrations.CreateModel(
            name="VerdictCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="uid"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "correction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_by_verdict",
                        to="articles.correction",
                        verbose_name="correction",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="claims.verdict",
                        verbose_name="verdict",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction of a verdict",
                "verbose_name_plural": "corrections of verdicts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("verdict", "article"),
                        name="claims_verdictcorrection_once",
                        violation_error_message="A correction is drafted once for a verdict and an article.",
                    )
                ],
            },
        ),
    ]
