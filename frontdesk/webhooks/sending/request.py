"""One request to an endpoint, with limits on time and size; never follows a redirect, never uses a proxy."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from .addresses import BadAddress, Target, parse, resolve

CONNECT_SECONDS = 5
SECONDS = 15
MOST_BYTES = 16 * 1024
EXCERPT = 500
GONE = 410
HEADERS = {"Content-Type": "application/json", "User-Agent": "Frontdesk", "Connection": "close"}


Said = TypeVar("Said")


@dataclass(frozen=True)
class Answer:
    """How a request ended: with a status, or with an error (a key of `wording.ERRORS`)."""

    status: int | None = None
    error: str = ""
    text: str = ""
    retry_after: int | None = None
    milliseconds: int = 0

    @property
    def delivered(self) -> bool:
        """Whether the other side took it."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True)
class Reply:
    """What a provider answered, or an error as in `Answer`; `left` says whether the request was on its way by then."""

    status: int | None = None
    error: str = ""
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    left: bool = False

    @property
    def retry_after(self) -> int | None:
        """For how many seconds it wants to be left alone."""
        return _seconds({name.lower(): text for name, text in self.headers.items()}.get("retry-after"))


class _Plain(http.client.HTTPConnection):
    """Connects to the address that was checked, whatever its name says by now."""

    def __init__(self, target: Target, address: str):
        super().__init__(target.host, target.port, timeout=CONNECT_SECONDS)
        self.address = address

    def connect(self):
        """Open the connection."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        self.sock.settimeout(SECONDS)


class _Secure(_Plain):
    """The same with TLS, whose certificate must be the name's."""

    def connect(self):
        """Open the connection and check who answers."""
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = plain
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        self.sock.settimeout(SECONDS)


@contextmanager
def _deadline(connection: http.client.HTTPConnection, seconds: float) -> Iterator[threading.Event]:
    """End the connection when the time is over, also for one who answers a byte at a time."""
    late = threading.Event()

    def end() -> None:
        late.set()
        held = connection.sock
        if held is not None:
            try:
                held.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        connection.close()


def _seconds(text: str | None) -> int | None:
    """A Retry-After that is a number; dates are not worth their clocks."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _exchange(connection: http.client.HTTPConnection, target: Target, headers: dict, body: bytes) -> Answer:
    connection.request("POST", target.path, body, {"Host": target.host_header, **headers})
    answer = connection.getresponse()
    text = answer.read(MOST_BYTES)[:EXCERPT].decode(errors="replace").replace("\0", "")
    if 300 <= answer.status < 400:
        return Answer(answer.status, "redirect", text)
    return Answer(answer.status, "", text, _seconds(answer.headers.get("Retry-After")))


def _conversation(
    url: str, seconds: float, talk: Callable[[http.client.HTTPConnection, Target], Said], failed: Callable[[str], Said]
) -> Said:
    try:
        target = parse(url)
        address = resolve(target)
    except BadAddress as refused:
        return failed(refused.reason)
    connection = (_Secure if target.scheme == "https" else _Plain)(target, address)
    with _deadline(connection, seconds) as late:
        try:
            return talk(connection, target)
        except ssl.SSLError:
            return failed("late" if late.is_set() else "certificate")
        except TimeoutError:
            return failed("late")
        except OSError:
            return failed("late" if late.is_set() else "connection")
        except (http.client.HTTPException, ValueError):
            return failed("late" if late.is_set() else "garbage")


def _attempt(url: str, headers: dict, body: bytes) -> Answer:
    def talk(connection: http.client.HTTPConnection, target: Target) -> Answer:
        return _exchange(connection, target, headers, body)

    return _conversation(url, SECONDS, talk, lambda error: Answer(error=error))


def call(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None = None, *, most: int, seconds: float = SECONDS
) -> Reply:
    """Ask a provider once, reading at most `most` bytes of its answer; never raises for what the other side does.

    An answer that is longer counts as garbage. A redirect is answered as it is, and not followed.
    """
    left = False

    def talk(connection: http.client.HTTPConnection, target: Target) -> Reply:
        nonlocal left
        connection.connect()
        left = True
        connection.request(method, target.path, body, {"Host": target.host_header, **headers})
        answer = connection.getresponse()
        content = answer.read(most + 1)
        if len(content) > most:
            raise ValueError("too long")
        return Reply(answer.status, "", content, dict(answer.headers), left)

    return _conversation(url, seconds, talk, lambda error: Reply(error=error, left=left))


def post(url: str, headers: dict[str, str], body: bytes) -> Answer:
    """Send a message once; never raises for what the other side does."""
    started = time.monotonic()
    answer = _attempt(url, {**HEADERS, **headers}, body)
    spent = int((time.monotonic() - started) * 1000)
    return Answer(answer.status, answer.error, answer.text, answer.retry_after, spent)
