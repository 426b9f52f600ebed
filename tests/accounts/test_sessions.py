"""Where one is signed in, and signing out from afar (P10)."""

from datetime import timedelta

import time_machine
from django.urls import reverse
from django.utils import timezone

from frontdesk.accounts import queries
from frontdesk.accounts.models import Session

from ..conftest import sign_in
from .helpers import is_signed_in, verbs

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"


def test_one_sees_every_device_with_place_and_time_and_this_one_marked(cast, browser_of):
    desk, phone = browser_of(cast.sam), browser_of(cast.sam)
    phone.get("/me/", headers={"user-agent": PHONE}, REMOTE_ADDR="203.0.113.7")
    shown = desk.get(reverse("accounts:security"), headers={"user-agent": FIREFOX}).content.decode()
    assert all(said in shown for said in ("Firefox on Windows", "Safari on iPhone", "203.0.113.7"))
    assert shown.count("This one") == 1
    own = queries.sessions(cast.sam, desk.session.session_key)
    assert own[0].here and own[0].name == "Firefox on Windows" and own[1].phone


def test_one_device_is_signed_out_at_once(cast, browser_of):
    desk, phone = browser_of(cast.sam), browser_of(cast.sam)
    other = Session.objects.get(session_key=phone.session.session_key)
    assert desk.post(reverse("accounts:session_end", args=[other.public_id])).status_code == 302
    assert not is_signed_in(phone) and is_signed_in(desk) and "profile.session_ended" in verbs(cast.account)


def test_signing_this_one_out_leads_to_the_sign_in_page(cast, browser_of):
    desk = browser_of(cast.sam)
    own = Session.objects.get(session_key=desk.session.session_key)
    answer = desk.post(reverse("accounts:session_end", args=[own.public_id]))
    assert answer.headers["Location"] == reverse("account_login") and not is_signed_in(desk)


def test_all_others_are_signed_out_and_nobody_elses(cast, browser_of):
    desk, phone, cora = browser_of(cast.sam), browser_of(cast.sam), browser_of(cast.cora)
    desk.post(reverse("accounts:sessions_end"))
    assert is_signed_in(desk) and not is_signed_in(phone) and is_signed_in(cora)


def test_the_api_lists_and_ends_ones_own_only(cast, api_of):
    sam, cora = sign_in(cast.sam), sign_in(cast.cora)
    api = api_of(cast.sam)
    rows = api.get("/api/v1/me/sessions").json()["data"]
    foreign = Session.objects.get(session_key=cora.session.session_key).public_id
    assert len(rows) == 1 and sam.session.session_key not in str(rows)
    assert api.delete(f"/api/v1/me/sessions/{foreign}").status_code == 404
    assert api.delete(f"/api/v1/me/sessions/{rows[0]['id']}").status_code == 204 and not is_signed_in(sam)
    assert api.delete("/api/v1/me/sessions").status_code == 204 and is_signed_in(cora)


def test_the_last_use_is_written_once_in_five_minutes(cast, browser_of):
    browser = browser_of(cast.sam)
    browser.get("/me/")
    first = Session.objects.get(session_key=browser.session.session_key).seen_at
    browser.get("/me/")
    assert Session.objects.get(session_key=browser.session.session_key).seen_at == first
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        browser.get("/me/")
    assert Session.objects.get(session_key=browser.session.session_key).seen_at > first


def test_changing_a_session_keeps_what_is_known_of_its_browser(cast, browser_of):
    browser = browser_of(cast.sam)
    browser.get("/me/", REMOTE_ADDR="203.0.113.7")
    session = browser.session
    session["x"] = 1
    session.save()
    kept = Session.objects.get(session_key=session.session_key)
    assert (kept.ip, kept.user_id) == ("203.0.113.7", cast.sam.user_id)
