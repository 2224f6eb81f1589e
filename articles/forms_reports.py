"""What is asked of a reader who reports an error."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.core import public_forms
from newsroom.core.admin_forms import CleanTextMixin
from newsroom.core.hygiene import is_blank

from .models.reports import MAX_NAME, MAX_WRONG
from .passages import Passage, around, fields_shown, passages
from .report_address import ReportAddress

KIND = "report"
MAX_WORDS = 2000
# A form that stood open longer is shown once more, with everything typed; nobody fills one in faster than the other.
LONGEST_OPEN, SHORTEST = timedelta(hours=24), timedelta(seconds=2)
# Places among which a reader is asked to choose.
MOST_OFFERED = 10


class ReportForm(CleanTextMixin, forms.Form):
    """A reader's report on the version, and perhaps on the passage, that the address names.

    After `is_valid`, `passage` is what is meant (None for the whole article) and `ticket` the showing of the form.
    `stranger` says why nothing was even read that came from elsewhere.
    """

    stranger = ""

    words = forms.CharField(
        label=_("Which words are wrong?"),
        max_length=MAX_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_(
            "Copy them from the article. Leave this empty if you mean all of it, or what is missing."
        ),
    )
    wrong = forms.CharField(
        label=_("What is wrong, and how do you know?"),
        max_length=MAX_WRONG,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("At most 3,000 characters. An address where we can check it helps."),
    )
    name = forms.CharField(
        label=_("Your name, if you like"),
        max_length=MAX_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if we may ask you something"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty: it is there for programs that fill in every field"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    ticket = forms.CharField(max_length=400, widget=forms.HiddenInput, required=False)

    def __init__(self, address: ReportAddress, data=None):
        super().__init__(data, label_suffix="")
        self.article, self.version, self.passage = address.article, address.version, address.passage
        self.about = (KIND, str(self.article.uid), self.version.number)
        self.ticket: public_forms.Ticket | None = None
        if self.passage:
            del self.fields["words"]
        if not self.is_bound:
            self.initial["ticket"] = public_forms.issue(self.about)

    def read_ticket(self) -> public_forms.Ticket | None:
        """The ticket that came with the form, however old; None where it is none for this article and version."""
        try:
            return public_forms.read(self.data.get("ticket", ""), self.about)
        except public_forms.BadTicket:
            return None

    def clean_wrong(self) -> str:
        """Invisible characters report nothing."""
        if is_blank(self.cleaned_data["wrong"]):
            raise forms.ValidationError(_("Say what is wrong."))
        return self.cleaned_data["wrong"]

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Nothing was sent: this field must stay empty."))
        return ""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.check_ticket()
        if given.get("words"):
            self.find(given["words"])
        return given

    def check_ticket(self) -> None:
        """Refuse a form that stood open too long, was sent by no hand, or was made for something else."""
        self.ticket = self.read_ticket()
        if self.ticket is None or self.ticket.age > LONGEST_OPEN:
            self.renew()
            self.add_error(
                None,
                _(
                    "This form stood open too long, so here is a fresh one. What you typed is kept: send it again."
                ),
            )
        elif self.ticket.age < SHORTEST:
            self.add_error(None, _("That was too fast for us. Wait a moment and send it again."))

    def renew(self) -> None:
        """A fresh ticket in the form that is shown again."""
        self.data = self.data.copy()
        self.data["ticket"] = public_forms.issue(self.about)

    def find(self, words: str) -> None:
        """Settle the one passage that is meant, or say what stands in the way."""
        places = passages(self.version, words, fields_shown(self.article))
        if len(places) == 1:
            self.passage = places[0]
        elif len(places) > MOST_OFFERED:
            message = _(
                "These words stand there more than %(count)d times. Copy more of the words around them."
            )
            self.add_error("words", message % {"count": MOST_OFFERED})
        elif places:
            self.ask_which(places)
        else:
            self.add_error("words", NOT_SHOWN if len(fields_shown(self.article)) == 1 else NOT_FOUND)

    def ask_which(self, places: list[Passage]) -> None:
        """Several places hold the words: take the one chosen, or show them."""
        keys = {place.key: place for place in places}
        self.fields["place"] = forms.ChoiceField(
            label=_("Which of them?"),
            choices=[(key, around(place)) for key, place in keys.items()],
            widget=forms.RadioSelect,
            required=False,
        )
        self.passage = keys.get(self.data.get("place", ""))
        if self.passage is None:
            message = _("These words stand there %(count)d times. Choose the place that you mean.")
            self.add_error("place", message % {"count": len(places)})


NOT_FOUND = _(
    "These words do not stand in one paragraph of this version. Copy fewer of them from the article, or leave this "
    "empty and say below where it is."
)
NOT_SHOWN = _(
    "These words do not stand in the headline, and the text is not ours to show. Leave this empty and quote them below."
)
