"""Who else has an article open: told to those who would otherwise learn of it when they save.

Nothing is locked. Two texts are put together when the later one is saved (articles.merging); knowing of each other
before is kinder. A row says so for as long as its page is heard from, and nothing of it is kept after.
"""

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from newsroom.core.moments import moment

from .models import Article, ArticleVersion, Presence

OPENED = timedelta(
    minutes=10
)  # a page that was loaded counts this long unheard: its browser may run no scripts
HEARD = timedelta(
    seconds=150
)  # one that was heard from: browsers let a page in the background speak once a minute
EVERY = 30  # seconds between two words of a page
NAMED = 5


def arrive(article: Article, user: AbstractBaseUser, page: Presence.Page, *, writing: bool = False) -> None:
    """Note that the person opened this page of the article just now. One statement."""
    at = moment()
    row = Presence(article=article, user=user, page=page, writing=writing, since=at, until=at + OPENED)
    _write(row, "since", "writing", "until")


def hear(article: Article, user: AbstractBaseUser, page: Presence.Page, *, writing: bool = False) -> None:
    """Note that the page is still open, and throw away every row whose time is over. Two statements."""
    at = moment()
    Presence.objects.filter(until__lte=at).delete()
    row = Presence(article=article, user=user, page=page, writing=writing, since=at, until=at + HEARD)
    _write(row, "writing", "until")


def _write(row: Presence, *changed: str) -> None:
    Presence.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["article", "user", "page"], update_fields=changed
    )


def leave(article: Article, user: AbstractBaseUser, page: Presence.Page) -> None:
    """Note that the person closed this page of the article."""
    Presence.objects.filter(article=article, user=user, page=page).delete()


def others(article: Article, user: AbstractBaseUser) -> list[Presence]:
    """Who else has the article open now, who came first standing first. One query."""
    rows = Presence.objects.filter(article=article, until__gt=moment()).exclude(user=user)
    return list(rows.select_related("user").order_by("since", "pk"))


def told(rows: list[Presence]) -> list[str]:
    """The rows as sentences for the desk: five, and how many more there are."""
    said = [sentence_of(row) for row in rows[:NAMED]]
    if len(rows) > NAMED:
        said.append(_("And %(count)d more.") % {"count": len(rows) - NAMED})
    return said


def sentence_of(row: Presence) -> str:
    """Who does what since when, in the words of the desk."""
    if row.page == Presence.Page.FLAG:
        words = _("Since %(time)s, %(person)s reads and flags here.")
    elif row.writing:
        words = _("%(person)s is changing this article and has not saved it yet.")
    else:
        words = _("Since %(time)s, %(person)s has this article open.")
    since = timezone.localtime(row.since)
    today = since.date() == timezone.localdate()
    time = date_format(since, "TIME_FORMAT" if today else "DATETIME_FORMAT")
    return words % {"person": row.user, "time": time}


def newer_than(number: int, newest: ArticleVersion, page: Presence.Page) -> str:
    """Says that somebody saved the newest version after the one of that number was opened; empty where nobody did."""
    if newest.number <= number:
        return ""
    if page == Presence.Page.FLAG:
        words = _(
            "Version %(number)d was saved meanwhile, by %(person)s. Load the page again to flag its words."
        )
    else:
        words = _(
            "Version %(number)d was saved meanwhile, by %(person)s. Yours is put together with it when you save."
        )
    return words % {"number": newest.number, "person": newest.author or _("a program")}


def open_in(articles: list[Article], user: AbstractBaseUser) -> dict[int, list[str]]:
    """For each article, by its id, the names of those who have it open besides this person. One query."""
    rows = Presence.objects.filter(article__in=[each.pk for each in articles], until__gt=moment())
    names: dict[int, list[str]] = {}
    for row in rows.exclude(user=user).select_related("user").order_by("since", "pk"):
        known = names.setdefault(row.article_id, [])
        if str(row.user) not in known:
            known.append(str(row.user))
    return names
