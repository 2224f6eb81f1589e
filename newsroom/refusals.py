"""What the desk says to somebody whom it refused: which roles may, in a sentence."""

from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from claims.access import Barred
from newsroom.core.admin_acts import NotYourRole

# How the address of a page of the admin ends, and the right that it takes.
RIGHTS = {
    "add": ("add",),
    "change": ("change", "view"),
    "changelist": ("view", "change"),
    "history": ("view", "change"),
}


def why(request: HttpRequest, exception: Exception) -> str:
    """Why the person was refused, in one or two sentences."""
    if isinstance(exception, Barred):
        return str(exception)
    if name_of_page(request).endswith("_delete"):
        return _(
            "Nothing is deleted here, by nobody: articles are withdrawn, claims declined, people deactivated."
        )
    rights = [exception.permission] if isinstance(exception, NotYourRole) else rights_of(request)
    roles = roles_with(rights)
    if not roles:
        return _("Your role does not allow this.")
    return _("Your role does not allow this. It takes the role of %(roles)s.") % {
        "roles": get_text_list(roles, _("or"))
    }


def name_of_page(request: HttpRequest) -> str:
    """The name of the address in the admin, such as claims_claim_change; empty where there is none."""
    return (request.resolver_match.url_name or "") if request.resolver_match else ""


def rights_of(request: HttpRequest) -> list[str]:
    """The rights, any of which opens this page of the admin; none where the address does not tell."""
    app_label, _sep, rest = name_of_page(request).partition("_")
    model, _sep, act = rest.rpartition("_")
    return [f"{app_label}.{right}_{model}" for right in RIGHTS.get(act, ())] if model else []


def roles_with(rights: list[str]) -> list[str]:
    """The names of the roles that hold any of the rights, as the administrators set them: one query."""
    pairs = [right.split(".", 1) for right in rights if "." in right]
    if not pairs:
        return []
    apps, codenames = {app for app, _name in pairs}, {name for _app, name in pairs}
    held = Permission.objects.filter(content_type__app_label__in=apps, codename__in=codenames)
    return list(
        Group.objects.filter(permissions__in=held).order_by("pk").values_list("name", flat=True).distinct()
    )
