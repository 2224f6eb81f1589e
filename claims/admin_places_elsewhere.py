"""“Printed elsewhere too?”: articles with exactly the words of a confirmed place, where nobody placed the claim yet."""

import re
from collections import Counter
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles import dates
from articles.models import Article, ArticleVersion
from newsroom.core.admin_forms import ActForm, sentence
from newsroom.core.search import QueryRefused, find, parse
from newsroom.core.search.query import QUOTES

from . import flagging, workflow
from .admin_places_words import Passage, passage
from .flag_finding import Spot
from .models import Appearance, Claim, Placement
from .receivers import FIELDS

PHRASES = 3  # wordings of the claim that are looked for, the most printed first
LEADING_WORDS = 12  # of a wording are asked of the search; the rest is compared word for word
LOOKED_AT = 60
MOST = 20


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Words of an article that are exactly those of a confirmed place."""

    article: Article
    version: ArticleVersion
    spot: Spot
    passage: Passage
    confirms: bool

    @property
    def printed_on(self) -> str:
        article = self.article
        return article.printed_as or dates.in_words(article.printed_date, article.printed_precision)

    @property
    def where(self) -> str:
        return Placement.Field(self.spot.field).label

    @property
    def in_headline(self) -> bool:
        return self.spot.field == Placement.Field.HEADLINE


def wordings(claim: Claim) -> list[str]:
    """The words in which the claim was printed in confirmed places, the most frequent first."""
    confirmed = Placement.objects.standing().filter(
        appearance__claim=claim, appearance__match=Appearance.Match.SAME, start__isnull=False
    )
    counted = Counter(confirmed.order_by("pk").values_list("exact", flat=True)[:2000])
    return [words for words, _count in counted.most_common(PHRASES)]


def printed_elsewhere(claim: Claim, user) -> list[FoundPlace]:
    """At most twenty articles with these words and without this claim, best found first."""
    phrases = wordings(claim)
    found = articles_with(phrases, claim)
    versions = ArticleVersion.objects.in_bulk(
        [article.live_version_id or article.latest_version_id for article in found]
    )
    places = (first_place(article, versions, phrases, claim, user) for article in found)
    return [place for place in places if place][:MOST]


def articles_with(phrases: list[str], claim: Claim) -> list[Article]:
    """Articles that the search finds by the phrases, without those in which the claim was placed or judged."""
    keys: dict[int, None] = {}
    for words in phrases:
        keys |= dict.fromkeys(found_by_search(words))
    placed = claim.appearances.filter(article=OuterRef("pk"))
    rows = Article.objects.filter(~Exists(placed), pk__in=keys).select_related("outlet")
    by_key = {article.pk: article for article in rows}
    return [by_key[key] for key in keys if key in by_key]


def found_by_search(words: str) -> list[int]:
    leading = " ".join(re.sub(f"[{QUOTES}]", " ", words).split()[:LEADING_WORDS])
    try:
        found = find(parse(f'"{leading}"'), kinds=("article",), face="desk", limit=LOOKED_AT)
    except QueryRefused:  # signs alone, or one word longer than any: nothing that can be looked for
        return []
    return [hit.pk for hit in found.hits]


def first_place(article, versions, phrases, claim, user) -> FoundPlace | None:
    """Where the first of the phrases stands in the version the desk works on; None where none does, word for word."""
    version = versions[article.live_version_id or article.latest_version_id]
    for words in phrases:
        for field in FIELDS:
            for start, end in workflow.occurrences(version, field, words)[:1]:
                spot = Spot(field, start, end, words)
                confirms = flagging.may_confirm(user, claim, article)
                return FoundPlace(article, version, spot, passage(version, field, start, end), confirms)
    return None


class PlaceHereForm(ActForm):
    """One of the places found: in which version, where, what the article does."""

    version = forms.IntegerField(min_value=1)
    field = forms.ChoiceField(choices=Placement.Field.choices)
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    exact = forms.CharField(max_length=20_000, strip=False)
    role = forms.ChoiceField(choices=Appearance.Role.choices)
    exact.own_hygiene = True

    def spot(self) -> Spot:
        given = self.cleaned_data
        return Spot(given["field"], given["start"], given["end"], given["exact"].replace("\r\n", "\n"))


class ElsewhereOfClaim:
    """Mixed into the admin of claims, under the page of its places."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.elsewhere_view)
        address = "<path:object_id>/places/elsewhere/"
        return [path(address, view, name="claims_claim_elsewhere"), *super().get_urls()]

    def elsewhere_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What was found; a press on one of them places the claim there."""
        reading = self.places_of(request, object_id)
        if request.method == "POST":
            self.place_here(request, reading.claim)
            address = reverse(f"{self.admin_site.name}:claims_claim_elsewhere", args=[reading.claim.pk])
            return HttpResponseRedirect(address)
        may_flag = flagging.may_flag(request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Printed elsewhere too?"),
            "subtitle": reading.claim.statement,
            "opts": self.opts,
            "claim": reading.claim,
            "reading": reading,
            "found": printed_elsewhere(reading.claim, request.user),
            "wordings": wordings(reading.claim),
            "roles": Appearance.Role.choices,
            "may_flag": may_flag,
            "public_address": self.public_address(reading.claim),
        }
        return TemplateResponse(request, "admin/claims/places_elsewhere.html", context)

    def place_here(self, request: HttpRequest, claim: Claim) -> None:
        """Place the claim on the words as the page showed them. Raise PermissionDenied, Http404 for no version."""
        if not flagging.may_flag(request.user):
            raise PermissionDenied(_("Your role does not allow this."))
        form = PlaceHereForm(request.POST)
        if not form.is_valid():
            raise Http404
        version = (
            ArticleVersion.objects.select_related("article").filter(pk=form.cleaned_data["version"]).first()
        )
        if version is None:
            raise Http404
        try:
            flagged = flagging.attach_words(
                claim, version, [form.spot()], by=request.user, role=form.cleaned_data["role"]
            )
        except workflow.WorkflowRefused as refusal:
            messages.error(request, sentence(refusal))
            return
        said = _("Placed and confirmed: %(article)s.") if flagged.confirmed else _("Suggested: %(article)s.")
        messages.success(request, said % {"article": version.article})
