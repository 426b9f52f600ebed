"""Pieces of uploads are written where the application wants them, over real connections."""

import json
import socket
import threading
import time

import httpx
import pytest
import uvicorn

from frontdesk.config.bridge import Bridge, Pieces
from frontdesk.core.http.pieces import LENGTH, RECEIVED, WHERE

KIND = {"Content-Type": "application/offset+octet-stream"}
SIZE = 300_000


class Whole(list):
    """A complete answer, as Django's ordinary responses are."""

    streaming = False


@pytest.fixture
def part(tmp_path):
    """Where the pieces are to go."""
    return tmp_path / "part"


@pytest.fixture
def asked():
    """What the application was told about each piece."""
    return []


@pytest.fixture
def base(part, asked):
    """The address of a server whose application wants every piece in one file."""

    def wsgi(environ, start_response):
        told = (environ.get(LENGTH), environ.get(RECEIVED), environ.get("frontdesk.refused", 0))
        asked.append(told)
        headers = [("Upload-Offset", "old"), ("Tus-Resumable", "1.0.0")]
        if told[0] is not None and told[1] is None and environ["PATH_INFO"] != "/refused":
            offset = int(environ["HTTP_UPLOAD_OFFSET"])
            path = "/dev/full" if environ["PATH_INFO"] == "/full" else str(part)
            headers.append((WHERE, json.dumps({"path": path, "offset": offset, "size": SIZE})))
        start_response("204 No Content" if environ["PATH_INFO"] != "/refused" else "409 Conflict", headers)
        return Whole([b""])

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    pieces = Pieces(Bridge(wsgi, threads=1))

    async def application(scope, receive, send):
        assert Pieces.takes(scope) == (scope["path"] != "/other")
        await (pieces if Pieces.takes(scope) else pieces.bridge)(scope, receive, send)

    server = uvicorn.Server(uvicorn.Config(application, lifespan="off", log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


def send(base: str, content: bytes, offset: int, path: str = "/"):
    """Send a piece."""
    return httpx.patch(base + path, content=content, headers={**KIND, "Upload-Offset": str(offset)})


def test_a_piece_goes_straight_to_its_place_and_no_further_word_is_needed(base, part, asked):
    answer = send(base, b"a" * 100_000, 0)
    assert (answer.status_code, answer.headers["upload-offset"]) == (204, "100000")
    assert WHERE not in answer.headers and answer.headers["tus-resumable"] == "1.0.0"
    assert part.read_bytes() == b"a" * 100_000 and asked == [(100_000, None, 0)]


def test_the_application_goes_on_with_the_last_one(base, part, asked):
    part.write_bytes(b"a" * 200_000)
    assert send(base, b"b" * 100_000, 200_000).status_code == 204
    assert part.read_bytes()[199_999:200_001] == b"ab" and asked[-1] == (100_000, 100_000, 0)


def test_a_piece_for_another_place_than_the_end_is_not_written(base, part, asked):
    part.write_bytes(b"a" * 10)
    send(base, b"b" * 100, 5)
    assert part.read_bytes() == b"a" * 10 and asked[-1] == (100, 0, 0)


def test_a_refused_piece_is_not_written(base, part, asked):
    assert send(base, b"b" * 100_000, 0, "/refused").status_code == 409
    assert not part.exists() and len(asked) == 1


def test_a_full_disk_is_told(base, asked, monkeypatch):
    def full(*_given):
        raise OSError(28, "no room")

    monkeypatch.setattr("frontdesk.config.bridge.direct.os.pwrite", full)
    send(base, b"b" * 100, 0)
    assert asked[-1] == (100, 0, 507)


def test_what_broke_off_stays_so_far(base, part, asked):
    host, port = base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        head = "PATCH / HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\nContent-Length: 100\r\n"
        connection.sendall(head.encode() + b"Content-Type: application/offset+octet-stream\r\n\r\nhalf")
        while not (part.exists() and part.stat().st_size == 4):
            time.sleep(0.01)
    time.sleep(0.1)
    assert part.read_bytes() == b"half" and asked == [(100, None, 0)]


def test_what_has_no_length_or_a_checksum_takes_the_common_way(base, part):
    def endless():
        yield b"x"

    assert httpx.patch(base + "/other", content=endless(), headers=KIND).status_code == 204
    checked = {**KIND, "Upload-Checksum": "sha256 x"}
    assert httpx.patch(base + "/other", content=b"x", headers=checked).status_code == 204
    assert not part.exists()
