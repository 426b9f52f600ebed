"""The parent process of an installation on one machine: small, without Django, restarting what dies."""

from .errors import StartFailed
from .main import Supervisor

__all__ = ["StartFailed", "Supervisor"]
