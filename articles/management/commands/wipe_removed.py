"""Clean the files after removals of words whose cleaning did not go through."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from articles.models import Redaction
from articles.wiping import wipe


class Command(BaseCommand):
    help = (
        "Write kept copies over and have the database rewrite its files, so that removed words are gone from them. "
        "With --all for every removal, else for those whose cleaning failed. Nobody can write meanwhile."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="for every removal that was carried out")

    def handle(self, *args, **options):
        done = Redaction.objects.filter(state=Redaction.State.CARRIED_OUT).order_by("pk")
        if not options["all"]:
            done = done.filter(Q(wiped_at=None) | ~Q(trouble=""))
        troubled = [f"{redaction.number}: {said}" for redaction in done if (said := wipe(redaction))]
        if troubled:
            raise CommandError("\n".join(troubled))
        self.stdout.write("The files hold no removed words.")
