"""Flagging: words that nobody chose, a flag undone by somebody else, a suggestion that counts as confirmed."""

from ..fault import Fault

FLAGGING = "claims/flagging.py"
TESTS = "tests.claims.test_flagging"

FAULTS = (
    Fault(
        name="flag-on-other-words",
        promise="anchor",
        breaks="A flag comes to stand on other words than those that were chosen.",
        file=FLAGGING,
        old="        if field_text(version, spot.field)[spot.start : spot.end] != spot.exact:\n",
        new="        if False:\n",
        tests=(f"{TESTS}.FlagTests",),
    ),
    Fault(
        name="forged-words-on-the-page",
        promise="anchor",
        breaks="The page takes a span whose words are others for chosen ones.",
        file="claims/flag_passages.py",
        old="        elif field_text(self.version, spot.field)[spot.start : spot.end] != spot.exact:\n",
        new="        elif False:\n",
        tests=(f"{TESTS}.AddressTests",),
    ),
    Fault(
        name="flag-in-a-past-version",
        promise="anchor",
        breaks="A flag is set in a version that was replaced while the editor read it.",
        file=FLAGGING,
        old="    if version.pk not in (article.live_version_id, article.latest_version_id):\n",
        new="    if False:\n",
        tests=(f"{TESTS}.FlagTests",),
    ),
    Fault(
        name="undo-by-anyone",
        promise="permission",
        breaks="Anybody takes back what somebody else flagged.",
        file=FLAGGING,
        old="    if any(each.flagged_by_id != by.pk for each in appearances):\n",
        new="    if False:\n",
        tests=(f"{TESTS}.UndoTests",),
    ),
    Fault(
        name="undo-for-ever",
        promise="permission",
        breaks="A flag is taken back days later, as if it had never been set.",
        file=FLAGGING,
        old="    if any(moment() - each.created_at > GRACE for each in appearances):\n",
        new="    if False:\n",
        tests=(f"{TESTS}.UndoTests",),
    ),
    Fault(
        name="undo-under-a-check",
        promise="permission",
        breaks="A claim is declined by an undo while others have found evidence on it.",
        file=FLAGGING,
        old="    if is_public(claim) or claim.evidence.exists() or others.exists():\n",
        new="    if False:\n",
        tests=(f"{TESTS}.UndoTests",),
    ),
    Fault(
        name="reporters-flag-confirmed",
        promise="permission",
        breaks="A reporter makes a public verdict appear on words.",
        file=FLAGGING,
        old='    if not by.has_perm("claims.change_appearance") or access.why_not_judge(by, claim):\n',
        new="    if access.why_not_judge(by, claim):\n",
        tests=(f"{TESTS}.FlagTests", f"{TESTS}.AttachTests"),
    ),
    Fault(
        name="author-confirms-own-place",
        promise="permission",
        breaks="Whoever wrote the article decides that a verdict shows on its words.",
        file=FLAGGING,
        old="    return not access.wrote_the_article(by, article)\n",
        new="    return True\n",
        tests=(f"{TESTS}.AttachTests",),
    ),
    Fault(
        name="flag-by-readers-of-the-desk",
        promise="permission",
        breaks="An archivist or an auditor flags words.",
        file=FLAGGING,
        old="    if not may_flag(by):\n",
        new="    if False:\n",
        tests=(f"{TESTS}.FlagTests",),
    ),
)
