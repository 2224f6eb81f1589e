"""From when on readers see which version."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import newsroom.core.moments


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_waiting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
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
                ("public_from", models.DateTimeField(verbose_name="public from")),
                (
                    "created_at",
                    models.DateTimeField(default=newsroom.core.moments.moment, verbose_name="decided"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made public by",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="articles.articleversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication",
                "verbose_name_plural": "publications",
                "ordering": ["article", "public_from", "id"],
                "indexes": [
                    models.Index(fields=["article", "public_from"], name="articles_publication_in_time")
                ],
            },
        ),
    ]
