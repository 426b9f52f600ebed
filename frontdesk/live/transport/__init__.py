"""Short messages between all processes of an installation: hints and things that need not last.

Within a machine they travel through sockets in the data directory, without any server; between machines through Redis
where FRONTDESK_REDIS names one. Nothing is promised to arrive: what must not be lost is a row of `LiveEvent`, which
every process also looks for once a second.
"""

from .messages import Listener, listen, send

__all__ = ["Listener", "listen", "send"]
