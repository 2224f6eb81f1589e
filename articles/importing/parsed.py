"""What a reader of files hands to the loader: articles as found, doubts and refusals, each with its line. Pure."""

from dataclasses import dataclass, field

from articles.blocks import SCHEMA


@dataclass(frozen=True)
class Doubt:
    """Something the reader of the file was unsure of. `code` names the case, `text` tells a person."""

    line: int
    code: str
    text: str


@dataclass(frozen=True)
class Refusal:
    """Something that cannot be imported, why, and what to do about it. Line 0 = the whole file."""

    line: int
    code: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class Printed:
    """Words as printed, with the number of their first line."""

    line: int
    text: str


@dataclass(frozen=True)
class Block:
    """One block of a body, of a kind that articles/blocks.py knows."""

    line: int
    kind: str
    text: str
    attrs: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Teaser:
    """A READ MORE line: its label and the headline it names, as printed."""

    line: int
    label: str
    text: str


@dataclass(frozen=True)
class ParsedArticle:
    """One article as found: lines `first` to `last` of the file hold it, page furniture included."""

    first: int
    last: int
    headline: Printed
    blocks: tuple[Block, ...]
    standfirst: Printed | None = None
    bylines: tuple[Printed, ...] = ()
    dateline: Printed | None = None
    teasers: tuple[Teaser, ...] = ()
    furniture: tuple[Printed, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def body(self) -> dict:
        """The blocks as articles.text.canonical_body takes them."""
        blocks = [
            {"kind": block.kind, "text": block.text, "spans": [], "attrs": block.attrs}
            for block in self.blocks
        ]
        return {"schema": SCHEMA, "blocks": blocks}


@dataclass(frozen=True)
class Parsed:
    """What a file holds: its articles in order, and what of it was refused."""

    name: str
    sha256: str
    articles: tuple[ParsedArticle, ...] = ()
    refusals: tuple[Refusal, ...] = ()
