"""Weekly availability (C10), edited by office and client alike."""

from datetime import time

import pytest
from django.urls import reverse

from frontdesk.clients import actions, queries
from frontdesk.clients.actions import Interval
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context


def test_several_intervals_a_day_and_blank_means_unavailable(within):
    spans = [Interval(0, time(14), time(16)), Interval(0, time(9), time(12)), Interval(4, time(9), time(10))]
    actions.set_availability(within.sam, within.maria, spans)
    week = queries.availability_of(within.maria)
    assert [(row.starts, row.ends) for row in week[0]] == [(time(9), time(12)), (time(14), time(16))]
    assert week[1] == [] and len(week[4]) == 1


@pytest.mark.parametrize(
    "spans",
    [
        [Interval(0, time(12), time(9))],
        [Interval(0, time(9), time(9))],
        [Interval(0, time(9), time(12)), Interval(0, time(11), time(13))],
    ],
)
def test_impossible_times_are_refused_at_their_day(within, spans):
    with pytest.raises(Invalid) as refused:
        actions.set_availability(within.sam, within.maria, spans)
    assert set(refused.value.errors) == {"days.0"}


def test_the_client_sets_their_own_and_a_guest_does_not(within):
    actions.set_availability(within.mia, within.maria, [Interval(2, time(8), time(9))])
    with pytest.raises(Forbidden):
        actions.set_availability(within.greta, within.maria, [])


def test_the_page_saves_and_keeps_what_was_typed_when_wrong(cast, browser_of):
    browser, address = browser_of(cast.sam), reverse("clients:availability_edit", args=[cast.maria.pk])
    assert browser.get(address).status_code == 200
    wrong = browser.post(address, {"starts-0": ["09:00", "soon"], "ends-0": ["12:00", "13:00"]})
    assert wrong.status_code == 422 and "soon" in wrong.content.decode()
    assert browser.post(address, {"starts-0": ["09:00", ""], "ends-0": ["12:00", ""]}).status_code == 302
    with account_context(cast.account):
        assert len(queries.availability_of(cast.maria)[0]) == 1


def test_the_api_reads_what_it_wrote(cast, api_of):
    api, address = api_of(cast.sam), f"/api/v1/clients/{cast.maria.pk}/availability"
    week = {"intervals": [{"weekday": 6, "starts": "10:00:00", "ends": "11:30:00"}]}
    assert api.put(address, week, content_type="application/json").json() == week
    assert api.get(address).json() == week
    offset = {"intervals": [{"weekday": 6, "starts": "10:00:00+02:00", "ends": "11:30:00"}]}
    assert api.put(address, offset, content_type="application/json").status_code == 422
