"""What the claim's page at the desk asks: a verdict, evidence with its source, a second person's decision."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import ArticleVersion
from newsroom.core.admin_forms import ActForm

from .forms import MAX_FINDING_WORDS, WIDE, EvidenceForm, VerdictForm, lines
from .forms_acts import use_autocomplete
from .models import Claim, Evidence, Placement, Source, Verdict

NAMED_KINDS = [choice for choice in Source.Kind.choices if choice[0] != Source.Kind.ANONYMOUS]


def day(**attributes) -> forms.DateInput:
    """A day, as the browser's own calendar gives it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attributes})


class ClaimVerdictForm(VerdictForm):
    """A verdict as it is written beside its claim, while it is a draft."""

    prefix = "verdict"

    class Meta(VerdictForm.Meta):
        fields = [
            "rating",
            "qualifier",
            "finding",
            "as_of",
            "explanation",
            "known",
            "unknown",
            "would_settle",
            "clash_words",
            "clash_against",
            "clash_version",
        ]
        widgets = {
            **VerdictForm.Meta.widgets,
            "rating": forms.RadioSelect,
            "finding": forms.Textarea(attrs={"rows": 3, **WIDE, "data-most-words": MAX_FINDING_WORDS}),
            "explanation": lines(6),
            "known": lines(2),
            "unknown": lines(2),
            "would_settle": lines(2),
            "as_of": day(),
        }

    def __init__(self, claim: Claim, *args, **kwargs):
        kwargs.setdefault("instance", Verdict(claim=claim))
        super().__init__(*args, **kwargs)
        self.claim = claim
        # The step the draft was at when this post came in: another window may have proposed it.
        self.begun_from = self.instance.publication_state
        if self.instance.pk is None:
            self.initial["as_of"] = timezone.localdate()
        versions = ArticleVersion.objects.select_related("article")
        self.fields["clash_version"].queryset = versions
        use_autocomplete(self.fields["clash_version"], Verdict, "clash_version")
        self.tell_widgets()

    @property
    def mentions_clash(self) -> bool:
        """Whether anything of a clash was written, or is wrong."""
        names = ("clash_words", "clash_against", "clash_version")
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def rating_as_read(self) -> str:
        """The hidden value that the editor read, as other fields carry it beside their control."""
        carried = self.fields["rating"].show_hidden_initial
        return self["rating"].as_hidden(only_initial=True) if carried else ""

    def clean_clash_words(self) -> str:
        """The phrase is part of what was printed of this claim: readers see it set against the other."""
        words = self.cleaned_data["clash_words"]
        placed = Placement.objects.filter(appearance__claim=self.claim).exclude(exact="")
        if words and placed.exists() and not placed.filter(exact__contains=words).exists():
            raise forms.ValidationError(
                _(
                    "“%(words)s” is no part of the words on which this claim stands. Copy it from a place of the claim."
                )
                % {"words": words}
            )
        return words

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        making = self.claim.verdicts.filter(publication_state__in=["draft", "proposed"])
        if self.instance.pk is None and (other := making.select_related("proposed_by").first()):
            raise forms.ValidationError(
                _("%(who)s began verdict %(number)s on this claim meanwhile. One is in the making at a time.")
                % {"who": other.proposed_by, "number": other.number}
            )
        return given

    def as_typed(self) -> Verdict:
        """The verdict as far as it is written, for looking at: nothing of it is checked to the end or saved."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        typed = Verdict(
            claim=self.claim, rating=given.get("rating"), clash_version=given.get("clash_version")
        )
        for name in ("finding", "qualifier", "clash_words", "clash_against"):
            setattr(typed, name, str(given.get(name, self[name].value()) or "").strip())
        return typed


class ClaimEvidenceForm(EvidenceForm):
    """A piece of evidence as it is added from its claim's page; its source is searched for, or entered with it."""

    prefix = "evidence"

    source_name = forms.CharField(
        label=_("or a new one, by name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=WIDE),
        help_text=_(
            "Entered as a source of its own. One that is not named is entered on the page of sources."
        ),
    )
    source_kind = forms.ChoiceField(
        label=_("which is"), choices=[("", "---------"), *NAMED_KINDS], required=False
    )

    class Meta(EvidenceForm.Meta):
        fields = ["stance", "title", "quote", "source", "url", "locator", "level", "level_reason", "origin"]
        fields += ["published_on", "accessed_on"]
        widgets = {
            **EvidenceForm.Meta.widgets,
            "stance": forms.RadioSelect,
            "level": forms.RadioSelect,
            "quote": lines(3),
            "url": forms.URLInput(attrs={"class": "vLargeTextField", "dir": "ltr"}),
            "published_on": day(),
            "accessed_on": day(),
        }

    def __init__(self, *args, may_enter_sources: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("stance", "level"):
            self.fields[name].choices = Evidence._meta.get_field(name).choices
        self.fields["source"].required = False
        use_autocomplete(self.fields["source"], Evidence, "source")
        if not may_enter_sources:
            del self.fields["source_name"], self.fields["source_kind"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.check_source(given)
        if not given.get("url") and not given.get("locator") and "url" not in self.errors:
            self.add_error("url", _("Give an address, or say below where it is found."))
        if given.get("level") == Evidence.Level.SECONDARY and not given.get("level_reason"):
            self.add_error("level_reason", _("Say why this is secondary evidence."))
        return given

    def check_source(self, given: dict[str, Any]) -> None:
        """One source, known or new, never both."""
        name, known = given.get("source_name", ""), given.get("source")
        if "source" in self.errors or "source_name" in self.errors:
            return
        if name and known:
            self.add_error("source_name", _("Choose a source, or enter a new one: not both."))
        elif not name and not known:
            self.add_error("source", _("Say whose words or record this is."))
        elif name and Source.objects.filter(name__iexact=name).exists():
            self.add_error("source_name", _("“%(name)s” is known already: choose it above.") % {"name": name})
        elif name and not given.get("source_kind"):
            self.add_error("source_kind", _("Say what kind of source this is."))


class DecisionForm(ActForm):
    """What a second person says of a proposed verdict: a note on approving, what is missing on sending it back."""

    prefix = "decision"

    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, **WIDE}),
        help_text=_(
            "On approving, what you checked, if you like. On sending back, what is missing. Readers never see it."
        ),
    )

    def __init__(self, *args, sends_back: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.sends_back = sends_back

    def clean_note(self) -> str:
        note = self.cleaned_data["note"]
        if self.sends_back and not note.strip():
            raise forms.ValidationError(_("Say what is missing, so that the fact-checker can go on."))
        return note
