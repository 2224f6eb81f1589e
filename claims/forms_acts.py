"""What the acts on claims and their places ask: which words, which step, for what reason."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleVersion
from newsroom.core.admin_forms import ActForm, KnownSelect

from . import workflow
from .anchoring import surroundings
from .models import Appearance, Claim, Placement
from .receivers import FIELDS, field_text

WIDE = forms.TextInput(attrs={"class": "vLargeTextField", "dir": "auto"})
Work = Claim.Work

# Signs that a keyboard writes otherwise than a printer: one stands for the other when words are looked for.
ALIKE = ['"“”„«»', "'‘’‚ʼ", "-‐‑–—−", "…"]


class ReasonForm(ActForm):
    """One sentence."""

    reason = forms.CharField(label=_("Why"), max_length=300, widget=WIDE)


class NoteForm(ActForm):
    """One sentence that may be left out."""

    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=WIDE)


class MissingForm(ActForm):
    """What a verdict still lacks."""

    note = forms.CharField(
        label=_("What is missing"),
        max_length=500,
        widget=WIDE,
        help_text=_("The fact-checker goes on from here. Readers never see it."),
    )


class CheckingForm(ActForm):
    """What readers are told beside “Being checked”."""

    note = forms.CharField(
        label=_("What we are looking into"),
        max_length=300,
        required=False,
        widget=WIDE,
        help_text=_("Readers see this beside “Being checked”."),
    )


class ReopenForm(ReasonForm):
    """Why a published verdict is looked at again."""

    shown = forms.BooleanField(
        label=_("Readers see “Under review”"),
        required=False,
        help_text=_("The verdict stays beside the words, marked as under review, with the reason above."),
    )


class MatchForm(ActForm):
    """Whether the words make the same claim."""

    match = forms.ChoiceField(
        label=_("The words make"),
        widget=forms.RadioSelect,
        choices=[choice for choice in Appearance.Match.choices if choice[0] != Appearance.Match.SUGGESTED],
    )


class MergeForm(ReasonForm):
    """The other claim that says the same."""

    into = forms.ModelChoiceField(label=_("Into"), queryset=Claim.objects.exclude(work_state=Work.MERGED))

    field_order = ["into", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        use_autocomplete(self.fields["into"], Claim, "merged_into")


class MoveForm(ActForm):
    """The next step of the work, and who does it."""

    to = forms.ChoiceField(label=_("Move to"), widget=forms.RadioSelect)
    assigned_to = forms.ModelChoiceField(
        label=_("Who does it"), queryset=get_user_model().objects.none(), required=False
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        widget=WIDE,
        help_text=_("Required where the claim is not to be checked."),
    )

    def __init__(self, claim: Claim, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(step, Work(step).label) for step in offered_steps(claim)]
        people = get_user_model().objects.filter(is_active=True, is_staff=True).order_by("username")
        self.fields["assigned_to"].queryset = people
        self.initial["assigned_to"] = claim.assigned_to_id

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("to") == Work.ASSIGNED and not given.get("assigned_to"):
            self.add_error("assigned_to", _("Say who checks the claim."))
        if given.get("to") == Work.DECLINED and not given.get("reason"):
            self.add_error("reason", _("Say why: the claim leaves the desk without a verdict."))
        return given


def offered_steps(claim: Claim) -> list[str]:
    """The steps an editor takes by hand, in the order of work; proposing and merging are acts of their own."""
    steps = workflow.MOVES[claim.work_state] - {Work.PROPOSED, Work.MERGED, Work.REOPENED}
    if claim.work_state in (Work.PROPOSED, Work.IN_REVIEW):
        steps -= {Work.RESEARCHING, Work.PUBLISHED}
    if Work.PUBLISHED in steps and not claim.verdicts.published().exists():
        steps -= {Work.PUBLISHED}
    return [step for step in Work.values if step in steps]


class PlaceForm(ActForm):
    """The printed words that make a claim: article, field, and the words exactly as they stand there.

    After `is_valid`, `version`, `span` and the cleaned role say where the claim is placed. Where the words stand
    more than once the form asks which place is meant.
    """

    article = forms.ModelChoiceField(label=_("Article"), queryset=Article.objects.none())
    field = forms.ChoiceField(
        label=_("They stand in"),
        choices=Placement.Field.choices,
        widget=forms.RadioSelect,
        initial=Placement.Field.BODY,
    )
    words = forms.CharField(
        label=_("The words, as printed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField", "dir": "auto"}),
        help_text=_("Copy them from the article. Readers see them underlined once the claim is public."),
    )
    role = forms.ChoiceField(
        label=_("What the article does with the claim"),
        choices=Appearance.Role.choices,
        help_text=_("A denial of a false claim is never marked false."),
    )
    which = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, claim: Claim, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.claim = claim
        self.fields["article"].queryset = Article.objects.select_related("live_version", "latest_version")
        use_autocomplete(self.fields["article"], Appearance, "article")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors:
            self.version = workflow.working_version(given["article"])
            self.find(given["field"], given["words"], given["which"])
        return given

    def find(self, field: str, words: str, which: str) -> None:
        """Settle the one span that is meant, or say what stands in the way."""
        found = workflow.occurrences(self.version, field, words)
        if not found:
            self.add_error("words", advice(self.version, field, words))
        elif len(found) == 1:
            self.span = found[0]
        else:
            self.ask_which(field, found, which)
        if not self.errors and self.stands_there(field):
            self.add_error("words", _("This claim stands on these words already."))

    def ask_which(self, field: str, found: list[tuple[int, int]], which: str) -> None:
        """Several places hold the words: take the one chosen, or show them all."""
        spans = {f"{self.version.number}.{start}.{end}": (start, end) for start, end in found}
        choices = [(key, self.around(field, span)) for key, span in spans.items()]
        self.fields["which"] = forms.ChoiceField(
            label=_("Which of them"), choices=choices, widget=forms.RadioSelect, required=False
        )
        self._bound_fields_cache.pop("which", None)
        if which in spans:
            self.span = spans[which]
        else:
            message = _("These words stand there %(count)d times. Choose the place that is meant.")
            self.add_error("which", message % {"count": len(found)})

    def around(self, field: str, span: tuple[int, int]) -> str:
        text = field_text(self.version, field)
        before, after = surroundings(text, *span)
        return format_html("… {}<b>{}</b>{} …", before, text[span[0] : span[1]], after)

    def stands_there(self, field: str) -> bool:
        start, end = self.span
        return (
            Placement.objects.standing()
            .filter(appearance__claim=self.claim, version=self.version, field=field, start=start, end=end)
            .exists()
        )


def advice(version: ArticleVersion, field: str, words: str) -> str:
    """Why the words were not found, and what to do: another field has them, or they are printed a little otherwise."""
    for other in FIELDS:
        if other != field and workflow.occurrences(version, other, words):
            return _("These words stand in another part: choose “%(field)s”.") % {
                "field": Placement.Field(other).label
            }
    for each in (field, *FIELDS):
        if printed := printed_otherwise(field_text(version, each), words):
            return _("Printed there (%(field)s): “%(words)s”. Copy the words from the article.") % {
                "field": Placement.Field(each).label,
                "words": printed,
            }
    return _("These words do not stand in version %(number)s of this article. Copy them from its page.") % {
        "number": version.number
    }


def printed_otherwise(text: str, words: str) -> str:
    """The passage that differs from the words in case, white space, quotes or dashes alone; empty where none does."""
    pieces = []
    for character in words:
        alike = next((group for group in ALIKE if character in group), "")
        if character.isspace():
            pieces.append(r"\s+" if pieces[-1:] != [r"\s+"] else "")
        else:
            pieces.append(f"[{re.escape(alike)}]" if alike else re.escape(character))
    found = re.search("".join(pieces), text, re.IGNORECASE) if pieces else None
    return found.group() if found else ""


def use_autocomplete(field: forms.ModelChoiceField, model: type, name: str) -> None:
    """Let the field be searched for, as the admin does for the model's foreign key of that name."""
    field.widget = KnownSelect(model._meta.get_field(name), admin.site)
    field.widget.choices = field.choices
    field.widget.is_required = field.required
