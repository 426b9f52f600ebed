"""Who sees and changes which saved replies: one's own, and those for everybody or for a team one belongs to."""

from uuid import UUID

from django.db.models import Q, QuerySet

from frontdesk.core.errors import Forbidden, Missing
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.teams.models import TeamMember

from .. import permissions
from ..access import require
from .models import SavedReply


def _all(actor) -> QuerySet[SavedReply]:
    if not actor.may(permissions.SAVED):
        return SavedReply.objects.none()
    shared = Q(owner=None)
    if not actor.may(permissions.SAVED_SHARED):
        own_teams = TeamMember.objects.filter(account_id=current_account_id(), member_id=actor.id).values("team_id")
        shared &= Q(team=None) | Q(team_id__in=own_teams)
    return SavedReply.objects.filter(Q(owner_id=actor.id) | shared if actor.id else shared)


def replies_for(actor) -> QuerySet[SavedReply]:
    """The saved replies that the actor may use; who writes shared ones sees those of every team."""
    return _all(actor).filter(deleted_at=None)


def _one(actor, found: QuerySet[SavedReply], saved_reply_id: UUID) -> SavedReply:
    require(actor, permissions.SAVED)
    reply = found.filter(pk=saved_reply_id).select_related("owner", "team").first()
    if reply is None:
        raise Missing("saved reply")
    return reply


def get_reply(actor, saved_reply_id: UUID) -> SavedReply:
    """One that the actor may use; raises Missing, Forbidden."""
    return _one(actor, replies_for(actor), saved_reply_id)


def may_edit(actor, reply: SavedReply) -> bool:
    """One's own, or with the right those for everybody."""
    if reply.owner_id is not None:
        return reply.owner_id == actor.id and actor.may(permissions.SAVED_OWN)
    return actor.may(permissions.SAVED_SHARED)


def _checked(actor, reply: SavedReply) -> SavedReply:
    if not may_edit(actor, reply):
        raise Forbidden(permissions.SAVED_SHARED)
    return reply


def editable(actor, saved_reply_id: UUID) -> SavedReply:
    """One that the actor may change; raises Missing, Forbidden."""
    return _checked(actor, get_reply(actor, saved_reply_id))


def restorable(actor, saved_reply_id: UUID) -> SavedReply:
    """One that the actor may change, also when it was deleted; raises Missing, Forbidden."""
    return _checked(actor, _one(actor, _all(actor), saved_reply_id))
