"""Acts on corrections at the desk: propose one, word it anew, approve it as a second person, decline it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_acts import Act

from . import access, correcting, editing
from .changed_words import changed_once
from .compared import DeskComparison
from .forms_corrections import CorrectionForm, DeclineForm, given_in
from .models import Article, Correction
from .passages import FIELDS, field_text
from .slips import Slip
from .text import render_blocks

State = Correction.State
KEEP = "keep"


class WordCorrection(Act):
    """Say what was printed and what stands now, and propose it; or keep it as a draft."""

    label = gettext_lazy("Propose a correction")
    permission = "articles.propose_correction"
    template = "admin/articles/correct.html"
    explains = gettext_lazy(
        "Readers see nothing of it until somebody else approves. The newest version of the article, where one waits, "
        "goes live with it or not at all."
    )

    @property
    def article(self) -> Article:
        raise NotImplementedError

    def why_not(self) -> str:
        if self.article.state == Article.State.WITHDRAWN:
            return _("This article is withdrawn: its address says when and why.")
        if not self.article.is_public():
            return _("Nobody has read this article yet: change its words, there is nothing to correct.")
        return ""

    def keeps(self) -> bool:
        """Whether it is kept as a draft, for somebody to go on with."""
        return KEEP in self.request.POST

    def form(self, data=None):
        if self.why_not():
            return super().form(data)
        initial = {**self.given(), "seen": self.article.latest_version.number}
        self.asked = CorrectionForm(self.article, data, keep=self.keeps(), initial=initial)
        return self.asked

    def given(self) -> dict:
        """What the form begins with: where the version that waits differs in one place, the sentences there."""
        texts = [
            {field: field_text(version, field) for field in FIELDS}
            for version in (self.article.live_version, self.article.latest_version)
        ]
        was, now = changed_once(*texts)
        return {"was": was, "now": now}

    def context(self):
        if self.why_not():
            return {}
        live, newest = self.article.live_version, self.article.latest_version
        return {
            "article": self.article,
            "live": live,
            "newest": newest,
            "live_blocks": render_blocks(live.body),
            "newest_blocks": render_blocks(newest.body),
        }

    def run(self, given) -> str:
        if why_not := self.why_not():
            raise editing.EditingRefused(why_not)
        editing.check_seen(self.article.latest_version, given["seen"])
        self.correction = self.kept(self.asked.columns())
        if self.keeps():
            return _("The draft is kept. Nobody but the desk sees it.")
        correcting.propose(self.correction, by=self.user)
        return _("Proposed. Somebody else must approve it now.")

    def kept(self, columns: dict) -> Correction:
        """The draft with what was given in it."""
        return correcting.begin(self.article, by=self.user, **columns)

    def after(self) -> str:
        return reverse("admin:articles_correction_change", args=[self.correction.pk])


class CorrectArticle(WordCorrection):
    """Begin a correction on an article's page."""

    name = "correct"

    @property
    def article(self):
        return self.obj


class ProposeDraft(WordCorrection):
    """Go on with a draft: word it and propose it."""

    name = "propose"
    label = gettext_lazy("Word it and propose")

    @property
    def article(self):
        return self.obj.article

    def why_not(self):
        if self.obj.state != State.DRAFT:
            return _("This correction was proposed already: it is frozen.")
        return super().why_not()

    def given(self):
        changed, begun = super().given(), given_in(self.obj)
        if not begun["now"] and begun["was"] in changed["was"]:
            begun["now"] = changed["now"]
        return begun

    def kept(self, columns):
        correcting.rewrite(self.obj, by=self.user, **columns)
        return self.obj


class ProposeAnew(WordCorrection):
    """Begin another correction with the words of a declined one."""

    name = "again"
    label = gettext_lazy("Propose it anew")

    @property
    def article(self):
        return self.obj.article

    def why_not(self):
        if self.obj.state != State.DECLINED:
            return _("Only a declined correction is proposed anew.")
        return super().why_not()

    def given(self):
        return given_in(self.obj)


class DecideOnCorrection(Act):
    """An act that the proposer never does; its page shows the correction as readers will see it."""

    permission = "articles.approve_correction"
    template = "admin/articles/correction_act.html"

    def barred(self):
        return access.why_not_decide(self.user, self.obj)

    def context(self):
        return {"slip": Slip(self.obj), "correction": self.obj, "comparison": self.changes()}

    def changes(self) -> DeskComparison | None:
        """What readers see now beside what would go live; None where nothing would."""
        article, version = self.obj.article, self.obj.version
        if self.obj.state != State.PROPOSED or version is None or article.live_version_id == version.pk:
            return None
        return DeskComparison(article, article.live_version, version)


class ApproveCorrection(DecideOnCorrection):
    """Publish a proposed correction, and the version that belongs to it."""

    name = "approve"
    label = gettext_lazy("Approve and publish")
    explains = gettext_lazy(
        "Readers see this from now on above the article, on the page of corrections and in its feeds."
    )

    def why_not(self):
        return "" if self.obj.state == State.PROPOSED else _("Only a proposed correction is approved.")

    def run(self, given):
        correcting.approve(self.obj, by=self.user)
        if self.obj.version:
            return _("The correction is public, and version %(number)d with it.") % {
                "number": self.obj.version.number
            }
        return _("The correction is public.")


class DeclineCorrection(DecideOnCorrection):
    """Close a draft or a proposal without a correction."""

    name = "decline"
    label = gettext_lazy("Decline")
    form_class = DeclineForm
    explains = gettext_lazy("Readers see nothing of it. It stays in the record with the reason.")

    def why_not(self):
        if self.obj.state in (State.DRAFT, State.PROPOSED):
            return ""
        return _("This correction was decided on already.")

    def run(self, given):
        correcting.decline(self.obj, by=self.user, reason=given["reason"])
        return _("Declined. Nothing is corrected.")


CORRECTION_ACTS = (ApproveCorrection, ProposeDraft, ProposeAnew, DeclineCorrection)
