"""What the address of a history asks for: two versions to compare, or what changed since a day or a version."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .filters import EARLIEST, LATEST, DayInput, Problem, quoted
from .history import Edition, History


class EditionField(forms.TypedChoiceField):
    """The number of a version that readers may read; any other does not exist."""

    def __init__(self, history: History, **kwargs):
        choices = [(edition.number, edition.number) for edition in history.editions]
        super().__init__(choices=choices, coerce=lambda given: history.by_number[int(given)], **kwargs)
        known = ", ".join(str(number) for number, _name in choices[-20:])
        self.error_messages["invalid_choice"] = _("Choose one of the versions %(known)s.") % {"known": known}


NO_DAY = gettext_lazy("Write a day, such as 2020-04-07, or the number of a version.")


class HistoryAddress(forms.Form):
    """The parameters of a history's address, read to the letter: see `problems`. Empty ones count as not given."""

    since = forms.CharField(required=False, label=gettext_lazy("What changed since"), widget=DayInput())

    def __init__(self, data: QueryDict, history: History):
        super().__init__(data)
        self.history = history
        for name, label in (("old", _("Compare version")), ("new", _("with version"))):
            self.fields[name] = EditionField(history, required=False, empty_value=None, label=label)

    def clean_since(self) -> Edition | None:
        """The version that readers saw when that day began, the first one where they saw none yet."""
        given = self.cleaned_data["since"]
        if not given:
            return None
        if given.isascii() and given.isdecimal():
            return self.fields["old"].clean(given)
        return self.history.seen_at(self.beginning_of(given))

    def beginning_of(self, given: str) -> datetime:
        """When that day began here. Raise ValidationError for what is no day, and for one that has not come."""
        try:
            day = date.fromisoformat(given)
        except ValueError as error:
            raise ValidationError(NO_DAY) from error
        if not EARLIEST <= day <= LATEST or given != day.isoformat():
            raise ValidationError(NO_DAY)
        began = timezone.make_aware(datetime.combine(day, time()))
        if began > self.history.at:
            raise ValidationError(_("That day has not come yet."))
        return began

    def clean(self) -> dict:
        asked = super().clean()
        if "since" in asked and asked["since"] and (asked.get("old") or asked.get("new")):
            self.add_error("since", _("Ask either for two versions or for what changed since, not for both."))
        if asked.get("old") and asked.get("old") == asked.get("new"):
            self.add_error("new", _("That is the same version. Choose two that differ."))
        return asked

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything in the address that the history cannot answer."""
        return [*self._not_understood(), *self._unreadable()]

    def _not_understood(self) -> Iterator[Problem]:
        for name in self.data:
            if name not in self.fields:
                message = _("A history knows nothing of the kind. It knows: %(known)s.")
                yield Problem(quoted(name), message % {"known": ", ".join(self.fields)})
            elif len(self.data.getlist(name)) > 1:
                yield Problem(name, _("It stands in the address more than once. Write it once."))

    def _unreadable(self) -> Iterator[Problem]:
        for name, errors in self.errors.items():
            for message in errors:
                yield Problem(f"{name}: “{quoted(self.data.get(name, ''))}”", str(message))

    @property
    def pair(self) -> tuple[Edition, Edition] | None:
        """The two versions to compare, older first; the last two where nothing is asked; None where there is one."""
        asked = self.cleaned_data
        if asked["since"]:
            return asked["since"], self.history.current
        old, new = asked["old"], asked["new"] or self.history.current
        old = old or self.history.before(new)
        return tuple(sorted((old, new), key=lambda edition: edition.number)) if old else None

    @property
    def title(self) -> str:
        """What the comparison is called, where it is one with what readers see now."""
        given = self.cleaned_data["since"] and self.data["since"]
        if not given:
            return ""
        if given.isdecimal():
            return _("What changed since version %(number)s") % {"number": given}
        return _("What changed since %(day)s") % {"day": date_format(date.fromisoformat(given), "j F Y")}
