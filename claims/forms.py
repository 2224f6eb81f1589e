"""Forms of the desk of claims: the claim itself, evidence, verdicts, sources."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.forms import SluggedForm, TaggedForm
from newsroom.core.admin_forms import DeskForm

from . import workflow
from .models import Claim, Evidence, Rating, Source, Verdict

MAX_FINDING_WORDS = 25
MAX_COPY = 25 * 1024 * 1024
WIDE = {"class": "vLargeTextField", "dir": "auto"}


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **WIDE})


class SourceForm(SluggedForm):
    """A source."""

    class Meta:
        model = Source
        fields = "__all__"
        widgets = {"aliases": forms.TextInput(attrs=WIDE), "why_anonymous": forms.TextInput(attrs=WIDE)}


class ClaimForm(TaggedForm):
    """A claim: what is asserted, by whom, and why we look at it."""

    class Meta:
        model = Claim
        fields = "__all__"
        widgets = {
            "statement": lines(2),
            "context": lines(4),
            "chosen_because": forms.TextInput(attrs=WIDE),
            "checking_note": forms.TextInput(attrs=WIDE),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if self.instance.pk is None:
            self.initial["slug"] = ""

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or workflow.slug_for(self.data.get(self.add_prefix("statement"), ""))


class EvidenceForm(DeskForm):
    """One piece of evidence."""

    class Meta:
        model = Evidence
        fields = "__all__"
        widgets = {
            "title": forms.TextInput(attrs=WIDE),
            "quote": lines(4),
            "summary": lines(2),
            "level_reason": forms.TextInput(attrs=WIDE),
            "captured": forms.FileInput,
        }

    def clean_url(self) -> str:
        """Readers follow the address from a public page: a page of the web, nothing else."""
        url = self.cleaned_data["url"]
        if url and not url.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(
                _("Give the address of a web page: it begins with https:// or http://.")
            )
        return url

    def clean_captured(self):
        file = self.cleaned_data.get("captured")
        if file and file.size > MAX_COPY:
            raise forms.ValidationError(_("The copy is over 25 MB. Keep the pages that matter."))
        return file

    def hash_of_copy(self) -> str | None:
        """SHA-256 of the copy uploaded with this form; None where none was."""
        if "captured" not in self.changed_data or not self.cleaned_data["captured"]:
            return None
        digest = hashlib.sha256()
        for chunk in self.cleaned_data["captured"].chunks():
            digest.update(chunk)
        return digest.hexdigest()


class VerdictForm(DeskForm):
    """A verdict while it is a draft."""

    class Meta:
        model = Verdict
        fields = "__all__"
        widgets = {
            "qualifier": forms.TextInput(attrs=WIDE),
            "finding": lines(2),
            "explanation": lines(8),
            "known": lines(3),
            "unknown": lines(3),
            "would_settle": lines(3),
            "clash_words": forms.TextInput(attrs=WIDE),
            "clash_against": forms.TextInput(attrs=WIDE),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "rating" in self.fields:
            self.fields["rating"].queryset = Rating.objects.offered()

    def clean_finding(self) -> str:
        finding = self.cleaned_data["finding"]
        count = len(finding.split())
        if count > MAX_FINDING_WORDS:
            raise forms.ValidationError(
                _(
                    "The finding has %(count)d words; %(most)d is the most. It stands in the margin of the text."
                )
                % {"count": count, "most": MAX_FINDING_WORDS}
            )
        return finding

    def clean_claim(self) -> Claim:
        claim = self.cleaned_data["claim"]
        making = claim.verdicts.filter(publication_state__in=["draft", "proposed"]).first()
        if making:
            raise forms.ValidationError(
                _("Verdict %(number)s on this claim is in the making already. Go on with that one.")
                % {"number": making.number}
            )
        return claim

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        version, words = given.get("clash_version"), given.get("clash_against")
        if version and words:
            text = "\n\n".join([version.headline, version.standfirst, version.body_text])
            if words not in text:
                self.add_error(
                    "clash_against",
                    _("“%(words)s” does not stand in that version word for word. Copy it from there.")
                    % {"words": words},
                )
        return given
