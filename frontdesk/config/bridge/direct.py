"""Pieces of uploads, written where they belong while they come.

Spooled bodies are written twice; of a long file that is as much time as its way here. So the application is asked twice
about a piece: first with its announced length, whether and where it goes, then, once the last one is there, to go on
with the file. Between both it holds no thread.
"""

import fcntl
import json
import os
from io import BytesIO
from typing import cast

from frontdesk.core.http.pieces import LENGTH, OFFSET, RECEIVED, WHERE

from .application import Answer, Bridge
from .body import NO_SPACE, Body, Gone, next_chunk

_KIND = b"application/offset+octet-stream"
_LONGEST_LENGTH = 15


class Pieces:
    """An ASGI application for the pieces that `takes` recognises; everything else is the bridge's."""

    def __init__(self, bridge: Bridge):
        self.bridge = bridge

    @staticmethod
    def takes(scope) -> bool:
        """Whether a request is a piece of known length that need not be checked before it is kept."""
        if scope["method"] != "PATCH":
            return False
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"")
        plain = b"transfer-encoding" not in headers and b"upload-checksum" not in headers
        return plain and headers.get(b"content-type") == _KIND and length.isdigit() and len(length) <= _LONGEST_LENGTH

    async def __call__(self, scope, receive, send) -> None:
        """Serve one piece."""
        length = int(dict(scope["headers"])[b"content-length"])
        answer = await self.bridge.answer(scope, _nothing(), send, **{LENGTH: length})
        where = _place(answer)
        if where is None:
            await self.bridge.give(answer, scope, receive, send)
            return
        try:
            body, received = await _received(where, length, receive)
        except Gone:
            return
        end = where["offset"] + received
        if received == length and end < where["size"]:
            answer = _moved_on(cast(Answer, answer), end)
        else:
            answer = await self.bridge.answer(scope, body, send, **{LENGTH: length, RECEIVED: received})
        await self.bridge.give(answer, scope, receive, send)


def _nothing(refused: int = 0) -> Body:
    return Body(BytesIO(), 0, refused)


def _place(answer: Answer | None) -> dict | None:
    """Where the application wants the piece; the header that says so goes no further."""
    if answer is None:
        return None
    found = next((value for name, value in answer.headers if name == WHERE.lower().encode()), None)
    return None if found is None else json.loads(found)


def _moved_on(answer: Answer, offset: int) -> Answer:
    """What the application said beforehand, with the offset that holds now."""
    changed = (WHERE.lower().encode(), OFFSET.lower().encode())
    kept = [(name, value) for name, value in answer.headers if name not in changed]
    return Answer(answer.status, [*kept, (OFFSET.lower().encode(), str(offset).encode())], answer.content)


async def _received(where: dict, length: int, receive) -> tuple[Body, int]:
    """Write the piece; how much of it came, and the body that tells the application whether the disk was full."""
    descriptor = os.open(where["path"], os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_size != where["offset"]:
            return _nothing(), 0
        return _nothing(), await _written(descriptor, where["offset"], length, receive)
    except BlockingIOError:
        return _nothing(), 0
    except OSError:
        return _nothing(NO_SPACE), 0
    finally:
        os.close(descriptor)


async def _written(descriptor: int, offset: int, length: int, receive) -> int:
    """What came before the end, or before the sender paused for too long."""
    count, more = 0, True
    while more and count < length:
        try:
            chunk, more = await next_chunk(receive)
        except TimeoutError:
            break
        view = memoryview(chunk)[: length - count]
        while view:
            written = os.pwrite(descriptor, view, offset + count)
            count, view = count + written, view[written:]
    return count
