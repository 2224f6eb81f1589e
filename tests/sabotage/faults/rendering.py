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
        tests=(
            "tests.articles.test_text_drawing.HostileStoreTests.test_damaged_spans_lose_their_formatting_and_nothing_else",
        ),
    ),
    Fault(
        name="script-address-of-an-embed",
        promise="rendering",
        breaks="An embed that somebody put into the database runs a script.",
        file="articles/text.py",
        old='    url = safe_href(found.get("url")) or ""\n',
        new='    url = found.get("url") or ""\n',
        tests=("tests.articles.test_text_drawing.HostileStoreTests.test_unsafe_attributes_are_not_shown",),
    ),
    Fault(
        name="script-address-of-a-link-below",
        promise="rendering",
        breaks="A link under the text runs a script.",
        file="articles/reading.py",
        old='        return LinkShown(link.kind, link.text or link.url, safe_href(link.url) or "")\n',
        new="        return LinkShown(link.kind, link.text or link.url, link.url)\n",
        tests=(
            "tests.articles.test_article_page.HostileRowTests",
            "tests.articles.test_article_page.FactsTests",
        ),
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
        tests=("tests.articles.test_text_drawing.MarkDrawingTests",),
    ),
)
