"""What readers report as an error, what became of it, and what they typed, in rows apart."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import articles.models.reports
import newsroom.core.moments


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_presence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("hour", models.DateTimeField(db_index=True)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Report",
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
                    "receipt",
                    models.CharField(
                        default=articles.models.reports.new_receipt,
                        editable=False,
                        max_length=19,
                        unique=True,
                        verbose_name="receipt",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[("headline", "Headline"), ("standfirst", "Standfirst"), ("body", "Text")],
                        max_length=10,
                        verbose_name="where",
                    ),
                ),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="from")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="to")),
                ("exact", models.TextField(blank=True, verbose_name="printed words")),
                (
                    "received_at",
                    models.DateTimeField(
                        default=newsroom.core.moments.moment, editable=False, verbose_name="received"
                    ),
                ),
                ("group", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="group")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("looking", "Being looked at"),
                            ("answered", "Answered"),
                            ("spam", "Spam"),
                        ],
                        default="received",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("corrected", "It was wrong and is corrected"),
                            ("not-an-error", "It is not an error"),
                            ("otherwise", "Something else came of it"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Whoever has the receipt reads it.",
                        verbose_name="answer",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "correction",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="articles.correction",
                        verbose_name="led to the correction",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken by",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.articleversion",
                        verbose_name="version the reader saw",
                    ),
                ),
            ],
            options={
                "verbose_name": "reader’s report",
                "verbose_name_plural": "readers’ reports",
                "ordering": ["-id"],
                "permissions": [("answer_report", "Can answer readers’ reports and see who sent them")],
            },
        ),
        migrations.CreateModel(
            name="ReportReader",
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
                ("wrong", models.TextField(verbose_name="what is wrong")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("kept_until", models.DateTimeField(verbose_name="kept until")),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reader",
                        to="articles.report",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "reader’s words",
                "verbose_name_plural": "readers’ words",
            },
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["state", "-id"], name="articles_report_by_state"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["article", "-id"], name="articles_report_of_article"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["group"], name="articles_report_of_group"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["received", "looking", "answered", "spam"])),
                name="articles_report_state_is_known",
                violation_error_message="A report is received, being looked at, answered or spam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    django.db.models.functions.text.Length("receipt"), 19
                ),
                name="articles_report_receipt_is_long",
                violation_error_message="A receipt number has four groups of four signs.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end__isnull", True), ("exact", ""), ("field", ""), ("start__isnull", True)),
                    models.Q(
                        ("end__gt", models.F("start")),
                        ("field__in", ["headline", "standfirst", "body"]),
                        ("start__isnull", False),
                        django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("exact"),
                            django.db.models.expressions.CombinedExpression(
                                models.F("end"), "-", models.F("start")
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="articles_report_place_is_whole",
                violation_error_message="A place needs its field and its words, or is left out.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        ("state", "answered"),
                        ("outcome__in", ["corrected", "not-an-error", "otherwise"]),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    models.Q(
                        ("answer", ""),
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        ("outcome", ""),
                        ("state", "spam"),
                    ),
                    models.Q(
                        ("answer", ""),
                        ("closed_at__isnull", True),
                        ("closed_by__isnull", True),
                        ("outcome", ""),
                        ("state__in", ["received", "looking"]),
                    ),
                    _connector="OR",
                ),
                name="articles_report_answered_whole",
                violation_error_message="An answer says what came of the report, and in words.",
            ),
        ),
        migrations.AddIndex(
            model_name="reportreader",
            index=models.Index(fields=["kept_until"], name="articles_reportreader_due"),
        ),
    ]
