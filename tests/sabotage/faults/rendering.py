"""Rendering: stored text would run in a reader's browser, or lead where no reader wants to go."""

from ..fault import Fault

FAULTS = (
    Fault(
        name="words-not-escaped",
        promise="rendering",
        breaks="A script in an article's text runs in the reader's browser.",
        file="articles/runs.py",
        old='        html = escape(words).replace("\\n", "<br>")\n',
        new='        html = words.replace("\\n", "<br>")\n',
        tests=("tests.articles.test_text_drawing",),
    ),
    Fault(
        name="address-not-escaped",
        promise="rendering",
        breaks="A link's address breaks out of its attribute.",
        file="articles/runs.py",
        old="""        return format_html('<a href="{}"{}>', value, link_relation(value))\n""",
        new="""        return f'<a href="{value}"{link_relation(value)}>'\n""",
        tests=("tests.articles.test_text_drawing",),
    ),
    Fault(
        name="script-addresses-followed",
        promise="rendering",
        breaks="A link runs a script.",
        file="articles/spans.py",
        old='    if scheme not in ("http", "https") or not _has_plain_host(href):\n',
        new='    if scheme in ("http", "https") and not _has_plain_host(href):\n',
        tests=("tests.articles.test_text.RefusalTests",),
    ),
    Fault(
        name="mark-leaves-its-words",
        promise="rendering",
        breaks="A mark runs on over words that nobody checked.",
        file="articles/runs.py",
        old="                self.ends[min(last, self.end)].append(mark)\n",
        new="                self.ends[self.end].append(mark)\n",
        tests=("tests.articles.test_text_drawing",),
    ),
)
