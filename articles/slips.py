"""A correction as readers meet it: above its article, in the list, on its own page, in a feed."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .models import Article, Correction

# Above one article; a story with more of them has the rest on the page of corrections.
MOST = 60


@dataclass
class Slip:
    """What is printed of one correction. `foreign`: the words are in another language than the page around them."""

    correction: Correction

    @property
    def article(self) -> Article:
        return self.correction.article

    @property
    def kind(self) -> str:
        return self.correction.get_kind_display()

    @property
    def at(self) -> datetime | None:
        """When it was published; None while the desk is only looking at it."""
        return self.correction.published_at

    @property
    def foreign(self) -> bool:
        return self.article.language != get_language()

    @property
    def was(self) -> str:
        return self.as_far_as_shown(self.correction.was_field, self.correction.was_exact)

    @property
    def now(self) -> str:
        return self.as_far_as_shown(self.correction.now_field, self.correction.now_exact)

    def as_far_as_shown(self, field: str, words: str) -> str:
        """The words, unless nothing but the record of the article may be shown: then its headline alone is quoted."""
        hidden = self.article.rights == Article.Rights.NONE and field != Correction.Field.HEADLINE
        return "" if hidden else words

    @property
    def was_in(self) -> str:
        return self.place(self.correction.was_field, self.correction.was_version)

    @property
    def now_in(self) -> str:
        return self.place(self.correction.now_field, self.correction.now_version)

    def place(self, field: str, version) -> str:
        """Such as “Headline, version 1”."""
        if version is None:
            return ""
        return _("%(field)s, version %(number)d") % {
            "field": Correction.Field(field).label,
            "number": version.number,
        }

    @cached_property
    def was_url(self) -> str:
        """Where the version stands whose words were wrong; empty where none are quoted."""
        version = self.correction.was_version
        if version is None or not self.was:
            return ""
        place = {"number": self.article.number, "slug": self.article.slug, "version": version.number}
        return reverse("articles:version", kwargs=place)


def slips_of(article: Article, at: datetime) -> list[Slip]:
    """What readers of a public article are told above it: first what was wrong, then what is new. One query."""
    found = Correction.objects.filter(article=article, state=Correction.State.PUBLISHED, published_at__lte=at)
    rows = found.for_one_article()
    slips = [Slip(row) for row in rows.order_by("-published_at", "-number")[:MOST]]
    for slip in slips:
        slip.correction.article = article
    # Each newest first. No run of updates pushes a correction out of sight.
    return sorted(
        slips, key=lambda slip: slip.correction.kind in (Correction.Kind.UPDATE, Correction.Kind.NOTE)
    )
