"""Every change to what the archive holds: one function for each act, with its ledger line inside its transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core import ledger
from newsroom.core.moments import moment

from . import links
from .minor import is_minor
from .models import Article, ArticleVersion, Publication
from .signals import text_revised
from .words import Words, clean_reason

NOT_MINOR = gettext_lazy(
    "More changes than white space, quotes, dashes or the dateline: this change is not minor. Take the tick off."
)


class EditingRefused(Exception):
    """An act that the archive's rules do not allow; the message tells the editor what to do."""


class StaleEdit(EditingRefused):
    """The words were changed by somebody else since they were read. `newest` is the version to work from."""

    def __init__(self, newest: ArticleVersion):
        self.newest = newest
        super().__init__(
            _(
                "%(who)s saved version %(number)s while you were writing. Nothing of yours was saved yet: "
                "compare below, then save again."
            )
            % {"who": newest.author or _("A program"), "number": newest.number}
        )


class UnseenWords(EditingRefused):
    """The newest version is not the one that the editor looked at before making it public."""

    def __init__(self, newest: ArticleVersion):
        self.newest = newest
        super().__init__(
            _(
                "%(who)s saved version %(number)s after you loaded this page. Load it again and read that one first."
            )
            % {"who": newest.author or _("A program"), "number": newest.number}
        )


@dataclass(frozen=True)
class Origin:
    """Where imported words came from: the file, its hash, and the lines around the text that are not its words."""

    name: str = ""
    sha256: str = ""
    furniture: str = ""

    def columns(self) -> dict:
        return {"origin_name": self.name, "origin_sha256": self.sha256, "furniture": self.furniture}


def slug_for(headline: str) -> str:
    """The headline as words of an address: Unicode letters kept, at most 90 characters, never empty."""
    return slugify(headline, allow_unicode=True)[:90].strip("-_") or "article"


@transaction.atomic
def create_article(words: Words, *, by, origin: Origin | None = None, **details) -> Article:
    """Enter a new article as a draft with its first version. `details` are columns of Article, outlet among them."""
    article = Article(
        headline=words.headline, slug=details.pop("slug", "") or slug_for(words.headline), **details
    )
    article.sort_date = sort_date(article)
    article.save(force_insert=True)
    version = _insert_version(article, words, number=1, by=by, reason="", minor=False, origin=origin)
    _set_columns(article, latest_version=version)
    links.sync_read_more(article, version)
    links.join_waiting(article)
    ledger.record("article.create", article, by=by, version=str(version.uid), content=version.content_sha256)
    return article


@transaction.atomic
def save_version(
    article: Article,
    words: Words,
    *,
    by,
    base: int,
    reason: str = "",
    minor: bool = False,
    origin: Origin | None = None,
) -> ArticleVersion | None:
    """Keep changed words as the next version. Return None where nothing changed.

    `base` is the number of the version that the editor read: raise StaleEdit where a newer one exists. Raise
    EditingRefused where a published article is changed without a reason, and where a change of substance is called
    minor. That a change is minor by the rule makes it none: calling it so is the editor's choice.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    old = locked.latest_version
    if old.content_sha256 == words.content_sha256 and old.dateline == words.dateline:
        return None
    if old.number != base:
        raise StaleEdit(old)
    reason = clean_reason(reason)
    if locked.state != Article.State.DRAFT and not reason:
        raise EditingRefused(_("This article is public. Say why you change it: readers see the reason."))
    if minor and not is_minor(old, words):
        raise EditingRefused(NOT_MINOR)
    new = _insert_version(
        locked, words, number=old.number + 1, by=by, reason=reason, minor=minor, origin=origin
    )
    _set_columns(locked, latest_version=new)
    links.sync_read_more(locked, new)
    text_revised.send(sender=ArticleVersion, article=locked, old=old, new=new, by=by)
    ledger.record(
        "article.revise", locked, by=by, version=str(new.uid), content=new.content_sha256, minor=minor
    )
    article.refresh_from_db()
    return new


def _insert_version(article, words, *, number, by, reason, minor, origin) -> ArticleVersion:
    version = ArticleVersion(
        article=article,
        number=number,
        author=by,
        reason=reason,
        minor=minor,
        **words.columns(),
        **(origin or Origin()).columns(),
    )
    version.save(force_insert=True)
    return version


def sort_date(article: Article):
    """The date lists sort under: the printed one, else the day it became public here, else the day it was entered."""
    return article.printed_date or timezone.localdate(article.public_from or article.created_at)


def copied_columns(article: Article) -> dict:
    """What the narrow row copies, as it must be now. Before the first publication the newest version is copied."""
    shown = article.live_version or article.latest_version
    return {"headline": shown.headline, "sort_date": sort_date(article)}


def _set_columns(article: Article, **changes) -> None:
    for name, value in changes.items():
        setattr(article, name, value)
    copied = copied_columns(article)
    for name, value in copied.items():
        setattr(article, name, value)
    article.save(update_fields=[*changes, *copied])


def copy_columns(article: Article) -> None:
    """Copy anew what the narrow row repeats of its version: for a removal, which changes the version itself."""
    _set_columns(article)


@transaction.atomic
def set_details(article: Article, *, by, changed: list[str]) -> None:
    """Keep changed details that are not words (date, section, language, rights, slug): no version is made of them."""
    if changed:
        article.save(update_fields=changed)
        _set_columns(article)
        ledger.record("article.details", article, by=by, fields=sorted(changed))


@transaction.atomic
def go_live(version: ArticleVersion, *, by) -> None:
    """Make the version the one readers see: at once, or with the article where that waits for its time.

    The only writer of the live pointer and of what lists copy from it.
    """
    article = Article.objects.select_for_update().get(pk=version.article_id)
    if article.live_version_id == version.pk:
        return
    now = moment()
    waits = article.state == Article.State.PUBLISHED and article.public_from > now
    _show(article, version, by=by, public_from=article.public_from if waits else now)


def _show(article: Article, version: ArticleVersion, *, by, public_from: datetime) -> None:
    """Point readers of the locked article at the version, and keep from when on they see it."""
    if article.live_version_id and version.number < article.live_version.number:
        raise EditingRefused(_("An older version never goes live again. Save its words as a new version."))
    changes = {"live_version": version}
    if article.live_version_id and changes_substance(article, version):
        changes["changed_at"] = moment()
    _set_columns(article, **changes)
    _keep_publication(article, version, by=by, public_from=public_from)
    links.join_waiting(article)
    ledger.record("article.go-live", article, by=by, version=str(version.uid), content=version.content_sha256)


def changes_substance(article: Article, version: ArticleVersion) -> bool:
    """Whether any version since the one readers saw was more than minor; they may never have seen that one."""
    since = article.versions.filter(number__gt=article.live_version.number, number__lte=version.number)
    return since.filter(minor=False).exists()


def _keep_publication(article: Article, version: ArticleVersion, *, by, public_from: datetime) -> None:
    """One row for the time, unless the version was public before it."""
    if not article.publications.filter(version=version, public_from__lte=public_from).exists():
        Publication(article=article, version=version, public_from=public_from, by=by).save(force_insert=True)


@transaction.atomic
def publish(article: Article, *, by, public_from: datetime | None = None, seen: int | None = None) -> None:
    """Make the newest version public, now or from a later time. Raise EditingRefused for an article that is public.

    `seen` is the number of the version that the editor looked at: raise UnseenWords where a newer one exists.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.state == Article.State.PUBLISHED:
        raise EditingRefused(_("This article is published already."))
    check_seen(locked.latest_version, seen)
    now = moment()
    when, first = public_from or now, locked.first_published_at
    if locked.live_version_id == locked.latest_version_id:
        _keep_publication(locked, locked.latest_version, by=by, public_from=when)
    else:
        _show(locked, locked.latest_version, by=by, public_from=when)
    _set_columns(
        locked,
        state=Article.State.PUBLISHED,
        public_from=when,
        # A time that was planned and withdrawn before it came was no publication.
        first_published_at=first if first and first <= now else when,
        withdrawn_at=None,
        withdrawn_reason="",
        withdrawn_by_law=False,
    )
    ledger.record("article.publish", locked, by=by, public_from=when.isoformat())
    article.refresh_from_db()


def check_seen(newest: ArticleVersion, seen: int | None) -> None:
    """Raise UnseenWords unless the newest version is the one that was seen; None asks nothing."""
    if seen is not None and newest.number != seen:
        raise UnseenWords(newest)


@transaction.atomic
def withdraw(article: Article, *, by, reason: str, by_law: bool = False) -> None:
    """Take a published article back. Its address then says so, with the date and the reason."""
    reason = clean_reason(reason)
    if not reason:
        raise EditingRefused(_("Say why the article is withdrawn: readers see the reason."))
    changed = Article.objects.filter(pk=article.pk, state=Article.State.PUBLISHED).update(
        state=Article.State.WITHDRAWN,
        withdrawn_at=moment(),
        withdrawn_reason=reason,
        withdrawn_by_law=by_law,
    )
    if not changed:
        raise EditingRefused(_("Only a published article can be withdrawn."))
    article.refresh_from_db()
    ledger.record("article.withdraw", article, by=by, by_law=by_law)
