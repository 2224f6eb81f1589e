"""What every page of the admin shares: nothing is deleted, history comes from the ledger, refusals are sentences."""

import uuid
from types import SimpleNamespace

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from . import guards, ledger
from .admin_acts import ActsMixin
from .admin_forms import DeskForm, DeskFormMixin, DeskInlineForm, KnownSelect, Overtaken, sentence
from .admin_panels import Panel
from .admin_search import searched
from .models import LedgerEntry
from .queues import QueueFilter, queues_of

NAMES_WITHOUT_UID = uuid.UUID("0a8f6f0c-6a5e-5c0d-8c5b-1d0d7f1f3b52")
HISTORY_LINES = 200


class Refused(Exception):
    """The sentence of a guard, for the editor."""


class CappedPaginator(Paginator):
    """Counts no further than a person pages: on a big table, counting costs more than the page."""

    most = 2000

    @cached_property
    def count(self) -> int:
        return self.object_list[: self.most].count()


def in_ledger(obj: models.Model):
    """The object as the ledger names it; one without a uid gets the uid that follows from its natural key."""
    if hasattr(obj, "uid"):
        return obj
    words = f"{obj._meta.label_lower} {' '.join(obj.natural_key())}"
    return SimpleNamespace(_meta=obj._meta, uid=uuid.uuid5(NAMES_WITHOUT_UID, words))


def person(name: str, label):
    """A column that names a person as readers know them, without a link to an account that few may open."""

    @admin.display(description=label, ordering=f"{name}__username")
    def shown(self, row) -> str:
        return str(getattr(row, name) or "")

    return shown


class KnownSelects:
    """Mixed into admins and inlines: every autocomplete shows its chosen row without a query of its own."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = KnownSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class DeskInline(KnownSelects, admin.TabularInline):
    """A few editable rows of a page; long lists are panels."""

    form = DeskInlineForm
    extra = 0


class DeskAdmin(KnownSelects, ActsMixin, admin.ModelAdmin):
    """The ground of every ModelAdmin here.

    `refusals` are the exceptions of acts that become messages; `verbs` puts the ledger's verbs into words;
    `page_related` are the foreign keys one change page reads.
    """

    form = DeskForm
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    change_form_template = "admin/desk_change_form.html"
    object_history_template = "admin/desk_history.html"
    refusals: tuple[type[Exception], ...] = ()
    verbs: dict[str, str] = {}
    page_related: tuple[str, ...] = ()

    # Nothing is deleted, whoever asks; the database refuses it too.

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    # One object

    def get_object(self, request, object_id, from_field=None):
        """As Django does, with the foreign keys of the page in the same query."""
        queryset = self.get_queryset(request).select_related(*self.page_related)
        field = self.model._meta.get_field(from_field) if from_field else self.model._meta.pk
        try:
            return queryset.get(**{field.name: field.to_python(object_id)})
        except (self.model.DoesNotExist, ValidationError, ValueError, OverflowError):
            return None

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "desk_refusal", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What the rules or a guard refuse comes back as an error on the form, with everything that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except self.may_refuse as error:
            refusal = self.as_refusal(error)
            if refusal is None or request.method != "POST":
                raise
            request.desk_refusal = refusal
            return super().changeform_view(request, object_id, form_url, extra_context)

    @property
    def may_refuse(self) -> tuple[type[Exception], ...]:
        return (Overtaken, ValidationError, IntegrityError, *self.refusals)

    def as_refusal(self, error: Exception) -> Exception | None:
        """The exception whose message is for the editor, or None where something else went wrong."""
        if not isinstance(error, IntegrityError):
            return error
        said = constraint_sentence(error) or guards.refusal(error)
        return Refused(_(said)) if said else None

    def save_model(self, request, obj, form, change):
        """A new row is saved; of an old one only what this editor changed, on the row as it is now."""
        if not change or not isinstance(form, DeskFormMixin):
            super().save_model(request, obj, form, change)
            return
        fresh = self.model._base_manager.select_for_update().get(pk=obj.pk)
        mine, elsewhere = form.merge_into(fresh)
        if mine or form.changed_data:
            self.copy_files(fresh, obj, form)
            fresh.validate_constraints()
            self.keep(request, fresh, mine)
        self.tell_merged(request, form, elsewhere)

    def copy_files(self, fresh, obj, form) -> None:
        for field in self.model._meta.concrete_fields:
            if isinstance(field, models.FileField) and field.name in form.changed_data:
                setattr(fresh, field.name, getattr(obj, field.name))

    def keep(self, request, fresh, changed: list[str]) -> None:
        """Write the merged row."""
        fresh.save()

    def tell_merged(self, request, form, elsewhere: list[str]) -> None:
        if elsewhere:
            names = get_text_list([str(form.fields[name].label) for name in elsewhere], _("and"))
            self.message_user(
                request,
                _("Somebody else changed %(names)s meanwhile. Both changes are kept.") % {"names": names},
                messages.WARNING,
            )

    # Search: by uid and number at once, else through the index

    def get_search_results(self, request, queryset, search_term):
        word = search_term.strip()
        names = {field.name for field in self.opts.concrete_fields}
        if "number" in names and word.isascii() and word.isdecimal() and len(word) == 10:
            return queryset.filter(number=int(word)), False
        if "uid" in names and (uid := uid_in(word)):
            return queryset.filter(uid=uid), False
        return searched(request, queryset, self.get_search_fields(request), search_term), False

    # Lists

    def get_list_filter(self, request):
        """What waits in the list stands before its other filters."""
        waits = queues_of(self.admin_site, request.user, self.model)
        return [*([QueueFilter] if waits else []), *super().get_list_filter(request)]

    # Actions on lists

    def changelist_view(self, request, extra_context=None):
        """403 for an action that the person's role does not allow."""
        wanted = {name for name in request.POST.getlist("action") if name}
        known = {name for _function, name, _description in self._get_base_actions()}
        if wanted & known - set(self.get_actions(request)):
            raise PermissionDenied(_("Your role does not allow this."))
        return super().changelist_view(request, extra_context)

    def response_action(self, request, queryset):
        """Never on rows that are not on the page."""
        if request.POST.get("select_across") == "1":
            self.message_user(request, _("Choose the rows on this page, page by page."), messages.WARNING)
            return None
        return super().response_action(request, queryset)

    def do_each(self, request, rows, act, done: str) -> None:
        """Do one act to each chosen row by itself, and say of each that was refused why."""
        count = 0
        for row in rows:
            try:
                with transaction.atomic():
                    act(row)
                count += 1
            except self.may_refuse as error:
                refusal = self.as_refusal(error)
                if refusal is None:
                    raise
                self.message_user(request, f"{row}: {sentence(refusal)}", messages.ERROR)
        if count:
            self.message_user(request, done % {"count": count})

    # The page

    def get_view_on_site_url(self, obj=None):
        return self.public_address(obj) if obj is not None and obj.pk else None

    def public_address(self, obj) -> str | None:
        """Where readers find the object; None where they do not."""
        return None

    def panels(self, request: HttpRequest, obj) -> list[Panel]:
        """Tables under the form."""
        return []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self.acts_on(request, obj)
            context["panels"] = self.panels(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # The ledger

    def construct_change_message(self, request, form, formsets, add=False) -> dict:
        """What the ledger says of a save: names of fields and uids of rows, never their words."""
        said: dict = {}
        if form.changed_data and not add:
            said["fields"] = sorted(form.changed_data)
        for formset in formsets or ():
            for word, rows in (
                ("added", formset.new_objects),
                ("changed", [row for row, _fields in formset.changed_objects]),
                ("removed", formset.deleted_objects),
            ):
                if rows:
                    said[f"{word} {formset.model._meta.model_name}"] = [str(row.uid) for row in rows]
        return said

    def log_addition(self, request, obj, message: dict) -> None:
        with transaction.atomic():
            ledger.record(f"{self.opts.model_name}.add", in_ledger(obj), by=request.user, **message)

    def log_change(self, request, obj, message: dict) -> None:
        if message:
            with transaction.atomic():
                ledger.record(f"{self.opts.model_name}.change", in_ledger(obj), by=request.user, **message)

    def log_deletions(self, request, queryset) -> None:
        raise PermissionDenied

    def history_view(self, request, object_id, extra_context=None):
        """Everything the ledger holds of the object, newest first."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        entries = LedgerEntry.objects.about(in_ledger(obj)).order_by("-id")[: HISTORY_LINES + 1]
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(obj),
            "lines": [self.history_line(entry) for entry in entries[:HISTORY_LINES]],
            "older": len(entries) > HISTORY_LINES,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": obj,
            "opts": self.opts,
            "ledger_address": self.ledger_address(request, obj),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def history_line(self, entry: LedgerEntry) -> dict:
        return {"entry": entry, "act": self.verbs.get(entry.verb, entry.verb)}

    def ledger_address(self, request, obj) -> str:
        if not request.user.has_perm("core.view_ledgerentry"):
            return ""
        return f"{reverse('admin:core_ledgerentry_changelist')}?q={in_ledger(obj).uid}"


def constraint_sentence(error: IntegrityError) -> str:
    """What a named constraint says to the editor, whose form was checked a moment before somebody else's row came."""
    diagnosis = getattr(error.__cause__, "diag", None)
    named = f"{getattr(diagnosis, 'constraint_name', '')} {error}"
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name in named:
                return str(constraint.violation_error_message)
    return _("Somebody entered the same just now. Load the page again.") if "unique" in named.lower() else ""


class ReadOnlyAdmin(DeskAdmin):
    """Rows that acts write and nobody edits."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


def uid_in(word: str) -> uuid.UUID | None:
    """The uid that the words are, or None."""
    try:
        return uuid.UUID(word)
    except ValueError:
        return None
