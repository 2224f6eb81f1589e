"""Imports: the archive would hold what nobody printed."""

from ..fault import Fault

PLAIN = "tests.importing.test_plain"

FAULTS = (
    Fault(
        name="splits-when-unsure",
        promise="import",
        breaks="A subhead becomes an article of its own.",
        file="articles/importing/plain.py",
        old="        if candidate and candidate.begins_article:\n",
        new="        if candidate:\n",
        tests=(PLAIN,),
    ),
    Fault(
        name="encoding-guessed",
        promise="import",
        breaks="A file in another encoding comes in with wrong letters.",
        file="articles/importing/lines.py",
        old='    return _decoded(data, "utf-8-sig")\n',
        new='    return data.decode("utf-8-sig", errors="replace")\n',
        tests=(PLAIN,),
    ),
    Fault(
        name="binary-taken",
        promise="import",
        breaks="A binary file becomes an article.",
        file="articles/importing/lines.py",
        old='    if b"\\x00" in data:\n',
        new="    if False:\n",
        tests=(PLAIN,),
    ),
)
