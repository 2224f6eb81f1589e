"""What the database refuses for the ground's own tables."""

from .guards import ALL, Guard, register

register(
    Guard(
        "core.LedgerEntry",
        frozen=ALL,
        message="The ledger is never rewritten: record a further act instead.",
        delete_message="Nothing is deleted from the ledger.",
    ),
    Guard(
        "core.User",
        frozen=("uid",),
        message="A person's uid is given once.",
        delete_message="People are deactivated, never deleted: what they did keeps their name.",
    ),
)
