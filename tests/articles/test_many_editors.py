"""Sixty-four editors save one article at once through the desk's own page, and nobody loses a word."""

import threading
from itertools import pairwise

from django.db import connections
from django.urls import reverse

from articles.models import Article
from newsroom.core import roles
from newsroom.core.models import LedgerEntry
from tests.desk import LiveCast, seat, signed_in
from tests.factories import make_article
from tests.forms import errors_of, fields_of
from tests.guards import GuardedTransactionTestCase

EDITORS = 64
PATIENCE = 60  # presses
AT_ONCE = 3  # editors whom the server answers; the others wait at its door with the page they read long ago


class Editor(threading.Thread):
    """Opens the page, changes one paragraph, and presses Save until it is saved."""

    def __init__(self, number: int, user, address: str, desk: "Desk"):
        super().__init__(name=f"editor {number}")
        self.number, self.address, self.desk = number, address, desk
        self.client = signed_in(user)
        self.refused = 0
        self.trouble: Exception | None = None

    def run(self) -> None:
        try:
            self.edit()
        except Exception as trouble:  # told by the test, which asks every editor
            self.trouble = trouble
        finally:
            connections.close_all()

    def edit(self) -> None:
        with self.desk.server:
            fields = fields_of(self.client.get(self.address))
        fields["body"] = [fields["body"][0].replace(before(self.number), after(self.number))]
        self.desk.everybody_has_read.wait()
        with self.desk.server:
            self.press(fields)

    def press(self, fields: dict) -> None:
        while self.refused < PATIENCE:
            answer = self.client.post(self.address, fields)
            if answer.status_code == 302:
                return
            self.check_refusal(answer)
            fields = fields_of(answer)
            self.refused += 1
        raise AssertionError(f"{self.name} pressed {PATIENCE} times in vain")

    def check_refusal(self, answer) -> None:
        """Somebody was faster, and nothing but that: no paragraph is anybody else's."""
        errors = errors_of(answer)
        if list(errors) != ["__all__"] or "while you were writing" not in errors["__all__"][0]:
            raise AssertionError(f"{self.name} was refused: {errors}")


class Desk:
    """What the editors share: the server, and the moment in which all have read."""

    def __init__(self):
        self.server = threading.Semaphore(AT_ONCE)
        self.everybody_has_read = threading.Barrier(EDITORS)


def before(number: int) -> str:
    return f"Paragraph {number:02} as it was."


def after(number: int) -> str:
    return f"Paragraph {number:02} as editor {number:02} has it."


class ManyEditorsTests(LiveCast, GuardedTransactionTestCase):
    def test_sixty_four_editors_at_once_lose_nothing(self):
        article = make_article("Bases", [before(number) for number in range(EDITORS)], published=False)
        address = reverse("admin:articles_article_change", args=[article.pk])
        users = [seat(f"editor{number}", f"Editor {number}", roles.REPORTER) for number in range(EDITORS)]
        desk = Desk()
        editors = [Editor(number, user, address, desk) for number, user in enumerate(users)]
        for editor in editors:
            editor.start()
        for editor in editors:
            editor.join()
        self.assertEqual([(each.name, each.trouble) for each in editors if each.trouble], [])
        self.check_chain(article)

    def check_chain(self, article: Article) -> None:
        """Every version is the one before with one editor's paragraph; the last has all of them."""
        versions = list(article.versions.order_by("number").select_related("author"))
        self.assertEqual([version.number for version in versions], list(range(1, EDITORS + 2)))
        self.assertEqual(versions[-1].body_text.split("\n\n"), [after(number) for number in range(EDITORS)])
        for old, new in pairwise(versions):
            number = int(new.author.username.removeprefix("editor"))
            self.assertEqual(new.body_text, old.body_text.replace(before(number), after(number)))
            self.assertNotEqual(new.body_text, old.body_text)
        lines = LedgerEntry.objects.about(article).filter(verb="article.revise")
        self.assertEqual(lines.count(), EDITORS)
