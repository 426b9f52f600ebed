"""Uploading in one piece, downloading, and who may (F1, F2)."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from frontdesk.core.errors import Invalid, Missing
from frontdesk.files import access, actions, blobs, jobs
from frontdesk.files.models import State, StoredFile

from . import samples


def read(response) -> bytes:
    """The content of an answer that is streamed."""
    return b"".join(response.streaming_content)


def test_a_picture_is_made_anew_without_what_it_knew(within):
    file = actions.receive(within.cora, samples.upload("Beach.JPG", samples.located_photo()))
    assert (file.state, file.kind, file.width, file.height) == (State.READY, "image", 40, 80)
    kept = blobs.opened(file.blob, 0, file.size).read()
    assert b"PlantedCamera" not in kept and b"planted comment" not in kept
    made = Image.open(io.BytesIO(kept))
    assert made.size == (40, 80) and not made.getexif()


def test_a_heic_photo_becomes_a_jpeg(within):
    import pillow_heif

    target = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), "red")).save(target, format="HEIF")
    file = actions.receive(within.cora, samples.upload("IMG_1.HEIC", target.getvalue()))
    assert (file.name, file.content_type, file.state) == ("IMG_1.jpg", "image/jpeg", State.READY)


def test_its_uploader_alone_gets_it(cast, browser_of, api_of):
    answer = browser_of(cast.cora)
    sent = api_of(cast.cora)
    made = super(type(sent), sent).post("/api/v1/files", {"file": samples.upload("note.txt", samples.TEXT)})
    assert made.status_code == 201, made.content
    address = reverse("files:download", args=[made.json()["id"]])
    got = answer.get(address)
    assert read(got) == samples.TEXT
    assert got["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert got["Cache-Control"] == "private, no-store" and got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    for other in (cast.ana, cast.sam, cast.cole, cast.mia, cast.other.olga):
        assert browser_of(other).get(address).status_code == 404
        assert api_of(other).get(f"/api/v1/files/{made.json()['id']}").status_code == 404


def test_nobody_attaches_the_upload_of_another(within):
    file = actions.receive(within.cora, samples.upload())
    with pytest.raises(Missing):
        access.get_file(within.ana, file.pk)


@pytest.mark.parametrize(
    ("header", "status", "content"),
    [
        ("bytes=0-3", 206, samples.TEXT[:4]), ("bytes=-3", 206, samples.TEXT[-3:]), ("bytes=5-", 206, samples.TEXT[5:]),
        ("bytes=0-1,4-5", 200, samples.TEXT), ("bytes=9-2", 200, samples.TEXT), ("lines=1-2", 200, samples.TEXT),
        ("bytes=999-", 416, b""), ("bytes=0-999999999", 206, samples.TEXT),
    ],
)  # fmt: skip
def test_a_part_is_sent_where_a_part_is_asked_for(cast, within, browser_of, header, status, content):
    file = actions.receive(within.cora, samples.upload("a.txt", samples.TEXT))
    got = browser_of(cast.cora).get(reverse("files:download", args=[file.pk]), headers={"range": header})
    assert got.status_code == status
    assert (read(got) if got.streaming else got.content) == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", samples.picture("PNG")), ("a.png", samples.TEXT), ("a.pdf", samples.TEXT), ("a.txt", samples.PDF),
        ("a.docx", samples.archive()), ("a.svg", b"<svg/>"), ("a.html", b"<html>"), ("a.exe", b"MZ"), ("a", b"x"),
        ("a.txt", b""), ("a.txt", b"<script>alert(1)</script>"), ("a.pdf", samples.PDF + samples.archive()),
        ("a.mp3", samples.MP3 + samples.archive()), ("a.txt", b"a\0b"),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_is_refused(within, name, content):
    with pytest.raises(Invalid):
        actions.receive(within.cora, samples.upload(name, content))
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpeg", samples.picture("JPEG")), ("a.gif", samples.picture("GIF")), ("a.webp", samples.picture("WEBP")),
        ("a.bmp", samples.picture("BMP")), ("a.tif", samples.picture("TIFF")), ("a.pdf", samples.PDF),
        ("a.docx", samples.office()), ("a.xlsx", samples.office("xl/workbook.xml")), ("a.odt", samples.open_document()),
        ("a.doc", samples.old_office()), ("a.csv", b"a;b\n1;2\n"), ("a.txt", "wide".encode("utf-16")),
        ("a.txt", b"caf\xe9"), ("a.mp4", samples.MP4), ("a.mov", samples.MP4), ("a.wav", samples.WAV),
        ("a.webm", samples.WEBM), ("a.mp3", samples.MP3), ("a.zip", samples.archive()), ("a.rtf", b"{\\rtf1 a}"),
    ],
)  # fmt: skip
def test_what_is_what_it_says_is_taken(within, name, content):
    assert actions.receive(within.cora, samples.upload(name, content)).state == State.READY


def test_a_picture_that_claims_to_be_huge_is_refused_without_being_opened(within):
    file = actions.receive(within.cora, samples.upload("bomb.png", samples.claiming(60_000, 60_000)))
    assert file.state == State.REFUSED
    assert not blobs.exists(file.blob)


def test_all_that_was_never_attached_goes_in_one_run(within, monkeypatch):
    monkeypatch.setattr(jobs, "_BATCH", 2)
    kept = [actions.receive(within.cora, samples.upload(f"{number}.txt", samples.TEXT)).pk for number in range(5)]
    StoredFile.objects.filter(pk__in=kept[1:]).update(created_at=timezone.now() - timedelta(days=2))
    jobs.prune()
    assert [file.pk for file in StoredFile.objects.all()] == kept[:1]
