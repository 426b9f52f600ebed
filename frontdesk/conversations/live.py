"""What open inboxes are told, and who may follow them."""

from uuid import UUID

from frontdesk.live import topics
from frontdesk.live.topics import Topic

from . import permissions
from .telling import TOPIC, followed


def _may_follow(actor, key: UUID | None) -> bool:
    """Whoever sees every client; co-workers are told of their own clients' by their own topic."""
    return key is None and actor.may(permissions.VIEW) and followed(actor) == TOPIC


def register() -> None:
    """Called once at start-up."""
    topics.register(Topic(TOPIC, _may_follow))
