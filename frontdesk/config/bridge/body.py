"""Receives a request's body within bounds of memory, size and time."""

import asyncio
from dataclasses import dataclass
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

IN_MEMORY = 256 * 1024
PAUSE_SECONDS = 60
DRAIN_FACTOR = 4
TOO_SLOW, TOO_LARGE, NO_SPACE = 408, 413, 507


class Gone(Exception):
    """The client went away before its body was complete."""


@dataclass(slots=True)
class Body:
    """A received body of `length` bytes, or the status with which it is refused (0 when it is not)."""

    file: BinaryIO | SpooledTemporaryFile[bytes]
    length: int
    refused: int = 0


def has_body(headers: dict[bytes, bytes]) -> bool:
    """Whether a request with these headers brings a body."""
    return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers


async def receive_body(receive, headers: dict[bytes, bytes], limit: int) -> Body:
    """The whole body, or its refusal; raises Gone when the client disconnects first."""
    declared = int(headers.get(b"content-length", b"0"))
    if declared > limit and headers.get(b"expect", b"").lower() == b"100-continue":
        return Body(BytesIO(), 0, TOO_LARGE)
    try:
        return await _collect(receive, limit)
    except TimeoutError:
        return Body(BytesIO(), 0, TOO_SLOW)
    except OSError:
        return Body(BytesIO(), 0, NO_SPACE)


async def next_chunk(receive) -> tuple[bytes, bool]:
    """What came next, and whether more follows; raises Gone, and TimeoutError for a sender who pauses."""
    async with asyncio.timeout(PAUSE_SECONDS):
        message = await receive()
    if message["type"] == "http.disconnect":
        raise Gone
    return message.get("body", b""), message.get("more_body", False)


async def _collect(receive, limit: int) -> Body:
    chunk, more = await next_chunk(receive)
    if not more and len(chunk) <= min(limit, IN_MEMORY):
        return Body(BytesIO(chunk), len(chunk))
    file = SpooledTemporaryFile(max_size=IN_MEMORY)
    length = len(chunk)
    file.write(chunk)
    while more and length <= limit:
        chunk, more = await next_chunk(receive)
        length += len(chunk)
        file.write(chunk)
    if length > limit:
        file.close()
        await _drain(receive, more, limit * DRAIN_FACTOR)
        return Body(BytesIO(), 0, TOO_LARGE)
    file.seek(0)
    return Body(file, length)


async def _drain(receive, more: bool, bound: int) -> None:
    """Throw away what still comes, within bounds: most clients read an answer only after they have sent everything."""
    while more and bound > 0:
        chunk, more = await next_chunk(receive)
        bound -= len(chunk)
