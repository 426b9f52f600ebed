"""Files in a bucket: kept, read in part, previewed, zipped and deleted over real S3 requests (F1)."""

import io
import socket
import zipfile

import pytest
from django.urls import reverse

from frontdesk.config import env
from frontdesk.core.errors import Missing
from frontdesk.files import actions, blobs, jobs, serving
from frontdesk.files.models import StoredFile

from . import samples

boto3 = pytest.importorskip("boto3")


@pytest.fixture(scope="module")
def s3():
    """A server that speaks S3, and the setting that leads there."""
    from moto.server import ThreadedMotoServer

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    endpoint = f"http://127.0.0.1:{port}"
    client = boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )
    client.create_bucket(Bucket="planted")
    yield client, f"s3://key:secret@planted/desk?region=us-east-1&endpoint={endpoint}"
    server.stop()


@pytest.fixture
def bucket(s3, settings, monkeypatch):
    """Files lie in the bucket during a test; answers with its keys."""
    client, address = s3
    monkeypatch.setenv("FRONTDESK_FILES", address)
    settings.STORAGES = {**settings.STORAGES, "files": env.file_storage(settings.DATA_DIR)}

    def keys() -> list[str]:
        return [one["Key"] for one in client.list_objects_v2(Bucket="planted").get("Contents", [])]

    yield keys
    for key in keys():
        client.delete_object(Bucket="planted", Key=key)


def test_a_picture_goes_in_with_its_previews_and_out_again(cast, within, bucket, browser_of):
    file = actions.receive(within.cora, samples.upload("a.jpg", samples.located_photo()))
    assert sorted(bucket()) == sorted(f"desk/{file.blob}{end}" for end in ("", ".96.webp", ".320.webp", ".1280.webp"))
    cora = browser_of(cast.cora)
    got = cora.get(reverse("files:download", args=[file.pk]))
    assert len(b"".join(got.streaming_content)) == file.size and got["Content-Length"] == str(file.size)
    small = cora.get(reverse("files:preview", args=[file.pk, 96]))
    assert b"".join(small.streaming_content)[8:12] == b"WEBP"
    assert browser_of(cast.ana).get(reverse("files:download", args=[file.pk])).status_code == 404


def test_a_part_is_fetched_without_the_rest(cast, within, bucket, browser_of):
    file = actions.receive(within.cora, samples.upload("a.txt", samples.TEXT))
    got = browser_of(cast.cora).get(reverse("files:download", args=[file.pk]), headers={"range": "bytes=2-5"})
    assert (got.status_code, b"".join(got.streaming_content)) == (206, samples.TEXT[2:6])


def test_several_become_one_archive(cast, within, bucket, browser_of):
    ids = [actions.receive(within.cora, samples.upload("a.txt", text)).pk for text in (b"one", b"two")]
    got = browser_of(cast.cora).post(reverse("files:zip"), {"ids": [str(one) for one in ids]})
    with zipfile.ZipFile(io.BytesIO(b"".join(got.streaming_content))) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [b"one", b"two"]


def test_the_last_file_takes_its_content_along(within, bucket):
    file = actions.receive(within.cora, samples.upload("a.txt", samples.TEXT))
    actions.remove(within.cora, file)
    jobs.sweeping.sweep(blob=file.blob)
    assert bucket() == []


def test_a_content_that_is_gone_is_missing(within, bucket, rf):
    file = actions.receive(within.cora, samples.upload("a.txt", samples.TEXT))
    blobs.remove(file.blob)
    with pytest.raises(Missing):
        serving.content(rf.get("/"), file)


def test_a_bucket_that_is_away_leaves_no_half_file(cast, within, bucket, settings, monkeypatch, api_of):
    monkeypatch.setenv("FRONTDESK_FILES", "s3://key:secret@elsewhere?region=us-east-1&endpoint=http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    settings.STORAGES = {**settings.STORAGES, "files": env.file_storage(settings.DATA_DIR)}
    caller = api_of(cast.cora)
    caller.raise_request_exception = False
    send = super(type(caller), caller).post
    assert send("/api/v1/files", {"file": samples.upload("a.txt", samples.TEXT)}).status_code == 503
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("address", ["http://bucket", "s3://", "bucket"])
def test_a_setting_that_says_nothing_stops_the_start(settings, monkeypatch, address):
    monkeypatch.setenv("FRONTDESK_FILES", address)
    with pytest.raises(Exception, match="FRONTDESK_FILES must look like"):
        env.file_storage(settings.DATA_DIR)
