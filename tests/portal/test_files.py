"""P12, F1: clients find the files that the team put on their page when that is allowed, for all or for one."""

import pytest
from django.urls import reverse

from frontdesk.clients import actions
from frontdesk.clients.files.actions import add_files
from frontdesk.core.tenancy.context import account_context
from frontdesk.files.actions import receive

from ..files import samples


@pytest.fixture
def file(within):
    """A file of Maria's, added by Cora."""
    made = receive(within.cora, samples.upload("Plan.txt", samples.TEXT))
    return add_files(within.cora, within.maria, [made.pk])[0]


def allow(cast, everybody: bool | None = None, maria: bool | None = None) -> None:
    """Choose for all clients, and for Maria."""
    with account_context(cast.account):
        actions.set_portal_options(cast.ana, {"files": bool(everybody)})
        actions.set_client_options(cast.ana, cast.maria, {"files": maria})


def statuses(cast, file, member, browser_of, api_of) -> set[int]:
    """What every address answers that leads to the file or its list."""
    browser, api = browser_of(member), api_of(member)
    return {
        browser.get(reverse("portal:client_files", args=[cast.maria.pk])).status_code,
        browser.get(reverse("files:download", args=[file.pk])).status_code,
        browser.post(reverse("files:zip"), {"ids": [str(file.pk)]}).status_code,
        api.get(f"/api/v1/portal/clients/{cast.maria.pk}/files").status_code,
        api.get(f"/api/v1/files/{file.pk}").status_code,
        api.get(f"/api/v1/files/{file.pk}/content").status_code,
    }


@pytest.mark.parametrize(
    ("everybody", "maria", "expected"),
    [(None, None, {403, 404}), (True, None, {200}), (True, False, {403, 404}), (None, True, {200})],
)
def test_page_api_and_download_obey_what_holds_for_all_and_for_one(
    cast, file, browser_of, api_of, everybody, maria, expected
):
    allow(cast, everybody, maria)
    assert statuses(cast, file, cast.mia, browser_of, api_of) == expected
    home = browser_of(cast.mia).get(reverse("portal:client", args=[cast.maria.pk])).content.decode()
    assert (reverse("portal:client_files", args=[cast.maria.pk]) in home) == (expected == {200})


def test_it_is_withdrawn_with_the_next_request(cast, file, browser_of, api_of):
    allow(cast, True)
    browser = browser_of(cast.mia)
    assert browser.get(reverse("files:download", args=[file.pk])).status_code == 200
    allow(cast, True, False)
    assert browser.get(reverse("files:download", args=[file.pk])).status_code == 404


def test_guests_and_other_clients_never_get_it(cast, file, browser_of, api_of):
    allow(cast, True)
    for member in (cast.greta, cast.vic):
        assert 200 not in statuses(cast, file, member, browser_of, api_of)


def test_the_client_reads_and_changes_nothing(cast, file, browser_of, api_of):
    allow(cast, True)
    mia = browser_of(cast.mia)
    page = mia.get(reverse("portal:client_files", args=[cast.maria.pk])).content.decode()
    assert "Plan.txt" in page and "remove" not in page
    assert mia.post(reverse("files:remove", args=[file.pk])).status_code == 403
    assert mia.get(reverse("clients:files", args=[cast.maria.pk])).status_code == 403
    assert api_of(cast.mia).get(f"/api/v1/portal/clients/{cast.maria.pk}/files").json()["data"][0]["name"] == "Plan.txt"


def test_the_team_is_told_on_the_tab(cast, file, browser_of):
    address, said = reverse("clients:files", args=[cast.maria.pk]), "Clients see these files in the portal."
    assert said not in browser_of(cast.cora).get(address).content.decode()
    allow(cast, None, True)
    assert said in browser_of(cast.cora).get(address).content.decode()
