"""Receiving a file in pieces, barely: what comes is written, nothing else."""

import os
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="floor-"))


async def receive_piece(scope, receive, send) -> None:
    """`PATCH /receive/NAME/OFFSET`: write the body at its place."""
    _, _, name, offset = scope["path"].split("/")
    path = _FOLDER / name
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.lseek(descriptor, int(offset), os.SEEK_SET)
        more = True
        while more:
            message = await receive()
            os.write(descriptor, message.get("body", b""))
            more = message.get("more_body", False)
    finally:
        os.close(descriptor)
    if name.endswith("-last"):
        path.unlink()
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})
