"""What the database refuses for the archive's tables."""

from newsroom.core.guards import ALL, Guard, RowCheck, register

GIVEN_ONCE = "uid and number are given once: addresses, feeds and exports rest on them."

register(
    Guard(
        "articles.ArticleVersion",
        frozen=ALL,
        message="A version is never changed: save the new words as a new version.",
        delete_message="A version is never deleted: the archive remembers what was printed.",
    ),
    Guard(
        "articles.Article",
        frozen=("uid", "number"),
        message=GIVEN_ONCE,
        delete_message="An article is withdrawn, never deleted.",
        checks=(
            RowCheck(
                "points_at_its_own_versions",
                events=("update",),
                of=("live_version", "latest_version"),
                message="An article shows its own versions only.",
                holds="NOT EXISTS (SELECT 1 FROM {articles.ArticleVersion} other"
                " WHERE other.id IN (NEW.{live_version}, NEW.{latest_version}) AND other.article_id <> NEW.{id})",
            ),
        ),
    ),
    Guard(
        "articles.Publication",
        frozen=ALL,
        message="When a version became public is never changed.",
        delete_message="When a version became public is never deleted: the archive remembers it.",
        checks=(
            RowCheck(
                "version_of_its_article",
                events=("insert",),
                holds="EXISTS (SELECT 1 FROM {articles.ArticleVersion} version"
                " WHERE version.id = NEW.{version} AND version.article_id = NEW.{article})",
                message="An article publishes its own versions only.",
            ),
        ),
    ),
    *(
        Guard(f"articles.{model}", frozen=("uid",), message=GIVEN_ONCE, deletable=True)
        for model in ("Outlet", "Section", "Contributor", "Tag", "Media", "Byline", "ArticleLink")
    ),
)
