"""By what a person sees clients: the one definition, which `access.py` applies and `seen.py` explains.

Each function takes an actor, or a member as they were at another time.
"""

from frontdesk.core.permissions import holds

from . import permissions
from .models import Assignment, ClientAccess, Status

# Clients of these statuses are out of the sight of their own people, since they may not sign in.
CLOSED = frozenset({Status.INACTIVE.value})


def sees_all(actor) -> bool:
    """Whether the actor sees every client; the scopes of a token narrow what it does, not whom it sees."""
    return actor.is_team and holds(actor.role, None, permissions.VIEW_ALL, actor.allows)


def rows_of(actor) -> type[Assignment] | type[ClientAccess]:
    """The rows that let an actor see single clients: the team by assignment, others by portal access."""
    return Assignment if actor.is_team else ClientAccess


def closed_to(actor) -> frozenset[str]:
    """The statuses in which a client is hidden from the actor in spite of such a row."""
    return CLOSED if actor.is_portal else frozenset()
