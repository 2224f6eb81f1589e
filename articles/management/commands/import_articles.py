"""manage.py import_articles: enter the articles of plain-text files, and report each with its lines."""

import contextlib
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.importing import report
from articles.importing.lines import LARGEST_FILE
from articles.importing.loader import CREATED, REFUSED, UNCHANGED, Wish, load
from articles.importing.outlets import NoSuchOutlet, outlet_for, outlet_of
from articles.importing.parsed import Parsed
from articles.importing.plain import read_articles
from articles.spans import language_tag

SOME_REFUSED, NOTHING_USABLE = 1, 2


class Command(BaseCommand):
    help = (
        "Enter the articles of plain-text files as drafts. One file may hold several articles; where it is unsure "
        "where one begins it does not split, and says so. Exit status: 0 all is in the archive, 1 some was refused, "
        "2 nothing usable or wrong arguments. docs/importing.md explains the report."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="plain text in UTF-8")
        parser.add_argument(
            "--outlet", default="", metavar="SLUG", help="short name of the outlet that printed it"
        )
        parser.add_argument("--language", default="", metavar="TAG", help="such as ur; else the outlet's")
        parser.add_argument("--published", action="store_true", help="publish at once what is entered")
        parser.add_argument(
            "--split-at",
            action="append",
            default=[],
            type=int,
            metavar="LINE",
            help="an article's headline stands on this line; cut there and nowhere else (may be given several times)",
        )
        parser.add_argument("--dry-run", action="store_true", help="report the same, write nothing")

    def handle(self, *, files: list[str], dry_run: bool, **options) -> None:
        self.check_arguments(files, **options)
        self.counts = dict.fromkeys((CREATED, UNCHANGED, REFUSED), 0)
        # The loader opens a transaction for each article; a dry run puts one around them all and takes it back.
        with transaction.atomic() if dry_run else contextlib.nullcontext():
            for file in files:
                self.enter(file, **options)
            if dry_run:
                transaction.set_rollback(True)
        self.sum_up(dry_run=dry_run)

    def check_arguments(
        self, files: list[str], *, outlet: str, language: str, split_at: list[int], **_options
    ) -> None:
        if split_at and len(files) > 1:
            raise CommandError(
                _("--split-at speaks of one file: import that file alone."), returncode=NOTHING_USABLE
            )
        if language and not language_tag(language):
            wrong = _("“%(tag)s” is no language tag. Write one such as en, ur or ar.") % {"tag": language}
            raise CommandError(wrong, returncode=NOTHING_USABLE)
        try:
            outlet_of(outlet) if outlet else None
        except NoSuchOutlet as error:
            raise CommandError(str(error), returncode=NOTHING_USABLE) from error

    def enter(
        self,
        file: str,
        *,
        outlet: str,
        language: str,
        published: bool,
        split_at: list[int],
        verbosity: int,
        **_options,
    ) -> None:
        try:
            data = read_bytes(Path(file))
        except OSError as error:
            self.counts[REFUSED] += 1
            told = _("%(file)s: refused. It cannot be read: %(why)s.")
            self.stdout.write(told % {"file": file, "why": error.strerror})
            return
        parsed = read_articles(data, split_at=split_at, name=Path(file).name)
        named = outlet_for(parsed, outlet) if parsed.articles else None
        self.stdout.write(report.file_line(parsed, named))
        if verbosity > 1:
            self.write(report.outline(parsed))
        self.tell_refusals(parsed)
        if named:
            wish = Wish(outlet=named, language=language_tag(language) or "", published=published)
            for outcome in load(parsed, wish):
                self.counts[outcome.status] += 1
                self.write(report.outcome_lines(outcome))

    def tell_refusals(self, parsed: Parsed) -> None:
        for refusal in parsed.refusals:
            self.counts[REFUSED] += 1
            self.write(report.refusal_lines(refusal))

    def write(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def sum_up(self, *, dry_run: bool) -> None:
        told = _("%(created)d created, %(unchanged)d unchanged, %(refused)d refused.") % self.counts
        self.stdout.write(told + (" " + _("Dry run: nothing was written.") if dry_run else ""))
        if self.counts[REFUSED]:
            good = self.counts[CREATED] + self.counts[UNCHANGED]
            raise CommandError(
                _("Some of it was refused; see above.") if good else _("Nothing was imported; see above."),
                returncode=SOME_REFUSED if good else NOTHING_USABLE,
            )


def read_bytes(path: Path) -> bytes:
    """The file's bytes; of a file beyond the limit only as much as shows that. Raise OSError."""
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)
