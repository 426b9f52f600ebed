"""A server on the loopback that receives webhooks and answers as it is told."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Received:
    """One request."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers each connection with the next of `answers` (the last one again and again), byte by byte when `slow`."""

    answers: list[bytes]
    slow: float = 0
    received: list[Received] = field(default_factory=list)

    def __post_init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook?key=1"

    def _serve(self) -> None:
        while True:
            try:
                connection, _peer = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            line = stream.readline().decode("latin-1").strip()
            headers = {}
            while (text := stream.readline().decode("latin-1").strip()) != "":
                name, _colon, value = text.partition(":")
                headers[name.lower()] = value.strip()
            self.received.append(Received(line, headers, stream.read(int(headers.get("content-length", 0)))))
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            try:
                self._write(connection, answer)
            except OSError:
                return

    def _write(self, connection: socket.socket, answer: bytes) -> None:
        if not self.slow:
            connection.sendall(answer)
            return
        for byte in answer:
            connection.sendall(bytes([byte]))
            time.sleep(self.slow)
        time.sleep(60)

    def close(self) -> None:
        """Listen no more; the thread that waits for a connection lets go of it."""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def status(code: int, *headers: str, body: str = "said") -> bytes:
    """An answer of that status."""
    lines = [f"HTTP/1.1 {code} Said", f"Content-Length: {len(body)}", *headers, "", body]
    return "\r\n".join(lines).encode()
