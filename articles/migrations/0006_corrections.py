"""What we told readers about words that changed, or that should have been others."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import newsroom.core.moments


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_publications_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "Correction"),
                            ("clarification", "Clarification"),
                            ("update", "Update"),
                            ("editors-note", "Editor’s note"),
                            ("retraction", "Retraction"),
                        ],
                        default="correction",
                        max_length=13,
                        verbose_name="kind",
                    ),
                ),
                (
                    "was_field",
                    models.CharField(
                        blank=True,
                        choices=[("headline", "Headline"), ("standfirst", "Standfirst"), ("body", "Text")],
                        max_length=10,
                        verbose_name="it was printed in the",
                    ),
                ),
                ("was_start", models.PositiveIntegerField(blank=True, null=True, verbose_name="from")),
                ("was_end", models.PositiveIntegerField(blank=True, null=True, verbose_name="to")),
                ("was_exact", models.TextField(blank=True, verbose_name="was")),
                (
                    "now_field",
                    models.CharField(
                        blank=True,
                        choices=[("headline", "Headline"), ("standfirst", "Standfirst"), ("body", "Text")],
                        max_length=10,
                        verbose_name="it stands in the",
                    ),
                ),
                ("now_start", models.PositiveIntegerField(blank=True, null=True, verbose_name="from")),
                ("now_end", models.PositiveIntegerField(blank=True, null=True, verbose_name="to")),
                ("now_exact", models.TextField(blank=True, verbose_name="now")),
                (
                    "why",
                    models.CharField(
                        blank=True, help_text="Readers see this.", max_length=500, verbose_name="why"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reporting", "Our reporting"),
                            ("source", "A source"),
                            ("copy", "Another paper’s or an agency’s copy"),
                            ("editing", "Editing, or the headline"),
                            ("translation", "Translation"),
                            ("typing", "Typing or layout"),
                            ("events", "Events moved on"),
                        ],
                        max_length=11,
                        verbose_name="what caused the error",
                    ),
                ),
                (
                    "requested_by",
                    models.CharField(
                        choices=[
                            ("reader", "A reader"),
                            ("source", "A source, or somebody named"),
                            ("desk", "The desk"),
                            ("verdict", "A verdict"),
                        ],
                        default="desk",
                        max_length=7,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "spot",
                    models.CharField(
                        choices=[("top", "Above the article"), ("inline", "Beside the words that stand now")],
                        default="top",
                        max_length=6,
                        verbose_name="shown",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("proposed", "Proposed"),
                            ("published", "Published"),
                            ("declined", "Declined"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
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
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published"),
                ),
                (
                    "declined_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="declined"),
                ),
                (
                    "declined_reason",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Readers never see it.",
                        max_length=300,
                        verbose_name="why declined",
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
                        related_name="corrections",
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
                    "now_version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.articleversion",
                        verbose_name="it stands in",
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
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.articleversion",
                        verbose_name="goes live with it",
                    ),
                ),
                (
                    "was_version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.articleversion",
                        verbose_name="it was printed in",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="worded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ["-id"],
                "permissions": [
                    ("propose_correction", "Can propose a correction"),
                    ("approve_correction", "Can approve a correction or decline it"),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["-published_at", "-number"],
                        name="articles_correction_newest",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["article", "-published_at"],
                        name="articles_correction_of_article",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["draft", "proposed"])),
                        fields=["state"],
                        name="articles_correction_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1000000000), ("number__lte", 9999999999)),
                        name="articles_correction_number_has_ten_digits",
                        violation_error_message="The number has ten digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "proposed", "published", "declined"])),
                        name="articles_correction_state_is_known",
                        violation_error_message="A correction is a draft, proposed, published or declined.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["correction", "clarification", "update", "editors-note", "retraction"],
                            )
                        ),
                        name="articles_correction_kind_is_known",
                        violation_error_message="This is no kind of correction.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("was_end__isnull", True),
                                ("was_exact", ""),
                                ("was_field", ""),
                                ("was_start__isnull", True),
                                ("was_version__isnull", True),
                            ),
                            models.Q(
                                ("was_end__gt", models.F("was_start")),
                                ("was_field__in", ["headline", "standfirst", "body"]),
                                ("was_start__isnull", False),
                                ("was_version__isnull", False),
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Length("was_exact"),
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("was_end"), "-", models.F("was_start")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="articles_correction_was_is_whole",
                        violation_error_message="What was printed needs its version, its place and its words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("now_end__isnull", True),
                                ("now_exact", ""),
                                ("now_field", ""),
                                ("now_start__isnull", True),
                                ("now_version__isnull", True),
                            ),
                            models.Q(
                                ("now_end__gt", models.F("now_start")),
                                ("now_field__in", ["headline", "standfirst", "body"]),
                                ("now_start__isnull", False),
                                ("now_version__isnull", False),
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Length("now_exact"),
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("now_end"), "-", models.F("now_start")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="articles_correction_now_is_whole",
                        violation_error_message="What stands now needs its version, its place and its words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "declined"]),
                            models.Q(
                                models.Q(("why", ""), _negated=True), models.Q(("cause", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="articles_correction_says_why",
                        violation_error_message="Say why, and what caused the error.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "declined"]),
                            models.Q(("kind__in", ["correction", "clarification"]), _negated=True),
                            ("was_version__isnull", False),
                            _connector="OR",
                        ),
                        name="articles_correction_names_the_words",
                        violation_error_message="Give the words that were printed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "declined"]),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="articles_correction_proposed_by_somebody",
                        violation_error_message="A proposed correction names its proposer and the time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(
                                models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                                models.Q(
                                    ("written_by__isnull", True),
                                    models.Q(("approved_by", models.F("written_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="articles_correction_second_person_approves",
                        violation_error_message="Somebody other than the proposer must approve a correction.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("approved_by__isnull", False), ("published_at__isnull", False)),
                            models.Q(
                                ("kind", "update"),
                                ("published_at__isnull", False),
                                ("was_end__isnull", True),
                                ("was_exact", ""),
                                ("was_field", ""),
                                ("was_start__isnull", True),
                                ("was_version__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="articles_correction_public_only_when_approved",
                        violation_error_message="A public correction names its approver and its day of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(
                                ("declined_at__isnull", False),
                                models.Q(("declined_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="articles_correction_declined_for_a_reason",
                        violation_error_message="A declined correction has a date and a reason.",
                    ),
                ],
            },
        ),
    ]
