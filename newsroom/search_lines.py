"""What search found, as readers may see it: each hit as the lists print it, with the words that were looked for marked.

Every row is asked again whether it is public: what the index holds decides the order, never who may see it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left

from articles.models import Article, ArticleVersion
from articles.querysets import LIST_FIELDS
from claims.listing import Entry, entries, with_rulings
from claims.models import Claim, Source
from claims.statuses import ArticleStatus, statuses_for
from newsroom.core.search import Hit, Query, snippet

# Beyond this no snippet is looked for: long texts are indexed up to about here.
LONGEST_READ = 120_000
LENGTH = 260

Runs = list[tuple[str, bool]]


@dataclass(frozen=True)
class ArticleFound:
    """An article: its headline and a passage in runs of plain and looked-for words, and what was found of it.

    `withheld` says that its text is not ours to show, so there is no passage.
    """

    article: Article
    status: ArticleStatus
    headline: Runs
    passage: Runs
    withheld: bool


@dataclass(frozen=True)
class ClaimFound:
    """A claim as lists show it, its sentence in runs."""

    entry: Entry
    statement: Runs


@dataclass(frozen=True)
class SourceFound:
    """A source: its name and other names in runs, how many public claims are its own, and how many verdicts use it."""

    source: Source
    name: Runs
    aliases: Runs
    claims: int


def keys(hits: Sequence[Hit], kind: str) -> list[int]:
    return [hit.pk for hit in hits if hit.kind == kind]


def articles_found(hits: Sequence[Hit], query: Query, at: datetime) -> list[ArticleFound]:
    """The public articles among the hits, in their order. Three queries, none for no hits."""
    found = keys(hits, "article")
    if not found:
        return []
    rows = Article.objects.public(at).for_lists().only(*LIST_FIELDS, "rights").in_bulk(found)
    articles = [rows[key] for key in found if key in rows]
    statuses, texts = statuses_for(articles, at), texts_of(articles)
    return [
        ArticleFound(
            article,
            statuses[article.pk],
            snippet(article.headline, query, length=None),
            snippet(texts[article.live_version_id], query, length=LENGTH)
            if article.live_version_id in texts
            else [],
            article.rights != Article.Rights.FULL,
        )
        for article in articles
    ]


def texts_of(articles: Sequence[Article]) -> dict[int, str]:
    """Standfirst and body of the live versions that readers may see whole, by version. One query."""
    versions = [article.live_version_id for article in articles if article.rights == Article.Rights.FULL]
    return {key: text for key, _headline, text in text_of(ArticleVersion.objects.filter(pk__in=versions))}


def text_of(versions: QuerySet) -> Iterator[tuple[int, str, str]]:
    """Key, headline, and standfirst with body of each version, as far as they are indexed. One query."""
    rows = versions.annotate(read=Left("body_text", LONGEST_READ))
    for key, headline, standfirst, body in rows.values_list("pk", "headline", "standfirst", "read"):
        yield key, headline, "\n\n".join(part for part in (standfirst, body) if part)


def claims_found(hits: Sequence[Hit], query: Query, at: datetime) -> list[ClaimFound]:
    """The public claims among the hits, in their order. Two queries, none for no hits."""
    found = keys(hits, "claim")
    if not found:
        return []
    rows = with_rulings(Claim.objects.public()).in_bulk(found)
    lines = entries([rows[key] for key in found if key in rows], at)
    return [ClaimFound(line, snippet(line.claim.statement, query, length=None)) for line in lines]


def sources_found(hits: Sequence[Hit], query: Query, at: datetime) -> list[SourceFound]:
    """The public sources among the hits, in their order. One query, none for no hits."""
    found = keys(hits, "source")
    if not found:
        return []
    ruled = Q(claims__verdicts__publication_state="published") | Q(claims__shown_as_checking=True)
    own = Count("claims", filter=ruled & ~Q(claims__work_state="merged"), distinct=True)
    rows = Source.objects.public(at).annotate(public_claims=own).in_bulk(found)
    return [
        SourceFound(
            source,
            snippet(source.name, query, length=None),
            snippet(source.aliases, query, length=None),
            source.public_claims,
        )
        for source in (rows[key] for key in found if key in rows)
    ]
