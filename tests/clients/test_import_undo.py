"""C4, X12: a whole import is taken back, updates included, and never over what was changed since."""

import pytest
from django.urls import reverse

from frontdesk.clients import actions as clients
from frontdesk.clients.imports import actions
from frontdesk.clients.imports.models import State as Importing
from frontdesk.clients.models import Address, Assignment, Client, ClientTag, Contact, ContactPoint, Note, Tally
from frontdesk.core.errors import Conflict
from frontdesk.core.jobs.worker import run_due
from frontdesk.core.tenancy.context import account_context
from frontdesk.search.queries import matching_ids
from frontdesk.undo import actions as undo
from frontdesk.undo.models import LeftOut, State

from .test_import_rows import check

HEADINGS = ["Name", "E-mail", "Phone", "City", "Tags", "Note", "Status"]
ROWS = [
    ["Maria Renamed", "maria@example.com", "0745 000 111", "Cluj", "VIP", "From a file.", "Prospect"],
    ["New Person", "new@example.com", "", "Arad", "VIP", "", ""],
]
TABLES = (Address, Assignment, Client, ClientTag, Contact, ContactPoint, Note)


def everything() -> dict:
    """All rows about clients but the moment of their last change."""
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name != "updated_at"}
            for row in model.objects.order_by("pk").values()
        ]
        for model in TABLES
    }


@pytest.fixture
def imported(within):
    """Everything as it was before, and the import of ROWS."""
    before = everything()
    source = actions.start(within.ana, check(within, HEADINGS, ROWS, matched="update"))
    run_due()
    source.refresh_from_db()
    assert (source.state, source.created, source.updated) == (Importing.FINISHED, 1, 1)
    return before, source


def test_everything_is_as_it_was(within, imported):
    before, source = imported
    assert Client.objects.get(pk=within.maria.pk).status == "prospect"
    assert everything() != before
    undone = undo.undo(within.ana, source.change)
    assert (undone.state, undone.records, undone.restored) == (State.UNDONE, 2, 2)
    assert everything() == before
    assert {status: count for status, count in Tally.objects.values_list("status", "count") if count} == {"active": 4}
    assert not matching_ids(within.ana, "new person", "client")
    assert not matching_ids(within.ana, "renamed", "client")
    assert list(matching_ids(within.ana, "maria ionescu", "client")) == [within.maria.pk]


def test_what_was_changed_since_stays_and_is_listed(within, imported):
    _before, source = imported
    new = Client.objects.get(email="new@example.com")
    clients.add_note(within.sam, new, "Called them.")
    clients.update_client(within.sam, Client.objects.get(pk=within.maria.pk), {"name": "Maria Again"})
    undone = undo.undo(within.ana, source.change)
    assert undone.restored == 0
    assert Client.objects.get(pk=within.maria.pk).name == "Maria Again"
    assert Client.objects.filter(pk=new.pk).exists()
    assert set(LeftOut.objects.values_list("about", flat=True)) == {new.pk, within.maria.pk}


def test_an_import_that_runs_is_not_undone(within):
    source = actions.start(within.ana, check(within, HEADINGS, ROWS, matched="update"))
    with pytest.raises(Conflict):
        undo.undo(within.ana, source.change)


def test_an_undone_import_does_not_go_on(within, imported):
    _before, source = imported
    undo.undo(within.ana, source.change)
    source.state = Importing.FAILED
    source.save()
    with pytest.raises(Conflict):
        actions.start(within.ana, source)


def test_from_the_summary_and_by_the_api(cast, browser_of, api_of):
    with account_context(cast.account):
        source = actions.start(cast.ana, check(cast, HEADINGS, ROWS, matched="update"))
    run_due()
    address = reverse("clients:import_show", args=[source.pk])
    ana = browser_of(cast.ana)
    assert "Undo the import" in ana.get(address).content.decode()
    change = api_of(cast.ana).get(f"/api/v1/imports/{source.pk}").json()["change_id"]
    ana.post(reverse("undo:undo", args=[change]))
    shown = ana.get(address).content.decode()
    assert "This import was undone." in shown and "Undo the import" not in shown
    assert api_of(cast.ana).get(f"/api/v1/changes/{change}").json()["state"] == "undone"
