"""Somebody who follows a stream over a real connection and keeps what comes."""

import contextlib
import json
import socket
import threading
import time
from urllib.parse import quote

PATIENCE = 10.0


class Follower:
    """Connects at once; `events` are what came, `position` is the id that came last, `ended` when nothing more does."""

    def __init__(self, url: str, follow: str, *, after: str = "", method: str = "GET", **headers: str):
        host, port = url.removeprefix("http://").split(":")
        self.connection = socket.create_connection((host, int(port)), timeout=60)
        path = f"/rt/stream?follow={quote(follow)}" + (f"&after={quote(after)}" if after else "")
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
        ]
        self.connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.head, self.events, self.position, self.ended, self.body = "", [], "", False, b""
        self._changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        held = b""
        try:
            while b"\r\n\r\n" not in held and (more := self.connection.recv(65536)):
                held += more
            head, _, rest = held.partition(b"\r\n\r\n")
            with self._changed:
                self.head = head.decode()
                self._changed.notify_all()
            chunked = b"chunked" in head.lower()
            self._collect(rest, chunked)
        except OSError:
            pass
        finally:
            with self._changed:
                self.ended = True
                self._changed.notify_all()

    def _collect(self, raw: bytes, chunked: bool) -> None:
        text = b""
        while True:
            while chunked and b"\r\n" in raw:
                size = int(raw.partition(b"\r\n")[0], 16)
                start = raw.index(b"\r\n") + 2
                if len(raw) < start + size + 2:
                    break
                text, raw = text + raw[start : start + size], raw[start + size + 2 :]
                if size == 0:
                    return
            if not chunked:
                self.body, raw = self.body + raw, b""
                length = int(self.head.lower().partition("content-length: ")[2].split("\r\n")[0] or "0")
                if len(self.body) >= length:
                    return
            *whole, text = text.split(b"\n\n")
            for message in whole:
                self._note(message.decode())
            more = self.connection.recv(65536)
            if not more:
                return
            raw += more

    def _note(self, message: str) -> None:
        fields = dict(line.split(": ", 1) for line in message.split("\n") if not line.startswith(":"))
        with self._changed:
            self.position = fields.get("id", self.position)
            if fields.get("event") == "event":
                self.events.append(json.loads(fields["data"]) | {"came": time.monotonic()})
            self._changed.notify_all()

    def until(self, condition, seconds: float = PATIENCE):
        """The condition's first true value, asked whenever something came; raises AssertionError after a while."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not (value := condition()):
                left = deadline - time.monotonic()
                assert left > 0, f"it did not come: {self.head} {self.events} ended={self.ended}"
                self._changed.wait(left)
        return value

    @property
    def status(self) -> int:
        """The answer's status."""
        return int(self.until(lambda: self.head).split()[1])

    def opened(self) -> "Follower":
        """Itself, once the stream has begun."""
        self.until(lambda: self.position or self.ended)
        assert self.status == 200, self.head
        return self

    def got(self, kind: str, count: int = 1, seconds: float = PATIENCE) -> list[dict]:
        """So many events of a kind, once they have come."""
        return self.until(lambda: len(found := self.of(kind)) >= count and found, seconds)

    def of(self, kind: str) -> list[dict]:
        """The events of a kind that came."""
        return [event for event in self.events if event["kind"] == kind]

    def end_within(self, seconds: float) -> None:
        """Wait until the other end closes the stream."""
        self.until(lambda: self.ended, seconds)

    def close(self) -> None:
        """Go away."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()
