"""One web process, on a socket that the supervisor opened."""

import contextlib
import resource
import socket
from collections.abc import Callable

import uvicorn

from frontdesk.core.observability import room

from .garbage import look_less_often
from .lifeline import follow_parent

GRACE_SECONDS = 3
KEEP_ALIVE_SECONDS = 30
MOST_DESCRIPTORS = 65536


class Server(uvicorn.Server):
    """Ends live streams before it waits for open requests, since they would not end by themselves."""

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]):
        super().__init__(config)
        self._end_streams = end_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept nothing more, end the streams, wait for the rest."""
        self._end_streams()
        await super().shutdown(sockets)


def _allow_many_streams() -> None:
    """Use as many descriptors as the system grants; each stream takes one."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, MOST_DESCRIPTORS), hard))


def run(options) -> None:
    """Serve until SIGTERM; open requests get a few seconds to end."""
    follow_parent()
    room.reserve()
    _allow_many_streams()
    from frontdesk.config.asgi import application
    from frontdesk.config.bridge.protocol import BoundedProtocol
    from frontdesk.live.streams.hub import close_hub

    look_less_often()
    server = Server(
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
        ),
        close_hub,
    )
    server.run(sockets=[socket.socket(fileno=options.socket)])
