"""A provider of text messages on the loopback that speaks Twilio's protocol: basic auth, forms in, JSON out.

It keeps every message that it took, also when it is told to answer wrongly afterwards, so that tests see what a
recipient would have got. `faults` are answered instead, one a request: a status, (status, body, headers), or a callable
that gets the handler, such as HANG, RESET and LATE.
"""

import base64
import json
import socket
import struct
import threading
import time
import uuid
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

from django.utils import timezone

SID, TOKEN, NUMBER = "AC" + "0" * 32, "planted auth token", "+40312295000"
ERRORS = {
    "+15005550001": (400, 21211, "The 'To' number is not a valid phone number."),
    "+15005550004": (400, 21610, "Attempt to send to unsubscribed recipient"),
    "+15005550009": (400, 21614, "'To' number is not a valid mobile number"),
}


def error(status: int, code: int, message: str) -> dict:
    """An error as the protocol says it."""
    return {"code": code, "message": message, "more_info": f"https://provider.example/{code}", "status": status}


def REFUSE(handler) -> None:
    """Cut the line without a word, before anything is taken."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def LOSE(handler) -> None:
    """Take the message, then cut the line."""
    handler.provider.take(handler.form())
    REFUSE(handler)


def hang(seconds: float):
    """Say nothing for a while, then cut the line."""

    def wait(handler) -> None:
        handler.provider.over.wait(seconds)
        REFUSE(handler)

    return wait


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, address):
        """Whoever was killed does not read the answer."""


@dataclass
class Provider:
    """See the module. `delay` is how long each answer takes."""

    delay: float = 0
    port: int = 0
    faults: list = field(default_factory=list)
    constant: object = None
    messages: list[dict] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def __post_init__(self):
        self.lock, self.over, self.most_at_once, self.now = threading.Lock(), threading.Event(), 0, 0
        provider = self

        class Handler(_Handler):
            pass

        Handler.provider = provider
        self.server = _Server(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        """The address of its API."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def bodies(self) -> list[str]:
        """What recipients got."""
        return [message["body"] for message in self.messages]

    def take(self, form: dict) -> dict:
        """A new message."""
        made = {
            "sid": "SM" + uuid.uuid4().hex, "status": "queued", "to": form.get("To"), "from": form.get("From"),
            "messaging_service_sid": form.get("MessagingServiceSid"), "body": form.get("Body"), "num_segments": "1",
            "direction": "outbound-api", "date_created": format_datetime(timezone.now()), "error_code": None,
            "callback": form.get("StatusCallback", ""), "account_sid": SID, "media": form.get("media", []),
        }  # fmt: skip
        with self.lock:
            self.messages.append(made)
        return made

    def close(self) -> None:
        """Stop."""
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    provider: Provider
    protocol_version = "HTTP/1.1"

    def log_message(self, *given):
        """Say nothing."""

    def form(self) -> dict:
        """The posted fields."""
        if not hasattr(self, "_form"):
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            if len(body) < length:
                raise ConnectionError("the sender went away within its request")
            pairs = parse_qsl(body.decode(), keep_blank_values=True)
            self._form = dict(pairs) | {"media": [value for name, value in pairs if name == "MediaUrl"]}
        return self._form

    def answer(self, status: int, data, headers=(), kind="application/json") -> None:
        """An answer; bytes as they are, anything else as JSON."""
        content = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _is_known(self) -> bool:
        pair = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {pair}"

    def _fault(self):
        with self.provider.lock:
            return self.provider.faults.pop(0) if self.provider.faults else self.provider.constant

    def _serve(self, act) -> None:
        provider = self.provider
        with provider.lock:
            provider.requests.append((self.command, self.path))
            provider.now += 1
            provider.most_at_once = max(provider.most_at_once, provider.now)
        try:
            if provider.delay:
                time.sleep(provider.delay)
            fault = self._fault()
            if fault is None:
                act()
            elif callable(fault):
                fault(self)
            elif isinstance(fault, int):
                self.form()
                self.answer(fault, error(fault, 20000 + fault, "Planted"))
            else:
                self.form()
                self.answer(*fault)
        finally:
            with provider.lock:
                provider.now -= 1

    def do_POST(self):
        """A new message."""
        self._serve(self._create)

    def do_GET(self):
        """The list of messages, or the content of one."""
        self._serve(self._media if "/Media/" in self.path else self._list)

    def _refused(self) -> bool:
        if not self._is_known():
            self.form()
            self.answer(401, error(401, 20003, "Authenticate"))
            return True
        if not self.path.startswith(f"/2010-04-01/Accounts/{SID}/"):
            self.answer(404, error(404, 20404, "The requested resource was not found"))
            return True
        return False

    def _create(self) -> None:
        if self._refused():
            return
        form = self.form()
        if form.get("To") in ERRORS:
            status, code, message = ERRORS[form["To"]]
            return self.answer(status, error(status, code, message))
        made = self.provider.take(form)
        self.answer(201, {name: value for name, value in made.items() if name != "callback"})

    def _list(self) -> None:
        if self._refused():
            return
        query = parse_qs(urlsplit(self.path).query)
        wanted = {"to": query.get("To", [None])[0], "from": query.get("From", [None])[0]}
        found = [
            one for one in reversed(self.provider.messages)
            if all(value is None or one[name] == value for name, value in wanted.items())
        ]  # fmt: skip
        self.answer(200, {"messages": found[: int(query.get("PageSize", ["50"])[0])], "page": 0})

    def _media(self) -> None:
        if self._refused():
            return
        kind, content = self.provider.media.get(self.path, ("", b""))
        if not kind:
            return self.answer(404, error(404, 20404, "not found"))
        self.answer(200, content, kind=kind)
