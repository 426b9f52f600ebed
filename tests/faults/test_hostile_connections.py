"""Raw sockets against a real web process: broken HTTP is refused, and those who dawdle slow nobody else down."""

import contextlib
import socket
import time

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.sqlite_only]
HOST = b"Host: localhost\r\n"
HALF_OPEN = 200
ROUNDS = 20
HEAD_SECONDS = 4
SLOWER_BY_AT_MOST = 3
BROKEN = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
    "no version": b"GET /\r\n\r\n",
    "odd version": b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /account/login/ HTTP/1.1\r\nHost: a\r\nHost: evil.example\r\n\r\n",
    "bad host": b"GET /account/login/ HTTP/1.1\r\nHost: a b<>\r\n\r\n",
    "space in path": b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n",
    "raw bytes in path": b"GET /\xff\xfe\x80 HTTP/1.1\r\n" + HOST + b"\r\n",
    "raw bytes in query": b"GET /?\xff=\x80 HTTP/1.1\r\n" + HOST + b"\r\n",
    "broken escapes": b"GET /%zz%f HTTP/1.1\r\n" + HOST + b"\r\n",
    "whole address": b"GET http://evil.example/account/login/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "star": b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n",
    "connect": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n",
    "header without colon": b"GET / HTTP/1.1\r\n" + HOST + b"nonsense\r\n\r\n",
    "header with NUL": b"GET / HTTP/1.1\r\n" + HOST + b"X: a\0b\r\n\r\n",
    "folded header": b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n b\r\n\r\n",
    "raw bytes in cookie": b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: frontdesk_session=\xff\xfe; \x80\r\n\r\n",
    "1 MB header": b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"x" * 1_000_000 + b"\r\n\r\n",
    "1 MB path": b"GET /" + b"x" * 1_000_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "10,000 headers": b"GET / HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: 1\r\n" % n for n in range(10_000)) + b"\r\n",
    "negative length": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    "no number": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: abc\r\n\r\n",
    "endless number": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "length and chunks": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    "broken chunks": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
    "odd encoding": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: nonsense\r\n\r\n",
    "upgrade": b"GET / HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "live stream": b"POST /rt/x HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello",
}  # fmt: skip


@pytest.fixture(scope="module")
def running(template, tmp_path_factory):
    """One installation for all of these."""
    from .installation import Installation

    made = Installation(template, tmp_path_factory.mktemp("running") / "data", head_seconds=HEAD_SECONDS)
    made.start_web()
    yield made
    made.close()


def exchange(port: int, sent: bytes, seconds: float = 5) -> bytes:
    """What comes back until the server closes or is silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        received = b""
        with contextlib.suppress(OSError):
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        with contextlib.suppress(OSError):
            while chunk := connection.recv(65536):
                received += chunk
        return received


@pytest.mark.parametrize("name", BROKEN)
def test_broken_http_is_refused_and_served_on(running, name):
    answer = exchange(running.port, BROKEN[name])
    assert not answer.split(b"\r\n", 1)[0].split(b" ")[1:2] or answer.split(b" ")[1][:1] in b"1234", answer[:200]
    assert running.caller().get("/clients/").status == 200
    assert b"Exception in ASGI" not in running.hatchery.log.read_bytes()


def test_a_head_that_never_ends_is_refused(running):
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n" + HOST)
        with contextlib.suppress(OSError):
            for _number in range(1000):
                connection.sendall(b"X: " + b"x" * 10_000 + b"\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert connection.recv(65536).startswith(b"HTTP/1.1 431")


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a"])
def test_a_head_that_does_not_come_is_waited_for_only_so_long(running, sent):
    with socket.create_connection(("127.0.0.1", running.port), timeout=HEAD_SECONDS * 4) as connection:
        connection.sendall(sent)
        assert connection.recv(65536).startswith(b"HTTP/1.1 408")


def test_one_connection_serves_many_requests(running):
    caller = running.caller()
    assert caller.get("/health/live").status == 200
    kept = caller.connection
    time.sleep(HEAD_SECONDS + 1)
    assert caller.post(f"/clients/{running.client}/notes/", {"body": "x" * 100_000}).status == 422
    assert caller.get("/health/live").status == 200 and caller.connection is kept


def typical(running) -> float:
    """The median time of a page, in seconds."""
    caller, taken = running.caller(), []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        assert caller.get("/clients/").status == 200
        taken.append(time.perf_counter() - began)
    return sorted(taken)[ROUNDS // 2]


def test_half_open_connections_do_not_slow_others_down(running):
    typical(running)
    alone = typical(running)
    beginnings = (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a", b"POST /account/login/ HTTP/1.1\r\n"
                  + HOST + b"Content-Length: 1000\r\n\r\nhalf")  # fmt: skip
    with contextlib.ExitStack() as held:
        for number in range(HALF_OPEN):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", running.port), timeout=5))
            connection.sendall(beginnings[number % len(beginnings)])
        beside = typical(running)
    print(
        f"\na page takes {alone * 1000:.0f} ms alone, {beside * 1000:.0f} ms beside {HALF_OPEN} half-open connections"
    )
    assert beside < alone * SLOWER_BY_AT_MOST + 0.05
