"""Who is told that messages cannot be sent or fetched: admins, also by what does not depend on the failing channel."""

from datetime import datetime

from frontdesk.accounts.queries import admin_ids
from frontdesk.core.permissions import ADMIN
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.notify import kinds
from frontdesk.notify.kinds import NoticeData, NoticeKind, Wording
from frontdesk.ui.formats import date_time
from frontdesk.ui.jinja import url

from . import permissions, queries
from .registry import Channel, channels

VERBS = ("channels.failing", "channels.recovered", "channels.mailbox.failing", "channels.mailbox.recovered")


def _say(notice: NoticeData, reader) -> Wording | None:
    channel = channels.get(notice.data["channel"])
    if channel is None or not reader.may(permissions.VIEW):
        return None
    href = url("channels:channel", channel.key)
    return Wording(*(_of_mailbox(notice) if notice.data.get("mailbox") else _of_sending(notice, channel)), href)


def _since(notice: NoticeData) -> str:
    return date_time(datetime.fromisoformat(notice.data["since"]))


def _of_sending(notice: NoticeData, channel: Channel) -> tuple[str, str]:
    if notice.data.get("works"):
        return _("%(channel)s works again", channel=channel.label), _("What waited is being sent.")
    title = _("%(channel)s has not worked since %(date)s", channel=channel.label, date=_since(notice))
    return title, queries.reason_text(channel.key, notice.data["reason"])


def _of_mailbox(notice: NoticeData) -> tuple[str, str]:
    if notice.data.get("works"):
        return _("The mailbox is read again"), _("What came meanwhile is being taken in.")
    title = _("The mailbox has not been read since %(date)s", date=_since(notice))
    return title, queries.reason_text("email", notice.data["reason"])


def register() -> None:
    """Called once at start-up."""
    kinds.register(
        NoticeKind(
            "channels.failing", _lazy("Channels that fail"),
            _lazy("Messages could not be sent or fetched for half an hour, still cannot the next day, or can again"),
            "system", ADMIN, VERBS, lambda happening: admin_ids(), _say,
            lambda happening: str(happening.subject_id), dict(kinds.EVERYWHERE), icon="alert-triangle", order=85,
        )
    )  # fmt: skip
