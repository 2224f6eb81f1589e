"""Corrections for readers: all of them with what was and what stands now, one by its number, and their feeds."""

from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from newsroom.core.hygiene import visible
from newsroom.core.pages import KeysetPage

from .filters import RowFilter, StrictFilterSet
from .list_views import StrictListView
from .models import Correction, Outlet
from .slips import Slip
from .views import gone

NEWEST_IN_FEED = 40


def outlets_that_corrected() -> QuerySet:
    """The papers with a correction that readers can meet."""
    return Outlet.objects.filter(Exists(Correction.objects.public().filter(article__outlet=OuterRef("pk"))))


class KindField(forms.TypedChoiceField):
    """A kind of correction, which reads back in words."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("We know nothing called “%(value)s” here. Choose one from the list."),
    }

    def __init__(self, **kwargs):
        choices = [("", _("All kinds")), *Correction.Kind.choices]
        super().__init__(choices=choices, coerce=Correction.Kind, empty_value=None, **kwargs)


class YearField(forms.CharField):
    """A year as four digits."""

    widget = forms.NumberInput(attrs={"min": 1900, "max": 2999})

    def clean(self, value):
        given = super().clean(value)
        if not given:
            return None
        if not (given.isascii() and given.isdecimal() and len(given) == 4 and 1900 <= int(given) <= 2999):
            raise ValidationError(_("Write the year with four digits, such as 2020."))
        return int(given)


class KindFilter(django_filters.Filter):
    field_class = KindField


class YearFilter(django_filters.Filter):
    field_class = YearField


class CorrectionFilter(StrictFilterSet):
    """By kind, paper and year."""

    kind = KindFilter(label=gettext_lazy("Kind"))
    outlet = RowFilter(
        field_name="article__outlet",
        label=gettext_lazy("Paper"),
        rows=outlets_that_corrected,
        all_of_them=gettext_lazy("All papers"),
    )
    year = YearFilter(field_name="published_at__year", label=gettext_lazy("Year"))

    def in_words(self, value: object) -> str:
        return str(value.label) if isinstance(value, Correction.Kind) else super().in_words(value)


class CorrectionListView(StrictListView):
    """Every correction of every public article, newest first."""

    template_name = "articles/correction_list.html"
    filterset_class = CorrectionFilter
    extra_context = {"form_template": "articles/_correction_filters.html"}
    order = ("-published_at", "-number")

    def get_queryset(self) -> QuerySet:
        return Correction.objects.public(self.at).for_lists()

    def on_page(self, page: KeysetPage) -> dict[str, Any]:
        return {"slips": [Slip(correction) for correction in page.items]}

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(list_title=_("Corrections"), **kwargs)


class CorrectionView(View):
    """One correction. Where its article was withdrawn, the answer is the article's own."""

    http_method_names = ("get", "head", "options")
    template_name = "articles/correction.html"
    related = ("article__outlet", "article__live_version", "was_version", "now_version")
    people = ("proposed_by", "approved_by", "version")

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        now = timezone.now()
        rows = Correction.objects.filter(state=Correction.State.PUBLISHED, published_at__lte=now)
        found = rows.select_related(*self.related, *self.people).filter(number=number).first()
        if found is None:
            raise Http404
        if not found.article.is_public(now):
            return gone(request, found.article, now)
        context = {"slip": Slip(found), "correction": found, **self.beside(found, now)}
        return render(request, self.template_name, context)

    def beside(self, correction: Correction, at: datetime) -> dict[str, Any]:
        """What else the page prints of it at that time."""
        return {}


class CorrectionsFeed(Feed):
    """The newest corrections, each under its uid, as readers see them on the page."""

    feed_type = Rss201rev2Feed
    item_guid_is_permalink = False

    def title(self) -> str:
        return _("Corrections | %(site)s") % {"site": settings.SITE_NAME}

    def description(self) -> str:
        return _("What was printed, what stands now, and why it changed.")

    def link(self) -> str:
        return reverse("articles:corrections")

    def author_name(self) -> str:
        return settings.SITE_NAME

    def items(self) -> list[Slip]:
        newest = Correction.objects.public().for_lists().order_by("-published_at", "-number")
        return [Slip(correction) for correction in newest[:NEWEST_IN_FEED]]

    def item_title(self, slip: Slip) -> str:
        # RSS readers take a title for HTML.
        return escape(title_of(slip))

    def item_description(self, slip: Slip) -> str:
        return render_to_string("articles/_slip_in_feed.html", {"slip": slip})

    def item_link(self, slip: Slip) -> str:
        return slip.correction.get_absolute_url()

    def item_guid(self, slip: Slip) -> str:
        return slip.correction.uid.urn

    def item_pubdate(self, slip: Slip):
        return slip.at

    def item_updateddate(self, slip: Slip):
        return slip.at

    def item_categories(self, slip: Slip) -> tuple[str]:
        return (slip.correction.kind,)


class CorrectionsAtomFeed(CorrectionsFeed):
    """The same in Atom, whose titles are plain text."""

    feed_type = Atom1Feed
    subtitle = CorrectionsFeed.description

    def item_title(self, slip: Slip) -> str:
        return title_of(slip)


def title_of(slip: Slip) -> str:
    return visible(f"{slip.kind}: {slip.article.headline}")
