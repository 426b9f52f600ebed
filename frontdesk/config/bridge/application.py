"""The ASGI application that runs a WSGI application in threads."""

import asyncio
import functools
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from .body import Body, Gone, has_body, receive_body
from .environ import make_environ
from .files import FileBlocks
from .threads import Threads

NO_LENGTH = (204, 304)


@dataclass(slots=True)
class Answer:
    """What the WSGI application said; `content` is bytes, or a file or iterable still to be sent."""

    status: int
    headers: list[tuple[bytes, bytes]]
    content: bytes | FileBlocks | None


def _encoded(headers: list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def _start_message(answer: Answer) -> dict:
    return {"type": "http.response.start", "status": answer.status, "headers": answer.headers}


def _body_message(content: bytes, more: bool = False) -> dict:
    return {"type": "http.response.body", "body": content, "more_body": more}


class Bridge:
    """`Bridge(wsgi_application)` is an ASGI application; bodies over `max_body` bytes are refused.

    A refused request still reaches the WSGI application, without its body and with the status in
    `environ["frontdesk.refused"]`, so that it can answer in the visitor's language.
    """

    def __init__(self, application: Callable, *, threads: int = 4, max_body: int = 50 * 1024 * 1024):
        self.application = application
        self.max_body = max_body
        self.threads = Threads(threads)

    async def __call__(self, scope, receive, send) -> None:
        """Serve one HTTP request."""
        try:
            body = await self._body(scope, receive)
        except Gone:
            return
        await self.give(await self.answer(scope, body, send), scope, receive, send)

    async def answer(self, scope, body: Body, send, **told) -> Answer | None:
        """What the WSGI application says, `told` being added to its environ; None when it has been sent already."""
        push = functools.partial(_push, asyncio.get_running_loop(), send)
        return await self.threads.run(self._run, make_environ(scope, body) | told, push)

    async def give(self, answer: Answer | None, scope, receive, send) -> None:
        """Send an answer."""
        if answer is None:
            return
        await send(_start_message(answer))
        if isinstance(answer.content, FileBlocks):
            await self._send_file(answer.content, scope["method"] == "HEAD", receive, send)
        else:
            await send(_body_message(answer.content or b""))

    async def _body(self, scope, receive) -> Body:
        headers = dict(scope["headers"])
        if not has_body(headers):
            return Body(BytesIO(), 0)
        return await receive_body(receive, headers, self.max_body)

    def _run(self, environ: dict, push: Callable) -> Answer | None:
        """In a thread: the answer, or None when it has already been sent piece by piece."""
        answer = Answer(500, [], None)

        def start_response(status: str, headers: list[tuple[str, str]], exc_info=None) -> None:
            answer.status, answer.headers = int(status[:3]), _encoded(headers)

        try:
            content = self.application(environ, start_response)
            if isinstance(content, FileBlocks):
                answer.content = content
                return answer
            return _collect(answer, content, push)
        finally:
            environ["wsgi.input"].close()

    async def _send_file(self, blocks: FileBlocks, only_head: bool, receive, send) -> None:
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            while not only_head and not gone.done() and (block := await self.threads.run(blocks.read)):
                await send(_body_message(block, more=True))
            if not gone.done():
                await send(_body_message(b""))
        finally:
            gone.cancel()
            await self.threads.run(blocks.close)


async def _disconnected(receive) -> None:
    """Returns when the client has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _measured(answer: Answer, content: bytes) -> Answer:
    """The complete answer with its length, which saves the server from sending it in chunks."""
    answer.content = content
    if answer.status not in NO_LENGTH and not any(name == b"content-length" for name, _value in answer.headers):
        answer.headers.append((b"content-length", str(len(content)).encode()))
    return answer


def _collect(answer: Answer, content, push: Callable) -> Answer | None:
    """Take a whole answer along; send an endless one piece by piece and give None."""
    try:
        if not getattr(content, "streaming", True):
            return _measured(answer, b"".join(content))
        push(_start_message(answer))
        for part in content:
            push(_body_message(part, more=True))
        push(_body_message(b""))
        return None
    finally:
        if hasattr(content, "close"):
            content.close()


def _push(loop: asyncio.AbstractEventLoop, send: Callable, message: dict) -> None:
    """From a thread: send one message and wait until the connection takes it."""
    asyncio.run_coroutine_threadsafe(send(message), loop).result()
