"""Forms that readers send without an account or a cookie: which page they came from, when it was shown, and from where.

A form carries a ticket: signed, bound to what the form is about, with the time at which it was shown and the uid of the
one row that it may make. The site's secret key signs it; nothing is stored until the form is sent.
"""

import ipaddress
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

UNKNOWN = "unknown"
# One household or one phone has a network of this size to itself, and picks addresses in it as it likes.
OF_ONE_READER = 64


class BadTicket(ValueError):
    """Not a ticket of ours, or one for another form."""


@dataclass(frozen=True)
class Ticket:
    """One showing of a form: when, and the uid of what it makes. Sent twice, it makes one thing."""

    uid: uuid.UUID
    shown_at: datetime

    @property
    def age(self) -> timedelta:
        return timezone.now() - self.shown_at


def issue(about: Sequence[str | int]) -> str:
    """A fresh ticket for a form about this: its kind first, then whatever it is bound to."""
    return signer().sign_object([*about, uuid.uuid4().hex, round(timezone.now().timestamp(), 3)])


def read(token: str, about: Sequence[str | int]) -> Ticket:
    """The ticket that the form came with. Raise BadTicket unless it was issued for a form about this."""
    try:
        *bound_to, uid, shown_at = signer().unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise BadTicket from error
    if bound_to != list(about):
        raise BadTicket
    return Ticket(uuid.UUID(uid), datetime.fromtimestamp(shown_at, UTC))


def signer() -> signing.Signer:
    return signing.Signer(salt="newsroom.core.public_forms")


def came_from(request: HttpRequest) -> str:
    """The site whose page sent the form, by what the browser says of it; empty where it says nothing."""
    if origin := request.headers.get("Origin", ""):
        return origin
    parts = urlsplit(request.headers.get("Referer", ""))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def is_own_form(request: HttpRequest) -> bool:
    """Whether one of our own pages sent the form, and the browser says so."""
    return came_from(request) == f"{request.scheme}://{request.get_host()}"


def network_of(request: HttpRequest) -> str:
    """From where the form was sent: an IPv4 address or the network of an IPv6 one, as our own proxies wrote it down.

    What a reader's own request claims in X-Forwarded-For is left of what the settings' PROXIES added.
    """
    told = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    from_proxy = 0 < settings.PROXIES <= len(told)
    written = told[-settings.PROXIES] if from_proxy else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return UNKNOWN
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), OF_ONE_READER), strict=False))


def sender_key(request: HttpRequest, window: datetime) -> str:
    """Who sent it, for counting within one window of time: a name that tells no address and is another in the next."""
    words = f"{window.isoformat()} {network_of(request)}"
    return salted_hmac("newsroom.core.public_forms.sender", words, algorithm="sha256").hexdigest()
