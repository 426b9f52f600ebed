"""The server's HTTP protocol with bounds on a request's head, which it otherwise collects for ever."""

import contextlib
import socket
from asyncio import TimerHandle

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 20
SILENT_SECONDS = 60
STREAM_BYTES = 32 * 1024
REFUSAL = b"HTTP/1.1 %s\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
TOO_LARGE, TOO_SLOW = b"431 Request Header Fields Too Large", b"408 Request Timeout"


def _notice_silence(transport) -> None:
    """Let the kernel give a connection up whose other end confirms nothing any more, as of a phone without signal."""
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        with contextlib.suppress(OSError):
            own = transport.get_extra_info("socket")
            own.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENT_SECONDS * 1000)


class BoundedProtocol(HttpToolsProtocol):
    """Closes a connection whose head grows beyond HEAD_BYTES or is not complete after HEAD_SECONDS.

    Without it a few thousand connections that never finish their head would use up the process's descriptors.
    Between two requests the server's own time limit for idle connections holds.
    """

    _in_head = True
    _head_bytes = 0
    _head_timer: TimerHandle | None = None

    def connection_made(self, transport) -> None:
        """Begin to wait for the first head."""
        super().connection_made(transport)
        _notice_silence(transport)
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._refuse, TOO_SLOW)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came; then see whether it leaves an unfinished head, and of which size."""
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if not (self._in_head and self._head_bytes):
            return
        if self._head_bytes > HEAD_BYTES:
            self._refuse(TOO_LARGE)
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD_SECONDS, self._refuse, TOO_SLOW)

    def on_headers_complete(self) -> None:
        """The head is there: what follows is the body. A live stream may end its connection at once."""
        self._stop_waiting()
        self.scope["extensions"] = {"frontdesk": {"abort": self.transport.abort, "slim": self._slim}}
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What follows is the next head."""
        super().on_message_complete()
        self._in_head, self._head_bytes = True, 0

    def _slim(self) -> None:
        """Let the kernel hold little for this connection, so that one that takes nothing is noticed soon."""
        with contextlib.suppress(OSError):
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, STREAM_BYTES)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _refuse(self, reason: bytes) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.write(REFUSAL % reason)
            self.transport.close()
