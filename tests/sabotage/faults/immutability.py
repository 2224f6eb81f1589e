"""Immutability: a printed word or a verdict would be lost or changed."""

from ..fault import Fault

VERSIONS = "tests.articles.test_editing.ImmutabilityTests"
GUARDED = "tests.claims.test_guarded"

FAULTS = (
    Fault(
        name="versions-unguarded",
        promise="immutability",
        breaks="Printed words are changed in place.",
        file="articles/guarded.py",
        old='        "articles.ArticleVersion",\n        frozen=ALL,\n',
        new='        "articles.ArticleVersion",\n        frozen=("uid",),\n',
        tests=(VERSIONS,),
    ),
    Fault(
        name="versions-deleted",
        promise="immutability",
        breaks="A printed version is deleted.",
        file="articles/guarded.py",
        old='        delete_message="A version is never deleted: the archive remembers what was printed.",\n',
        new="        deletable=True,\n",
        tests=(VERSIONS,),
    ),
    Fault(
        name="proposed-verdict-open",
        promise="immutability",
        breaks="A verdict is rewritten after it was proposed, so that the approver approved something else.",
        file="claims/guarded.py",
        old="                when=\"OLD.{publication_state} <> 'draft'\",\n",
        new="                when=\"OLD.{publication_state} = 'published'\",\n",
        tests=(
            "tests.claims.test_workflow.VerdictTests.test_a_proposed_verdict_and_its_evidence_are_frozen",
        ),
    ),
    Fault(
        name="cited-evidence-open",
        promise="immutability",
        breaks="The evidence of a proposed verdict is rewritten.",
        file="claims/guarded.py",
        old="AND verdict.publication_state <> 'draft')\"\n",
        new="AND verdict.publication_state = 'published')\"\n",
        tests=(
            "tests.claims.test_workflow.VerdictTests.test_a_proposed_verdict_and_its_evidence_are_frozen",
        ),
    ),
    Fault(
        name="verdict-goes-back",
        promise="immutability",
        breaks="A published verdict becomes a draft again and is changed.",
        file="claims/guarded.py",
        old="                holds=NEXT_STEPS,\n",
        new='                holds="1 = 1",\n',
        tests=("tests.claims.test_workflow.VerdictTests.test_a_verdict_never_goes_back_to_an_earlier_step",),
    ),
    Fault(
        name="insert-or-replace",
        promise="immutability",
        breaks="INSERT OR REPLACE writes over a guarded row.",
        file="newsroom/core/guards_sqlite.py",
        old='        if timing == "after" or event not in ("insert", "update"):\n            return []\n',
        new="        return []\n",
        tests=("tests.core.test_guards.ReplaceTest",),
    ),
    Fault(
        name="unique-key-overlooked",
        promise="immutability",
        breaks="INSERT OR REPLACE deletes a row that it meets by another key than its id.",
        file="newsroom/core/guards_sqlite.py",
        old="    keys += [plain_key(model, names) for names in meta.unique_together]\n",
        new="    keys = keys[:1]\n",
        tests=("tests.core.test_guards.ReplaceTest",),
    ),
    Fault(
        name="guards-not-written",
        promise="immutability",
        breaks="A migration leaves the database without its guards.",
        file="newsroom/core/guards.py",
        old='    if sender.label == "core":\n        install(using)\n        _aside.discard(using)\n',
        new='    if sender.label == "core":\n        _aside.discard(using)\n',
        tests=(VERSIONS, "tests.core.test_checks.GuardsCheckTest"),
        speaks_up="(newsroom.core.E001)",
    ),
    Fault(
        name="article-shows-anothers-version",
        promise="immutability",
        breaks="An article shows the words of another.",
        file="articles/guarded.py",
        old=" AND other.article_id <> NEW.{id})",
        new=" AND other.article_id <> other.article_id)",
        tests=(VERSIONS,),
    ),
)
