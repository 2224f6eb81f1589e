"""What each role may do with claims, evidence and verdicts."""

from django.db import migrations

from newsroom.core.grants import all_of, grant

EVERYTHING = [
    "source",
    "claim",
    "claimtag",
    "appearance",
    "placement",
    "evidence",
    "verdict",
    "verdictevidence",
    "approval",
    "rating",
]
FLAGGING = ["source", "claim", "claimtag", "appearance", "placement"]
CHECKING = [*FLAGGING, "evidence", "verdict"]

GRANTS = {
    "Reporter": [*all_of(EVERYTHING, "view"), *all_of(FLAGGING, "add"), "change_claim", "change_source"],
    "Fact-checker": [*all_of(EVERYTHING, "view"), *all_of(CHECKING, "add", "change"), "propose_verdict"],
    "Verdict editor": [
        *all_of(EVERYTHING, "view"),
        *all_of(CHECKING, "add", "change"),
        "propose_verdict",
        "approve_verdict",
    ],
    "Archivist": [*all_of(EVERYTHING, "view"), *all_of(["source"], "add", "change")],
    "Auditor": all_of(EVERYTHING, "view"),
    "Administrator": [*all_of(EVERYTHING, "view"), *all_of(["rating"], "add", "change")],
}


def give(apps, schema_editor):
    grant(apps, "claims", GRANTS, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_ratings"), ("core", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
