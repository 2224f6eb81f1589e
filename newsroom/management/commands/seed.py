"""manage.py seed: the articles, claims and verdicts of seeds/, without undoing anything that the desk did."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from newsroom.seeding import SeedClash, load_absent


class Command(BaseCommand):
    help = (
        "Load those objects of seeds/newsroom.json that are not here. What the desk changed since stays as it is; "
        "`loaddata newsroom` would reset it."
    )

    def handle(self, **options) -> None:
        try:
            count = load_absent(settings.BASE_DIR / "seeds" / "newsroom.json")
        except SeedClash as error:
            raise CommandError(str(error)) from error
        if count.loaded:
            told = _("Seeded %(loaded)d objects; %(left)d were here and stay as they are.")
        else:
            told = _("Nothing to seed: all %(left)d objects are here and stay as they are.")
        self.stdout.write(told % {"loaded": count.loaded, "left": count.left})
