"""A3, X11: pushes to a real push service on the loopback, which reads them with the browser's own keys."""

import base64
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.urls import reverse
from django.utils import timezone, translation

from frontdesk.accounts.actions.away import AwayInput, set_away
from frontdesk.accounts.actions.members import deactivate
from frontdesk.accounts.models import Session
from frontdesk.clients.actions import assignments
from frontdesk.clients.actions.availability import set_availability
from frontdesk.clients.models import Assignment
from frontdesk.core.errors import Invalid
from frontdesk.core.jobs import queue
from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.jobs.worker import run_claimed
from frontdesk.core.tenancy.context import account_context
from frontdesk.notify import actions, letters, pushing, vapid
from frontdesk.notify.actions import DeviceInput
from frontdesk.notify.models import Device, Outgoing

from .helpers import work
from .service import PushService, Receiver


@pytest.fixture
def service(settings):
    settings.WEBHOOKS_LOCAL = True
    made = PushService()
    yield made
    made.close()


@pytest.fixture
def pushed(cast, service, browser_of):
    """Cora's browser takes pushes."""
    cast.browser, cast.receiver, cast.service = browser_of(cast.cora), Receiver(), service
    sent = {"endpoint": service.address, **cast.receiver.fields}
    assert cast.browser.post(reverse("notify:device_add"), sent).status_code == 204
    with account_context(cast.account):
        yield cast


def hand(cast, client="victor") -> None:
    assignments.assign(cast.sam, getattr(cast, client), [cast.cora.pk])
    work()


def received(cast) -> list[dict]:
    return [cast.receiver.read(body) for _path, _headers, body in cast.service.requests]


def test_a_push_says_what_happened_and_only_its_browser_can_read_it(pushed):
    hand(pushed)
    (said,) = received(pushed)
    assert said["title"] == "Sam assigned Victor Țurcanu to you" and said["from"] == "Folio Repairs"
    assert (
        said["tag"] == "clients.assigned:assigned"
        and said["href"].startswith("/notifications/")
        and said["unread"] == 1
    )
    path, headers, body = pushed.service.requests[0]
    assert b"Victor" not in body and len(body) <= 4096 and path == "/push/one"
    assert headers["Content-Encoding"] == "aes128gcm" and headers["TTL"] == "86400" and len(headers["Topic"]) == 32
    assert Device.objects.get().used_at


def test_the_push_is_signed_for_this_service_with_the_installations_key(pushed):
    hand(pushed)
    header = pushed.service.requests[0][1]["Authorization"]
    fields = dict(part.strip().split("=", 1) for part in header.removeprefix("vapid ").split(","))
    assert fields["k"].rstrip("=") == vapid.public_key()
    head, claims, signature = fields["t"].split(".")
    raw = _raw(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    vapid.key().public_key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    said = json.loads(_raw(claims))
    assert said["aud"] == _origin(pushed) and said["exp"] <= timezone.now().timestamp() + 24 * 3600


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _origin(cast) -> str:
    return cast.service.address.rpartition("/push")[0]


def test_the_title_is_in_the_language_of_the_owner(pushed):
    pushed.cora.user.language = "fr"
    pushed.cora.user.save()
    with letters.reading(pushed.cora):
        assert translation.get_language() == "fr"


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(pushed, status):
    pushed.service.status = status
    hand(pushed)
    assert not Device.objects.exists()
    hand(pushed, "ioana")
    assert len(pushed.service.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_in_trouble_is_asked_again_later_and_not_for_ever(pushed, status):
    pushed.service.status, pushed.service.headers = status, {"Retry-After": "3600"}
    hand(pushed)
    assert len(pushed.service.requests) == 1 and Device.objects.exists()
    for attempt in range(1, len(pushing.PAUSES) + 1):
        waiting = QueuedJob.objects.get(name="notify.push", status=Status.WAITING)
        assert waiting.arguments["attempt"] == attempt and waiting.run_at > timezone.now() + timedelta(minutes=59)
        QueuedJob.objects.filter(pk=waiting.pk).update(run_at=timezone.now())
        work()
    assert not QueuedJob.objects.filter(name="notify.push", status=Status.WAITING).exists()
    assert len(pushed.service.requests) == 1 + len(pushing.PAUSES)


def test_a_push_that_is_refused_for_good_is_not_repeated(pushed):
    pushed.service.status = 413
    hand(pushed)
    assert not QueuedJob.objects.filter(name="notify.push", status=Status.WAITING).exists() and Device.objects.exists()


@pytest.mark.parametrize("end", ["sign out", "revoked", "expired", "password", "deactivated"])
def test_the_end_of_the_session_ends_pushes_at_once(pushed, end):
    if end == "sign out":
        pushed.browser.post(reverse("account_logout"))
    elif end == "revoked":
        Session.objects.filter(user=pushed.cora.user).delete()
    elif end == "expired":
        Session.objects.filter(user=pushed.cora.user).update(expire_date=timezone.now())
    elif end == "password":
        pushed.cora.user.set_password("another battery staple")
        pushed.cora.user.save()
    else:
        deactivate(pushed.ana, pushed.cora)
    hand(pushed) if end != "deactivated" else work()
    assert pushed.service.requests == []


def test_nothing_is_pushed_of_what_is_read_or_out_of_sight_by_then(pushed):
    assignments.assign(pushed.sam, pushed.victor, [pushed.cora.pk])
    queue.finish(run_claimed(queue.claim()))
    Assignment.objects.filter(client=pushed.victor).delete()
    work()
    assert pushed.service.requests == []


def test_who_is_away_gets_no_push(pushed):
    set_away(pushed.cora, pushed.cora, AwayInput())
    hand(pushed)
    assert pushed.service.requests == []


def test_quiet_hours_end_with_one_summary(pushed):
    now = timezone.now()
    pushed.cora.user.time_zone = "UTC"
    pushed.cora.user.save()
    start = (now.hour * 60 + now.minute - 5) % 1440
    quiet = actions.PreferenceInput(
        quiet_from=start, quiet_until=(start + 60) % 1440, quiet_days=list(range(7)),
        choices={"clients.changed": {"push": True}},
    )  # fmt: skip
    actions.choose(pushed.cora, pushed.cora, quiet)
    hand(pushed)
    set_availability(pushed.mia, pushed.maria, [])
    work()
    assert pushed.service.requests == []
    Outgoing.objects.update(due_at=now)
    QueuedJob.objects.filter(name="notify.send").update(run_at=now)
    work()
    (said,) = received(pushed)
    assert said["title"] == "2 notifications" and said["href"] == reverse("notify:list")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("endpoint", {"endpoint": "http://push.example/x"}),
        ("endpoint", {"endpoint": "https://user:pass@push.example/x"}),
        ("endpoint", {"endpoint": "javascript:alert(1)"}),
        ("p256dh", {"p256dh": "AAAA"}),
        ("auth", {"auth": "!"}),
    ],
)
def test_what_no_browser_says_is_refused(within, settings, browser_of, field, values):
    settings.WEBHOOKS_LOCAL = False
    typed = {"endpoint": "https://push.example/x", **Receiver().fields, **values}
    with pytest.raises(Invalid) as refused:
        actions.add_device(within.cora, "", DeviceInput(**typed))
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "[::1]", "169.254.169.254"])
def test_no_push_reaches_into_a_private_network(pushed, settings, host):
    settings.WEBHOOKS_LOCAL = False
    Device.objects.update(endpoint=f"https://{host}/push")
    hand(pushed)
    assert not Device.objects.exists() and pushed.service.requests == []


def test_the_page_lists_devices_and_removes_one(pushed, browser_of):
    page = pushed.browser.get(reverse("notify:preferences")).content.decode()
    found = Device.objects.get()
    assert found.mark in page and found.endpoint not in page
    other = browser_of(pushed.sam)
    assert other.post(reverse("notify:device_remove", args=[found.pk])).status_code == 404
    assert pushed.browser.post(reverse("notify:device_remove", args=[found.pk])).status_code == 302
    assert not Device.objects.exists()


def test_a_browser_forgets_itself_and_the_api_knows_devices(pushed, api_of):
    api = api_of(pushed.cora)
    rows = api.get("/api/v1/me/push-devices").json()["data"]
    assert len(rows) == 1 and api_of(pushed.sam).get("/api/v1/me/push-devices").json()["data"] == []
    assert api_of(pushed.sam).delete(f"/api/v1/me/push-devices/{rows[0]['id']}").status_code == 404
    pushed.browser.post(reverse("notify:device_forget"), {"endpoint": pushed.service.address})
    assert not Device.objects.exists()


def test_the_keys_of_browsers_are_sealed(pushed):
    assert pushed.receiver.fields["auth"] not in Device.objects.get().secrets
