"""Ends a child process when its supervisor is gone, however it went."""

import os
import signal
import threading

VARIABLE = "FRONTDESK_LIFELINE"


def _wait(descriptor: int) -> None:
    os.read(descriptor, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def follow_parent() -> None:
    """Watch the pipe whose other end only the supervisor holds; does nothing without one."""
    descriptor = os.environ.pop(VARIABLE, "")
    if descriptor:
        threading.Thread(target=_wait, args=(int(descriptor),), daemon=True).start()
