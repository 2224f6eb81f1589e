"""What is asked of whoever removes printed words: which ones, by whose order, at which of the places they stand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.core.admin_forms import ActForm

from . import redacting
from .finding import why_unmarkable
from .forms import LINE
from .models import ArticleVersion
from .passages import FIELDS, body_of, field_text
from .phrases import Phrases
from .redaction_places import PlacesShown

WHOLE = {
    "headline": _("The whole headline"),
    "standfirst": _("The whole standfirst"),
    "body": _("The whole text"),
    "dateline": _("The whole dateline"),
    "furniture": _("All lines printed around the article"),
}


class ChooseWordsForm(ActForm):
    """Words of one version. After `is_valid`, `spans` are theirs."""

    words = forms.CharField(
        label=_("The words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField", "dir": "auto"}),
        help_text=_(
            "One line for each, as they stand in the article. Every place at which they stand is found."
        ),
    )
    whole = forms.MultipleChoiceField(
        label=_("Or all of it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(WHOLE.items()),
    )
    order = forms.CharField(
        label=_("Ordered by"),
        max_length=redacting.MAX_ORDER,
        widget=LINE,
        help_text=_("Who asks, and the reference, such as a court and its number. Do not repeat the words."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=redacting.MAX_REASON,
        widget=LINE,
        help_text=_(
            "Readers see it wherever words were removed, such as: court order. Do not repeat the words."
        ),
    )

    def __init__(self, version: ArticleVersion, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.version, self.spans = version, []
        there = [(field, label) for field, label in WHOLE.items() if field_text(version, field)]
        self.fields["whole"].choices = there

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        whole = given.get("whole") or []
        self.spans = [(field, 0, len(field_text(self.version, field))) for field in whole]
        for line in (given.get("words") or "").splitlines():
            if line.strip():
                self.find(line.strip(), whole)
        self.spans = sorted(set(self.spans))
        if not self.spans and not self.errors:
            self.add_error("words", _("Choose the words that are to be removed."))
        return given

    def find(self, line: str, whole: list[str]) -> None:
        """Add every place of the line, or say that there is none."""
        found = [
            (field, hit.start, hit.end)
            for field in redacting.FIELDS
            for hit in Phrases([line]).hits(field_text(self.version, field))
            if hit.whole and self.can_be_chosen(field, hit.start, hit.end)
        ]
        if not found:
            said = _("“%(words)s” does not stand in one paragraph of this version. Copy it from there.")
            self.add_error("words", said % {"words": line})
        self.spans += [span for span in found if span[0] not in whole]

    def can_be_chosen(self, field: str, start: int, end: int) -> bool:
        """Words that are removed by a line stand in one paragraph, and in one cell of a table."""
        return field not in FIELDS or why_unmarkable(body_of(self.version, field), start, end) is None


class TickPlacesForm(ActForm):
    """At which of the places found the words go; those chosen by hand go always."""

    places = forms.TypedMultipleChoiceField(
        label=_("Removed there too"), required=False, widget=forms.CheckboxSelectMultiple, coerce=int
    )

    def __init__(self, shown: PlacesShown, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = [(one.place.pk, one.label) for one in shown.found]
        self.initial["places"] = [one.place.pk for one in shown.found if one.place.removed]
        if not shown.found:
            del self.fields["places"]


class ApproveRemovalForm(ActForm):
    """The hash of the list that the person looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class DeclineRemovalForm(ActForm):
    """Why nothing is removed."""

    reason = forms.CharField(
        label=_("Why, or what is missing"),
        max_length=300,
        widget=LINE,
        help_text=_("The desk sees this. Do not repeat the words."),
    )
