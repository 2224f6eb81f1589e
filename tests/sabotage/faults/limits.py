"""Limits: something would be stored that breaks a page, a database or a reader's trust."""

from ..fault import Fault

FAULTS = (
    Fault(
        name="endless-headline",
        promise="limits",
        breaks="A headline of any length is taken.",
        file="articles/blocks.py",
        old="MAX_HEADLINE = 300  #",
        new="MAX_HEADLINE = 3_000_000  #",
        tests=("tests.articles.test_text.LimitTests",),
    ),
    Fault(
        name="endless-text",
        promise="limits",
        breaks="A text of any size is taken.",
        file="articles/blocks.py",
        old="    if size > MAX_TEXT_BYTES:\n",
        new="    if False:\n",
        tests=("tests.articles.test_text.LimitTests",),
    ),
    Fault(
        name="control-characters-stored",
        promise="limits",
        breaks="A control character is stored that XML and PostgreSQL cannot hold.",
        file="newsroom/core/hygiene.py",
        old="    broken = BROKEN.search(raw)\n    if broken:\n",
        new="    broken = BROKEN.search(raw)\n    if False:\n",
        tests=("tests.core.test_hygiene",),
    ),
    Fault(
        name="reordering-stored",
        promise="limits",
        breaks="An invisible character makes a text read otherwise than it is stored.",
        file="newsroom/core/hygiene.py",
        old='        if not unseen["flag"]:\n            raise',
        new="        if False:\n            raise",
        tests=("tests.core.test_hygiene",),
    ),
    Fault(
        name="depth-unlimited",
        promise="limits",
        breaks="Lists nest as deep as somebody likes.",
        file="articles/attrs.py",
        old="MAX_DEPTH = 5  #",
        new="MAX_DEPTH = 5000  #",
        tests=("tests.articles.test_text.RefusalTests",),
    ),
)
