"""Private notes on clients, their contacts and members: seen by admins and staff, nobody else (C11)."""

import pytest
from django.urls import reverse

from frontdesk.activity.queries import timeline
from frontdesk.clients import queries
from frontdesk.clients.models import PrivateNote
from frontdesk.clients.private import actions
from frontdesk.core.errors import Forbidden, Invalid, Missing
from frontdesk.core.tenancy.context import account_context

SECRET = "Pays late, be kind about it."


def test_office_reads_and_writes_and_nobody_else_does(within):
    note = actions.add_note(within.sam, SECRET, client=within.maria)
    assert [row.body for row in actions.notes_about(within.ana, client=within.maria).rows] == [SECRET]
    for outsider in (within.cora, within.mia, within.greta):
        with pytest.raises(Forbidden):
            actions.notes_about(outsider, client=within.maria)
        with pytest.raises(Forbidden):
            actions.get_note(outsider, note.pk)
        with pytest.raises(Forbidden):
            actions.add_note(outsider, "x", client=within.maria)


def test_a_note_may_be_about_one_of_the_clients_own_contacts(within):
    contact = queries.contacts_of(within.maria)[0]
    assert actions.add_note(within.sam, SECRET, client=within.maria, contact_id=contact.pk).contact == contact
    stranger = queries.contacts_of(within.victor)[0]
    with pytest.raises(Invalid):
        actions.add_note(within.sam, SECRET, client=within.maria, contact_id=stranger.pk)


def test_an_empty_note_is_refused_and_notes_change_and_go(within):
    with pytest.raises(Invalid):
        actions.add_note(within.sam, "  ", member=within.cora)
    note = actions.add_note(within.sam, SECRET, member=within.cora)
    actions.edit_note(within.ana, note, "Better")
    assert [row.body for row in actions.notes_about(within.sam, member=within.cora).rows] == ["Better"]
    actions.delete_note(within.sam, note)
    with pytest.raises(Missing):
        actions.get_note(within.sam, note.pk)


def test_the_timeline_that_coworkers_read_says_nothing(within):
    actions.add_note(within.sam, SECRET, client=within.maria)
    assert timeline(within.maria.pk).rows == []


def test_the_clients_page_keeps_them_from_coworkers(cast, browser_of):
    address = reverse("clients:private", args=[cast.maria.pk])
    office, coworker = browser_of(cast.sam), browser_of(cast.cora)
    assert office.post(address + "add/", {"body": SECRET}).status_code == 302
    assert SECRET in office.get(address).content.decode()
    assert (coworker.get(address).status_code, browser_of(cast.mia).get(address).status_code) == (403, 403)
    record = coworker.get(reverse("clients:show", args=[cast.maria.pk])).content.decode()
    assert "Private notes" not in record
    assert office.post(address + "add/", {"body": ""}).status_code == 422
    with account_context(cast.account):
        note = PrivateNote.objects.get()
    edit = reverse("clients:private_edit", args=[note.pk])
    assert SECRET in office.get(edit).content.decode()
    assert office.post(edit, {"body": "Better"}).status_code == 302
    assert "Better" in office.get(address).content.decode()
    assert office.post(edit + "delete/").status_code == 302
    assert "Better" not in office.get(address).content.decode()


def test_a_members_page_leads_to_the_notes_about_them(cast, browser_of):
    office = browser_of(cast.sam)
    address = reverse("clients:private_member", args=[cast.cora.pk])
    assert office.post(address + "add/", {"body": SECRET}).status_code == 302
    assert SECRET in office.get(address).content.decode()
    assert address in office.get(address + "panel/").content.decode()
    assert browser_of(cast.cora).get(address).status_code == 403


def test_the_api_reads_writes_changes_and_deletes(cast, api_of):
    office, put = api_of(cast.sam), {"content_type": "application/json"}
    address = f"/api/v1/clients/{cast.maria.pk}/private-notes"
    note = office.post(address, {"body": SECRET}).json()
    assert (note["body"], note["client_id"], note["author_id"]) == (SECRET, str(cast.maria.pk), str(cast.sam.pk))
    assert office.put(f"/api/v1/private-notes/{note['id']}", {"body": "Better"}, **put).json()["body"] == "Better"
    assert [row["body"] for row in office.get(address).json()["data"]] == ["Better"]
    about = f"/api/v1/members/{cast.cora.pk}/private-notes"
    assert office.post(about, {"body": SECRET}).status_code == 201
    assert [row["body"] for row in office.get(about).json()["data"]] == [SECRET]
    assert api_of(cast.cora).get(address).status_code == 403
    assert api_of(cast.other.olga).delete(f"/api/v1/private-notes/{note['id']}").status_code == 404
    assert office.delete(f"/api/v1/private-notes/{note['id']}").status_code == 204
