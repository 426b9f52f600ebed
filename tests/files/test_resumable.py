"""Long uploads in pieces: resumed, repeated, checked, given up (F4)."""

import base64
import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from frontdesk.files import blobs, jobs
from frontdesk.files.actions import uploading
from frontdesk.files.models import StoredFile, Upload

from . import samples

CONTENT = samples.TEXT * 1000
PIECE = "application/offset+octet-stream"


def announce(caller, address: str, name: str = "long.txt", length: int = len(CONTENT), **headers):
    """Begin an upload."""
    named = f"filename {base64.b64encode(name.encode()).decode()}"
    told = {"Upload-Length": str(length), "Upload-Metadata": named, "Tus-Resumable": "1.0.0", **headers}
    return caller.post(address, headers=told)


def piece(caller, address: str, content: bytes, offset: int, **headers):
    """Send a piece."""
    told = {"Upload-Offset": str(offset), "Tus-Resumable": "1.0.0", **headers}
    return caller.patch(address, content, content_type=PIECE, headers=told)


@pytest.fixture(params=["page", "api"])
def sender(request, within, cast, browser_of, api_of):
    """Cora by the pages or by the API: who calls, and where uploads begin."""
    if request.param == "page":
        return browser_of(cast.cora), reverse("files:uploads")
    return api_of(cast.cora), "/api/v1/uploads"


def test_a_file_arrives_in_pieces(cast, sender):
    caller, start = sender
    made = announce(caller, start)
    assert made.status_code == 201 and made["Upload-Offset"] == "0" and made["Tus-Resumable"] == "1.0.0"
    where = made["Location"]
    half = len(CONTENT) // 2
    sent = piece(caller, where, CONTENT[:half], 0)
    assert (sent.status_code, sent["Upload-Offset"]) == (204, str(half))
    asked = caller.head(where)
    assert (asked.status_code, asked["Upload-Offset"], asked["Cache-Control"]) == (200, str(half), "no-store")
    last = piece(caller, where, CONTENT[half:], half)
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(CONTENT)))
    file = caller.get(where).json()["file"]
    assert (file["id"], file["name"], file["state"]) == (last["Upload-File"], "long.txt", "ready")
    again = piece(caller, where, CONTENT[half:], half)
    assert (again.status_code, again["Upload-File"]) == (204, file["id"])
    assert StoredFile.objects.get(account=cast.account).sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_a_piece_at_the_wrong_place_changes_nothing(sender):
    caller, start = sender
    where = announce(caller, start)["Location"]
    assert piece(caller, where, CONTENT[:10], 0).status_code == 204
    for offset in (0, 5, 11):
        assert piece(caller, where, b"x" * 5, offset).status_code == 409
    assert caller.head(where)["Upload-Offset"] == "10"
    assert piece(caller, where, CONTENT, 10).status_code == 422
    assert caller.head(where)["Upload-Offset"] == "10"


def test_a_damaged_piece_is_taken_back(sender):
    caller, start = sender
    where = announce(caller, start)["Location"]
    right = "sha256 " + base64.b64encode(hashlib.sha256(b"right").digest()).decode()
    assert piece(caller, where, b"wrong", 0, **{"Upload-Checksum": right}).status_code == 460
    assert caller.head(where)["Upload-Offset"] == "0"
    assert piece(caller, where, b"right", 0, **{"Upload-Checksum": right}).status_code == 204


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2"}, 412), ({"Upload-Length": "-1"}, 422), ({"Upload-Length": "x"}, 422),
        ({"Upload-Length": "0"}, 422), ({"Upload-Length": "9" * 15}, 422), ({"Upload-Length": "9" * 99}, 422),
        ({"Upload-Metadata": ""}, 422), ({"Upload-Metadata": "filename %%%"}, 422),
        ({"Upload-Metadata": "filename Z2lyYWZmZQ=="}, 422),
    ],
)  # fmt: skip
def test_what_is_announced_badly_is_refused(sender, headers, status):
    assert announce(*sender, **headers).status_code == status
    assert not Upload.objects.exists()


def test_a_piece_must_say_what_it_is(sender):
    caller, start = sender
    where = announce(caller, start)["Location"]
    assert caller.patch(where, b"x", content_type="text/plain", headers={"Upload-Offset": "0"}).status_code == 415
    assert caller.patch(where, b"x", content_type=PIECE).status_code == 422


def test_a_file_that_is_not_what_it_says_ends_its_upload(sender):
    caller, start = sender
    where = announce(caller, start, "a.png", 5)["Location"]
    refused = piece(caller, where, b"hello", 0)
    assert refused.status_code == 422 and "a.png" in refused.json()["errors"][0]["reason"]
    assert caller.head(where).status_code == 404
    assert not StoredFile.objects.exists()


def test_an_upload_is_given_up(sender):
    caller, start = sender
    made = announce(caller, start)
    where = made["Location"]
    piece(caller, where, b"hello", 0)
    assert caller.delete(where).status_code == 204
    assert caller.head(where).status_code == 404
    assert not (blobs.scratch() / f"{made.json()['id']}.part").exists()


def test_nobody_else_reaches_it(cast, browser_of, api_of):
    where = announce(api_of(cast.cora), "/api/v1/uploads")["Location"]
    for other in (cast.ana, cast.cole, cast.mia, cast.other.olga):
        caller = api_of(other)
        assert caller.head(where).status_code == caller.get(where).status_code == 404
        assert piece(caller, where, b"hello", 0).status_code == caller.delete(where).status_code == 404


def test_a_last_piece_whose_end_was_lost_is_made_up_for_by_an_empty_one(within):
    upload = uploading.begin(within.cora, "a.txt", 5)
    uploading.part_of(upload).write_bytes(b"hello")
    assert uploading.write(within.cora, upload, 5, samples.stream(b""), 0) == 5
    assert StoredFile.objects.get(pk=upload.file_id).size == 5


def test_two_pieces_at_once_do_not_mix(within):
    upload = uploading.begin(within.cora, "a.txt", 5)
    with uploading._held(upload), pytest.raises(uploading.Busy):
        uploading.write(within.cora, upload, 0, samples.stream(b"hello"), 5)


def test_what_was_forgotten_is_cleared_away(within, settings, tmp_path):
    # A folder of its own: what other test processes have on its way is not three days old.
    settings.DATA_DIR = tmp_path
    upload = uploading.begin(within.cora, "a.txt", 5)
    part = uploading.part_of(upload)
    part.write_bytes(b"he")
    jobs.prune_uploads()
    assert Upload.objects.exists() and part.exists()
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        jobs.prune_uploads()
    assert not Upload.objects.exists() and not part.exists()


def test_a_full_disk_is_said_before_anything_is_sent(cast, api_of, monkeypatch):
    monkeypatch.setattr(uploading, "LEFT_FREE", 10**18)
    caller = api_of(cast.cora)
    caller.raise_request_exception = False
    assert announce(caller, "/api/v1/uploads").status_code == 507
