"""What is searched of articles: for readers the live words as far as our rights go, for the desk the newest."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet

from newsroom.core.search.register import Document, Searchable, Watch, register

from .models import Article, ArticleTag, ArticleVersion, Byline

WORDS = ("headline", "standfirst", "body_text", "dateline")


class SearchableArticles(Searchable):
    """Articles under their printed date."""

    kind = "article"
    code = 1
    model = "articles.Article"
    watches = (
        Watch("articles.Article", of=("number", "live_version", "state", "rights", "outlet", "sort_date")),
        # What only the desk finds moves nothing that readers see.
        Watch("articles.Article", of=("latest_version",), events=("update",), hides=False),
        Watch("articles.ArticleVersion", to="article", events=("insert",), hides=False),
        # Only a removal of words changes a version.
        Watch(
            "articles.ArticleVersion",
            to="article",
            of=("headline", "standfirst", "body_text", "dateline"),
            events=("update",),
        ),
        Watch("articles.Byline", to="article", of=("article", "contributor", "printed_as")),
        Watch("articles.ArticleTag", to="content_object"),
        Watch(
            "articles.Contributor",
            of=("name",),
            events=("update",),
            hides=False,
            via="articles.Byline",
            by="contributor",
            to="article",
        ),
        Watch(
            "articles.Outlet",
            of=("name",),
            events=("update",),
            hides=False,
            via="articles.Article",
            by="outlet",
        ),
        Watch(
            "articles.Tag",
            of=("name",),
            events=("update",),
            hides=False,
            via="articles.ArticleTag",
            by="tag",
            to="content_object",
        ),
    )

    def public(self, at: datetime.datetime) -> QuerySet:
        """Articles that everybody may read at that time."""
        return Article.objects.public(at)

    def documents(self, pks: Sequence[int]) -> Iterator[Document]:
        """One document for the desk, and one for readers where a version is live and nobody took it back."""
        found = articles(pks)
        signed = by_article(
            Byline.objects.filter(article__in=pks).select_related("contributor"), "article_id"
        )
        tags = by_article(
            ArticleTag.objects.filter(content_object__in=pks).select_related("tag"), "content_object_id"
        )
        for article in found:
            lines, names = signed.get(article.pk, []), [row.tag.name for row in tags.get(article.pk, [])]
            shared = {"tag": sorted(names), "outlet": [article.outlet.name]}
            if article.latest_version:
                known = [
                    name for line in lines for name in dict.fromkeys((line.printed_as, line.contributor.name))
                ]
                yield document(article, "desk", {**shared, **words(article.latest_version), "signed": known})
            if article.live_version and article.state == Article.State.PUBLISHED:
                # Whoever signed under another name is found under that name alone.
                printed = [str(line) for line in lines]
                yield document(article, "readers", {**shared, **shown(article), "signed": printed})


def articles(pks: Sequence[int]) -> QuerySet:
    """The articles with the plain words of both versions; the bodies with their spans stay in the database."""
    columns = [f"{pointer}__{name}" for pointer in ("live_version", "latest_version") for name in WORDS]
    return (
        Article.objects.filter(pk__in=pks)
        .select_related("outlet", "live_version", "latest_version")
        .only("number", "state", "rights", "sort_date", "outlet__name", *columns)
        .order_by("pk")
    )


def by_article(rows: QuerySet, column: str) -> dict[int, list]:
    """The rows of each article, in their order."""
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


def document(article: Article, face: str, fields: dict[str, Iterable[str]]) -> Document:
    return Document(article.pk, article.number, face, article.sort_date, fields)


def words(version: ArticleVersion) -> dict[str, list[str]]:
    """Every word of the version."""
    return {
        "headline": [version.headline],
        "summary": [version.standfirst],
        "body": [version.dateline, version.body_text],
    }


def shown(article: Article) -> dict[str, list[str]]:
    """What the page prints of the live version: without the rights to its text, the headline alone."""
    live = words(article.live_version)
    return live if article.rights == Article.Rights.FULL else {"headline": live["headline"]}


register(SearchableArticles())
