"""Who may say what was wrong, answer readers who did, and remove words by order.

Rules of conduct, which being a superuser does not lift, beside the rights of roles.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from .models import Article, Correction, Redaction, Report


class Barred(PermissionDenied):
    """A rule of conduct forbids this person this act; the message says which."""


def demand(why_not: str) -> None:
    """Raise Barred with the reason, where there is one."""
    if why_not:
        raise Barred(why_not)


def signed(user, article: Article) -> bool:
    """Whether the person signed this article, and it is one of our own."""
    return article.outlet.is_ours and article.bylines.filter(contributor__user=user).exists()


def why_not_propose(user) -> str:
    """Why the person may not propose a correction; empty where they may. Whoever wrote the article may."""
    if not user.is_active:
        return _("This account is closed.")
    if not user.has_perm("articles.propose_correction"):
        return _("Your role does not propose corrections.")
    return ""


def why_not_decide(user, correction: Correction) -> str:
    """Why the person may not approve or decline this correction; empty where they may."""
    if not user.is_active:
        return _("This account is closed.")
    if not user.has_perm("articles.approve_correction"):
        return _("Approving a correction takes the role of verdict editor or archivist.")
    proposed = correction.state != Correction.State.DRAFT
    if proposed and user.pk in (correction.proposed_by_id, correction.written_by_id):
        return _("You proposed this correction, so somebody else must decide on it.")
    if signed(user, correction.article):
        return _("You signed this article, so somebody else must decide on its correction.")
    return ""


def why_not_answer(user, report: Report) -> str:
    """Why the person may not decide what becomes of a reader's report; empty where they may."""
    if not user.is_active:
        return _("This account is closed.")
    if not user.has_perm("articles.answer_report"):
        return _("Answering readers takes the role of verdict editor or archivist.")
    if signed(user, report.article):
        return _("You signed this article, so somebody else must answer its readers.")
    return ""


def why_not_redact(user) -> str:
    """Why the person may not propose that printed words are removed; empty where they may."""
    if not user.is_active:
        return _("This account is closed.")
    if not user.has_perm("articles.redact_articleversion"):
        return _("Removing printed words takes the role of archivist or administrator.")
    return ""


def why_not_approve_redaction(user, redaction: Redaction) -> str:
    """Why the person may not carry a removal out; empty where they may."""
    if why_not := why_not_redact(user):
        return why_not
    if user.pk == redaction.proposed_by_id:
        return _("You proposed this removal, so somebody else must approve it.")
    return ""
