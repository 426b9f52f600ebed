"""A provider on the loopback, and an account that uses it."""

import pytest
from twilio.request_validator import RequestValidator

from frontdesk.channels import access, actions, hooks
from frontdesk.channels.models import ChannelSettings
from frontdesk.channels.registry import Cause, Reach, causes

from .provider import NUMBER, SID, TOKEN, Provider


@pytest.fixture(autouse=True)
def local(settings):
    """Loopback and http are allowed, as on a machine for tests."""
    settings.WEBHOOKS_LOCAL = True


@pytest.fixture
def provider():
    """The provider."""
    made = Provider()
    yield made
    made.close()


@pytest.fixture
def sms(within, provider):
    """The channel, set up by the admin."""
    channel = access.get_channel(within.ana, "sms")
    config = {"account_sid": SID, "senders": NUMBER, "server": provider.url}
    actions.configure(within.ana, channel, config, {"auth_token": TOKEN})
    return channel


@pytest.fixture
def seen():
    """What a cause of messages is told: (dispatch id, state)."""
    told = []
    cause = Cause("planted", "Planted", lambda rows: told.extend((row.pk, str(row.state)) for row in rows))
    causes.register(cause.key, cause)
    yield told
    del causes._items[cause.key]


@pytest.fixture
def letter(within, seen):
    """A function that makes a text message to Maria."""
    numbers = iter(range(1000))

    def make(text="Your jacket is ready.", to="+40745112908", client="maria", **given):
        key = given.pop("key", f"planted:{next(numbers)}")
        who = getattr(within, client) if client else None
        return actions.Letter("sms", Reach(to, to, "Maria"), text, "planted", key, client=who, **given)

    return make


@pytest.fixture
def call(sms, client):
    """A function that calls a hook as the provider does: signed, unless told otherwise."""

    def post(name, fields, *, query="", token=TOKEN, headers=None):
        url = hooks.address(ChannelSettings.objects.get(channel="sms"), name) + query
        fields = {"AccountSid": SID, **fields}
        signature = RequestValidator(token).compute_signature(url, fields) if token else ""
        told = {"X-Twilio-Signature": signature} if headers is None else headers
        return client.post(url.partition("://")[2].partition("/")[2].join(["/", ""]), fields, headers=told)

    return post
