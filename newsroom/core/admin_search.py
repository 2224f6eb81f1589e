"""The search of every list and autocomplete of the desk: texts through the index, names by how they begin.

What is indexed (articles, claims, sources) is asked of the index with everything a query can say; a list of things that
hang on them (places, verdicts, evidence) shows those of the articles and claims found. All other fields are compared
with the beginning of what was typed, which an index can serve. Nothing is ever searched for inside a text.
"""

import re
from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .hygiene import fold_key
from .search import QueryRefused, find, parse
from .search.register import registered

# As many as the index ranks.
MOST = 1000
WORD = re.compile(r"[^\W_]+")
LONGEST_TYPED = 8  # words of what is typed into an autocomplete
SHORTEST_BEGINNING = 2


def searched(request: HttpRequest, rows: QuerySet, fields: Sequence[str], asked: str) -> QuerySet:
    """The rows that fit what was asked; none, with a message, where the query cannot be read."""
    asked = asked.replace("\0", " ").strip()  # which PostgreSQL takes in no text
    if not asked or not fields:
        return rows
    if is_autocomplete(request):
        return completed(rows, fields, asked)
    try:
        condition, capped = fitting(rows.model, fields, asked)
    except QueryRefused as refusal:
        say_once(request, messages.ERROR, str(refusal))
        return rows.none()
    if capped:
        words = _("More than %(most)d fit. The newest %(most)d are listed; add a word or a date.")
        say_once(request, messages.WARNING, words % {"most": MOST})
    return rows.filter(condition)


def is_autocomplete(request: HttpRequest) -> bool:
    """Whether a field asks while somebody types, rather than a list."""
    return bool(request.resolver_match) and request.resolver_match.url_name == "autocomplete"


def completed(rows: QuerySet, fields: Sequence[str], typed: str) -> QuerySet:
    """The rows that fit what was typed so far: its words, the last of which may not be finished."""
    query = so_far(typed)
    begins = Q(*beginnings(rows.model, fields, typed), _connector=Q.OR)
    if query:
        begins |= found(rows.model, fields, query)[0]
    return rows.filter(begins) if begins else rows.none()


def so_far(typed: str) -> str:
    """The query for words of which the last may only have begun. No sign in them is read as one of a query."""
    words = WORD.findall(typed)[:LONGEST_TYPED]
    if len(words) > 1 and len(words[-1]) < SHORTEST_BEGINNING:
        words.pop()  # a word that only begins says nothing yet
    star = "*" if words and len(words[-1]) >= SHORTEST_BEGINNING else ""
    return " ".join([*(f'"{word}"' for word in words[:-1]), *(f"{word}{star}" for word in words[-1:])])


def fitting(model: type[Model], fields: Sequence[str], asked: str) -> tuple[Q, bool]:
    """The condition for rows that fit, and whether more fit than are listed. Raise QueryRefused."""
    condition, capped = found(model, fields, asked)
    return Q(condition, *beginnings(model, fields, asked), _connector=Q.OR), capped


def found(model: type[Model], fields: Sequence[str], asked: str) -> tuple[Q, bool]:
    """The condition for rows that are, or hang on, something the index finds. Raise QueryRefused."""
    paths = dict(indexed(model, fields))
    if not paths:
        return Q(pk__in=[]), False
    query, conditions, capped = parse(asked), [], False
    for path, kind in paths.items():
        what = find(query, kinds=(kind,), face="desk", limit=MOST)
        conditions.append(Q(**{f"{path}pk__in": [hit.pk for hit in what.hits]}))
        capped = capped or what.capped
    return Q(*conditions, _connector=Q.OR), capped


def indexed(model: type[Model], fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The path to each indexed thing that the fields name, and its kind; of an indexed model, only itself."""
    kinds = {searchable.model_class(): searchable.kind for searchable in registered()}
    if model in kinds:
        yield "", kinds[model]
        return
    for field in fields:
        path, holder, _name = holder_of(model, field)
        if holder in kinds:
            yield path, kinds[holder]


def beginnings(model: type[Model], fields: Sequence[str], asked: str) -> list[Q]:
    """The conditions for what is not indexed: the field begins with what was asked, a folded key where there is one."""
    kinds = {searchable.model_class() for searchable in registered()}
    if model in kinds:
        return []
    conditions = []
    for field in fields:
        path, holder, name = holder_of(model, field)
        if holder in kinds:
            continue
        if "key" in {column.name for column in holder._meta.concrete_fields}:
            conditions.append(Q(**{f"{path}key__startswith": fold_key(asked)}))
        else:
            conditions.append(Q(**{f"{path}{name}__istartswith": asked}))
    return conditions


def holder_of(model: type[Model], field: str) -> tuple[str, type[Model], str]:
    """Of a field such as `claim__statement`: the path `claim__`, the model there, and the field's own name."""
    *steps, name = field.removesuffix("__istartswith").split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return "".join(f"{step}__" for step in steps), model, name


def say_once(request: HttpRequest, level: int, words: str) -> None:
    """Tell the person, unless the same was said for this page already: Django asks twice for some lists."""
    told = getattr(request, "search_told", set())
    if words not in told:
        messages.add_message(request, level, words)
        request.search_told = {*told, words}
