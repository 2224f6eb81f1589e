"""Removals by order: words would go by one person's hand, or stay where nobody is told, or marks would slip."""

from ..fault import Fault

REDACTING = "tests.articles.test_redacting"
REMOVED = "tests.claims.test_removed"
CANARY = "tests.newsroom.test_redaction_canary"

FAULTS = (
    Fault(
        name="own-removal-approved",
        promise="second person",
        breaks="One person alone takes printed words out of the archive.",
        file="articles/access.py",
        old="    if user.pk == redaction.proposed_by_id:\n",
        new="    if False:\n",
        tests=(f"{REDACTING}.SecondPersonTests",),
        speaks_up="articles_redaction_second_person_approves",
    ),
    Fault(
        name="anybody-removes",
        promise="permission",
        breaks="A reporter has printed words removed.",
        file="articles/access.py",
        old='    if not user.has_perm("articles.redact_articleversion"):\n',
        new="    if False:\n",
        tests=(f"{REDACTING}.SecondPersonTests",),
    ),
    Fault(
        name="removal-opens-every-row",
        promise="immutability",
        breaks="While one article loses words by order, every other may be changed unseen.",
        file="articles/opening.py",
        old='    named = [NAMED.format(table=table, uid="= OLD.{uid}")]\n',
        new='    named = [NAMED.format(table=table, uid="IS NOT NULL")]\n',
        tests=(f"{REDACTING}.GuardTests",),
    ),
    Fault(
        name="removal-opens-what-was-not-ticked",
        promise="immutability",
        breaks="Words go at places that the second person was told would stay.",
        file="articles/opening.py",
        old=" AND place.{{articles.RedactionPlace.removed}}",
        new="",
        tests=(f"{REDACTING}.GuardTests",),
    ),
    Fault(
        name="removal-left-half-way",
        promise="immutability",
        breaks="The guards stay open after a removal, for whoever comes.",
        file="articles/migrations/0012_redactions.py",
        old='("state", "carrying-out"), ("unfinished", 0), ("unfinished__isnull", False)',
        new='("state", "carrying-out")',
        tests=(f"{REDACTING}.GuardTests",),
    ),
    Fault(
        name="marks-not-moved-behind-removed-words",
        promise="anchor",
        breaks="After a name is removed every verdict behind it stands on other words.",
        file="claims/removed.py",
        old="    start, end = cuts.moved(placement.start, placement.end)\n",
        new="    start, end = placement.start, placement.end\n",
        tests=(f"{REMOVED}.PlacementTests",),
        speaks_up="The words do not stand at this place of that version.",
    ),
    Fault(
        name="verdict-stays-on-removed-words",
        promise="anchor",
        breaks="Readers see a verdict as current on words that are gone, and the words in the database.",
        file="claims/removed.py",
        old='        gone = {"start": None, "end": None, "exact": "", "prefix": "", "suffix": ""}\n',
        new="        gone = {}\n",
        tests=(f"{REMOVED}.PlacementTests",),
    ),
    Fault(
        name="removed-words-found",
        promise="redaction",
        breaks="The search finds an article by the name that a court had removed.",
        file="articles/redacting.py",
        old="    catch_up_now()\n",
        new="",
        tests=(f"{REDACTING}.WayTests",),
    ),
    Fault(
        name="removal-without-a-line",
        promise="ledger",
        breaks="Nobody can say who removed printed words, nor what their hash was.",
        file="articles/redacting.py",
        old="        versions=hashes_of(redaction),\n    )\n",
        new="        versions={},\n    )\n",
        tests=(f"{REDACTING}.WayTests",),
    ),
    Fault(
        name="ledger-keeps-the-words",
        promise="ledger",
        breaks="The ledger, which is never rewritten, holds the name that was removed.",
        file="articles/redacting.py",
        old="        places=redaction.places_sha256,\n        versions",
        new="        places=phrases.phrases,\n        versions",
        tests=(f"{REDACTING}.WayTests",),
    ),
    Fault(
        name="kept-copy-skipped",
        promise="redaction",
        breaks="The kept copy of a page goes on holding the name.",
        file="articles/wiping.py",
        old=(
            "            kept.storage.delete(kept.name)\n"
            "            kept.storage.save(kept.name, ContentFile(words))\n"
        ),
        new="            pass\n",
        tests=(f"{REMOVED}.QuotedTests",),
    ),
    Fault(
        name="furniture-not-swept",
        promise="redaction",
        breaks="The lines that came with the import keep the name, and nobody is told.",
        file="articles/removing.py",
        old='OTHERS = ("furniture", "reason", "origin_name")\n',
        new='OTHERS = ("reason", "origin_name")\n',
        tests=(f"{CANARY}",),
    ),
    Fault(
        name="file-keeps-removed-words",
        promise="redaction",
        breaks="Whoever reads the database's file reads the name.",
        file="articles/redacting.py",
        old="        transaction.on_commit(lambda: wipe(redaction), robust=True)\n",
        new="",
        tests=(f"{CANARY}",),
    ),
    Fault(
        name="changed-since-not-asked",
        promise="second person",
        breaks="Words go by offsets that were measured on another text, or a new version keeps the name unseen.",
        file="articles/redacting.py",
        old="    phrases = check_unchanged(redaction, article, places)\n",
        new=(
            "    chosen = [(place.column, place.start, place.end) for place in places if place.chosen]\n"
            "    phrases = phrases_at(redaction.version, chosen)\n"
        ),
        tests=(f"{REDACTING}.RefusedTests",),
    ),
    Fault(
        name="open-form-brings-the-words-back",
        promise="redaction",
        breaks="An editor who had the page open saves the removed name into a new version.",
        file="articles/forms.py",
        old="        if base is not None and self.lost_words_since(base):\n",
        new="        if False:\n",
        tests=("tests.articles.test_redaction_pages.DeskTests",),
    ),
    Fault(
        name="removal-untold-in-the-history",
        promise="redaction",
        breaks="Readers are not told that words of a version went.",
        file="articles/history.py",
        old="            until, lost = later and later.public_since, tuple(removals.get(version.pk, ()))\n",
        new="            until, lost = later and later.public_since, ()\n",
        tests=("tests.articles.test_redaction_pages.ReaderTests",),
    ),
)
