"""After an act is committed, what it changed is indexed at once: every act writes its line into the ledger."""

from django.db import connections, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from newsroom.core.models import LedgerEntry

from .catching_up import briefly, catch_up

AFTER_AN_ACT = 20


@receiver(post_save, sender=LedgerEntry, dispatch_uid="newsroom.core.search.acts")
def soon(sender: type, raw: bool, using: str, **kwargs: object) -> None:
    """Index at the end of the transaction, once however many acts it holds. Fixtures (raw) are no acts."""
    waiting = connections[using].run_on_commit
    if not raw and not any(entry[1] is index_what_was_done for entry in waiting):
        transaction.on_commit(index_what_was_done, using=using, robust=True)


def index_what_was_done() -> None:
    """A little of what waits; the next search goes on with the rest. The act itself stands whatever comes of this."""
    with briefly():
        catch_up(AFTER_AN_ACT, batch=AFTER_AN_ACT)
