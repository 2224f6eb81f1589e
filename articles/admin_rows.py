"""Bylines and links of an article: one short row each, so that a page with many of them stays small."""

import json

from django import forms
from django.forms.models import BaseInlineFormSet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.core.admin_base import DeskInline
from newsroom.core.admin_forms import KnownSelect

from .models import ArticleLink, Byline

TIGHT = "admin/articles/_tight_select.html"


class Tight:
    """Mixed into a select: without the white space between its options, which is half of them."""

    template_name = TIGHT

    def _render(self, template_name, context, renderer=None):
        return render_to_string(template_name, context)


class TightSelect(Tight, forms.Select):
    """A short choice in a row."""


class RowSelect(Tight, KnownSelect):
    """An autocomplete whose attributes stand once, at the group of rows; editor_page.js hands them out."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {name: value for name, value in attrs.items() if not is_shared(name)}

    def shared_attrs(self) -> dict[str, str]:
        """What every select of this field is given."""
        attrs = super().build_attrs({})
        return {name: str(value) for name, value in attrs.items() if is_shared(name)}


def is_shared(name: str) -> bool:
    return name.startswith("data-") or name == "lang"


class RowFormSet(BaseInlineFormSet):
    """Rows whose fields are named by the heads of their columns and need no ids; what is added by script has them."""

    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "auto_id": False}

    def add_fields(self, form, index):
        """The tick that takes a row away is named, as no label stands at it."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = gettext("Delete this row")


class Rows(DeskInline):
    """An inline whose rows are as short as they can be. `enter` leads to where a missing choice is entered."""

    formset = RowFormSet
    template = "admin/articles/_rows.html"
    when_filled: tuple[str, ...] = ()
    enter_model = ""
    enter_label = ""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RowSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without links and words of its own at each field: the heads of the columns say them once."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield:
            formfield.widget = getattr(formfield.widget, "widget", formfield.widget)
            if type(formfield.widget) is forms.Select:
                formfield.widget = TightSelect(choices=formfield.choices)
            formfield.help_text = ""
        return formfield

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        prefix, shared = formset.get_default_prefix(), {}
        for name, formfield in formset.form.base_fields.items():
            if isinstance(formfield.widget, RowSelect):
                shared[name] = formfield.widget.shared_attrs()
            formfield.widget.attrs |= self.name_of(prefix, name, formfield)
        self.selects = json.dumps(shared)
        self.enter = reverse(f"admin:{self.enter_model}_add") if self.may_enter(request) else ""
        return formset

    def name_of(self, prefix: str, name: str, formfield) -> dict[str, str]:
        """What a field is called for those who hear the page; Django's classes for sizes are left away."""
        formfield.widget.attrs.pop("class", None)
        if name in self.when_filled:
            return {"aria-label": str(formfield.label).capitalize()}
        return {"aria-labelledby": f"{prefix}-{name}"}

    def may_enter(self, request) -> bool:
        app, _dot, model = self.enter_model.partition("_")
        return bool(model) and request.user.has_perm(f"{app}.add_{model}")


class BylineRows(Rows):
    model = Byline
    autocomplete_fields = ["contributor"]
    fields = ["contributor", "role", "printed_as", "order"]
    enter_model = "articles_contributor"
    enter_label = _("Enter a person who is not here yet")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("contributor")


class LinkRows(Rows):
    model = ArticleLink
    fk_name = "article"
    autocomplete_fields = ["target"]
    fields = ["kind", "text", "target", "url", "question"]
    when_filled = ("question",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("target")
