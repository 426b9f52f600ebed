"""Answers that are sent while they are made."""

import contextvars
from collections.abc import Iterable, Iterator

_END = object()


def in_context(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks, each made in the account, language and time zone of the request that asked for them.

    A streaming response is read after the middleware has taken these back.
    """
    kept = contextvars.copy_context()
    source = iter(chunks)

    def read() -> Iterator[bytes]:
        while (chunk := kept.run(next, source, _END)) is not _END:
            yield chunk

    return read()
