"""What waits among articles."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from newsroom.core.queues import Queue

from .models import Article, ArticleLink, Correction, Redaction, Report
from .models.reports import OPEN


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


def corrections_to_approve(corrections: QuerySet, user) -> QuerySet:
    """Proposed corrections that somebody else wrote and proposed."""
    proposed = corrections.filter(state=Correction.State.PROPOSED)
    return proposed.exclude(proposed_by=user).exclude(written_by__isnull=False, written_by=user)


def corrections_drafted(corrections: QuerySet, _user) -> QuerySet:
    """Corrections that a verdict or somebody began, and nobody proposed yet."""
    return corrections.filter(state=Correction.State.DRAFT)


def reports_open(reports: QuerySet, _user) -> QuerySet:
    """Readers' reports that nobody answered yet."""
    return reports.filter(state__in=OPEN)


def removals_to_approve(removals: QuerySet, user) -> QuerySet:
    """Proposed removals of words that somebody else proposed."""
    return removals.filter(state=Redaction.State.PROPOSED).exclude(proposed_by=user)


def removals_drafted(removals: QuerySet, _user) -> QuerySet:
    """Removals that somebody began, and nobody proposed yet."""
    return removals.filter(state=Redaction.State.DRAFT)


ALL = (
    Queue(
        slug="approve",
        model=Redaction,
        label=_("Removals of words to approve"),
        note=_("somebody else proposed them"),
        rows=removals_to_approve,
        right="articles.redact_articleversion",
        for_doers=True,
    ),
    Queue(
        slug="drafts",
        model=Redaction,
        label=_("Removals of words begun"),
        note=_("not proposed yet"),
        rows=removals_drafted,
        right="articles.redact_articleversion",
        for_doers=True,
    ),
    Queue(
        slug="approve",
        model=Correction,
        label=_("Corrections to approve"),
        note=_("somebody else proposed them"),
        rows=corrections_to_approve,
        right="articles.approve_correction",
        for_doers=True,
    ),
    Queue(
        slug="drafts",
        model=Correction,
        label=_("Corrections drafted"),
        note=_("not proposed yet"),
        rows=corrections_drafted,
        right="articles.propose_correction",
    ),
    Queue(
        slug="reports",
        model=Report,
        label=_("Readers report an error"),
        note=_("not answered yet"),
        rows=reports_open,
        right="articles.answer_report",
        for_doers=True,
    ),
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
