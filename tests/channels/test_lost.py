"""M4: what arrived and was not taken in is listed with its reason, and read again when somebody asks."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdesk.activity.models import Activity
from frontdesk.channels import access, actions
from frontdesk.channels.models import Arrival
from frontdesk.core.errors import Conflict, Forbidden
from frontdesk.core.jobs import worker
from frontdesk.messaging.models import Message

PAYLOAD = {"MessageSid": "SM1", "From": "+40745112908", "To": "+15005550006", "Body": "Is it ready?", "NumMedia": "0"}


@pytest.fixture
def lost(within):
    """A text message of Maria's that could not be read."""
    return Arrival.objects.create(
        account=within.account, channel="sms", provider_id="SM1", payload=PAYLOAD, state="failed", reason="error",
        received_at=timezone.now(),
    )  # fmt: skip


def test_it_is_listed_with_its_reason(within, lost, browser_of):
    page = browser_of(within.sam)
    shown = page.get(reverse("channels:arrivals")).content.decode()
    assert "+40745112908" in shown and "Something went wrong here" in shown
    assert "+40745112908" not in page.get(reverse("channels:arrivals") + "?channel=email").content.decode()
    one = page.get(reverse("channels:arrival", args=[lost.pk])).content.decode()
    assert "Read it again" in one and "Is it ready?" not in one


def test_it_is_read_again_once(within, lost, browser_of, sms):
    address = reverse("channels:read_again", args=[lost.pk])
    assert browser_of(within.sam).post(address).status_code == 302
    worker.run_due()
    lost.refresh_from_db()
    assert lost.state == "done" and Message.objects.get(body="Is it ready?").thread.client_id == within.maria.pk
    assert Activity.objects.get(verb="arrival.retried").actor_id == within.sam.pk
    assert browser_of(within.sam).post(address).status_code == 404, "it is no longer among them"
    with pytest.raises(Conflict):
        actions.read_again(within.sam, lost)
    assert Message.objects.filter(body="Is it ready?").count() == 1


def test_what_is_no_longer_kept_is_not_read(within, lost, api_of):
    Arrival.objects.update(payload={}, received_at=timezone.now() - timedelta(days=90))
    (row,) = api_of(within.sam).get("/api/v1/arrivals").json()["data"]
    assert (row["state"], row["reason"], row["is_kept"]) == ("failed", "error", False)
    assert api_of(within.sam).post(f"/api/v1/arrivals/{lost.pk}/retry").status_code == 409


def test_it_is_the_offices(within, lost):
    for other in (within.cora, within.mia):
        with pytest.raises(Forbidden):
            access.get_arrival(other, lost.pk)
        with pytest.raises(Forbidden):
            actions.read_again(other, lost)
    assert access.get_arrival(within.ana, lost.pk) == lost


def test_what_was_taken_in_is_not_among_them(within, lost):
    Arrival.objects.update(state="done")
    assert not access.arrivals_for(within.ana).exists()
