"""What can be done with messages and channels."""

from .arrivals import arrived, read_again
from .outbox import cancel, retry, retry_many, send_again
from .queueing import Letter, queue, queue_many
from .reports import moved
from .settings import configure, new_address, send_test

__all__ = [
    "Letter", "arrived", "cancel", "configure", "moved", "new_address", "queue", "queue_many", "read_again", "retry",
    "retry_many", "send_again", "send_test",
]  # fmt: skip
