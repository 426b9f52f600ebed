"""C4 through the API: the same verbs as the pages."""

import pytest
from django.test import Client as Browser

from frontdesk.clients.imports.access import imports_for
from frontdesk.clients.imports.models import ClientImport
from frontdesk.clients.models import Client
from frontdesk.core.errors import Forbidden
from frontdesk.core.jobs.worker import run_due
from frontdesk.core.tenancy.context import account_context

from .import_files import KINDS, ROWS, csv_file, xlsx_file

HOME = "/api/v1/imports"


def send(caller, file, **fields):
    """POST a file as multipart, which the JSON caller's own `post` does not do."""
    return Browser.post(caller, HOME, {"file": file, **fields})


def put(caller, place, data):
    return caller.put(place, data, content_type="application/json")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_uploaded_mapped_checked_and_imported(cast, api_of, kind):
    caller = api_of(cast.ana)
    answer = send(caller, KINDS[kind](ROWS))
    assert answer.status_code == 201
    found = answer.json()
    assert [column["field"] for column in found["columns"]] == [
        "name", "email1", "phone1", "city", "country", "tags", "reference",
    ]  # fmt: skip
    assert found["columns"][0]["samples"][0] == "Elena Marin" and found["state"] == "uploaded"
    place = f"{HOME}/{found['id']}"
    mapping = [column["field"] for column in found["columns"]]
    assert put(caller, place + "/mapping", {"mapping": mapping, "key": "email"}).json()["options"]["key"] == "email"
    checked = caller.post(place + "/check").json()
    assert checked["state"] == "checked" and checked["counts"]["created"] == 3
    assert checked["preview"][1]["cells"]["country"] == "FR"
    assert caller.post(place + "/start").json()["state"] == "running"
    assert caller.post(place + "/start").status_code == 409
    run_due()
    assert caller.get(place).json()["state"] == "finished"
    with account_context(cast.account):
        assert Client.objects.filter(name="Dan Țepeș").exists()
    assert caller.get(HOME).json()["data"][0]["id"] == found["id"]


def test_rejected_rows_and_reasons(cast, api_of):
    caller = api_of(cast.ana)
    found = send(caller, csv_file([["=1+1", "no", "", "", "", "", ""], *ROWS])).json()
    place = f"{HOME}/{found['id']}"
    checked = caller.post(place + "/check").json()
    assert checked["counts"]["rejected"] == 1
    rejected = caller.get(place + "?show=rejected").json()["preview"]
    assert rejected[0]["reasons"] == {"email1": ["“no” is not an e-mail address."]} and rejected[0]["row"] == 2
    caller.post(place + "/start")
    run_due()
    file = b"".join(caller.get(place + "/rejected.csv").streaming_content).decode()
    assert '"\'=1+1"' in file and "is not an e-mail address" in file


def test_refusals_name_field_and_reason(cast, api_of):
    caller = api_of(cast.ana)
    answer = Browser.post(caller, HOME, {})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")
    answer = send(caller, csv_file(ROWS, name="x.exe"))
    assert answer.status_code == 422 and "kind of file" in answer.json()["errors"][0]["reason"]
    answer = send(caller, xlsx_file(ROWS), sheet="None such")
    assert answer.status_code == 422 and "no sheet called" in answer.json()["errors"][0]["reason"]
    place = f"{HOME}/{send(caller, csv_file(ROWS)).json()['id']}"
    assert put(caller, place + "/mapping", {"mapping": ["name"]}).json()["errors"][0]["field"] == "mapping"
    answer = put(caller, place + "/mapping", {"mapping": ["name"] * 7})
    assert answer.json()["errors"][0]["field"] == "mapping.1"
    assert put(caller, place + "/mapping", {"key": "colour"}).status_code == 422
    assert caller.post(place + "/start").status_code == 409


def test_a_cancelled_import_stays_cancelled(cast, api_of):
    caller = api_of(cast.ana)
    place = f"{HOME}/{send(caller, csv_file(ROWS)).json()['id']}"
    assert caller.post(place + "/cancel").json()["state"] == "cancelled"
    for verb in ("check", "start", "cancel"):
        assert caller.post(f"{place}/{verb}").status_code == 409


def test_an_upload_that_is_too_large_is_refused_unread(cast, api_of, settings):
    settings.MAX_IMPORT_BYTES = 1 << 20
    answer = Browser.post(api_of(cast.ana), HOME, {"file": csv_file(ROWS)}, CONTENT_LENGTH=str(1 << 30))
    assert answer.status_code == 413 and "larger than" in answer.json()["errors"][0]["reason"]


def test_a_repeated_upload_with_a_key_is_done_once(cast, api_of):
    caller, key = api_of(cast.ana), {"idempotency-key": "once"}
    large = [["x" * 30_000, "", "", "", "", "", ""]] * 200
    answers = [Browser.post(caller, HOME, {"file": csv_file(large)}, headers=key) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    with account_context(cast.account):
        assert ClientImport.objects.count() == 1


def test_a_key_does_not_serve_for_another_file_of_the_same_length(cast, api_of):
    caller, key = api_of(cast.ana), {"idempotency-key": "once"}
    files = [csv_file([[name, "", "", "", "", "", ""]]) for name in ("Maria", "Diana")]
    answers = [Browser.post(caller, HOME, {"file": file}, headers=key) for file in files]
    assert [answer.status_code for answer in answers] == [201, 422]
    assert answers[1].json()["errors"][0]["field"] == "Idempotency-Key"


def test_the_template_is_a_workbook(cast, api_of):
    answer = api_of(cast.ana).get(HOME + "/template.xlsx")
    assert b"".join(answer.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize("who", ["cora", "mia", "greta"])
def test_the_door_itself_is_closed_to_the_unentitled(within, who):
    with pytest.raises(Forbidden):
        imports_for(within.people[who])


def test_outsiders_and_the_unentitled(cast, api_of):
    place = f"{HOME}/{send(api_of(cast.ana), csv_file(ROWS)).json()['id']}"
    for who in (cast.cora, cast.mia, cast.greta):
        assert api_of(who).get(place).status_code == 403
        assert send(api_of(who), csv_file(ROWS)).status_code == 403
    assert api_of(cast.other.olga).get(place).status_code == 404
    assert api_of(cast.other.olga).post(place + "/start").status_code == 404
    assert api_of(cast.sam, ["clients:read"]).get(place).status_code == 403
    assert api_of(None).get(place).status_code == 401
