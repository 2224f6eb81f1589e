"""Removing words at the desk: choose them, see every place, propose, approve as a second person, decline."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_acts import Act

from . import access, redacting
from .forms_redactions import ApproveRemovalForm, ChooseWordsForm, DeclineRemovalForm, TickPlacesForm
from .models import Redaction
from .redaction_places import places_of
from .text import render_blocks

State = Redaction.State
RIGHT = "articles.redact_articleversion"


class RemoveWords(Act):
    """Begin a removal on a version's page."""

    name = "remove-words"
    label = gettext_lazy("Remove words by order")
    permission = RIGHT
    template = "admin/articles/remove_words.html"
    explains = gettext_lazy(
        "For a court or an authority, or to protect somebody: this takes printed words out of the archive for good. "
        "Nothing is removed yet. The next page shows every place where the words stand; then somebody else must "
        "approve."
    )

    def form(self, data=None):
        self.asked = ChooseWordsForm(self.obj, data)
        return self.asked

    def context(self):
        return {"version": self.obj, "article": self.obj.article, "blocks": render_blocks(self.obj.body)}

    def run(self, given) -> str:
        self.begun = redacting.begin(
            self.obj, self.asked.spans, order=given["order"], reason=given["reason"], by=self.user
        )
        return _("Every place was looked for. Tick where the words go, and propose.")

    def after(self) -> str:
        return reverse("admin:articles_redaction_act", args=[self.begun.pk, "propose"])


class OnRemoval(Act):
    """An act on a removal; its page shows every place."""

    permission = RIGHT
    template = "admin/articles/redaction_act.html"

    @property
    def places(self):
        if not hasattr(self, "shown"):
            self.shown = places_of(self.obj)
        return self.shown

    def context(self):
        return {"redaction": self.obj, "places": self.places}


class ProposeRemoval(OnRemoval):
    """Say where the words go, and lay it before somebody else."""

    name = "propose"
    label = gettext_lazy("Propose the removal")
    explains = gettext_lazy(
        "Nothing is removed until somebody else approves. What is not ticked stays, and they see that."
    )

    def why_not(self):
        return "" if self.obj.state == State.DRAFT else _("This removal was proposed already: it is frozen.")

    def form(self, data=None):
        return TickPlacesForm(self.places, data)

    def run(self, given) -> str:
        redacting.propose(self.obj, set(given.get("places", ())), by=self.user)
        return _("Proposed. Somebody else must approve it now.")


class ApproveRemoval(OnRemoval):
    """Carry a proposal out."""

    name = "approve"
    label = gettext_lazy("Approve and remove the words")
    explains = gettext_lazy(
        "The words go now, at every place in the first list, and cannot be brought back. Read the whole list first."
    )

    def why_not(self):
        return "" if self.obj.state == State.PROPOSED else _("Only a proposed removal is carried out.")

    def barred(self):
        return access.why_not_approve_redaction(self.user, self.obj)

    def form(self, data=None):
        return ApproveRemovalForm(data, initial={"seen": self.obj.places_sha256})

    def run(self, given) -> str:
        redacting.approve(self.obj, given["seen"], by=self.user)
        return _("The words are removed. What could not be cleaned is told on this page.")


class DeclineRemoval(OnRemoval):
    """Close a draft or a proposal: nothing is removed."""

    name = "decline"
    label = gettext_lazy("Decline")
    form_class = DeclineRemovalForm
    explains = gettext_lazy("Nothing is removed. It stays in the record with the reason.")

    def why_not(self):
        if self.obj.state in (State.DRAFT, State.PROPOSED):
            return ""
        return _("This removal was decided on already.")

    def run(self, given) -> str:
        redacting.decline(self.obj, by=self.user, reason=given["reason"])
        return _("Declined. Nothing is removed.")


REDACTION_ACTS = (ProposeRemoval, ApproveRemoval, DeclineRemoval)
