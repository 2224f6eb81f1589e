"""What is asked of whoever proposes a correction, decides on one, or puts a version live."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.core.admin_forms import ActForm
from newsroom.core.hygiene import is_blank

from .forms import LINE, SeenForm
from .models import Article, ArticleVersion, Correction
from .passages import Passage, around, no_passage, passages

WORDS = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField", "dir": "auto"})
# How many versions that readers saw are looked through for words, the newest first.
VERSIONS_SEARCHED = 20


class CorrectionForm(SeenForm):
    """A correction: the words that were printed, the words that stand now, and why.

    After `is_valid`, `columns()` are those of Correction. Where words stand more than once the form asks which place is
    meant. A draft that is only kept may lack what readers would need: `keep`.
    """

    kind = forms.ChoiceField(label=_("What it is"), choices=Correction.Kind.choices)
    was = forms.CharField(
        label=_("What was printed"),
        max_length=2000,
        required=False,
        widget=WORDS,
        help_text=_("Copy the words from the article. Leave it empty for an update or a note on the whole."),
    )
    was_place = forms.CharField(required=False, widget=forms.HiddenInput)
    now = forms.CharField(
        label=_("What stands now"),
        max_length=2000,
        required=False,
        widget=WORDS,
        help_text=_("Copy the words that take their place. Leave it empty where they only went."),
    )
    now_place = forms.CharField(required=False, widget=forms.HiddenInput)
    goes_live = forms.BooleanField(required=False, initial=True)
    why = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField", "dir": "auto"}),
        help_text=_("Readers see this. Say what is right; do not repeat the error more than you must."),
    )
    cause = forms.ChoiceField(
        label=_("What caused the error"), required=False, choices=[("", "---"), *Correction.Cause.choices]
    )
    requested_by = forms.ChoiceField(
        label=_("Asked for by"), choices=Correction.Asked.choices, initial=Correction.Asked.DESK
    )
    spot = forms.ChoiceField(
        label=_("Shown"),
        choices=Correction.Spot.choices,
        initial=Correction.Spot.TOP,
        help_text=_("Where the words that stand now change once more, it is shown above the article."),
    )

    def __init__(self, article: Article, *args, keep: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.article, self.keep = article, keep
        self.live, self.newest = article.live_version, article.latest_version
        self.found: dict[str, Passage | None] = {"was": None, "now": None}
        if self.newest.pk == self.live.pk:
            del self.fields["goes_live"]
        else:
            self.fields["goes_live"].label = _("Version %(number)d goes live with it") % {
                "number": self.newest.number
            }
            self.fields["goes_live"].help_text = _(
                "The whole version, at the moment when somebody else approves. Until then readers see version "
                "%(number)d."
            ) % {"number": self.live.number}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "was" in given:
            self.find("was", self.seen_versions())
        if "now" in given:
            self.find("now", [self.shown_then()])
        if not self.keep:
            self.check_said(given)
        return given

    def check_said(self, given: dict[str, Any]) -> None:
        """What readers would need."""
        if "why" in given and is_blank(given["why"]):
            self.add_error("why", _("Say why: readers see it."))
        if "cause" in given and not given["cause"]:
            self.add_error("cause", _("Choose what caused the error."))
        needs_words = given.get("kind") in (Correction.Kind.CORRECTION, Correction.Kind.CLARIFICATION)
        if needs_words and "was" in given and not given["was"]:
            self.add_error("was", _("Give the words that were printed."))

    @property
    def goes_live_version(self) -> ArticleVersion | None:
        """The version that goes live with the correction; None where no words change."""
        return self.newest if self.cleaned_data.get("goes_live") else None

    def shown_then(self) -> ArticleVersion:
        """The version readers see once the correction is public."""
        return self.goes_live_version or self.live

    def seen_versions(self) -> list[ArticleVersion]:
        """What readers saw, newest first."""
        return list(self.article.versions.public().order_by("-number")[:VERSIONS_SEARCHED])

    def find(self, which: str, versions: list[ArticleVersion]) -> None:
        """Settle the one passage that is meant, or say what stands in the way."""
        words = self.cleaned_data[which]
        if not words:
            return
        places = next((found for each in versions if (found := passages(each, words))), [])
        if not places:
            self.add_error(which, self.not_found(which, versions))
        elif len(places) == 1:
            self.found[which] = places[0]
        else:
            self.ask_which(f"{which}_place", which, places)

    def not_found(self, which: str, versions: list[ArticleVersion]) -> str:
        if which == "was":
            return _(
                "Readers never saw these words in one paragraph of this article. Copy them from its page."
            )
        return _("These words do not stand in one paragraph of version %(number)d. Copy them from there.") % {
            "number": versions[0].number
        }

    def ask_which(self, name: str, which: str, places: list[Passage]) -> None:
        """Several places hold the words: take the one chosen, or show them all."""
        chosen, keys = self.cleaned_data[name], {place.key: place for place in places}
        self.fields[name] = forms.ChoiceField(
            label=_("Which of them"),
            choices=[(key, around(place)) for key, place in keys.items()],
            widget=forms.RadioSelect,
            required=False,
        )
        self._bound_fields_cache.pop(name, None)
        if chosen in keys:
            self.found[which] = keys[chosen]
        else:
            message = _("These words stand there %(count)d times. Choose the place that is meant.")
            self.add_error(name, message % {"count": len(places)})

    def columns(self) -> dict[str, Any]:
        """What was given, as columns of Correction."""
        given = {name: self.cleaned_data[name] for name in ("kind", "why", "cause", "requested_by", "spot")}
        quoted = [
            passage.columns(which) if passage else no_passage(which) for which, passage in self.found.items()
        ]
        return {**given, **quoted[0], **quoted[1], "version": self.goes_live_version}


def given_in(correction: Correction) -> dict[str, Any]:
    """A correction as the form shows it."""
    names = ("kind", "why", "cause", "requested_by", "spot")
    return {name: getattr(correction, name) for name in names} | {
        "was": correction.was_exact,
        "was_place": place_key(correction, "was"),
        "now": correction.now_exact,
        "now_place": place_key(correction, "now"),
    }


def place_key(correction: Correction, which: str) -> str:
    """Where the words stand, as the form posts it; empty where none are quoted."""
    version = getattr(correction, f"{which}_version")
    if version is None:
        return ""
    names = ("field", "start", "end")
    return ":".join([str(version.number), *(str(getattr(correction, f"{which}_{name}")) for name in names)])


class DeclineForm(ActForm):
    """Why nothing is corrected."""

    reason = forms.CharField(
        label=_("Why, or what is missing"),
        max_length=300,
        widget=LINE,
        help_text=_("The desk sees this. Whoever proposed it may propose it anew."),
    )


class UpdateNoteForm(SeenForm):
    """What readers are told of a new version."""

    note = forms.CharField(
        label=_("Update note"),
        max_length=500,
        widget=LINE,
        help_text=_("Readers see it above the article, on the page of corrections and in its feeds."),
    )

    def clean_note(self) -> str:
        """Invisible characters tell readers nothing."""
        if is_blank(self.cleaned_data["note"]):
            raise forms.ValidationError(_("Say what is new: readers see it."))
        return self.cleaned_data["note"]
