"""Where inquiries plug into lower domains."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from frontdesk.accounts.registry import mail_kinds
from frontdesk.activity.spine import record_many
from frontdesk.channels.registry import Cause, causes
from frontdesk.core.registry import SettingsPage, settings_pages
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.undo.models import Change
from frontdesk.undo.registry import ChangeKind, register_kind

from . import demo, form_channel, permissions, queries
from .acknowledgement import INQUIRY
from .actions.acknowledging import CAUSE
from .actions.forms import DELETE

PAGE = SettingsPage(
    "inquiries", _lazy("Inquiry forms"), "inquiries:forms", "forms", permissions.VIEW, 305, "clients",
    _lazy("A public page, and a piece of your site, by which strangers write to you"),
)  # fmt: skip


@contextmanager
def _around(actor, change: Change, ids: list[UUID]) -> Iterator[None]:
    yield
    record_many(actor, "inquiry.form_undone", [(form_id, None, {"change": str(change.pk)}) for form_id in ids])


DELETED = ChangeKind(
    _lazy("Deleted an inquiry form"), permissions.MANAGE, permissions.MANAGE,
    lambda change: _("An inquiry form deleted"), "trash", around=_around, names=queries.load_names,
    url_name="inquiries:form", order=210,
)  # fmt: skip


def register() -> None:
    """Called once at start-up."""
    settings_pages.register(PAGE.key, PAGE)
    form_channel.register()
    mail_kinds.register(INQUIRY.key, INQUIRY)
    causes.register(CAUSE, Cause(CAUSE, _lazy("Inquiry received")))
    register_kind(DELETE, DELETED)
    demo.register()
