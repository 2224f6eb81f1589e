"""What the public past of an article costs: processor time a page, with few versions and with many, and of a word diff.

    python -m benchmarks.history                       an archive of 500 articles in a temporary SQLite file
    python scripts/postgres.py run -- python -m benchmarks.history             the same on PostgreSQL

Pages are asked for in process, through the whole of Django. On PostgreSQL the server's own part is not in the figures.
The comparison of words stands beside Python's own difflib on the same words.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

from .article_page import prepare
from .report import describe_machine, spread

PASTS = (2, 20, 200)


def milliseconds(act: Callable[[], object], times: int, warm_up: int = 1) -> list[float]:
    """Processor time of each call but the first ones, which warm up."""
    taken = []
    for _turn in range(warm_up + times):
        began = time.process_time()
        act()
        taken.append(1000 * (time.process_time() - began))
    return taken[warm_up:]


def with_a_past(versions: int):
    """The article with the most claims that has no past yet, changed in one paragraph so many times."""
    from django.db.models import Count, OuterRef, Subquery

    from articles import editing
    from articles.models import Article
    from articles.words import Words
    from claims.models import Appearance
    from newsroom.core.models import User

    claims = Appearance.objects.filter(article=OuterRef("pk")).order_by().values("article")
    counted = Article.objects.public().annotate(
        claims=Subquery(claims.annotate(count=Count("pk")).values("count"))
    )
    article = counted.filter(live_version__number=1, claims__gt=0).order_by("-claims", "number").first()
    editor = User.objects.order_by("pk").first()
    for number in range(1, versions):
        old = article.latest_version
        blocks = [dict(block) for block in old.body["blocks"]]
        changed = blocks[number % len(blocks)]
        changed.update(text=f"{changed['text'].rstrip('.0123456789')} {number}.", spans=[])
        words = Words.clean(old.headline, old.standfirst, {**old.body, "blocks": blocks}, old.dateline)
        new = editing.save_version(article, words, by=editor, base=number, reason=f"Change {number}.")
        editing.go_live(new, by=editor)
        article.refresh_from_db()
    return article


def pages(article) -> dict[str, str]:
    base = article.get_absolute_url()
    newest = article.live_version.number
    return {
        "article": base,
        "first version": f"{base}v/1/",
        "its text": f"{base}v/1.txt",
        "history, last two": f"{base}history/",
        "history, first and last": f"{base}history/?old=1&new={newest}",
        "timemap": f"{base}timemap/",
    }


def measure_pages(times: int, pasts: tuple[int, ...]) -> None:
    """One line for each page and each length of the past."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    print(f"\n{'CPU ms a page':26}" + "".join(f"{f'{past} versions':>28}" for past in pasts))
    found = [pages(with_a_past(past)) for past in pasts]
    for name in found[0]:
        figures = []
        for addresses in found:
            if client.get(addresses[name]).status_code != 200:
                raise RuntimeError(f"{addresses[name]} does not answer.")
            figures.append(spread(milliseconds(lambda url=addresses[name]: client.get(url), times), 1))
        print(f"{name:26}" + "".join(f"{figure:>28}" for figure in figures))


def texts(sentences: int) -> dict[str, tuple[str, str]]:
    """What is compared: an article corrected in three places, one written anew, and texts made to be slow."""
    from random import Random

    from .prose import Pen

    pen = Pen(Random(3))
    long = " ".join(pen.sentence() for _sentence in range(sentences))
    words = long.split(" ")
    corrected = list(words)
    for part in (1, 4, 6):
        corrected[part * len(words) // 8] = "corrected"
    other = " ".join(Pen(Random(4)).sentence() for _sentence in range(sentences))
    return {
        f"{len(words)} words, 3 corrected": (long, " ".join(corrected)),
        f"{len(words)} words, all new": (long, other),
        "1 MB of two words": ("a b " * 250_000, "b a a " * 166_000),
    }


def measure_words(times: int, quick: bool) -> None:
    """Comparing words, beside difflib, which is asked once, and not at all about what would keep it busy for hours."""
    from articles.differences import compare_words, tokens

    print(f"\n{'CPU ms a comparison':26}{'Newsroom':>28}{'difflib':>28}")
    for name, (old, new) in texts(20 if quick else 220).items():
        is_hostile, theirs = len(old) > 500_000, "not tried"
        turns = 1 if is_hostile else times
        ours = spread(milliseconds(lambda old=old, new=new: compare_words(old, new), turns), 1)
        if not is_hostile:
            matcher = SequenceMatcher(None, tokens(old), tokens(new), autojunk=False)
            (taken,) = milliseconds(matcher.get_opcodes, 1, warm_up=0)
            theirs = f"{taken:.1f}"
        print(f"{name:26}{ours:>28}{theirs:>28}", flush=True)


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history", description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="", help="sqlite:///FILE or postgres://...; else DATABASE_URL")
    parser.add_argument("--articles", type=int, default=500, help="how many to generate where there are none")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--times", type=int, default=30, help="how often each is asked")
    parser.add_argument("--quick", action="store_true", help="small, to see that the benchmark still works")
    asked = parser.parse_args()
    if asked.quick:
        asked.articles, asked.times = 50, 2
    return asked


def main() -> int:
    """The figures, on standard output."""
    asked = options()
    with tempfile.TemporaryDirectory(prefix="newsroom-benchmark-") as folder:
        prepare(asked, Path(folder))
        before = os.getloadavg()
        measure_pages(asked.times, PASTS[:2] if asked.quick else PASTS)
        measure_words(asked.times, asked.quick)
        print(f"\n{describe_machine(before, os.getloadavg())}; {asked.articles} articles")
    return 0


if __name__ == "__main__":
    sys.exit(main())
