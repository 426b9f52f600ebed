"""Whether a message may go out: the one rule, which everything that sends asks.

Transactional messages (sign-in, invoices, what somebody just asked for) always may. Otherwise what was last said
counts: who unsubscribed gets nothing, who subscribed again does. Where nobody ever said anything, service messages may,
and marketing only by a channel for which consent is noted at one of the client's addresses.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui import formats

from ..models import Client, ContactPoint
from .models import Channel, Purpose, Subscription

TRANSACTIONAL = "transactional"
Kind = tuple[str, str]
KINDS: tuple[Kind, ...] = tuple((c.value, p.value) for p in Purpose for c in Channel)
WHAT = {
    ("email", "service"): _lazy("service messages by e-mail"),
    ("sms", "service"): _lazy("service messages by SMS"),
    ("email", "marketing"): _lazy("news and offers by e-mail"),
    ("sms", "marketing"): _lazy("news and offers by SMS"),
}
NO_CONSENT = {
    "email": _lazy("No consent is noted for any e-mail address."),
    "sms": _lazy("No consent is noted for any mobile number."),
}


@dataclass(frozen=True)
class Answer:
    """Whether a message may go out; `reason` says why not, translated."""

    allowed: bool
    reason: str = ""


@dataclass(frozen=True)
class State:
    """A subscription as it counts; `since` and `source` are empty where nobody ever said anything."""

    channel: str
    purpose: str
    subscribed: bool
    since: datetime | None = None
    source: str = ""

    @property
    def kind(self) -> Kind:
        """Channel and purpose."""
        return (self.channel, self.purpose)

    @property
    def answer(self) -> Answer:
        """The rule's answer."""
        if self.subscribed:
            return Answer(True)
        if self.since is None:
            return Answer(False, str(NO_CONSENT[self.channel]))
        date = formats.date(self.since, "long")
        return Answer(False, _("Unsubscribed on %(date)s from: %(what)s.", date=date, what=str(WHAT[self.kind])))


def checked_kind(channel: str, purpose: str) -> Kind:
    """Channel and purpose; raises ValueError for others than there are."""
    return (Channel(channel).value, Purpose(purpose).value)


def consenting(ids: list[UUID], channel: str) -> set[UUID]:
    """The clients with consent at an address of the channel."""
    points = ContactPoint.objects.filter(contact__client_id__in=ids, consent=True)
    found = points.filter(kind="email") if channel == Channel.EMAIL else points.filter(kind="phone", is_mobile=True)
    return set(found.values_list("contact__client_id", flat=True))


def states_of(client: Client) -> list[State]:
    """What counts for each kind of message, in the order of KINDS; at most three queries."""
    rows = {row.kind: row for row in Subscription.objects.filter(client_id=client.pk)}
    consents = {channel: bool(consenting([client.pk], channel)) for channel in _silent_channels(rows)}
    return [_state(kind, rows.get(kind), consents.get(kind[0], False)) for kind in KINDS]


def _silent_channels(rows: dict[Kind, Subscription]) -> list[str]:
    """The channels of which nobody said anything about marketing."""
    return [channel for channel in Channel.values if (channel, Purpose.MARKETING.value) not in rows]


def _state(kind: Kind, row: Subscription | None, consent: bool) -> State:
    if row is None:
        return State(*kind, subscribed=kind[1] == Purpose.SERVICE or consent)
    return State(*kind, row.subscribed, row.since, row.source)


SAID = PreparedObjects(
    Subscription, {},
    lambda ids, channel, purpose: Subscription.objects.filter(client_id__in=ids, channel=channel, purpose=purpose),
)  # fmt: skip


def may_message_many(clients: Iterable[UUID], channel: str, purpose: str) -> dict[UUID, Answer]:
    """The rule for clients by their ids, in at most two queries; raises ValueError for a channel or purpose unknown."""
    ids = list(clients)
    if purpose == TRANSACTIONAL:
        return dict.fromkeys(ids, Answer(True))
    kind = checked_kind(channel, purpose)
    rows = {row.client_id: row for row in SAID(ids, *kind)}
    silent = [pk for pk in ids if pk not in rows] if purpose == Purpose.MARKETING else []
    consents = consenting(silent, channel) if silent else set()
    return {pk: _state(kind, rows.get(pk), pk in consents).answer for pk in ids}


def may_message(client: Client, channel: str, purpose: str) -> Answer:
    """Whether a message of a purpose (or TRANSACTIONAL) may go to a client, and if not, why."""
    return may_message_many([client.pk], channel, purpose)[client.pk]
