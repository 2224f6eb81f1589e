import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import articles.models.article
import articles.models.media
import newsroom.core.moments


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
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
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        default="article",
                        max_length=90,
                        verbose_name="words in the address",
                    ),
                ),
                (
                    "headline",
                    models.CharField(
                        editable=False,
                        help_text="Copied from the version.",
                        max_length=300,
                        verbose_name="headline",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="en", help_text="Such as en or ur.", max_length=35, verbose_name="language"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "printed_date",
                    models.DateField(
                        blank=True,
                        help_text="The date on the page. For a month or a year alone, its first day. Leave empty if unknown.",
                        null=True,
                        verbose_name="printed on",
                    ),
                ),
                (
                    "printed_precision",
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
                    "printed_as",
                    models.CharField(
                        blank=True,
                        help_text="Word for word, such as “Jan. 3”.",
                        max_length=80,
                        verbose_name="date as printed",
                    ),
                ),
                (
                    "printed_obtained",
                    models.CharField(
                        choices=[
                            ("given", "Given with the article"),
                            ("parsed", "Read by a program"),
                            ("extracted", "Taken from the text"),
                            ("typed", "Typed by an editor"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="how we know",
                    ),
                ),
                (
                    "sort_date",
                    models.DateField(
                        default=articles.models.article.today, editable=False, verbose_name="sorted under"
                    ),
                ),
                (
                    "public_from",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="public from"),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published here"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last changed in substance"
                    ),
                ),
                (
                    "imported_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="imported"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=newsroom.core.moments.moment, editable=False, verbose_name="entered"
                    ),
                ),
                (
                    "original_url",
                    models.URLField(
                        blank=True,
                        help_text="Where the outlet published it.",
                        max_length=500,
                        verbose_name="original address",
                    ),
                ),
                (
                    "rights",
                    models.CharField(
                        choices=[
                            ("full", "Full text"),
                            ("quotes", "Quotes and link only"),
                            ("none", "Nothing but the record"),
                        ],
                        default="full",
                        help_text="How much of the text readers may see. The archive keeps all of it.",
                        max_length=8,
                        verbose_name="rights",
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn"),
                ),
                (
                    "withdrawn_reason",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Readers see this.",
                        max_length=300,
                        verbose_name="why withdrawn",
                    ),
                ),
                (
                    "withdrawn_by_law",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="by order of a court or authority"
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ["-sort_date", "-number"],
                "permissions": [
                    ("publish_article", "Can publish articles and put versions live"),
                    ("withdraw_article", "Can withdraw articles"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outlet",
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
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        max_length=80,
                        unique=True,
                        verbose_name="short name for addresses",
                    ),
                ),
                (
                    "site",
                    models.URLField(
                        blank=True, help_text="Where readers find the outlet itself.", verbose_name="site"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, help_text="Two letters, such as PK.", max_length=2, verbose_name="country"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="en", help_text="Such as en or ur.", max_length=35, verbose_name="language"
                    ),
                ),
                (
                    "is_ours",
                    models.BooleanField(
                        default=False,
                        help_text="Verdicts on our own words lead to corrections, and our authors may not judge them.",
                        verbose_name="ours",
                    ),
                ),
            ],
            options={
                "verbose_name": "outlet",
                "verbose_name_plural": "outlets",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Section",
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
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        max_length=80,
                        unique=True,
                        verbose_name="short name for addresses",
                    ),
                ),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ArticleVersion",
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
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("headline", models.CharField(max_length=300, verbose_name="headline")),
                ("standfirst", models.TextField(blank=True, verbose_name="standfirst")),
                (
                    "body",
                    models.JSONField(
                        help_text="Blocks of plain text with spans: articles/text.py.", verbose_name="body"
                    ),
                ),
                (
                    "body_text",
                    models.TextField(
                        help_text="The blocks' texts joined by a blank line.",
                        verbose_name="body as plain text",
                    ),
                ),
                ("text_sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                ("content_sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the content")),
                (
                    "dateline",
                    models.CharField(blank=True, max_length=120, verbose_name="dateline as printed"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=newsroom.core.moments.moment, verbose_name="entered"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                (
                    "minor",
                    models.BooleanField(
                        default=False,
                        help_text="White space, quotes, dashes or dateline only.",
                        verbose_name="minor",
                    ),
                ),
                (
                    "furniture",
                    models.TextField(
                        blank=True,
                        help_text="Lines printed around the article that are not its text.",
                        verbose_name="page furniture",
                    ),
                ),
                ("origin_name", models.CharField(blank=True, max_length=255, verbose_name="came from file")),
                (
                    "origin_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of that file"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ["article", "number"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="latest_version",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.articleversion",
                verbose_name="newest version",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="live_version",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.articleversion",
                verbose_name="version readers see",
            ),
        ),
        migrations.CreateModel(
            name="Contributor",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        help_text="Whoever signed an article may not judge the claims in it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributor",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signs in as",
                    ),
                ),
            ],
            options={
                "verbose_name": "contributor",
                "verbose_name_plural": "contributors",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Byline",
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
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="Such as Translation or Photographs.",
                        max_length=60,
                        verbose_name="role",
                    ),
                ),
                (
                    "printed_as",
                    models.CharField(
                        blank=True,
                        help_text="Word for word, where it differs from the name.",
                        max_length=160,
                        verbose_name="printed as",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bylines",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "contributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bylines",
                        to="articles.contributor",
                        verbose_name="contributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "byline",
                "verbose_name_plural": "bylines",
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="Media",
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
                    "file",
                    models.FileField(
                        help_text="JPEG, PNG, GIF or WebP, at most 10 MB.",
                        upload_to=articles.models.media.media_path,
                        verbose_name="file",
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                ("extension", models.CharField(editable=False, max_length=4, verbose_name="type")),
                (
                    "alt",
                    models.CharField(
                        help_text="Read aloud to people who cannot see the picture. Required.",
                        max_length=500,
                        verbose_name="what it shows",
                    ),
                ),
                ("credit", models.CharField(blank=True, max_length=200, verbose_name="credit")),
                (
                    "rights",
                    models.CharField(
                        choices=[("full", "May be shown"), ("none", "Kept, not shown")],
                        default="full",
                        max_length=8,
                        verbose_name="rights",
                    ),
                ),
                (
                    "released",
                    models.BooleanField(
                        default=False,
                        help_text="Until you tick this, nobody outside the desk can open the picture, even with its address.",
                        verbose_name="released",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("sha256"), 64
                        ),
                        name="articles_media_sha256_is_whole",
                        violation_error_message="The file's SHA-256 is missing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alt", ""), _negated=True),
                        name="articles_media_has_alt",
                        violation_error_message="Say what the picture shows.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="outlet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.outlet",
                verbose_name="outlet",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.section",
                verbose_name="section",
            ),
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="slug"),
                ),
                (
                    "uid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="uid"),
                ),
                (
                    "key",
                    models.CharField(
                        editable=False,
                        error_messages={"unique": "A tag that reads the same exists already."},
                        max_length=200,
                        unique=True,
                        verbose_name="folded key",
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
                        blank=True, help_text="Such as iptc-mediatopic.", max_length=60, verbose_name="scheme"
                    ),
                ),
                (
                    "uri",
                    models.URLField(
                        blank=True,
                        help_text="The subject's address in that scheme.",
                        verbose_name="identifier",
                    ),
                ),
                (
                    "retired",
                    models.BooleanField(
                        default=False,
                        help_text="No longer offered; its page remains.",
                        verbose_name="retired",
                    ),
                ),
                (
                    "alias_of",
                    models.ForeignKey(
                        blank=True,
                        help_text="Articles tagged with this name are filed under that tag.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aliases",
                        to="articles.tag",
                        verbose_name="another name for",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="articles.tag",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ArticleTag",
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
                        related_name="article_tags",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_tags",
                        to="articles.tag",
                        verbose_name="tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag on an article",
                "verbose_name_plural": "tags on articles",
            },
        ),
        migrations.AddField(
            model_name="article",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="Subjects, split by commas. A tag that reads the same is found, not made again.",
                through="articles.ArticleTag",
                to="articles.Tag",
                verbose_name="tags",
            ),
        ),
        migrations.CreateModel(
            name="ArticleLink",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("read-more", "Read more"),
                            ("follow-up", "Follow-up to"),
                            ("corrects", "Corrects"),
                            ("copy-of", "Copy of"),
                            ("translation-of", "Translation of"),
                        ],
                        default="read-more",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="address elsewhere")),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        help_text="Without the label READ MORE itself.",
                        max_length=300,
                        verbose_name="words as printed",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                (
                    "question",
                    models.CharField(
                        blank=True,
                        help_text="Why the target was not filled in, such as two articles under one headline.",
                        max_length=300,
                        verbose_name="question for the desk",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        help_text="Readers are sent there once it is public.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked_from",
                        to="articles.article",
                        verbose_name="leads to",
                    ),
                ),
            ],
            options={
                "verbose_name": "link to an article",
                "verbose_name_plural": "links to articles",
                "ordering": ["order", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "kind", "text", "url"),
                        name="articles_link_once",
                        violation_error_message="The article has this link already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target__isnull", False),
                            models.Q(("text", ""), _negated=True),
                            models.Q(("url", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="articles_link_leads_somewhere",
                        violation_error_message="A link needs an article, an address or the words as printed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target__isnull", True),
                            models.Q(("target", models.F("article")), _negated=True),
                            _connector="OR",
                        ),
                        name="articles_link_not_to_itself",
                        violation_error_message="An article does not link to itself.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="articleversion",
            index=models.Index(fields=["content_sha256"], name="articles_version_by_content"),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.UniqueConstraint(
                fields=("article", "number"),
                name="articles_version_number_once",
                violation_error_message="Somebody saved this version number first. Load the page again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)),
                name="articles_version_number_from_one",
                violation_error_message="Versions are numbered from 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("headline", ""), _negated=True),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("headline"), 300
                    ),
                ),
                name="articles_version_headline_length",
                violation_error_message="A headline has 1 to 300 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("body_text"), 1000000
                ),
                name="articles_version_text_limit",
                violation_error_message="A text has at most 1,000,000 characters. Split the article.",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("text_sha256"), 64),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("content_sha256"), 64
                    ),
                ),
                name="articles_version_hashes_are_whole",
                violation_error_message="A version has both hashes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="byline",
            constraint=models.UniqueConstraint(
                fields=("article", "contributor", "role"),
                name="articles_byline_once",
                violation_error_message="This contributor signs the article already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alias_of", models.F("id")), _negated=True),
                    models.Q(("parent", models.F("id")), _negated=True),
                ),
                name="articles_tag_is_not_its_own_parent",
                violation_error_message="A tag is not its own parent or alias.",
            ),
        ),
        migrations.AddConstraint(
            model_name="articletag",
            constraint=models.UniqueConstraint(
                fields=("tag", "content_object"), name="articles_articletag_once"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-sort_date", "-number"], name="articles_newest"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["outlet", "-sort_date", "-number"], name="articles_newest_of_outlet"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["section", "-sort_date", "-number"], name="articles_newest_of_section"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["headline"], name="articles_by_headline"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1000000000), ("number__lte", 9999999999)),
                name="articles_article_number_has_ten_digits",
                violation_error_message="The number has ten digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "published", "withdrawn"])),
                name="articles_article_state_is_known",
                violation_error_message="An article is a draft, published or withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "draft"), ("public_from__isnull", False), _connector="OR"),
                name="articles_article_published_from_a_time",
                violation_error_message="A published article has a time from which it is public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("printed_date__isnull", True), ("printed_precision", "unknown")),
                    models.Q(
                        ("printed_date__isnull", False),
                        models.Q(("printed_precision", "unknown"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="articles_article_date_and_precision_agree",
                violation_error_message="Give the printed date and its precision, or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    models.Q(
                        ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="articles_article_withdrawn_with_reason",
                violation_error_message="A withdrawal has a date and a reason that readers see.",
            ),
        ),
    ]
