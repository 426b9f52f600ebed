"""The pages of channels and of the outbox."""

from .arrivals import arrival, arrivals, read_again
from .outbox import again, all_again, cancel, dispatch, html, outbox
from .settings import address, channel, listed, save, switch, test

__all__ = [
    "address", "again", "all_again", "arrival", "arrivals", "cancel", "channel", "dispatch", "html", "listed", "outbox",
    "read_again", "save", "switch", "test",
]  # fmt: skip
