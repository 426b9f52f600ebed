"""What happens reaches other systems: signed, once, again after failures, and never at the cost of others (A4)."""

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from frontdesk.activity.models import Activity
from frontdesk.clients.actions import add_note
from frontdesk.core.jobs import queue, worker
from frontdesk.webhooks import actions, delivering, jobs
from frontdesk.webhooks.models import Delivery, Endpoint, State, Status
from frontdesk.webhooks.sending import request, schedule

from .receiver import status


def tend(endpoint: Endpoint) -> None:
    """What the worker does for an endpoint, once."""
    endpoint.refresh_from_db()
    delivering.queue_news(endpoint)
    delivering.send_due(endpoint)


def note(within, text="Prefers mornings."):
    """Something that happens."""
    return add_note(within.ana, within.maria, text)


def wake() -> None:
    """As if all pauses were over."""
    Delivery.objects.filter(status=Status.WAITING).update(next_at=timezone.now())
    Endpoint.objects.update(paused_until=None)


def verified(secret: str, received, which: int = 0) -> bool:
    """Checks a signature as the other side would, by the words of the standard."""
    name, given = received.headers["webhook-signature"].split()[which].split(",")
    message = f"{received.headers['webhook-id']}.{received.headers['webhook-timestamp']}.".encode() + received.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return name == "v1" and base64.b64decode(given) == hmac.new(key, message, hashlib.sha256).digest()


def test_a_note_is_told_once_signed_and_without_names(within, hook):
    endpoint, secret, receiver = hook(kinds=["note"])
    note(within)
    tend(endpoint)
    tend(endpoint)
    (received,) = receiver.received
    told = json.loads(received.body)
    assert received.line == "POST /hook?key=1 HTTP/1.1" and received.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert verified(secret, received) and abs(int(received.headers["webhook-timestamp"]) - time.time()) < 60
    assert told["type"].startswith("note.") and told["data"]["client"] == str(within.maria.pk)
    assert "Prefers" not in received.body.decode() and within.maria.name not in received.body.decode()
    row = Delivery.objects.get()
    assert (row.status, row.response_status, row.response_text) == (Status.DELIVERED, 200, "said")


def test_only_what_was_asked_for_and_only_from_then_on_is_told(within, hook):
    note(within)
    endpoint, _secret, receiver = hook(kinds=["client", "token.created"])
    note(within)
    tend(endpoint)
    assert receiver.received == []


def test_an_activity_that_is_committed_late_is_told_too(within, hook):
    endpoint, _secret, receiver = hook(kinds=["note"])
    note(within)
    late = Activity.objects.order_by("-id").first()
    note(within)
    young = Activity.objects.order_by("-id").first()
    Activity.objects.filter(pk=late.pk).delete()
    tend(endpoint)
    late.save(force_insert=True)
    tend(endpoint)
    told = [json.loads(one.body)["data"]["id"] for one in receiver.received]
    assert told == [str(young.pk), str(late.pk)]


def test_a_failed_message_is_tried_again_with_the_same_id(within, hook):
    endpoint, secret, receiver = hook(status(500), status(500), status(204, body=""), kinds=["note"])
    note(within)
    for _try in range(3):
        tend(endpoint)
        wake()
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1 and len(receiver.received) == 3
    assert all(verified(secret, one) for one in receiver.received)
    row = Delivery.objects.get()
    assert (row.status, row.attempts) == (Status.DELIVERED, 3)
    endpoint.refresh_from_db()
    assert endpoint.failures == 0 and endpoint.failing_since is None


def test_it_waits_as_long_as_the_other_side_asks(within, hook):
    endpoint, _secret, receiver = hook(status(429, "Retry-After: 1200"), kinds=["note"])
    note(within)
    note(within)
    tend(endpoint)
    endpoint.refresh_from_db()
    soonest = timezone.now() + timedelta(seconds=1190)
    assert Delivery.objects.get(attempts=1).next_at > soonest and endpoint.paused_until > soonest
    assert len(receiver.received) == 1


def _garbage() -> bytes:
    return b"\x00\xff not http at all\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (status(302, "Location: http://127.0.0.1:9/"), "redirect"),
        (_garbage(), "garbage"),
        (b"", "connection"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000, "garbage"),
    ],
)
def test_odd_answers_are_failures_with_a_reason(within, hook, answer, error):
    endpoint, _secret, receiver = hook(answer, kinds=["note"])
    note(within)
    tend(endpoint)
    row = Delivery.objects.get()
    assert (row.status, row.error) == (Status.WAITING, error) and len(receiver.received) == 1


@pytest.mark.parametrize("slow", [0.2, 30])
def test_who_answers_too_slowly_is_cut_off(within, hook, monkeypatch, slow):
    monkeypatch.setattr(request, "SECONDS", 1)
    endpoint, _secret, _receiver = hook(status(200), kinds=["note"], slow=slow)
    note(within)
    began = time.monotonic()
    tend(endpoint)
    assert time.monotonic() - began < 5
    assert Delivery.objects.get().error == "late"


def test_a_long_answer_is_read_in_part_only(within, hook):
    endpoint, _secret, _receiver = hook(status(200, body="x" * 3_000_000), kinds=["note"])
    note(within)
    tend(endpoint)
    row = Delivery.objects.get()
    assert row.status == Status.DELIVERED and len(row.response_text) == request.EXCERPT


def test_nobody_listening_is_a_failure(within, hook):
    endpoint, _secret, receiver = hook(kinds=["note"])
    receiver.close()
    note(within)
    tend(endpoint)
    assert Delivery.objects.get().error in ("connection", "garbage")


def test_a_private_address_is_not_called_when_its_name_changes(within, hook, settings, monkeypatch):
    """The address is looked at when it is called, not when it was saved."""
    endpoint, _secret, receiver = hook(kinds=["note"])
    Endpoint.objects.update(url=f"https://localhost:{receiver.port}/")
    settings.WEBHOOKS_LOCAL = False
    note(within)
    tend(endpoint)
    assert Delivery.objects.get().error == "private" and receiver.received == []


def test_after_a_day_a_message_is_given_up_and_can_be_sent_by_hand(within, hook):
    endpoint, _secret, receiver = hook(status(500), status(200), kinds=["note"])
    note(within)
    delivering.queue_news(endpoint)
    Delivery.objects.update(first_at=timezone.now() - schedule.TRIED_FOR, attempts=9)
    tend(endpoint)
    row = Delivery.objects.get()
    assert (row.status, row.next_at, row.response_status) == (Status.FAILED, None, 500)
    actions.retry_delivery(within.ana, endpoint, row)
    tend(endpoint)
    assert Delivery.objects.get().status == Status.DELIVERED and len(receiver.received) == 2


def test_the_tries_spread_over_a_day():
    moment, first, tries = timezone.now(), timezone.now(), 0
    while (following := schedule.next_try(tries + 1, first, moment, None)) is not None:
        moment, tries = following, tries + 1
    assert 7 <= tries <= 12 and timedelta(hours=17) < moment - first <= timedelta(hours=24)
    assert len({schedule.pause_after(3) for _time in range(20)}) > 10


def test_days_of_failures_switch_it_off_and_the_admins_are_told(within, hook):
    endpoint, _secret, _receiver = hook(status(500), kinds=["note"])
    Endpoint.objects.update(failing_since=timezone.now() - schedule.DISABLED_AFTER - timedelta(hours=1))
    note(within)
    note(within)
    tend(endpoint)
    endpoint.refresh_from_db()
    assert endpoint.state == State.FAILING and not Delivery.objects.filter(status=Status.WAITING).exists()
    assert Activity.objects.filter(verb="webhooks.endpoint.stopped").exists()
    worker.run_due()
    (sent,) = [one for one in mail.outbox if one.to == [within.ana.user.email]]
    assert endpoint.url in sent.body and f"/settings/webhooks/{endpoint.pk}/" in sent.body


def test_an_address_that_is_gone_is_not_called_again(within, hook):
    endpoint, _secret, receiver = hook(status(410), kinds=["note"])
    note(within)
    tend(endpoint)
    note(within)
    tend(endpoint)
    endpoint.refresh_from_db()
    assert endpoint.state == State.GONE and len(receiver.received) == 1


def test_both_secrets_sign_for_a_day_after_a_change(within, hook):
    endpoint, former, receiver = hook(kinds=["note"])
    secret = actions.rotate_secret(within.ana, endpoint)
    note(within)
    tend(endpoint)
    Endpoint.objects.update(former_until=timezone.now())
    note(within)
    tend(endpoint)
    first, second = receiver.received
    assert verified(secret, first, 0) and verified(former, first, 1)
    assert verified(secret, second, 0) and len(second.headers["webhook-signature"].split()) == 1


def test_the_worker_reads_the_spine_and_sends_in_a_thread_of_its_own(within, hook):
    _endpoint, _secret, receiver = hook(kinds=["note"])
    note(within)
    jobs.read_spine()
    jobs.read_spine()
    assert queue.claim("") == []
    assert worker.run_due("outside") == 1 and len(receiver.received) == 1


def test_another_business_learns_nothing(within, hook):
    endpoint, _secret, receiver = hook()
    from frontdesk.core.tenancy.context import account_context

    with account_context(within.other.account):
        add_note(within.other.people["olga"], within.other.clients["zoe"], "Elsewhere")
    tend(endpoint)
    assert not any(str(within.other.account.pk) in one.body.decode() for one in receiver.received)
