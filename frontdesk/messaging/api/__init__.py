"""REST: rooms, messages, and what is waiting to be sent."""

from ninja import Router

router = Router(tags=["Messages"])

from . import messages, rooms, waiting  # noqa: E402, F401
