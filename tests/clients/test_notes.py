"""Notes and the timeline (C6): newest first, for the team only."""

import pytest
from django.urls import reverse

from frontdesk.activity.queries import timeline
from frontdesk.clients import actions
from frontdesk.clients.models import Note
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context


def test_a_note_shows_on_the_timeline_with_its_text(cast, browser_of):
    browser = browser_of(cast.cora)
    posted = browser.post(
        reverse("clients:note_add", args=[cast.maria.pk]), {"body": "Rang the bell.\nTwice."}, follow=True
    )
    assert "Rang the bell.\nTwice." in posted.content.decode()


def test_the_timeline_is_newest_first_and_pages(within):
    for number in range(40):
        actions.add_note(within.cora, within.maria, f"Note {number}")
    first = timeline(within.maria.pk)
    assert first.rows[0].box.body == "Note 39" and first.after
    second = timeline(within.maria.pk, after=first.after)
    assert len(first.rows) + len(second.rows) == 40


def test_an_empty_note_is_refused_and_what_was_typed_is_kept(cast, browser_of):
    answer = browser_of(cast.cora).post(reverse("clients:note_add", args=[cast.maria.pk]), {"body": "  "})
    assert answer.status_code == 422
    too_long = browser_of(cast.cora).post(reverse("clients:note_add", args=[cast.maria.pk]), {"body": "x" * 20_001})
    assert too_long.status_code == 422 and "xxxx" in too_long.content.decode()


def test_only_author_and_admin_change_a_note(cast, browser_of):
    with account_context(cast.account):
        note = actions.add_note(cast.cora, cast.maria, "Mine")
    address = reverse("clients:note_edit", args=[cast.maria.pk, note.pk])
    assert browser_of(cast.sam).get(address).status_code == 403
    assert browser_of(cast.cora).post(address, {"body": "Changed"}).status_code == 302
    assert browser_of(cast.ana).get(address).status_code == 200
    with account_context(cast.account):
        assert Note.objects.get(pk=note.pk).body == "Changed"
    browser_of(cast.cora).post(reverse("clients:note_delete", args=[cast.maria.pk, note.pk]))
    with account_context(cast.account):
        assert not Note.objects.filter(pk=note.pk).exists()


def test_portal_people_can_neither_read_nor_write_notes(within, api_of):
    with pytest.raises(Forbidden):
        actions.add_note(within.mia, within.maria, "Hello")
    assert api_of(within.mia).get(f"/api/v1/clients/{within.maria.pk}/notes").status_code == 403


def test_a_coworker_who_does_not_serve_the_client_finds_nothing(cast, browser_of, api_of):
    assert (
        browser_of(cast.cole).post(reverse("clients:note_add", args=[cast.maria.pk]), {"body": "x"}).status_code == 404
    )
    assert api_of(cast.cole).post(f"/api/v1/clients/{cast.maria.pk}/notes", {"body": "x"}).status_code == 404


def test_the_api_pages_notes(cast, api_of):
    api, address = api_of(cast.cora), f"/api/v1/clients/{cast.maria.pk}/notes"
    assert api.post(address, {"body": "By API 📎"}).status_code == 201
    assert [row["body"] for row in api.get(address).json()["data"]] == ["By API 📎", "Prefers calls after 16:00."]
    assert api.post(address, {"body": "\x00"}).status_code == 422


def test_an_overlong_note_is_invalid(within):
    with pytest.raises(Invalid):
        actions.add_note(within.cora, within.maria, "x" * 20_001)
