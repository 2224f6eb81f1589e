"""People, their roles and the ledger at the desk."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from .admin_base import DeskAdmin, ReadOnlyAdmin, uid_in
from .admin_forms import DeskFormMixin
from .models import LedgerEntry, User


class PersonForm(DeskFormMixin, UserChangeForm):
    """An account that exists."""


class NewPersonForm(DeskFormMixin, AdminUserCreationForm):
    """A new account."""


@admin.register(User)
class PersonAdmin(DeskAdmin, UserAdmin):
    """Accounts. Only a superuser makes superusers, and only a superuser changes one."""

    form = PersonForm
    add_form = NewPersonForm
    list_display = ["username", "display_name", "roles", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser", "groups"]
    search_fields = ["username", "display_name", "email"]
    search_help_text = _("User name, name readers see, or e-mail.")
    ordering = ["username"]
    filter_horizontal = ["groups", "user_permissions"]
    fieldsets = [
        (None, {"fields": ["username", "password", "display_name"]}),
        (_("Contact"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("What this person may do"),
            {
                "fields": ["is_active", "is_staff", "groups", "user_permissions", "is_superuser"],
                "description": _(
                    "Roles give rights. The rules of conduct stand above them: nobody approves a verdict of their "
                    "own, or judges an article of their own, not even a superuser."
                ),
            },
        ),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": [
                    "username",
                    "display_name",
                    "is_staff",
                    "usable_password",
                    "password1",
                    "password2",
                ],
            },
        ),
    ]
    readonly_fields = ["last_login", "date_joined"]
    verbs = {"user.add": _("Account made"), "user.change": _("Account changed")}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        return ", ".join(group.name for group in person.groups.all())

    def has_change_permission(self, request, obj=None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_superuser", "user_permissions"]

    @method_decorator(transaction.atomic)
    def user_change_password(self, request, id, form_url=""):
        return super().user_change_password(request, id, form_url)


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(DeskAdmin, GroupAdmin):
    """The roles and their rights."""

    verbs = {"group.add": _("Role made"), "group.change": _("Rights changed")}


class VerbFilter(admin.SimpleListFilter):
    """By act. The acts are those that the admins of this site can put into words: no query over the ledger."""

    title = _("act")
    parameter_name = "verb"

    def lookups(self, request, model_admin):
        known: dict = {}
        for each in model_admin.admin_site._registry.values():
            known |= getattr(each, "verbs", {})
        return sorted(known.items())

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """What was done, by whom and when. Written by acts alone."""

    list_display = ["at", "actor", "verb", "object_kind", "object_uid"]
    list_filter = [VerbFilter]
    search_fields = ["actor__istartswith"]
    search_help_text = _("The uid of an object, a person or an entry; or how a user name begins.")
    fields = ["uid", "at", "actor", "actor_uid", "verb", "object_kind", "object_uid", "payload", "hash"]
    ordering = ["-id"]

    def get_search_results(self, request, queryset, search_term):
        if uid := uid_in(search_term.strip()):
            found = (
                queryset.filter(object_uid=uid) | queryset.filter(uid=uid) | queryset.filter(actor_uid=uid)
            )
            return found, False
        return super().get_search_results(request, queryset, search_term)
