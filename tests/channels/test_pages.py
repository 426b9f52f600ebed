"""M4, A7: channels are set up by pages and API; the outbox shows what was sent, waits, failed or is kept."""

import pytest
from django.urls import reverse

from frontdesk.channels import actions, sending
from frontdesk.channels.models import ChannelSettings, Dispatch
from frontdesk.core.tenancy.context import account_context

from .provider import NUMBER, SID, TOKEN

API = "/api/v1"


def page(name, *args):
    return reverse(f"channels:{name}", args=args)


def test_what_is_not_set_up_says_so(cast, browser_of):
    ana = browser_of(cast.ana)
    assert "Not set up" in ana.get(page("list")).content.decode()
    shown = ana.get(page("channel", "sms")).content.decode()
    assert "SMS is not set up yet" in shown and "rent a number" in shown and "Auth token" in shown


def test_an_admin_sets_it_up_and_the_secret_is_never_shown(cast, browser_of, provider):
    ana = browser_of(cast.ana)
    form = {"account_sid": SID, "auth_token": TOKEN, "senders": "+40 312 295 000", "server": provider.url}
    answer = ana.post(page("save", "sms"), {**form, "most_segments": "4"}, follow=True).content.decode()
    assert "Saved." in answer and "Works" in answer and "It is set and never shown" in answer
    assert TOKEN not in answer and NUMBER in answer
    with account_context(cast.account):
        row = ChannelSettings.objects.get()
        assert row.secret("auth_token") == TOKEN and row.config["most_segments"] == 4
        assert f"/hooks/sms/{cast.account.pk.hex}-{row.token}/inbound/" in answer
        assert "/hooks/" not in browser_of(cast.sam).get(page("channel", "sms")).content.decode()


def test_bad_ones_come_back_with_what_was_typed(cast, browser_of):
    form = {"account_sid": "wrong", "auth_token": TOKEN, "senders": "12", "server": "x", "most_segments": "99"}
    answer = browser_of(cast.ana).post(page("save", "sms"), form)
    said = answer.content.decode()
    assert answer.status_code == 422 and said.count('aria-invalid="true"') == 4
    assert 'value="wrong"' in said and TOKEN not in said
    with account_context(cast.account):
        assert not ChannelSettings.objects.exclude(config={}).exists()


def test_a_test_shows_its_result(cast, browser_of, sms, provider):
    ana = browser_of(cast.ana)
    ana.post(page("test", "sms"), {"to": "0745 112 900"})
    assert "is on its way" in ana.get(page("channel", "sms")).content.decode()
    sending.run("sms")
    assert "The provider took the test to +40745112900" in ana.get(page("channel", "sms")).content.decode()
    provider.faults = [(400, {"code": 21211, "message": "The To number is not valid", "status": 400})]
    ana.post(page("test", "sms"), {"to": "0745 112 901"})
    sending.run("sms")
    shown = ana.get(page("channel", "sms")).content.decode()
    assert "failed: There is no such address" in shown and "21211" in shown
    assert "is not a phone number" in ana.post(page("test", "sms"), {"to": "x"}, follow=True).content.decode()


def test_a_problem_is_shown(cast, browser_of, sms, letter, provider):
    provider.constant = (401, {"code": 20003, "message": "Authenticate", "status": 401})
    actions.queue(cast.sam, letter())
    sending.run("sms")
    shown = browser_of(cast.sam).get(page("channel", "sms")).content.decode()
    assert "does not accept the account" in shown and "20003 Authenticate" in shown


def test_switched_off_keeps_and_on_again_sends(cast, browser_of, sms, letter):
    ana = browser_of(cast.ana)
    ana.post(page("switch", "sms"), {"on": "no"})
    assert actions.queue(cast.sam, letter()).state == "kept"
    ana.post(page("switch", "sms"), {"on": "yes"})
    assert actions.queue(cast.sam, letter()).state == "queued"


def test_new_addresses_end_the_former_ones(cast, browser_of, client, sms):
    former = ChannelSettings.objects.get().token
    browser_of(cast.ana).post(page("address", "sms"))
    address = page("hook", "sms", f"{cast.account.pk.hex}-{former}", "inbound")
    assert client.post(address).status_code == 404 and ChannelSettings.objects.get().token != former


def test_the_outbox_lists_and_narrows(cast, browser_of, sms, letter, provider):
    provider.faults = [(400, {"code": 30007, "message": "Filtered", "status": 400})]
    rows = actions.queue_many(cast.sam, [letter(f"Text {number}") for number in range(3)])
    sending.run("sms")
    sam = browser_of(cast.sam)
    assert sam.get(page("outbox")).content.decode().count("/outbox/0") >= 3
    failed = sam.get(page("outbox") + "?state=failed&channel=sms").content.decode()
    assert "Send all again" in failed and "The carrier or the provider blocked it." in failed
    assert "Nothing here" in sam.get(page("outbox") + "?state=kept").content.decode()
    assert sam.get(page("outbox") + "?after=nonsense").status_code == 400
    assert "Text" in sam.get(page("dispatch", rows[1].pk)).content.decode()


def test_from_the_outbox_it_is_sent_again_or_not_at_all(cast, browser_of, sms, letter, provider):
    sam = browser_of(cast.sam)
    waiting = actions.queue(cast.sam, letter())
    said = sam.post(page("cancel", waiting.pk), follow=True).content.decode()
    assert "was cancelled" in said and f'action="{page("again", waiting.pk)}"' in said
    assert "on its way already" not in sam.post(page("cancel", waiting.pk), follow=True).content.decode()
    provider.faults = [(400, {"code": 30007, "message": "Filtered", "status": 400})]
    failed = actions.queue(cast.sam, letter())
    sending.run("sms")
    sam.post(page("again", failed.pk))
    sending.run("sms")
    assert Dispatch.objects.get(pk=failed.pk).state == "sent"
    assert "can be sent again" in sam.post(page("again", failed.pk), follow=True).content.decode()


def test_all_that_failed_are_sent_again(cast, browser_of, sms, letter, provider):
    provider.constant = (400, {"code": 30007, "message": "Filtered", "status": 400})
    actions.queue_many(cast.sam, [letter(str(number)) for number in range(5)])
    sending.run("sms")
    provider.constant = None
    said = browser_of(cast.sam).post(page("all_again"), {"state": "failed", "channel": "sms"}, follow=True)
    assert "5 messages are being sent." in said.content.decode()
    sending.run("sms")
    assert len(provider.bodies) == 5


def test_kept_ones_lead_to_the_settings(cast, browser_of, letter):
    row = actions.queue(cast.sam, letter())
    shown = browser_of(cast.sam).get(page("dispatch", row.pk)).content.decode()
    assert "would have been sent" in shown and page("channel", "sms") in shown and "Send now" not in shown


def test_what_a_recipient_gets_runs_nothing(cast, browser_of, sms, letter):
    html = "<p>Hello</p><script>alert(1)</script><img src='https://track.example/x.gif'>"
    row = actions.queue(cast.sam, letter(html=html))
    sam = browser_of(cast.sam)
    assert f'sandbox src="{page("html", row.pk)}"' in sam.get(page("dispatch", row.pk)).content.decode()
    answer = sam.get(page("html", row.pk))
    policy = answer.headers["Content-Security-Policy"]
    assert (
        policy.startswith("sandbox; default-src 'none'") and "img-src data:;" in policy and "script-src" not in policy
    )
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN" and answer.content.decode() == html


def test_the_pages_cost_the_same_for_many(cast, browser_of, sms, letter, django_assert_max_num_queries):
    actions.queue_many(cast.sam, [letter(str(number)) for number in range(60)])
    sam = browser_of(cast.sam)
    sam.get(page("outbox"))
    with django_assert_max_num_queries(12):
        assert "Older" in sam.get(page("outbox") + "?channel=sms&state=queued").content.decode()


@pytest.mark.parametrize("who", ["cora", "mia"])
def test_others_see_nothing_of_it(cast, browser_of, letter, who):
    row = actions.queue(cast.sam, letter())
    for address in (page("outbox"), page("list"), page("channel", "sms"), page("dispatch", row.pk)):
        assert browser_of(getattr(cast, who)).get(address).status_code == 403


def test_the_api_sets_up_and_reads(cast, api_of, provider):
    ana, sam = api_of(cast.ana), api_of(cast.sam)
    given = {
        "config": {"account_sid": SID, "senders": NUMBER, "server": provider.url},
        "secrets": {"auth_token": TOKEN},
    }
    answer = ana.patch(f"{API}/channels/sms", given, content_type="application/json")
    assert answer.status_code == 200 and answer.json()["state"] == "ready" and TOKEN not in answer.content.decode()
    assert answer.json()["secrets"] == ["auth_token"] and set(answer.json()["addresses"]) == {"status", "inbound"}
    assert sam.get(f"{API}/channels/sms").json()["addresses"] == {}
    assert [one["key"] for one in sam.get(f"{API}/channels").json()["data"] if one["key"] == "sms"] == ["sms"]
    assert sam.patch(f"{API}/channels/sms", given, content_type="application/json").status_code == 403
    bad = ana.patch(f"{API}/channels/sms", {"config": {"surprise": 1}}, content_type="application/json")
    assert bad.status_code == 422 and bad.json()["errors"][0]["field"] == "surprise"
    assert ana.get(f"{API}/channels/fax").status_code == 404
    tested = ana.post(f"{API}/channels/sms/test", {"to": "+40745112900"})
    assert tested.status_code == 202 and tested.json()["state"] == "queued"
    former = answer.json()["addresses"]["inbound"]
    assert ana.post(f"{API}/channels/sms/addresses").json()["addresses"]["inbound"] != former


def test_the_api_of_the_outbox(cast, api_of, sms, letter, provider):
    provider.faults = [(400, {"code": 30007, "message": "Filtered", "status": 400})]
    row = actions.queue(cast.sam, letter("Your jacket is ready."))
    sending.run("sms")
    sam = api_of(cast.sam)
    (listed,) = sam.get(f"{API}/dispatches?state=failed&channel=sms").json()["data"]
    assert listed["reason"] == "blocked" and "blocked it" in listed["explanation"] and "text" not in listed
    assert sam.get(f"{API}/dispatches/{row.pk}").json()["text"] == "Your jacket is ready."
    assert sam.post(f"{API}/dispatches/retry", {}).json() == {"count": 1, "barred": 0}
    assert sam.post(f"{API}/dispatches/{row.pk}/cancel").json()["state"] == "cancelled"
    assert sam.post(f"{API}/dispatches/{row.pk}/retry").json()["state"] == "queued"
    assert sam.post(f"{API}/dispatches/{row.pk}/retry").status_code == 409
    assert api_of(cast.cora).get(f"{API}/dispatches").status_code == 403
    assert api_of(cast.other.olga).get(f"{API}/dispatches/{row.pk}").status_code == 404
