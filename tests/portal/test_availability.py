"""Weekly availability, told by the client (C10)."""

import pytest

from frontdesk.activity.models import Activity
from frontdesk.clients.models import Availability
from frontdesk.core.tenancy.context import account_context


def address(client):
    """The editor's address."""
    return f"/portal/clients/{client.pk}/availability/"


def stored(cast, client):
    """(weekday, starts, ends) of every interval."""
    with account_context(cast.account):
        rows = Availability.objects.filter(client_id=client.pk).order_by("weekday", "starts")
        return [(row.weekday, f"{row.starts:%H:%M}", f"{row.ends:%H:%M}") for row in rows]


def test_several_times_a_day_are_saved_and_blank_days_are_not_available(cast, browser_of):
    """C10."""
    browser = browser_of(cast.mia)
    typed = {"starts-0": ["09:00", "14:00", ""], "ends-0": ["12:00", "17:00", ""], "starts-1": "", "ends-1": ""}
    answer = browser.post(address(cast.maria), typed)
    assert answer.status_code == 302
    assert stored(cast, cast.maria) == [(0, "09:00", "12:00"), (0, "14:00", "17:00")]
    text = browser.get(address(cast.maria)).content.decode()
    assert 'value="14:00"' in text and text.count("Not available") == 6
    with account_context(cast.account):
        assert Activity.objects.get(verb="client.availability").actor_id == cast.mia.pk


def test_saving_nothing_empties_the_week(cast, browser_of):
    """C10: a day without times is not available."""
    browser = browser_of(cast.mia)
    browser.post(address(cast.maria), {"starts-6": "10:00", "ends-6": "11:00"})
    browser.post(address(cast.maria), {})
    assert stored(cast, cast.maria) == []


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (["12:00"], ["09:00"], "later than the start"),
        (["09:00", "11:00"], ["12:00", "13:00"], "overlap"),
        (["soon"], ["13:00"], "not a time"),
        (["09:00"], [""], "not a time"),
        (["09:00+02:00"], ["10:00"], "not a time"),
    ],
)
def test_wrong_times_are_refused_on_their_day_and_stay_as_typed(cast, browser_of, starts, ends, said):
    """C10: nothing is saved, the day says why."""
    answer = browser_of(cast.mia).post(address(cast.maria), {"starts-2": starts, "ends-2": ends})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text and 'id="wrong-2"' in text and 'id="wrong-1"' not in text and 'href="#day-2"' in text
    assert stored(cast, cast.maria) == []


@pytest.mark.parametrize(("which", "days"), [("weekdays", 5), ("week", 7), ("nonsense", 1)])
def test_mondays_times_are_copied_without_saving(cast, browser_of, which, days):
    """C10: same as Monday; works without scripts."""
    answer = browser_of(cast.mia).post(address(cast.maria), {"starts-0": "09:15", "ends-0": "12:45", "copy": which})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count('value="09:15"') == days
    assert "not saved yet" in text
    assert stored(cast, cast.maria) == []


def test_a_row_more_and_a_row_less(cast, browser_of):
    """C10: the editor's buttons work without scripts."""
    browser = browser_of(cast.mia)
    typed = {"starts-3": ["", "09:00", "14:00"], "ends-3": ["", "10:00", "15:00"]}
    more = browser.post(address(cast.maria), {**typed, "add": "3"}).content.decode()
    assert more.count('name="starts-3"') == 4
    less = browser.post(address(cast.maria), {**typed, "remove": "3-1"}).content.decode()
    assert 'value="14:00"' in less and 'value="09:00"' not in less
    assert browser.post(address(cast.maria), {**typed, "remove": "x"}).content.decode().count('name="starts-3"') == 3


def test_only_the_clients_own_people_change_it(cast, browser_of):
    """C10, L7."""
    typed = {"starts-0": "09:00", "ends-0": "12:00"}
    assert browser_of(cast.vic).post(address(cast.maria), typed).status_code == 404
    assert browser_of(cast.greta).post(address(cast.maria), typed).status_code == 403
    assert browser_of(cast.ana).post(address(cast.maria), typed).status_code == 403
    assert stored(cast, cast.maria) == []
