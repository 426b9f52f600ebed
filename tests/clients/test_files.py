"""Files of a client: the team that sees the client adds, reads and deletes them; nobody else gets them (F1, F3)."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from frontdesk.activity.queries import timeline
from frontdesk.clients.access import get_client
from frontdesk.clients.actions import delete_client
from frontdesk.clients.files import actions, jobs
from frontdesk.clients.merging.actions import merge
from frontdesk.clients.personal import actions as personal
from frontdesk.clients.personal.gathering import path_of
from frontdesk.clients.personal.jobs import make as make_bundle
from frontdesk.core.errors import Forbidden, Invalid, Missing
from frontdesk.core.jobs import worker
from frontdesk.files import access, blobs
from frontdesk.files.actions import copy_to, discard, receive
from frontdesk.files.models import StoredFile
from frontdesk.undo import jobs as undo
from frontdesk.undo.models import Change

from ..files import samples


def read(response) -> bytes:
    """The content of an answer that is streamed."""
    return b"".join(response.streaming_content)


@pytest.fixture
def file(within):
    """A file of Maria's, added by Cora."""
    made = receive(within.cora, samples.upload("Plan.txt", samples.TEXT))
    return actions.add_files(within.cora, within.maria, [made.pk])[0]


def test_it_is_on_the_timeline(within, file):
    assert timeline(within.maria.pk).rows[0].verb == "file.added"


@pytest.mark.parametrize(
    ("who", "status"),
    [("ana", 200), ("sam", 200), ("cora", 200), ("cole", 404), ("mia", 404), ("greta", 404), ("vic", 404)],
)  # fmt: skip
def test_who_sees_the_client_in_the_team_gets_it_by_any_address(cast, file, browser_of, api_of, who, status):
    member = getattr(cast, who)
    browser, api = browser_of(member), api_of(member)
    assert browser.get(reverse("files:download", args=[file.pk])).status_code == status
    assert api.get(f"/api/v1/files/{file.pk}/content").status_code == status
    assert browser.post(reverse("files:zip"), {"ids": [str(file.pk)]}).status_code == status
    assert api.post("/api/v1/files/zip", {"files": [str(file.pk)]}).status_code == status


def test_another_account_finds_nothing(cast, file, browser_of):
    assert browser_of(cast.other.olga).get(reverse("files:download", args=[file.pk])).status_code == 404


def test_a_right_that_is_taken_away_ends_it_with_the_next_request(cast, file, within, browser_of):
    browser, address = browser_of(cast.cora), reverse("files:download", args=[file.pk])
    assert browser.get(address).status_code == 200
    within.maria.assignments.all().delete()
    assert browser.get(address).status_code == 404


def test_the_page_adds_lists_and_deletes(cast, within, browser_of):
    sam, address = browser_of(cast.sam), reverse("clients:files", args=[cast.maria.pk])
    sent = {"files": [samples.upload("one.txt", b"one"), samples.upload("two.png")]}
    assert sam.post(address, sent).status_code == 302
    shown = sam.get(address).content.decode()
    assert "one.txt" in shown and "two.png" in shown
    ids = [str(row.pk) for row in StoredFile.objects.all()]
    deleted = sam.post(reverse("clients:files_remove", args=[cast.maria.pk]), {"ids": ids}, follow=True)
    assert "2 files were deleted." in deleted.content.decode() and not StoredFile.objects.exists()
    assert reverse("undo:undo", args=[Change.objects.get().pk]) in deleted.content.decode()
    assert timeline(cast.maria.pk).rows[0].verb == "file.removed"


def test_a_refused_file_is_named_and_what_was_taken_stays(cast, browser_of):
    answer = browser_of(cast.sam).post(
        reverse("clients:files", args=[cast.maria.pk]), {"files": [samples.upload("a.png", b"text")]}
    )
    assert answer.status_code == 422 and "a.png does not hold" in answer.content.decode()


def test_the_api_adds_lists_and_deletes(cast, within, api_of):
    made = receive(cast.sam, samples.upload("a.txt", b"a"))
    sam, address = api_of(cast.sam), f"/api/v1/clients/{cast.maria.pk}/files"
    assert sam.post(address, {"files": [str(made.pk)]}).status_code == 201
    assert [row["id"] for row in sam.get(address).json()["data"]] == [str(made.pk)]
    assert sam.post(address, {"files": [str(made.pk)]}).status_code == 422
    assert api_of(cast.cora).delete(f"{address}/{made.pk}").status_code == 403
    assert sam.delete(f"/api/v1/clients/{cast.victor.pk}/files/{made.pk}").status_code == 404
    assert sam.delete(f"{address}/{made.pk}").status_code == 204


def test_nobody_adds_the_upload_of_another(within):
    made = receive(within.cora, samples.upload("a.txt", b"a"))
    with pytest.raises(Invalid):
        actions.add_files(within.sam, within.maria, [made.pk])
    with pytest.raises(Missing):
        access.get_file(within.sam, made.pk)


def test_a_coworker_does_not_delete(within, file):
    with pytest.raises(Forbidden):
        actions.remove_files(within.cora, within.maria, [file])


def test_a_zip_with_one_foreign_file_is_none(cast, within, file, browser_of):
    strange = receive(within.ana, samples.upload("secret.txt", b"secret"))
    answer = browser_of(cast.cora).post(reverse("files:zip"), {"ids": [str(file.pk), str(strange.pk)]})
    assert answer.status_code == 404 and not answer.streaming


def test_a_zip_holds_all_with_names_of_their_own(cast, within, file, browser_of):
    second = receive(within.cora, samples.upload("plan.TXT", b"second"))
    actions.add_files(within.cora, within.maria, [second.pk])
    answer = browser_of(cast.cora).post(reverse("files:zip"), {"ids": [str(file.pk), str(second.pk)]})
    with zipfile.ZipFile(io.BytesIO(read(answer))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "Plan.txt": samples.TEXT, "plan (2).TXT": b"second",
        }  # fmt: skip


def test_a_copy_keeps_the_content_until_the_last_one_goes(within, file):
    copy = copy_to(within.ana, [file.pk], "client", within.victor.pk)[0]
    discard(within.ana, "client", [within.maria.pk])
    worker.run_due()
    assert blobs.exists(copy.blob)
    discard(within.ana, "client", [within.victor.pk])
    worker.run_due()
    assert not blobs.exists(copy.blob)


def test_a_merge_takes_the_files_along(within, file):
    merge(within.ana, within.victor, within.maria, {})
    assert StoredFile.objects.get(pk=file.pk).place_id == within.victor.pk


def test_a_bundle_holds_them_and_an_erasure_takes_them(within, file):
    bundle = personal.ask_for_bundle(within.ana, within.maria)
    make_bundle(bundle_id=str(bundle.pk))
    with zipfile.ZipFile(path_of(bundle)) as archive:
        assert archive.read("files/Plan.txt") == samples.TEXT
    personal.erase(within.ana, get_client(within.ana, within.maria.pk), within.maria.name)
    worker.run_due()
    assert not StoredFile.objects.exists() and not blobs.exists(file.blob)


def test_the_files_of_a_deleted_client_go_when_it_cannot_come_back(within, file):
    within.maria.accesses.all().delete()
    delete_client(within.ana, within.maria)
    with pytest.raises(Missing):
        access.get_file(within.ana, file.pk)
    jobs.prune()
    assert StoredFile.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        undo.prune()
        jobs.prune()
    assert not StoredFile.objects.exists()
