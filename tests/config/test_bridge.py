"""The bridge between ASGI server and WSGI application, over real connections."""

import socket
import threading
import time

import httpx
import pytest
import uvicorn

from frontdesk.config.bridge import Bridge, body

LIMIT = 1024 * 1024
BIG = 3 * 1024 * 1024


class Whole(list):
    """A complete answer, as Django's ordinary responses are."""

    streaming = False


def wsgi(environ, start_response):
    """Answers with what each test asks for."""
    path = environ["PATH_INFO"]
    start_response("200 OK", [("Content-Type", "text/plain")])
    if path == "/file":
        return environ["wsgi.file_wrapper"](open("/dev/zero", "rb")) if environ["QUERY_STRING"] else _short(environ)
    if path == "/parts":
        return (b"part" for _number in range(3))
    if path == "/fail":
        raise RuntimeError("on purpose")
    refused = environ.get("frontdesk.refused", "")
    size = len(environ["wsgi.input"].read())
    said = f"{environ['REQUEST_METHOD']} {path} {environ['QUERY_STRING']} {size} {refused}"
    return Whole([said.encode("latin-1"), b"|", environ.get("HTTP_X_SPOOF", "").encode()])


def _short(environ):
    import io

    return environ["wsgi.file_wrapper"](io.BytesIO(b"x" * BIG))


@pytest.fixture(scope="module")
def base():
    """The address of a running server."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        Bridge(wsgi, threads=2, max_body=LIMIT), lifespan="off", log_level="critical", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


def received(connection: socket.socket, wanted: bytes) -> bytes:
    """What comes until the wanted part is there or the connection ends."""
    said = b""
    while wanted not in said and (chunk := connection.recv(65536)):
        said += chunk
    return said


def test_path_query_and_length(base):
    answer = httpx.get(base + "/caf%C3%A9?a=%20b")
    assert answer.content.startswith("GET /café a=%20b 0 ".encode())
    assert answer.headers["content-length"] == str(len(answer.content))


@pytest.mark.parametrize("size", [0, 10, body.IN_MEMORY + 1, LIMIT])
def test_bodies_up_to_the_limit_arrive_whole(base, size):
    assert f" {size} " in httpx.post(base + "/", content=b"x" * size).text


def test_a_body_over_the_limit_is_refused_but_answered(base):
    said = httpx.post(base + "/", content=b"x" * (LIMIT + 1)).text
    assert said.startswith("POST /  0 413")


def test_a_body_of_unknown_length_over_the_limit_is_refused(base):
    def parts():
        for _number in range(LIMIT // 65536 + 1):
            yield b"x" * 65536

    assert " 0 413" in httpx.post(base + "/", content=parts()).text


def test_a_declared_huge_body_is_refused_before_it_is_sent(base):
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {10**12}\r\nExpect: 100-continue\r\n\r\n"
    with socket.create_connection(("127.0.0.1", int(base.rsplit(":", 1)[1])), timeout=5) as connection:
        connection.sendall(head.encode())
        assert b"0 413" in received(connection, b"0 413")


def test_a_header_with_underscore_does_not_pass_for_one_with_a_dash(base):
    assert httpx.get(base + "/", headers={"X_Spoof": "yes"}).text.endswith("|")
    assert httpx.get(base + "/", headers={"X-Spoof": "yes"}).text.endswith("|yes")


def test_files_and_parts(base):
    assert len(httpx.get(base + "/file").content) == BIG
    assert httpx.get(base + "/parts").text == "partpartpart"


def test_a_failing_application_answers_500_and_serves_on(base):
    assert httpx.get(base + "/fail").status_code == 500
    assert httpx.get(base + "/").status_code == 200


def test_slow_receivers_hold_no_thread(base):
    port = int(base.rsplit(":", 1)[1])
    slow = [socket.create_connection(("127.0.0.1", port), timeout=5) for _number in range(6)]
    for connection in slow:
        connection.sendall(b"GET /file?endless HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(0.3)
    assert httpx.get(base + "/", timeout=3).status_code == 200
    for connection in slow:
        connection.close()


def test_slow_senders_hold_no_thread(base):
    port = int(base.rsplit(":", 1)[1])
    slow = [socket.create_connection(("127.0.0.1", port), timeout=5) for _number in range(6)]
    for connection in slow:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
    time.sleep(0.2)
    assert httpx.get(base + "/", timeout=3).status_code == 200
    for connection in slow:
        connection.close()


def test_a_sender_that_stops_is_told(base, monkeypatch):
    monkeypatch.setattr(body, "PAUSE_SECONDS", 0.2)
    with socket.create_connection(("127.0.0.1", int(base.rsplit(":", 1)[1])), timeout=5) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
        time.sleep(0.5)
        assert b"0 408" in received(connection, b"0 408")


def test_a_full_disk_is_told(base, monkeypatch):
    def full(**_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(body, "SpooledTemporaryFile", full)
    assert " 0 507" in httpx.post(base + "/", content=b"x" * (body.IN_MEMORY + 1)).text
