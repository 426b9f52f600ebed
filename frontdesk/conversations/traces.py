"""By what ways the messages of a conversation came and went, as a reader sees it."""

from typing import NamedTuple
from uuid import UUID

from frontdesk.channels.models import State
from frontdesk.channels.permissions import MAIL, OUTBOX
from frontdesk.channels.queries import reason_text
from frontdesk.channels.registry import Channel, channels
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _
from frontdesk.messaging.kinds import Trace
from frontdesk.messaging.models import Message
from frontdesk.ui.jinja import url

from .models import Envelope
from .reaching import PORTAL


class Travel(NamedTuple):
    """An envelope with the state of its sending."""

    message_id: UUID
    outgoing: bool
    channel: str
    address: str
    verified: bool
    arrival: UUID | None
    dispatch_id: UUID | None
    state: str | None
    reason: str | None
    detail: str | None
    automatic: bool
    quoted: str

    @property
    def unconfirmed(self) -> bool:
        """Whether it came from somebody who only says who they are."""
        return not self.outgoing and not self.verified


FIELDS = (
    "message_id", "outgoing", "channel", "address", "verified", "arrival", "dispatch_id", "dispatch__state",
    "dispatch__reason", "dispatch__detail", "automatic", "quoted",
)  # fmt: skip
TRAVELS = Prepared(lambda ids: Envelope.objects.filter(message_id__in=ids).values_list(*FIELDS))
STATES = {
    State.QUEUED: "waiting",
    State.SENDING: "waiting",
    State.KEPT: "kept",
    State.FAILED: "failed",
    State.CANCELLED: "failed",
    State.SENT: "sent",
    State.DELIVERED: "delivered",
    State.READ: "read",
}


def travels(message_ids: list[UUID]) -> dict[UUID, Travel]:
    """The envelopes of messages, in one statement."""
    rows = (Travel(*row) for row in TRAVELS(message_ids))
    return {row.message_id: row for row in rows}


def _said(travel: Travel) -> str:
    """That a machine wrote it, and the state."""
    return " · ".join(part for part in (_("Automatic reply") if travel.automatic else "", _state(travel)) if part)


def _state(travel: Travel) -> str:
    """The state of what left, in words; of what failed, why."""
    if not travel.outgoing:
        return _("Sender not confirmed") if travel.unconfirmed else ""
    if not travel.state:
        return ""
    if travel.state == State.FAILED:
        return _("Not sent: %(reason)s", reason=reason_text(travel.channel, travel.reason or "", travel.detail or ""))
    return _("Waits in the outbox") if travel.state == State.KEPT else str(State(travel.state).label)


def _channel(travel: Travel) -> Channel:
    return channels.get(travel.channel) or channels[PORTAL]


def _trace(travel: Travel) -> Trace:
    channel = _channel(travel)
    state = STATES.get(State(travel.state), "") if travel.state else ""
    if travel.unconfirmed:
        state = "unconfirmed"
    label = str(channel.label) if travel.channel == PORTAL else f"{channel.label} · {travel.address}"
    if travel.arrival and travel.channel == "email":
        shown = url("channels:mail_document", travel.arrival)
        return Trace(
            str(channel.icon), label, state, _said(travel) or _("Show the e-mail"), shown, MAIL,
            quoted=travel.quoted, ours=travel.outgoing,
        )  # fmt: skip
    href = url("channels:dispatch", travel.dispatch_id) if travel.dispatch_id and state != "read" else ""
    again = url("conversations:again", travel.message_id) if travel.state == State.FAILED else ""
    return Trace(str(channel.icon), label, state, _said(travel), href, OUTBOX, again=again, ours=travel.outgoing)


def traces(messages: list[Message], in_portal: bool) -> dict[UUID, Trace]:
    """By message; a client is told the channel, what no person wrote, and who may not be whom they say."""
    found = travels([message.pk for message in messages])
    if in_portal:
        return {pk: _told(travel) for pk, travel in found.items()}
    return {pk: _trace(travel) for pk, travel in found.items()}


def _told(travel: Travel) -> Trace:
    """As the client reads it: without addresses, which may be another contact's."""
    channel, said = _channel(travel), _("Automatic reply") if travel.automatic and travel.outgoing else ""
    state, said = ("unconfirmed", _said(travel)) if travel.unconfirmed else ("", said)
    return Trace(str(channel.icon), str(channel.label), state, said, ours=travel.outgoing)


def inside(messages: list[Message], in_portal: bool) -> dict[UUID, Trace]:
    """Notes stay with the team."""
    kept = Trace("lock", _("Internal note"), inside=True, ours=True)
    return {message.pk: kept for message in messages}


def fixed(message: Message) -> str:
    """What left by another way than the portal is beyond reach."""
    left = Envelope.objects.filter(message_id=message.pk).exclude(channel=PORTAL).exists()
    return _("This message has left already and can no longer be changed.") if left else ""
