"""manage.py audit_search: prove that the search's index says what the archive says."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from newsroom.core.hygiene import visible
from newsroom.core.search.audit import audit_search
from newsroom.core.search.models import SearchPending


class Command(BaseCommand):
    help = (
        "Build every row of the search's index anew and compare it with the one that is there. Prints what differs, "
        "and exits 1. Objects that wait to be indexed are counted, not compared."
    )

    def handle(self, **options) -> None:
        count = 0
        for finding in audit_search():
            count += 1
            self.stdout.write(visible(finding))
        if waits := SearchPending.objects.values("kind", "object_id").distinct().count():
            self.stdout.write(_("%(count)d objects wait to be indexed: run index_search.") % {"count": waits})
        if count:
            raise CommandError(_("%(count)d findings.") % {"count": count}, returncode=1)
        self.stdout.write(_("Nothing was found to be wrong."))
