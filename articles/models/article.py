"""The article: a narrow row for lists, immutable versions that hold the words, and what hangs on them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact, LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from newsroom.core.identity import NumberedModel, UidModel, number_in_range
from newsroom.core.languages import direction
from newsroom.core.moments import Precision, moment

from ..querysets import ArticleLinkQuerySet, ArticleQuerySet, ArticleVersionQuerySet
from .outlets import Contributor, Outlet, Section
from .tags import ArticleTag, FoldingTaggableManager


def today():
    """The date here and now, for the sort date of an article whose printed date nobody knows."""
    return timezone.localdate()


class Article(NumberedModel):
    """What an outlet printed once. Columns marked “copied” have one writer, articles.editing, and an audit."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    Precision = Precision

    class Obtained(models.TextChoices):
        GIVEN = "given", _("Given with the article")
        PARSED = "parsed", _("Read by a program")
        EXTRACTED = "extracted", _("Taken from the text")
        TYPED = "typed", _("Typed by an editor")
        UNKNOWN = "unknown", _("Not known")

    class Rights(models.TextChoices):
        FULL = "full", _("Full text")
        QUOTES = "quotes", _("Quotes and link only")
        NONE = "none", _("Nothing but the record")

    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, related_name="articles", verbose_name=_("outlet")
    )
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
    )
    slug = models.SlugField(_("words in the address"), max_length=90, allow_unicode=True, default="article")
    headline = models.CharField(
        _("headline"), max_length=300, editable=False, help_text=_("Copied from the version.")
    )
    language = models.CharField(_("language"), max_length=35, default="en", help_text=_("Such as en or ur."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)

    printed_date = models.DateField(
        _("printed on"),
        null=True,
        blank=True,
        help_text=_(
            "The date on the page. For a month or a year alone, its first day. Leave empty if unknown."
        ),
    )
    printed_precision = models.CharField(
        _("precise to"), max_length=8, choices=Precision, default=Precision.UNKNOWN
    )
    printed_as = models.CharField(
        _("date as printed"), max_length=80, blank=True, help_text=_("Word for word, such as “Jan. 3”.")
    )
    printed_obtained = models.CharField(
        _("how we know"), max_length=10, choices=Obtained, default=Obtained.UNKNOWN
    )
    sort_date = models.DateField(_("sorted under"), default=today, editable=False)
    public_from = models.DateTimeField(_("public from"), null=True, blank=True, editable=False)
    first_published_at = models.DateTimeField(
        _("first published here"), null=True, blank=True, editable=False
    )
    changed_at = models.DateTimeField(_("last changed in substance"), null=True, blank=True, editable=False)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("entered"), default=moment, editable=False)

    original_url = models.URLField(
        _("original address"), max_length=500, blank=True, help_text=_("Where the outlet published it.")
    )
    rights = models.CharField(
        _("rights"),
        max_length=8,
        choices=Rights,
        default=Rights.FULL,
        help_text=_("How much of the text readers may see. The archive keeps all of it."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(
        _("why withdrawn"), max_length=300, blank=True, editable=False, help_text=_("Readers see this.")
    )
    withdrawn_by_law = models.BooleanField(
        _("by order of a court or authority"), default=False, editable=False
    )

    live_version = models.ForeignKey(
        "ArticleVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("version readers see"),
    )
    latest_version = models.ForeignKey(
        "ArticleVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("newest version"),
    )
    tags = TaggableManager(
        through=ArticleTag,
        manager=FoldingTaggableManager,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Subjects, split by commas. A tag that reads the same is found, not made again."),
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-sort_date", "-number"]
        permissions = [
            ("publish_article", _("Can publish articles and put versions live")),
            ("withdraw_article", _("Can withdraw articles")),
        ]
        constraints = [
            number_in_range("articles_article_number_has_ten_digits"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "published", "withdrawn"]),
                name="articles_article_state_is_known",
                violation_error_message=_("An article is a draft, published or withdrawn."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(public_from__isnull=False),
                name="articles_article_published_from_a_time",
                violation_error_message=_("A published article has a time from which it is public."),
            ),
            models.CheckConstraint(
                condition=models.Q(printed_date__isnull=True, printed_precision="unknown")
                | (models.Q(printed_date__isnull=False) & ~models.Q(printed_precision="unknown")),
                name="articles_article_date_and_precision_agree",
                violation_error_message=_("Give the printed date and its precision, or neither."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason="")),
                name="articles_article_withdrawn_with_reason",
                violation_error_message=_("A withdrawal has a date and a reason that readers see."),
            ),
        ]
        indexes = [
            # The archive's list, newest first, by keyset.
            models.Index(fields=["-sort_date", "-number"], name="articles_newest"),
            # The same list of one outlet, and of one section.
            models.Index(fields=["outlet", "-sort_date", "-number"], name="articles_newest_of_outlet"),
            models.Index(fields=["section", "-sort_date", "-number"], name="articles_newest_of_section"),
            # READ MORE lines find the article whose headline they repeat.
            models.Index(fields=["headline"], name="articles_by_headline"),
            # The desk's first page: the newest import, what of imports nobody published, what waits to go live.
            models.Index(
                fields=["-imported_at"],
                condition=models.Q(imported_at__isnull=False),
                name="articles_newest_import",
            ),
            models.Index(
                fields=["-imported_at", "state"],
                condition=models.Q(state="draft", imported_at__isnull=False),
                name="articles_imported_drafts",
            ),
            models.Index(
                fields=["state"],
                condition=models.Q(state="published") & ~models.Q(live_version=models.F("latest_version")),
                name="articles_waiting_to_go_live",
            ),
            # What was withdrawn, the last first, by keyset.
            models.Index(
                fields=["-withdrawn_at", "-number"],
                condition=models.Q(state="withdrawn"),
                name="articles_withdrawn_last",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or str(_("Article without a headline"))

    def get_absolute_url(self) -> str:
        return reverse("articles:detail", kwargs={"number": self.number, "slug": self.slug})

    @property
    def direction(self) -> str:
        return direction(self.language)

    def is_public(self, at=None) -> bool:
        """Whether everybody may read it at that time: the same rule as querysets.public_condition."""
        return bool(
            self.state == self.State.PUBLISHED
            and self.live_version_id
            and self.public_from
            and self.public_from <= (at or timezone.now())
        )


class ArticleVersion(UidModel):
    """The words as they stood once. Written by articles.editing; never changed and never deleted."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="versions", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(_("version"))
    headline = models.CharField(_("headline"), max_length=300)
    standfirst = models.TextField(_("standfirst"), blank=True)
    body = models.JSONField(_("body"), help_text=_("Blocks of plain text with spans: articles/text.py."))
    body_text = models.TextField(
        _("body as plain text"), help_text=_("The blocks' texts joined by a blank line.")
    )
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    content_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    dateline = models.CharField(_("dateline as printed"), max_length=120, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    created_at = models.DateTimeField(_("entered"), default=moment)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    minor = models.BooleanField(
        _("minor"), default=False, help_text=_("White space, quotes, dashes or dateline only.")
    )
    furniture = models.TextField(
        _("page furniture"),
        blank=True,
        help_text=_("Lines printed around the article that are not its text."),
    )
    origin_name = models.CharField(_("came from file"), max_length=255, blank=True)
    origin_sha256 = models.CharField(_("SHA-256 of that file"), max_length=64, blank=True)

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article", "number"]
        permissions = [
            ("redact_articleversion", _("Can remove printed words by order, with a second person")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"],
                name="articles_version_number_once",
                violation_error_message=_("Somebody saved this version number first. Load the page again."),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="articles_version_number_from_one",
                violation_error_message=_("Versions are numbered from 1."),
            ),
            models.CheckConstraint(
                condition=~models.Q(headline="") & LessThanOrEqual(Length("headline"), 300),
                name="articles_version_headline_length",
                violation_error_message=_("A headline has 1 to 300 characters."),
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("body_text"), 1_000_000),
                name="articles_version_text_limit",
                violation_error_message=_("A text has at most 1,000,000 characters. Split the article."),
            ),
            models.CheckConstraint(
                condition=Exact(Length("text_sha256"), 64) & Exact(Length("content_sha256"), 64),
                name="articles_version_hashes_are_whole",
                violation_error_message=_("A version has both hashes."),
            ),
        ]
        indexes = [
            # Importing: is this very content here already?
            models.Index(fields=["content_sha256"], name="articles_version_by_content"),
        ]

    def __str__(self) -> str:
        return str(
            _("%(headline)s (version %(number)s)") % {"headline": self.headline, "number": self.number}
        )

    def get_absolute_url(self) -> str:
        """Where readers read it, if it was ever public."""
        return reverse("articles:version", kwargs=self.address())

    def address(self) -> dict:
        """The parts of its address, the same for its page and its text."""
        return {"number": self.article.number, "slug": self.article.slug, "version": self.number}

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    natural_key.dependencies = ["articles.article"]


class Publication(UidModel):
    """From when on readers see a version. Written by articles.editing; a version that never had one was never public.

    Where two versions of an article have the same time, readers only ever saw the later one.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="publications", verbose_name=_("article")
    )
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="publications", verbose_name=_("version")
    )
    public_from = models.DateTimeField(_("public from"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made public by"),
    )
    created_at = models.DateTimeField(_("decided"), default=moment)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["article", "public_from", "id"]
        indexes = [
            # What of an article was public when: its history, and the version of a day.
            models.Index(fields=["article", "public_from"], name="articles_publication_in_time"),
        ]

    def __str__(self) -> str:
        return str(self.version)


class Byline(UidModel):
    """Who signed an article, in which order, and under what name it was printed."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="bylines", verbose_name=_("article")
    )
    contributor = models.ForeignKey(
        Contributor, on_delete=models.PROTECT, related_name="bylines", verbose_name=_("contributor")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    role = models.CharField(
        _("role"), max_length=60, blank=True, help_text=_("Such as Translation or Photographs.")
    )
    printed_as = models.CharField(
        _("printed as"),
        max_length=160,
        blank=True,
        help_text=_("Word for word, where it differs from the name."),
    )

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "contributor", "role"],
                name="articles_byline_once",
                violation_error_message=_("This contributor signs the article already."),
            ),
        ]

    def __str__(self) -> str:
        return self.printed_as or self.contributor.name


class ArticleLink(UidModel):
    """A link from one article to another, such as READ MORE; the target may arrive later."""

    class Kind(models.TextChoices):
        READ_MORE = "read-more", _("Read more")
        FOLLOW_UP = "follow-up", _("Follow-up to")
        CORRECTS = "corrects", _("Corrects")
        COPY = "copy-of", _("Copy of")
        TRANSLATION = "translation-of", _("Translation of")

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="links", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.READ_MORE)
    target = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="linked_from",
        verbose_name=_("leads to"),
        help_text=_("Readers are sent there once it is public."),
    )
    url = models.URLField(_("address elsewhere"), max_length=500, blank=True)
    text = models.CharField(
        _("words as printed"), max_length=300, blank=True, help_text=_("Without the label READ MORE itself.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    question = models.CharField(
        _("question for the desk"),
        max_length=300,
        blank=True,
        help_text=_("Why the target was not filled in, such as two articles under one headline."),
    )

    objects = ArticleLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to an article")
        verbose_name_plural = _("links to articles")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "kind", "text", "url"],
                name="articles_link_once",
                violation_error_message=_("The article has this link already."),
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=False) | ~models.Q(text="") | ~models.Q(url=""),
                name="articles_link_leads_somewhere",
                violation_error_message=_("A link needs an article, an address or the words as printed."),
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | ~models.Q(target=models.F("article")),
                name="articles_link_not_to_itself",
                violation_error_message=_("An article does not link to itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.url or str(self.target)
