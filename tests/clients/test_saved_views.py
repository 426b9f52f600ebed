"""Saved views of the list: filter, order and columns under a name; own or shared, default, order (C2)."""

import csv
import io

import pytest
from django.urls import reverse

from frontdesk.clients import actions as clients
from frontdesk.clients.custom import actions as own
from frontdesk.clients.custom.actions import FieldInput
from frontdesk.clients.models import SavedView
from frontdesk.clients.saved import actions
from frontdesk.clients.saved.actions import ViewInput
from frontdesk.core.errors import Forbidden, Invalid, Missing
from frontdesk.core.tenancy.context import account_context

PROSPECTS = {"filters": {"status": "prospect"}, "sort": "newest", "columns": ["email", "status"]}


def names(actor) -> list[str]:
    return [view.name for view in actions.views_of(actor)]


def test_own_views_are_ones_own_and_shared_ones_everybodys(within):
    actions.save_view(within.sam, ViewInput("Mine"))
    actions.save_view(within.sam, ViewInput("Ours", shared=True))
    assert (names(within.sam), names(within.cora)) == (["Mine", "Ours"], ["Ours"])


def test_only_office_shares_and_only_owner_or_admin_changes(within):
    with pytest.raises(Forbidden):
        actions.save_view(within.cora, ViewInput("Ours", shared=True))
    mine = actions.save_view(within.cora, ViewInput("Mine"))
    shared = actions.save_view(within.sam, ViewInput("Ours", shared=True))
    with pytest.raises(Missing):
        actions.get_view(within.ana, mine.pk)
    with pytest.raises(Forbidden):
        actions.get_view(within.cora, shared.pk)
    assert actions.get_view(within.ana, shared.pk).pk == shared.pk


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"sort": "best"}, {"columns": ["height"]}, {"filters": {"status": "gone"}}, {"filters": {"x": "1"}}],
)
def test_a_view_that_would_not_work_is_refused(within, wrong):
    with pytest.raises(Invalid):
        actions.save_view(within.sam, ViewInput(**{"name": "Mine", **wrong}))
    assert not SavedView.objects.exists()


def test_one_default_each_and_ones_own_before_the_teams(within):
    team = actions.save_view(within.ana, ViewInput("Team", shared=True, is_default=True))
    mine = actions.save_view(within.sam, ViewInput("Mine", is_default=True))
    again = actions.save_view(within.sam, ViewInput("Mine too", is_default=True))
    chosen = [actions.default_of(who, actions.views_of(who)) for who in (within.sam, within.cora)]
    assert [view.pk for view in chosen] == [again.pk, team.pk]
    mine.refresh_from_db()
    assert not mine.is_default


def test_views_are_moved_and_deleted(within):
    for name in ("A", "B", "C"):
        actions.save_view(within.sam, ViewInput(name))
    actions.move_view(within.sam, SavedView.objects.get(name="C"), -1)
    assert names(within.sam) == ["A", "C", "B"]
    actions.delete_view(within.sam, SavedView.objects.get(name="A"))
    assert names(within.sam) == ["C", "B"]


def test_the_list_opens_with_the_default_and_all_is_one_click_away(cast, browser_of):
    with account_context(cast.account):
        clients.set_status(cast.sam, cast.victor, "prospect")
        view = actions.save_view(cast.sam, ViewInput("To call", is_default=True, **PROSPECTS))
    browser, address = browser_of(cast.sam), reverse("clients:list")
    page = browser.get(address, follow=True).content.decode()
    assert ("Victor" in page, "Maria Ionescu" in page, "To call" in page) == (True, False, True)
    everybody = browser.get(address, {"view": "all"}).content.decode()
    assert "Maria Ionescu" in everybody and f"view={view.pk}" in everybody.replace("&amp;", "&")


def test_a_default_that_no_longer_works_does_not_lock_the_list(cast, browser_of):
    with account_context(cast.account):
        field = own.add_field(cast.ana, FieldInput("VIP", "yes_no"))
        filters = {"custom": f"{field.pk}:yes"}
        actions.save_view(cast.sam, ViewInput("Mine", is_default=True, filters=filters, columns=[field.path]))
        own.archive_field(cast.ana, field)
    answer = browser_of(cast.sam).get(reverse("clients:list"), follow=True)
    assert (answer.status_code, "Maria Ionescu" in answer.content.decode()) == (200, True)


def test_the_page_saves_what_it_shows_and_updates_it(cast, browser_of):
    browser = browser_of(cast.sam)
    form = {"name": "To call", "status": "prospect", "sort": "newest", "columns": "email,status", "shared": "on"}
    saved = browser.post(reverse("clients:view_save"), form)
    with account_context(cast.account):
        view = SavedView.objects.get()
    assert (view.filters, view.sort, view.columns, view.shared) == (
        {"status": "prospect"}, "newest", ["email", "status"], True,
    )  # fmt: skip
    assert f"view={view.pk}" in saved["Location"]
    browser.post(reverse("clients:view_update", args=[view.pk]), {"kind": "person", "sort": "name", "columns": ""})
    with account_context(cast.account):
        view.refresh_from_db()
    assert (view.name, view.filters, view.columns) == ("To call", {"kind": "person"}, [])
    refused = browser.post(reverse("clients:view_save"), form | {"name": ""})
    assert (refused.status_code, 'value="prospect"' in refused.content.decode()) == (422, True)
    browser.post(reverse("clients:view_edit", args=[view.pk]), {"name": "Called"})
    with account_context(cast.account):
        view.refresh_from_db()
    assert (view.name, view.shared) == ("Called", False)
    assert "Called" in browser.get(reverse("clients:views")).content.decode()


def test_chosen_columns_show_own_fields_too(cast, browser_of):
    with account_context(cast.account):
        field = own.add_field(cast.ana, FieldInput("Instrument"))
        clients.update_client(cast.sam, cast.maria, {"custom": {str(field.pk): "Piano"}})
    columns = f"{field.path},email,kind,portal,created,changed,team,tags"
    page = browser_of(cast.sam).get(reverse("clients:list"), {"columns": columns}).content.decode()
    for text in ("cols-8", "<span>Instrument</span>", "Piano", "maria@example.com", "Person", "Cora"):
        assert text in page
    wrong = browser_of(cast.sam).get(reverse("clients:list"), {"columns": "height"})
    assert wrong.status_code == 302


def test_the_export_follows_filter_order_and_columns(cast, browser_of):
    address = reverse("clients:export", args=["csv"])
    answer = browser_of(cast.sam).get(address, {"columns": "email,status", "sort": "-name", "portal": "yes"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0] == ["Name", "E-mail", "Status"]
    assert [row[0][:5] for row in rows[1:]] == ["Victo", "Radu ", "Maria", "Ioana"]
    assert rows[1] == ["Victor Țurcanu", "victor@example.com", "Active"]


def test_the_api_keeps_views(cast, api_of):
    office = api_of(cast.sam)
    made = office.post("/api/v1/client-views", {"name": "To call", **PROSPECTS})
    view = made.json()
    assert (made.status_code, view["own"], view["columns"]) == (201, True, ["email", "status"])
    changed = office.put(
        f"/api/v1/client-views/{view['id']}", {"name": "Called", "shared": True}, content_type="application/json"
    )
    assert changed.json()["name"] == "Called"
    assert [row["name"] for row in api_of(cast.cora).get("/api/v1/client-views").json()["data"]] == ["Called"]
    assert api_of(cast.cora).delete(f"/api/v1/client-views/{view['id']}").status_code == 403
    assert api_of(cast.other.olga).delete(f"/api/v1/client-views/{view['id']}").status_code == 404
    assert office.delete(f"/api/v1/client-views/{view['id']}").status_code == 204
