"""What stands beside every headline: a mark, its word and where the words stand, for a whole list in one query."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from articles.querysets import public_condition

from .models import Appearance, Placement
from .scale import in_words

Role, Field, Anchor = Appearance.Role, Placement.Field, Placement.Anchor

# An article that denies or questions a false claim is not false for that: its words carry no mark.
SILENT_ROLES = (Role.DENIES, Role.QUESTIONS)
# The marks that are no rating's.
OTHER_MARKS = ("being-checked", "under-review", "words-changed")
# Among the ratings' gravities: what is being checked says more than "true", and less than "half true".
GRAVITY_OF_CHECKING = 45
# Longer passages are not repeated beside the headline that holds them.
SHORT_WORDS = 60


class Place(NamedTuple):
    """One place of a claim in a live version, as the query gives it."""

    article: int
    claim: int
    field: str
    role: str
    anchor: str
    words: str
    rights: str
    checking: bool
    label: str | None
    mark: str | None
    rating_gravity: int | None

    @property
    def gravity(self) -> int:
        """How grave what it says is; words that changed since say the least."""
        if self.anchor != Anchor.ANCHORED:
            return 0
        return self.rating_gravity if self.label is not None else GRAVITY_OF_CHECKING


@dataclass(frozen=True, slots=True)
class Saying:
    """One line beside a headline: mark (none for a denial), word and what follows it, where, words as printed."""

    mark: str
    word: str
    more: str = ""
    where: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """What readers are told of an article beside its headline. Without sayings it was not checked."""

    says: tuple[Saying, ...] = ()
    claims: int = 0
    checked: int = 0
    marks: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "marks", tuple(saying.mark for saying in self.says if saying.mark))

    @property
    def counts(self) -> str:
        """Such as “6 claims, 3 checked”; empty where there is no claim."""
        if not self.claims:
            return ""
        if self.checked == self.claims:
            return ngettext("%(count)d claim checked", "%(count)d claims checked", self.claims) % {
                "count": self.claims
            }
        counted = ngettext("%(count)d claim", "%(count)d claims", self.claims) % {"count": self.claims}
        if not self.checked:
            return counted
        return _("%(claims)s, %(checked)d checked") % {"claims": counted, "checked": self.checked}


NOT_CHECKED = ArticleStatus()


def statuses_for(articles: Iterable[Article], at: datetime | None = None) -> dict[int, ArticleStatus]:
    """The status of each article by its primary key, as readers may know it at that time. One query.

    It reads the live version's standing places of public claims; for an article that is not public it knows nothing.
    """
    live = {article.pk: article.live_version_id for article in articles}
    places = defaultdict(list)
    for place in places_in([version for version in live.values() if version], at):
        places[place.article].append(place)
    return {key: status_of(places[key]) if key in places else NOT_CHECKED for key in live}


def places_in(versions: list[int], at: datetime | None = None) -> Iterator[Place]:
    """The places of public claims in those of the versions that readers see now, first words first."""
    if not versions:
        return iter(())
    ruling = FilteredRelation(
        "appearance__claim__verdicts",
        condition=Q(appearance__claim__verdicts__publication_state="published"),
    )
    rows = (
        Placement.objects.for_readers()
        .filter(public_condition("version__article__", at), version__in=versions)
        .filter(version=F("version__article__live_version"))
        .annotate(ruling=ruling)
        .order_by("start", "appearance__claim__number")
        .values_list(
            "version__article_id",
            "appearance__claim_id",
            "field",
            "appearance__role",
            "anchor",
            "exact",
            "version__article__rights",
            "appearance__claim__shown_as_checking",
            "ruling__rating__label",
            "ruling__rating__mark",
            "ruling__rating__gravity",
        )
    )
    return (Place(*row) for row in rows)


def status_of(places: list[Place]) -> ArticleStatus:
    """The status that these places of one article add up to."""
    return ArticleStatus(
        says=tuple(saying(place) for place in chosen(places)),
        claims=len({place.claim for place in places}),
        checked=len({place.claim for place in places if place.label is not None}),
    )


def chosen(places: list[Place]) -> list[Place]:
    """The places to speak of: the gravest above the text, and the gravest in the text where it is graver still.

    So a finding on the headline is never hidden by one on the text, and a sound headline hides nothing under it.
    """
    marked = [place for place in places if place.role not in SILENT_ROLES and can_be_said(place)]
    above = gravest(place for place in marked if place.field != Field.BODY)
    below = gravest(place for place in marked if place.field == Field.BODY)
    if above and below and below.gravity <= above.gravity:
        below = None
    said = [place for place in (above, below) if place]
    return said or [place for place in places if place.role in SILENT_ROLES and can_be_said(place)][:1]


def can_be_said(place: Place) -> bool:
    """Words that changed before anything was found are not spoken of."""
    return place.anchor == Anchor.ANCHORED or place.label is not None


def gravest(places: Iterable[Place]) -> Place | None:
    """The gravest of the places, a headline before a standfirst, the first of equals; None of none."""
    ranked = sorted(places, key=lambda place: (-place.gravity, place.field != Field.HEADLINE))
    return ranked[0] if ranked else None


def saying(place: Place) -> Saying:
    """What one place says."""
    if place.role in SILENT_ROLES:
        return Saying(mark="", word=silent_words(place))
    mark, word, more = finding(place)
    return Saying(mark, word, more, where(place), short_words(place))


def finding(place: Place) -> tuple[str, str, str]:
    """Mark, word and what follows the word."""
    was = {"rating": in_words(place.label or "")}
    if place.anchor == Anchor.CONTEXT_CHANGED:
        return "words-changed", _("Context changed"), _("verdict was %(rating)s") % was
    if place.anchor != Anchor.ANCHORED:
        return "words-changed", _("Words changed"), _("verdict was %(rating)s") % was
    if place.label is None:
        return "being-checked", _("Being checked"), ""
    if place.checking:
        return "under-review", _("Under review"), _("verdict was %(rating)s") % was
    return place.mark or "", in_words(place.label), ""


def silent_words(place: Place) -> str:
    """A denial or a question in words, without the mark of the claim."""
    denies = place.role == Role.DENIES
    if place.label is None:
        return (
            _("Denies a claim that is being checked")
            if denies
            else _("Questions a claim that is being checked")
        )
    words = _("Denies a claim rated %(rating)s") if denies else _("Questions a claim rated %(rating)s")
    return words % {"rating": in_words(place.label)}


def where(place: Place) -> str:
    """In which part of the article the words stand."""
    if place.role == Role.TEASER:
        return _("a READ MORE line")
    if place.role == Role.QUOTES:
        return _("a quotation") if place.field == Field.BODY else _("a quotation above the text")
    parts = {Field.HEADLINE: _("headline"), Field.STANDFIRST: _("standfirst"), Field.BODY: _("text")}
    return parts[place.field]


def short_words(place: Place) -> str:
    """The printed words, where they are few and readers may see them."""
    shown = place.anchor == Anchor.ANCHORED and len(place.words) <= SHORT_WORDS
    allowed = place.field == Field.HEADLINE or place.rights != Article.Rights.NONE
    return place.words if shown and allowed else ""
