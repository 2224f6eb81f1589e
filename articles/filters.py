"""What a list of articles may be cut down by. A list that does not understand its address says so and shows nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from newsroom.core.hygiene import fold_key, visible
from newsroom.core.pages import AFTER, BEFORE

from .models import Article, ArticleTag, Outlet, Section, Tag
from .querysets import public_condition

CURSORS = (AFTER, BEFORE)
LONGEST_QUOTE = 60
ISO = "%Y-%m-%d"
EARLIEST, LATEST = date(1600, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True)
class Problem:
    """One thing in the address that the list cannot answer: the parameter's name, what is wrong and what to write."""

    parameter: str
    message: str


@dataclass(frozen=True)
class Active:
    """One condition that the list keeps to: what it is called, what it is set to, and the query string without it."""

    label: str
    words: str
    without: str


def quoted(given: str) -> str:
    """What the reader's address said, short enough and safe enough to be read back."""
    shown = visible(" ".join(given.split()))
    return shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE] + "…"


# Fields


class RowField(forms.TypedChoiceField):
    """A choice among rows by their slugs; the rows are read once, when the field is made."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("We know nothing called “%(value)s” here. Choose one from the list."),
    }

    def __init__(self, *, rows: Callable[[], QuerySet], all_of_them: str, **kwargs):
        self.rows = {row.slug: row for row in rows()}
        choices = [("", all_of_them), *((slug, str(row)) for slug, row in self.rows.items())]
        super().__init__(choices=choices, coerce=self.rows.__getitem__, empty_value=None, **kwargs)


class DayInput(forms.DateInput):
    """The browser's own control for a day, which holds nothing but a day."""

    input_type = "date"

    def __init__(self):
        super().__init__(format=ISO)

    def format_value(self, value):
        try:
            return date.fromisoformat(value or "").isoformat()
        except (TypeError, ValueError):
            return None


class DayField(forms.DateField):
    """A day as machines and readers of any language write it: 2020-04-07."""

    default_error_messages = {
        "invalid": gettext_lazy("Write the day as year-month-day, such as 2020-04-07."),
    }

    def __init__(self, **kwargs):
        # Outside these years a day has no midnight that a database or a time zone could name.
        kwargs["validators"] = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        super().__init__(input_formats=[ISO], widget=DayInput(), **kwargs)


class TagField(forms.CharField):
    """A tag by the words of its address or by its name, however that is spelt; `tags` gives those that readers meet."""

    def __init__(self, *, tags: Callable[[], QuerySet], **kwargs):
        self.tags = tags
        super().__init__(max_length=200, **kwargs)

    def clean(self, value):
        words = super().clean(value)
        if not words:
            return None
        known = self.tags().filter(Q(slug=words) | Q(key=fold_key(words)) | Q(aliases__slug=words)).first()
        if known is None:
            raise ValidationError(
                _("Nothing public carries the tag “%(tag)s”. Write a tag as it stands under an article.")
                % {"tag": quoted(words)}
            )
        return known


class RowFilter(django_filters.Filter):
    field_class = RowField


class DayFilter(django_filters.Filter):
    field_class = DayField


class TagFilter(django_filters.Filter):
    field_class = TagField


# Filter sets


class StrictFilterSet(django_filters.FilterSet):
    """A FilterSet whose address is read to the letter: see `problems`. Empty values count as not given."""

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything in the address that this list cannot answer, in the order of the address."""
        repeated = {problem.parameter: problem for problem in self._repeated()}
        unreadable = (problem for name, problem in self._unreadable() if name not in repeated)
        return [*self._unknown(), *repeated.values(), *unreadable]

    def _unknown(self) -> Iterator[Problem]:
        known = ", ".join(self.filters) or _("none")
        for name in self.data:
            if name not in self.filters and name not in CURSORS:
                yield Problem(
                    quoted(name),
                    _("This list has no such filter. It knows: %(known)s.") % {"known": known},
                )

    def _repeated(self) -> Iterator[Problem]:
        for name, filter_ in self.filters.items():
            times = len(self.data.getlist(name))
            if times > 1 and not isinstance(filter_.field, forms.MultipleChoiceField):
                message = ngettext(
                    "It stands in the address %(times)d time. Write it once.",
                    "It stands in the address %(times)d times. Write it once.",
                    times,
                )
                yield Problem(name, message % {"times": times})

    def _unreadable(self) -> Iterator[tuple[str, Problem]]:
        for name, errors in self.errors.items():
            given = ", ".join(f"“{quoted(value)}”" for value in self.data.getlist(name))
            for message in errors:
                yield name, Problem(f"{name}: {given}", str(message))

    @cached_property
    def parameters(self) -> QueryDict:
        """The address without its empty values: what links to other pages of the same list carry."""
        kept = QueryDict(mutable=True)
        for name, values in self.data.lists():
            if given := [value for value in values if value]:
                kept.setlist(name, given)
        return kept

    @cached_property
    def active(self) -> list[Active]:
        """The conditions in force, in the order of the form. Only for an address without problems."""
        found = []
        for name, value in self.form.cleaned_data.items():
            values = value if isinstance(value, list) else [value]
            for given, one in zip(self.parameters.getlist(name), values, strict=False):
                if one not in (None, ""):
                    label = str(self.filters[name].label)
                    found.append(Active(label, self.in_words(one), self._without(name, given)))
        return found

    def in_words(self, value: object) -> str:
        """One condition's value for readers."""
        return date_format(value, "j F Y") if isinstance(value, date) else str(value)

    def _without(self, name: str, value: str) -> str:
        kept = self.parameters.copy()
        for cursor in CURSORS:
            kept.pop(cursor, None)
        kept.setlist(name, [other for other in kept.getlist(name) if other != value])
        return f"?{kept.urlencode()}"


def with_public_articles(model: type[Model], column: str, at: datetime | None = None) -> QuerySet:
    """The rows of outlets or sections that a reader can meet: at least one public article points at each."""
    articles = Article.objects.public(at).filter(**{column: OuterRef("pk")})
    return model.objects.filter(Exists(articles))


def filed_under(outer: str = "pk") -> Q:
    """The condition for a tag on something: the tag itself, or another name for it."""
    return Q(tag=OuterRef(outer)) | Q(tag__alias_of=OuterRef(outer))


def tags_of_articles(at: datetime | None = None) -> QuerySet:
    """The tags that stand under public articles; other names for a tag are not among them."""
    tagged = ArticleTag.objects.filter(filed_under(), public_condition("content_object__", at))
    return Tag.objects.filter(Exists(tagged), alias_of=None)


def articles_under(tag: Tag) -> Q:
    """The condition for articles filed under the tag or another name for it."""
    tagged = ArticleTag.objects.filter(Q(tag=tag) | Q(tag__alias_of=tag))
    return Q(pk__in=tagged.values("content_object"))


def printed_from(day: date) -> Q:
    """Printed on that day or later; a month or a year counts from the one the day lies in."""
    return (
        Q(printed_precision="day", printed_date__gte=day)
        | Q(printed_precision="month", printed_date__gte=day.replace(day=1))
        | Q(printed_precision="year", printed_date__gte=day.replace(month=1, day=1))
    )


class ArticleFilter(StrictFilterSet):
    """By paper, section, tag and printed date."""

    outlet = RowFilter(
        label=gettext_lazy("Paper"),
        rows=lambda: with_public_articles(Outlet, "outlet"),
        all_of_them=gettext_lazy("All papers"),
    )
    section = RowFilter(
        label=gettext_lazy("Section"),
        rows=lambda: with_public_articles(Section, "section"),
        all_of_them=gettext_lazy("All sections"),
    )
    tag = TagFilter(method="under_tag", label=gettext_lazy("Tag"), tags=tags_of_articles)
    printed_from = DayFilter(method="from_day", label=pgettext_lazy("date", "Printed from"))
    printed_to = DayFilter(
        field_name="printed_date", lookup_expr="lte", label=pgettext_lazy("date", "Printed up to")
    )

    def under_tag(self, articles: QuerySet, _name: str, tag: Tag) -> QuerySet:
        return articles.filter(articles_under(tag))

    def from_day(self, articles: QuerySet, _name: str, day: date) -> QuerySet:
        return articles.filter(printed_from(day))
