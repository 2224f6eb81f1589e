"""Asking PostgreSQL: a query as a tsquery over the lexemes, and where it has phrases, as SQL over the fields too.

A tsvector forgets where words stand after the 16,383rd, and all but 256 places of each. So it holds no places at all:
it finds the rows that can match, and the phrase itself is looked for in the field as it is written.
"""

from collections.abc import Sequence

from .terms import FIELDS, Node, Not, Or, Term

PLACE = "r.place"
LETTERS = {"headline": "h", "signed": "b", "source": "s", "tag": "t", "outlet": "o"}


def source() -> str:
    return "core_searchrow AS r"


def condition(node: Node | None, kinds: Sequence[str], narrowed: bool) -> tuple[str, list]:
    """SQL that is true of the rows that the query finds. `narrowed`: other kinds are registered too."""
    words = superset(node) if node else ""
    among = " | ".join(lexeme(f"=={kind}") for kind in kinds)
    if narrowed or not words:
        words = f"({among}) & ({words})" if words else f"({among})"
    sql, params = "r.lexemes @@ %s::tsquery", [words]
    if node and has_phrases(node):
        exact, more = exactly(node)
        sql, params = f"{sql} AND ({exact})", [*params, *more]
    return sql, params


def has_phrases(node: Node) -> bool:
    if isinstance(node, Term):
        return len(node.words) > 1
    if isinstance(node, Not):
        return has_phrases(node.part)
    return any(has_phrases(part) for part in node.parts)


def superset(node: Node) -> str:
    """A tsquery for every row that can match, empty for all rows."""
    if isinstance(node, Term):
        return term(node)
    if isinstance(node, Not):
        return "" if has_phrases(node.part) else f"!({superset(node.part)})"
    written = [superset(part) for part in node.parts]
    if isinstance(node, Or):
        return " | ".join(f"({words})" for words in written)
    return " & ".join(f"({words})" for words in written if words)


def term(node: Term) -> str:
    """All words of the term; the field's own letter stands before the lexemes of a field."""
    letter = f"{LETTERS[node.field]}:" if node.field else ""
    *whole, last = node.words
    words = [lexeme(letter + word) for word in whole]
    if not node.prefix:
        words.append(lexeme(letter + last))
    elif whole:
        words.append(f"{lexeme(letter + last)}:*")
    else:
        words.append(f"({lexeme(letter + last)}:* | {lexeme(f'{letter}={last}')}:*)")
    return " & ".join(words)


def lexeme(word: str) -> str:
    return f"'{word}'"


def exactly(node: Node) -> tuple[str, list]:
    """The node as a condition on the row itself."""
    if isinstance(node, Term):
        return phrase(node) if len(node.words) > 1 else ("r.lexemes @@ %s::tsquery", [term(node)])
    if isinstance(node, Not):
        sql, params = exactly(node.part)
        return f"NOT ({sql})", params
    parts = [exactly(part) for part in node.parts]
    between = " OR " if isinstance(node, Or) else " AND "
    return between.join(f"({sql})" for sql, _ in parts), [value for _, params in parts for value in params]


def phrase(node: Term) -> tuple[str, list]:
    """The words next to each other in one field."""
    words = f" {' '.join(node.words)}" + ("" if node.prefix else " ")
    fields = [node.field] if node.field else FIELDS
    near = " OR ".join(f"strpos(r.{name}, %s) > 0" for name in fields)
    return f"r.lexemes @@ %s::tsquery AND ({near})", [term(node), *[words] * len(fields)]
