"""What the address of a report's form names: the version that the reader saw, and perhaps a passage of it."""

from collections.abc import Iterator
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .filters import Problem, quoted
from .finding import why_unmarkable
from .models import Article, ArticleVersion
from .passages import Passage, body_of, fields_shown

PLACE = ("field", "start", "end")


class WholeNumber(forms.RegexField):
    """A number that is written in one way only."""

    def __init__(self, **kwargs):
        super().__init__(r"\A(?:0|[1-9][0-9]{0,8})\Z", required=False, empty_value=None, **kwargs)
        self.error_messages["invalid"] = _("Write a whole number.")

    def clean(self, value):
        given = super().clean(value)
        return None if given is None else int(given)


class ReportAddress(forms.Form):
    """The parameters of a form's address, read to the letter: see `problems`. They name `version` and `passage`.

    Without any the form is about the version that readers see now, and about no words of it in particular.
    """

    field = forms.ChoiceField(required=False)

    def __init__(self, data: QueryDict, article: Article):
        super().__init__(data)
        self.article, self.version, self.passage = article, article.live_version, None
        self.fields = {"v": WholeNumber(), **self.fields, "start": WholeNumber(), "end": WholeNumber()}
        known = fields_shown(article)
        self.fields["field"].choices = [(name, name) for name in known]
        message = _(
            "Write one of: %(known)s. Of a text that is not ours to show only the headline can be named."
        )
        self.fields["field"].error_messages["invalid_choice"] = message % {"known": ", ".join(known)}

    def clean_v(self) -> ArticleVersion:
        """The version of that number; one that readers never saw does not exist."""
        number, live = self.cleaned_data["v"], self.article.live_version
        if number in (None, live.number):
            return live
        seen = ArticleVersion.objects.public().filter(article=self.article, number=number).first()
        if seen is None:
            raise ValidationError(NO_VERSION)
        seen.article = self.article
        return seen

    def clean(self) -> dict:
        asked = super().clean()
        self.version = asked.get("v", self.version)
        given = [name for name in PLACE if self.data.get(name)]
        if given and not self.errors:
            self.passage = self.find(asked)
        return asked

    def find(self, asked: dict) -> Passage:
        """The passage at the place. Raise ValidationError where no words stand that a reader could mean."""
        if any(asked[name] in (None, "") for name in PLACE):
            raise ValidationError(_("A passage needs field, start and end. Give all three, or none."))
        passage = Passage(self.version, asked["field"], asked["start"], asked["end"])
        refusal = why_unmarkable(body_of(self.version, passage.field), passage.start, passage.end)
        if refusal:
            raise ValidationError(
                _("No words stand from %(start)d to %(end)d: %(why)s")
                % {"start": passage.start, "end": passage.end, "why": refusal}
            )
        return passage

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything in the address that the form cannot take."""
        return [*self._not_understood(), *self._unreadable()]

    def _not_understood(self) -> Iterator[Problem]:
        for name in self.data:
            if name not in self.fields:
                message = _("A report knows nothing of the kind. It knows: %(known)s.")
                yield Problem(quoted(name), message % {"known": ", ".join(self.fields)})
            elif len(self.data.getlist(name)) > 1:
                yield Problem(name, _("It stands in the address more than once. Write it once."))

    def _unreadable(self) -> Iterator[Problem]:
        for name, errors in self.errors.items():
            for message in errors:
                given = self.data.get(name, "")
                yield Problem(f"{name}: “{quoted(given)}”" if name in self.fields else "", str(message))


NO_VERSION = gettext_lazy(
    "Readers never saw a version of this number. Leave it away for the one they see now."
)
