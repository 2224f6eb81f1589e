"""Anchors: a verdict would stand on words it was not given for."""

from ..fault import Fault

ANCHORING = "claims/anchoring.py"
RECEIVERS = "claims/receivers.py"
RUNS = "claims/unchanged_words.py"
CARRY = "tests.claims.test_anchoring.CarryTests"
NUMBERED = "tests.claims.test_numbered_edits.NumberedEditsTests"
FOLLOW = "tests.claims.test_receivers.FollowTests"
SEVERAL = "tests.claims.test_receivers.SeveralEditsInOneSaveTests"
REFUSED = "            return Carried(None, self.fate_of_changed(span))\n"
STILL_ANCHORED = "    elif row.anchor == Anchor.ANCHORED and placement.anchor != Anchor.ANCHORED:\n"

FAULTS = (
    Fault(
        name="moves-to-a-look-alike",
        promise="anchor",
        breaks="A mark whose sentence was removed moves to the same sentence elsewhere.",
        file=ANCHORING,
        old=REFUSED,
        new="            at = self.new.find(self.old[span.start : span.end])\n"
        "            found = Span(at, at + span.end - span.start)\n"
        "            return Carried(found if at >= 0 else None, Fate.STAYED)\n",
        tests=("tests.claims.test_anchoring.NineEditsTests", NUMBERED),
    ),
    Fault(
        name="keeps-its-offset",
        promise="anchor",
        breaks="A mark stays at its place in the text whatever is written there now.",
        file=ANCHORING,
        old=REFUSED,
        new="            return Carried(span, Fate.STAYED)\n",
        tests=(CARRY, NUMBERED),
    ),
    Fault(
        name="not-moved-with-its-paragraph",
        promise="anchor",
        breaks="A paragraph put in front leaves marks behind on other words.",
        file=ANCHORING,
        old="        shift = stretch.new - stretch.old\n",
        new="        shift = 0\n",
        tests=(CARRY, FOLLOW, NUMBERED),
    ),
    Fault(
        name="first-copy-is-taken",
        promise="anchor",
        breaks="Of two equal sentences, one of which went, the first is taken for the one that was checked.",
        file=RUNS,
        old="        head, tail = min(head, shorter - tail), min(tail, shorter - head)\n",
        new="        tail = shorter - head\n",
        tests=("tests.claims.test_anchoring.CertainEndsTests",),
    ),
    Fault(
        name="copies-unseen",
        promise="anchor",
        breaks="The words are typed a second time and the checked ones rewritten: the mark moves to the copy.",
        file=ANCHORING,
        old="            self.doubts[words] = self.went.holds(words) or self.came.holds(words)\n",
        new="            self.doubts[words] = False\n",
        tests=(CARRY, NUMBERED),
    ),
    Fault(
        name="copied-paragraphs-unseen",
        promise="anchor",
        breaks="A paragraph is copied and the original corrected: its marks move to the copy.",
        file="claims/look_alikes.py",
        old="        return any(own.is_in(other) for other in self.by_block)\n",
        new="        return False\n",
        tests=(CARRY, NUMBERED),
    ),
    Fault(
        name="repeated-paragraphs-by-their-order",
        promise="anchor",
        breaks="One of several equal paragraphs goes, and its marks move to the next.",
        file=ANCHORING,
        old="        return max(before, after) > 1 and (before != after or not stretch.whole)\n",
        new="        return False\n",
        tests=(CARRY, NUMBERED),
    ),
    Fault(
        name="crossed-words-trusted",
        promise="anchor",
        breaks="A sentence stays where another moved over it, or the other way round: one is taken for granted.",
        file=RUNS,
        old="            if first < last:\n",
        new="            if False:\n",
        tests=(CARRY,),
    ),
    Fault(
        name="moved-without-a-look",
        promise="anchor",
        breaks="A paragraph that was moved under another heading carries its verdict there, without an editor.",
        file=ANCHORING,
        old="            return Carried(found, Fate.MOVED)\n",
        new="            return Carried(found, Fate.STAYED)\n",
        tests=(CARRY, SEVERAL),
    ),
    Fault(
        name="cut-from-its-accent",
        promise="anchor",
        breaks="A mark ends in the middle of a letter or an emoji.",
        file=RUNS,
        old="    goes_on = any(IN_A_WORD.match(text, head) for text in (a, b))\n",
        new="    goes_on = False\n",
        tests=(CARRY,),
    ),
    Fault(
        name="negation-unseen",
        promise="anchor",
        breaks="“no sixth base” keeps the verdict on “sixth base”.",
        file=ANCHORING,
        old="        same = stretch.whole or self.same_context(span, found)\n",
        new="        same = True\n",
        tests=(FOLLOW, CARRY),
    ),
    Fault(
        name="verdict-comes-back-by-itself",
        promise="anchor",
        breaks="Words whose surroundings changed carry the verdict again after the next edit, without an editor.",
        file=RECEIVERS,
        old=STILL_ANCHORED,
        new="    elif False:\n",
        tests=(FOLLOW,),
    ),
    Fault(
        name="standfirst-forgotten",
        promise="anchor",
        breaks="The standfirst takes a headline back, and the headline keeps its verdict.",
        file=RECEIVERS,
        old="    if row.anchor == Anchor.ANCHORED and not standfirst_stands:\n",
        new="    if False:\n",
        tests=(SEVERAL,),
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
