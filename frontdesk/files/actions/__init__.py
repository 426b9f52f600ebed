"""What can be done with files."""

from ..sweeping import take_away
from .attaching import attach, copy_to, discard, erase_kept, move, remove
from .limits import set_limits
from .storing import receive, store
from .uploading import begin, cancel, expect, go_on, write

__all__ = [
    "attach", "begin", "cancel", "copy_to", "discard", "erase_kept", "expect", "go_on", "move", "receive", "remove",
    "set_limits", "store", "take_away", "write",
]  # fmt: skip
