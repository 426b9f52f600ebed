"""Times of answer and solution by priority: a client's own, else the account's (C8)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from frontdesk.clients.sla import actions
from frontdesk.clients.sla.actions import Sla, sla_for
from frontdesk.clients.sla.forms import read, written
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context

HOUR = timedelta(hours=1)


def test_a_client_without_times_has_the_accounts(within):
    assert sla_for(within.maria, "urgent") == Sla(None, None)
    actions.set_times(within.ana, None, {"urgent": {"response": 60, "resolution": 240}, "low": {"response": 600}})
    assert sla_for(within.maria, "urgent") == Sla(HOUR, 4 * HOUR)
    actions.set_times(within.sam, within.maria, {"urgent": {"response": 30}})
    assert sla_for(within.maria, "urgent") == Sla(HOUR / 2, 4 * HOUR)
    assert sla_for(within.maria, "low") == Sla(10 * HOUR, None)
    assert sla_for(within.victor, "urgent").response == HOUR


@pytest.mark.parametrize(
    "wrong",
    [{"soon": {"response": 1}}, {"high": {"response": 0}}, {"high": {"response": 600_000}},
     {"high": {"response": 60, "resolution": 30}}],
)  # fmt: skip
def test_times_that_make_no_sense_are_refused(within, wrong):
    with pytest.raises(Invalid):
        actions.set_times(within.ana, None, wrong)


def test_admins_set_the_accounts_and_office_a_clients(within):
    with pytest.raises(Forbidden):
        actions.set_times(within.sam, None, {"high": {"response": 60}})
    with pytest.raises(Forbidden):
        actions.set_times(within.cora, within.maria, {"high": {"response": 60}})


@pytest.mark.parametrize(
    ("text", "minutes"), [("4:30", 270), ("4", 240), ("4h", 240), ("4h 30m", 270), ("45m", 45), ("0:05", 5)]
)
def test_times_are_read_as_people_write_them(text, minutes):
    assert (read(text), read(written(minutes))) == (minutes, minutes)


@pytest.mark.parametrize("text", ["soon", "4:75", "-1", "4:30:10"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError):
        read(text)


def test_the_settings_page_and_the_record_keep_them(cast, browser_of):
    address = reverse("clients:sla")
    assert browser_of(cast.ana).post(address, {"urgent.response": "1:00", "urgent.resolution": "4"}).status_code == 302
    page = browser_of(cast.ana).get(address).content.decode()
    assert 'value="1:00"' in page and 'value="4:00"' in page
    wrong = browser_of(cast.ana).post(address, {"urgent.response": "soon"})
    assert (wrong.status_code, "Write hours and minutes" in wrong.content.decode()) == (422, True)
    own = reverse("clients:client_sla", args=[cast.maria.pk])
    assert 'placeholder="1:00"' in browser_of(cast.sam).get(own).content.decode(), "the account's as a hint"
    saved = browser_of(cast.sam).post(own + "save/", {"urgent.response": "0:30"})
    assert saved.status_code == 302
    assert "0:30" in browser_of(cast.cora).get(own).content.decode(), "a co-worker reads them"
    assert browser_of(cast.cole).get(own).status_code == 404
    with account_context(cast.account):
        assert sla_for(cast.maria, "urgent").response == HOUR / 2


def test_the_api_reads_and_sets_them(cast, api_of):
    put = {"content_type": "application/json"}
    made = api_of(cast.ana).put("/api/v1/sla", {"urgent": {"response": 60, "resolution": 240}}, **put)
    assert made.json()["urgent"] == {"response": 60, "resolution": 240}
    address = f"/api/v1/clients/{cast.maria.pk}/sla"
    answer = api_of(cast.sam).put(address, {"urgent": {"response": 30}}, **put).json()
    assert answer["own"]["urgent"] == {"response": 30, "resolution": None}
    assert answer["effective"]["urgent"] == {"response": 30, "resolution": 240}
    assert api_of(cast.sam).put("/api/v1/sla", {}, **put).status_code == 403
    assert api_of(cast.other.olga).get(address).status_code == 404
