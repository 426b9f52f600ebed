"""Live streams over HTTP, on the event loop: `GET /rt/stream?follow=…&after=…` answers with server-sent events."""

import asyncio
import random
import resource
from urllib.parse import parse_qs

import structlog
from django.db import Error

from frontdesk.core.errors import Missing

from .streams import hub as hubs
from .streams.admission import Admission, SignedOut, admit
from .streams.credentials import asked_with
from .streams.stream import Stream

PATH = "/rt/stream"
MOST_PER_MEMBER = 30
# Descriptors that are left for everything else.
RESERVED = 200
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
]
REASONS = {401: "Sign in", 404: "Not found", 405: "Only GET", 429: "Too many streams", 503: "Try again later"}
log = structlog.get_logger("live")


async def application(scope, receive, send) -> None:
    """Serve one request below /rt/."""
    state = hubs.the_hub().state()
    status, admitted = await _decide(scope)
    if admitted is None:
        await _refuse(send, status)
    elif scope["method"] == "HEAD":
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": b""})
    else:
        await _serve(scope, receive, send, admitted, state)


async def _decide(scope) -> tuple[int, Admission | None]:
    """The answer's status, and who may follow what when that is 200."""
    if scope["path"] != PATH:
        return 404, None
    if scope["method"] not in ("GET", "HEAD"):
        return 405, None
    hub = hubs.the_hub()
    credential, asked = asked_with(dict(scope["headers"]))
    try:
        admitted = await hub.admitting.run(admit, credential, asked, _names(scope))
    except SignedOut:
        return 401, None
    except Missing:
        return 404, None
    except Error as error:
        log.warning("stream not decided", error=type(error).__name__)
        return 503, None
    return _room_for(hub, admitted)


def _query(scope) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}


def _names(scope) -> tuple[str, ...]:
    """What is to be followed, in any order, separated by commas or spaces."""
    return tuple(dict.fromkeys(_query(scope).get("follow", "").replace(",", " ").split()))


def _room_for(hub: hubs.Hub, admitted: Admission) -> tuple[int, Admission | None]:
    if len(hub.roster.streams) >= _most_streams():
        return 503, None
    return (429, None) if hub.roster.streams_of(admitted.actor.id) >= MOST_PER_MEMBER else (200, admitted)


def _most_streams() -> int:
    return max(resource.getrlimit(resource.RLIMIT_NOFILE)[0] - RESERVED, RESERVED)


async def _refuse(send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    if status in (429, 503):
        headers.append((b"retry-after", b"10"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": REASONS[status].encode()})


async def _serve(scope, receive, send, admitted: Admission, state: int) -> None:
    hub = hubs.the_hub()
    after = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1") or _query(scope).get("after", "")
    try:
        stream, first = await hub.join(admitted, after, state)
    except Error:
        await _refuse(send, 503)
        return
    _connection(scope, "slim")
    gone = asyncio.ensure_future(_until_gone(receive, stream))
    try:
        await _run(stream, first, send)
    finally:
        hub.leave(stream)
        if stream.dropped:
            _connection(scope, "abort")
            await asyncio.wait([gone], timeout=1)
        gone.cancel()


async def _run(stream: Stream, first: list[bytes], send) -> None:
    async def push(content: bytes) -> None:
        await send({"type": "http.response.body", "body": content, "more_body": True})

    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    # All come back at once when a server restarts, unless each is told another time.
    retry = f"retry: {random.randint(1000, 3000)}\n".encode()  # noqa: S311 -- spreads load, keeps no secret
    await push(retry + b"".join(first))
    try:
        await stream.pump(push)
    except asyncio.CancelledError:
        if not stream.dropped:
            raise
        return
    await send({"type": "http.response.body", "body": b""})


async def _until_gone(receive, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


def _connection(scope, what: str) -> None:
    """Do with a stream's connection what the server offers: `slim` it, `abort` it without waiting for its other end."""
    act = scope.get("extensions", {}).get("frontdesk", {}).get(what)
    if act is not None:
        act()
