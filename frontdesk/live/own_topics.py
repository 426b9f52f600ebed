"""Topics that come with Frontdesk: oneself on all one's devices, and the team."""

from uuid import UUID

from . import permissions, topics


def _is_me(actor, key: UUID | None) -> bool:
    return actor.id is not None and key in (None, actor.id) and actor.may(permissions.FOLLOW)


def _is_team(actor, key: UUID | None) -> bool:
    return key is None and actor.is_team and actor.may(permissions.FOLLOW)


def register() -> None:
    """Called once at start-up."""
    topics.register(topics.Topic("me", _is_me, expand=lambda actor: {f"me:{actor.id}"}))
    topics.register(topics.Topic("team", _is_team))
