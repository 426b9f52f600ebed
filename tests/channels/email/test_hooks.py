"""M4: providers bring e-mails and tell what became of others; who is not the provider, or repeats it, is refused."""

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import unquote, urlsplit

import pytest

from frontdesk.channels import actions, sending
from frontdesk.channels.email.hook_addresses import address
from frontdesk.channels.models import Arrival, ChannelSettings, Dispatch, State

from .mails import raw_mail

KEY = "mailgun-signing-key"


@pytest.fixture
def provider(configure):
    """A function that sets up a provider."""

    def apply(name, **more):
        secrets = {"provider_key": "k", "provider_second": "s", "hook_secret": KEY}
        config = {"sending": "provider", "provider": name, "sender_address": "office@folio.example",
                  "provider_domain": "folio.example", "receiving": "provider"}  # fmt: skip
        return configure(secrets, **config | more)

    return apply


@pytest.fixture
def call(client, within):
    """A function that calls a hook as a provider does, with the password that its address bears."""

    def post(name, data, kind="application/json", password=None, **headers):
        parts = urlsplit(address(ChannelSettings.objects.get(channel="email"), name))
        if parts.username:
            pair = f"{parts.username}:{password if password is not None else unquote(parts.password)}"
            headers["authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        if kind == "multipart":
            return client.post(parts.path, data, headers=headers)
        return client.post(parts.path, json.dumps(data), content_type=kind, headers=headers)

    return post


@pytest.fixture
def dispatch(within, mail_to, mailoutbox):
    """A mail that has left."""
    row = actions.queue(within.sam, mail_to())
    sending.run("email")
    Dispatch.objects.filter(pk=row.pk).update(provider_id="esp-1")
    return row


INBOUND = {
    "FromFull": {"Email": "maria@ionescu.example", "Name": "Maria"}, "From": "maria@ionescu.example",
    "To": "office@folio.example", "Subject": "Hello", "MessageID": "p1", "OriginalRecipient": "Inbox+Token@folio.example",  # noqa: E501
    "TextBody": "Good day", "HtmlBody": "<p>Good day</p>", "Headers": [{"Name": "Message-ID", "Value": "<m1@x>"}],
    "Attachments": [{"Name": "a.txt", "Content": base64.b64encode(b"text").decode(), "ContentType": "text/plain"}],
}  # fmt: skip


def test_postmark_brings_a_mail_and_only_with_the_password(provider, call):
    provider("postmark")
    for wrong in ("", "x", "frontdesk"):
        assert call("inbound", INBOUND, password=wrong).status_code == 403
    assert not Arrival.objects.exists()
    assert call("inbound", INBOUND).status_code == 200
    row = Arrival.objects.get()
    from frontdesk.files import blobs

    raw = b"".join(blobs.blocks(row.raw, row.size))
    assert raw.startswith(b"X-Original-To: inbox+token@folio.example\r\n") and b"Subject: Hello" in raw


def test_what_a_provider_repeats_is_taken_once(provider, call):
    provider("postmark")
    for _time in range(3):
        assert call("inbound", INBOUND).status_code == 200
    rows = Arrival.objects.count()
    assert rows <= 3  # boundaries differ; the second copy is refused when it is read
    from frontdesk.channels.arriving import take

    for row in Arrival.objects.order_by("pk"):
        take(row.pk)
    states = list(Arrival.objects.order_by("pk").values_list("reason", flat=True))
    assert states == ["", *["duplicate"] * (rows - 1)]


@pytest.mark.parametrize(
    ("data", "state", "reason"),
    [
        ({"RecordType": "Delivery", "MessageID": "esp-1"}, State.DELIVERED, ""),
        ({"RecordType": "Bounce", "Type": "HardBounce", "MessageID": "esp-1", "Details": "smtp;550 5.2.2 full"}, State.FAILED, "full"),  # noqa: E501
        ({"RecordType": "Bounce", "Type": "BadEmailAddress", "MessageID": "esp-1"}, State.FAILED, "address"),
        ({"RecordType": "Bounce", "Type": "Transient", "MessageID": "esp-1"}, State.SENT, ""),
        ({"RecordType": "Open", "MessageID": "esp-1"}, State.SENT, ""),
        ({"RecordType": "Delivery", "MessageID": "of-others"}, State.SENT, ""),
    ],
)  # fmt: skip
def test_postmark_tells_what_became_of_a_mail(provider, call, dispatch, data, state, reason):
    provider("postmark")
    assert call("tracking", data).status_code == 200
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.reason) == (state, reason)


def test_a_report_finds_its_mail_by_our_own_number(provider, call, dispatch):
    provider("postmark")
    call("tracking", {"RecordType": "Delivery", "MessageID": "other", "Metadata": {"dispatch": dispatch.pk.hex}})
    dispatch.refresh_from_db()
    assert dispatch.state in (State.DELIVERED, State.SENT)


def signed(at=None, token="t" * 50, key=KEY) -> dict:
    """Mailgun's signature."""
    at = str(int(time.time()) if at is None else at)
    made = hmac.new(key.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": at, "token": token, "signature": made}


def delivered(dispatch, **more) -> dict:
    data = {"event": "delivered", "timestamp": time.time(), "recipient": "m@x.example", "message": {"headers": {"message-id": "esp-1"}},  # noqa: E501
            "user-variables": {"dispatch": dispatch.pk.hex}}  # fmt: skip
    return {"signature": signed(**more), "event-data": data}


def test_mailgun_must_sign_freshly_and_once(provider, call, dispatch):
    provider("mailgun")
    refused = (
        delivered(dispatch, key="another"), delivered(dispatch, at=int(time.time()) - 3600),
        delivered(dispatch, at=int(time.time()) + 3600), {"event-data": {}}, {}, [], "x",
    )  # fmt: skip
    assert [call("tracking", data).status_code for data in refused] == [403] * 5 + [400, 400]
    good = delivered(dispatch)
    assert call("tracking", good).status_code == 200
    assert call("tracking", good).status_code == 403, "overheard and repeated"
    dispatch.refresh_from_db()
    assert dispatch.state == State.DELIVERED


def test_mailgun_brings_a_mail(provider, call):
    provider("mailgun")
    raw = raw_mail(b"whole")
    data = signed() | {
        "body-mime": raw.decode(),
        "recipient": "office@folio.example",
        "sender": "maria@ionescu.example",
    }
    assert call("inbound", data | {"signature": "0" * 64}, "multipart").status_code == 403
    assert call("inbound", data, "multipart").status_code == 200
    assert Arrival.objects.get().size > len(raw)


@pytest.mark.parametrize("name", ["brevo", "mailgun", "mailjet", "postmark", "sendgrid", "sparkpost"])
def test_garbage_is_refused_by_all_and_breaks_nothing(provider, call, name):
    receives = "none" if name == "brevo" else "provider"
    provider(name, receiving=receives)
    for kind in ("tracking", "inbound"):
        for data in ({}, [], [{}], {"a": 1}, "text", 7, None, [[]], {"event": []}, {"events": {"x": 1}}):
            assert call(kind, data).status_code in (200, 400, 403)
        assert call(kind, {"dkim": "x", "email": "\0", "headers": "x"}, "multipart").status_code in (200, 400, 403)
    assert all(row.size for row in Arrival.objects.all())


def test_nothing_is_taken_where_mails_do_not_come_that_way(provider, call):
    provider("postmark", receiving="none")
    assert call("inbound", INBOUND).status_code == 403
    provider("postmark")
    ChannelSettings.objects.update(enabled=False)
    assert call("inbound", INBOUND).status_code == 403


def test_an_address_of_another_account_or_a_former_one_is_not_there(provider, call, client, within):
    row = provider("postmark")
    path = urlsplit(address(row, "inbound")).path
    assert (
        client.post(path.replace(row.token, "x" * len(row.token)), "{}", content_type="application/json").status_code
        == 404
    )
    swapped = path.replace(within.account.pk.hex, within.other.account.pk.hex)
    assert client.post(swapped, "{}", content_type="application/json").status_code == 404
    from frontdesk.channels import access

    actions.new_address(within.ana, access.get_channel(within.ana, "email"))
    assert client.post(path, "{}", content_type="application/json").status_code == 404
