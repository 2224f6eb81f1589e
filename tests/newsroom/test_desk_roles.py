"""What each role may do at the desk: every act and every table, done or refused with 403 and nothing written.

The two tables below are the rule. docs/roles.md says the same to people; `test_nothing_is_missing` walks the admin.
"""

import copy
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse

from articles.models import Byline, Contributor
from claims import workflow
from newsroom.core import roles
from tests.desk import Cast, seat, signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_correction,
    make_evidence,
    make_outlet,
    make_verdict,
    place,
)
from tests.forms import fields_of

from .desk_acts import ACTS, CHANGED, ENTERED, Stage, Written, at, seen, tables, words_of_verdict

# R reporter, F fact-checker, V verdict editor, A archivist, U auditor, M administrator. A superuser, who is bound by
# the rules of conduct alone, may all of it; whoever has no role, or has not signed in, nothing.
MAY = {
    "publish an article": "VA",
    "publish from the list": "VA",
    "put the newest version live": "VA",
    "put a version live": "VA",
    "put live from the list": "VA",
    "withdraw an article": "VA",
    "propose a correction": "RFVA",
    "keep a correction as a draft": "RFVA",
    "word a drafted correction and propose it": "RFVA",
    "propose a declined correction anew": "RFVA",
    "approve a correction": "VA",
    "decline a correction": "VA",
    "look into a report": "VA",
    "answer a report": "VA",
    "make a correction of a report": "RFVA",
    "put a report with another": "VA",
    "take a report from others": "VA",
    "close a report as spam": "VA",
    "take a report for no spam": "VA",
    "begin a removal of words": "AM",
    "propose a removal of words": "AM",
    "approve a removal of words": "AM",
    "decline a removal of words": "AM",
    "draw what is typed": "RVA",
    "clean a paste": "RVA",
    "upload a picture": "RVA",
    "be offered tags": "RVA",
    "see a picture's file": "RFVAUM",
    "tell that an article is open": "RVA",
    "tell that one reads and flags": "RFV",
    "preview an article": "RFVAUM",
    "preview proposed verdicts in an article": "RFVAUM",
    "open read and flag": "RFVAUM",
    "be offered sources": "RFVAUM",
    "flag words": "RFV",
    "flag words as a known claim": "RFV",
    "take one's own flag back": "RFV",
    "say where a claim was printed": "RFV",
    "move the work on": "FV",
    "decline a claim": "FV",
    "assign from the list": "FV",
    "show “Being checked”": "FV",
    "show “Being checked” from the list": "FV",
    "hide “Being checked”": "FV",
    "hide “Being checked” from the list": "FV",
    "merge a claim": "FV",
    "reopen a claim": "FV",
    "judge a match": "FV",
    "exempt a place": "FV",
    "end an exemption": "FV",
    "take a claim off words": "FV",
    "read all places": "RFVAUM",
    "read places of the same words": "RFVAUM",
    "confirm a place": "FV",
    "say it differs": "FV",
    "be unsure of a place": "FV",
    "say what the article does": "FV",
    "exempt in the list of places": "FV",
    "show again in the list of places": "FV",
    "take off in the list of places": "FV",
    "read what became of the marks": "RFVAUM",
    "confirm words whose surroundings changed": "FV",
    "place a claim on words like the old ones": "FV",
    "take a claim off words that changed": "FV",
    "confirm places of the same words": "FV",
    "look where else it is printed": "RFVAUM",
    "place it where else it is printed": "RFV",
    "preview a claim": "RFVAUM",
    "read the words of a version": "RFVAUM",
    "add evidence in the claim's page": "FV",
    "add evidence with its source": "FV",
    "see a note while writing": "FV",
    "preview a verdict": "FV",
    "begin a verdict": "FV",
    "write and propose a verdict": "FV",
    "change one's own draft": "FV",
    "propose a verdict": "FV",
    "approve in the claim's page": "V",
    "send back in the claim's page": "V",
    "approve a verdict": "V",
    "send a verdict back": "V",
    "take a verdict back": "V",
    "set somebody's password": "M",
}

# Of each table: who reads it, who enters a row, who changes one. Nobody deletes, superusers neither.
RECORDS = {
    "articles.article": ("RFVAUM", "RVA", "RVA"),
    "articles.articleversion": ("RFVAUM", "", ""),
    "articles.publication": ("RFVAUM", "", ""),
    "articles.correction": ("RFVAUM", "", ""),
    "articles.report": ("RFVAUM", "", ""),
    "articles.redaction": ("AUM", "", ""),
    "articles.outlet": ("RFVAUM", "A", "A"),
    "articles.section": ("RFVAUM", "A", "A"),
    "articles.contributor": ("RFVAUM", "RVA", "RVA"),
    "articles.tag": ("RFVAUM", "RFVA", "RVA"),
    "articles.media": ("RFVAUM", "RVA", "RVA"),
    "claims.claim": ("RFVAUM", "RFV", "RFV"),
    "claims.source": ("RFVAUM", "RFVA", "RFVA"),
    "claims.evidence": ("RFVAUM", "FV", "FV"),
    "claims.verdict": ("RFVAUM", "FV", ""),
    "claims.appearance": ("RFVAUM", "", ""),
    "claims.placement": ("RFVAUM", "", ""),
    "claims.approval": ("RFVAUM", "", ""),
    "claims.rating": ("RFVAUM", "M", "M"),
    "core.user": ("UM", "M", "M"),
    "core.ledgerentry": ("VUM", "", ""),
    "auth.group": ("", "", ""),
}
# Nobody at all, superusers neither: written by acts, or frozen.
NOBODY = {
    "enter": {
        "articles.articleversion",
        "articles.publication",
        "articles.correction",
        "articles.report",
        "articles.redaction",
        "claims.appearance",
        "claims.placement",
        "claims.approval",
        "core.ledgerentry",
    },
}
NOBODY["change"] = NOBODY["enter"] | {"claims.verdict"}

# Open to whoever signs in: the first page, one's own password, words for scripts, looking rows up and searching.
OPEN = {
    *(
        "index",
        "login",
        "logout",
        "password_change",
        "password_change_done",
        "jsi18n",
        "app_list",
        "autocomplete",
    ),
    *("view_on_site", "search"),
}
OF_EVERY_TABLE = ("changelist", "add", "change", "history", "delete", "act")
ROLES = {
    "R": "bilal",
    "F": "sana",
    "V": "rashid",
    "A": "noor",
    "U": "yusra",
    "M": "adil",
    "superuser": "admin",
    "no role": "nina",
    "signed out": "",
}


class RoleTestCase(Stage, Cast, TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.adil = seat("adil", "Adil Raza", roles.ADMINISTRATOR)
        cls.nina = seat("nina", "Nina Dar")

    def setUp(self):
        super().setUp()
        self.clients = {
            letter: signed_in(getattr(self, name)) if name else Client() for letter, name in ROLES.items()
        }

    def try_all(self, may: str, attempt, *, writes: bool = True, nobody: bool = False) -> None:
        """Let everybody attempt it, each on the same scene; compare what came of it with who may."""
        for role, name in ROLES.items():
            allowed = not nobody and (role == "superuser" or role in may)
            with self.subTest(role=role):
                self.assert_came_of(allowed, role, writes, *self.outcome(attempt, role, name))

    def outcome(self, attempt, role: str, name: str) -> tuple[int, set[str], str]:
        """The status of the answer and the tables that were written, which are then put back."""
        point, client = transaction.savepoint(), self.clients[role]
        cookies = copy.deepcopy(client.cookies)
        watched = Watched(client)
        try:
            answer = attempt(watched, getattr(self, name) if name else None)
            return answer.status_code, watched.tables, getattr(answer, "url", "")
        finally:
            transaction.savepoint_rollback(point)
            client.cookies = cookies

    def assert_came_of(self, allowed: bool, role: str, writes: bool, status: int, tables: set, url: str):
        if allowed:
            self.assertIn(status, (200, 302))
            self.assertNotIn("/login/", url)
            self.assertEqual(bool(tables), writes, (status, tables))
        elif role == "signed out":
            self.assertTrue(status == 403 or "/login/" in url, (status, url))
            self.assertEqual(tables, set())
        else:
            self.assertEqual((status, tables), (403, set()))


class ActTests(RoleTestCase):
    def test_every_act(self):
        for name, deed in ACTS.items():
            with self.subTest(act=name):
                self.try_all(
                    MAY[name], lambda client, user, d=deed: d.do(self, client, user), writes=deed.writes
                )

    def test_the_tables_know_the_same_acts(self):
        self.assertEqual(set(MAY), set(ACTS))


class Watched:
    """A browser that notes what is written while its question is answered; not what a test prepares before."""

    def __init__(self, client: Client):
        self.client, self.tables = client, set()

    def get(self, *args, **kwargs):
        return self.watch(self.client.get, *args, **kwargs)

    def post(self, *args, **kwargs):
        return self.watch(self.client.post, *args, **kwargs)

    def watch(self, ask, *args, **kwargs):
        with Written() as written:
            answer = ask(*args, **kwargs)
        self.tables |= written.tables
        return answer


class RecordTests(RoleTestCase):
    def test_who_reads(self):
        for table, row in self.records().items():
            for name in ("changelist", "change", "history"):
                with self.subTest(table=table, page=name):
                    args = [] if name == "changelist" else [row.pk]
                    address = reverse(f"admin:{table.replace('.', '_')}_{name}", args=args)
                    self.try_all(RECORDS[table][0], lambda c, _u, a=address: c.get(a), writes=False)

    def test_who_enters(self):
        for table in tables():
            with self.subTest(table=table):
                address = reverse(f"admin:{table.replace('.', '_')}_add")
                given = self.filled(address, ENTERED.get(table, lambda s: {})(self))
                self.try_all(
                    RECORDS[table][1],
                    lambda c, _u, a=address, g=given: c.post(a, fresh(g)),
                    nobody=table in NOBODY["enter"],
                )

    def test_who_changes(self):
        for table, row in self.records().items():
            with self.subTest(table=table):
                given = self.filled(at(row, "change"), CHANGED.get(table, {"exact": "x"}))
                self.try_all(
                    RECORDS[table][2],
                    lambda c, _u, r=row, g=given: c.post(at(r, "change"), g),
                    nobody=table in NOBODY["change"],
                )

    def test_nobody_deletes(self):
        for table, row in self.records().items():
            with self.subTest(table=table):
                self.try_all("", lambda c, _u, r=row: c.post(at(r, "delete"), {"post": "yes"}), nobody=True)

    def filled(self, address: str, given: dict) -> dict:
        """What a superuser's browser would post from the page, so that nothing but the right is missing."""
        page = self.clients["superuser"].get(address)
        return {**(fields_of(page) if page.status_code == 200 else {}), **given}


def fresh(given: dict) -> dict:
    """The same post once more: a file is read again from its beginning."""
    for value in given.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return given


class RulesOfConductTests(RoleTestCase):
    """They bind superusers too: `has_perm` is true of these, and is not asked."""

    def setUp(self):
        super().setUp()
        ours = make_outlet("The Lahore Post", is_ours=True)
        self.own = make_article("Our own sixth base", outlet=ours, by=self.admin)
        self.own_claim = make_claim("Our own claim.", by=self.hina)
        self.own_place = place(self.own_claim, self.own, "sixth base")
        make_evidence(self.own_claim)

    def refused(self, name: str, attempt) -> None:
        with self.subTest(act=name):
            watched = Watched(self.clients["superuser"])
            answer = attempt(watched)
            self.assertEqual((answer.status_code, watched.tables), (403, set()))

    def test_nobody_approves_or_sends_back_their_own_proposal(self):
        claim = make_claim("Proposed by a superuser.", by=self.hina)
        verdict = make_verdict(claim, published=False, by=self.admin)
        for does in ("approve", "send-back"):
            given = {"note": "Mine.", "decision-note": "Mine.", "verdict": verdict.pk, "do": does}
            self.refused(does, lambda c, d=does, g=given: c.post(at(verdict, "act", d), g))
            self.refused(f"{does}, in the page", lambda c, g=given: c.post(at(claim, "decide"), g))
        workflow.approve(verdict, by=self.omar)
        self.refused("take back", lambda c: c.post(at(verdict, "act", "retract"), {"reason": "Mine."}))

    def test_nobody_decides_on_their_own_correction(self):
        correction = make_correction(self.article, "past few weeks", published=False, by=self.admin)
        for act in ("approve", "decline"):
            self.refused(act, lambda c, a=act: c.post(at(correction, "act", a), {"reason": "Mine."}))

    def test_nobody_decides_on_a_correction_of_an_article_they_signed(self):
        signer = Contributor.objects.create(name="Admin", user=self.admin)
        Byline.objects.create(article=self.own, contributor=signer)
        correction = make_correction(self.own, "past few weeks", published=False, by=self.hina)
        for act in ("approve", "decline"):
            self.refused(act, lambda c, a=act: c.post(at(correction, "act", a), {"reason": "Mine."}))

    def test_whoever_wrote_the_words_judges_nothing_of_them(self):
        claim, appearance = self.own_claim, self.own_place.appearance
        draft = {**words_of_verdict(self), "do": "save"}
        self.refused("draft", lambda c: c.post(at(claim, "verdict"), draft))
        self.refused("note", lambda c: c.post(at(claim, "note"), draft))
        add = {"claim": claim.pk, "rating": self.false.pk, "finding": "No.", "as_of": "2020-04-12"}
        self.refused("draft, as a row", lambda c: c.post(reverse("admin:claims_verdict_add"), add))
        into = {"into": self.claim.pk, "reason": "Mine."}
        self.refused("merge", lambda c: c.post(at(claim, "act", "merge"), into))
        decline = {"to": "declined", "reason": "Mine."}
        self.refused("decline", lambda c: c.post(at(claim, "act", "move"), decline))
        for act, given in (("match", {"match": "different"}), ("exempt", {"reason": "Mine."})):
            self.refused(act, lambda c, a=act, g=given: c.post(at(appearance, "act", a), g))
        taken_off = {"reason": "Mine."}
        self.refused("detach", lambda c: c.post(at(self.own_place, "act", "detach"), taken_off))
        for act in ("different", "unsure", "exempt", "role-quotes", "detach"):
            given = {"act": act, "seen": seen(appearance), "reason": "Mine."}
            address = at(claim, "place", appearance.pk)
            self.refused(f"{act}, among the places", lambda c, a=address, g=given: c.post(a, g))

    def test_whoever_wrote_the_words_approves_nothing_on_them(self):
        verdict = make_verdict(self.own_claim, published=False, by=self.hina)
        given = {"verdict": verdict.pk, "do": "approve"}
        self.refused("approve", lambda c: c.post(at(verdict, "act", "approve")))
        self.refused("approve, in the page", lambda c: c.post(at(self.own_claim, "decide"), given))

    def test_only_the_drafter_changes_and_proposes_a_draft(self):
        draft = self.draft_by(self.hina)
        given = {**words_of_verdict(self), "verdict": draft.pk}
        self.refused("propose", lambda c: c.post(at(draft, "act", "propose")))
        self.refused("change", lambda c: c.post(at(draft, "change"), {"finding": "Mine."}))
        for does in ("save", "propose"):
            self.refused(
                f"{does}, in the page",
                lambda c, d=does: c.post(at(draft.claim, "verdict"), {**given, "do": d}),
            )


class NothingIsMissingTests(TestCase):
    def test_every_address_of_the_admin_is_in_a_table(self):
        known = {deed.address for deed in ACTS.values()} | OPEN
        known |= {f"{table.replace('.', '_')}_{name}" for table in tables() for name in OF_EVERY_TABLE}
        found = {name for name in names_in(admin.site.urls[0]) if name}
        self.assertEqual(found - known, set(), "addresses that no role was tried on")

    def test_every_table_is_in_the_table(self):
        self.assertEqual(set(RECORDS), set(tables()))

    def test_every_act_and_action_is_in_the_table(self):
        tried = {(deed.address.rsplit("_", 1)[0], deed.act) for deed in ACTS.values() if deed.act}
        for model, its_admin in admin.site._registry.items():
            table = model._meta.label_lower.replace(".", "_")
            offered = [act.name for act in getattr(its_admin, "acts", ())] + list(its_admin.actions or ())
            for name in offered:
                with self.subTest(table=table, act=name):
                    self.assertIn((table, name), tried)


def names_in(patterns) -> list[str]:
    found = []
    for pattern in patterns:
        found += names_in(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.name]
    return found


class DocumentTests(TestCase):
    """docs/roles.md says to people what the tables say."""

    SAYS = {
        "enter and edit articles, bylines, pictures": RECORDS["articles.article"][2],
        "publish, put a version live, withdraw": MAY["publish an article"],
        "propose a correction": MAY["propose a correction"],
        "approve a correction, decline it": MAY["approve a correction"],
        "outlets and sections": RECORDS["articles.outlet"][2],
        "say whether the words make the same claim and what the article does with it, exempt a place, "
        "take a claim off": MAY["judge a match"],
        "move the work on, show “Being checked”, merge, reopen; evidence": MAY["move the work on"],
        "sources": RECORDS["claims.source"][2],
        "draft and propose a verdict": MAY["begin a verdict"],
        "approve, send back, take back a verdict": MAY["approve a verdict"],
        "the scale of ratings": RECORDS["claims.rating"][2],
    }

    def test_the_page_of_roles_agrees(self):
        said = {}
        for line in Path(settings.BASE_DIR, "docs", "roles.md").read_text().splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) == 7:
                said[cells[0]] = "".join(
                    letter for letter, cell in zip("RFVAUM", cells[1:], strict=True) if cell
                )
        for act, letters in self.SAYS.items():
            with self.subTest(act=act):
                self.assertEqual(said.get(act), letters)
