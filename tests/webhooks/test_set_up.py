"""Webhooks are set up by admins, by page and API; their secrets are shown once (A4)."""

import pytest
from django.urls import reverse

from frontdesk.core.errors import Conflict, Forbidden, Invalid, Missing
from frontdesk.webhooks import actions
from frontdesk.webhooks.access import endpoints_for, get_delivery
from frontdesk.webhooks.models import Delivery, Endpoint, Status

URL = "https://hooks.example.com/desk"


@pytest.fixture(autouse=True)
def guarded(settings):
    """As in production."""
    settings.WEBHOOKS_LOCAL = False


def test_the_secret_is_kept_sealed(within):
    endpoint, secret = actions.add_endpoint(within.ana, url=URL, kinds=["client"])
    endpoint.refresh_from_db()
    assert secret.startswith("whsec_") and secret not in endpoint.secret and secret[6:] not in endpoint.secret


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"url": "http://hooks.example.com/"}, "url"), ({"url": "nothing"}, "url"), ({"kinds": []}, "kinds"),
        ({"kinds": ["nothing.known"]}, "kinds"), ({"description": "x" * 121}, "description"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_field(within, values, field):
    with pytest.raises(Invalid) as refused:
        actions.add_endpoint(within.ana, **{"url": URL, "kinds": ["*"], **values})
    assert list(refused.value.errors) == [field] and not Endpoint.objects.exists()


def test_there_are_at_most_twenty(within):
    for _number in range(actions.MOST_ENDPOINTS):
        actions.add_endpoint(within.ana, url=URL, kinds=["*"])
    with pytest.raises(Conflict):
        actions.add_endpoint(within.ana, url=URL, kinds=["*"])


def test_what_waits_is_given_up_when_it_is_switched_off(within):
    endpoint, _secret = actions.add_endpoint(within.ana, url=URL, kinds=["*"])
    actions.send_test(within.ana, endpoint)
    actions.switch_endpoint(within.ana, endpoint, on=False)
    assert Delivery.objects.get().status == Status.FAILED
    with pytest.raises(Conflict):
        actions.send_test(within.ana, endpoint)


def test_the_pages_show_the_secret_once_and_take_every_step(cast, browser_of):
    ana = browser_of(cast.ana)
    refused = ana.post(reverse("webhooks:new"), {"url": "http://plain.example/", "parts": ["*"]})
    assert refused.status_code == 422 and "https://" in refused.content.decode()
    made = ana.post(reverse("webhooks:new"), {"url": URL, "parts": ["client"], "verbs": ["note.added"]})
    assert "whsec_" in made.content.decode() and made.headers["Cache-Control"] == "no-store"
    endpoint = Endpoint._base_manager.values("pk", "kinds").get
    from frontdesk.core.tenancy.context import across_accounts

    with across_accounts():
        row = endpoint()
    assert row["kinds"] == ["client", "note.added"]
    shown = reverse("webhooks:show", args=[row["pk"]])
    assert "whsec_" not in ana.get(shown).content.decode() and URL in ana.get(reverse("webhooks:list")).content.decode()
    assert "checked" in ana.get(reverse("webhooks:edit", args=[row["pk"]])).content.decode()
    assert ana.post(reverse("webhooks:test", args=[row["pk"]])).status_code == 302
    assert "webhooks.ping" in ana.get(shown).content.decode()
    assert "whsec_" in ana.post(reverse("webhooks:rotate", args=[row["pk"]])).content.decode()
    assert ana.post(reverse("webhooks:switch", args=[row["pk"]]), {"on": "no"}).status_code == 302
    assert ana.post(reverse("webhooks:edit", args=[row["pk"]]), {"url": URL, "parts": ["*"]}).status_code == 302
    assert ana.post(reverse("webhooks:remove", args=[row["pk"]])).status_code == 302
    assert ana.get(shown).status_code == 404


def test_the_api_does_the_same(cast, api_of):
    ana = api_of(cast.ana)
    made = ana.post("/api/v1/webhooks", {"url": URL, "kinds": ["*"]}).json()
    assert made["secret"].startswith("whsec_")
    one = f"/api/v1/webhooks/{made['id']}"
    assert "secret" not in ana.get(one).json()
    changed = ana.patch(one, {"kinds": ["note"], "enabled": False}, content_type="application/json").json()
    assert (changed["kinds"], changed["state"], changed["url"]) == (["note"], "off", URL)
    assert ana.post(f"{one}/test").status_code == 409
    ana.patch(one, {"enabled": True}, content_type="application/json")
    sent = ana.post(f"{one}/test").json()
    assert sent["kind"] == "webhooks.ping"
    assert ana.post(f"{one}/deliveries/{sent['id']}/retry").status_code == 409
    assert [row["id"] for row in ana.get(f"{one}/deliveries").json()["data"]] == [sent["id"]]
    assert ana.post(f"{one}/secret").json()["secret"] != made["secret"]
    assert "note" in ana.get("/api/v1/webhooks/kinds").json()["parts"]
    assert ana.delete(one).status_code == 204 and ana.get(one).status_code == 404


@pytest.mark.parametrize("who", ["sam", "cora", "mia", "greta"])
def test_only_admins_come_near(cast, api_of, browser_of, who):
    member = getattr(cast, who)
    assert api_of(member).get("/api/v1/webhooks").status_code == 403
    assert browser_of(member).get(reverse("webhooks:list")).status_code == 403
    assert browser_of(member).post(reverse("webhooks:new"), {"url": URL, "parts": ["*"]}).status_code == 403
    assert api_of(member).post("/api/v1/webhooks", {"url": URL, "kinds": ["*"]}).status_code == 403


@pytest.mark.parametrize("who", ["sam", "cora", "mia", "greta"])
def test_the_door_and_the_actions_ask_by_themselves(within, who):
    with pytest.raises(Forbidden):
        endpoints_for(within.people[who])
    with pytest.raises(Forbidden):
        actions.add_endpoint(within.people[who], url=URL, kinds=["*"])


def test_a_message_is_reached_by_its_own_webhook_only(within):
    one, other = (actions.add_endpoint(within.ana, url=URL, kinds=["*"])[0] for _ in range(2))
    sent = actions.send_test(within.ana, one)
    assert get_delivery(one, sent.pk) == sent
    with pytest.raises(Missing):
        get_delivery(other, sent.pk)
