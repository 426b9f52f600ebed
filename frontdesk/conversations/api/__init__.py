"""REST: conversations with clients."""

from ninja import Router

router = Router(tags=["Conversations"])

from ..saved import api as saved  # noqa: E402, F401
from . import conversations, ruling, writing  # noqa: E402, F401
