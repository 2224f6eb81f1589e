"""Anchors: a verdict would stand on words it was not given for."""

from ..fault import Fault

ANCHORING = "claims/anchoring.py"
RECEIVERS = "claims/receivers.py"
CARRY = "tests.claims.test_anchoring.CarryTests"
FOLLOW = "tests.claims.test_receivers.FollowTests"
CARRIED = "            carried.append(None)\n"

FAULTS = (
    Fault(
        name="moves-to-a-look-alike",
        promise="anchor",
        breaks="A mark whose sentence was removed moves to the same sentence elsewhere.",
        file=ANCHORING,
        old=CARRIED,
        new="            at = new.find(old[span.start : span.end])\n"
        "            carried.append(Span(at, at + span.end - span.start) if at >= 0 else None)\n",
        tests=(CARRY,),
    ),
    Fault(
        name="keeps-its-offset",
        promise="anchor",
        breaks="A mark stays at its place in the text whatever is written there now.",
        file=ANCHORING,
        old=CARRIED,
        new="            carried.append(span)\n",
        tests=(CARRY,),
    ),
    Fault(
        name="tail-not-moved",
        promise="anchor",
        breaks="A paragraph put in front leaves marks behind on other words.",
        file=ANCHORING,
        old="            carried.append(Span(span.start + shift, span.end + shift))\n",
        new="            carried.append(span)\n",
        tests=(CARRY, FOLLOW),
    ),
    Fault(
        name="first-copy-is-taken",
        promise="anchor",
        breaks="Of two equal sentences, one of which went, the first is taken for the one that was checked.",
        file=ANCHORING,
        old="    head, tail = common_head(old, new), common_tail(old, new)\n    shorter = min(len(old), len(new))\n",
        new="    head, tail = common_head(old, new), common_tail(old, new)\n    return head, 0\n"
        "    shorter = min(len(old), len(new))\n",
        tests=(CARRY,),
    ),
    Fault(
        name="negation-unseen",
        promise="anchor",
        breaks="“no sixth base” keeps the verdict on “sixth base”.",
        file=RECEIVERS,
        old="    if same and placement.anchor == Placement.Anchor.ANCHORED:\n",
        new="    if placement.anchor == Placement.Anchor.ANCHORED:\n",
        tests=(FOLLOW,),
    ),
    Fault(
        name="verdict-comes-back-by-itself",
        promise="anchor",
        breaks="Words whose surroundings changed carry the verdict again after the next edit, without an editor.",
        file=RECEIVERS,
        old="    if same and placement.anchor == Placement.Anchor.ANCHORED:\n",
        new="    if same:\n",
        tests=(FOLLOW,),
    ),
    Fault(
        name="words-not-compared",
        promise="anchor",
        breaks="The database takes a placement on words that do not stand there.",
        file="claims/guarded.py",
        old="                holds=WORDS_STAND,\n",
        new='                holds="1 = 1",\n',
        tests=("tests.claims.test_workflow.PlacingTests", "tests.claims.test_guarded"),
    ),
    Fault(
        name="another-articles-version",
        promise="anchor",
        breaks="A claim printed in one article is placed in the text of another.",
        file="claims/guarded.py",
        old="                holds=OWN_ARTICLE,\n",
        new='                holds="1 = 1",\n',
        tests=("tests.claims.test_workflow.PlacingTests", "tests.claims.test_guarded"),
    ),
    Fault(
        name="changed-words-stay-rated",
        promise="anchor",
        breaks="Lists say “false” beside a headline whose words were changed since.",
        file="claims/statuses.py",
        old="    if place.anchor == Anchor.CONTEXT_CHANGED:\n",
        new="    if False:\n",
        tests=("tests.claims.test_statuses.ChangedWordsTests",),
    ),
)
