"""Sending and receiving over all ways that there are."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from types import ModuleType

import msgspec
import structlog
from django.conf import settings

from . import local

log = structlog.get_logger("live")
REMEMBERED = 2000
WAKE = "wake"


def send(kind: str, **content) -> None:
    """Tell all processes of the installation, this one too, as far as they can be reached; never raises."""
    message = msgspec.json.encode({"id": secrets.token_hex(6), "kind": kind, **content})
    try:
        local.send(message)
    except OSError as error:
        log.warning("messages between processes do not work", error=str(error))
    if settings.REDIS:
        _remote().send(message)


def _remote() -> ModuleType:
    """The client of Redis takes 5 MiB of each process, and most installations have none."""
    from . import remote

    return remote


class Listener:
    """Calls `heard(message)` in some thread with each message once, and with `wake` when some may have been missed."""

    def __init__(self, heard: Callable[[dict], None]):
        self._heard = heard
        self._known: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()
        self._ears: list = []
        try:
            self._ears.append(local.Ear(self._receive))
        except OSError as error:
            log.warning("messages between processes do not work", error=str(error))
        if settings.REDIS:
            self._ears.append(_remote().Ear(self._receive))

    def _receive(self, raw: bytes) -> None:
        try:
            message = msgspec.json.decode(raw) if raw else {"kind": WAKE}
            if self._is_new(message.get("id")):
                self._heard(message)
        except Exception:
            log.exception("message not understood")

    def _is_new(self, name: str | None) -> bool:
        """A message may come by both ways."""
        if name is None:
            return True
        with self._lock:
            if name in self._known:
                return False
            self._known[name] = None
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return True

    def close(self) -> None:
        """Listen no longer."""
        for ear in self._ears:
            ear.close()


def listen(heard: Callable[[dict], None]) -> Listener:
    """Receive messages until the listener is closed."""
    return Listener(heard)
