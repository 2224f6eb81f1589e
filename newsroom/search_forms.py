"""The address of a search, read to the letter: the words, the kind of result, and the form that narrows."""

from collections.abc import Iterator
from functools import cached_property

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.filters import DayField, Problem, RowField, quoted, with_public_articles
from articles.models import Outlet
from newsroom.core.pages import AFTER

from .search_conditions import Conditions, apart, with_conditions
from .search_page import KINDS

NARROWING = ("outlet", "printed_from", "printed_to")


class AddressForm(forms.Form):
    """Everything that may stand in the address but for the cursor. Empty values count as not given."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False)
    kind = forms.ChoiceField(
        choices=[(kind, kind) for kind in KINDS],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Write article, claim or source, or leave it out.")},
    )
    printed_from = DayField(label=pgettext_lazy("date", "Printed from"), required=False)
    printed_to = DayField(label=pgettext_lazy("date", "Printed up to"), required=False)

    def __init__(self, *args, papers: RowField, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outlet"] = papers


def papers() -> RowField:
    """The papers that readers can meet now; they are read once, when the field is made."""
    return RowField(
        label=gettext_lazy("Paper"),
        rows=lambda: with_public_articles(Outlet, "outlet"),
        all_of_them=gettext_lazy("All papers"),
        required=False,
    )


class Address:
    """What one address asks. `problems` says what of it cannot be answered; the rest holds only where there is none."""

    def __init__(self, data: QueryDict):
        self.data = data
        self.form = AddressForm(data, papers=papers())

    @property
    def asked(self) -> str:
        """The words as they were typed."""
        return self.data.get("q", "").strip()

    @property
    def kind(self) -> str:
        return self.form.cleaned_data["kind"]

    @property
    def after(self) -> str | None:
        """The cursor of the page, None for the first."""
        return self.data.get(AFTER)

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that this page does not know or cannot read, in the order of the address."""
        return [*self._unknown(), *self._repeated(), *self._unreadable()]

    def _unknown(self) -> Iterator[Problem]:
        known = ", ".join(self.form.fields)
        for name in self.data:
            if name not in self.form.fields and name != AFTER:
                message = _("The search knows no such thing. It knows: %(known)s.") % {"known": known}
                yield Problem(quoted(name), message)

    def _repeated(self) -> Iterator[Problem]:
        for name, values in self.data.lists():
            if len(values) > 1 and (name in self.form.fields or name == AFTER):
                message = ngettext(
                    "It stands in the address %(times)d time. Write it once.",
                    "It stands in the address %(times)d times. Write it once.",
                    len(values),
                )
                yield Problem(name, message % {"times": len(values)})

    def _unreadable(self) -> Iterator[Problem]:
        for name, errors in self.form.errors.items():
            for message in errors:
                yield Problem(f"{name}: “{quoted(self.data.get(name, ''))}”", str(message))

    # Narrowing

    @cached_property
    def outlets(self) -> dict[str, str]:
        """The names of the papers by their slugs."""
        return {slug: row.name for slug, row in self.form.fields["outlet"].rows.items()}

    @property
    def narrows(self) -> bool:
        """Whether the form beside the results was sent, whose fields belong into the words."""
        return any(name in self.data for name in NARROWING)

    @property
    def narrowed(self) -> str:
        """The query string of the same search with the fields written into its words."""
        cleaned = self.form.cleaned_data
        outlet = cleaned["outlet"].slug if cleaned["outlet"] else ""
        wanted = Conditions(outlet, cleaned["printed_from"], cleaned["printed_to"])
        words, _shown = apart(self.asked, self.outlets)
        kept = QueryDict(mutable=True)
        kept["q"] = with_conditions(words, wanted, self.outlets)
        if self.kind:
            kept["kind"] = self.kind
        return f"?{kept.urlencode()}"

    @cached_property
    def narrowing(self) -> AddressForm:
        """The form beside the results, filled with the conditions that stand in the words."""
        words, conditions = apart(self.asked, self.outlets)
        initial = {
            "q": words,
            "outlet": conditions.outlet,
            "printed_from": conditions.since and conditions.since.isoformat(),
            "printed_to": conditions.until and conditions.until.isoformat(),
        }
        return AddressForm(initial=initial, papers=self.form.fields["outlet"])

    @property
    def is_narrowed(self) -> bool:
        """Whether a condition that the form can show stands in the words."""
        return bool(apart(self.asked, self.outlets)[1])
