"""The plan's articles as rows of the real models, written in batches with every guard in force.

Nothing goes around the archive's rules: words are cleaned and hashed by articles/words.py, and the database refuses
here what it refuses everywhere.
"""

from django.db import transaction
from django.db.models import OuterRef, Subquery

from articles import editing
from articles.models import Article, ArticleLink, ArticleTag, ArticleVersion, Byline, Publication
from articles.words import Words

from .archive import Plan, PlannedArticle
from .claim_rows import ClaimWriter
from .ground import Ground, noon


class ArticleWriter:
    """Writes a plan's articles, and through ClaimWriter their claims: `write` for each batch, oldest first."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.ground = Ground(plan)
        self.claims = ClaimWriter(plan, self.ground)
        self.articles: list[int] = []  # the id of the article at each place

    @transaction.atomic
    def write(self, batch: list[PlannedArticle]) -> None:
        """Write the articles with their versions, links, claims, places and verdicts, in one transaction."""
        words = [self._words(planned) for planned in batch]
        articles = Article.objects.bulk_create(
            [self._article(planned, text) for planned, text in zip(batch, words, strict=True)]
        )
        self.articles += [article.pk for article in articles]
        versions = ArticleVersion.objects.bulk_create(
            [self._version(article, text) for article, text in zip(articles, words, strict=True)]
        )
        self._point_at_versions()
        Publication.objects.bulk_create(
            Publication(
                uid=self.plan.uid(f"publication/{article.uid}"),
                article=article,
                version=version,
                public_from=article.public_from,
                created_at=article.created_at,
            )
            for article, version in zip(articles, versions, strict=True)
        )
        self._hang_on(batch, articles)
        self.claims.write(batch, versions)

    def _words(self, planned: PlannedArticle) -> Words:
        return Words.clean(planned.headline, planned.standfirst, {"schema": 1, "blocks": planned.blocks})

    def _article(self, planned: PlannedArticle, words: Words) -> Article:
        when = noon(planned.day)
        row = Article(
            uid=self.plan.uid(f"article/{planned.place}"),
            outlet=self.ground.outlets[planned.outlet],
            section=self.ground.sections[planned.section],
            slug=editing.slug_for(words.headline),
            headline=words.headline,
            state=Article.State.PUBLISHED,
            printed_date=planned.day,
            printed_precision=Article.Precision.DAY,
            printed_obtained=Article.Obtained.GIVEN,
            public_from=when,
            first_published_at=when,
            imported_at=when,
            created_at=when,
        )
        row.sort_date = editing.sort_date(row)
        return self.ground.with_number(row)

    def _version(self, article: Article, words: Words) -> ArticleVersion:
        uid = self.plan.uid(f"version/{article.uid}")
        return ArticleVersion(
            uid=uid, article=article, number=1, created_at=article.created_at, **words.columns()
        )

    def _point_at_versions(self) -> None:
        """Articles and versions point at each other, so the articles' side is filled in afterwards."""
        first = ArticleVersion.objects.filter(article=OuterRef("pk"), number=1).values("pk")
        Article.objects.filter(latest_version=None).update(
            latest_version=Subquery(first), live_version=Subquery(first)
        )

    def _hang_on(self, batch: list[PlannedArticle], articles: list[Article]) -> None:
        """Bylines, tags and READ MORE links."""
        bylines, tags, links = [], [], []
        for planned, article in zip(batch, articles, strict=True):
            for order, signer in enumerate(planned.signed_by, start=1):
                uid = self.plan.uid(f"byline/{planned.place}/{order}")
                bylines.append(
                    Byline(
                        uid=uid, article=article, contributor=self.ground.contributors[signer], order=order
                    )
                )
            tags += [ArticleTag(content_object=article, tag=tag) for tag in self.ground.tags_at(planned.tags)]
            if planned.more is not None:
                links.append(self._link(planned, article))
        Byline.objects.bulk_create(bylines)
        ArticleTag.objects.bulk_create(tags)
        ArticleLink.objects.bulk_create(links)

    def _link(self, planned: PlannedArticle, article: Article) -> ArticleLink:
        line = planned.blocks[-1]
        return ArticleLink(
            uid=self.plan.uid(f"link/{planned.place}"),
            article=article,
            target_id=self.articles[planned.more],
            text=line["text"].removeprefix(line["attrs"]["label"]).strip(),
        )
