"""Who may judge: rules of conduct, which being a superuser does not lift, beside the rights of roles."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles.access import Barred, demand

from .models import Appearance, Claim, Verdict

__all__ = ["Barred", "demand"]


def wrote_the_claim(user, claim: Claim) -> bool:
    """Whether the person signed, or entered the words of, an article of ours that asserts the claim."""
    return assertions_by(user).filter(claim=claim).exists()


def assertions_by(user) -> QuerySet:
    """Where articles of ours, which the person signed or entered words of, assert claims; a place may come twice."""
    ours = Appearance.objects.confirmed().filter(role=Appearance.Role.ASSERTS, article__outlet__is_ours=True)
    return ours.filter(Q(article__bylines__contributor__user=user) | Q(article__versions__author=user))


def claims_written_by(user, appearances: Iterable[Appearance]) -> set[int]:
    """The claims among those of the places that the person's own articles assert. One query."""
    claims = {each.claim_id for each in appearances}
    return (
        set(assertions_by(user).filter(claim__in=claims).values_list("claim", flat=True)) if claims else set()
    )


def why_not_judge(user, claim: Claim) -> str:
    """Why the person may not propose or approve a verdict on the claim; empty where nothing stands against it."""
    if not user.is_active:
        return _("This account is closed.")
    if wrote_the_claim(user, claim):
        return _("You wrote an article that asserts this claim, so somebody else must judge it.")
    return ""


def wrote_the_article(user, article) -> bool:
    """Whether the person signed, or entered the words of, this article, and it is one of our own."""
    return type(article).objects.filter(written_by(user), pk=article.pk, outlet__is_ours=True).exists()


def written_by(user) -> Q:
    """The articles that the person signed or entered words of."""
    return Q(bylines__contributor__user=user) | Q(versions__author=user)


def why_not_judge_place(user, appearance: Appearance) -> str:
    """Why the person may not say where the verdict shows; empty where nothing stands against it.

    Nobody judges a place in their own article, not even while the claim is only suggested there.
    """
    if why := why_not_judge(user, appearance.claim):
        return why
    return own_article() if wrote_the_article(user, appearance.article) else ""


def own_article() -> str:
    """What is said to whoever wrote the article."""
    return _("You wrote this article, so somebody else must say what becomes of its words.")


def why_not_propose(user, claim: Claim) -> str:
    """Why the person may not propose a verdict; empty where they may."""
    if not user.has_perm("claims.propose_verdict"):
        return _("Proposing a verdict takes the role of fact-checker or verdict editor.")
    return why_not_judge(user, claim)


def why_not_approve(user, verdict: Verdict) -> str:
    """Why the person may not approve this verdict or send it back; empty where they may."""
    if not user.has_perm("claims.approve_verdict"):
        return _("Approving a verdict takes the role of verdict editor.")
    if verdict.proposed_by_id == user.pk:
        return _("You proposed this verdict, so somebody else must approve it.")
    return why_not_judge(user, verdict.claim)
