"""Deleting files of a client can be undone for thirty days; in between nobody gets them, then they go (F3, X12)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from frontdesk.activity.queries import timeline
from frontdesk.clients.access import get_client
from frontdesk.clients.actions import delete_client
from frontdesk.clients.files import actions
from frontdesk.clients.personal import actions as personal
from frontdesk.core.errors import Missing
from frontdesk.core.jobs import worker
from frontdesk.files import access, blobs, jobs
from frontdesk.files.actions import copy_to, receive, remove
from frontdesk.files.models import KeptContent, State, StoredFile
from frontdesk.undo import actions as undo
from frontdesk.undo import jobs as undo_jobs
from frontdesk.undo.models import Change, ChangedRow, LeftOut

from ..files import samples
from .test_files import read

LATER = timedelta(days=31)


@pytest.fixture
def file(within):
    """A file of Maria's."""
    made = receive(within.cora, samples.upload("Plan.txt", samples.TEXT))
    return actions.add_files(within.cora, within.maria, [made.pk])[0]


def removed(within, *files) -> Change:
    """The change by which Ana deleted files of Maria's."""
    return actions.remove_files(within.ana, within.maria, list(files))


def test_nobody_gets_it_by_any_address_while_its_content_is_kept(cast, within, file, browser_of, api_of):
    removed(within, file)
    worker.run_due()
    assert blobs.exists(file.blob)
    for member in (cast.ana, cast.cora):
        browser, api = browser_of(member), api_of(member)
        for route in ("files:download", "files:show"):
            assert browser.get(reverse(route, args=[file.pk])).status_code == 404
        assert browser.get(reverse("files:preview", args=[file.pk, 320])).status_code == 404
        assert browser.post(reverse("files:zip"), {"ids": [str(file.pk)]}).status_code == 404
        assert api.get(f"/api/v1/files/{file.pk}").status_code == 404
        assert api.get(f"/api/v1/files/{file.pk}/content").status_code == 404


def test_the_page_brings_it_back_as_it_was(cast, file, browser_of):
    ana = browser_of(cast.ana)
    ana.post(reverse("clients:files_remove", args=[cast.maria.pk]), {"ids": [str(file.pk)]})
    change = Change.objects.get()
    assert "1 file of a client deleted" in ana.get(reverse("undo:changes")).content.decode()
    address = reverse("clients:files", args=[cast.maria.pk])
    back = ana.post(reverse("undo:undo", args=[change.pk]), {"next": address}, follow=True)
    assert back.request["PATH_INFO"] == address
    assert "Undone." in back.content.decode() and "Plan.txt" in back.content.decode()
    assert StoredFile.objects.values().get() == {**vars_of(file)}
    assert read(browser_of(cast.cora).get(reverse("files:download", args=[file.pk]))) == samples.TEXT
    assert timeline(cast.maria.pk).rows[0].verb == "client.undone"


def vars_of(file) -> dict:
    """The columns of a file."""
    return {field.attname: getattr(file, field.attname) for field in file._meta.concrete_fields}


def test_every_way_of_the_api_can_be_undone(cast, within, file, api_of):
    ana = api_of(cast.ana)
    assert ana.delete(f"/api/v1/clients/{cast.maria.pk}/files/{file.pk}").status_code == 204
    change = ana.get("/api/v1/changes").json()["data"][0]
    assert (change["kind"], change["can_undo"]) == ("clients.files", True)
    assert ana.post(f"/api/v1/changes/{change['id']}/undo").json()["state"] == "undone"
    assert ana.delete(f"/api/v1/files/{file.pk}").status_code == 204
    assert timeline(cast.maria.pk).rows[0].verb == "file.removed"
    again = ana.get("/api/v1/changes").json()["data"][0]
    assert api_of(cast.cora).post(f"/api/v1/changes/{again['id']}/undo").status_code == 403
    ana.post(f"/api/v1/changes/{again['id']}/undo")
    assert StoredFile.objects.filter(pk=file.pk).exists()


def test_after_thirty_days_the_content_goes(within, file):
    removed(within, file)
    with time_machine.travel(timezone.now() + LATER - timedelta(days=2)):
        undo_jobs.prune()
        jobs.prune_kept()
        worker.run_due()
        assert blobs.exists(file.blob)
    with time_machine.travel(timezone.now() + LATER):
        undo_jobs.prune()
        jobs.prune_kept()
        worker.run_due()
    assert not blobs.exists(file.blob) and not KeptContent.objects.exists()


def test_a_file_that_came_back_stays_when_its_change_is_forgotten(within, file):
    undo.undo(within.ana, removed(within, file))
    with time_machine.travel(timezone.now() + LATER):
        undo_jobs.prune()
        jobs.prune_kept()
        worker.run_due()
    assert blobs.exists(file.blob) and not KeptContent.objects.exists()


def test_a_copy_that_goes_does_not_take_the_content_along(within, file):
    copy = copy_to(within.ana, [file.pk], "client", within.victor.pk)[0]
    change = removed(within, file)
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        actions.remove_files(within.ana, within.victor, [copy])
        worker.run_due()
        undo.undo(within.ana, change)
    assert blobs.exists(file.blob)


def test_erasing_the_client_takes_it_at_once(within, file):
    removed(within, file)
    personal.erase(within.ana, get_client(within.ana, within.maria.pk), within.maria.name)
    worker.run_due()
    assert not blobs.exists(file.blob)
    assert not ChangedRow.objects.exists() and not KeptContent.objects.exists()


def test_without_its_client_it_does_not_come_back(within, file):
    change = removed(within, file)
    within.maria.accesses.all().delete()
    delete_client(within.ana, within.maria)
    assert undo.undo(within.ana, change).restored == 0
    assert LeftOut.objects.get().reasons == ["gone"] and not StoredFile.objects.exists()


def test_one_that_nobody_could_fetch_goes_for_good(within, file):
    StoredFile.objects.update(state=State.REFUSED)
    assert removed(within, file) is None
    worker.run_due()
    assert not blobs.exists(file.blob) and not Change.objects.exists()
    with pytest.raises(Missing):
        access.get_file(within.ana, file.pk)


def test_an_upload_that_is_nowhere_goes_at_once(within):
    made = receive(within.cora, samples.upload("a.txt", b"a"))
    assert remove(within.cora, made) is None
    worker.run_due()
    assert not blobs.exists(made.blob)
