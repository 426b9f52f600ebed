"""M4: a provider's reports are believed when they are signed and of today; late, double, mixed up ones do no harm."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.channels import actions, sending
from frontdesk.channels.models import ChannelSettings, Dispatch
from frontdesk.clients.models import Client

from .provider import SID


@pytest.fixture
def row(within, sms, letter, provider):
    """A message that the provider took."""
    made = actions.queue(within.sam, letter())
    sending.run("sms")
    return Dispatch.objects.get(pk=made.pk)


@pytest.fixture
def report(row, call):
    """A function that reports a state of that message; the answer's status."""

    def tell(state, code="", **given):
        fields = {"MessageSid": row.provider_id, "MessageStatus": state, "To": row.to}
        if code:
            fields["ErrorCode"] = code
        given.setdefault("query", f"?dispatch={row.pk}")
        return call("status", fields, **given).status_code

    return tell


def state(row):
    return Dispatch.objects.get(pk=row.pk).state


@pytest.mark.parametrize("order", [*itertools.permutations(["sending", "sent", "delivered"])])
def test_in_any_order_and_twice(row, report, order):
    for said in (*order, *order):
        assert report(said) == 204
    assert state(row) == "delivered"


def test_the_address_that_was_given_is_the_one_that_is_called(row, call, provider):
    callback = provider.messages[0]["callback"]
    assert callback.endswith(f"?dispatch={row.pk}") and "/hooks/sms/" in callback


def test_a_failure_has_its_reason(row, report):
    assert report("undelivered", "30003") == 204
    failed = Dispatch.objects.get(pk=row.pk)
    assert (failed.state, failed.reason, failed.detail) == ("failed", "address", "30003")


@pytest.mark.parametrize("headers", [{}, {"X-Twilio-Signature": "bm90IGl0"}, {"X-Twilio-Signature": ""}])
def test_unsigned_is_not_believed(row, report, headers):
    assert report("delivered", headers=headers) == 403 and state(row) == "sent"


def test_signed_by_another_is_not_believed(row, report):
    assert report("delivered", token="another token") == 403 and state(row) == "sent"


def test_a_signature_for_another_message_is_not_believed(row, call):
    fields = {"MessageSid": row.provider_id, "MessageStatus": "delivered"}
    answer = call("status", {**fields, "MessageStatus": "failed"}, query=f"?dispatch={row.pk}", headers={
        "X-Twilio-Signature": _signature(row, fields)
    })  # fmt: skip
    assert answer.status_code == 403 and state(row) == "sent"


def _signature(row, fields):
    from twilio.request_validator import RequestValidator

    from frontdesk.channels import hooks

    from .provider import TOKEN

    url = hooks.address(ChannelSettings.objects.get(channel="sms"), "status") + f"?dispatch={row.pk}"
    return RequestValidator(TOKEN).compute_signature(url, {"AccountSid": SID, **fields})


def test_another_account_of_the_provider_is_not_believed(row, call):
    fields = {"AccountSid": "AC" + "9" * 32, "MessageSid": row.provider_id, "MessageStatus": "delivered"}
    assert call("status", fields, query=f"?dispatch={row.pk}").status_code == 403 and state(row) == "sent"


def test_what_was_recorded_and_comes_again_later_is_refused(row, report):
    assert report("delivered") == report("delivered") == 204
    Dispatch.objects.update(delivered_at=timezone.now() - timedelta(minutes=16))
    assert report("delivered") == 403


def test_what_comes_after_weeks_is_refused(row, report):
    Dispatch.objects.update(queued_at=timezone.now() - timedelta(days=9))
    assert report("delivered") == 403 and state(row) == "sent"


@pytest.mark.parametrize("query", ["", "?dispatch=nonsense", "?dispatch=00000000-0000-7000-8000-00000000dead"])
def test_a_message_of_nobody_changes_nothing(row, report, query):
    assert report("delivered", query=query) == 204 and state(row) == "sent"


@pytest.mark.parametrize("said", ["", "strange", "\0"])
def test_an_unknown_state_changes_nothing(row, report, said):
    assert report(said) == 204 and state(row) == "sent"


def test_an_address_that_was_not_given_out_is_not_there(row, client, within):
    settings = ChannelSettings.objects.get(channel="sms")
    known = f"{within.account.pk.hex}-{settings.token}"
    other = f"{within.other.account.pk.hex}-{settings.token}"
    for channel, token, name in [
        ("sms", f"{within.account.pk.hex}-wrong", "status"), ("sms", "nonsense", "status"), ("sms", other, "status"),
        ("sms", known, "surprise"), ("fax", known, "status"),
    ]:  # fmt: skip
        assert client.post(f"/hooks/{channel}/{token}/{name}/").status_code == 404
    assert client.get(f"/hooks/sms/{known}/status/").status_code == 405
    assert client.post(f"/hooks/sms/{known}/status/").status_code == 403


def test_whom_the_carrier_keeps_out_is_unsubscribed(within, row, report):
    assert report("failed", "21610") == 204
    assert Dispatch.objects.get(pk=row.pk).reason == "opted_out"
    assert not _may_write(within)


def _may_write(within):
    from frontdesk.clients.subscriptions.rule import may_message

    return may_message(Client.objects.get(pk=within.maria.pk), "sms", "service").allowed


def test_and_so_is_who_is_refused_at_once(within, sms, letter, provider):
    provider.faults = [(400, {"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400})]
    actions.queue(within.sam, letter())
    sending.run("sms")
    assert not _may_write(within)
