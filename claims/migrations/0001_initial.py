import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import claims.models.evidence
import newsroom.core.moments


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("articles", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
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
                    "statement",
                    models.CharField(
                        help_text="The claim in one sentence of our own. Readers see it as the title.",
                        max_length=1000,
                        verbose_name="statement",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        default="claim",
                        max_length=90,
                        verbose_name="words in the address",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=35, verbose_name="language")),
                ("said_on", models.DateField(blank=True, null=True, verbose_name="said on")),
                (
                    "said_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="precise to",
                    ),
                ),
                (
                    "said_as",
                    models.CharField(
                        blank=True,
                        help_text="Word for word, such as “on Jan. 3”.",
                        max_length=80,
                        verbose_name="date as printed",
                    ),
                ),
                (
                    "said_inferred",
                    models.BooleanField(
                        default=False,
                        help_text="Such as a year that was not printed.",
                        verbose_name="part of the date is inferred",
                    ),
                ),
                (
                    "context",
                    models.TextField(
                        blank=True,
                        help_text="What a reader must know to follow the claim.",
                        verbose_name="context",
                    ),
                ),
                (
                    "chosen_because",
                    models.CharField(
                        blank=True,
                        help_text="Readers see this once the claim is public.",
                        max_length=300,
                        verbose_name="why we check it",
                    ),
                ),
                (
                    "work_state",
                    models.CharField(
                        choices=[
                            ("flagged", "Flagged"),
                            ("assigned", "Assigned"),
                            ("researching", "Researching"),
                            ("awaiting-reply", "Awaiting reply"),
                            ("proposed", "Verdict proposed"),
                            ("in-review", "In review"),
                            ("published", "Verdict published"),
                            ("declined", "Not to be checked"),
                            ("merged", "Merged into another"),
                            ("reopened", "Reopened"),
                        ],
                        default="flagged",
                        editable=False,
                        max_length=14,
                        verbose_name="work",
                    ),
                ),
                (
                    "shown_as_checking",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="A flag alone is an accusation: without this, readers see nothing until a verdict is published.",
                        verbose_name="readers see “Being checked”",
                    ),
                ),
                (
                    "checking_note",
                    models.CharField(
                        blank=True,
                        help_text="Readers see this beside “Being checked”.",
                        max_length=300,
                        verbose_name="what we are looking into",
                    ),
                ),
                (
                    "closing_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="why declined or merged"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=newsroom.core.moments.moment, editable=False, verbose_name="flagged"
                    ),
                ),
                (
                    "checking_since",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="being checked since"
                    ),
                ),
                (
                    "ruled_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="Copied from the published verdict.",
                        null=True,
                        verbose_name="last ruled",
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_claims",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="flagged by",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="claims.claim",
                        verbose_name="merged into",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["-created_at", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Appearance",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("asserts", "Asserts it"),
                            ("attributes", "Attributes it to somebody"),
                            ("quotes", "Quotes it"),
                            ("questions", "Questions it"),
                            ("denies", "Denies it"),
                            ("teaser", "Repeats it in a line to another article"),
                        ],
                        default="asserts",
                        help_text="A denial of a false claim is never marked false.",
                        max_length=10,
                        verbose_name="what the article does",
                    ),
                ),
                (
                    "match",
                    models.CharField(
                        choices=[
                            ("suggested", "Suggested"),
                            ("same", "The same claim"),
                            ("different", "A different claim"),
                            ("unsure", "Unsure"),
                        ],
                        default="suggested",
                        help_text="Readers see the verdict here only where an editor says that it is the same claim.",
                        max_length=9,
                        verbose_name="match",
                    ),
                ),
                (
                    "exempt",
                    models.BooleanField(
                        default=False,
                        help_text="The verdict is not shown in this place.",
                        verbose_name="exempt",
                    ),
                ),
                ("exempt_reason", models.CharField(blank=True, max_length=300, verbose_name="why exempt")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=newsroom.core.moments.moment, editable=False, verbose_name="flagged"
                    ),
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
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "flagged_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="flagged by",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appearances",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "appearance",
                "verbose_name_plural": "appearances",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ClaimTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_tags",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_tags",
                        to="articles.tag",
                        verbose_name="tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag on a claim",
                "verbose_name_plural": "tags on claims",
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="Subjects, split by commas.",
                through="claims.ClaimTag",
                to="articles.Tag",
                verbose_name="topics",
            ),
        ),
        migrations.CreateModel(
            name="Placement",
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
                    "field",
                    models.CharField(
                        choices=[("headline", "Headline"), ("standfirst", "Standfirst"), ("body", "Text")],
                        max_length=10,
                        verbose_name="stands in",
                    ),
                ),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="from")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="to")),
                ("exact", models.TextField(blank=True, verbose_name="the words")),
                ("prefix", models.CharField(blank=True, max_length=64, verbose_name="words before")),
                ("suffix", models.CharField(blank=True, max_length=64, verbose_name="words after")),
                (
                    "anchor",
                    models.CharField(
                        choices=[
                            ("anchored", "Stands as checked"),
                            ("context-changed", "Words stand, surroundings changed"),
                            ("text-changed", "Words changed"),
                            ("lost", "Words gone"),
                            ("detached", "Taken off by an editor"),
                        ],
                        default="anchored",
                        max_length=15,
                        verbose_name="anchor",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=newsroom.core.moments.moment, editable=False, verbose_name="placed"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended"),
                ),
                (
                    "appearance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="claims.appearance",
                        verbose_name="appearance",
                    ),
                ),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="claims.placement",
                        verbose_name="carried from",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.articleversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "placement",
                "verbose_name_plural": "placements",
                "ordering": ["version", "id"],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="short name")),
                (
                    "label",
                    models.CharField(
                        help_text="Readers see this word.", max_length=60, unique=True, verbose_name="label"
                    ),
                ),
                (
                    "value",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="5 true to 1 false. Empty where nothing is determined.",
                        null=True,
                        verbose_name="value",
                    ),
                ),
                (
                    "meaning",
                    models.CharField(
                        help_text="Stands on the page about the scale.",
                        max_length=300,
                        verbose_name="meaning",
                    ),
                ),
                (
                    "mark",
                    models.SlugField(
                        help_text="Which of the drawn marks stands for it: templates/_marks.html.",
                        max_length=40,
                        verbose_name="mark",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
                (
                    "gravity",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="Where two claims share words, the graver one keeps the underline.",
                        verbose_name="gravity",
                    ),
                ),
                (
                    "exported",
                    models.BooleanField(
                        default=True, help_text="Given to machines as a ClaimReview.", verbose_name="exported"
                    ),
                ),
                (
                    "retired",
                    models.BooleanField(
                        default=False,
                        help_text="No longer offered; old verdicts keep it.",
                        verbose_name="retired",
                    ),
                ),
            ],
            options={
                "verbose_name": "rating",
                "verbose_name_plural": "ratings",
                "ordering": ["order", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True),
                            models.Q(("value__gte", 1), ("value__lte", 5)),
                            _connector="OR",
                        ),
                        name="claims_rating_value_from_one_to_five",
                        violation_error_message="A value is 1 to 5, or empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("label__startswith", "Correct"), _negated=True),
                        name="claims_rating_is_not_a_correction",
                        violation_error_message="“Correct...” is read as true by machines. Articles are corrected, claims rated.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
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
                    "name",
                    models.CharField(
                        help_text="Readers see this, so for an unnamed source write “a military source”.",
                        max_length=200,
                        verbose_name="name",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        default="source",
                        max_length=90,
                        verbose_name="words in the address",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("organisation", "Organisation"),
                            ("government", "Government body"),
                            ("agency", "News agency"),
                            ("outlet", "Paper or site"),
                            ("document", "Document"),
                            ("dataset", "Dataset"),
                            ("anonymous", "Source not named"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                (
                    "aliases",
                    models.CharField(
                        blank=True,
                        help_text="Split by semicolons, such as CJTF-OIR; the Coalition.",
                        max_length=400,
                        verbose_name="other names",
                    ),
                ),
                (
                    "interests",
                    models.TextField(
                        blank=True,
                        help_text="What the source stands to gain. Readers see this.",
                        verbose_name="interests",
                    ),
                ),
                (
                    "why_anonymous",
                    models.CharField(
                        blank=True,
                        help_text="The reason given in print. Readers see this. Never the identity itself.",
                        max_length=300,
                        verbose_name="why not named",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where the source is a paper whose articles are in the archive.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.outlet",
                        verbose_name="is this outlet",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who relays this source: a spokesman's ministry, the paper that quotes a source in the area.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relays",
                        to="claims.source",
                        verbose_name="speaks through",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports the claim"),
                            ("refutes", "Speaks against the claim"),
                            ("context", "Gives context"),
                        ],
                        max_length=8,
                        verbose_name="stance",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("primary", "Primary"), ("secondary", "Secondary")],
                        help_text="Primary: a record, a witness, the speaker's own words.",
                        max_length=9,
                        verbose_name="level",
                    ),
                ),
                (
                    "level_reason",
                    models.CharField(
                        blank=True,
                        help_text="Such as “quotes the coalition's spokesman”.",
                        max_length=200,
                        verbose_name="why secondary",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="Such as “Rudaw, 7 April 2020”.", max_length=300, verbose_name="title"
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        blank=True,
                        help_text="Word for word. Readers see it in quotation marks.",
                        verbose_name="quote",
                    ),
                ),
                ("summary", models.CharField(blank=True, max_length=500, verbose_name="what it shows")),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        help_text="Page, paragraph or minute.",
                        max_length=120,
                        verbose_name="where in it",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                ("accessed_on", models.DateField(blank=True, null=True, verbose_name="read on")),
                (
                    "event_on",
                    models.DateField(
                        blank=True,
                        help_text="Two and more dated events draw a strip of days.",
                        null=True,
                        verbose_name="dates an event of",
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        blank=True, help_text="Such as al-Qaim.", max_length=120, verbose_name="the event"
                    ),
                ),
                (
                    "captured",
                    models.FileField(
                        blank=True, upload_to=claims.models.evidence.capture_path, verbose_name="kept copy"
                    ),
                ),
                (
                    "captured_sha256",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="SHA-256 of the kept copy"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        help_text="Whose report it goes back to. Copies of one wire story count once.",
                        max_length=120,
                        verbose_name="origin",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=newsroom.core.moments.moment, editable=False, verbose_name="added"
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where the archive's own words are the evidence.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.articleversion",
                        verbose_name="version in this archive",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="claims.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "piece of evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["order", "id"],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="claimant",
            field=models.ForeignKey(
                blank=True,
                help_text="Leave empty where nobody is named, as in a headline.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="claims.source",
                verbose_name="claimed by",
            ),
        ),
        migrations.CreateModel(
            name="Verdict",
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
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="verdict")),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        help_text="Follows the rating, such as “by its own text”.",
                        max_length=80,
                        verbose_name="by what",
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        help_text="One sentence of at most 25 words. Stands beside the text.",
                        max_length=300,
                        verbose_name="finding",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(
                        blank=True, help_text="Stands on the claim's page.", verbose_name="explanation"
                    ),
                ),
                ("as_of", models.DateField(help_text="The day up to which we looked.", verbose_name="as of")),
                ("known", models.TextField(blank=True, verbose_name="what is known")),
                ("unknown", models.TextField(blank=True, verbose_name="what is not known")),
                ("would_settle", models.TextField(blank=True, verbose_name="what would settle it")),
                (
                    "clash_words",
                    models.CharField(
                        blank=True,
                        help_text="Part of the claim, such as “in one week”.",
                        max_length=160,
                        verbose_name="printed words that clash",
                    ),
                ),
                (
                    "clash_against",
                    models.CharField(
                        blank=True,
                        help_text="Such as “over the past few weeks”.",
                        max_length=160,
                        verbose_name="with these words",
                    ),
                ),
                (
                    "publication_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("proposed", "Proposed"),
                            ("returned", "Sent back"),
                            ("published", "Published"),
                            ("superseded", "Replaced by a later verdict"),
                            ("retracted", "Taken back"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="publication",
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
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended"),
                ),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Readers see this in the history.",
                        max_length=300,
                        verbose_name="why it ended",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=newsroom.core.moments.moment, editable=False, verbose_name="begun"
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
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "clash_version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.articleversion",
                        verbose_name="which stand in",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="claims.rating",
                        verbose_name="rating",
                    ),
                ),
            ],
            options={
                "verbose_name": "verdict",
                "verbose_name_plural": "verdicts",
                "ordering": ["claim", "-number"],
                "permissions": [
                    ("propose_verdict", "Can propose a verdict"),
                    ("approve_verdict", "Can approve a verdict, send it back or take it back"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
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
                    "decision",
                    models.CharField(
                        choices=[("approved", "Approved"), ("returned", "Sent back")],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("at", models.DateTimeField(default=newsroom.core.moments.moment, verbose_name="at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="claims.verdict",
                        verbose_name="verdict",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval",
                "verbose_name_plural": "approvals",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="VerdictEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carries",
                        to="claims.evidence",
                        verbose_name="evidence",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rests_on",
                        to="claims.verdict",
                        verbose_name="verdict",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence of a verdict",
                "verbose_name_plural": "evidence of verdicts",
            },
        ),
        migrations.AddField(
            model_name="verdict",
            name="evidence",
            field=models.ManyToManyField(
                related_name="verdicts",
                through="claims.VerdictEvidence",
                to="claims.evidence",
                verbose_name="rests on",
            ),
        ),
        migrations.AddIndex(
            model_name="appearance",
            index=models.Index(fields=["article", "claim"], name="claims_appearance_in_article"),
        ),
        migrations.AddConstraint(
            model_name="appearance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("exempt", False), models.Q(("exempt_reason", ""), _negated=True), _connector="OR"
                ),
                name="claims_appearance_exempt_for_a_reason",
                violation_error_message="Say why the verdict is not shown here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimtag",
            constraint=models.UniqueConstraint(fields=("tag", "content_object"), name="claims_claimtag_once"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["version"],
                name="claims_placement_of_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("appearance", "version"),
                name="claims_placement_one_in_a_version",
                violation_error_message="This appearance has a place in that version already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("anchor__in", ["anchored", "context-changed"]),
                        ("end__isnull", False),
                        ("start__isnull", False),
                        ("end__gt", models.F("start")),
                    ),
                    models.Q(
                        ("anchor__in", ["text-changed", "lost"]),
                        ("end__isnull", True),
                        ("start__isnull", True),
                        ("carried_from__isnull", False),
                    ),
                    ("anchor", "detached"),
                    _connector="OR",
                ),
                name="claims_placement_span_fits_anchor",
                violation_error_message="A passage ends after it starts; changed words have no passage.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("start__isnull", True), ("end__isnull", True)),
                    models.Q(
                        ("start__isnull", False),
                        ("end__isnull", False),
                        django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("exact"),
                            django.db.models.expressions.CombinedExpression(
                                models.F("end"), "-", models.F("start")
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="claims_placement_words_are_as_long_as_span",
                violation_error_message="The words are not as long as the passage.",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["name"], name="claims_source_by_name"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1000000000), ("number__lte", 9999999999)),
                name="claims_source_number_has_ten_digits",
                violation_error_message="The number has ten digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "anonymous"), _negated=True),
                    models.Q(("why_anonymous", ""), _negated=True),
                    _connector="OR",
                ),
                name="claims_source_anonymous_for_a_reason",
                violation_error_message="Say why the source is not named, as far as it was printed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent__isnull", True),
                    models.Q(("parent", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="claims_source_does_not_relay_itself",
                violation_error_message="A source does not speak through itself.",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["claim", "order"], name="claims_evidence_of_claim"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "secondary"), _negated=True),
                    models.Q(("level_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="claims_evidence_secondary_for_a_reason",
                violation_error_message="Say why this is secondary evidence.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("url", ""), _negated=True),
                    ("version__isnull", False),
                    models.Q(("locator", ""), _negated=True),
                    _connector="OR",
                ),
                name="claims_evidence_can_be_found",
                violation_error_message="Give an address, a version in this archive, or where to find it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event", ""), ("event_on__isnull", True)),
                    models.Q(("event_on__isnull", False), models.Q(("event", ""), _negated=True)),
                    _connector="OR",
                ),
                name="claims_evidence_event_and_date_agree",
                violation_error_message="Give the event and its date, or neither.",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["-ruled_at", "-number"], name="claims_newest_ruling"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("shown_as_checking", True)),
                fields=["-checking_since", "-number"],
                name="claims_being_checked",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["work_state", "-created_at"], name="claims_by_work"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1000000000), ("number__lte", 9999999999)),
                name="claims_claim_number_has_ten_digits",
                violation_error_message="The number has ten digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("statement", ""), _negated=True),
                name="claims_claim_states_something",
                violation_error_message="Write the claim in one sentence.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "work_state__in",
                        [
                            "flagged",
                            "assigned",
                            "researching",
                            "awaiting-reply",
                            "proposed",
                            "in-review",
                            "published",
                            "declined",
                            "merged",
                            "reopened",
                        ],
                    )
                ),
                name="claims_claim_work_is_known",
                violation_error_message="This is no step of the work on a claim.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("work_state", "merged"), _negated=True), ("merged_into__isnull", True)
                    ),
                    models.Q(
                        ("merged_into__isnull", False),
                        ("work_state", "merged"),
                        models.Q(("merged_into", models.F("id")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claims_claim_merged_into_another",
                violation_error_message="A merged claim points at the other claim, and only a merged one does.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("said_on__isnull", True), ("said_precision", "unknown")),
                    models.Q(
                        ("said_on__isnull", False), models.Q(("said_precision", "unknown"), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="claims_claim_date_and_precision_agree",
                violation_error_message="Give the date and its precision, or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                fields=("verdict", "user"),
                name="claims_approval_once_a_person",
                violation_error_message="This person has decided on the verdict already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdictevidence",
            constraint=models.UniqueConstraint(
                fields=("verdict", "evidence"), name="claims_verdictevidence_once"
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("publication_state", "published")),
                fields=["-published_at", "-id"],
                name="claims_verdict_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("publication_state", "proposed")),
                fields=["proposed_at"],
                name="claims_verdict_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("publication_state", "published")),
                fields=["rating"],
                name="claims_verdict_by_rating",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                fields=("claim", "number"),
                name="claims_verdict_number_once",
                violation_error_message="Somebody began a verdict on this claim just now. Load the page again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("publication_state", "published")),
                fields=("claim",),
                name="claims_verdict_one_live_on_a_claim",
                violation_error_message="Another verdict on this claim is public already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("publication_state__in", ["draft", "proposed"])),
                fields=("claim",),
                name="claims_verdict_one_in_the_making",
                violation_error_message="A verdict on this claim is in the making already. Go on with that one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="claims_verdict_second_person_approves",
                violation_error_message="Somebody other than the proposer must approve a verdict.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("publication_state__in", ["published", "superseded", "retracted"]), _negated=True
                    ),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("proposed_at__isnull", False),
                        ("published_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="claims_verdict_public_only_when_approved",
                violation_error_message="A public verdict names its approver and its day of publication.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publication_state", "draft"), ("proposed_at__isnull", False), _connector="OR"
                ),
                name="claims_verdict_proposed_at_a_time",
                violation_error_message="A proposed verdict has the time of its proposal.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "publication_state__in",
                        ["draft", "proposed", "returned", "published", "superseded", "retracted"],
                    )
                ),
                name="claims_verdict_publication_is_known",
                violation_error_message="This is no step of publishing a verdict.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("finding", ""), _negated=True),
                name="claims_verdict_has_a_finding",
                violation_error_message="Write the finding in one sentence.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clash_against", ""), ("clash_version__isnull", True), ("clash_words", "")),
                    models.Q(
                        models.Q(("clash_words", ""), _negated=True),
                        models.Q(("clash_against", ""), _negated=True),
                        ("clash_version__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="claims_verdict_clash_is_whole",
                violation_error_message="A clash needs both phrases and the version in which the second stands.",
            ),
        ),
    ]
