"""Which articles a page may speak of."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from newsroom.core.identity import UidQuerySet


class ArticleQuerySet(UidQuerySet):
    """Articles, by who may see them now."""

    def public(self, at: datetime | None = None) -> "ArticleQuerySet":
        """Articles that everybody may read at that time (now, unless given)."""
        return self.filter(public_condition(at=at))

    def withdrawn(self, at: datetime | None = None) -> "ArticleQuerySet":
        """Articles that were public once and have been taken back: their address says so."""
        return self.filter(state="withdrawn", first_published_at__lte=at or timezone.now())

    def for_lists(self) -> "ArticleQuerySet":
        """With the little that one line of a list prints: no text, no wide row."""
        return self.select_related("outlet", "section").only(*LIST_FIELDS)

    def for_withdrawn_list(self) -> "ArticleQuerySet":
        """With the little that the list of withdrawn articles prints."""
        return self.select_related("outlet").only(*WITHDRAWN_FIELDS)


WITHDRAWN_FIELDS = (
    "number",
    "slug",
    "headline",
    "language",
    "outlet__name",
    "withdrawn_at",
    "withdrawn_reason",
    "withdrawn_by_law",
)
LIST_FIELDS = (
    "uid",
    "number",
    "slug",
    "headline",
    "language",
    "state",
    "sort_date",
    "printed_date",
    "printed_precision",
    "live_version_id",
    "outlet__name",
    "outlet__slug",
    "section__name",
    "section__slug",
)


def public_condition(prefix: str = "", at: datetime | None = None) -> Q:
    """The one rule for what is public, for articles themselves or through a path such as `article__`."""
    return Q(
        **{
            f"{prefix}state": "published",
            f"{prefix}public_from__lte": at or timezone.now(),
            f"{prefix}live_version__isnull": False,
        }
    )


class ArticleVersionQuerySet(UidQuerySet):
    """Versions, which no page may list without their article."""

    def public(self, at: datetime | None = None) -> "ArticleVersionQuerySet":
        """What readers may read now of the history of public articles, each with `public_since`.

        A version has been public from its first publication on, unless a later one took its place at that very time
        or before it, as it is while an article waits for its hour.
        """
        now = at or timezone.now()
        publications = self.model._meta.get_field("publications").related_model.objects
        since = publications.filter(version=OuterRef("pk")).order_by("public_from").values("public_from")[:1]
        overtaken = publications.filter(
            article=OuterRef("article"),
            version__number__gt=OuterRef("number"),
            public_from__lte=OuterRef("public_since"),
        )
        return (
            self.filter(public_condition("article__", now))
            .annotate(public_since=Subquery(since))
            .filter(~Exists(overtaken), public_since__lte=now)
        )

    def without_text(self) -> "ArticleVersionQuerySet":
        """For lists of versions: the wide columns stay in the database."""
        return self.defer("body", "body_text", "furniture")


class CorrectionQuerySet(UidQuerySet):
    """Corrections, by who may read them now."""

    def public(self, at: datetime | None = None) -> "CorrectionQuerySet":
        """Published ones of articles that everybody may read at that time."""
        now = at or timezone.now()
        return self.filter(public_condition("article__", now), state="published", published_at__lte=now)

    def for_one_article(self) -> "CorrectionQuerySet":
        """With what a slip prints beside the article that the page has already: no text, no wide row."""
        return self.select_related(*VERSIONS_NAMED).only("article_id", *OF_CORRECTIONS)

    def for_lists(self) -> "CorrectionQuerySet":
        """The same with what it prints of the article."""
        return self.select_related("article__outlet", *VERSIONS_NAMED).only(*OF_CORRECTIONS, *OF_ARTICLES)


VERSIONS_NAMED = ("was_version", "now_version")
OF_CORRECTIONS = (
    "uid",
    "number",
    "kind",
    "was_field",
    "was_start",
    "was_exact",
    "now_field",
    "now_start",
    "now_exact",
    "why",
    "cause",
    "requested_by",
    "spot",
    "state",
    "published_at",
    "was_version__number",
    "now_version__number",
)
OF_ARTICLES = (
    "article__number",
    "article__slug",
    "article__headline",
    "article__language",
    "article__rights",
    "article__outlet__name",
)


class ArticleLinkQuerySet(UidQuerySet):
    """Links between articles."""

    def for_reading(self) -> "models.QuerySet":
        """With their targets, of which a page shows only what is public."""
        return self.select_related("target").order_by("order", "id")
