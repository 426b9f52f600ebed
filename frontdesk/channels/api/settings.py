"""REST: how an account sends and receives messages."""

from datetime import datetime

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema

from .. import access, actions, hooks, queries
from ..fields import defaults
from ..permissions import CONFIGURE, VIEW
from .dispatches import DispatchOut, dispatch_out

router = Router(tags=["Channels"])
ONE = "/channels/{channel}"


class ChannelOut(Schema):
    """A channel; `state` is ready, setup, off or problem, and `text` says what is missing or wrong.

    `secrets` names those that are set; they are never shown. `addresses` are what the provider is to call, for those
    who may set up the channel.
    """

    key: str
    label: str
    state: str
    text: str
    enabled: bool
    config: dict[str, str | int | bool]
    secrets: list[str]
    addresses: dict[str, str]
    paused_until: datetime | None


class ChannelRows(Schema):
    """All channels."""

    data: list[ChannelOut]


class ChannelPatch(Input):
    """What is left out stays. An empty secret stays as it is, null forgets one."""

    config: dict[str, str | int | bool] = Field({}, max_length=60)
    secrets: dict[str, str | None] = Field({}, max_length=60)
    enabled: bool | None = None


class TestIn(Input):
    """Where the test goes; one's own address or number when it is left out."""

    to: str = Field("", max_length=254)


def _names(row) -> list[str]:
    try:
        return sorted(row.opened()) if row else []
    except ValueError:
        return []


def _addresses(channel, row) -> dict[str, str]:
    address = channel.hook_address or hooks.address
    return {name: address(row, name) for name in channel.hooks}


def _out(actor, health: queries.Health) -> dict:
    row, channel = health.settings, health.channel
    shown = row is not None and actor.may(CONFIGURE)
    return {
        "key": channel.key, "label": str(channel.label), "state": health.state, "text": health.text,
        "enabled": row.enabled if row else True, "secrets": _names(row),
        "config": {**defaults(channel.fields), **(row.config if row else {})},
        "addresses": _addresses(channel, row) if row and shown else {},
        "paused_until": row.paused_until if row and row.is_paused else None,
    }  # fmt: skip


def _one(request, channel):
    return answer(_out(request.actor, queries.health(channel, access.settings_of(request.actor, channel))))


@operation(router, "GET", "/channels", right=VIEW, answer=ChannelRows, summary="List channels")
def list_channels(request):
    """How messages leave, without secrets."""
    return answer({"data": [_out(request.actor, health) for health in queries.all_health(request.actor)]})


@operation(router, "GET", ONE, right=VIEW, answer=ChannelOut, summary="Read a channel")
def read_channel(request, channel: str):
    """One channel, without secrets."""
    return _one(request, access.get_channel(request.actor, channel))


@operation(router, "PATCH", ONE, right=CONFIGURE, answer=ChannelOut, summary="Set up a channel")
def change_channel(request, channel: str, body: ChannelPatch):
    """Change what is given."""
    known = access.get_channel(request.actor, channel)
    actions.configure(request.actor, known, body.config, body.secrets, body.enabled)
    return _one(request, known)


@operation(
    router, "POST", ONE + "/test", right=CONFIGURE, answer=DispatchOut, status=202, summary="Send a test message"
)  # fmt: skip
def test_channel(request, channel: str, body: TestIn):
    """To oneself, or to an address; what becomes of it is read from the message."""
    known = access.get_channel(request.actor, channel)
    return answer(dispatch_out(actions.send_test(request.actor, known, body.to)), 202)


@operation(
    router, "POST", ONE + "/addresses", right=CONFIGURE, answer=ChannelOut, summary="Make new addresses for a provider"
)  # fmt: skip
def new_addresses(request, channel: str):
    """The former ones work no more."""
    known = access.get_channel(request.actor, channel)
    actions.new_address(request.actor, known)
    return _one(request, known)
