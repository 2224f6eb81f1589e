"""What the admins of claims share."""

from articles.editing import EditingRefused
from newsroom.core.admin_base import DeskAdmin

from . import workflow


class ClaimsAdmin(DeskAdmin):
    """The ground of this app's admins."""

    refusals = (workflow.WorkflowRefused, EditingRefused)

    def is_list(self, request) -> bool:
        match = request.resolver_match
        return bool(match and match.url_name.endswith("_changelist"))
