"""What the audit commands share: they print row, field and problem, and exit 1 where there is any."""

from collections.abc import Callable, Iterator

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.audit import Finding
from newsroom.core.hygiene import visible


class AuditCommand(BaseCommand):
    """A command that prints findings. A subclass names the function that yields them."""

    findings: Callable[[], Iterator[Finding]]

    def handle(self, **options) -> None:
        count = 0
        for finding in self.findings():
            count += 1
            # Damaged rows hold characters that no terminal can show.
            self.stdout.write(visible(f"{finding.row}: {finding.field} {finding.problem}"))
        if count:
            raise CommandError(_("%(count)d findings.") % {"count": count}, returncode=1)
        self.stdout.write(_("Nothing was found to be wrong."))
