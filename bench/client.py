"""A closed-loop client: one keep-alive connection, one request after the other."""

import socket
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class Request:
    """A request with its complete body."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: bytes = b""

    def raw(self) -> bytes:
        """The bytes to send."""
        headers = {"Host": "localhost", "User-Agent": "bench", "Accept-Encoding": "gzip", **self.headers}
        if self.method != "GET":
            headers["Content-Length"] = str(len(self.body))
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


def form(values: dict) -> bytes:
    """A form's body."""
    return urlencode(values).encode()


class Failed(Exception):
    """A measured request was not answered as it should be."""


class Connection:
    """One connection to a port of this machine."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        """End it."""
        self.socket.close()

    def send(self, request: Request) -> tuple[int, bytes]:
        """Status and body of the answer, which must have a length."""
        self.socket.sendall(request.raw())
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith("content-length:")), 0)
        while len(body) < length:
            body += self._more()
        return int(lines[0].split()[1]), body

    def _more(self) -> bytes:
        received = self.socket.recv(262144)
        if not received:
            raise Failed("the server closed the connection")
        return received

    def expect(self, request: Request) -> bytes:
        """The body of a good answer; raises Failed for an error or for a redirect after a plain read."""
        status, body = self.send(request)
        if status >= 400 or (status >= 300 and request.method == "GET"):
            raise Failed(f"{request.method} {request.path}: {status} {body[:500]!r}")
        return body
