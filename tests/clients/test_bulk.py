"""C2, C9, X12: one verb for many clients, at once or in the background, and back again."""

import pytest
from django.urls import reverse

from frontdesk.accounts import actions as accounts
from frontdesk.accounts.models import Member
from frontdesk.activity.queries import timeline
from frontdesk.clients.bulk import actions, running
from frontdesk.clients.bulk.models import BulkPart
from frontdesk.clients.bulk.selection import Selection
from frontdesk.clients.models import Assignment, Client, ClientAccess, ClientTag, Contact, Tally
from frontdesk.clients.queries import Filters
from frontdesk.core.errors import Conflict, Forbidden, Invalid
from frontdesk.core.jobs.worker import run_due
from frontdesk.core.tenancy.context import account_context
from frontdesk.search.queries import matching_ids
from frontdesk.undo import actions as undo
from frontdesk.undo.models import Change, LeftOut, State


def tallies() -> dict:
    """Clients counted by status, those that are none left out."""
    return {status: count for status, count in Tally.objects.values_list("status", "count") if count}


def statuses(*clients) -> list[str]:
    return [Client.objects.get(pk=client.pk).status for client in clients]


def some(*clients) -> Selection:
    return Selection([client.pk for client in clients])


EVERYBODY = Selection(all=True)


def test_a_status_for_many_and_back(within):
    change = actions.start(within.sam, "status", some(within.maria, within.ioana), {"status": "inactive"})
    assert (change.state, change.total, change.records) == (State.DONE, 2, 2)
    assert statuses(within.maria, within.ioana, within.radu) == ["inactive", "inactive", "active"]
    assert tallies() == {"active": 2, "inactive": 2}
    assert timeline(within.maria.pk).rows[0].verb in ("client.status", "member.deactivated")
    undone = undo.undo(within.sam, change)
    assert (undone.state, undone.restored) == (State.UNDONE, 2)
    assert statuses(within.maria, within.ioana) == ["active", "active"]
    assert tallies() == {"active": 4}
    assert timeline(within.ioana.pk).rows[0].verb in ("client.undone", "member.activated")


def test_people_who_sign_in_follow_the_status_both_ways(within):
    change = actions.start(within.sam, "status", some(within.maria), {"status": "inactive"})
    within.mia.refresh_from_db()
    assert within.mia.status == "inactive"
    undo.undo(within.sam, change)
    within.mia.refresh_from_db()
    assert within.mia.status == "active"


def test_undo_never_overwrites_a_newer_change_and_happens_once(within):
    change = actions.start(within.sam, "status", some(within.maria, within.radu), {"status": "prospect"})
    actions.start(within.sam, "status", some(within.maria), {"status": "inactive"})
    undone = undo.undo(within.sam, change)
    assert undone.restored == 1
    assert statuses(within.maria, within.radu) == ["inactive", "active"]
    assert list(LeftOut.objects.values_list("about", "undoing", "reasons")) == [(within.maria.pk, True, ["changed"])]
    with pytest.raises(Conflict):
        undo.undo(within.sam, change)


def test_what_is_as_wanted_already_is_not_touched(within):
    change = actions.start(within.sam, "status", some(within.maria), {"status": "active"})
    assert (change.total, change.records) == (1, 0)


def test_assignments_for_many_and_back(within):
    change = actions.start(within.sam, "assign", some(within.maria, within.ioana), {"members": [within.cora.pk]})
    assert change.records == 1, "Maria was served by Cora before"
    assert Assignment.objects.filter(member=within.cora).count() == 2
    undo.undo(within.sam, change)
    assert list(Assignment.objects.values_list("client_id", flat=True)) == [within.maria.pk]


def test_a_handover_moves_everybody_and_back(within):
    old = Assignment.objects.get(client=within.maria)
    selection = Selection(all=True, filters=Filters(assigned=str(within.cora.pk)))
    change = actions.start(within.sam, "reassign", selection, {"member": within.cora.pk, "to": within.cole.pk})
    assert list(Assignment.objects.values_list("member_id", flat=True)) == [within.cole.pk]
    undo.undo(within.sam, change)
    back = Assignment.objects.get()
    assert (back.pk, back.member_id) == (old.pk, within.cora.pk)
    assert back.assigned_at > old.assigned_at, "in between nobody saw anything by it"


def test_tags_for_many_and_back(within):
    change = actions.start(within.sam, "tag", some(within.maria, within.radu), {"tag": "VIP"})
    assert ClientTag.objects.count() == 2
    less = actions.start(within.sam, "untag", some(within.maria), {"tag": "vip"})
    assert less.records == 1 and ClientTag.objects.count() == 1
    undo.undo(within.sam, less)
    assert ClientTag.objects.filter(client=within.maria).exists()
    assert undo.undo(within.sam, change).restored == 2
    assert not ClientTag.objects.exists()


def test_many_are_deleted_but_those_which_cannot_and_all_come_back(within):
    contact = Contact.objects.create(account=within.account, client=within.radu, name="An Aunt")
    Client.objects.filter(pk=within.radu.pk).update(has_portal=False)
    ClientAccess.objects.filter(client=within.radu).delete()
    change = actions.start(within.ana, "delete", some(within.maria, within.radu), {})
    assert (change.total, change.records) == (2, 1)
    assert not Client.objects.filter(pk=within.radu.pk).exists()
    assert LeftOut.objects.get().about == within.maria.pk and "sign in" in LeftOut.objects.get().reasons[0]
    assert tallies() == {"active": 3}
    assert not matching_ids(within.ana, "radu", "client")
    undo.undo(within.ana, change)
    assert tallies() == {"active": 4}
    back = Client.objects.get(pk=within.radu.pk)
    assert (back.name, back.created_at) == (within.radu.name, within.radu.created_at)
    assert Contact.objects.filter(pk=contact.pk, client=back).exists()
    assert list(matching_ids(within.ana, "radu", "client")) == [back.pk]


@pytest.mark.parametrize(
    ("verb", "values", "field"),
    [
        ("status", {"status": "gone"}, "status"),
        ("language", {"language": "tlh"}, "language"),
        ("tag", {"tag": " "}, "tag"),
        ("untag", {"tag": "unheard of"}, "tag"),
        ("assign", {"members": []}, "members"),
        ("reassign", {}, "member"),
    ],
)
def test_bad_values_are_refused(within, verb, values, field):
    with pytest.raises(Invalid) as refused:
        actions.start(within.sam, verb, some(within.maria), values)
    assert list(refused.value.errors) == [field]
    assert not Change.objects.exists()


def test_an_empty_or_foreign_selection_is_refused(within):
    for selection in (Selection(), Selection([within.other.zoe.pk]), Selection(all=True, filters=Filters(q="zzz"))):
        with pytest.raises(Invalid):
            actions.start(within.sam, "status", selection, {"status": "inactive"})


def test_nobody_out_of_sight_is_reached(within):
    accounts.set_member_options(within.ana, within.cora, {"edit_clients": True})
    cora = Member.objects.select_related("account", "user").get(pk=within.cora.pk)
    with pytest.raises(Invalid):
        actions.start(cora, "status", some(within.maria, within.victor), {"status": "inactive"})
    actions.start(cora, "status", EVERYBODY, {"status": "inactive"})
    assert statuses(within.maria, within.victor) == ["inactive", "active"]


def test_the_right_of_the_verb_is_asked_for(within):
    with pytest.raises(Forbidden):
        actions.start(within.sam, "delete", some(within.maria), {})
    with pytest.raises(Forbidden):
        actions.start(within.cora, "status", some(within.maria), {"status": "inactive"})


def test_many_go_in_the_background_and_back(within, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 1)
    monkeypatch.setattr(running, "CHUNK", 2)
    change = actions.start(within.sam, "language", EVERYBODY, {"language": "fr"})
    assert (change.state, change.total, change.records) == (State.WORKING, 4, 0)
    assert BulkPart.objects.count() == 2
    with pytest.raises(Conflict):
        undo.undo(within.sam, change)
    run_due()
    change.refresh_from_db()
    assert (change.state, change.records) == (State.DONE, 4)
    assert not BulkPart.objects.exists()
    assert Client.objects.filter(language="fr").count() == 4
    from frontdesk.undo import running as undoing

    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    monkeypatch.setattr(undoing, "CHUNK", 3)
    assert undo.undo(within.sam, change).state == State.UNDOING
    run_due()
    change.refresh_from_db()
    assert (change.state, change.restored) == (State.UNDONE, 4)
    assert not Client.objects.filter(language="fr").exists()


def test_who_loses_the_right_meanwhile_changes_nothing_further(within, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 1)
    change = actions.start(within.sam, "language", EVERYBODY, {"language": "fr"})
    within.sam.role = "coworker"
    within.sam.save()
    run_due()
    change.refresh_from_db()
    assert (change.state, change.records) == (State.DONE, 0)


def test_the_pages_ask_then_do_and_offer_undo(cast, browser_of):
    sam, address = browser_of(cast.sam), reverse("clients:bulk")
    assert 'data-select aria-label="Select Maria Ionescu"' in sam.get("/clients/").content.decode()
    chosen = {"verb": "status", "ids": [str(cast.maria.pk), str(cast.radu.pk)], "query": "status=active"}
    asked = sam.post(address, chosen)
    assert asked.status_code == 200 and "For 2 clients" in asked.content.decode()
    assert sam.post(address, {**chosen, "confirmed": "1"}).status_code == 422
    done = sam.post(address, {**chosen, "confirmed": "1", "status": "prospect"})
    assert done["Location"] == "/clients/?status=active"
    with account_context(cast.account):
        change = Change.objects.get()
    page = sam.get("/clients/").content.decode()
    assert "2 clients are now: Prospect" in page and reverse("undo:undo", args=[change.pk]) in page
    sam.post(reverse("undo:undo", args=[change.pk]))
    assert "Undone" in sam.get(reverse("undo:changes")).content.decode()
    with account_context(cast.account):
        assert statuses(cast.maria, cast.radu) == ["active", "active"]


@pytest.mark.parametrize("verb", ["status", "language", "tag", "untag", "assign", "unassign", "reassign", "delete"])
def test_every_verb_has_its_page(cast, browser_of, verb):
    ana = browser_of(cast.ana)
    asked = ana.post(reverse("clients:bulk"), {"verb": verb, "all": "1", "query": "q=popescu"})
    assert asked.status_code == 200 and "For 2 clients" in asked.content.decode()


def test_the_selection_is_exported(cast, browser_of):
    chosen = {"verb": "export-csv", "ids": [str(cast.maria.pk)]}
    text = b"".join(browser_of(cast.sam).post(reverse("clients:bulk"), chosen).streaming_content).decode()
    assert "Maria Ionescu" in text and "Radu" not in text


def test_from_the_members_page_clients_are_handed_over_and_assigned(cast, browser_of):
    sam = browser_of(cast.sam)
    address = reverse("clients:hand_over", args=[cast.cora.pk])
    assert "Cora serves 1 client." in sam.get(address).content.decode()
    assert sam.post(address, {"to": str(cast.cora.pk)}).status_code == 422
    assert sam.post(address, {"to": str(cast.cole.pk)}).status_code == 302
    give = reverse("clients:give", args=[cast.cora.pk])
    assert "Radu Popescu" in sam.get(give + "?q=popescu").content.decode()
    assert sam.post(give, {}).status_code == 422
    assert sam.post(give, {"ids": [str(cast.radu.pk)]}).status_code == 302
    with account_context(cast.account):
        assert set(Assignment.objects.values_list("client_id", "member_id")) == {
            (cast.maria.pk, cast.cole.pk), (cast.radu.pk, cast.cora.pk),
        }  # fmt: skip


def test_the_api_changes_many_and_undoes(cast, api_of):
    sam = api_of(cast.sam)
    made = sam.post("/api/v1/clients/bulk/status", {"clients": [str(cast.maria.pk)], "status": "prospect"}).json()
    assert (made["state"], made["records"], made["can_undo"]) == ("done", 1, True)
    assert sam.get("/api/v1/changes").json()["data"][0]["id"] == made["id"]
    undone = sam.post(f"/api/v1/changes/{made['id']}/undo").json()
    assert (undone["state"], undone["restored"]) == ("undone", 1)
    assert sam.post(f"/api/v1/changes/{made['id']}/undo").status_code == 409
    every = sam.post("/api/v1/clients/bulk/tag", {"filter": {"q": "popescu"}, "tag": "VIP"}).json()
    assert every["records"] == 2
    left = sam.get(f"/api/v1/changes/{every['id']}/left-out").json()
    assert left == {"data": [], "next": None}


@pytest.mark.parametrize(("who", "status"), [("sam", 403), ("cora", 403), ("mia", 403), ("ana", 200)])
def test_only_admins_delete_many(cast, api_of, who, status):
    answer = api_of(getattr(cast, who)).post("/api/v1/clients/bulk/delete", {"clients": [str(cast.radu.pk)]})
    assert answer.status_code == status
