"""What lists may be cut down by once claims are known: rating, what is being checked, claimant, day of the ruling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.filters import ArticleFilter, DayFilter, StrictFilterSet, TagFilter, quoted
from articles.models import Tag

from .listing import claims_under, tags_in_use
from .models import Claim, Placement, Rating, Source, Verdict
from .scale import in_words
from .statuses import SILENT_ROLES

YES = "yes"


def ratings_in_use() -> QuerySet:
    """The ratings a reader can meet: those on offer, and retired ones that a published verdict still has."""
    given = Exists(Verdict.objects.published().filter(rating=OuterRef("pk")))
    return Rating.objects.filter(Q(retired=False) | given)


@dataclass(frozen=True)
class Tick:
    """One box of the fieldset of ratings."""

    rating: Rating
    word: str
    ticked: bool


class RatingsField(forms.TypedMultipleChoiceField):
    """Any of the ratings by their short names; they are read once, when the field is made."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("The scale has no “%(value)s”. Tick a rating, or see how we rate."),
    }

    def __init__(self, **kwargs):
        self.rows = {rating.slug: rating for rating in ratings_in_use()}
        choices = [(slug, str(rating)) for slug, rating in self.rows.items()]
        super().__init__(choices=choices, coerce=self.rows.__getitem__, empty_value=[], **kwargs)

    def clean(self, value):
        return super().clean([one for one in value or [] if one])


class YesField(forms.ChoiceField):
    """A box that is ticked or left out of the address."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("Write “yes”, or leave it out."),
    }

    def __init__(self, **kwargs):
        super().__init__(choices=[(YES, gettext_lazy("Yes"))], **kwargs)


class SourceField(forms.CharField):
    """A source by the ten digits of its address, if readers may meet it."""

    widget = forms.HiddenInput

    def clean(self, value):
        digits = super().clean(value)
        if not digits:
            return None
        found = None
        if digits.isascii() and digits.isdecimal() and len(digits) == 10:
            found = Source.objects.public().filter(number=int(digits)).first()
        if found is None:
            raise ValidationError(
                _("No source has the number “%(number)s”. Take the ten digits from the address of its page.")
                % {"number": quoted(digits)}
            )
        return found


class RatingsFilter(django_filters.Filter):
    field_class = RatingsField


class YesFilter(django_filters.Filter):
    field_class = YesField


class SourceFilter(django_filters.Filter):
    field_class = SourceField


class WithRatings(StrictFilterSet):
    """What both lists share: boxes for the ratings and for what is being checked."""

    rating = RatingsFilter(method="rated", label=gettext_lazy("What was found"))
    checking = YesFilter(method="being_checked", label=gettext_lazy("Being checked"))

    @property
    def ticks(self) -> list[Tick]:
        """The boxes of the ratings, as the address ticks them."""
        given = set(self.data.getlist("rating"))
        return [
            Tick(rating, in_words(rating.label), slug in given)
            for slug, rating in self.filters["rating"].field.rows.items()
        ]

    @property
    def shows_checking(self) -> bool:
        """Whether the box for what is being checked is ticked."""
        return YES in self.data.getlist("checking")

    def in_words(self, value: object) -> str:
        if isinstance(value, Rating):
            return in_words(value.label)
        return _("yes") if value == YES else super().in_words(value)


class ArticleStatusFilter(WithRatings, ArticleFilter):
    """Articles by what stands beside their words now, as well."""

    tag = TagFilter(method="under_tag", label=gettext_lazy("Tag"), tags=tags_in_use)

    def rated(self, articles: QuerySet, _name: str, ratings: Sequence[Rating]) -> QuerySet:
        rulings = Verdict.objects.published().filter(rating__in=ratings)
        return self._with_claims(articles, rulings.values("claim"))

    def being_checked(self, articles: QuerySet, _name: str, _yes: str) -> QuerySet:
        shown = Claim.objects.public().filter(shown_as_checking=True)
        return self._with_claims(articles, shown.values("pk"))

    def _with_claims(self, articles: QuerySet, claims: QuerySet) -> QuerySet:
        """Articles in whose live version one of the claims stands as it was checked; denying it does not count."""
        places = (
            Placement.objects.for_readers()
            .filter(anchor=Placement.Anchor.ANCHORED, appearance__claim__in=claims)
            .exclude(appearance__role__in=SILENT_ROLES)
        )
        return articles.filter(live_version__in=places.values("version"))


class ClaimFilter(WithRatings):
    """Claims by rating, topic, claimant and the day they were ruled on."""

    tag = TagFilter(method="on_topic", label=gettext_lazy("Topic"), tags=tags_in_use)
    claimant = SourceFilter(label=gettext_lazy("Claimed by"))
    ruled_from = DayFilter(method="from_day", label=pgettext_lazy("date", "Ruled from"))
    ruled_to = DayFilter(method="to_day", label=pgettext_lazy("date", "Ruled up to"))

    def rated(self, claims: QuerySet, _name: str, ratings: Sequence[Rating]) -> QuerySet:
        rulings = Verdict.objects.published().filter(rating__in=ratings, claim=OuterRef("pk"))
        return claims.filter(Exists(rulings))

    def being_checked(self, claims: QuerySet, _name: str, _yes: str) -> QuerySet:
        return claims.filter(shown_as_checking=True)

    def on_topic(self, claims: QuerySet, _name: str, tag: Tag) -> QuerySet:
        return claims.filter(claims_under(tag))

    def from_day(self, claims: QuerySet, _name: str, day: date) -> QuerySet:
        return claims.filter(ruled_at__gte=midnight(day, time.min))

    def to_day(self, claims: QuerySet, _name: str, day: date) -> QuerySet:
        return claims.filter(ruled_at__lte=midnight(day, time.max))

    def narrowed_by_subject(self, claims: QuerySet) -> QuerySet:
        """Other claims on the same topic and of the same claimant, whatever was found of them."""
        for name in ("tag", "claimant"):
            if value := self.form.cleaned_data.get(name):
                claims = self.filters[name].filter(claims, value)
        return claims

    @property
    def speaks_of_rulings(self) -> bool:
        """Whether a condition is in force that only a ruled claim can meet, or the page shows what is being checked."""
        return any(
            self.form.cleaned_data.get(name) for name in ("rating", "checking", "ruled_from", "ruled_to")
        )


def midnight(day: date, edge: time) -> datetime:
    """The first or last moment of the day, where the newsroom is."""
    return timezone.make_aware(datetime.combine(day, edge))
