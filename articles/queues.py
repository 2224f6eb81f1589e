"""What waits among articles."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from newsroom.core.queues import Queue

from .models import Article, ArticleLink


def waiting_to_go_live(articles: QuerySet, _user) -> QuerySet:
    """Published articles with a newer version than the one readers see."""
    return articles.filter(state=Article.State.PUBLISHED).exclude(live_version=F("latest_version"))


def imported_drafts(articles: QuerySet, _user) -> QuerySet:
    """Imported articles that nobody published yet."""
    return articles.filter(state=Article.State.DRAFT, imported_at__isnull=False)


def asked_about(articles: QuerySet, _user) -> QuerySet:
    """Articles with a READ MORE line whose target a person must choose."""
    asking = ArticleLink.objects.filter(target__isnull=True).exclude(question="").order_by()
    return articles.filter(pk__in=asking.values("article"))


ALL = (
    Queue(
        slug="live",
        model=Article,
        label=_("Versions waiting to go live"),
        rows=waiting_to_go_live,
        right="articles.publish_article",
    ),
    Queue(
        slug="imported",
        model=Article,
        label=_("Imported, not published"),
        rows=imported_drafts,
        right="articles.publish_article",
    ),
    Queue(
        slug="questions",
        model=Article,
        label=_("“Read more” lines with a question"),
        note=_("found at import"),
        rows=asked_about,
        right="articles.change_article",
    ),
)
