"""What must agree in the archive's rows: canonical text, hashes, copied columns, pointers, numbers, addresses.

Fixtures and hands in the database go past every save(), so nothing here is trusted to have been computed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from articles import editing, text
from articles.models import (
    Article,
    ArticleLink,
    ArticleVersion,
    Correction,
    Outlet,
    Publication,
    RedactedVersion,
    Redaction,
    Tag,
)
from articles.passages import field_text
from articles.spans import language_tag, safe_href
from newsroom.core.hygiene import Refusal, fold_key
from newsroom.core.identity import next_number, number_of

ROWS_AT_ONCE = 200
MOST_CLASHES = 100


@dataclass(frozen=True)
class Finding:
    """One field of one row that is not what it must be."""

    row: str
    field: str
    problem: str


def name_of(row: models.Model) -> str:
    """A row as a finding names it: its kind, uid and what it is called."""
    return f"{row._meta.label_lower} {row.uid} “{str(row)[:60]}”"


def audit_archive() -> Iterator[Finding]:
    """Everything that is wrong in outlets, tags, articles, their versions, links, corrections and removals."""
    for outlet in Outlet.objects.iterator():
        yield from _checks(outlet, site=address_problem(outlet.site), language=_language(outlet.language))
    for tag in Tag.objects.iterator():
        folded = "" if tag.key == fold_key(tag.name) else f"is “{tag.key}”, must be “{fold_key(tag.name)}”"
        yield from _checks(tag, key=folded, uri=address_problem(tag.uri))
    for version in ArticleVersion.objects.iterator(chunk_size=ROWS_AT_ONCE):
        yield from _version(version)
    for article in _articles().iterator(chunk_size=ROWS_AT_ONCE):
        yield from _article(article)
    for link in ArticleLink.objects.iterator():
        yield from _checks(link, url=address_problem(link.url))
    quoting = Correction.objects.select_related("article", "was_version", "now_version")
    for correction in quoting.iterator(chunk_size=ROWS_AT_ONCE):
        yield from _correction(correction)
    yield from _removals()


def _articles() -> models.QuerySet:
    wide = [
        f"{pointer}__{name}"
        for pointer in ("live_version", "latest_version")
        for name in ("body", "body_text")
    ]
    newest = models.Max("versions__number")
    counted = models.Count("versions")
    since = Publication.objects.filter(version=models.OuterRef("live_version")).values("public_from")[:1]
    return (
        Article.objects.select_related("live_version", "latest_version")
        .defer(*wide)
        .annotate(newest=newest, counted=counted, shown_since=models.Subquery(since))
    )


def _checks(row: models.Model, **problems: str) -> Iterator[Finding]:
    """A finding for every field whose problem is not empty."""
    return (Finding(name_of(row), field, problem) for field, problem in problems.items() if problem)


def _version(version: ArticleVersion) -> Iterator[Finding]:
    yield from _checks(
        version,
        headline=_fixed_point(text.clean_headline, version.headline),
        standfirst=_fixed_point(text.clean_standfirst, version.standfirst),
        body=_fixed_point(text.canonical_body, version.body),
        body_text=_same(version.body_text, text.body_text(version.body)),
        text_sha256=_same(
            version.text_sha256, text.text_sha256(version.headline, version.standfirst, version.body)
        ),
        content_sha256=_content_hash(version),
    )


def _content_hash(version: ArticleVersion) -> str:
    try:
        return _same(
            version.content_sha256, text.content_sha256(version.headline, version.standfirst, version.body)
        )
    except text.BodyError as error:
        return str(error)


def _fixed_point(clean: Callable[[Any], Any], stored: Any) -> str:
    """What is wrong where cleaning the stored value refuses or changes it."""
    try:
        return "" if clean(stored) == stored else "is not in the form in which it is stored"
    except Refusal as refusal:
        return str(refusal)


def _same(stored: Any, computed: Any) -> str:
    return "" if stored == computed else f"is {_short(stored)}, must be {_short(computed)}"


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:79] + "…"


def _article(article: Article) -> Iterator[Finding]:
    shown = article.live_version or article.latest_version
    copied = editing.copied_columns(article) if shown else {}
    yield from _checks(
        article,
        number=number_problem(article),
        language=_language(article.language),
        original_url=address_problem(article.original_url),
        live_version=_live_pointer(article),
        latest_version=_latest_pointer(article),
        publications=_publications(article),
        versions=_same(article.counted, article.newest or 0) and "are not numbered 1, 2, 3",
        **{name: _same(getattr(article, name), value) for name, value in copied.items()},
    )


def _correction(correction: Correction) -> Iterator[Finding]:
    yield from _checks(
        correction,
        number=number_problem(correction),
        was_exact=_quoted(correction, "was"),
        now_exact=_quoted(correction, "now"),
    )


def _quoted(correction: Correction, which: str) -> str:
    """What is wrong where the words quoted do not stand at their place."""
    version, field, start, end, exact = (
        getattr(correction, f"{which}_{name}") for name in ("version", "field", "start", "end", "exact")
    )
    if version is None:
        return ""
    if version.article_id != correction.article_id:
        return "are words of another article"
    return _same(exact, field_text(version, field)[start:end])


def _removals() -> Iterator[Finding]:
    """Removals that were left half way, and hashes that do not lead from what was printed to what stands there."""
    for redaction in Redaction.objects.filter(state=Redaction.State.CARRYING_OUT):
        yield from _checks(redaction, state="was left half way")
    last: dict[int, RedactedVersion] = {}
    for row in RedactedVersion.objects.order_by("pk").iterator(chunk_size=ROWS_AT_ONCE):
        earlier = last.get(row.version_id)
        if earlier and earlier.now_content_sha256 != row.was_content_sha256:
            yield from _checks(row, was_content_sha256="is not the hash that the removal before it left")
        last[row.version_id] = row
    stands = dict(ArticleVersion.objects.filter(pk__in=last).values_list("pk", "content_sha256"))
    for version, row in last.items():
        if stands[version] != row.now_content_sha256:
            yield from _checks(row, now_content_sha256="is not the hash of what stands in the version")


def _live_pointer(article: Article) -> str:
    live = article.live_version
    if live is None:
        return "is empty, but the article was published" if article.state != Article.State.DRAFT else ""
    return "" if live.article_id == article.pk else "is a version of another article"


def _publications(article: Article) -> str:
    if article.state == Article.State.DRAFT or article.live_version is None or article.shown_since:
        return ""
    return f"do not say from when on version {article.live_version.number} is public"


def _latest_pointer(article: Article) -> str:
    latest = article.latest_version
    if latest is None:
        return "is empty: an article has at least one version"
    if latest.article_id != article.pk:
        return "is a version of another article"
    return (
        ""
        if latest.number == article.newest
        else f"is version {latest.number}, the newest is {article.newest}"
    )


def number_problem(row: models.Model) -> str:
    """What is wrong where a number is neither the uid's own nor the next that was free."""
    number = number_of(row.uid)
    for _ in range(MOST_CLASHES):
        if number == row.number:
            return ""
        if not type(row)._base_manager.filter(number=number).exists():
            break
        number = next_number(number)
    return f"is {row.number}, must be {number}"


def address_problem(url: str) -> str:
    """What is wrong with an address that readers may be sent to."""
    safe = not url or (safe_href(url) is not None and not url.lower().startswith("mailto:"))
    return "" if safe else f"is no address of a web page: {_short(url)}"


def _language(tag: str) -> str:
    return "" if language_tag(tag) else f"is no language tag: {_short(tag)}"
