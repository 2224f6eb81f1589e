"""Verdicts at the desk: one person alone would publish, a draft would be read, an address would ask for no role."""

from ..fault import Fault

DESK = "claims/admin_verdict_desk.py"
PAGE = "tests.claims.test_admin_verdict_desk"
ROLES = "tests.newsroom.test_desk_roles"
BAD = "tests.newsroom.test_desk_bad_input"

FAULTS = (
    Fault(
        name="proposer-approves-in-the-page",
        promise="permission",
        breaks="Whoever proposed a verdict approves it in the claim's page, and no rule refuses the press.",
        file="claims/access.py",
        old="    if verdict.proposed_by_id == user.pk:\n",
        new="    if False:\n",
        tests=(f"{PAGE}.DecidingTests",),
    ),
    Fault(
        name="page-offers-approving-to-the-proposer",
        promise="permission",
        breaks="The page offers the proposer the buttons of the second person.",
        file="claims/admin_verdict_page.py",
        old="        if self.waiting and self.waiting.proposed_by_id == self.user.pk:\n",
        new="        if False:\n",
        tests=(f"{PAGE}.DecidingTests",),
    ),
    Fault(
        name="proposed-verdict-is-public",
        promise="leak",
        breaks="Readers see a verdict beside the words as soon as it is proposed.",
        file="claims/placed.py",
        old='        condition=Q(appearance__claim__verdicts__publication_state="published"),\n',
        new='        condition=Q(appearance__claim__verdicts__publication_state__in=["published", "proposed"]),\n',
        tests=(f"{PAGE}.PreviewTests",),
    ),
    Fault(
        name="looking-saves-a-draft",
        promise="permission",
        breaks="Looking at the note leaves a draft behind that nobody saved.",
        file="claims/forms_verdict.py",
        old='        given = getattr(self, "cleaned_data", {})\n',
        new='        given = getattr(self, "cleaned_data", {})\n'
        "        self.instance.number = 1\n        self.instance.proposed_by_id = 1\n        self.instance.save()\n",
        tests=(f"{PAGE}.PreviewTests",),
        speaks_up="IntegrityError",
    ),
    Fault(
        name="note-asks-for-no-role",
        promise="permission",
        breaks="A reporter has notes of verdicts drawn that the role may not write.",
        file=DESK,
        old="        access.demand(access.why_not_propose(request.user, claim))\n        typed = ",
        new="        typed = ",
        tests=(f"{ROLES}.ActTests",),
    ),
    Fault(
        name="evidence-asks-for-no-role",
        promise="permission",
        breaks="A reporter adds evidence to a claim by sending the form of somebody else's page.",
        file=DESK,
        old='        if not request.user.has_perm("claims.add_evidence"):\n',
        new="        if False:\n",
        tests=(f"{ROLES}.ActTests",),
    ),
    Fault(
        name="verdict-of-another-claim",
        promise="permission",
        breaks="The page of one claim changes or decides the verdict on another.",
        file=DESK,
        old='        rows = claim.verdicts.select_related("rating", "proposed_by", "clash_version__article")\n',
        new='        rows = Verdict.objects.select_related("rating", "proposed_by", "clash_version__article")\n',
        tests=(f"{BAD}.KeysTests",),
    ),
    Fault(
        name="somebody-elses-draft",
        promise="permission",
        breaks="Whoever sends the key of a colleague's draft is let through to it.",
        file=DESK,
        old="        if verdict.proposed_by_id != request.user.pk:\n",
        new="        if False:\n",
        tests=(f"{ROLES}.RulesOfConductTests",),
    ),
    Fault(
        name="half-of-save-and-propose",
        promise="limits",
        breaks="A verdict that could not be proposed leaves a draft behind that its writer knows nothing of.",
        file=DESK,
        old="            with transaction.atomic():\n                act()\n",
        new="            act()\n",
        tests=(f"{PAGE}.WritingTests",),
    ),
    Fault(
        name="refused-words-are-lost",
        promise="limits",
        breaks="A refused verdict comes back as an empty form.",
        file=DESK,
        old='again.desk_typed = "GET", QueryDict(), typed\n',
        new='again.desk_typed = "GET", QueryDict(), Typed()\n',
        tests=(f"{PAGE}.WritingTests",),
    ),
    Fault(
        name="all-evidence-on-one-page",
        promise="limits",
        breaks="The page of a claim with much evidence grows without end.",
        file="claims/admin_verdict_page.py",
        old="MOST_EVIDENCE = 24\n",
        new="MOST_EVIDENCE = 2400\n",
        tests=(f"{PAGE}.BigClaimTests",),
    ),
    Fault(
        name="another-sites-form-is-sent-again",
        promise="permission",
        breaks="A form that another site sent is offered to the editor for sending, with a token of ours.",
        file="newsroom/views.py",
        old="    if kept.is_own_form(request) and kept.can_be_kept(request):\n",
        new="    if kept.can_be_kept(request):\n",
        tests=("tests.newsroom.test_kept.KeptTests",),
    ),
)
