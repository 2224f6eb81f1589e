"""A canary in every place where words are kept: after two people removed it at the desk, it is nowhere any more.

The database commits here, because what is asked of is its files.
"""

import io
import logging
import re
import tempfile
from pathlib import Path

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from articles.audit import audit_archive
from articles.editing import Origin
from articles.models import Article, ArticleVersion, RedactedVersion, Redaction
from claims.audit import audit_anchors
from claims.models import Claim, Evidence, Placement
from claims.receivers import field_text
from newsroom.core.ledger import entry_hash
from newsroom.core.models import LedgerEntry
from newsroom.core.search.audit import audit_search
from newsroom.core.search.catching_up import catch_up
from tests.desk import LiveCast, signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_correction,
    make_evidence,
    make_report,
    make_source,
    make_verdict,
    place,
    revise,
    teaser,
)
from tests.guards import GuardedTransactionTestCase

from . import archive
from .page_types import pages
from .test_leaks import crawl

NAME = "Vexoril Quandt"
CANARY = re.compile(r"vexoril|quandt|Vexoril%20Quandt", re.IGNORECASE)
HEADLINE = f"{NAME} left the base by night"
PARAGRAPHS = [
    f"The driver, {NAME}, left the base on Tuesday.",
    f"Nobody was with {NAME} in the car, a source said.",
    "Six bases were handed over in the past few weeks.",
]


def plant() -> Article:
    """An article that names the canary in two versions and a draft, and everything that quotes it."""
    article = make_article(
        HEADLINE,
        PARAGRAPHS,
        standfirst=f"{NAME} drove alone.",
        dateline="BAGHDAD",
        origin=Origin(name=f"{NAME}.txt", sha256="0" * 64, furniture=f"Page 4 | {NAME}"),
        original_url="https://example.org/vexoril-quandt-left",
        tags=["Iraq", NAME],
    )
    place(make_claim("A man left a base.", checking=True), article, "left the base on Tuesday")
    place(make_claim("Six bases were left.", checking=True), article, "Six bases were handed over")
    named = make_claim(f"{NAME} was alone.", article=article, words=f"Nobody was with {NAME}")
    evidence = make_evidence(named, quote=f"{NAME} drove", title=f"The record of {NAME}")
    evidence.captured.save("page.html", ContentFile(f"<p>{NAME}</p>".encode()), save=False)
    Evidence.objects.filter(pk=evidence.pk).update(captured=evidence.captured.name)
    make_verdict(
        named,
        finding=f"The record names {NAME} alone.",
        clash_words="alone",
        clash_against=f"Nobody was with {NAME}",
        clash_version=article.live_version,
    )
    make_source(NAME, "person")
    make_correction(article, f"The driver, {NAME}", why=f"{NAME} was no driver.")
    make_report(article, f"The driver, {NAME}", f"{NAME} never drove.", name=f"A friend of {NAME}")
    revise(article, paragraphs=[*PARAGRAPHS, f"{NAME} came back."])
    revise(article, live=False, paragraphs=[f"Again {NAME} left.", *PARAGRAPHS])
    make_article("Elsewhere", ["Something else.", teaser(HEADLINE)])
    return article


def plant_at_the_desk(by) -> None:
    """What Django keeps of what people do."""
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Article),
        object_id="1",
        object_repr=HEADLINE,
        action_flag=2,
        change_message=f'[{{"changed": {{"name": "tag", "object": "{NAME}", "fields": ["name"]}}}}]',
    )
    session = SessionStore()
    session["_messages"] = f"“{HEADLINE}” is public now."
    session.create()


class CanaryTest(LiveCast, GuardedTransactionTestCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.media = Path(folder.name)
        kept = override_settings(MEDIA_ROOT=folder.name)
        kept.enable()
        self.addCleanup(kept.disable)
        archive.build()
        # Named now: a report that comes in makes those of the archive's years forgotten.
        self.types = pages()
        self.article = plant()
        plant_at_the_desk(self.noor)
        catch_up()
        self.printed = dict(ArticleVersion.objects.values_list("pk", "text_sha256"))
        self.log = io.StringIO()
        handler = logging.StreamHandler(self.log)
        logging.getLogger().addHandler(handler)
        self.addCleanup(logging.getLogger().removeHandler, handler)

    def remove(self) -> Redaction:
        """Noor chooses and proposes, Admin approves, each in a browser."""
        version = ArticleVersion.objects.get(article=self.article, number=2)
        noor, second = signed_in(self.noor), signed_in(self.admin)
        given = {"words": NAME, "order": "High Court, CR 12/2026", "reason": "court order"}
        at = reverse("admin:articles_articleversion_act", args=[version.pk, "remove-words"])
        begun = noor.post(at, given)
        redaction = Redaction.objects.get()
        self.assertRedirects(begun, self.act(redaction, "propose"), fetch_redirect_response=False)
        every = list(redaction.places.filter(chosen=False).values_list("pk", flat=True))
        noor.post(self.act(redaction, "propose"), {"places": every})
        redaction.refresh_from_db()
        shown = second.get(self.act(redaction, "approve"))
        self.assertContains(shown, f'value="{redaction.places_sha256}"')
        self.assertContains(shown, NAME)
        second.post(self.act(redaction, "approve"), {"seen": redaction.places_sha256})
        redaction.refresh_from_db()
        self.assertEqual((redaction.state, redaction.trouble), ("carried-out", ""))
        return redaction

    def act(self, redaction: Redaction, name: str) -> str:
        return reverse("admin:articles_redaction_act", args=[redaction.pk, name])

    def clean(self, what: str, said: str | bytes) -> None:
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        found = CANARY.search(text)
        around = found and text[max(0, found.start() - 80) : found.end() + 40]
        self.assertIsNone(found, f"{what}: …{around}…")

    def test_the_canary_is_everywhere_before_and_nowhere_afterwards(self):
        self.assertRegex(self.dump(), CANARY)
        self.assertTrue(any(CANARY.search(text) for text in self.files().values()))
        redaction = self.remove()
        self.clean("dumpdata", self.dump())
        for name, text in self.files().items():
            self.clean(name, text)
        for file in self.media.rglob("*"):
            if file.is_file():
                self.clean(file.name, file.read_bytes())
        self.clean("the log", self.log.getvalue())
        self.check_pages()
        self.check_desk()
        self.check_what_stands(redaction)

    def dump(self) -> str:
        out = io.StringIO()
        call_command("dumpdata", stdout=out)
        sessions = [str(session.get_decoded()) for session in Session.objects.all()]
        return out.getvalue() + str(sessions)

    def files(self) -> dict[str, str]:
        """The bytes of the database's files by their names; PostgreSQL's own log of writes is left out."""
        if connection.vendor == "sqlite":
            name = connection.settings_dict["NAME"]
            found = [Path(f"{name}{end}") for end in ("", "-wal") if Path(f"{name}{end}").exists()]
        else:
            with connection.cursor() as cursor:
                cursor.execute("CHECKPOINT")
                cursor.execute("SHOW data_directory")
                folder = Path(cursor.fetchone()[0])
                cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
                found = list((folder / "base" / str(cursor.fetchone()[0])).iterdir())
        return {file.name: file.read_bytes().decode("latin-1") for file in found}

    def check_pages(self) -> None:
        """Every public page type, and all that leads on from them and from the article's own pages."""
        self.article.refresh_from_db()
        own = self.article.get_absolute_url()
        past = [
            f"{own}{end}"
            for end in ("history/", "history/?old=1&new=2", "v/1/", "v/1.txt", "v/2.txt", "timemap/")
        ]
        searches = [f"{reverse('search')}?q={words}" for words in ("left+the+base", "handed")]
        answers = crawl(self.amna, [own, *past, *searches, *(page.url for page in self.types)])
        self.assertGreater(len(answers), 60)
        for url, (_status, headers, content) in answers.items():
            self.clean(url, url)
            self.clean(url, str(headers))
            self.clean(url, content)
        self.assertIn(b"[removed: court order", answers[own][2])
        found = self.amna.get(reverse("search"), {"q": NAME})
        self.assertNotContains(found, "left the base by night")

    def check_desk(self) -> None:
        """Every list of the desk, the page of every row with its history, and the desk's own pages."""
        desk = signed_in(self.admin)
        for model in admin.site._registry:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            self.check_page(desk, reverse(f"{name}_changelist"))
            for row in model._base_manager.all():
                self.check_page(desk, reverse(f"{name}_change", args=[row.pk]))
                self.check_page(desk, reverse(f"{name}_history", args=[row.pk]))
        self.check_page(desk, reverse("admin:index"))
        for article in Article.objects.all():
            for name in ("marks", "flag", "preview"):
                self.check_page(desk, reverse(f"admin:articles_article_{name}", args=[article.pk]))
        for claim in Claim.objects.all():
            for name in ("places", "elsewhere", "same_words", "preview"):
                self.check_page(desk, reverse(f"admin:claims_claim_{name}", args=[claim.pk]))

    def check_page(self, desk: Client, url: str) -> None:
        answer = desk.get(url)
        self.assertEqual(answer.status_code, 200, url)
        self.clean(url, answer.content)

    def check_what_stands(self, redaction: Redaction) -> None:
        """The ledger, the audits, the old hashes, and the other marks of the same text."""
        for entry in LedgerEntry.objects.all():
            self.assertEqual(entry.hash, entry_hash(entry))
        self.assertEqual([*audit_archive(), *audit_anchors(), *audit_search()], [])
        out = io.StringIO()
        call_command("wipe_removed", "--all", stdout=out)
        self.assertIn("hold no removed words", out.getvalue())
        for row in RedactedVersion.objects.all():
            self.assertEqual(row.was_text_sha256, self.printed[row.version_id])
        self.assertGreaterEqual(redaction.versions.count(), 4)
        standing = Placement.objects.standing().filter(exact="Six bases were handed over")
        self.assertGreaterEqual(standing.count(), 2)
        for placement in standing:
            text = field_text(placement.version, placement.field)
            self.assertEqual(text[placement.start : placement.end], placement.exact)
