"""manage.py index_search: index what waits, or with --rebuild everything, while people go on searching."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from newsroom.core.search import catch_up
from newsroom.core.search.models import SearchPending
from newsroom.core.search.rebuilding import rebuild

SECONDS_FOR_ANOTHER = 60


class Command(BaseCommand):
    help = (
        "Index for the search what was written since. With --rebuild everything is indexed anew, as after a new "
        "version of Newsroom that reads words otherwise; what is indexed stays found meanwhile."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="index every object anew")

    def handle(self, rebuild: bool = False, **options) -> None:
        if rebuild:
            start_over()
        self.done, self.last = 0, time.monotonic()
        while count := self.index():
            self.done += count
        self.stdout.write(_("%(count)d objects indexed.") % {"count": self.done})

    def index(self) -> int:
        """Index until nothing waits. Wait for another process that is at it; raise CommandError if that takes long."""
        given_up = time.monotonic() + SECONDS_FOR_ANOTHER
        while not (count := catch_up(progress=self.show)) and SearchPending.objects.exists():
            if time.monotonic() > given_up:
                raise CommandError(_("Another process has been indexing for a minute. Try again later."))
            time.sleep(0.2)
        return count

    def show(self, count: int) -> None:
        """A line of progress now and then."""
        if time.monotonic() - self.last > 5:
            self.last = time.monotonic()
            self.stdout.write(_("%(count)d objects so far …") % {"count": self.done + count})


start_over = rebuild  # `rebuild` is also the name of the option
