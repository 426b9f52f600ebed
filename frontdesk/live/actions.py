"""What is told to others right now and kept nowhere."""

import threading
import time
from collections import OrderedDict
from uuid import UUID

from frontdesk.core.errors import Forbidden, Missing

from . import access, permissions
from .publishing import whisper

# A browser tells it every three seconds.
TYPING_SECONDS = 1.0
KINDS = ("typing", "looking", "answering")
_KEPT = 5000
_lock = threading.Lock()
_told: OrderedDict[tuple[UUID | None, str], float] = OrderedDict()


def _is_new(key: tuple[UUID | None, str]) -> bool:
    now = time.monotonic()
    with _lock:
        if now - _told.get(key, -TYPING_SECONDS) < TYPING_SECONDS:
            return False
        _told[key] = now
        _told.move_to_end(key)
        while len(_told) > _KEPT:
            _told.popitem(last=False)
        return True


def type_in(actor, name: str, kind: str = "typing") -> None:
    """Show the followers of a topic that somebody is typing, or one of the other KINDS; told once a second at most.

    Raises Forbidden, Missing.
    """
    if not actor.may(permissions.TELL) or actor.viewer is not None:
        raise Forbidden(permissions.TELL)
    topics = access.followed(actor, name)
    if len(topics) != 1 or kind not in KINDS:
        raise Missing("topic")
    if _is_new((actor.id, f"{kind} {name}")):
        whisper(actor.account_id, min(topics), kind, {"member": str(actor.id)})
