"""What the holder of a receipt reads: how far the report is, the answer, and when what they typed is deleted."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .models import Article, Correction, Report
from .passages import fields_shown


@dataclass
class Receipt:
    """One report as its reader meets it. Nothing that was typed is on it, so that it tells nobody who reported.

    Everything it asks is in the row that `of` reads.
    """

    report: Report
    at: datetime

    @classmethod
    def of(cls, number: str, at: datetime) -> "Receipt | None":
        """The receipt of that number, None where there is none. One query."""
        rows = Report.objects.select_related("article", "version", "correction", "reader")
        found = rows.defer("version__body", "version__body_text", "version__furniture", "reader__wrong")
        report = found.filter(receipt=number).first()
        return cls(report, at) if report else None

    @property
    def article(self) -> Article:
        return self.report.article

    @property
    def article_is_public(self) -> bool:
        return self.article.is_public(self.at)

    @property
    def article_is_gone(self) -> bool:
        """Whether its address tells readers that it was withdrawn."""
        return self.article.state == Article.State.WITHDRAWN

    @property
    def foreign(self) -> bool:
        """Whether the words are in another language than the page around them."""
        return self.article.language != get_language()

    @property
    def words(self) -> str:
        """The printed words that are meant, as far as readers may see them now."""
        shown = self.article_is_public and self.report.field in fields_shown(self.article)
        return self.report.exact if shown else ""

    @property
    def state(self) -> str:
        if self.report.state == Report.State.SPAM:
            return _("Closed without an answer")
        return self.report.get_state_display()

    @property
    def next(self) -> str:
        """What happens now."""
        return {
            Report.State.RECEIVED: _("An editor reads it. When we have found out, the answer stands here."),
            Report.State.LOOKING: _("An editor is finding out. The answer will stand here."),
            Report.State.SPAM: _("We found no error in the article that it is about."),
        }.get(self.report.state, "")

    @cached_property
    def correction(self) -> Correction | None:
        """What was set right because of it, once readers may read that."""
        led_to = self.report.correction
        if led_to is None or led_to.state != Correction.State.PUBLISHED or led_to.published_at > self.at:
            return None
        return led_to if self.article_is_public else None

    @property
    def kept_until(self) -> datetime | None:
        """When what the reader typed goes; None where it is gone."""
        reader = getattr(self.report, "reader", None)
        return reader.kept_until if reader else None
