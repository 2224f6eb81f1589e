"""Permissions: one person alone would publish a verdict, or somebody whom a rule of conduct bars."""

from ..fault import Fault

ACCESS = "claims/access.py"
VERDICTS = "tests.claims.test_workflow.VerdictTests"

FAULTS = (
    Fault(
        name="own-verdict-approved",
        promise="permission",
        breaks="A verdict editor publishes what they proposed themselves.",
        file=ACCESS,
        old="    if verdict.proposed_by_id == user.pk:\n",
        new="    if False:\n",
        tests=(f"{VERDICTS}.test_nobody_approves_their_own_proposal_not_even_a_superuser",),
        speaks_up="Somebody other than the proposer must approve a verdict.",
    ),
    Fault(
        name="superuser-stands-above",
        promise="permission",
        breaks="A superuser approves their own proposal.",
        file=ACCESS,
        old="    if verdict.proposed_by_id == user.pk:\n",
        new="    if verdict.proposed_by_id == user.pk and not user.is_superuser:\n",
        tests=(f"{VERDICTS}.test_nobody_approves_their_own_proposal_not_even_a_superuser",),
        speaks_up="Somebody other than the proposer must approve a verdict.",
    ),
    Fault(
        name="author-judges",
        promise="permission",
        breaks="Whoever wrote the article judges what it says.",
        file=ACCESS,
        old="    if wrote_the_claim(user, claim):\n",
        new="    if False:\n",
        tests=(f"{VERDICTS}.test_whoever_wrote_the_claim_in_our_own_paper_does_not_judge_it",),
    ),
    Fault(
        name="approve-without-asking",
        promise="permission",
        breaks="Anybody approves any verdict.",
        file="claims/workflow.py",
        old="    access.demand(access.why_not_approve(by, verdict))\n    now = moment()\n",
        new="    now = moment()\n",
        tests=(VERDICTS,),
    ),
    Fault(
        name="check-of-second-person-gone",
        promise="permission",
        breaks="At the SQL prompt one person is proposer and approver of a verdict.",
        file="claims/migrations/0001_initial.py",
        old='                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),\n',
        new='                    ("approved_by__isnull", False),\n',
        tests=(f"{VERDICTS}.test_the_database_refuses_one_person_in_both_parts",),
    ),
    Fault(
        name="approval-by-the-proposer",
        promise="permission",
        breaks="The database takes an approval from the proposer.",
        file="claims/guarded.py",
        old=" AND verdict.proposed_by_id <> NEW.{user})",
        new=")",
        tests=(VERDICTS, "tests.claims.test_guarded"),
    ),
    Fault(
        name="reporter-approves",
        promise="permission",
        breaks="The role of reporter may approve verdicts.",
        file="claims/migrations/0003_grants.py",
        old='"change_claim", "change_source"],\n    "Fact-checker"',
        new='"change_claim", "change_source", "approve_verdict"],\n    "Fact-checker"',
        tests=(f"{VERDICTS}.test_roles_decide_who_proposes_and_who_approves",),
    ),
    Fault(
        name="reporter-publishes",
        promise="permission",
        breaks="A reporter puts an article before readers alone.",
        file="articles/migrations/0002_grants.py",
        old='"add", "change"), "delete_byline"],\n    "Fact-checker"',
        new='"add", "change"), "delete_byline", "publish_article"],\n    "Fact-checker"',
        tests=("tests.articles.test_admin_acts.RightsTests",),
    ),
)
