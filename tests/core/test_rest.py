"""What every operation of the API gets from the kit (A4): idempotency, limits, refusals that name field and reason."""

import threading

import pytest
from django.db import connection, connections
from django.test import override_settings

from frontdesk.clients.models import Client
from frontdesk.core.rest import idempotency, limits
from frontdesk.core.rest.models import IdempotencyKey
from frontdesk.core.tenancy.context import account_context

from ..cast import make_cast
from ..conftest import ApiCaller, make_token

CLIENTS = "/api/v1/clients"
NEW = {"name": "Nora Petrescu", "kind": "person"}


def _post(caller, body=NEW, key=""):
    return caller.post(CLIENTS, body, headers={"Idempotency-Key": key} if key else {})


def _count(cast, name=NEW["name"]):
    with account_context(cast.account):
        return Client.objects.filter(name=name).count()


def test_a_repeated_request_is_answered_again_and_not_done_again(cast, api_of):
    first = _post(api_of(cast.ana), key="k1")
    second = _post(api_of(cast.ana), key="k1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second.headers["Idempotent-Replayed"] == "true"
    assert _count(cast) == 1


def test_a_key_used_for_another_request_is_refused(cast, api_of):
    _post(api_of(cast.ana), key="k1")
    answer = _post(api_of(cast.ana), {**NEW, "name": "Other"}, key="k1")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert _count(cast, "Other") == 0


def test_keys_of_two_tokens_do_not_meet(cast, api_of):
    _post(api_of(cast.ana), key="k1")
    assert "Idempotent-Replayed" not in _post(api_of(cast.sam), {**NEW, "name": "Other"}, key="k1").headers
    assert _count(cast, "Other") == 1


def test_a_refused_request_may_be_corrected_under_its_key(cast, api_of):
    assert _post(api_of(cast.ana), {"kind": "person"}, key="k1").status_code == 422
    assert _post(api_of(cast.ana), key="k1").status_code == 201


@pytest.mark.parametrize("key", ["x" * 121, "tab\there"])
def test_a_key_out_of_form_is_refused(cast, api_of, key):
    assert _post(api_of(cast.ana), key=key).status_code == 422


def test_old_keys_are_forgotten(cast, api_of):
    _post(api_of(cast.ana), key="k1")
    IdempotencyKey.objects.update(created_at="2020-01-01T00:00:00Z")
    assert idempotency.prune() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_one_is_done():
    cast = make_cast()
    token = make_token(cast.ana)
    answers: list = []

    def send():
        try:
            answers.append(_post(ApiCaller(token), key="k1"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert _count(cast) == 1
    connection.close()


def test_too_many_requests_are_told_when_to_come_back(cast, api_of, monkeypatch):
    monkeypatch.setattr(limits, "_counts", {})
    with override_settings(API_REQUESTS_PER_MINUTE=3):
        statuses = [api_of(cast.ana).get(CLIENTS).status_code for _number in range(3)]
        refused = api_of(cast.ana).get(CLIENTS)
        assert statuses == [200, 200, 200]
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert api_of(cast.sam).get(CLIENTS).status_code == 200


def _problem(answer, status):
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status and body["title"] and body["type"] == "about:blank"
    return body


def test_an_unknown_query_parameter_is_refused_by_name(cast, api_of):
    body = _problem(api_of(cast.ana).get(CLIENTS + "?stauts=active"), 422)
    assert body["errors"] == [{"field": "stauts", "reason": "There is no such parameter."}]


def test_without_a_token_one_is_asked_for(cast, api_of):
    answer = api_of(None).get(CLIENTS)
    _problem(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("token", ["", "fd_", "fd_x_y", "fd_" + "0" * 32 + "_x", "\N{SNOWMAN}", "fd_" + "z" * 32])
def test_a_wrong_token_is_no_token(cast, token):
    assert ApiCaller(token).get(CLIENTS).status_code == 401


def test_a_session_does_not_open_the_api(cast, browser_of):
    assert browser_of(cast.ana).get(CLIENTS).status_code == 401


def test_missing_rights_and_objects_are_problems(cast, api_of):
    _problem(_post(api_of(cast.cora)), 403)
    _problem(api_of(cast.ana).get(f"{CLIENTS}/{cast.other.zoe.pk}"), 404)
    _problem(api_of(cast.ana).get(f"{CLIENTS}/not-an-id"), 404)
    assert api_of(cast.ana).put(CLIENTS).status_code == 405


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "name"), ({**NEW, "surprise": 1}, "surprise"), ({**NEW, "name": 5}, "name"),
     ({**NEW, "kind": "alien"}, "kind"),
     ({**NEW, "name": "x" * 1000}, "name"), ({**NEW, "name": "   "}, "name")],
)  # fmt: skip
def test_a_refused_value_is_named_with_its_reason(cast, api_of, body, field):
    said = _problem(_post(api_of(cast.ana), body), 422)["errors"]
    assert [one["field"] for one in said] == [field]
    assert said[0]["reason"]


@pytest.mark.parametrize("raw", [b"{", b"", b"[]", b"null", b"\xff\xfe", b'{"name": "\\ud800"}'])
def test_what_is_no_json_object_is_refused(cast, api_of, raw):
    answer = api_of(cast.ana).generic("POST", CLIENTS, raw, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_reasons_are_in_the_language_of_the_caller(cast, api_of):
    answer = api_of(cast.ana).get(CLIENTS + "?x=1", headers={"accept-language": "en"})
    assert answer.json()["errors"][0]["reason"] == "There is no such parameter."


def test_a_token_narrows_what_its_member_may_do(cast, api_of):
    assert api_of(cast.sam, ["clients:read"]).get(CLIENTS).status_code == 200
