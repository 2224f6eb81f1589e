"""Words that changed under a claim: verdicts on what nobody read, readers sent to what nobody saw."""

from ..fault import Fault

ACTS = "claims/moved.py"
CONFIRM = "tests.claims.test_moved.ConfirmTests"
LATER = "tests.claims.test_moved.LaterVersionsTests"
PAGE = "tests.claims.test_marks_page.ShownTests"

FAULTS = (
    Fault(
        name="verdict-current-in-other-surroundings",
        promise="anchor",
        breaks="A verdict shows as current on words whose surroundings changed since they were checked.",
        file="claims/statuses.py",
        old="    if place.anchor == Anchor.CONTEXT_CHANGED:\n",
        new="    if place.anchor == Anchor.CONTEXT_CHANGED and place.label:\n"
        '        return place.mark or "", in_words(place.label), ""\n'
        "    if place.anchor == Anchor.CONTEXT_CHANGED:\n",
        tests=("tests.claims.test_changed.ReaderTests",),
    ),
    Fault(
        name="candidate-accepted-by-itself",
        promise="anchor",
        breaks="Whoever opens the page moves a claim to the passage most like its old words.",
        file="claims/admin_marks_read.py",
        old="            step.offered = offers.like(self.good(step.placement), step.placement)\n",
        new="            step.offered = offers.like(self.good(step.placement), step.placement)\n"
        "            if step.offered and self.may:\n"
        "                from . import moved\n\n"
        "                each = next(one for one in self.found if one.pk == step.placement.appearance_id)\n"
        "                shown = moved.Shown(each.pk, placing.seen(each, self.places[each.pk]))\n"
        "                moved.place_again(shown, step.version, step.offered[0].spot, by=self.user)\n",
        tests=(f"{PAGE}.test_looking_at_the_page_decides_nothing_and_writes_nothing",),
    ),
    Fault(
        name="confirms-what-was-not-shown",
        promise="permission",
        breaks="One press confirms every claim of the article, also those that nobody was shown or that were unticked.",
        file=ACTS,
        old="    for each in shown:\n",
        new="    every = Appearance.objects.filter(article=article).select_related('claim')\n"
        "    rows = {row.pk: row for row in every}\n"
        "    places = placing.standing_places(list(rows))\n"
        "    for each in [Shown(key, placing.seen(rows[key], places[key])) for key in rows]:\n",
        tests=(f"{CONFIRM}.test_what_was_not_shown_stays_as_it_is",),
    ),
    Fault(
        name="confirms-what-changed-meanwhile",
        promise="stale edit",
        breaks="A place that somebody judged otherwise while the page was open is confirmed over them.",
        file=ACTS,
        old="    if row is None or placing.seen(row, places) != seen:\n",
        new="    if row is None:\n",
        tests=(f"{CONFIRM}.test_what_changed_since_it_was_shown_is_left_out_and_said",),
    ),
    Fault(
        name="confirmed-unread-in-the-next-version",
        promise="anchor",
        breaks="What is confirmed in the live version counts in a waiting one whose surroundings nobody has read.",
        file=ACTS,
        old="    return same and carried.anchor == Anchor.ANCHORED and row.decided_by_id is None\n",
        new="    return same and row.decided_by_id is None\n",
        tests=(f"{LATER}.test_other_surroundings_in_the_version_that_waits_are_still_to_be_read",),
    ),
    Fault(
        name="author-confirms-own-words",
        promise="permission",
        breaks="Whoever wrote the article says that its changed surroundings change nothing.",
        file=ACTS,
        old="    if access.wrote_the_article(by, article):\n",
        new="    if False:\n",
        tests=(f"{CONFIRM}.test_nobody_confirms_in_an_article_of_their_own",),
    ),
    Fault(
        name="link-to-what-nobody-saw",
        promise="leak",
        breaks="Readers learn the words of a draft, and are sent to a version that was never public.",
        file="claims/changed.py",
        old="    if not was_public(checked):\n",
        new="    if checked is None:\n",
        tests=("tests.claims.test_changed.NeverPublicTests",),
    ),
)
