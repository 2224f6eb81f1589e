"""Figures of interleaved rounds as a table: medians with their spread, and ratios within each round."""

import os
import platform
from dataclasses import dataclass
from statistics import median

import django


@dataclass(frozen=True)
class Round:
    """One server's turn: processor milliseconds a request, and requests a second."""

    milliseconds: float
    per_second: float


def describe_machine(before: tuple[float, ...], after: tuple[float, ...]) -> str:
    """What the figures were taken on, as far as it bears on them."""
    return (
        f"Python {platform.python_version()}, Django {django.__version__}, {os.cpu_count()} processors; "
        f"load average {before[0]:.2f} before and {after[0]:.2f} after"
    )


def show(rounds: dict[str, list[Round]], goals: dict[str, float]) -> str:
    """The table. The first server is compared with those that have a goal, round by round."""
    lines = [f"{'':16}{'CPU ms a request':>24}{'requests a second':>28}"]
    for name, taken in rounds.items():
        cpu = spread([turn.milliseconds for turn in taken], 2)
        rate = spread([turn.per_second for turn in taken], 0)
        lines.append(f"{name:16}{cpu:>24}{rate:>28}")
    first = next(iter(rounds))
    for name, goal in goals.items():
        lines.append(f"{first} / {name}: {ratios(rounds[first], rounds[name])} (goal: at most {goal})")
    return "\n".join(lines)


def spread(figures: list[float], places: int) -> str:
    """The median with the least and the greatest."""
    return f"{median(figures):.{places}f} ({min(figures):.{places}f} to {max(figures):.{places}f})"


def ratios(ours: list[Round], theirs: list[Round]) -> str:
    """How many times the processor time of the other, in each round and in the middle."""
    found = [
        mine.milliseconds / other.milliseconds
        for mine, other in zip(ours, theirs, strict=True)
        if other.milliseconds
    ]
    if not found:
        return "too few requests to tell"
    return ", ".join(f"{ratio:.1f}" for ratio in found) + f"; median {median(found):.1f} times the CPU"
