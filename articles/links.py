"""READ MORE lines: the printed line becomes a typed link, joined to its target when that is in the archive."""

from .models import Article, ArticleLink, ArticleVersion


def teasers(body: dict) -> list[str]:
    """The words of each READ MORE line in a body, without its label, in order, each once."""
    found = []
    for block in body["blocks"]:
        if block["kind"] == "teaser":
            found.append(block["text"].removeprefix(block["attrs"].get("label", "")).strip())
    return [words for words in dict.fromkeys(found) if words]


def sync_read_more(article: Article, version: ArticleVersion) -> None:
    """Make sure that every READ MORE line of the version has its link. Links of older versions stay."""
    known = set(article.links.filter(kind=ArticleLink.Kind.READ_MORE).values_list("text", flat=True))
    for order, words in enumerate(teasers(version.body), start=1):
        if words[:300] not in known:
            link = ArticleLink(
                article=article, kind=ArticleLink.Kind.READ_MORE, text=words[:300], order=order
            )
            aim(link)
            link.save()


def aim(link: ArticleLink) -> None:
    """Fill in the target where exactly one article has that headline; where several do, ask the desk instead."""
    candidates = list(Article.objects.filter(headline=link.text).exclude(pk=link.article_id)[:3])
    link.target = candidates[0] if len(candidates) == 1 else None
    link.question = (
        "" if len(candidates) < 2 else "More than one article has this headline. Choose which is meant."
    )


def join_waiting(article: Article) -> int:
    """Join the links that wait for an article of this headline. Return how many now lead somewhere."""
    waiting = ArticleLink.objects.filter(
        kind=ArticleLink.Kind.READ_MORE, target=None, url="", text=article.headline
    ).exclude(article=article)
    joined = 0
    for link in waiting:
        aim(link)
        link.save(update_fields=["target", "question"])
        joined += link.target_id is not None
    return joined
