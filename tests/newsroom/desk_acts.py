"""Every act of the desk as a person's browser sends it, on things that none of the cast wrote: for tests of all.

`Stage` sets the scene. `ACTS` names each act, its address in the admin, and how it is done; `RECORDS` the tables.
"""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import correcting, redacting, reporting
from articles.models import Contributor, Media, Redaction, Tag
from claims import flagging, placing, workflow
from claims.flag_finding import Spot
from claims.models import Appearance, Claim, Rating
from newsroom.core import roles
from newsroom.core.models import LedgerEntry, User
from tests.articles.test_admin_pages import PIXEL
from tests.desk import seat
from tests.factories import (
    make_article,
    make_claim,
    make_correction,
    make_evidence,
    make_outlet,
    make_report,
    make_section,
    make_source,
    make_verdict,
    place,
    revise,
)

WRITES = re.compile(
    r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|TRUNCATE|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE
)
# Not what anybody did: that somebody is signed in or has a page open, and the index that catches up when it is asked.
NOT_COUNTED = ("django_session", "core_search", "articles_presence")


class Written(CaptureQueriesContext):
    """Inside the block: every statement that the database was given. `tables` are those that it was told to write.

    Where no statement was given, nothing was written; what the database does by itself (triggers) follows from one.
    """

    def __init__(self):
        super().__init__(connection)

    @property
    def tables(self) -> set[str]:
        found = (WRITES.match(query["sql"]) for query in self.captured_queries)
        return {match[1] for match in found if match and not match[1].startswith(NOT_COUNTED)}


def at(row: Any, name: str, *more: Any) -> str:
    """An address of the admin of the row's model."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])


class Stage:
    """Mixed into a TestCase: one of everything, made by Hina, Omar and Zara, who take no part in the tests."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        # Pictures that are uploaded lie elsewhere than the site's.
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.enterClassContext(override_settings(MEDIA_ROOT=folder))
        cls.hina = seat("hina", "Hina Butt", roles.FACT_CHECKER)
        cls.omar = seat("omar", "Omar Sheikh", roles.VERDICT_EDITOR)
        cls.zara = seat("zara", "Zara Khan", roles.ARCHIVIST)
        cls.seat_articles()
        cls.seat_claims()
        cls.seat_removals()

    @classmethod
    def seat_articles(cls) -> None:
        cls.outlet, cls.section = make_outlet(), make_section()
        cls.contributor = Contributor.objects.create(name="Ayesha Siddiqui")
        cls.tag = Tag.objects.create(name="Iraq")
        cls.media = Media(sha256="0" * 64, alt="A gate", extension="gif")
        cls.media.file.save("gate.gif", ContentFile(PIXEL), save=False)
        cls.media.save(force_insert=True)
        cls.article = make_article(by=cls.zara, section=cls.section)
        cls.draft_article = make_article("Not printed yet", published=False, by=cls.zara)
        cls.waiting = make_article("A second version waits", by=cls.zara)
        cls.again = make_article("Again: sixth Iraqi base in one week", by=cls.zara)
        cls.moved = make_article("Bases left", ["Six bases were left. A source said so."], by=cls.zara)
        cls.newer = revise(cls.waiting, live=False, by=cls.zara, headline="A second version waits here")
        cls.signs = make_article("Only a sign is other", by=cls.zara)
        revise(cls.signs, live=False, minor=True, by=cls.zara, dateline="Lahore")
        cls.seat_corrections()
        cls.seat_reports()

    @classmethod
    def seat_corrections(cls) -> None:
        given = {"was": "past few weeks", "by": cls.hina, "published": False}
        cls.correction = make_correction(cls.article, why="Proposed.", **given)
        cls.correction_draft = make_correction(cls.article, why="Begun.", proposed=False, **given)
        cls.correction_declined = make_correction(cls.article, why="Declined.", **given)
        correcting.decline(cls.correction_declined, by=cls.omar, reason="It was right.")

    @classmethod
    def seat_removals(cls) -> None:
        """Last of all: a removal is refused once its words stand at another place."""
        cls.removal_draft = cls.removal_begun()
        cls.removal = cls.removal_begun()
        redacting.propose(cls.removal, (), by=cls.zara)

    @classmethod
    def removal_begun(cls) -> Redaction:
        """Zara's removal of the first word of an article."""
        given = {"order": "High Court", "reason": "court order", "by": cls.zara}
        return redacting.begin(cls.draft_article.latest_version, [("headline", 0, 3)], **given)

    @classmethod
    def seat_reports(cls) -> None:
        cls.report = make_report(cls.article, "past few weeks", "It was three weeks.", name="Amna Tariq")
        cls.report_again = make_report(cls.article, "few weeks", "Three, not few.")
        cls.report_other = make_report(cls.article, "the capital", "Of another country.")
        cls.report_spam = make_report(cls.article, wrong="Buy a watch.")
        reporting.mark_spam(cls.report_spam, by=cls.omar)

    @classmethod
    def seat_claims(cls) -> None:
        cls.source = make_source()
        cls.claim = make_claim("The coalition handed over its sixth base within one week.", by=cls.hina)
        cls.placement = place(cls.claim, cls.article, "sixth Iraqi base in one week")
        cls.appearance = cls.placement.appearance
        cls.evidence = make_evidence(cls.claim)
        words = "sixth Iraqi base in one week"
        cls.suggested = place(cls.claim, cls.again, words, match="suggested").appearance
        cls.exempted = place(cls.claim, cls.waiting, "past few weeks").appearance
        workflow.exempt(cls.exempted, by=cls.hina, reason="A rumour.")
        cls.other = make_claim("No group has claimed the attacks.", by=cls.hina)
        cls.shown = make_claim("Nobody was hurt.", checking=True, by=cls.hina)
        cls.assigned = make_claim("The attacks went on.", by=cls.hina)
        workflow.move(cls.assigned, Claim.Work.ASSIGNED, by=cls.hina, assigned_to=cls.hina)
        cls.around = place(make_claim("Six were left.", by=cls.hina), cls.moved, "Six bases").appearance
        cls.gone = place(
            make_claim("A source says so.", by=cls.hina), cls.moved, "A source said so"
        ).appearance
        revise(cls.moved, by=cls.zara, paragraphs=["Six bases were left. One source said so."])
        cls.false = Rating.objects.get(slug="false")
        cls.proposed = make_verdict(make_claim("Proposed.", by=cls.hina), published=False, by=cls.hina)
        cls.published = make_verdict(
            make_claim("Published.", by=cls.hina), by=cls.hina, approver=cls.omar, finding="So it was."
        )
        cls.approval = cls.published.approvals.get()
        cls.entry = LedgerEntry.objects.earliest("id")

    def records(self) -> dict[str, Any]:
        """One row of each table that the desk shows."""
        rows = [
            *(self.outlet, self.section, self.contributor, self.tag, self.media, self.article),
            *(self.newer, self.claim, self.source, self.evidence, self.false, self.appearance),
            *(self.correction, self.report, self.removal),
            *(self.placement, self.proposed, self.approval, self.hina, self.hina.groups.get(), self.entry),
        ]
        return {row._meta.label_lower: row for row in rows}

    def draft_by(self, user: User):
        """A draft of that person, where their role lets them write one; else one of Hina's."""
        by = user if user and user.has_perm("claims.propose_verdict") else self.hina
        claim = make_claim("Drafted.", by=self.hina)
        make_evidence(claim)
        return workflow.draft_verdict(claim, by=by, rating=self.false, finding="No.", as_of="2020-04-12")

    def flag_by(self, user: User) -> Appearance:
        """A flag that the person set just now, where their role lets them; else one of Hina's."""
        by = user if user and flagging.may_flag(user) else self.hina
        version = self.article.live_version
        spot = Spot("body", *workflow.occurrences(version, "body", "No group")[0], "No group")
        done = flagging.flag_words(version, [spot], statement="No group.", role="asserts", by=by)
        return done.placements[0].appearance


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("gate.gif", PIXEL)


def seen(appearance: Appearance) -> str:
    return placing.seen(appearance, placing.standing_places([appearance.pk])[appearance.pk])


def words_of_verdict(stage: Stage, **given: Any) -> dict[str, Any]:
    words = {"rating": stage.false.pk, "finding": "The record says no.", "as_of": "2020-04-12", **given}
    return {f"verdict-{name}": value for name, value in words.items()}


def words_of_evidence(stage: Stage, **given: Any) -> dict[str, Any]:
    words = {
        "stance": "refutes",
        "level": "primary",
        "title": "A record",
        "url": "https://example.org/record",
    }
    return {
        f"evidence-{name}": value for name, value in {**words, "source": stage.source.pk, **given}.items()
    }


def words_of_flag(stage: Stage, **given: Any) -> dict[str, Any]:
    version = stage.article.live_version
    start, end = workflow.occurrences(version, "body", "handed the base")[0]
    return {
        "version": str(version.uid),
        "place": f"body:{start}:{end}:handed the base",
        "words": "handed the base",
        "found_for": "handed the base",
        "statement": "They handed the base over.",
        "role": "asserts",
        "said_precision": "unknown",
        "save": "1",
        **given,
    }


@dataclass(frozen=True)
class Deed:
    """One act: the name of its address, and `do(stage, client, user)`, which returns the answer.

    `act` names an act of an admin's `acts`, or an action on its list. `writes` is false where an act only looks.
    """

    address: str
    do: Callable[[Stage, Any, User | None], Any]
    act: str = ""
    writes: bool = True


def post(row: str, name: str, **given: Any) -> Deed:
    """An act with a page of its own, on a row of the stage."""

    def do(stage, client, _user):
        obj = getattr(stage, row)
        return client.post(at(obj, "act", name), given)

    return Deed(f"{MODEL_OF[row]}_act", do, name)


def on_list(row: str, action: str) -> Deed:
    """An action on a list, with one row chosen."""

    def do(stage, client, _user):
        address, obj = reverse(f"admin:{MODEL_OF[row]}_changelist"), getattr(stage, row)
        given = {"action": action, "_selected_action": [obj.pk]}
        if hasattr(obj, "latest_version"):
            given[f"seen_{obj.pk}"] = obj.latest_version.number
        return client.post(address, given)

    return Deed(f"{MODEL_OF[row]}_changelist", do, action)


def look(row: str, name: str, **query: Any) -> Deed:
    """A page or an answer that writes nothing."""
    return Deed(
        f"{MODEL_OF[row]}_{name}",
        lambda stage, client, _user: client.get(at(getattr(stage, row), name), query),
        writes=False,
    )


MODEL_OF = {
    **dict.fromkeys(("article", "draft_article", "waiting", "signs", "moved"), "articles_article"),
    "newer": "articles_articleversion",
    **dict.fromkeys(("correction", "correction_draft", "correction_declined"), "articles_correction"),
    **dict.fromkeys(("report", "report_other", "report_spam"), "articles_report"),
    **dict.fromkeys(("removal", "removal_draft"), "articles_redaction"),
    **dict.fromkeys(("claim", "other", "shown", "assigned"), "claims_claim"),
    **dict.fromkeys(("appearance", "suggested", "exempted"), "claims_appearance"),
    "placement": "claims_placement",
    **dict.fromkeys(("proposed", "published"), "claims_verdict"),
}


def on_draft(name: str) -> Deed:
    return Deed(
        "claims_verdict_act", lambda s, client, user: client.post(at(s.draft_by(user), "act", name)), name
    )


def in_claim(name: str, words: Callable, *, writes: bool = True, **given: Any) -> Deed:
    return Deed(
        f"claims_claim_{name}",
        lambda s, client, _u: client.post(at(s.claim, name), {**words(s), **given}),
        writes=writes,
    )


def decide(does: str) -> Deed:
    def do(stage, client, _user):
        given = {"verdict": stage.proposed.pk, "do": does, "decision-note": "More."}
        return client.post(at(stage.proposed.claim, "decide"), given)

    return Deed("claims_claim_decide", do)


def on_place(row: str, act: str, **given: Any) -> Deed:
    def do(stage, client, _user):
        obj = getattr(stage, row)
        return client.post(at(stage.claim, "place", obj.pk), {"act": act, "seen": seen(obj), **given})

    return Deed("claims_claim_place", do)


def on_mark(row: str, act: str, **given: Any) -> Deed:
    def do(stage, client, _user):
        obj = getattr(stage, row)
        words = {"act": act, "version": 2, "place": f"{obj.pk} {seen(obj)}"}
        return client.post(at(stage.moved, "marks"), {**words, **given})

    return Deed("articles_article_marks", do)


def same_words(stage, client, _user):
    given = {"place": f"{stage.suggested.pk} {seen(stage.suggested)}"}
    return client.post(at(stage.claim, "same_words"), given)


def place_elsewhere(stage, client, _user):
    version = stage.article.live_version
    start, end = workflow.occurrences(version, "body", "No group")[0]
    given = {"version": version.pk, "field": "body", "start": start, "end": end, "exact": "No group"}
    return client.post(at(stage.claim, "elsewhere"), {**given, "role": "asserts"})


def editor(name: str, *, writes: bool = False, **given: Any) -> Deed:
    def do(stage, client, _user):
        address = reverse(f"admin:articles_article_{name}")
        files = {"file": picture()} if writes else {}
        return client.post(f"{address}?article={stage.article.pk}", {**given, **files})

    return Deed(f"articles_article_{name}", do, writes=writes)


def remove_words(stage, client, _user):
    given = {"seen": stage.removal.places_sha256}
    return client.post(at(stage.removal, "act", "approve"), given)


def undo_flag(stage, client, user):
    flag = stage.flag_by(user)
    return client.post(at(stage.article, "flag_undo"), {"flagged": str(flag.uid)})


def save_own_draft(stage, client, user):
    draft = stage.draft_by(user)
    given = {**words_of_verdict(stage), "verdict": draft.pk, "do": "save"}
    return client.post(at(draft.claim, "verdict"), given)


WORDED = {
    "kind": "correction",
    "was": "past few weeks",
    "why": "It was three weeks.",
    "cause": "editing",
    "requested_by": "desk",
    "spot": "top",
}
ACTS: dict[str, Deed] = {
    "publish an article": post("draft_article", "publish", when="now"),
    "publish from the list": on_list("draft_article", "publish_now"),
    "put the newest version live": post("waiting", "go-live", note="More is known."),
    "put a version live": post("newer", "go-live", note="More is known."),
    "put live from the list": on_list("signs", "make_live"),
    "propose a correction": post("article", "correct", **WORDED),
    "keep a correction as a draft": post("article", "correct", keep="1", **WORDED),
    "word a drafted correction and propose it": post("correction_draft", "propose", **WORDED),
    "propose a declined correction anew": post("correction_declined", "again", **WORDED),
    "approve a correction": post("correction", "approve"),
    "decline a correction": post("correction", "decline", reason="It was right."),
    "look into a report": post("report", "take"),
    "answer a report": post("report", "answer", outcome="not-an-error", answer="It was three weeks."),
    "make a correction of a report": post("report", "correct"),
    "put a report with another": Deed(
        "articles_report_act",
        lambda s, c, _u: c.post(at(s.report_other, "act", "same"), {"other": s.report.pk}),
        "same",
    ),
    "take a report from others": post("report", "apart"),
    "close a report as spam": post("report", "spam"),
    "take a report for no spam": post("report_spam", "not-spam"),
    "begin a removal of words": post(
        "newer", "remove-words", words="waits here", order="High Court", reason="court order"
    ),
    "propose a removal of words": post("removal_draft", "propose"),
    "approve a removal of words": Deed("articles_redaction_act", remove_words, "approve"),
    "decline a removal of words": post("removal", "decline", reason="The order was lifted."),
    "withdraw an article": post("article", "withdraw", reason="A forgery."),
    "draw what is typed": editor("draw", headline="A headline", body="Words."),
    "clean a paste": editor("paste", html="<p>Words</p>"),
    "upload a picture": editor("picture", writes=True, alt="A gate at dusk", rights="full"),
    "be offered tags": Deed(
        "articles_article_tags",
        lambda s, c, _u: c.get(reverse("admin:articles_article_tags"), {"article": s.article.pk, "q": "ira"}),
        writes=False,
    ),
    "tell that an article is open": Deed(
        "articles_article_present",
        lambda s, c, _u: c.post(at(s.article, "present"), {"page": "edit", "base": "1"}),
        writes=False,
    ),
    "tell that one reads and flags": Deed(
        "articles_article_present",
        lambda s, c, _u: c.post(at(s.article, "present"), {"page": "flag", "base": "1"}),
        writes=False,
    ),
    "preview an article": look("draft_article", "preview"),
    "preview proposed verdicts in an article": look("article", "preview", proposed="1"),
    "open read and flag": look("article", "flag"),
    "be offered sources": look("article", "flag_sources", q="the"),
    "flag words": Deed(
        "articles_article_flag", lambda s, c, _u: c.post(at(s.article, "flag"), words_of_flag(s))
    ),
    "flag words as a known claim": Deed(
        "articles_article_flag",
        lambda s, c, _u: c.post(at(s.article, "flag"), words_of_flag(s, save="", attach=s.other.pk)),
    ),
    "take one's own flag back": Deed("articles_article_flag_undo", undo_flag),
    "say where a claim was printed": Deed(
        "claims_claim_act",
        lambda s, c, _u: c.post(
            at(s.other, "act", "place"),
            {"article": s.article.pk, "field": "body", "words": "No group has claimed", "role": "asserts"},
        ),
        "place",
    ),
    "move the work on": post("claim", "move", to="researching"),
    "decline a claim": post("claim", "move", to="declined", reason="An opinion."),
    "assign from the list": on_list("other", "assign_to_me"),
    "show “Being checked”": post("assigned", "show-checking", note="We ask."),
    "show “Being checked” from the list": on_list("assigned", "show_checking"),
    "hide “Being checked”": post("shown", "hide-checking"),
    "hide “Being checked” from the list": on_list("shown", "hide_checking"),
    "merge a claim": Deed(
        "claims_claim_act",
        lambda s, c, _u: c.post(at(s.other, "act", "merge"), {"into": s.claim.pk, "reason": "The same."}),
        "merge",
    ),
    "reopen a claim": Deed(
        "claims_claim_act",
        lambda s, c, _u: c.post(at(s.published.claim, "act", "reopen"), {"reason": "New figures."}),
        "reopen",
    ),
    "judge a match": post("appearance", "match", match="unsure"),
    "exempt a place": post("appearance", "exempt", reason="A rumour."),
    "end an exemption": post("exempted", "end-exemption"),
    "take a claim off words": post("placement", "detach", reason="Something else."),
    "read all places": look("claim", "places"),
    "read places of the same words": look("claim", "same_words"),
    "confirm a place": on_place("suggested", "same"),
    "say it differs": on_place("suggested", "different"),
    "be unsure of a place": on_place("appearance", "unsure"),
    "say what the article does": on_place("appearance", "role-quotes"),
    "exempt in the list of places": on_place("appearance", "exempt", reason="A rumour."),
    "show again in the list of places": on_place("exempted", "end-exemption"),
    "take off in the list of places": on_place("appearance", "detach", reason="Something else."),
    "read what became of the marks": look("moved", "marks"),
    "confirm words whose surroundings changed": on_mark("around", "confirm"),
    "place a claim on words like the old ones": on_mark(
        "gone", "place", candidate="body:21:40:One source said so."
    ),
    "take a claim off words that changed": on_mark("gone", "detach", reason="Something else."),
    "confirm places of the same words": Deed("claims_claim_same_words", same_words),
    "look where else it is printed": look("claim", "elsewhere"),
    "place it where else it is printed": Deed("claims_claim_elsewhere", place_elsewhere),
    "preview a claim": look("claim", "preview"),
    "read the words of a version": Deed(
        "claims_claim_printed",
        lambda s, c, _u: c.get(at(s.claim, "printed"), {"version": s.article.live_version_id}),
        writes=False,
    ),
    "add evidence in the claim's page": in_claim("evidence", words_of_evidence),
    "add evidence with its source": in_claim(
        "evidence", lambda s: words_of_evidence(s, source="", source_name="AFP", source_kind="agency")
    ),
    "see a note while writing": in_claim("note", words_of_verdict, writes=False),
    "preview a verdict": in_claim("verdict", words_of_verdict, writes=False, do="preview"),
    "begin a verdict": in_claim("verdict", words_of_verdict, do="save"),
    "write and propose a verdict": in_claim("verdict", words_of_verdict, do="propose"),
    "change one's own draft": Deed("claims_claim_verdict", save_own_draft),
    "propose a verdict": on_draft("propose"),
    "approve in the claim's page": decide("approve"),
    "send back in the claim's page": decide("send-back"),
    "approve a verdict": post("proposed", "approve"),
    "send a verdict back": post("proposed", "send-back", note="More."),
    "take a verdict back": post("published", "retract", reason="A forgery."),
    "set somebody's password": Deed(
        "auth_user_password_change",
        lambda s, c, _u: c.post(
            reverse("admin:auth_user_password_change", args=[s.hina.pk]),
            {"password1": "morning edition", "password2": "morning edition"},
        ),
    ),
    "see a picture's file": Deed(
        "articles_media_file",
        lambda s, c, _u: c.get(reverse("admin:articles_media_file", args=[s.media.pk])),
        writes=False,
    ),
}

# What is typed where a row is entered, and the one thing that is changed in a row, by table.
ENTERED: dict[str, Callable[[Stage], dict[str, Any]]] = {
    "articles.outlet": lambda s: {"name": "Dawn", "country": "PK"},
    "articles.section": lambda s: {"name": "Sport"},
    "articles.contributor": lambda s: {"name": "Kamran Ali"},
    "articles.tag": lambda s: {"name": "Syria"},
    "articles.media": lambda s: {"file": picture(), "alt": "A gate at dusk", "rights": "full"},
    "articles.article": lambda s: {"headline": "A new one", "body": "Words.", "outlet": s.outlet.pk},
    "claims.claim": lambda s: {"statement": "Seven bases."},
    "claims.source": lambda s: {"name": "AFP", "kind": "agency"},
    "claims.evidence": lambda s: {
        "claim": s.claim.pk,
        "source": s.source.pk,
        "stance": "refutes",
        "level": "primary",
        "title": "A record",
        "url": "https://example.org/record",
    },
    "claims.rating": lambda s: {"label": "Satire", "slug": "satire", "meaning": "A joke.", "mark": "true"},
    "claims.verdict": lambda s: {
        "claim": s.claim.pk,
        "rating": s.false.pk,
        "finding": "No.",
        "as_of": "2020-04-12",
    },
    "core.user": lambda s: {
        "username": "kamran",
        "password1": "morning edition",
        "password2": "morning edition",
    },
    "auth.group": lambda s: {"name": "Night desk"},
}
CHANGED: dict[str, dict[str, Any]] = {
    "articles.outlet": {"country": "IQ"},
    "articles.section": {"name": "The world"},
    "articles.contributor": {"name": "Ayesha S."},
    "articles.tag": {"name": "IRAQ"},
    "articles.media": {"alt": "A gate at dawn"},
    "articles.article": {"slug": "another-address"},
    "claims.claim": {"context": "Five were counted before."},
    "claims.source": {"aliases": "MoD"},
    "claims.evidence": {"title": "Another title"},
    "claims.rating": {"meaning": "Another meaning."},
    "core.user": {"display_name": "Hina B."},
    "auth.group": {"name": "Checkers"},
}


def tables() -> list[str]:
    """Every table that the admin shows."""
    return [model._meta.label_lower for model in admin.site._registry]
