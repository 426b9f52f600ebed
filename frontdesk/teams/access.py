"""Who may see and change which team: the only place that decides."""

from uuid import UUID

from django.db.models import QuerySet

from frontdesk.core.errors import Forbidden, Missing

from . import permissions
from .models import Team


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def teams_for(actor) -> QuerySet[Team]:
    """The teams that the actor may see: everybody of the team sees all; raises Forbidden."""
    require(actor, permissions.VIEW)
    return Team.objects.all()


def get_team(actor, team_id: UUID) -> Team:
    """One of them; raises Missing, Forbidden."""
    found = teams_for(actor).filter(pk=team_id).first()
    if found is None:
        raise Missing("team")
    return found
