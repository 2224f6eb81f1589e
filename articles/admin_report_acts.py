"""Acts on readers' reports at the desk: look into one, answer it, correct what it names, put the same together."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.core.admin_acts import Act

from . import access, editing, reporting
from .forms_answering import AnswerForm, SameAsForm
from .models import Correction, Report

State = Report.State


class ReportAct(Act):
    """An act that whoever signed the article leaves to others; its page shows the words and what the reader says."""

    permission = "articles.answer_report"
    template = "admin/articles/report_act.html"

    def barred(self):
        return access.why_not_answer(self.user, self.obj)

    def context(self):
        return {"report": self.obj, "passage": reporting.passage_of(self.obj) if self.obj.field else None}

    def why_not(self):
        return "" if self.obj.is_open else _("This report is closed already.")

    def check(self) -> None:
        """Raise EditingRefused where somebody closed it while the page stood open."""
        if why_not := self.why_not():
            raise editing.EditingRefused(why_not)


class TakeReport(ReportAct):
    """Say that somebody looks into it."""

    name = "take"
    label = gettext_lazy("Look into it")
    explains = gettext_lazy("The reader’s receipt says that an editor is finding out.")

    def why_not(self):
        if self.obj.state == State.LOOKING:
            return _("Somebody looks into it already.")
        return super().why_not()

    def run(self, given):
        reporting.take(self.obj, by=self.user)
        return _("You look into it. The reader’s receipt says so.")


class AnswerReport(ReportAct):
    """Answer the reader, and others who reported the same."""

    name = "answer"
    label = gettext_lazy("Answer")
    explains = gettext_lazy(
        "The answer stands where the reader’s receipt leads. What the reader typed is deleted 90 days later."
    )

    def form(self, data=None):
        if self.why_not():
            return super().form(data)
        self.asked = AnswerForm(self.obj, data, initial=self.given())
        return self.asked

    def given(self) -> dict:
        """What the form begins with: where the correction is public, that it is corrected, and why."""
        led_to = self.obj.correction
        if led_to is None or led_to.state != Correction.State.PUBLISHED:
            return {}
        return {"outcome": Report.Outcome.CORRECTED, "answer": led_to.why}

    def run(self, given):
        self.check()
        columns = self.asked.columns()
        reporting.answer(self.obj, by=self.user, **columns)
        count = 1 + len(columns["others"])
        return ngettext("%(count)d report is answered.", "%(count)d reports are answered.", count) % {
            "count": count
        }


class CorrectReported(ReportAct):
    """Begin a correction with the words that the reader means."""

    name = "correct"
    label = gettext_lazy("Make a correction of it")
    permission = "articles.propose_correction"
    explains = gettext_lazy(
        "A draft is begun with the words that the reader means. Reports of the same thing lead to it. Readers see "
        "nothing of it until somebody else approves it."
    )

    def barred(self):
        return access.why_not_propose(self.user)

    def why_not(self):
        if not reporting.leads_nowhere(self.obj):
            return _("This report led to a correction already.")
        if not self.obj.article.is_public():
            return _("This article is not public: there is nothing to correct.")
        return super().why_not()

    def run(self, given):
        self.begun = reporting.begin_correction(self.obj, by=self.user)
        return _("The draft is begun. Word it and propose it here.")

    def after(self):
        return reverse("admin:articles_correction_act", args=[self.begun.pk, "propose"])


class PutTogether(ReportAct):
    """Say that it is about the same thing as another report."""

    name = "same"
    label = gettext_lazy("The same as another")
    explains = gettext_lazy("Reports of the same thing are answered in one act.")

    def form(self, data=None):
        return super().form(data) if super().why_not() else SameAsForm(self.obj, data)

    def why_not(self):
        if why_not := super().why_not():
            return why_not
        return (
            ""
            if SameAsForm(self.obj).fields["other"].choices
            else _("No other report on this article waits.")
        )

    def run(self, given):
        self.check()
        reporting.put_together(self.obj, given["other"], by=self.user)
        return _("The two are about the same thing.")


class TakeApart(ReportAct):
    """Say that it is about something else than the reports it stands with."""

    name = "apart"
    label = gettext_lazy("Not the same")
    explains = gettext_lazy("The report stands for itself then.")

    def why_not(self):
        if why_not := super().why_not():
            return why_not
        same = Report.objects.filter(group=self.obj.group).exclude(pk=self.obj.pk)
        return "" if same.exists() else _("It stands for itself already.")

    def run(self, given):
        reporting.take_apart(self.obj, by=self.user)
        return _("The report stands for itself.")


class MarkSpam(ReportAct):
    """Close what is no report."""

    name = "spam"
    label = gettext_lazy("Spam")
    explains = gettext_lazy("It is closed without an answer. What was typed is deleted 90 days later.")

    def run(self, given):
        reporting.mark_spam(self.obj, by=self.user)
        return _("Closed as spam.")


class NotSpam(ReportAct):
    """Put it back among those that wait."""

    name = "not-spam"
    label = gettext_lazy("Not spam")
    explains = gettext_lazy("It waits for an answer again.")

    def why_not(self):
        return "" if self.obj.state == State.SPAM else _("This report is not among the spam.")

    def run(self, given):
        reporting.not_spam(self.obj, by=self.user)
        return _("The report waits again.")


REPORT_ACTS = (TakeReport, AnswerReport, CorrectReported, PutTogether, TakeApart, MarkSpam, NotSpam)
