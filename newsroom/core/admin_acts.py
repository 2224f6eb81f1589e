"""Acts on one object, each with a page that says what follows and asks first: publish, withdraw, approve."""

from typing import Any

from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .admin_forms import ActForm, sentence


class NotYourRole(PermissionDenied):
    """The person's roles lack the right that an act takes: `permission`, from which the page tells whose it is."""

    def __init__(self, permission: str):
        self.permission = permission
        super().__init__(_("Your role does not allow this."))


class Act:
    """One act. Subclasses say what it is called, who may do it and what it does.

    `permission` is a right of roles; `barred` is a rule of conduct, which a superuser keeps too; `why_not` is a state
    of things in which nobody can do it. Each answers with a sentence, or with nothing where it does not stand in the
    way. `run` does the act and returns the message; it may raise one of the admin's `refusals`.
    """

    name = ""
    label = ""
    permission = ""
    explains = ""
    form_class: type[ActForm] = ActForm
    template = "admin/act.html"
    reason = ""
    asks_first = gettext_lazy("This is written into the ledger under your name.")

    def __init__(self, model_admin, request: HttpRequest, obj: models.Model):
        self.model_admin, self.request, self.obj = model_admin, request, obj
        self.user = request.user

    def allowed(self) -> bool:
        return self.user.has_perm(self.permission)

    def barred(self) -> str:
        return ""

    def why_not(self) -> str:
        return ""

    def form(self, data: dict | None = None) -> ActForm:
        return self.form_class(data)

    def run(self, given: dict[str, Any]) -> str:
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """What the page shows beside the form."""
        return {}

    def after(self) -> str:
        """Where the editor goes next."""
        return self.model_admin.change_address(self.obj)

    def stands_open(self) -> bool:
        """Whether the change page leads to the act; where only a rule of conduct bars it, `reason` says which."""
        why_not = self.why_not()
        self.reason = "" if why_not else self.barred()
        return not self.reason and not why_not

    @property
    def address(self) -> str:
        return self.model_admin.act_address(self.obj, self.name)


class ActsMixin:
    """Mixed into a ModelAdmin: its `acts` get addresses, pages and a place on the change page."""

    acts: tuple[type[Act], ...] = ()

    def get_urls(self):
        info = (self.opts.app_label, self.opts.model_name)
        view = self.admin_site.admin_view(self.act_view)
        return [
            path("<path:object_id>/act/<slug:name>/", view, name="{}_{}_act".format(*info)),
            *super().get_urls(),
        ]

    def act_address(self, obj: models.Model, name: str) -> str:
        route = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_act"
        return reverse(route, args=[quote(obj.pk), name])

    def change_address(self, obj: models.Model) -> str:
        route = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(route, args=[quote(obj.pk)])

    def acts_on(self, request: HttpRequest, obj: models.Model) -> dict[str, list[Act]]:
        """What this person can do to the object now, and what a rule of conduct keeps them from."""
        acts = [act for act in (kind(self, request, obj) for kind in self.acts) if act.allowed()]
        open_acts = [act for act in acts if act.stands_open()]
        return {"open_acts": open_acts, "barred_acts": [act for act in acts if act.reason]}

    def act_view(self, request: HttpRequest, object_id: str, name: str):
        """The page of one act: asks on GET, does it on POST. 403 for whoever may not."""
        act = self.act_or_404(request, object_id, name)
        if not act.allowed():
            raise NotYourRole(act.permission)
        posted, barred = request.method == "POST", act.barred()
        if barred:
            return self.act_page(act, act.form(), barred, status=403 if posted else 200)
        form = act.form(request.POST if posted else None)
        if posted and form.is_valid() and (done := self.attempt(act, form)):
            self.message_user(request, done)
            return HttpResponseRedirect(act.after())
        return self.act_page(act, form, act.why_not())

    def act_or_404(self, request: HttpRequest, object_id: str, name: str) -> Act:
        kinds = {kind.name: kind for kind in self.acts}
        obj = self.get_object(request, unquote(object_id))
        if name not in kinds or obj is None:
            raise Http404
        return kinds[name](self, request, obj)

    def attempt(self, act: Act, form: ActForm) -> str:
        """Do the act; what refuses it becomes an error on its form, and nothing is written."""
        try:
            with transaction.atomic():
                return act.run(form.cleaned_data)
        except self.may_refuse as error:
            refusal = self.as_refusal(error)
            if refusal is None:
                raise
            form.add_error(None, sentence(refusal))
            return ""

    def act_page(self, act: Act, form: ActForm, why_not: str, status: int = 200):
        context = {
            **self.admin_site.each_context(act.request),
            "title": act.label,
            "subtitle": str(act.obj),
            "opts": self.opts,
            "original": act.obj,
            "act": act,
            "form": form,
            "why_not": why_not,
            "media": self.media + form.media,
            "back": self.change_address(act.obj),
            **act.context(),
        }
        return TemplateResponse(act.request, act.template, context, status=status)
