"""Asking FTS5 on SQLite: a query as its match expression."""

from collections.abc import Sequence

from .terms import FIELDS, And, Node, Not, Or, Term

EVERY_FIELD = "{" + " ".join(FIELDS) + "}"


def source() -> str:
    """The tables. CROSS JOIN: the index of words is read first, newest row first, and only as far as needed."""
    return "core_searchwords CROSS JOIN core_searchrow AS r ON r.place = core_searchwords.rowid"


PLACE = "core_searchwords.rowid"


def condition(node: Node | None, kinds: Sequence[str], narrowed: bool) -> tuple[str, list]:
    """SQL that is true of the rows that the query finds. `narrowed`: other kinds are registered too."""
    among = f"kind : ({' OR '.join(quoted(kind) for kind in kinds)})"
    if node is None:
        words = among
    elif isinstance(node, Not) or (
        isinstance(node, And) and all(isinstance(part, Not) for part in node.parts)
    ):
        excluded = node.parts if isinstance(node, And) else (node,)
        words = f"({among}) NOT ({' OR '.join(f'({written(part.part)})' for part in excluded)})"
    else:
        words = f"({among}) AND ({written(node)})" if narrowed else written(node)
    return "core_searchwords MATCH %s", [words]


def written(node: Node) -> str:
    """The node as FTS5 reads it. Words hold letters and digits only, so quoting them is enough."""
    if isinstance(node, Term):
        return term(node)
    if isinstance(node, Or):
        return " OR ".join(f"({written(part)})" for part in node.parts)
    looked = " AND ".join(f"({written(part)})" for part in node.parts if not isinstance(part, Not))
    excluded = " OR ".join(f"({written(part.part)})" for part in node.parts if isinstance(part, Not))
    return f"({looked}) NOT ({excluded})" if excluded else looked


def term(node: Term) -> str:
    words = quoted(" ".join(node.words))
    if node.prefix:
        words += " *"
        if len(node.words) == 1:
            words = f"({words} OR {quoted('=' + node.words[0])} *)"
    return f"{node.field or EVERY_FIELD} : {words}"


def quoted(words: str) -> str:
    return f'"{words}"'
