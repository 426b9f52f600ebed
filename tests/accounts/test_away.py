"""Away mode: set, shown to colleagues and, where wanted, to clients, and over by itself (P14)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdesk.accounts import actions
from frontdesk.accounts.actions.away import AwayInput
from frontdesk.accounts.away import away_now
from frontdesk.accounts.models import Member
from frontdesk.core.errors import Conflict, Forbidden, Invalid, Missing
from frontdesk.core.tenancy.context import account_context

from .helpers import verbs

AWAY = reverse("accounts:away")
OWN = "/api/v1/me/away"
NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)


def fresh(member) -> Member:
    return Member.objects.select_related("account", "user").get(pk=member.pk)


def put(api, address, body):
    return api.put(address, body, content_type="application/json")


def test_an_absence_begins_and_ends_by_itself(within, django_assert_num_queries):
    now = timezone.now()
    actions.set_away(within.cora, within.cora, AwayInput(now + HOUR, now + 3 * HOUR, "Back soon."))
    cora = fresh(within.cora)
    assert [cora.is_away(now + hours * HOUR) for hours in (0, 1, 2, 3)] == [False, True, True, False]
    team = [within.ana.pk, within.cora.pk, within.cole.pk]
    with django_assert_num_queries(1):
        assert list(away_now(team, now + 2 * HOUR)) == [within.cora.pk]
    assert away_now(team) == {} and verbs(within.account)[-1] == "profile.away"


def test_without_times_it_is_now_and_open(within):
    actions.set_away(within.cora, within.cora, AwayInput())
    assert fresh(within.cora).is_away(timezone.now() + timedelta(days=900))


def test_a_new_one_takes_the_place_and_the_text_stays_when_it_ends(within):
    actions.set_away(within.cora, within.cora, AwayInput(message="One"))
    actions.set_away(within.cora, within.cora, AwayInput(message="Two", deputy=within.cole.pk))
    cora = fresh(within.cora)
    assert (cora.away_message, cora.deputy_id) == ("Two", within.cole.pk)
    actions.end_away(within.cora, cora)
    cora = fresh(within.cora)
    assert not cora.is_away() and cora.away_message == "Two" and verbs(within.account)[-1] == "profile.back"
    actions.end_away(within.cora, cora)
    assert verbs(within.account).count("profile.back") == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("ends_at", {"ends_at": -HOUR}),
        ("ends_at", {"starts_at": 2 * HOUR, "ends_at": 2 * HOUR}),
        ("ends_at", {"starts_at": -3 * HOUR, "ends_at": -HOUR}),
        ("starts_at", {"starts_at": timedelta(days=4000)}),
        ("ends_at", {"ends_at": timedelta(days=4000)}),
        ("message", {"message": "x" * 1001}),
        ("deputy", {"deputy": "cora"}),
        ("deputy", {"deputy": "dora"}),
        ("deputy", {"deputy": "mia"}),
        ("deputy", {"deputy": "oscar"}),
    ],
)
def test_what_cannot_be_is_refused_by_field(within, field, typed):
    now = timezone.now()
    values = {key: now + value if isinstance(value, timedelta) else value for key, value in typed.items()}
    if "deputy" in typed:
        values["deputy"] = (within.people.get(typed["deputy"]) or within.other.people[typed["deputy"]]).pk
    with pytest.raises(Invalid) as refused:
        actions.set_away(within.cora, within.cora, AwayInput(**values))
    assert list(refused.value.errors) == [field] and fresh(within.cora).away_from is None


def test_admins_set_others_away_nobody_else_does(within):
    actions.set_away(within.ana, within.cora, AwayInput())
    assert verbs(within.account)[-1] == "member.away" and fresh(within.cora).is_away()
    actions.end_away(within.ana, within.cora)
    for actor, member, error in (
        (within.sam, within.cora, Forbidden), (within.cora, within.cole, Forbidden),
        (within.mia, within.mia, Forbidden), (within.ana, within.mia, Conflict),
        (within.other.olga, within.cora, Missing),
    ):  # fmt: skip
        with pytest.raises(error):
            actions.set_away(actor, member, AwayInput())
        with pytest.raises(error):
            actions.end_away(actor, member)


def test_the_page_takes_whole_days_in_the_time_zone_of_the_person(cast, browser_of):
    type(cast.cora.user).objects.filter(pk=cast.cora.user.pk).update(time_zone="America/New_York")
    day = timezone.localdate() + timedelta(days=5)
    sent = {"starts_at": day.isoformat(), "ends_at": day.isoformat(), "message": "On a trip"}
    address = reverse("accounts:member_away", args=[cast.cora.pk])
    assert browser_of(cast.ana).post(address, sent).status_code == 302
    cora = fresh(cast.cora)
    there = [at.astimezone(NEW_YORK) for at in (cora.away_from, cora.away_until)]
    assert [at.date() for at in there] == [day, day]
    assert [(at.hour, at.minute) for at in there] == [(0, 0), (23, 59)]
    shown = browser_of(cast.cora).get(AWAY).content.decode()
    assert f'value="{day.isoformat()}"' in shown and "On a trip" in shown and 'value="23:59' not in shown


def test_a_refused_form_comes_back_with_what_was_typed(cast, browser_of):
    answer = browser_of(cast.cora).post(AWAY, {"ends_at": "2020-01-01", "message": "Kept"})
    assert answer.status_code == 422 and "Kept" in answer.content.decode()
    assert browser_of(cast.cora).post(AWAY, {"deputy": str(cast.other.oscar.pk)}).status_code == 422
    assert browser_of(cast.cora).post(AWAY, {"starts_at": "0001-01-01"}).status_code == 422
    assert browser_of(cast.cora).post(AWAY, {"ends_at": "9999-12-31"}).status_code == 422
    assert not fresh(cast.cora).is_away()


def test_the_own_menu_tells_and_ends_it_in_one_click(cast, browser_of):
    cora = browser_of(cast.cora)
    end = reverse("accounts:away_end")
    assert end not in cora.get("/").content.decode()
    assert cora.post(AWAY, {"ends_at": (timezone.localdate() + timedelta(days=3)).isoformat()}).status_code == 302
    home = cora.get("/").content.decode()
    assert end in home and "Away until" in home
    assert cora.post(end, {"next": "/clients/"}).headers["Location"] == "/clients/"
    assert end not in cora.get("/").content.decode()


def test_colleagues_see_it(cast, browser_of):
    with account_context(cast.account):
        actions.set_away(cast.cora, cast.cora, AwayInput(message="At the sea", deputy=cast.cole.pk))
    sam = browser_of(cast.sam)
    person = sam.get(reverse("accounts:member", args=[cast.cora.pk])).content.decode()
    assert "At the sea" in person and "Cole stands in." in person
    away = sam.get(reverse("accounts:people") + "?away=now").content.decode()
    assert ">Cora<" in away and ">Cole<" not in away
    assert sam.get(reverse("accounts:people") + "?away=x").status_code == 400
    client = sam.get(reverse("clients:show", args=[cast.maria.pk])).content.decode()
    assert "Cora" in client and ">Away<" in client.replace("</svg>Away", ">Away")


def test_clients_see_it_only_when_the_member_chose_so(cast, browser_of, api_of):
    pages = [reverse(name, args=[cast.maria.pk]) for name in ("portal:client", "portal:client_team")]
    for shown in (False, True):
        with account_context(cast.account):
            actions.set_away(cast.cora, cast.cora, AwayInput(message="At the sea", shown=shown))
        for page in pages:
            assert ("At the sea" in browser_of(cast.mia).get(page).content.decode()) is shown
        told = api_of(cast.mia).get(f"/api/v1/portal/clients/{cast.maria.pk}/team").json()["data"][0]["away"]
        assert told == ({"until": None, "message": "At the sea"} if shown else None)
    with account_context(cast.account):
        actions.end_away(cast.cora, fresh(cast.cora))
    assert "At the sea" not in browser_of(cast.mia).get(pages[0]).content.decode()


def test_the_api_sets_shows_lists_and_ends(cast, api_of):
    cora, ana = api_of(cast.cora), api_of(cast.ana)
    ends = (timezone.now() + HOUR).isoformat()
    set_now = put(cora, OWN, {"ends_at": ends, "message": "Lunch", "deputy": str(cast.cole.pk)})
    assert set_now.status_code == 200 and set_now.json()["away"]["now"] is True
    assert cora.get("/api/v1/me").json()["away"]["message"] == "Lunch"
    assert [row["name"] for row in ana.get("/api/v1/members?away=now").json()["data"]] == ["Cora"]
    one = f"/api/v1/members/{cast.cora.pk}"
    assert ana.get(one).json()["away"]["deputy"] == str(cast.cole.pk)
    assert put(ana, one + "/away", {"starts_at": ends}).json()["away"]["now"] is False
    assert ana.delete(one + "/away").status_code == 204 and ana.get(one).json()["away"] is None
    assert put(cora, OWN, {"ends_at": "2020-01-01T00:00:00Z"}).status_code == 422
    assert put(cora, OWN, {"ends_at": "2030-01-01T00:00:00"}).status_code == 422
    assert cora.delete(OWN).status_code == 204
    assert put(ana, f"/api/v1/members/{cast.mia.pk}/away", {}).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("sam", 403), ("cole", 403), ("mia", 403)])
def test_the_api_lets_only_admins_set_others_away(cast, api_of, who, status):
    assert put(api_of(getattr(cast, who)), f"/api/v1/members/{cast.cora.pk}/away", {}).status_code == status


def test_a_member_of_another_account_is_not_there(cast, api_of, browser_of):
    assert put(api_of(cast.other.olga), f"/api/v1/members/{cast.cora.pk}/away", {}).status_code == 404
    assert browser_of(cast.other.olga).get(reverse("accounts:member_away", args=[cast.cora.pk])).status_code == 404


def test_an_erased_person_leaves_no_message(within):
    actions.set_away(within.ana, within.cora, AwayInput(message="At the sea", deputy=within.cole.pk))
    actions.forget(within.ana, within.cora)
    cora = fresh(within.cora)
    assert (cora.away_from, cora.away_message, cora.deputy_id) == (None, "", None)
