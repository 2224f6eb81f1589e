"""Ledger: something would happen that nobody can find out later."""

from ..fault import Fault

VERDICTS = "tests.claims.test_workflow.VerdictTests"

FAULTS = (
    Fault(
        name="publishing-unrecorded",
        promise="ledger",
        breaks="A verdict is published and the ledger does not know.",
        file="claims/workflow.py",
        old='    ledger.record("verdict.publish", verdict, by=by, claim=str(claim.uid), rating=verdict.rating.slug)\n',
        new="",
        tests=(VERDICTS,),
    ),
    Fault(
        name="withdrawal-unrecorded",
        promise="ledger",
        breaks="An article is taken back and the ledger does not know.",
        file="articles/editing.py",
        old='    ledger.record("article.withdraw", article, by=by, by_law=by_law)\n',
        new="",
        tests=("tests.articles.test_editing.PublishingTests",),
    ),
    Fault(
        name="line-without-its-act",
        promise="ledger",
        breaks="A line stays in the ledger of an act that was undone.",
        file="newsroom/core/ledger.py",
        old="    if not transaction.get_connection(using).in_atomic_block:\n",
        new="    if False:\n",
        tests=("tests.core.test_ledger.TransactionTests",),
    ),
    Fault(
        name="hash-leaves-out-the-payload",
        promise="ledger",
        breaks="What an act did is changed later without its hash showing it.",
        file="newsroom/core/ledger.py",
        old='        "payload": entry.payload,\n',
        new="",
        tests=("tests.core.test_ledger.RecordTests",),
    ),
    Fault(
        name="ledger-rewritten",
        promise="ledger",
        breaks="A line of the ledger is changed.",
        file="newsroom/core/guarded.py",
        old='        "core.LedgerEntry",\n        frozen=ALL,\n',
        new='        "core.LedgerEntry",\n        frozen=("uid",),\n',
        tests=("tests.core.test_ledger", "tests.claims.test_guarded"),
    ),
)
