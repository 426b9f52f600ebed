"""C18, X12: two clients become one, its old address leads on, and undo makes them two again."""

import time
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models, transaction
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.activity.spine import record_many
from frontdesk.clients import access
from frontdesk.clients import actions as clients
from frontdesk.clients.merging import actions
from frontdesk.clients.merging.registry import merge_rules
from frontdesk.clients.models import (
    Address,
    Assignment,
    Client,
    ClientAccess,
    ClientTag,
    Contact,
    ContactPoint,
    MergedClient,
    Note,
    Tally,
)
from frontdesk.core.errors import Forbidden, Invalid, Moved
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.tenancy.placement import placement
from frontdesk.search.queries import matching_ids
from frontdesk.undo import actions as undo
from frontdesk.undo.models import State
from frontdesk.undo.trees import keys_to

TABLES = (Address, Assignment, Client, ClientAccess, ClientTag, Contact, ContactPoint, MergedClient, Note, Tally)
# Tables that name a client by a plain identifier, each with the reason why a merge leaves it as it is.
BY_IDENTIFIER = {
    "activity.activity": "sealed; the timeline reads the former ids too",
    "search.searchentry": "made anew",
    "clients.importedclient": "what an import did stays known",
}


def everything() -> dict:
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name != "updated_at"}
            for row in model.objects.order_by("pk").values()
        ]
        for model in TABLES
    }


@pytest.fixture
def two(within):
    """Maria and Ioana, who share a tag and a co-worker and have all else twice."""
    for client in (within.maria, within.ioana):
        clients.set_tags(within.sam, client, ["VIP", client.name.split()[0]])
        clients.assign(within.sam, client, [within.cora.pk])
        clients.add_note(within.cora, client, f"About {client.name}.")
        Address.objects.create(account=within.account, client=client, city=client.name.split()[0])
    return within


def test_everything_moves_and_undo_makes_two_again(two):
    before = everything()
    change = actions.merge(two.sam, two.maria, two.ioana)
    maria = Client.objects.get(pk=two.maria.pk)
    assert not Client.objects.filter(pk=two.ioana.pk).exists()
    assert Address.objects.filter(client=maria).count() == 2
    assert Note.objects.filter(client=maria).count() == 3
    assert Assignment.objects.filter(client=maria).count() == 1
    assert set(ClientTag.objects.filter(client=maria).values_list("tag__name", flat=True)) == {"VIP", "Maria", "Ioana"}
    assert ClientAccess.objects.filter(client=maria, member=two.dan).exists()
    contacts = list(Contact.objects.filter(client=maria).order_by("-is_primary").values_list("name", "is_primary"))
    assert contacts == [("Maria Ionescu", True), ("Ioana Popescu", False)]
    assert {row.status: row.count for row in Tally.objects.all() if row.count} == {"active": 3}
    assert list(matching_ids(two.sam, "ioana", "client")) == [maria.pk]
    undone = undo.undo(two.sam, change)
    assert (undone.state, undone.restored) == (State.UNDONE, 1)
    after = everything()
    for table in before:
        assert after[table] == before[table], table
    assert list(matching_ids(two.sam, "ioana", "client")) == [two.ioana.pk]


def test_values_are_chosen_and_gaps_filled(two):
    Client.objects.filter(pk=two.ioana.pk).update(reference="R-9", language="fr", status="prospect")
    ioana = Client.objects.get(pk=two.ioana.pk)
    actions.merge(two.sam, two.maria, ioana, {"name": "gone", "status": "kept"})
    merged = Client.objects.get(pk=two.maria.pk)
    assert (merged.name, merged.reference, merged.language, merged.status) == (
        "Ioana Popescu", "R-9", "fr", "active",
    )  # fmt: skip
    assert Contact.objects.get(client=merged, is_primary=True).name == "Ioana Popescu"


def test_an_undo_never_overwrites_a_newer_name(two):
    change = actions.merge(two.sam, two.maria, two.ioana, {"name": "gone"})
    clients.update_client(two.sam, Client.objects.get(pk=two.maria.pk), {"name": "Somebody Else"})
    assert undo.undo(two.sam, change).restored == 0
    assert Client.objects.get(pk=two.maria.pk).name == "Somebody Else"


def test_the_old_id_leads_on_even_through_two_merges(two):
    actions.merge(two.sam, two.radu, two.ioana)
    actions.merge(two.sam, Client.objects.get(pk=two.maria.pk), Client.objects.get(pk=two.radu.pk))
    with pytest.raises(Moved) as moved:
        access.get_client(two.sam, two.ioana.pk)
    assert moved.value.kept == two.maria.pk


@pytest.mark.parametrize("choices", [{"name": "neither"}, {"secret": "kept"}])
def test_unknown_choices_are_refused(two, choices):
    with pytest.raises(Invalid):
        actions.merge(two.sam, two.maria, two.ioana, choices)


def test_one_alone_cannot_be_merged_and_coworkers_may_not(two):
    with pytest.raises(Invalid):
        actions.merge(two.sam, two.maria, two.maria)
    with pytest.raises(Forbidden):
        actions.merge(two.cora, two.maria, two.ioana)


def test_ten_thousand_activities_take_no_longer(two):
    with transaction.atomic():
        record_many(two.sam, "note.changed", [(uuid4(), two.ioana.pk, {})] * 10_000)
    began = time.process_time()
    actions.merge(two.sam, two.maria, two.ioana)
    assert time.process_time() - began < 2
    assert Activity.objects.filter(client_id=two.ioana.pk).count() > 10_000


def test_the_page_shows_both_and_the_old_address_leads_on(cast, browser_of):
    sam = browser_of(cast.sam)
    address = reverse("clients:merge", args=[cast.maria.pk])
    assert "Ioana Popescu" in sam.get(address + "?q=ioana").content.decode()
    page = sam.get(address + f"?with={cast.ioana.pk}").content.decode()
    assert "dan@example.com" in page and "maria@example.com" in page
    done = sam.post(address, {"with": str(cast.ioana.pk), "name": "kept"})
    assert done["Location"] == reverse("clients:show", args=[cast.maria.pk])
    old = sam.get(reverse("clients:contacts", args=[cast.ioana.pk]))
    assert old["Location"] == reverse("clients:contacts", args=[cast.maria.pk])
    assert sam.post(reverse("clients:delete", args=[cast.ioana.pk])).status_code in (403, 404)
    shown = sam.get(reverse("clients:show", args=[cast.maria.pk])).content.decode()
    assert "merged two clients" in shown
    assert browser_of(cast.cole).get(reverse("clients:show", args=[cast.ioana.pk])).status_code == 404
    assert browser_of(cast.other.olga).get(reverse("clients:show", args=[cast.ioana.pk])).status_code == 404


def test_the_api_merges_and_says_where_the_old_one_went(cast, api_of):
    sam = api_of(cast.sam)
    path = f"/api/v1/clients/{cast.maria.pk}/merge"
    made = sam.post(path, {"client": str(cast.ioana.pk), "choices": {"name": "gone"}})
    assert made.json()["kind"] == "clients.merge"
    old = sam.get(f"/api/v1/clients/{cast.ioana.pk}")
    assert (old.status_code, old.json()["moved_to"]) == (404, str(cast.maria.pk))
    assert sam.post(path, {"client": str(cast.other.zoe.pk)}).status_code == 404
    assert api_of(cast.cora).post(path, {"client": str(cast.radu.pk)}).status_code == 403
    with account_context(cast.account):
        assert Client.objects.get(pk=cast.maria.pk).name == "Ioana Popescu"


def test_no_table_is_forgotten():
    """A table with a key to clients moves by itself; one that names them otherwise must say what becomes of it."""
    keyed = {key.model._meta.label_lower for key in keys_to(Client)}
    named = {
        model._meta.label_lower
        for model in apps.get_models()
        if placement(model) == "tenant"
        and any(field.name == "client_id" and isinstance(field, models.UUIDField) for field in model._meta.local_fields)
    }
    assert named - keyed - set(BY_IDENTIFIER) - set(dict(merge_rules.items())) == set()
