"""The words of a text around what was looked for, as plain data; pure."""

from .terms import Query


def snippet(text: str, query: Query, length: int | None = 240) -> list[tuple[str, bool]]:
    """About `length` code points of the text as runs `(words, is_hit)`; the whole text where length is None."""
    return [(text[:length], False)] if text else []
