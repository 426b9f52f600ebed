"""Reads for pages, API and other domains: a fixed number of queries each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from frontdesk.accounts.models import Account
from frontdesk.clients.models import Client, Status
from frontdesk.clients.subscriptions.models import Channel as Subscribed
from frontdesk.clients.subscriptions.rule import may_message_many
from frontdesk.core import paging
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.core.text import gettext as _

from . import access, permissions
from .models import ChannelSettings, Dispatch, State
from .registry import Channel, Measure, channels, is_owed, sending
from .wording import said

SETTINGS = PreparedObjects(
    ChannelSettings, {"account": Account}, lambda key: ChannelSettings.objects.filter(channel=key)
)


def settings_row(key: str) -> ChannelSettings | None:
    """How the account in context uses a channel."""
    return next(iter(SETTINGS(key)), None)


def missing(channel: Channel, settings: ChannelSettings | None) -> str:
    """Why a channel cannot send, in the reader's language; "" when it can."""
    if channel.send is None:
        return ""
    if settings is not None and not settings.enabled:
        return _("It is switched off.")
    return channel.missing(settings)


def why_not(key: str) -> str:
    """Why the account in context cannot send by a channel; "" when it can."""
    return missing(channels[key], settings_row(key))


def why_no_files(key: str, files: list) -> str:
    """Why stored files cannot go by a channel, in the reader's language; "" when they can, or there are none."""
    return channels[key].carries(files, settings_row(key)) if files else ""


def measure(key: str, text: str) -> Measure | None:
    """What a text costs to send by a channel; None where that means nothing, and for a channel that there is not."""
    channel = channels.get(key)
    return channel.measure(text, settings_row(key)) if channel and channel.measure else None


def signature(key: str) -> str:
    """What the account adds to every message of its own by a channel, "" for nothing."""
    row = settings_row(key)
    return str(row.config.get("signature", "")).strip() if row else ""


@dataclass(frozen=True)
class Barred:
    """Why nothing may go to a client: a code of `wording`, and the reader's words."""

    code: str
    text: str


def barred(client: Client, channel: str, purpose: str) -> Barred | None:
    """Why a message may not go to a client by a channel; None when it may."""
    return _inactive(client) or _unsubscribed({client.pk}, channel, purpose).get(client.pk)


def barred_many(messages: Sequence[Any]) -> list[Barred | None]:
    """As `barred` for each of several letters or messages of the outbox, whose clients are loaded.

    At most two statements a channel and purpose. What is owed is never barred.
    """
    asked: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for one in messages:
        if one.client is not None:
            asked[one.channel, one.purpose].add(one.client.pk)
    said = {kind: _unsubscribed(ids, *kind) for kind, ids in asked.items()}

    def of(one) -> Barred | None:
        if one.client is None or is_owed(one.cause):
            return None
        return _inactive(one.client) or said[one.channel, one.purpose].get(one.client.pk)

    return [of(one) for one in messages]


def _inactive(client: Client) -> Barred | None:
    if client.status != Status.INACTIVE:
        return None
    return Barred("inactive", _("%(The_client)s is inactive and gets no messages."))


def _unsubscribed(ids: set[UUID], channel: str, purpose: str) -> dict[UUID, Barred]:
    if channel not in Subscribed.values:
        return {}
    said = may_message_many(ids, channel, purpose)
    return {pk: Barred("unsubscribed", one.reason) for pk, one in said.items() if not one.allowed}


def outbox(
    actor, *, channel: str = "", state: str = "", after: str = "", before: str = "", limit: int = paging.LIMIT
) -> paging.Page:
    """A page of messages, newest first, of one channel or state where given; raises Invalid, Forbidden."""
    found = access.outbox_for(actor).defer("text", "html", "headers").select_related("client")
    if channel:
        found = found.filter(channel=channel)
    if state in State.values:
        found = found.filter(state=state)
    return paging.page(found, ["-id"], after=after, before=before, limit=limit)


def arrivals(actor, *, channel: str = "", after: str = "", before: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """A page of what arrived and was not taken in, newest first; raises Invalid, Forbidden."""
    found = access.arrivals_for(actor)
    if channel:
        found = found.filter(channel=channel)
    return paging.page(found, ["-id"], after=after, before=before, limit=limit)


def reason_text(key: str, reason: str, detail: str = "") -> str:
    """Why a message of a channel did not go, in the reader's language; "" when there is no reason."""
    channel = channels.get(key)
    text = (channel.said if channel else said)(reason)
    return f"{text} ({detail})" if text and detail else text


@dataclass(frozen=True)
class Health:
    """How a channel is: ready, setup, off or problem; `text` says why in the reader's language."""

    channel: Channel
    settings: ChannelSettings | None
    state: str
    text: str


def health(channel: Channel, settings: ChannelSettings | None) -> Health:
    """How a channel is."""
    lacks = missing(channel, settings)
    if settings is not None and not settings.enabled:
        return Health(channel, settings, "off", lacks)
    if lacks:
        return Health(channel, settings, "setup", lacks)
    if settings is not None and settings.problem:
        return Health(channel, settings, "problem", reason_text(channel.key, settings.problem))
    return Health(channel, settings, "ready", "")


def all_health(actor) -> list[Health]:
    """How all channels that send are, in one query; raises Forbidden."""
    access.require(actor, permissions.VIEW)
    rows = {row.channel: row for row in ChannelSettings.objects.filter(account_id=actor.account_id)}
    return [health(channel, rows.get(channel.key)) for channel in sending()]


def last_test(channel: Channel) -> Dispatch | None:
    """The latest test message of a channel."""
    found = Dispatch.objects.filter(channel=channel.key, cause="test", cause_id=None)
    return found.order_by("-pk").first()
