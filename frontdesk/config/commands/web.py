"""One web process, on a socket that the supervisor opened."""

import gc
import socket

import uvicorn

from frontdesk.core.observability import room

from .lifeline import follow_parent

GRACE_SECONDS = 3
KEEP_ALIVE_SECONDS = 30


def run(options) -> None:
    """Serve until SIGTERM; open requests get a few seconds to end."""
    follow_parent()
    room.reserve()
    from frontdesk.config.asgi import application
    from frontdesk.config.bridge.protocol import BoundedProtocol

    # What start-up made stays for good; the collector need not look at it again.
    gc.collect()
    gc.freeze()
    server = uvicorn.Server(
        uvicorn.Config(
            application,
            loop="uvloop",
            http=BoundedProtocol,
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    server.run(sockets=[socket.socket(fileno=options.socket)])
