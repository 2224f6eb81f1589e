"""Every kind of page of the desk, with an address of each in the archive that `build` makes.

Adding a page to the desk? Add a line to `pages()`: its name, its address, and who opens it (one of tests/desk.py who
has something to do there). axe then opens it at 1280 and at 360 px, light, dark and in forced colours, from left to
right and (where `rtl` is True) from right to left; it may not scroll sideways, and the browser may not complain.
A page that needs data of its own: make it in `build`, so that the page is opened full and not empty.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from articles.models import Article, Correction, Outlet, Redaction, Report, Tag
from claims import workflow
from claims.models import Appearance, Claim, Evidence, Placement, Source, Verdict
from newsroom.core.models import LedgerEntry
from tests.desk import person
from tests.factories import (
    clock,
    make_article,
    make_claim,
    make_correction,
    make_evidence,
    make_redaction,
    make_report,
    make_verdict,
    place,
    revise,
)

from . import archive

MOVED = "Bridges closed again"
WAITING = "The convoy carried fuel."
ON_THE_DESK = "Three bridges were closed on Monday."


@dataclass(frozen=True)
class Page:
    """One address and who opens it; without a person it is opened by somebody who has not signed in."""

    name: str
    url: str
    person: str = "rashid"
    status: int = 200
    rtl: bool = False


def build() -> None:
    """The public archive, and of everything that waits at the desk at least one."""
    archive.build()
    with clock("2020-04-13 09:00"):
        article = make_article(
            "Bridges closed after the flood", ["Three bridges were closed.", "A convoy waits."]
        )
        make_verdict(
            make_claim(WAITING, article=article, words="A convoy waits"), "unproven", published=False
        )
        claim = make_claim(ON_THE_DESK, article=article, words="Three bridges were closed")
        make_evidence(claim)
        workflow.move(claim, Claim.Work.ASSIGNED, by=person("rashid"), assigned_to=person("rashid"))
        flagged = workflow.flag("Nobody was hurt in the flood.", by=person("bilal"))
        place(flagged, article, "Bridges closed", field="headline", match=Appearance.Match.SUGGESTED)
        revise(article, live=False, paragraphs=["Three bridges were closed.", "A convoy waited for hours."])
        make_correction(article, "Three bridges were closed", goes_live=True, published=False, why="Two.")
        make_correction(article, "A convoy waits", proposed=False, published=False, why="It left.")
        make_report(article, "A convoy waits", "It left on Sunday.", name="Amna Tariq")
        make_report(article, "convoy", "There were two of them.", email="amna@example.org")
        make_report(article, wrong="Four bridges, not three.")
        moved = make_article(MOVED, ["Six bridges were closed. Nobody said why.", "Two roads are open now."])
        place(make_claim("Six bridges were closed."), moved, "Six bridges were closed")
        place(make_claim("Two roads are open."), moved, "Two roads are open")
        place(make_claim("Bridges are closed again."), moved, "Bridges closed again")
        revise(
            moved, paragraphs=["Six bridges were closed. An engineer said why.", "Three roads are open now."]
        )
        redacted = make_article("Who drove the convoy", ["Karim Aziz drove.", "Karim Aziz came back."])
        make_redaction(redacted.live_version, "came back")
        redacted.live_version.refresh_from_db()
        make_redaction(redacted.live_version, "Karim Aziz", step="draft")
        make_redaction(redacted.live_version, "Karim Aziz", step="proposed")
        make_article("A draft about bridges", ["Not yet read by anybody."], published=False)


def pages() -> list[Page]:
    """One page of every kind."""
    return [*frame(), *lists(), *forms(), *acts(), *refusals(), *of_others()]


def frame() -> list[Page]:
    return [
        Page("log in", reverse("admin:login"), person="", rtl=True),
        Page("what waits, verdict editor", reverse("admin:index"), rtl=True),
        Page("what waits, reporter", reverse("admin:index"), "bilal"),
        Page("what waits, auditor", reverse("admin:index"), "yusra"),
        Page("records of an app", reverse("admin:app_list", args=["claims"])),
        Page("change password", reverse("admin:password_change")),
    ]


def lists() -> list[Page]:
    names = (
        "article",
        "articleversion",
        "publication",
        "correction",
        "report",
        "redaction",
        "outlet",
        "section",
        "contributor",
        "tag",
        "media",
    )
    found = [Page(f"list of {name}", reverse(f"admin:articles_{name}_changelist"), "noor") for name in names]
    names = ("claim", "source", "appearance", "placement", "evidence", "verdict", "approval", "rating")
    found += [Page(f"list of {name}", reverse(f"admin:claims_{name}_changelist"), "admin") for name in names]
    found += [
        Page("people", reverse("admin:core_user_changelist"), "admin"),
        Page("roles", reverse("admin:auth_group_changelist"), "admin"),
        Page("ledger", reverse("admin:core_ledgerentry_changelist"), "yusra"),
        Page("a queue", reverse("admin:claims_claim_changelist") + "?queue=flagged", "sana", rtl=True),
        Page("a search", reverse("admin:articles_article_changelist") + "?q=bridges", "bilal", rtl=True),
        Page("nothing found", reverse("admin:claims_claim_changelist") + "?q=zanzibar", "sana"),
    ]
    return found


def forms() -> list[Page]:
    bridges = Article.objects.get(headline__startswith="Bridges closed after")
    claim, waiting = Claim.objects.get(statement=ON_THE_DESK), Claim.objects.get(statement=WAITING)
    return [
        add("articles", "article", "noor", rtl=True),
        add("articles", "contributor", "noor"),
        add("articles", "tag", "noor"),
        add("articles", "outlet", "noor"),
        add("articles", "media", "noor"),
        add("claims", "claim", "sana"),
        add("claims", "source", "sana"),
        add("claims", "evidence", "sana"),
        add("claims", "verdict", "sana"),
        add("claims", "rating", "admin"),
        add("core", "user", "admin"),
        add("auth", "group", "admin"),
        change(bridges, "noor", rtl=True),
        change(bridges, "yusra"),
        change(bridges.latest_version, "noor"),
        change(Correction.objects.get(why="Two."), rtl=True),
        change(report("convoy"), rtl=True),
        change(report(""), "bilal"),
        change(Redaction.objects.get(state="carried-out"), "noor", rtl=True),
        change(claim, rtl=True),
        change(claim, "bilal"),
        change(waiting.verdicts.get(), rtl=True),
        change(Evidence.objects.first(), "sana"),
        change(Source.objects.first(), "sana"),
        change(Appearance.objects.first(), "sana"),
        change(Placement.objects.first(), "sana"),
        change(Outlet.objects.first(), "noor"),
        change(Tag.objects.first(), "noor"),
        change(person("bilal"), "admin"),
        change(LedgerEntry.objects.first(), "yusra"),
        Page("history", reverse("admin:articles_article_history", args=[bridges.pk]), "noor", rtl=True),
        Page(
            "set a password", reverse("admin:auth_user_password_change", args=[person("bilal").pk]), "admin"
        ),
    ]


def acts() -> list[Page]:
    bridges = Article.objects.get(headline__startswith="Bridges closed after")
    verdict = Verdict.objects.get(claim__statement=WAITING)
    claim = Claim.objects.get(statement=ON_THE_DESK)
    suggested = Appearance.objects.get(match=Appearance.Match.SUGGESTED)
    return [
        act(bridges, "go-live"),
        act(bridges, "withdraw", "noor"),
        act(bridges, "correct", "bilal", rtl=True),
        act(Correction.objects.get(why="It left."), "propose", "bilal"),
        act(Correction.objects.get(why="Two."), "approve", rtl=True),
        act(Correction.objects.get(why="Two."), "decline"),
        act(report("convoy"), "answer", rtl=True),
        act(report(""), "same"),
        act(report("convoy"), "correct", "bilal"),
        act(bridges.live_version, "remove-words", "noor", rtl=True),
        act(Redaction.objects.get(state="draft"), "propose", "noor", rtl=True),
        act(Redaction.objects.get(state="proposed"), "approve", "admin", rtl=True),
        act(Redaction.objects.get(state="proposed"), "decline", "noor"),
        act(claim, "move", "sana", rtl=True),
        act(claim, "show-checking", "sana"),
        act(claim, "merge", "sana"),
        act(verdict, "approve", rtl=True),
        act(verdict, "send-back"),
        act(suggested, "match", "sana"),
        act(suggested, "exempt", "sana"),
    ]


def refusals() -> list[Page]:
    return [
        Page("not yours to do", reverse("admin:core_user_changelist"), "bilal", status=403, rtl=True),
        Page("no such page of the desk", reverse("admin:index") + "nothing/", status=404),
    ]


def of_others() -> list[Page]:
    """Pages with an address of their own beside Django's: those that exist."""
    bridges = Article.objects.get(headline__startswith="Bridges closed after")
    claim = Claim.objects.get(statement=ON_THE_DESK)
    moved = Article.objects.get(headline=MOVED)
    known = [
        ("read and flag", "admin:articles_article_flag", bridges.pk, "sana"),
        ("what became of the marks", "admin:articles_article_marks", moved.pk, "sana"),
        ("preview", "admin:articles_article_preview", bridges.pk, "noor"),
        ("places of a claim", "admin:claims_claim_places", claim.pk, "sana"),
    ]
    found = [
        Page(name, url, who, rtl=True) for name, route, key, who in known if (url := address(route, key))
    ]
    if url := address("admin:search"):
        found += [
            Page("search, empty", url, "sana"),
            Page("search", f"{url}?q=bridges", "sana", rtl=True),
            Page("search, not understood", f"{url}?q=%22bridges", "sana", status=400),
        ]
    return found


def address(route: str, *args: int) -> str:
    """The address of that name; empty where there is none."""
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""


def report(words: str) -> Report:
    """A report of a reader on the bridges, by the words that it means."""
    return Report.objects.filter(article__headline__startswith="Bridges closed after", exact=words).first()


def add(app: str, model: str, who: str, rtl: bool = False) -> Page:
    return Page(f"new {model}", reverse(f"admin:{app}_{model}_add"), who, rtl=rtl)


def change(obj, who: str = "rashid", rtl: bool = False) -> Page:
    url = reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
    return Page(f"{obj._meta.model_name} for {who}", url, who, rtl=rtl)


def act(obj, name: str, who: str = "rashid", rtl: bool = False) -> Page:
    url = reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_act", args=[obj.pk, name])
    return Page(f"act {name}", url, who, rtl=rtl)
