"""What carrying claims to the next version costs: processor time beside difflib and diff-match-patch, in one run.

    python -m benchmarks.anchoring              the table
    python -m benchmarks.anchoring --quick      does it still run? (a test does this)

diff-match-patch is measured where it is installed (`pip install diff-match-patch`); Newsroom does not need it. All are
given the same two texts and the same passages. What the others carry is counted, not judged: they promise less.
"""

import argparse
import os
import re
import sys
import time
from bisect import bisect_right
from collections.abc import Callable
from difflib import SequenceMatcher
from random import Random
from statistics import median

from claims.anchoring import Span, carry

from .prose import Pen
from .report import describe_machine, spread

try:
    from diff_match_patch import diff_match_patch
except ImportError:
    diff_match_patch = None

Carry = Callable[[str, str, list[Span]], int]
WORDS, PARAGRAPHS, SEED = 3_000, 60, 7
MEGABYTE = 1_000_000


def newsroom(old: str, new: str, spans: list[Span]) -> int:
    """How many passages Newsroom carries."""
    return sum(carried.span is not None for carried in carry(old, new, spans))


def by_difflib(old: str, new: str, spans: list[Span]) -> int:
    """How many passages lie in an equal block of difflib's word diff, as it is used out of the box."""
    words = re.compile(r"\S+|\s+")
    ours, theirs = words.findall(old), words.findall(new)
    starts, at = [], 0
    for word in ours:
        starts.append(at)
        at += len(word)
    starts.append(at)
    blocks = SequenceMatcher(None, ours, theirs).get_matching_blocks()
    return inside([(starts[block.a], starts[block.a + block.size]) for block in blocks], spans)


def by_diff_match_patch(old: str, new: str, spans: list[Span]) -> int:
    """How many passages lie in an equal piece of diff-match-patch's diff, with its one second to stop after."""
    pieces, at = [], 0
    for kind, words in diff_match_patch().diff_main(old, new):
        if kind == 0:
            pieces.append((at, at + len(words)))
        at += len(words) if kind <= 0 else 0
    return inside(pieces, spans)


def inside(pieces: list[tuple[int, int]], spans: list[Span]) -> int:
    """How many spans lie whole in one of the pieces, which are in order."""
    starts = [start for start, _ in pieces]
    found = ((bisect_right(starts, span.start) - 1, span) for span in spans)
    return sum(at >= 0 and span.end <= pieces[at][1] for at, span in found)


def article(chance: Random) -> list[str]:
    """Paragraphs of an article of about 3,000 words."""
    pen, paragraphs = Pen(chance), []
    while sum(len(text.split()) for text in paragraphs) < WORDS:
        sentences: list[str] = []
        while sum(len(text.split()) for text in sentences) < WORDS // PARAGRAPHS:
            sentences.append(pen.sentence())
        paragraphs.append(" ".join(sentences))
    return paragraphs


def edited(paragraphs: list[str], chance: Random) -> str:
    """An evening's corrections in one save: six words in six paragraphs, one paragraph more, one less."""
    blocks = list(paragraphs)
    for at in chance.sample(range(2, len(blocks)), 6):
        words = blocks[at].split(" ")
        words[chance.randrange(len(words))] = "corrected"
        blocks[at] = " ".join(words)
    del blocks[len(blocks) // 2]
    blocks.insert(1, "The mayor had said so before, two of those who were present remember.")
    return "\n\n".join(blocks)


def passages(text: str, count: int, chance: Random) -> list[Span]:
    """So many passages of three to eight words, each inside one block."""
    words = [found.span() for found in re.finditer(r"\S+", text)]
    spans = []
    while len(spans) < count:
        first = chance.randrange(max(1, len(words) - 8))
        start, end = words[first][0], words[min(len(words) - 1, first + chance.randint(2, 7))][1]
        if "\n\n" not in text[start:end]:
            spans.append(Span(start, end))
    return spans


def hostile(size: int, chance: Random) -> dict[str, tuple[str, str, list[Span]]]:
    """Texts made to be slow, each with a hundred claims."""
    line = "Six bases were left in one week.\n\n"
    lines = (line * (size // len(line))).rstrip()
    letters = ("a " * (size // 2)).rstrip()
    half = size // 2
    numbered = [f"Base {number} was left in week {number % 7}." for number in range(size // 32)]
    shuffled = [text.replace("left", "kept") if at % 2 else text for at, text in enumerate(numbered)]
    quoted = "\n\n".join(numbered).replace("left", '"left"')
    texts = {
        "one line over and over, edited in the middle": (lines, lines[:half] + " kept " + lines[half:]),
        "one line over and over, one gone, two changed": (
            lines,
            f"Seven{lines[3 + len(line) :]}".replace("Seven bases", "Some bases", 1) + " And more.",
        ),
        "one letter over and over, edited in the middle": (letters, letters[:half] + " b " + letters[half:]),
        "one word of a megabyte": ("a" * size, "a" * half + "b" + "a" * half),
        "every second of many short paragraphs changed": ("\n\n".join(numbered), "\n\n".join(shuffled)),
        "many short paragraphs backwards": ("\n\n".join(numbered), "\n\n".join(reversed(numbered))),
        "quotes changed all over": (quoted, quoted.replace('"', "”")),
    }
    return {
        name: (old, new, passages(old, 100, chance) if " " in old else [Span(0, 9), Span(half - 5, half + 5)])
        for name, (old, new) in texts.items()
    }


def milliseconds(act: Carry, given: tuple[str, str, list[Span]], times: int) -> tuple[float, int]:
    """Processor time of one run, and what it carried."""
    began = time.process_time()
    for _ in range(times):
        carried = act(*given)
    return 1000 * (time.process_time() - began) / times, carried


def rounds(acts: dict[str, Carry], given: tuple[str, str, list[Span]], turns: int, times: int) -> list[str]:
    """The acts in turn, several rounds: a line for each."""
    taken: dict[str, list[tuple[float, int]]] = {name: [] for name in acts}
    for _ in range(turns):
        for name, act in acts.items():
            taken[name].append(milliseconds(act, given, times if name == "Newsroom" else 1))
    return [
        f"  {name:18}{spread([each for each, _ in figures], 2):>30}{figures[0][1]:>8} carried"
        for name, figures in taken.items()
    ]


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.anchoring", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="small, to see that the benchmark still works")
    return parser.parse_args()


def main() -> int:
    """Print the table."""
    asked = options()
    turns, size = (1, 20_000) if asked.quick else (asked.rounds, MEGABYTE)
    others: dict[str, Carry] = {"difflib, words": by_difflib}
    if diff_match_patch:
        others["diff-match-patch"] = by_diff_match_patch
    before = os.getloadavg()
    chance = Random(SEED)
    paragraphs = article(chance)
    old, new = "\n\n".join(paragraphs), edited(paragraphs, chance)
    lines = []
    for count in (1, 100, 1_000):
        lines.append(f"{len(old.split()):,} words, {count:,} claims")
        lines += rounds({"Newsroom": newsroom, **others}, (old, new, passages(old, count, chance)), turns, 20)
    lines.append(f"hostile texts of {size:,} characters, 100 claims, Newsroom alone")
    for name, given in hostile(size, chance).items():
        figures = [milliseconds(newsroom, given, 1) for _ in range(turns)]
        took = [each for each, _ in figures]
        lines.append(f"  {name:50}{median(took):>8.0f} ({max(took):.0f}){figures[0][1]:>6} carried")
    print(describe_machine(before, os.getloadavg()))
    print(f"CPU ms an article, median of {turns} rounds (least to greatest)")
    if not diff_match_patch:
        print("diff-match-patch is not installed and was left out: pip install diff-match-patch")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
