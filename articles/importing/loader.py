"""From what a reader found to rows of the archive: one transaction for each article, through articles.editing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import editing
from articles.importing.credits import printed_date, signers
from articles.importing.outlets import Named, enter_unknown
from articles.importing.parsed import Parsed, ParsedArticle
from articles.models import Article, ArticleLink, ArticleVersion, Byline, Contributor, Outlet
from articles.text import BodyError
from articles.words import Words
from newsroom.core import ledger
from newsroom.core.hygiene import TextRefused

CREATED, UNCHANGED, REFUSED = "created", "unchanged", "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one article of a file. `article` is the row it became, or the one that was here already."""

    found: ParsedArticle
    status: str
    article: Article | None = None
    reason: str = ""
    links: tuple[ArticleLink, ...] = field(default=())
    joined: int = 0


@dataclass(frozen=True)
class Wish:
    """How to enter articles: under which outlet, in which language ("" for the outlet's), published or as drafts."""

    outlet: Named
    language: str = ""
    published: bool = False
    by: object = None


def load(parsed: Parsed, wish: Wish) -> Iterator[Outcome]:
    """Enter the articles of a file one after the other, each whole or not at all, and say what became of each."""
    for found in parsed.articles:
        try:
            outcome = _load(parsed, found, wish)
        except (TextRefused, BodyError, editing.EditingRefused) as refusal:
            outcome = Outcome(found, REFUSED, reason=str(refusal))
        yield outcome


@transaction.atomic
def _load(parsed: Parsed, found: ParsedArticle, wish: Wish) -> Outcome:
    standfirst = found.standfirst.text if found.standfirst else ""
    dateline = found.dateline.text if found.dateline else ""
    words = Words.clean(found.headline.text, standfirst, found.body(), dateline)
    outlet = _locked(wish.outlet)
    same = _same_content(words, parsed, wish.outlet)
    if outlet is None and same is None:
        enter_unknown()
        outlet = _locked(wish.outlet)
        same = _same_content(words, parsed, wish.outlet)
    if same:
        return Outcome(found, UNCHANGED, same, _why_unchanged(words, same, wish), _links(same, found))
    if other := _same_headline(words, outlet):
        return Outcome(found, REFUSED, other, _why_refused(other))
    return _create(parsed, found, words, outlet, wish)


def _locked(named: Named) -> Outlet | None:
    """The outlet's row, held until the article is in: two imports at once would both miss the other's words."""
    return Outlet.objects.select_for_update().filter(slug=named.slug).first()


def _same_content(words: Words, parsed: Parsed, outlet: Named) -> Article | None:
    """The article that holds these very words: of the outlet, or from this very file where nobody gave an outlet."""
    place = Q(article__outlet__slug=outlet.slug)
    if not outlet.given:
        place |= Q(origin_sha256=parsed.sha256)
    same = ArticleVersion.objects.filter(place, content_sha256=words.content_sha256).without_text()
    version = same.select_related("article").order_by("article_id").first()
    return version.article if version else None


def _same_headline(words: Words, outlet: Outlet | None) -> Article | None:
    headed = Q(headline=words.headline) | Q(versions__headline=words.headline)
    return Article.objects.filter(headed, outlet=outlet).order_by("pk").first()


def _why_unchanged(words: Words, article: Article, wish: Wish) -> str:
    told = []
    if article.latest_version.content_sha256 != words.content_sha256:
        told.append(_("It was revised since; the words of this file are one of its versions."))
    if wish.outlet.is_known and article.outlet.slug != wish.outlet.slug:
        told.append(_("It stands under %(outlet)s.") % {"outlet": article.outlet})
    if wish.published and article.state != Article.State.PUBLISHED:
        told.append(_("It is not published: publish it at the desk."))
    return " ".join(told)


def _why_refused(other: Article) -> str:
    return _(
        "%(outlet)s has other words under this headline already (article %(number)d). Nothing was overwritten: "
        "save the new words there as a version, or change the headline in the file if it is another article."
    ) % {"outlet": other.outlet, "number": other.number}


def _create(parsed: Parsed, found: ParsedArticle, words: Words, outlet: Outlet, wish: Wish) -> Outcome:
    origin = editing.Origin(
        name=parsed.name[:255],
        sha256=parsed.sha256,
        furniture="\n".join(printed.text for printed in found.furniture),
    )
    article = editing.create_article(
        words,
        by=wish.by,
        origin=origin,
        outlet=outlet,
        language=wish.language or outlet.language,
        imported_at=timezone.now(),
        **_dates(found),
    )
    _sign(article, found, wish.by)
    if wish.published:
        editing.publish(article, by=wish.by)
    return Outcome(found, CREATED, article, "", _links(article, found), article.linked_from.count())


def _dates(found: ParsedArticle) -> dict:
    """The columns of the printed date: what the date line says, and nothing where there is none."""
    printed = printed_date(found.dateline.text) if found.dateline else None
    if printed is None:
        return {}
    columns = {"printed_as": printed.words, "printed_obtained": Article.Obtained.EXTRACTED}
    if printed.day:
        columns |= {"printed_date": printed.day, "printed_precision": Article.Precision.DAY}
    return columns


def _sign(article: Article, found: ParsedArticle, by) -> None:
    """The printed bylines as rows. A contributor is known by the name as printed."""
    signed = [pair for printed in found.bylines for pair in signers(printed.text)]
    for order, (name, printed_as) in enumerate(dict(signed).items(), start=1):
        contributor = Contributor.objects.filter(name=name).order_by("pk").first()
        contributor = contributor or Contributor.objects.create(name=name)
        byline = Byline(article=article, contributor=contributor, order=order, printed_as=printed_as)
        byline.save(force_insert=True)
        ledger.record("article.sign", article, by=by, contributor=str(contributor.uid))


def _links(article: Article, found: ParsedArticle) -> tuple[ArticleLink, ...]:
    if not found.teasers:
        return ()
    links = article.links.filter(kind=ArticleLink.Kind.READ_MORE).select_related("target")
    return tuple(links.order_by("order", "id"))
