"""The least that server-sent events cost: what is posted goes to a queue of each stream, and from there out."""

import asyncio

_queues: set[asyncio.Queue] = set()
_EVENTS = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-cache")]


async def streams(scope, receive, send) -> None:
    """`GET` opens a stream; `POST` gives its body to all of them."""
    if scope["method"] == "POST":
        await _post(receive, send)
        return
    queue: asyncio.Queue = asyncio.Queue()
    _queues.add(queue)
    gone = asyncio.ensure_future(_gone(receive, queue))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _EVENTS})
        await send({"type": "http.response.body", "body": b"id: 1\n\n", "more_body": True})
        while (message := await queue.get()) is not None:
            await send({"type": "http.response.body", "body": message, "more_body": True})
    finally:
        _queues.discard(queue)
        gone.cancel()


async def _post(receive, send) -> None:
    message = (await receive())["body"]
    for queue in _queues:
        queue.put_nowait(message)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive, queue: asyncio.Queue) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    queue.put_nowait(None)
