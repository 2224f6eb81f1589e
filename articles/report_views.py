"""Reporting an error: the form, a page of its own without account, cookie or script, and the receipt it leads to."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.core import public_forms

from . import reporting
from .forms_reports import ReportForm
from .models import Article, Report
from .receipts import Receipt
from .report_address import ReportAddress
from .views import PublicArticleView, find_article, gone

TYPED = ("words", "wrong", "name", "email")


class ReportView(PublicArticleView):
    """The form on GET; on POST what came of it: the way to the receipt, or the form again with everything typed."""

    http_method_names = ("get", "head", "post", "options")
    url_name = "articles:report"
    template_name = "articles/report.html"

    def answer(self, request: HttpRequest, article: Article, now: datetime) -> HttpResponse:
        address = ReportAddress(request.GET, article)
        return self.refuse(request, address) if address.problems else self.show(request, ReportForm(address))

    def post(self, request: HttpRequest, number: int, slug: str) -> HttpResponse:
        """Other words in the address change nothing here: what was typed is not sent on its way again."""
        now = timezone.now()
        article = find_article(number)
        if not article.is_public(now):
            return gone(request, article, now)
        address = ReportAddress(request.GET, article)
        if address.problems:
            return self.refuse(request, address)
        if not public_forms.is_own_form(request):
            return self.send_back(request, address)
        return self.take(request, ReportForm(address, request.POST), now)

    def take(self, request: HttpRequest, form: ReportForm, now: datetime) -> HttpResponse:
        """Take the report in, once for each showing of the form."""
        ticket = form.read_ticket()
        if ticket and (known := reporting.made_by(ticket.uid)):
            return to_receipt(known)
        if not form.is_valid():
            return self.show(request, form, status=400)
        try:
            report = reporting.receive(
                form.article,
                form.version,
                passage=form.passage,
                uid=form.ticket.uid,
                sender=public_forms.sender_key(request, reporting.hour_of(now)),
                **{name: form.cleaned_data[name] for name in ("wrong", "name", "email")},
            )
        except reporting.TooMany as refusal:
            return self.show_later(request, form, refusal.seconds)
        return to_receipt(report)

    def show(self, request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "article": form.article,
            "version": form.version,
            "passage": None if "words" in form.fields else form.passage,
            "action": request.get_full_path(),
            "days_after_answer": reporting.KEPT_AFTER_ANSWER.days,
            "kept_at_most": timezone.now() + reporting.KEPT_AT_MOST,
        }
        return private(render(request, self.template_name, context, status=status))

    def show_later(self, request: HttpRequest, form: ReportForm, seconds: int) -> HttpResponse:
        """429: from there so many reports came that this one has to wait. What was typed stays in the form."""
        minutes = -(-seconds // 60)
        message = _(
            "Many reports came from your network within this hour. Send this one again in %(minutes)d minutes."
        )
        form.add_error(None, message % {"minutes": minutes})
        response = self.show(request, form, status=429)
        response["Retry-After"] = str(seconds)
        return response

    def send_back(self, request: HttpRequest, address: ReportAddress) -> HttpResponse:
        """403: the browser does not say that our own page sent this. What another site's page sent is not shown."""
        form = ReportForm(address)
        if not public_forms.came_from(request):
            form.initial |= {name: request.POST.get(name, "") for name in TYPED}
        form.stranger = _(
            "Your browser did not say that this form came from our own page, so nothing was sent."
        )
        return self.show(request, form, status=403)

    def refuse(self, request: HttpRequest, address: ReportAddress) -> HttpResponse:
        """400: the address names a version or a passage that no reader can mean."""
        article = address.article
        messages = [f"{each.parameter} {each.message}".strip() for each in address.problems]
        place = {"number": article.number, "slug": article.slug}
        back = {
            "back": reverse(self.url_name, kwargs=place),
            "back_words": _("Report an error in this article"),
        }
        return render(request, "400.html", {"problems": messages, **back}, status=400)


def private(response: HttpResponse) -> HttpResponse:
    """The page for this reader alone: nobody keeps it, nobody lists it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def to_receipt(report: Report) -> HttpResponse:
    """The page that says what becomes of the report; to be asked for with GET."""
    response = redirect(report)
    response.status_code = 303
    return response


@require_safe
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """How far one report is, for whoever knows its number."""
    found = Receipt.of(receipt, timezone.now())
    if found is None:
        raise Http404
    response = render(request, "articles/receipt.html", {"receipt": found, "report": found.report})
    # The number is the key: it goes to no other page either.
    response["Referrer-Policy"] = "no-referrer"
    return private(response)
