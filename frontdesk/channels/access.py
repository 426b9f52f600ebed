"""Who may see and change which channel and which message: the only place that decides."""

from uuid import UUID

from django.db.models import QuerySet

from frontdesk.core.errors import Forbidden, Missing

from . import permissions
from .models import Arrival, ChannelSettings, Dispatch
from .registry import Channel, channels


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def outbox_for(actor) -> QuerySet[Dispatch]:
    """The account's messages; raises Forbidden without the right."""
    require(actor, permissions.OUTBOX)
    return Dispatch.objects.filter(account_id=actor.account_id)


def get_dispatch(actor, dispatch_id: UUID) -> Dispatch:
    """One of them; raises Missing."""
    found = outbox_for(actor).filter(pk=dispatch_id).first()
    if found is None:
        raise Missing("dispatch")
    return found


def arrivals_for(actor) -> QuerySet[Arrival]:
    """What arrived and was not taken in; raises Forbidden without the right to the outbox."""
    require(actor, permissions.OUTBOX)
    lost = (Arrival.State.REFUSED, Arrival.State.FAILED)
    return Arrival.objects.filter(account_id=actor.account_id, state__in=lost)


def get_arrival(actor, arrival_id: UUID) -> Arrival:
    """One of them; raises Missing."""
    found = arrivals_for(actor).filter(pk=arrival_id).first()
    if found is None:
        raise Missing("arrival")
    return found


def get_channel(actor, key: str) -> Channel:
    """A channel that has settings; raises Missing."""
    require(actor, permissions.VIEW)
    found = channels.get(key)
    if found is None or found.send is None:
        raise Missing("channel")
    return found


def settings_of(actor, channel: Channel) -> ChannelSettings | None:
    """How the actor's account uses a channel, None while nobody has set it up; raises Forbidden."""
    require(actor, permissions.VIEW)
    return ChannelSettings.objects.filter(channel=channel.key).first()
