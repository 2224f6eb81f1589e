"""Things to test with, made by the very acts of the desk: articles.editing and claims.workflow.

Everything has words of its own that a newsroom could print. uid and number follow from those words, so that a page
looks the same in every run; times are given, or stop the clock around an act: `with clock("2020-04-12 09:00"): ...`.
"""

import itertools
import uuid
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from unittest.mock import patch

from articles import correcting, editing, redacting, reporting
from articles.models import Article, ArticleVersion, Correction, Outlet, Redaction, Report, Section
from articles.models.reports import RECEIPT_SIGNS
from articles.passages import passages
from articles.text import canonical_body
from articles.words import Words
from claims import workflow
from claims.models import Appearance, Claim, Evidence, Placement, Rating, Source, Verdict
from newsroom.core.models import User

from .desk import person

WORDS_BEHIND_UIDS = uuid.UUID("6a3fd1a2-0c37-5b0e-9d3c-2f4f0a5f7b11")
PRINTED = date(2020, 4, 7)
PUBLISHED = datetime(2020, 4, 8, 6, tzinfo=UTC)

HEADLINE = "Coalition hands over sixth Iraqi base in one week"
PARAGRAPHS = [
    "The coalition handed the base to the west of the capital over on Tuesday morning, a military source said.",
    "Six bases were handed over in the past few weeks.",
    "No group has claimed the attacks.",
]


def clock(moment: str) -> AbstractContextManager:
    """Stop the clock of every act inside the block, such as at "2020-04-12 09:00" (UTC)."""
    return patch("django.utils.timezone.now", return_value=time_at(moment))


def time_at(moment: str) -> datetime:
    """The time that the words name, in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def uid_for(model: type, words: str) -> uuid.UUID:
    """The uid that follows from the words; a second row of the same words gets another."""
    turns = (
        uuid.uuid5(WORDS_BEHIND_UIDS, f"{model._meta.label} {words} {turn}") for turn in itertools.count(1)
    )
    return next(uid for uid in turns if not model._base_manager.filter(uid=uid).exists())


# articles


def make_outlet(name: str = "Nawaiwaqt", **columns) -> Outlet:
    """The outlet of that name, made at the first call."""
    defaults = {
        "slug": editing.slug_for(name),
        "country": "PK",
        "uid": uid_for(Outlet, name),
        **columns,
    }
    return Outlet.objects.get_or_create(name=name, defaults=defaults)[0]


def make_section(name: str = "World") -> Section:
    """The section of that name, made at the first call."""
    defaults = {"slug": editing.slug_for(name), "uid": uid_for(Section, name)}
    return Section.objects.get_or_create(name=name, defaults=defaults)[0]


def make_body(paragraphs: Iterable[str | dict]) -> dict:
    """A body of paragraphs; a dict stands for a block of another kind, such as `teaser(...)`."""
    blocks = [
        part if isinstance(part, dict) else {"kind": "paragraph", "text": part, "spans": [], "attrs": {}}
        for part in paragraphs
    ]
    return canonical_body({"schema": 1, "blocks": blocks})


def teaser(words: str, label: str = "READ MORE:") -> dict:
    """The block of a line that repeats another article's headline."""
    return {"kind": "teaser", "text": f"{label} {words}", "spans": [], "attrs": {"label": label}}


def make_words(
    headline: str = HEADLINE,
    paragraphs: Iterable[str | dict] = PARAGRAPHS,
    *,
    standfirst: str = "",
    dateline: str = "",
) -> Words:
    """The cleaned words of one version."""
    return Words.clean(headline, standfirst, make_body(paragraphs), dateline)


def make_article(
    headline: str = HEADLINE,
    paragraphs: Iterable[str | dict] = PARAGRAPHS,
    *,
    published: bool = True,
    public_from: datetime | None = PUBLISHED,
    standfirst: str = "",
    dateline: str = "",
    outlet: Outlet | str = "Nawaiwaqt",
    section: Section | str | None = None,
    tags: Iterable[str] = (),
    printed_date: date | None = PRINTED,
    by: User | None = None,
    **details,
) -> Article:
    """An article entered by Noor, unless `by` says otherwise, and published. `details` are columns of Article."""
    by = by or person("noor")
    if printed_date:
        details = {"printed_precision": "day", "printed_obtained": "given", **details}
    article = editing.create_article(
        make_words(headline, paragraphs, standfirst=standfirst, dateline=dateline),
        by=by,
        uid=uid_for(Article, headline),
        outlet=make_outlet(outlet) if isinstance(outlet, str) else outlet,
        section=make_section(section) if isinstance(section, str) else section,
        printed_date=printed_date,
        **details,
    )
    article.tags.add(*tags)
    if published:
        editing.publish(article, by=by, public_from=public_from)
    return article


def revise(
    article: Article, *, live: bool = True, minor: bool = False, by: User | None = None, **changed
) -> ArticleVersion:
    """The next version of the article; `changed` are headline, standfirst, paragraphs (all of them) or dateline."""
    by, old = by or person("noor"), Article.objects.get(pk=article.pk).latest_version
    body = make_body(changed["paragraphs"]) if "paragraphs" in changed else old.body
    words = Words.clean(
        changed.get("headline", old.headline),
        changed.get("standfirst", old.standfirst),
        body,
        changed.get("dateline", old.dateline),
    )
    reason = "The agency sent it anew."
    new = editing.save_version(article, words, by=by, base=old.number, reason=reason, minor=minor)
    if live:
        editing.go_live(new, by=by)
    article.refresh_from_db()
    return new


def make_correction(
    article: Article,
    was: str = "",
    now: str = "",
    *,
    why: str = "The count was wrong.",
    kind: str = Correction.Kind.CORRECTION,
    goes_live: bool = False,
    proposed: bool = True,
    published: bool = True,
    by: User | None = None,
    approver: User | None = None,
    **columns,
) -> Correction:
    """Bilal's correction, approved by Rashid unless `published` is false: `was` stands in the version readers see,
    `now` in the one they see with it, which is the newest where `goes_live`."""
    article = Article.objects.get(pk=article.pk)
    then = article.latest_version if goes_live else article.live_version
    columns = {"cause": Correction.Cause.EDITING, "version": then if goes_live else None, **columns}
    if was:
        columns |= passages(article.live_version, was)[0].columns("was")
    if now:
        columns |= passages(then, now)[0].columns("now")
    uid = uid_for(Correction, f"{article.headline} {why}")
    by = by or person("bilal")
    correction = correcting.begin(article, by=by, uid=uid, why=why, kind=kind, **columns)
    if proposed or published:
        correcting.propose(correction, by=by)
    if published:
        correcting.approve(correction, by=approver or person("rashid"))
    correction.refresh_from_db()
    return correction


def make_report(
    article: Article,
    words: str = "",
    wrong: str = "It took three weeks, not one.",
    *,
    name: str = "",
    email: str = "",
    version: ArticleVersion | None = None,
    **columns,
) -> Report:
    """A reader's report on these words of what readers see, or on the whole article. Its receipt follows from them."""
    article = Article.objects.get(pk=article.pk)
    version = version or article.live_version
    passage = passages(version, words)[0] if words else None
    uid = uid_for(Report, f"{article.headline} {words} {wrong}")
    return reporting.receive(
        article,
        version,
        passage=passage,
        wrong=wrong,
        name=name,
        email=email,
        uid=uid,
        receipt=receipt_for(uid),
        **columns,
    )


def receipt_for(uid: uuid.UUID) -> str:
    """A receipt number that follows from the uid."""
    signs = [RECEIPT_SIGNS[byte % len(RECEIPT_SIGNS)] for byte in uid.bytes]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, 16, 4))


def make_redaction(
    version: ArticleVersion,
    words: str = "",
    *,
    step: str = "carried-out",
    order: str = "High Court, CR 12/2026",
    reason: str = "court order",
    ticked: Iterable[int] | None = None,
) -> Redaction:
    """Noor's removal of the words wherever they stand in the version (all of it without any), approved by Admin.

    `step` is the state it is left in: draft, proposed or carried-out. `ticked` are further places that go.
    """
    spans = [(each.field, each.start, each.end) for each in passages(version, words)] if words else None
    redaction = redacting.begin(version, spans, order=order, reason=reason, by=person("noor"))
    usual = set(redaction.places.filter(removed=True).values_list("pk", flat=True))
    if step in ("proposed", "carried-out"):
        redacting.propose(redaction, usual | set(ticked or ()), by=person("noor"))
    if step == "carried-out":
        redacting.approve(redaction, redaction.places_sha256, by=person("admin"))
    redaction.refresh_from_db()
    return redaction


# claims


def make_source(name: str = "the defence ministry", kind: str = "government", **columns) -> Source:
    """The source of that name, made at the first call."""
    if known := Source.objects.filter(name=name).first():
        return known
    if kind == Source.Kind.ANONYMOUS:
        columns.setdefault("why_anonymous", "The article gives no reason.")
    source = Source(name=name, slug=editing.slug_for(name), kind=kind, uid=uid_for(Source, name), **columns)
    source.save(force_insert=True)
    return source


def make_claim(
    statement: str = "The coalition handed over its sixth base within one week.",
    *,
    article: Article | None = None,
    words: str = "",
    role: str = Appearance.Role.ASSERTS,
    checking: bool = False,
    tags: Iterable[str] = (),
    by: User | None = None,
    **details,
) -> Claim:
    """A flagged claim, at the `words` of the article where both are given; `checking` shows readers that we look."""
    claim = workflow.flag(statement, by=by or person("sana"), uid=uid_for(Claim, statement), **details)
    claim.tags.add(*tags)
    if article:
        place(claim, article, words, role=role)
    if checking:
        show_checking(claim)
    return claim


def place(
    claim: Claim,
    article: Article,
    words: str,
    *,
    role: str = Appearance.Role.ASSERTS,
    field: str = "",
    occurrence: int = 0,
    **more,
) -> Placement:
    """Put the claim on these words of the version the desk works on, in the first field that holds them."""
    version = workflow.working_version(Article.objects.get(pk=article.pk))
    for name in [field] if field else ["headline", "standfirst", "body"]:
        if found := workflow.occurrences(version, name, words):
            start, end = found[occurrence]
            return workflow.place(claim, version, name, start, end, by=person("sana"), role=role, **more)
    raise AssertionError(f"{words!r} does not stand in {article}")


def show_checking(claim: Claim, note: str = "") -> Claim:
    """Assign the claim, unless somebody is at work, and let readers see “Being checked”."""
    if claim.work_state not in workflow.CHECKABLE:
        workflow.move(claim, Claim.Work.ASSIGNED, by=person("sana"), assigned_to=person("sana"))
    workflow.show_as_checking(claim, by=person("sana"), note=note)
    return claim


def make_evidence(
    claim: Claim,
    title: str = "Rudaw, 7 April 2020",
    *,
    stance: str = Evidence.Stance.REFUTES,
    source: Source | None = None,
    **columns,
) -> Evidence:
    """One piece of primary evidence, with its address."""
    columns = {
        "level": Evidence.Level.PRIMARY,
        "quote": "the sixth base handover in just three weeks",
        "url": "https://example.org/sixth-handover",
        "accessed_on": PRINTED,
        **columns,
    }
    return Evidence.objects.create(
        claim=claim,
        title=title,
        stance=stance,
        source=source or make_source("Rudaw", Source.Kind.OUTLET),
        added_by=person("sana"),
        **columns,
    )


def make_verdict(
    claim: Claim,
    rating: str = "false",
    *,
    published: bool = True,
    proposed: bool = True,
    finding: str = "The record shows otherwise.",
    by: User | None = None,
    approver: User | None = None,
    **columns,
) -> Verdict:
    """Sana's verdict, approved by Rashid unless `published` is false; evidence is found where there is none."""
    by = by or person("sana")
    if not claim.evidence.exists():
        make_evidence(claim)
    columns = {"as_of": PRINTED, **columns}
    verdict = workflow.draft_verdict(
        claim, by=by, rating=Rating.objects.get(slug=rating), finding=finding, **columns
    )
    if published or proposed:
        workflow.propose(verdict, by=by)
    if published:
        workflow.approve(verdict, by=approver or person("rashid"))
    claim.refresh_from_db()
    verdict.refresh_from_db()
    return verdict
