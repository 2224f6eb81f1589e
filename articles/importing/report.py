"""What a parsed file says, in lines for people: the outline that `--dry-run` prints and tests compare."""

from collections.abc import Iterator

from articles.importing.parsed import Block, Parsed, ParsedArticle, Printed

SHOWN_WORDS = 8


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
