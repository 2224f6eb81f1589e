"""Forms of the admin that know what the editor read: details two people change at once are merged, never lost."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from .hygiene import TextRefused, clean_text

LONGEST_KEY = 18  # digits: fits the 64 bits of a key on both databases


class Overtaken(Exception):
    """Somebody else changed the same details since they were read. `now` holds their present values by field."""

    def __init__(self, now: dict[str, Any]):
        self.now = now
        super().__init__(
            _(
                "Somebody else changed the same details while you were writing. Nothing of yours was saved yet."
            )
        )


def sentence(refusal: Exception) -> str:
    """What a refusal says to the editor."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


class KnownSelect(AutocompleteSelect):
    """An autocomplete whose chosen row is at hand already: a page of thirty rows needs no thirty queries.

    `offered` gives rows, as (key, label), that may be chosen without searching: who has no script can choose these.
    """

    known: models.Model | None = None
    offered: Callable[[], Iterable[tuple[int, str]]] = staticmethod(tuple)

    def optgroups(self, name, value, attr=None):
        chosen = [str(each) for each in value if is_key(each)]
        if self.known is None or [str(self.known.pk)] != chosen:
            groups = super().optgroups(name, chosen, attr)
        else:
            groups = [(None, self.known_options(name), 0)]
        options = groups[0][1]
        for key, label in self.offered():
            if str(key) not in chosen:
                options.append(self.create_option(name, key, label, set(), len(options)))
        return groups

    def known_options(self, name: str) -> list[dict]:
        label = self.choices.field.label_from_instance(self.known)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options.append(self.create_option(name, self.known.pk, label, {str(self.known.pk)}, len(options)))
        return options


def is_key(value: Any) -> bool:
    """Whether a posted value can be a row's key at all. What cannot is the form's error; no database is asked."""
    word = str(value)
    return word.isascii() and word.isdecimal() and len(word) <= LONGEST_KEY


class KnowsItsRows:
    """Mixed into a ModelForm: autocompletes take their chosen row from the instance where it is loaded."""

    def tell_widgets(self) -> None:
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownSelect):
                widget.known = self.instance._state.fields_cache.get(name)


class CleanTextMixin:
    """Mixed into every form of the desk: words pass the archive's text hygiene, line ends come back as they are stored.

    A field with `own_hygiene` is left to its form.
    """

    def _widget_data_value(self, widget, html_name):
        value = super()._widget_data_value(widget, html_name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name, field in self.fields.items():
            if isinstance(self.cleaned_data.get(name), str) and is_plain_text(field):
                self.pass_hygiene(name, isinstance(field.widget, forms.Textarea))

    def pass_hygiene(self, name: str, multiline: bool) -> None:
        try:
            self.cleaned_data[name] = clean_text(self.cleaned_data[name], multiline=multiline).strip()
        except TextRefused as refusal:
            self.add_error(name, str(refusal))


def is_plain_text(field: forms.Field) -> bool:
    return (
        isinstance(field, forms.CharField)
        and not isinstance(field.widget, forms.PasswordInput)
        and not getattr(field, "own_hygiene", False)
    )


class ActForm(CleanTextMixin, forms.Form):
    """What an act asks."""


class DeskInlineForm(CleanTextMixin, KnowsItsRows, forms.ModelForm):
    """One row of an inline."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.tell_widgets()


class DeskFormMixin(CleanTextMixin, KnowsItsRows):
    """A form that carries the values it was made from beside those the editor gives.

    `refusal`, set by the admin after an act was refused, stands as an error over the words the editor typed.
    """

    refusal: Exception | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.tell_widgets()
        if self.instance.pk is not None:
            for name in self.details():
                self.carry_read_value(name)

    def details(self) -> list[str]:
        """The fields of the form that are columns of the row, files apart."""
        columns = {
            field.name
            for field in self._meta.model._meta.concrete_fields
            if field.editable and not isinstance(field, models.FileField)
        }
        return [name for name, field in self.fields.items() if name in columns and not field.disabled]

    def carry_read_value(self, name: str) -> None:
        """Post the value the editor read along with the one they give; a post without it was read just now."""
        if not self.is_bound or self[name].html_initial_name in self.data:
            self.fields[name].show_hidden_initial = True

    def full_clean(self) -> None:
        super().full_clean()
        if self.refusal is not None and self.is_bound:
            self.show_refusal(self.refusal)

    def show_refusal(self, refusal: Exception) -> None:
        """Say what was refused; where others changed the same details, name their values and take them as read."""
        self.add_error(None, sentence(refusal))
        if isinstance(refusal, Overtaken):
            self.data = self.data.copy()
            for name, value in refusal.now.items():
                self.add_error(name, self.says_now(name, value))
                shown = self.fields[name].prepare_value(value)
                self.data[self[name].html_initial_name] = forms.HiddenInput().format_value(shown) or ""

    def says_now(self, name: str, value: Any) -> str:
        field = self.fields[name]
        shown = value
        if isinstance(field, forms.ModelChoiceField) and value is not None:
            shown = field.queryset.filter(pk=value).first()
        return _("This is “%(value)s” now. Save again to put yours in its place.") % {
            "value": _("empty") if shown in (None, "") else shown
        }

    def changed_details(self) -> list[str]:
        """The details the editor changed, compared with what they read."""
        return [name for name in self.details() if name in self.changed_data]

    def changed_elsewhere(self, fresh: models.Model) -> dict[str, Any]:
        """Details that are no longer as this editor read them, with their present values."""
        now = model_to_dict(fresh, self.details())
        return {
            name: now[name]
            for name in now
            if self.fields[name].show_hidden_initial
            and self.fields[name].has_changed(now[name], self.read_value(name))
        }

    def read_value(self, name: str) -> Any:
        bound = self[name]
        return self._widget_data_value(bound.field.hidden_widget(), bound.html_initial_name)

    def merge_into(self, fresh: models.Model) -> tuple[list[str], list[str]]:
        """Put this editor's changes on the fresh row. Return the fields changed here, and those changed elsewhere.

        Raise Overtaken where both changed one field to different values.
        """
        elsewhere, mine = self.changed_elsewhere(fresh), self.changed_details()
        clash = {
            name: elsewhere[name]
            for name in mine
            if name in elsewhere and self.fields[name].has_changed(elsewhere[name], self[name].data)
        }
        if clash:
            raise Overtaken(clash)
        for name in mine:
            setattr(fresh, name, self.cleaned_data[name])
        return mine, [name for name in elsewhere if name not in mine]


class DeskForm(DeskFormMixin, forms.ModelForm):
    """The form of every page of the admin that has no form of its own."""
