"""What a file holds and what became of it, in lines for people."""

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.importing.credits import printed_date
from articles.importing.loader import CREATED, REFUSED, UNCHANGED, Outcome
from articles.importing.outlets import Named
from articles.importing.parsed import Block, Parsed, ParsedArticle, Printed, Refusal
from articles.models import Article, ArticleLink
from newsroom.core.languages import direction

SHOWN_WORDS = 8


def file_line(parsed: Parsed, outlet: Named | None) -> str:
    """The line above a file's articles: its name, its hash, and the outlet with how it is known."""
    told = f"{parsed.name} (sha256 {parsed.sha256[:16]}…)"
    if outlet is None:
        return told
    if outlet.given:
        how = outlet.name
    elif outlet.is_known:
        how = _("%(outlet)s, named on line %(line)d") % {"outlet": outlet.name, "line": outlet.line}
    else:
        how = _("not known; give --outlet, or choose it at the desk")
    return f"{told} · " + _("Outlet: %(how)s") % {"how": how}


def refusal_lines(refusal: Refusal) -> Iterator[str]:
    """What was refused before it became an article."""
    place = _("line %(line)d") % {"line": refusal.line} if refusal.line else _("the file")
    yield f"  {place}: " + _("refused. %(reason)s") % {"reason": f"{refusal.reason} {refusal.remedy}".strip()}


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    """What became of one article, then everything that a person should look at, each with its line."""
    found = outcome.found
    place = _("lines %(first)d to %(last)d") % {"first": found.first, "last": found.last}
    yield f"  {place}: {_status(outcome)}: {found.headline.text}"
    if outcome.reason:
        yield f"    {outcome.reason}"
    if outcome.status == REFUSED:
        return
    if outcome.status == CREATED:
        yield f"    {_date(found)}"
        yield from _language(outcome)
    yield from (f"    {line}" for line in _link_lines(outcome))
    for printed in found.furniture:
        yield f"    {_at(printed.line)}: " + _("page furniture, kept beside the text: %(text)s") % {
            "text": printed.text
        }
    for doubt in found.doubts:
        yield f"    {_at(doubt.line)}: " + _("unsure. %(text)s") % {"text": doubt.text}


def _status(outcome: Outcome) -> str:
    if outcome.status == CREATED:
        draft = outcome.article.state == Article.State.DRAFT
        how = _("created as a draft") if draft else _("created and published")
    else:
        how = {UNCHANGED: _("unchanged, here already"), REFUSED: _("refused")}[outcome.status]
    return f"{how} ({outcome.article.number})" if outcome.article else how


def _date(found: ParsedArticle) -> str:
    if found.dateline is None:
        return _("Printed date: not known; none stands above the text.")
    printed = printed_date(found.dateline.text)
    if printed and printed.day:
        return _("Printed date: %(day)s, from line %(line)d.") % {
            "day": printed.day,
            "line": found.dateline.line,
        }
    return _("Printed date: only “%(words)s”, on line %(line)d; nothing was added to it.") % {
        "words": printed.words if printed else found.dateline.text,
        "line": found.dateline.line,
    }


def _language(outcome: Outcome) -> Iterator[str]:
    """A line where the letters run one way and the language entered the other."""
    letters = [
        unicodedata.bidirectional(letter) for letter in outcome.found.blocks[0].text if letter.isalpha()
    ]
    runs_left = 2 * sum(kind in {"AL", "R"} for kind in letters) > len(letters)
    language = outcome.article.language
    if runs_left != (direction(language) == "rtl"):
        told = _("unsure. The letters do not fit the language it was entered in (%(tag)s): give --language.")
        yield f"    {_at(outcome.found.headline.line)}: " + told % {"tag": language}


def _link_lines(outcome: Outcome) -> Iterator[str]:
    lines = {teaser.text: teaser.line for teaser in outcome.found.teasers}
    for link in outcome.links:
        if link.text in lines:
            yield f"{_at(lines[link.text])}: {_leads_to(link)}"
    if outcome.joined:
        yield _("READ MORE lines that waited for this article and now lead here: %(count)d.") % {
            "count": outcome.joined
        }


def _leads_to(link: ArticleLink) -> str:
    if link.target:
        return _("READ MORE leads to article %(number)d.") % {"number": link.target.number}
    if link.question:
        return _("READ MORE leads nowhere yet: %(question)s") % {"question": link.question}
    return _("READ MORE waits for an article headed “%(words)s”.") % {"words": link.text}


def _at(line: int) -> str:
    return _("line %(line)d") % {"line": line}


def outline(parsed: Parsed) -> list[str]:
    """One line for each thing found in the file, in the order of its lines, with the line it begins at."""
    rows = [(article.first, list(_article(article))) for article in parsed.articles]
    rows += [(refusal.line, [f"refused {refusal.line} {refusal.code}"]) for refusal in parsed.refusals]
    return [line for _, lines in sorted(rows, key=lambda row: row[0]) for line in lines]


def _article(article: ParsedArticle) -> Iterator[str]:
    yield f"article {article.first}-{article.last}: {article.headline.text}"
    rows = [(block.line, _block(block)) for block in article.blocks]
    rows += [(printed.line, f"byline {_printed(printed)}") for printed in article.bylines]
    if article.standfirst:
        rows.append((article.standfirst.line, f"standfirst {_printed(article.standfirst)}"))
    if article.dateline:
        rows.append((article.dateline.line, f"dateline {_printed(article.dateline)}"))
    rows += [(printed.line, f"furniture {_printed(printed)}") for printed in article.furniture]
    rows += [(doubt.line, f"unsure {doubt.line} {doubt.code}") for doubt in article.doubts]
    yield from (f"  {text}" for _, text in sorted(rows, key=lambda row: row[0]))


def _block(block: Block) -> str:
    if block.kind == "teaser":
        return f"teaser {block.line} [{block.attrs['label']}] {_short(block.text)}"
    return f"{block.kind} {block.line}: {_short(block.text)}".rstrip(": ")


def _printed(printed: Printed) -> str:
    return f"{printed.line}: {printed.text}"


def _short(text: str) -> str:
    words = text.replace("\n", " / ").split()
    return " ".join(words[:SHOWN_WORDS]) + (" ..." if len(words) > SHOWN_WORDS else "")
