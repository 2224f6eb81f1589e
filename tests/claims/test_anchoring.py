"""Carrying passages: only what certainly did not change is carried."""

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring import Carried, Fate, Span, carry, same_words, surroundings
from claims.unchanged_words import certain_ends, common_head, common_tail
from newsroom.core.hygiene import cuts_character
from tests.articles.strategies import COMBINING, EMOJI, URDU

HEADLINE = "Coalition hands over sixth Iraqi base in one week, troops bound for Syria"
CLAIM = "sixth Iraqi base in one week"

LEAD = "The coalition vacates its sixth base in one week, the military said on Tuesday."
FIGURES = "Six bases were handed over in the past few weeks, an official told the paper."
TEASER = "READ MORE: Coalition vacates its sixth base in one week"
BODY = "\n\n".join([LEAD, "Troops were seen on the road to Erbil at noon.", FIGURES, TEASER])

# A small alphabet repeats itself, which is where look-alikes are; the rest is what papers print.
letters = st.one_of(
    st.text(alphabet="ab \n", max_size=30),
    st.text(alphabet="آبپ ک\u200cی", max_size=30),
    st.text(alphabet="e\u0301👩\u200d👧 ", max_size=30),
)
sentences = st.lists(
    st.sampled_from(
        ["six", "bases", "in", "one", "week.", "Mosul", "the", "the", "\n\n", *URDU, *EMOJI, *COMBINING]
    ),
    max_size=14,
).map(" ".join)


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


class OneClaim(TestCase):
    def carried(self, old: str, new: str, words: str) -> Carried:
        (carried,) = carry(old, new, [span_of(old, words)])
        if carried.span:
            self.assertEqual(new[carried.span.start : carried.span.end], words)
        return carried

    def becomes(self, fate: Fate, old: str, new: str, words: str) -> None:
        carried = self.carried(old, new, words)
        self.assertEqual(carried.fate, fate)
        self.assertEqual(carried.span is not None, fate in (Fate.STAYED, Fate.SURROUNDED_ANEW, Fate.MOVED))


class NineEditsTests(OneClaim):
    """What the best known matcher was tried with, which kept its mark on corrected and on negated words."""

    def test_each_edit_leaves_the_claim_where_it_can_be_trusted_and_nowhere_else(self):
        for edit, words, old, new, fate in (
            ("none", "sixth base in one week", LEAD, LEAD, Fate.STAYED),
            ("headline written anew", CLAIM, HEADLINE, "Soldiers leave for home", Fate.WENT),
            ("corrected number", CLAIM, HEADLINE, HEADLINE.replace("sixth", "third"), Fate.CHANGED),
            (
                "negated",
                "its sixth base in one week",
                BODY,
                BODY.replace("The coalition vacates", "The coalition did not vacate"),
                Fate.SURROUNDED_ANEW,
            ),
            ("corrected time", CLAIM, HEADLINE, HEADLINE.replace("one week", "few weeks"), Fate.CHANGED),
            (
                "sentence deleted, its READ MORE line stays",
                "its sixth base in one week",
                BODY,
                BODY.replace(LEAD + "\n\n", ""),
                Fate.WENT,
            ),
            (
                "corrected figure",
                "Six bases were handed over",
                BODY,
                BODY.replace("Six bases", "Three bases"),
                Fate.CHANGED,
            ),
            (
                "sentence deleted from its paragraph",
                "Six bases were handed over in the past few weeks",
                BODY.replace(FIGURES, f"Nobody was hurt. {FIGURES} Calm returned."),
                BODY.replace(FIGURES, "Nobody was hurt. Calm returned."),
                Fate.WENT,
            ),
            (
                "paragraph put in front",
                "Six bases were handed over",
                BODY,
                f"Guards stood at the gate.\n\n{BODY}",
                Fate.STAYED,
            ),
        ):
            with self.subTest(edit=edit):
                self.becomes(fate, old, new, words)


class CarryTests(OneClaim):
    def test_words_before_and_after_a_change_are_carried(self):
        for new in (
            "BAGHDAD: " + HEADLINE,
            HEADLINE + " and Turkey",
            HEADLINE.replace("Coalition", "The coalition"),
            HEADLINE.replace("Syria", "north-eastern Syria"),
        ):
            with self.subTest(new=new):
                self.becomes(Fate.SURROUNDED_ANEW, HEADLINE, new, CLAIM)

    def test_corrected_words_are_never_carried(self):
        for old, new, fate in (
            ("one week", "three weeks", Fate.CHANGED),
            ("sixth", "fifth", Fate.CHANGED),
            (CLAIM, "", Fate.WENT),
            ("base in", "base taken in", Fate.CHANGED),
            ("week,", "weekend,", Fate.CHANGED),
        ):
            with self.subTest(new=new):
                self.becomes(fate, HEADLINE, HEADLINE.replace(old, new), CLAIM)

    def test_a_negation_before_the_words_leaves_them_but_changes_their_surroundings(self):
        self.becomes(Fate.SURROUNDED_ANEW, HEADLINE, HEADLINE.replace("sixth", "no sixth"), CLAIM)

    def test_where_nobody_can_say_which_copy_went_neither_is_carried(self):
        twice = "Six bases were left.\n\nTroops went home.\n\nSix bases were left."
        for old, new, spans in (
            ("base base ", "base ", [Span(0, 4), Span(5, 9)]),
            (twice, twice[: -len("\n\nSix bases were left.")], [Span(0, 9), Span(41, 50)]),
            (twice, f"Six bases were left.\n\n{twice}", [Span(0, 9), Span(41, 50)]),
        ):
            with self.subTest(new=new):
                self.assertEqual({each.span for each in carry(old, new, spans)}, {None})

    def test_equal_paragraphs_keep_their_claims_while_their_number_and_order_stand(self):
        old = "Six bases.\n\nTroops went home.\n\nSix bases.\n\nCalm returned."
        new = old.replace("Calm", "Quiet")
        carried = carry(old, new, [Span(0, 9)])
        self.assertEqual(carried, [Carried(Span(0, 9), Fate.STAYED)])

    def test_a_moved_paragraph_keeps_its_claims_for_an_editor_to_confirm(self):
        blocks = BODY.split("\n\n")
        new = "\n\n".join([blocks[2], blocks[0], blocks[1], blocks[3]])
        self.becomes(Fate.MOVED, BODY, new, "Six bases were handed over")
        self.becomes(Fate.STAYED, BODY, new, "Troops were seen")

    def test_a_copy_elsewhere_does_not_pass_for_a_paragraph_that_was_corrected(self):
        blocks = BODY.split("\n\n")
        for corrected in (FIGURES.replace("Six", "Three"), FIGURES.replace("weeks", "months")):
            with self.subTest(corrected=corrected):
                new = "\n\n".join([FIGURES, blocks[0], blocks[1], corrected, blocks[3]])
                self.assertIsNone(self.carried(BODY, new, "Six bases were handed over").span)

    def test_a_paragraph_that_stands_twice_now_once_altered_is_left_to_an_editor(self):
        """The words stand once, and nobody knows whether the copy or the original was altered."""
        for altered in (FIGURES.replace("Six", "Three"), FIGURES.replace("bases were", "posts had been")):
            with self.subTest(altered=altered):
                new = BODY.replace(FIGURES, f"{FIGURES}\n\n{altered}")
                self.becomes(Fate.DOUBTFUL, BODY, new, "Six bases were handed over")

    def test_words_that_are_typed_a_second_time_are_left_to_an_editor(self):
        for new in (
            BODY.replace("at noon.", "at noon. Six bases were handed over."),
            "Six bases were handed over in the past few weeks.\n\n" + BODY,
        ):
            with self.subTest(new=new):
                self.becomes(Fate.DOUBTFUL, BODY, new, "Six bases were handed over")

    def test_where_one_thing_moved_over_another_nobody_says_which(self):
        fell, stood = (
            "the base fell, the base fell",
            "Erbil stood firm with four towers of stone and one iron gate",
        )
        old, new = f"{fell}. {stood}.", f"{stood}. {fell}."
        self.becomes(Fate.DOUBTFUL, old, new, "Erbil stood firm")

    def test_a_sentence_copied_beside_itself_and_altered_is_left_to_an_editor(self):
        old = f"{LEAD} No one was hurt when the last guards left."
        for copy in (
            "Nobody was hurt when the last guards left.",
            "No one was hurt when the last troops left.",
        ):
            with self.subTest(copy=copy):
                self.assertIsNone(self.carried(old, f"{old} {copy}", "No one was hurt when").span)
                self.becomes(Fate.SURROUNDED_ANEW, old, f"{old} {copy}", "sixth base")

    def test_one_of_several_equal_paragraphs_that_is_joined_to_another_leaves_none_certain(self):
        old = "Six bases fell.\n\nSix bases fell.\n\nCalm returned."
        new = "Six bases fell.\n\nSix bases fell. Calm returned."
        for span in (Span(0, 9), Span(17, 26)):
            with self.subTest(span=span):
                self.assertIsNone(carry(old, new, [span])[0].span)

    def test_split_and_merged_paragraphs_keep_words_that_were_not_cut(self):
        merged = f"{LEAD} {FIGURES}"
        split = f"{LEAD}\n\n{FIGURES}"
        for old, new in ((merged, split), (split, merged)):
            with self.subTest(new=new):
                self.becomes(Fate.SURROUNDED_ANEW, old, new, "sixth base in one week")
                self.becomes(Fate.SURROUNDED_ANEW, old, new, "Six bases were handed over")
        self.becomes(Fate.CHANGED, merged, merged.replace("base in", "base\n\nin"), "sixth base in one week")

    def test_a_whole_paragraph_as_a_claim(self):
        self.becomes(Fate.STAYED, BODY, f"Guards stood at the gate.\n\n{BODY}", FIGURES)
        self.becomes(Fate.CHANGED, BODY, BODY.replace("an official", "one official"), FIGURES)

    def test_cells_of_a_table(self):
        table = "Mosul\tthree bases\nErbil\ttwo bases\nKirkuk\tno base"
        self.becomes(Fate.SURROUNDED_ANEW, table, table.replace("two", "four"), "three bases")
        self.assertIsNone(
            self.carried(table, "Erbil\ttwo bases\nMosul\tthree bases\nKirkuk\tno base", "three bases").span
        )

    def test_a_letter_is_never_parted_from_its_mark_nor_an_emoji_from_its_joiner(self):
        for old, new, words in (
            ("یہ کتاب ہے", "یہ کتاب\u064b ہے", "کتاب"),
            ("a e b", "a e\u0301 b", "e"),
            ("hi 👩 now", "hi 👩\u200d👧 now", "👩"),
            ("hi 👍 now", "hi 👍🏽 now", "👍"),
        ):
            with self.subTest(new=new):
                self.assertIsNone(self.carried(old, new, words).span)

    def test_urdu_is_carried_as_latin_is(self):
        old = "اتحادی افواج نے ایک ہفتے میں چھٹا اڈہ خالی کیا۔\n\nفوج نے تصدیق نہیں کی۔"
        self.becomes(Fate.SURROUNDED_ANEW, old, old.replace("اتحادی", "امریکی"), "ایک ہفتے میں چھٹا اڈہ")
        self.becomes(Fate.CHANGED, old, old.replace("چھٹا", "پانچواں"), "ایک ہفتے میں چھٹا اڈہ")


class UsefulnessTests(OneClaim):
    """What editors do all day costs no marks but those they touch."""

    def test_two_small_edits_in_one_save_leave_the_words_between_them(self):
        new = BODY.replace("The coalition vacates", "The alliance vacates").replace(
            "told the paper", "told reporters"
        )
        self.becomes(Fate.STAYED, BODY, new, "on the road to Erbil")
        self.becomes(Fate.SURROUNDED_ANEW, BODY, new, "its sixth base in one week, the military")
        self.becomes(Fate.SURROUNDED_ANEW, BODY, new, "Six bases were handed over")

    def test_two_edits_on_both_sides_of_the_words_in_one_sentence(self):
        new = FIGURES.replace("an official", "a spokesman").replace("Six bases were", "Six posts were")
        self.becomes(Fate.SURROUNDED_ANEW, FIGURES, new, "handed over in the past few weeks")

    def test_a_paragraph_put_in_or_taken_out_above(self):
        inserted = BODY.replace(LEAD, f"{LEAD}\n\nA spokesman confirmed the time of the ceremony.")
        removed = BODY.replace("Troops were seen on the road to Erbil at noon.\n\n", "")
        for new in (inserted, removed):
            with self.subTest(new=new):
                self.becomes(Fate.STAYED, BODY, new, "Six bases were handed over")
                self.becomes(Fate.STAYED, BODY, new, "sixth base in one week, the military")

    def test_a_typo_in_another_sentence_of_the_paragraph(self):
        old = f"{FIGURES} He gave no resaon."
        self.becomes(Fate.SURROUNDED_ANEW, old, old.replace("resaon", "reason"), "Six bases")

    def test_white_space_quotes_and_dashes_do_not_count_as_surroundings(self):
        old = "\"Six bases\" were left - 'for good' -  he said.\n\nMore."
        new = "“Six bases” were left – ‘for good’ – he said.\n\nMore."
        self.becomes(Fate.STAYED, old, new, "were left")
        self.becomes(Fate.STAYED, old, new, "for good")

    def test_added_quotes_do(self):
        self.assertFalse(same_words("Six bases were left.", "“Six” bases were left."))
        self.assertTrue(same_words("Six  bases—all", "Six bases – all"))


class PropertyTests(TestCase):
    @given(head=letters, old=letters, new=letters, tail=letters)
    def test_a_carried_span_covers_the_characters_it_had(self, head, old, new, tail):
        """One change in numbered characters: what is carried must keep its numbers under this reading of the change."""
        before, after = head + old + tail, head + new + tail
        numbers = [("head", i) for i in range(len(head))] + [("new", i) for i in range(len(new))]
        numbers += [("tail", i) for i in range(len(tail))]
        old_numbers = [("head", i) for i in range(len(head))] + [("old", i) for i in range(len(old))]
        old_numbers += [("tail", i) for i in range(len(tail))]
        spans = [Span(start, start + 1) for start in range(len(before))]
        for start, carried in enumerate(carry(before, after, spans)):
            span = carried.span
            if span is not None and before != after:
                self.assertEqual(after[span.start], before[start])
                if old_numbers[start][0] != "old" and numbers[span.start][0] != "new":
                    self.assertEqual(numbers[span.start], old_numbers[start])

    @given(old=sentences, new=sentences, data=st.data())
    def test_carried_words_are_the_same_words_and_whole_characters_in_one_block(self, old, new, data):
        ends = st.integers(min_value=0, max_value=len(old))
        start, end = sorted((data.draw(ends), data.draw(ends)))
        words = old[start:end]
        if not words or "\n\n" in words or cuts_character(old, start) or cuts_character(old, end):
            return
        (carried,) = carry(old, new, [Span(start, end)])
        self.assertEqual(carry(old, new, [Span(start, end)]), [carried])
        if carried.span:
            self.assertEqual(new[carried.span.start : carried.span.end], words)
            self.assertFalse(cuts_character(new, carried.span.start))
            self.assertFalse(cuts_character(new, carried.span.end))

    @given(a=letters, b=letters)
    def test_head_and_tail_never_overlap_in_either_text(self, a, b):
        head, tail = certain_ends(a, b)
        self.assertLessEqual(head + tail, min(len(a), len(b)) if a != b else len(a))
        self.assertEqual(a[:head], b[:head])
        self.assertEqual(a[len(a) - tail :], b[len(b) - tail :])

    @given(a=letters, b=letters)
    def test_common_ends_are_as_long_as_they_can_be(self, a, b):
        head, tail = common_head(a, b), common_tail(a, b)
        self.assertNotEqual(a[head : head + 1] or "end of a", b[head : head + 1] or "end of b")
        self.assertEqual(a[len(a) - tail :], b[len(b) - tail :])


class CertainEndsTests(TestCase):
    def test_what_head_and_tail_both_claim_is_left_to_neither(self):
        self.assertEqual(certain_ends("base base ", "base "), (0, 0))
        self.assertEqual(certain_ends("the base in", "the base the base in"), (0, 2))

    def test_no_word_is_cut(self):
        self.assertEqual(certain_ends("six bases left", "six base left"), (4, 5))


class SurroundingsTests(TestCase):
    def test_words_around_are_cut_to_width_and_at_the_ends(self):
        self.assertEqual(surroundings("abcdef", 2, 4, width=1), ("b", "e"))
        self.assertEqual(surroundings("abcdef", 0, 6, width=9), ("", ""))
