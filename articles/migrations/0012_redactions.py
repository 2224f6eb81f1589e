"""Printed words that an order takes out: who asked, who agreed, and every place at which they stood."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import newsroom.core.moments


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_report_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="articleversion",
            options={
                "ordering": ["article", "number"],
                "permissions": [
                    ("redact_articleversion", "Can remove printed words by order, with a second person")
                ],
                "verbose_name": "version",
                "verbose_name_plural": "versions",
            },
        ),
        migrations.CreateModel(
            name="Redaction",
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
                    "number",
                    models.BigIntegerField(
                        editable=False,
                        help_text="Ten digits that readers see in the address. They count nothing.",
                        unique=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        help_text="Who asks, and the reference, such as a court and its number. Readers never see this.",
                        max_length=300,
                        verbose_name="ordered by",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="Readers see it wherever words were removed.",
                        max_length=80,
                        verbose_name="reason",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("proposed", "Proposed"),
                            ("carrying-out", "Being carried out"),
                            ("carried-out", "Carried out"),
                            ("declined", "Declined"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=newsroom.core.moments.moment, editable=False, verbose_name="begun"
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="proposed"),
                ),
                (
                    "places_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        verbose_name="SHA-256 of the list of places",
                    ),
                ),
                (
                    "carried_out_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="carried out"),
                ),
                (
                    "notice",
                    models.CharField(
                        blank=True, editable=False, max_length=160, verbose_name="stands there now"
                    ),
                ),
                (
                    "declined_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="declined"),
                ),
                (
                    "declined_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="why declined"),
                ),
                (
                    "wiped_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="files cleaned"),
                ),
                (
                    "trouble",
                    models.CharField(
                        blank=True, editable=False, max_length=500, verbose_name="what could not be cleaned"
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "declined_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="declined by",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "unfinished",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="articles.redaction",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.articleversion",
                        verbose_name="chosen in version",
                    ),
                ),
            ],
            options={
                "verbose_name": "removal of words",
                "verbose_name_plural": "removals of words",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RedactedVersion",
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
                    "was_text_sha256",
                    models.CharField(max_length=64, verbose_name="SHA-256 of the text before"),
                ),
                (
                    "was_content_sha256",
                    models.CharField(max_length=64, verbose_name="SHA-256 of the content before"),
                ),
                (
                    "now_text_sha256",
                    models.CharField(max_length=64, verbose_name="SHA-256 of the text since"),
                ),
                (
                    "now_content_sha256",
                    models.CharField(max_length=64, verbose_name="SHA-256 of the content since"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to="articles.articleversion",
                        verbose_name="version",
                    ),
                ),
                (
                    "redaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="articles.redaction",
                        verbose_name="removal",
                    ),
                ),
            ],
            options={
                "verbose_name": "version with words removed",
                "verbose_name_plural": "versions with words removed",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="RedactionPlace",
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
                ("table", models.CharField(max_length=100, verbose_name="table")),
                ("row_uid", models.UUIDField(blank=True, null=True, verbose_name="row's uid")),
                (
                    "row_key",
                    models.CharField(
                        blank=True, help_text="Where it has no uid.", max_length=100, verbose_name="row's key"
                    ),
                ),
                ("column", models.CharField(max_length=100, verbose_name="column")),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="from")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="to")),
                ("chosen", models.BooleanField(default=False, verbose_name="chosen by hand")),
                ("removed", models.BooleanField(default=False, verbose_name="removed")),
                (
                    "measured_sha256",
                    models.CharField(
                        blank=True,
                        help_text="Forgotten once the words are gone: a short text can be guessed from it.",
                        max_length=64,
                        verbose_name="SHA-256 of the column as it was measured",
                    ),
                ),
                (
                    "redaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="articles.redaction",
                        verbose_name="removal",
                    ),
                ),
            ],
            options={
                "verbose_name": "place of a removal",
                "verbose_name_plural": "places of removals",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="redaction",
            index=models.Index(
                condition=models.Q(("state__in", ["draft", "proposed", "carrying-out"])),
                fields=["state"],
                name="articles_redaction_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1000000000), ("number__lte", 9999999999)),
                name="articles_redaction_number_has_ten_digits",
                violation_error_message="The number has ten digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("id__gte", 1)), name="articles_redaction_none_is_called_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "proposed", "carrying-out", "carried-out", "declined"])
                ),
                name="articles_redaction_state_is_known",
                violation_error_message="This is no step of removing words.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "carrying-out"), ("unfinished", 0), ("unfinished__isnull", False)),
                    models.Q(
                        models.Q(("state", "carrying-out"), _negated=True), ("unfinished__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="articles_redaction_ends_with_its_transaction",
                violation_error_message="Words are removed at once or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("order", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                ),
                name="articles_redaction_is_ordered_for_a_reason",
                violation_error_message="Say who orders the removal, and the reason that readers see.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "declined"]),
                    models.Q(
                        ("proposed_at__isnull", False),
                        ("proposed_by__isnull", False),
                        models.Q(("places_sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="articles_redaction_proposed_by_somebody",
                violation_error_message="A proposal names its proposer, the time and its places.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="articles_redaction_second_person_approves",
                violation_error_message="Somebody other than the proposer must approve a removal.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["carrying-out", "carried-out"]), _negated=True),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("carried_out_at__isnull", False),
                        models.Q(("notice", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="articles_redaction_carried_out_when_approved",
                violation_error_message="A removal names who approved it, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(
                        ("declined_at__isnull", False), models.Q(("declined_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="articles_redaction_declined_for_a_reason",
                violation_error_message="A declined removal has a date and a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redactedversion",
            constraint=models.UniqueConstraint(
                fields=("redaction", "version"), name="articles_redactedversion_once_a_removal"
            ),
        ),
        migrations.AddIndex(
            model_name="redactionplace",
            index=models.Index(fields=["row_uid"], name="articles_redactionplace_of_row"),
        ),
        migrations.AddConstraint(
            model_name="redactionplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end__isnull", True), ("start__isnull", True)),
                    models.Q(("end__gt", models.F("start")), ("start__isnull", False)),
                    _connector="OR",
                ),
                name="articles_redactionplace_ends_after_it_starts",
                violation_error_message="A passage ends after it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redactionplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("row_key", ""), ("row_uid__isnull", False)),
                    models.Q(("row_uid__isnull", True), models.Q(("row_key", ""), _negated=True)),
                    _connector="OR",
                ),
                name="articles_redactionplace_names_one_row",
                violation_error_message="A place names one row.",
            ),
        ),
    ]
