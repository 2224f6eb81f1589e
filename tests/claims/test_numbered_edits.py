"""Whatever is edited, in whatever order, a carried claim stands on the very characters it was flagged on."""

from unittest import TestCase

from claims.anchoring import Carried, Fate, Span, carry
from newsroom import environment
from tests.claims.numbered import Carry, Draft, Saved, history, judge, run

SEQUENCES = 10_000 if environment.flag("NEWSROOM_PROOF", default=False) else 400


def at(new: str, start: int, span: Span) -> Carried:
    """The span's length of words at `start`, if the new text has room for them."""
    end = start + span.end - span.start
    fits = start >= 0 and end <= len(new)
    return Carried(Span(start, end) if fits else None, Fate.STAYED)


def nearest_look_alike(old: str, new: str, spans: list[Span]) -> list[Carried]:
    """Sabotage: what is refused moves to the nearest place with the same words."""

    def moved(span: Span, carried: Carried) -> Carried:
        words = old[span.start : span.end]
        before, after = new.rfind(words, 0, span.end), new.find(words, span.start)
        places = [place for place in (before, after) if place >= 0]
        if carried.span or not places:
            return carried
        return at(new, min(places, key=lambda place: abs(place - span.start)), span)

    return [moved(span, carried) for span, carried in zip(spans, carry(old, new, spans), strict=True)]


def offset_kept(old: str, new: str, spans: list[Span]) -> list[Carried]:
    """Sabotage: what is refused stays at its place in the text."""
    return [
        carried if carried.span else at(new, span.start, span)
        for span, carried in zip(spans, carry(old, new, spans), strict=True)
    ]


def first_occurrence(old: str, new: str, spans: list[Span]) -> list[Carried]:
    """Sabotage: the first place with the same words is taken."""
    return [at(new, new.find(old[span.start : span.end]), span) for span in spans]


FAULTS: tuple[Carry, ...] = (nearest_look_alike, offset_kept, first_occurrence)


class NumberedEditsTests(TestCase):
    def test_no_sequence_of_edits_brings_a_claim_onto_other_characters(self):
        tally = run(range(SEQUENCES))
        self.assertEqual(tally.wrong[:3], [])
        # A function that carries nothing is no good either.
        self.assertGreater(tally.carried, tally.asked * 0.4)

    def test_each_planted_fault_is_caught_within_two_hundred_edits(self):
        for fault in FAULTS:
            with self.subTest(fault=fault.__name__):
                tally = run(range(SEQUENCES), fault, stop_at_first=True)
                self.assertTrue(tally.wrong)
                self.assertLessEqual(tally.first_wrong_after, 200)

    def test_saved_at_once_or_one_by_one_the_same_edits_never_end_on_other_characters(self):
        """The claims of the first version, through every save and over all saves at once."""
        for seed in range(SEQUENCES // 4):
            saves = [(before, after) for before, after, _ in history(seed)]
            if not saves:
                continue
            first, last = saves[0][0], saves[-1][1]
            for span in history_spans(seed):
                with self.subTest(seed=seed, span=span):
                    self.assertEqual(judge(first, last, span, through([(first, last)], span)), "")
                    stepwise = through(saves, span)
                    if stepwise.span:
                        self.assertEqual(last.text[slice(*vars(stepwise.span).values())], words(first, span))


def history_spans(seed: int) -> list[Span]:
    return next(iter(history(seed)))[2]


def words(version: Saved, span: Span) -> str:
    return version.text[span.start : span.end]


def through(saves: list[tuple[Saved, Saved]], span: Span) -> Carried:
    """The span after every save; once it is refused it stays refused."""
    carried = Carried(span, Fate.STAYED)
    for before, after in saves:
        if carried.span is None:
            break
        (carried,) = carry(before.text, after.text, [carried.span])
    return carried


class JudgeTests(TestCase):
    """The judge itself: what it calls wrong, and what no text can tell."""

    def setUp(self):
        self.draft = Draft()
        self.draft.blocks = [self.draft.typed("Six bases fell."), self.draft.typed("Calm returned at noon.")]
        self.before = self.draft.saved()

    def verdict(self, found: Span) -> str:
        return judge(self.before, self.draft.saved(), Span(0, 9), Carried(found, Fate.STAYED))

    def test_a_copy_is_wrong_while_the_original_stands(self):
        self.draft.blocks.append(self.draft.typed("Six bases fell."))
        self.assertEqual(self.verdict(Span(0, 9)), "")
        self.assertIn("other characters", self.verdict(Span(41, 50)))

    def test_a_copy_is_wrong_where_the_original_was_corrected(self):
        self.draft.blocks.append(self.draft.typed("Six bases."))
        self.draft.blocks[0][:3] = self.draft.typed("Two")
        self.assertIn("other characters", self.verdict(Span(41, 50)))

    def test_other_words_are_wrong(self):
        self.draft.blocks[0][:3] = self.draft.typed("Two")
        self.assertIn("other words", self.verdict(Span(0, 9)))

    def test_the_same_words_deleted_and_typed_again_in_their_place_cannot_be_told(self):
        self.draft.blocks[0][:9] = self.draft.typed("Six bases")
        self.assertEqual(self.verdict(Span(0, 9)), "")
