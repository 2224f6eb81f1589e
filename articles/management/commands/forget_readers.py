"""manage.py forget_readers: delete what readers typed into their reports whose time is over."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from articles.reporting import forget_readers


class Command(BaseCommand):
    help = (
        "Delete what readers typed into reports of errors, with name and address: 90 days after the answer, a year "
        "after the report came at the latest. It also happens by itself, whenever a report comes in or the desk lists "
        "them."
    )

    def handle(self, **options) -> None:
        count = 0
        while found := forget_readers():
            count += found
        said = ngettext("%(count)d reader is forgotten.", "%(count)d readers are forgotten.", count)
        self.stdout.write(said % {"count": count})
