"""A verdict against words of our own outlet asks for a correction: a draft for each article, for editors to finish."""

from django.db.models import F, Q

from articles import correcting
from articles.models import Article, Correction
from articles.querysets import public_condition

from .models import Appearance, Placement, Verdict, VerdictCorrection
from .receivers import FIELDS

# Ratings that say of printed words that they do not hold.
WRONG = ("false", "misleading", "contradicted")
Role = Appearance.Role


def draft_corrections(verdict: Verdict, *, by) -> list[Correction]:
    """Draft a correction for each article of ours that says what the verdict found wrong; once for each.

    Called inside the transaction that publishes the verdict. Readers see nothing of it.
    """
    return _draft(verdict, wrong_places(verdict), by=by) if verdict.rating.slug in WRONG else []


def draft_late(appearance: Appearance, *, by) -> list[Correction]:
    """Draft the correction of a place that came to count only after its verdict was published; at most one.

    Called inside the transaction of the act by which it counts. Readers see the verdict there from then on.
    """
    rows = Verdict.objects.filter(claim=appearance.claim_id, publication_state=Verdict.Publication.PUBLISHED)
    verdict = rows.filter(rating__slug__in=WRONG).first()
    if verdict is None:
        return []
    return _draft(verdict, wrong_places(verdict, article=appearance.article_id), by=by)


def _draft(verdict: Verdict, places: dict[Article, Placement], *, by) -> list[Correction]:
    """One for each article that the verdict asked none for yet."""
    drafted = set(verdict.corrections.values_list("article", flat=True))
    wanted = {article: place for article, place in places.items() if article.pk not in drafted}
    return [draft(verdict, article, place, by=by) for article, place in wanted.items()]


def draft(verdict: Verdict, article: Article, place: Placement, *, by) -> Correction:
    """One draft: the printed words and the finding are filled in; what stands now is left to an editor."""
    printed = place if place.start is not None else place.carried_from
    correction = correcting.begin(
        article,
        by=by,
        # Whoever published the verdict worded nothing of it, so they may approve what an editor makes of it.
        written_by=None,
        requested_by=Correction.Asked.VERDICT,
        why=verdict.finding,
        was_version=printed.version,
        was_field=printed.field,
        was_start=printed.start,
        was_end=printed.end,
        was_exact=printed.exact,
    )
    VerdictCorrection(verdict=verdict, article=article, correction=correction).save(force_insert=True)
    return correction


def wrong_places(verdict: Verdict, *, article: int | None = None) -> dict[Article, Placement]:
    """Each article of ours that is public and prints the claim as so, with the first of its words in reading order.

    `article` asks for one alone. A denial, a question and a place that was exempted count for nothing; words that
    changed since count as they were printed.
    """
    says_so = Q(appearance__role__in=[Role.ASSERTS, Role.TEASER])
    heads = Q(field=Placement.Field.HEADLINE, appearance__role__in=[Role.ATTRIBUTES, Role.QUOTES])
    standing = Placement.objects.standing().filter(
        says_so | heads,
        public_condition("appearance__article__"),
        appearance__claim=verdict.claim_id,
        appearance__match=Appearance.Match.SAME,
        appearance__exempt=False,
        appearance__article__outlet__is_ours=True,
        version=F("appearance__article__live_version"),
    )
    if article is not None:
        standing = standing.filter(appearance__article=article)
    related = ("appearance__article", "version", "carried_from__version")
    rows = standing.select_related(*related).order_by("appearance__article_id", "id")
    first: dict[Article, Placement] = {}
    for place in sorted(rows, key=lambda row: (row.appearance.article_id, FIELDS.index(row.field))):
        first.setdefault(place.appearance.article, place)
    return first
