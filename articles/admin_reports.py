"""Readers' reports at the desk: what is said to be wrong, where, by whom while that is kept, and what became of it."""

import re

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.core.admin_base import ReadOnlyAdmin, person
from newsroom.core.admin_panels import Panel, short
from newsroom.core.hygiene import visible

from . import editing, reporting
from .admin_columns import NamesItsArticle
from .admin_report_acts import REPORT_ACTS
from .models import Report
from .models.reports import RECEIPT

ANSWERS = "articles.answer_report"


@admin.register(Report)
class ReportAdmin(NamesItsArticle, ReadOnlyAdmin):
    """Reports of readers. Acts write them; who sent one is shown to those who answer, as long as it is kept."""

    acts = REPORT_ACTS
    refusals = (editing.EditingRefused,)
    verbs = {
        "report.receive": gettext_lazy("Received"),
        "report.take": gettext_lazy("Looked into"),
        "report.correct": gettext_lazy("Correction begun"),
        "report.answer": gettext_lazy("Answered"),
        "report.group": gettext_lazy("Put with others, or taken from them"),
        "report.spam": gettext_lazy("Closed as spam"),
        "report.not-spam": gettext_lazy("Taken for no spam"),
        "report.forget": gettext_lazy("What the reader typed was deleted"),
    }
    list_display = ["title", "article_title", "state", "waiting", "same", "taker"]
    list_filter = ["state", "outcome"]
    list_select_related = ["article", "taken_by"]
    page_related = (
        "article__outlet",
        "version",
        "reader",
        "correction",
        "taken_by",
        "closed_by",
    )
    search_fields = ["article__headline"]
    search_help_text = gettext_lazy("Words of the article as it stands now, or a receipt number.")
    ordering = ["-id"]

    taker = person("taken_by", gettext_lazy("looked into by"))
    closer = person("closed_by", gettext_lazy("closed by"))

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if not request.resolver_match or not request.resolver_match.url_name.endswith("_changelist"):
            return rows
        group = Report.objects.filter(group=OuterRef("group")).order_by().values("group")
        return rows.annotate(same_thing=Subquery(group.annotate(count=Count("pk")).values("count")))

    def get_search_results(self, request, queryset, search_term):
        word = search_term.strip().lower()
        if re.fullmatch(RECEIPT, word):
            return queryset.filter(receipt=word), False
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request, extra_context=None):
        """Whoever opens the list sees nothing that should be forgotten by now."""
        if self.has_view_permission(request):
            reporting.forget_readers()
        return super().changelist_view(request, extra_context)

    def get_fields(self, request, obj=None):
        fields = ["as_read", "said"]
        if obj is None:
            return fields
        if request.user.has_perm(ANSWERS):
            fields.append("sent_by")
        fields += ["kept", "article_title", "state", "receipt", "received_at"]
        fields += ["taker"] if obj.taken_by_id else []
        fields += ["led_to"] if obj.correction_id else []
        fields += ["outcome", "answer"] if obj.outcome else []
        return [*fields, "closer", "closed_at"] if obj.closed_at else fields

    # Columns

    @admin.display(description=gettext_lazy("what is meant"))
    def title(self, report: Report) -> str:
        if not report.exact:
            return meant(report)
        return format_html('<bdi lang="{}">“{}”</bdi>', report.article.language, meant(report))

    @admin.display(description=gettext_lazy("came"), ordering="id")
    def waiting(self, report: Report) -> str:
        return _("%(time)s ago") % {"time": timesince(report.received_at, timezone.now(), depth=1)}

    @admin.display(description=gettext_lazy("reports of it"))
    def same(self, report: Report) -> int:
        return report.same_thing

    # The page

    @admin.display(description=gettext_lazy("what is meant"))
    def as_read(self, report: Report) -> str:
        passage = reporting.passage_of(report) if report.field else None
        return render_to_string("admin/articles/_report_as_read.html", {"report": report, "passage": passage})

    @admin.display(description=gettext_lazy("what the reader says"))
    def said(self, report: Report) -> str:
        reader = getattr(report, "reader", None)
        if reader is None:
            return _("Deleted, as the reader was told.")
        return format_html('<span class="said" dir="auto">{}</span>', linebreaksbr(visible(reader.wrong)))

    @admin.display(description=gettext_lazy("sent by"))
    def sent_by(self, report: Report) -> str:
        reader = getattr(report, "reader", None)
        known = [visible(each) for each in (reader.name, reader.email) if each] if reader else []
        return ", ".join(known) or _("not known")

    @admin.display(description=gettext_lazy("what was typed is deleted on"))
    def kept(self, report: Report) -> str:
        reader = getattr(report, "reader", None)
        return date_format(reader.kept_until, "DATE_FORMAT") if reader else _("deleted")

    @admin.display(description=gettext_lazy("led to the correction"))
    def led_to(self, report: Report) -> str:
        address = reverse("admin:articles_correction_change", args=[report.correction_id])
        said = f"{report.correction.get_kind_display()}, {report.correction.get_state_display()}"
        return format_html('<a href="{}">{}</a>', address, said)

    def public_address(self, obj):
        return obj.get_absolute_url()

    def panels(self, request, obj):
        others = Report.objects.filter(article=obj.article_id).exclude(pk=obj.pk).select_related("reader")
        same, more_same = short(others.filter(group=obj.group).order_by("-id"), report_line)
        rest, more = short(others.exclude(group=obj.group).order_by("-id"), report_line)
        listing = f"{reverse('admin:articles_report_changelist')}?article__id__exact={obj.article_id}"
        columns = [_("What is meant"), _("What the reader says"), _("State"), _("Came")]
        way = (_("All reports on this article"), listing)
        return [
            Panel(
                title=_("Reports of the same thing"),
                explains=_("One answer can go to all of them."),
                columns=columns,
                rows=same,
                empty=_("None."),
                more=way if more_same else None,
            ),
            Panel(
                title=_("Other reports on this article"),
                columns=columns,
                rows=rest,
                empty=_("None."),
                more=way if more else None,
            ),
        ]


def meant(report: Report) -> str:
    """The words that a report means, for a line of a list."""
    return Truncator(report.quoted).chars(90) if report.exact else _("The whole article")


def report_line(report: Report) -> list:
    reader = getattr(report, "reader", None)
    return [
        (meant(report), reverse("admin:articles_report_change", args=[report.pk])),
        Truncator(visible(reader.wrong)).chars(160) if reader else "",
        report.get_state_display(),
        date_format(report.received_at, "DATE_FORMAT"),
    ]
