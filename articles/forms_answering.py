"""What is asked of whoever answers a reader, or says which reports are about the same thing."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_forms import ActForm
from newsroom.core.hygiene import is_blank, visible

from .models import Correction, Report
from .models.reports import MAX_ANSWER, OPEN

OFFERED = 50


def line_of(report: Report) -> str:
    """A report as something to choose: its receipt, the words it means, and what the reader says while that is kept."""
    reader = getattr(report, "reader", None)
    said = [report.receipt, f"“{report.quoted}”" if report.exact else "", reader.wrong if reader else ""]
    return Truncator(visible(" ".join(each for each in said if each))).chars(160)


def open_reports(report: Report):
    """The other open reports on the article, newest first."""
    others = Report.objects.filter(article=report.article_id, state__in=OPEN).exclude(pk=report.pk)
    return others.select_related("reader", "correction").order_by("-id")[:OFFERED]


class SomeReports(forms.TypedMultipleChoiceField):
    """Reports that the page showed; one that was answered meanwhile is no choice any more."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, reports: list[Report], **kwargs):
        keys = {str(report.pk): report for report in reports}
        choices = [(key, line_of(report)) for key, report in keys.items()]
        super().__init__(choices=choices, coerce=keys.__getitem__, empty_value=[], required=False, **kwargs)
        self.error_messages["invalid_choice"] = _(
            "Somebody closed one of them just now. Load the page again."
        )


class AnswerForm(ActForm):
    """What came of a report, in the words that its reader will read."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"), choices=Report.Outcome.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=MAX_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField", "dir": "auto"}),
        help_text=gettext_lazy("Whoever has the receipt reads this, and nobody else. It is never changed."),
    )

    def __init__(self, report: Report, data=None, **kwargs):
        super().__init__(data, **kwargs)
        if report.correction is None:
            self.fields["correction"] = corrections_of(report)
        same = [other for other in open_reports(report) if other.group == report.group]
        if same:
            label = _("Answer these reports of the same thing too")
            self.fields["others"] = SomeReports(same, label=label)
            self.initial.setdefault("others", [str(other.pk) for other in same])

    def clean_answer(self) -> str:
        """Invisible characters answer nobody."""
        if is_blank(self.cleaned_data["answer"]):
            raise forms.ValidationError(_("Write what the reader is told."))
        return self.cleaned_data["answer"]

    def columns(self) -> dict[str, Any]:
        """What was given, as `reporting.answer` takes it."""
        given = self.cleaned_data
        return {
            "outcome": given["outcome"],
            "words": given["answer"],
            "correction": given.get("correction"),
            "others": given.get("others", []),
        }


def corrections_of(report: Report) -> forms.TypedChoiceField:
    """The public corrections of the article, of which one may be what came of the report."""
    public = Correction.objects.filter(article=report.article_id, state=Correction.State.PUBLISHED)
    found = {str(row.pk): row for row in public.order_by("-id")[:OFFERED]}
    return forms.TypedChoiceField(
        label=_("Correction that came of it"),
        choices=[
            ("", "---"),
            *((key, Truncator(f"{row.number}: {row.why}").chars(90)) for key, row in found.items()),
        ],
        coerce=found.__getitem__,
        empty_value=None,
        required=False,
        help_text=_("The reader is led to it."),
    )


class SameAsForm(ActForm):
    """Which other report is about the same thing."""

    def __init__(self, report: Report, data=None):
        super().__init__(data)
        found = {str(row.pk): row for row in open_reports(report) if row.group != report.group}
        self.fields["other"] = forms.TypedChoiceField(
            label=_("The same thing as"),
            choices=[(key, line_of(row)) for key, row in found.items()],
            coerce=found.__getitem__,
            widget=forms.RadioSelect,
        )
