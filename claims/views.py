"""The article page with its claims, and the page of one claim."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import View

from articles.correction_views import CorrectionView
from articles.history_views import HistoryView, VersionView
from articles.views import ArticleDetailView

from .claim_page import ClaimPage
from .compared import ClaimsComparison
from .models import Claim
from .reading import ClaimsReading


class ArticleReadingView(ArticleDetailView):
    """The article page, with what was found beside its words."""

    template_name = "claims/article_reading.html"
    reading_class = ClaimsReading


class ArticleHistoryView(HistoryView):
    """The past of an article, and what became of its claims between two versions."""

    template_name = "claims/article_history.html"
    comparison_class = ClaimsComparison


class VersionReadingView(VersionView):
    """One version, with what was found beside the words of that version."""

    template_name = "claims/article_version.html"
    reading_class = ClaimsReading


class CorrectionOfVerdictView(CorrectionView):
    """One correction, with the way to the claim whose verdict asked for it, while readers can read that."""

    template_name = "claims/correction.html"

    def beside(self, correction, at):
        if correction.requested_by != correction.Asked.VERDICT:
            return {}
        asked = Claim.objects.public().filter(verdicts__corrections__correction=correction)
        return {"claim": asked.first()}


class ClaimDetailView(View):
    """The page of one claim, while it has a published verdict or is shown as being checked."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, number: int, slug: str) -> HttpResponse:
        claim, elsewhere = find_claim(number)
        if elsewhere:
            return elsewhere
        if slug != claim.slug:
            return HttpResponsePermanentRedirect(claim.get_absolute_url())
        page = ClaimPage(claim, timezone.now())
        return render(request, "claims/claim_detail.html", {"page": page, "claim": claim})


@require_safe
def to_full_address(request: HttpRequest, number: int) -> HttpResponse:
    """From the number alone to the address with words in it."""
    claim, elsewhere = find_claim(number)
    return elsewhere or HttpResponsePermanentRedirect(claim.get_absolute_url())


def find_claim(number: int) -> tuple[Claim | None, HttpResponse | None]:
    """The public claim of that number, or the way to the one it was merged into. Raise Http404 for any other."""
    claims = Claim.objects.select_related("claimant__parent")
    if claim := claims.public().filter(number=number).first():
        return claim, None
    merged = (
        Claim.objects.public().filter(merged_from__number=number, merged_from__work_state="merged").first()
    )
    if merged is None:
        raise Http404
    # Not for ever: a merged claim may be taken up again.
    return None, redirect(merged)
