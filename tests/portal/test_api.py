"""The portal through the API: the same rules, the same answers (A4, C7, C10, L5, L7)."""

import json

import pytest

from frontdesk.clients.models import Availability, Client, Contact, Status
from frontdesk.core.tenancy.context import account_context
from frontdesk.portal import schemas

ROOT = "/api/v1/portal/clients"
READS = {
    "": schemas.OwnClientShown,
    "/contacts": schemas.OwnDetails,
    "/availability": schemas.OwnWeek,
    "/team": schemas.OwnTeam,
}
FOR_GUESTS = ["", "/team"]


def at(client, rest=""):
    """The address of a client's operation."""
    return f"{ROOT}/{client.pk}{rest}"


def send(caller, method, address, data):
    """PUT or PATCH as JSON."""
    return caller.generic(method, address, json.dumps(data), content_type="application/json")


def primary(cast, client):
    """The client's primary contact."""
    with account_context(cast.account):
        return Contact.objects.get(client=client, is_primary=True)


@pytest.mark.parametrize("rest", READS)
def test_answers_are_as_declared(cast, api_of, rest):
    """A4: every answer fits its schema and has nothing beside it."""
    answer = api_of(cast.mia).get(at(cast.maria, rest))
    assert answer.status_code == 200
    given = answer.json()
    assert READS[rest].model_validate(given).model_dump(mode="json") == given
    assert "Prefers calls" not in answer.content.decode()


@pytest.mark.parametrize("rest", READS)
def test_roles(cast, api_of, rest):
    """P1, L7: own 200, foreign and missing the same 404, guests what is shared, the team 403, nobody 401."""
    assert api_of(cast.greta).get(at(cast.maria, rest)).status_code == (200 if rest in FOR_GUESTS else 403)
    foreign, missing = api_of(cast.vic).get(at(cast.maria, rest)), api_of(cast.vic).get(at(cast.other.zoe, rest))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    for name in ("ana", "sam", "cora"):
        assert api_of(cast.people[name]).get(at(cast.maria, rest)).status_code == 403
    assert api_of(None).get(at(cast.maria, rest)).status_code == 401


@pytest.mark.parametrize("rest", READS)
def test_reading_takes_the_scope_to_read(cast, api_of, rest):
    """A4: scopes narrow a token."""
    assert api_of(cast.mia, ["clients:read"]).get(at(cast.maria, rest)).status_code == 200


def test_writing_takes_the_scope_to_write(cast, api_of):
    """A4."""
    caller = api_of(cast.mia, ["clients:read"])
    assert caller.post(at(cast.maria, "/contacts"), {"name": "Elena"}).status_code == 403


def test_the_list_has_own_clients_only(cast, api_of):
    """C13, C1: a parent's children; inactive ones are out of sight."""
    found = api_of(cast.dan).get(ROOT).json()
    assert [row["name"] for row in found["data"]] == ["Ioana Popescu", "Radu Popescu"]
    assert set(found["data"][0]) == {"id", "kind", "name"} and found["next"] is None
    first = api_of(cast.dan).get(ROOT, {"limit": 1}).json()
    second = api_of(cast.dan).get(ROOT, {"limit": 1, "after": first["next"]}).json()
    assert [row["name"] for row in second["data"]] == ["Radu Popescu"]
    with account_context(cast.account):
        Client.objects.filter(pk=cast.ioana.pk).update(status=Status.INACTIVE)
    assert len(api_of(cast.dan).get(ROOT).json()["data"]) == 1
    assert api_of(cast.dan).get(at(cast.ioana)).status_code == 404
    assert api_of(cast.ana).get(ROOT).status_code == 403


def test_a_guest_reads_nothing_private(cast, api_of):
    """L7."""
    given = api_of(cast.greta).get(at(cast.maria)).json()
    assert given.pop("allowed") == ["messages", "team_contacts"]
    assert given == {"id": str(cast.maria.pk), "kind": "person", "name": "Maria Ionescu"}


def test_a_contact_is_added_changed_and_removed(cast, api_of):
    """C7."""
    caller = api_of(cast.mia)
    typed = {"name": "Elena", "phones": [{"value": "0745 000 111", "consent": True}], "address": {"city": "Cluj"}}
    made = caller.post(at(cast.maria, "/contacts"), typed)
    assert made.status_code == 201
    contact = made.json()
    assert contact["phones"] == [{"value": "+40745000111", "label": "", "consent": True}]
    assert contact["address"]["city"] == "Cluj" and contact["is_primary"] is False
    own = at(cast.maria, f"/contacts/{contact['id']}")
    assert send(caller, "PATCH", own, {"role": "Mother"}).json() == {**contact, "role": "Mother"}
    emptied = send(caller, "PATCH", own, {"address": None, "phones": []}).json()
    assert emptied["address"] is None and emptied["phones"] == []
    assert caller.delete(own).status_code == 204
    assert caller.delete(own).status_code == 404


def test_bad_contacts_are_refused_by_field(cast, api_of):
    """C7, A4: problem+json names field and reason."""
    caller = api_of(cast.mia)
    typed = {"name": "", "emails": [{"value": "nonsense"}], "address": {"city": "Iași", "country": "Xyz"}}
    answer = caller.post(at(cast.maria, "/contacts"), typed)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"name", "emails.0", "address.country"}
    assert caller.post(at(cast.maria, "/contacts"), {"name": "A", "is_primary": True}).status_code == 422
    assert caller.post(at(cast.maria, "/contacts"), {"name": None}).status_code == 422
    contact = primary(cast, cast.maria)
    assert caller.delete(at(cast.maria, f"/contacts/{contact.pk}")).status_code == 409


@pytest.mark.parametrize("who", ["vic", "greta", "ana"])
def test_nobody_else_changes_contacts(cast, api_of, who):
    """P1, L7."""
    caller, contact = api_of(cast.people[who]), primary(cast, cast.maria)
    expected = 404 if who == "vic" else 403
    assert caller.post(at(cast.maria, "/contacts"), {"name": "New"}).status_code == expected
    assert send(caller, "PATCH", at(cast.maria, f"/contacts/{contact.pk}"), {"name": "New"}).status_code == expected
    assert caller.delete(at(cast.maria, f"/contacts/{contact.pk}")).status_code == expected
    week = {"intervals": []}
    assert send(caller, "PUT", at(cast.maria, "/availability"), week).status_code == expected


def test_a_contact_of_another_client_is_missing_here(cast, api_of):
    """P1: ids are swapped in vain."""
    caller, foreign = api_of(cast.mia), primary(cast, cast.victor)
    assert send(caller, "PATCH", at(cast.maria, f"/contacts/{foreign.pk}"), {"name": "Stolen"}).status_code == 404
    assert caller.delete(at(cast.maria, f"/contacts/{foreign.pk}")).status_code == 404


def test_the_week_is_set_and_read(cast, api_of):
    """C10: several intervals a day; a day without any is not available."""
    caller = api_of(cast.mia)
    typed = [{"weekday": 0, "starts": "14:00", "ends": "17:30"}, {"weekday": 0, "starts": "09:00", "ends": "12:00:00"}]
    answer = send(caller, "PUT", at(cast.maria, "/availability"), {"intervals": typed})
    assert answer.status_code == 200
    assert [span["starts"] for span in answer.json()["intervals"]] == ["09:00:00", "14:00:00"]
    assert caller.get(at(cast.maria, "/availability")).json() == answer.json()
    again = send(caller, "PUT", at(cast.maria, "/availability"), answer.json())
    assert again.json() == answer.json()
    send(caller, "PUT", at(cast.maria, "/availability"), {"intervals": []})
    with account_context(cast.account):
        assert not Availability.objects.filter(client=cast.maria).exists()


@pytest.mark.parametrize(
    ("spans", "field"),
    [
        ([("12:00", "09:00")], "days.0"),
        ([("09:00", "12:00"), ("11:00", "13:00")], "days.0"),
        ([("24:00", "25:00")], "intervals.0.starts"),
        ([("09:00Z", "10:00")], "intervals.0.starts"),
        ([(900, "10:00")], "intervals.0.starts"),
        ([("09:00", None)], "intervals.0.ends"),
    ],
)
def test_bad_weeks_are_refused_by_field(cast, api_of, spans, field):
    """C10, A4."""
    typed = [{"weekday": 0, "starts": starts, "ends": ends} for starts, ends in spans]
    answer = send(api_of(cast.mia), "PUT", at(cast.maria, "/availability"), {"intervals": typed})
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.json()["errors"]}


def test_the_team_comes_with_contact_details(cast, api_of):
    """L5, C9."""
    given = api_of(cast.mia).get(at(cast.maria, "/team")).json()["data"]
    assert given == [
        {"id": str(cast.cora.pk), "name": "Cora", "email": "cora@folio.example", "phone": "", "away": None}
    ]
