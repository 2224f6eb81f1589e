"""Editing: one person's words would vanish under another's, or readers would not learn why a text changed."""

from ..fault import Fault

REVISING = "tests.articles.test_editing.RevisingTests"

FAULTS = (
    Fault(
        name="last-save-wins",
        promise="stale edit",
        breaks="Of two people who edit at once, the first one's words are silently lost.",
        file="articles/editing.py",
        old="    if old.number != base:\n",
        new="    if False:\n",
        tests=(f"{REVISING}.test_words_written_over_an_older_version_are_refused_and_name_who_was_faster",),
    ),
    Fault(
        name="silent-change",
        promise="stale edit",
        breaks="A published text changes and readers are not told why.",
        file="articles/editing.py",
        old="    if locked.state != Article.State.DRAFT and not reason.strip():\n",
        new="    if False:\n",
        tests=(REVISING,),
    ),
    Fault(
        name="substance-called-minor",
        promise="stale edit",
        breaks="A change of substance is called minor, and readers see no note that the article changed.",
        file="articles/editing.py",
        old="    if minor and not is_minor(old, words):\n",
        new="    if False:\n",
        tests=(REVISING,),
    ),
    Fault(
        name="changed-text-called-minor",
        promise="stale edit",
        breaks="A change of the text itself counts as one of form.",
        file="articles/minor.py",
        old="        and _same_body(stored_blocks(old.body), stored_blocks(new.body))\n",
        new="",
        tests=("tests.articles.test_minor",),
    ),
    Fault(
        name="substance-behind-minor",
        promise="stale edit",
        breaks="A minor version takes one of substance along, and readers see no note that the article changed.",
        file="articles/editing.py",
        old="    if article.live_version_id and _changes_substance(article, version):\n",
        new="    if article.live_version_id and not version.minor:\n",
        tests=(REVISING,),
    ),
    Fault(
        name="old-version-goes-live",
        promise="stale edit",
        breaks="A corrected error goes live again.",
        file="articles/editing.py",
        old="    if article.live_version_id and version.number < article.live_version.number:\n",
        new="    if False:\n",
        tests=(REVISING,),
    ),
    Fault(
        name="somebody-was-faster",
        promise="stale edit",
        breaks="Two people move one claim at once, and the second overwrites the first.",
        file="claims/workflow.py",
        old="    if not model.objects.filter(pk=row.pk, **conditions).update(**columns):\n",
        new="    if not model.objects.filter(pk=row.pk).update(**columns):\n",
        tests=("tests.claims.test_workflow.MovesTests",),
    ),
)
