"""Work that waits at the desk: one rule gives the number on the first page and the rows of the list it leads to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

PARAMETER = "queue"
# Beyond this nobody counts: the first page must stay fast however much waits.
MOST = 99


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One kind of work that waits.

    `rows` narrows the rows of the model to those that wait, for this person where it matters who asks. `right` is what
    acting on them takes; empty where nobody who sees the queue acts on it. `note` says a little more under the label.
    `for_doers` hides the queue from whoever may not act.
    """

    slug: str
    model: type[models.Model]
    label: Any
    rows: Callable[[models.QuerySet, Any], models.QuerySet]
    right: str = ""
    note: Any = ""
    for_doers: bool = False

    def is_work_of(self, user) -> bool:
        """Whether the person's role acts on what waits here."""
        return bool(self.right) and user.has_perm(self.right)

    def is_shown_to(self, user) -> bool:
        """Whether the person may see the rows at all; for some queues, whether they are any use to them."""
        name = f"{self.model._meta.app_label}.%s_{self.model._meta.model_name}"
        sees = user.has_perm(name % "view") or user.has_perm(name % "change")
        return sees and (not self.for_doers or self.is_work_of(user))

    def count(self, user) -> int:
        """How many wait, at most one more than MOST: one query that stops there."""
        return self.rows(self.model._default_manager.order_by(), user)[: MOST + 1].count()

    @property
    def address(self) -> str:
        """The list of exactly these rows."""
        route = f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist"
        return f"{reverse(route)}?{PARAMETER}={self.slug}"


def queues_of(site: admin.AdminSite, user, model: type[models.Model] | None = None) -> list[Queue]:
    """The queues of the site that are shown to the person, of one model where it is given."""
    known: Iterable[Queue] = getattr(site, "queues", ())
    return [queue for queue in known if model in (None, queue.model) and queue.is_shown_to(user)]


class QueueFilter(admin.SimpleListFilter):
    """The rows of a list that wait for something."""

    title = _("what waits")
    parameter_name = PARAMETER

    def lookups(self, request, model_admin):
        self.queues = {
            queue.slug: queue for queue in queues_of(model_admin.admin_site, request.user, model_admin.model)
        }
        return [(queue.slug, queue.label) for queue in self.queues.values()]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() not in self.queues:
            raise IncorrectLookupParameters
        return self.queues[self.value()].rows(queryset, request.user)
