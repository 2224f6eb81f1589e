"""manage.py demo_people: one person for each role of the newsroom, with the passwords to sign in."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from newsroom.demo_people import FILE, Seat, seat_everybody


class Command(BaseCommand):
    help = (
        "Seat one person for each role, for a demonstration. Passwords are made at the first run, kept in the var "
        "folder and printed at every run. Never for a site that readers can reach."
    )

    def handle(self, **options) -> None:
        seats = seat_everybody(settings.VAR_DIR)
        widest = max((len(seat.username) for seat in seats), default=0)
        for seat in seats:
            self.stdout.write(f"  {seat.username:<{widest}}  {how_to_sign_in(seat)}")
        told = _("Passwords are kept in %(file)s, which only you can read.")
        self.stdout.write(told % {"file": settings.VAR_DIR / FILE})


def how_to_sign_in(seat: Seat) -> str:
    """The password, or what to do where it is not the one made here."""
    if not seat.is_open:
        return _("this account is closed; open it at the desk")
    if not seat.password:
        return _("the password was changed; `manage.py changepassword %(name)s` sets another") % {
            "name": seat.username
        }
    return seat.password
