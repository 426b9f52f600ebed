"""The background runs of bulk actions."""

from uuid import UUID

from frontdesk.core.jobs.registry import job
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.undo.models import Change

from ..imports.running import spoken_by
from . import running


@job("clients.bulk", label=_lazy("Change many %(clients)s"))
def work(change_id: str) -> None:
    """Go on with a bulk action from where it is, in the language of who began it."""
    found = Change.objects.select_related("member__user", "member__account").filter(pk=UUID(change_id)).first()
    if found is None or found.member is None:
        return
    with spoken_by(found.member):
        running.go_on(found.pk)
